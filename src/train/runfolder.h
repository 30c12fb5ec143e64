/*
 * runfolder.h - a run on disk: run.json, metrics.jsonl, model.safetensors,
 * ratings.safetensors.
 *
 * A writer belongs to one thread. A folder whose state is "training" but whose writer
 * is gone (it holds a lock while it lives) is reported as crashed.
 */
#ifndef MLT_TRAIN_RUNFOLDER_H
#define MLT_TRAIN_RUNFOLDER_H

#include "src/base/err.h"
#include "src/data/catalog.h"
#include "src/data/ratings.h"
#include "src/model/model.h"
#include "src/train/record.h"

#include <stddef.h>
#include <stdint.h>

#define RUN_STATE_LIST(X)                                              \
    X(TRAINING, "training")                                            \
    X(PAUSED, "paused")                                                \
    X(DONE, "done")                                                    \
    X(STOPPED, "stopped") /* by the user; the better model was kept */ \
    X(CRASHED, "crashed") /* the writer is gone without a word */      \
    X(FAILED, "failed")   /* the writer said why: info.message */

#define X(name, text) RUN_##name,
enum run_state { RUN_STATE_LIST(X) RUN_STATES };
#undef X

const char *run_state_text(enum run_state state);

/* All that run.json says. Strings are owned by whoever fills the struct. */
struct run_info {
    const char *data;        /* path or "sample" */
    const char *fingerprint; /* of the data, hex */
    const char *item;        /* "title" or "id" */
    const char *sampling;    /* "permutation" or "bootstrap" */
    const char *device;      /* name of the device in use */
    unsigned threads;
    unsigned factors, epochs, patience;
    size_t batch;
    double lr, wd, y_lo, y_hi;
    double valid_part;
    const char *split_file; /* or NULL */
    uint64_t seed;
    uint64_t n_ratings, n_held_out;
    uint32_t n_users, n_items;
    size_t n_steps;  /* batches in the whole fit */
    int64_t started; /* Unix seconds */
    int64_t ended;   /* 0 while it runs */
    enum run_state state;
    unsigned best_epoch; /* 0: none */
    const char *message; /* why it failed or stopped, or NULL */
};

struct run_writer;

/*
 * Make the folder, and those above it; lock it, write run.json. An empty folder may be
 * there already. ERR_STATE when it is not empty, ERR_IO; then nothing is left of it.
 */
ERR_MUST_CHECK enum err_code run_writer_new(struct run_writer **ret, const char *dir,
                                            const struct run_info *info,
                                            struct err *err);

/* Is there room for a model of k factors over the films of c, and for the ratings? It
 * is not kept for them, so that "yes" is no promise. ERR_IO: no, with both numbers.
 * Where the system does not say, there is. */
ERR_MUST_CHECK enum err_code run_writer_check_room(const struct run_writer *w,
                                                   const struct catalog *c, unsigned k,
                                                   const struct ratings *r,
                                                   struct err *err);

/* Append whole lines to metrics.jsonl: all n of them, or, on ERR_IO, none. */
ERR_MUST_CHECK enum err_code run_writer_steps(struct run_writer *w,
                                              const struct step_record *s, size_t n,
                                              struct err *err);
ERR_MUST_CHECK enum err_code
run_writer_epoch(struct run_writer *w, const struct epoch_record *e, struct err *err);

/* Write model.safetensors, ratings.safetensors; errors as of the two file modules. */
ERR_MUST_CHECK enum err_code run_writer_model(struct run_writer *w,
                                              const struct model *m,
                                              const struct catalog *c, struct err *err);
ERR_MUST_CHECK enum err_code
run_writer_ratings(struct run_writer *w, const struct ratings *r, struct err *err);

/* Rewrite run.json atomically; with an end, metrics.jsonl is made durable first. */
ERR_MUST_CHECK enum err_code
run_writer_info(struct run_writer *w, const struct run_info *info, struct err *err);

/* Unlock and free; NULL is fine. Changes nothing on disk. */
void run_writer_free(struct run_writer *w);

/* A run as read back. All owned. */
struct run {
    char *path;
    struct run_info info;        /* its strings are owned by the run */
    struct epoch_record *epochs; /* (n_epochs) */
    size_t n_epochs;
    struct step_record *steps; /* (n_steps) */
    size_t n_steps;
    struct model *model;     /* NULL unless asked for, or not there yet */
    struct catalog *catalog; /* with the model */
    struct ratings *ratings; /* NULL unless asked for, or not there */
    uint64_t bytes;          /* size on disk */
};

enum run_part { RUN_METRICS = 1, RUN_MODEL = 2, RUN_RATINGS = 4 };

/*
 * Read a run folder, or a .safetensors file alone, whose info then holds only sizes
 * and the state "done". `parts` is a sum of run_part; what is not there stays NULL or
 * empty: the caller decides whether that is an error. A torn last line of
 * metrics.jsonl is ignored, any other bad line is ERR_FORMAT with its number; so is a
 * key of run.json that is missing or has a wrong value (unknown keys are fine), and
 * parts whose sizes disagree. ERR_NOTFOUND when there is no run.
 */
ERR_MUST_CHECK enum err_code run_open(struct run **ret, const char *path,
                                      unsigned parts, struct err *err);
void run_free(struct run *r);

/* The runs folder: $XDG_STATE_HOME/mltui/runs (~/.local/state by default). Owned copy.
 */
ERR_MUST_CHECK enum err_code runs_folder(char **ret, struct err *err);

/* A path for a new run in the runs folder, as 2026-11-24-1958-sample (local time, last
 * part of `data`), with -2, -3, … where that is taken. Owned copy. */
ERR_MUST_CHECK enum err_code runs_new_path(char **ret, const char *data,
                                           struct err *err);

/* Leave a link to a run that was written elsewhere, so that `runs` and `latest` see it;
 * nothing to do where it is in the runs folder, or a link to it is. */
ERR_MUST_CHECK enum err_code runs_link(const char *path, struct err *err);

/*
 * The path a user's word means: with a '/', or a folder that holds run.json, or a
 * .safetensors file: itself; "latest": the newest start; else a name in the runs
 * folder. ERR_NOTFOUND names the nearest. Owned copy.
 */
ERR_MUST_CHECK enum err_code runs_resolve(char **ret, const char *word,
                                          struct err *err);

/* The name of a run in the runs folder, or "latest" where there is one, that is nearest
 * to `word`. Owned; NULL where none is near. */
char *runs_nearest(const char *word);

/* Open the run that a user's word means: runs_resolve, then run_open. */
ERR_MUST_CHECK enum err_code runs_open(struct run **ret, const char *word,
                                       unsigned parts, struct err *err);

/* Paths of all runs in the runs folder, the newest start first (of equal ones the
 * last name), links included that lead to one. Owned array of owned strings, NULL
 * last. A missing runs folder has none. */
ERR_MUST_CHECK enum err_code runs_list(char ***ret, size_t *ret_n, struct err *err);

/* Paths of what is in the runs folder and is no run: links that lead to none any more,
 * and folders whose writer was killed before run.json was there. As above. */
ERR_MUST_CHECK enum err_code runs_list_remains(char ***ret, size_t *ret_n,
                                               struct err *err);
void runs_list_free(char **list);

/*
 * Delete the files that a run has, and the folder if nothing else is in it. Of a link
 * only the link goes: where it leads was chosen by the user and stays. run.json goes
 * last, so that what was interrupted can be done again; a folder that a killed writer
 * left without one goes as well. ERR_STATE while the run trains,
 * ERR_NOTFOUND when there is no run, ERR_IO.
 */
ERR_MUST_CHECK enum err_code run_remove(const char *path, struct err *err);

#endif
