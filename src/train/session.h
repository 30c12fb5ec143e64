/*
 * session.h - training in a worker thread: commands go in, plain-data snapshots come out.
 *
 * The face calls everything here from one thread and never waits for the worker, except
 * in session_wait and session_free. Snapshots are copied under one mutex; a byte in a
 * pipe says that there is a new one. The worker never waits for the face.
 */
#ifndef MLT_TRAIN_SESSION_H
#define MLT_TRAIN_SESSION_H

#include "src/base/err.h"
#include "src/data/dataset.h"
#include "src/data/sampler.h"
#include "src/model/model.h"
#include "src/train/record.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Settings of a run; session_check says what is wrong with them. */
struct train_config {
    unsigned factors;       /* k, 1 … 1024 */
    unsigned epochs;        /* >= 1 */
    double lr;              /* peak of the one-cycle; 0: the finder's valley */
    double wd;
    size_t batch;           /* B; 0: by the number of ratings */
    double y_lo, y_hi;
    uint64_t seed;
    unsigned patience;      /* epochs without improvement; 0: never stop early */
    enum sampling sampling;
    const char *device;     /* "auto", "cpu", or a name; borrowed for the call */
    unsigned threads;       /* 0: what affinity and cgroup allow */
};

/* As `mltui train` has them without arguments. */
struct train_config train_config_defaults(void);

/* 2^floor(log2(R / 1000)) within 64 … 4096. */
size_t train_batch_auto(size_t n_ratings);

enum session_state {
    SESSION_IDLE,
    SESSION_FINDING,    /* learning-rate range test */
    SESSION_TRAINING,
    SESSION_PAUSED,
    SESSION_VALIDATING,
    SESSION_SAVING,
    SESSION_DONE,       /* all epochs, or early stop */
    SESSION_STOPPED,    /* by command; the best was kept */
    SESSION_ABANDONED,  /* by command; nothing was kept */
    SESSION_FAILED      /* see error */
};

#define SESSION_EPOCHS_SHOWN 64

struct snapshot {
    enum session_state state;
    uint64_t version;          /* rises with every change */
    size_t step, n_steps;      /* batches done, and in the whole fit */
    unsigned epoch, n_epochs;  /* epoch from 1 */
    size_t batch;              /* B in use */
    double lr, mom;            /* of the last batch; lr_max of the run is config's */
    double raw_loss, smooth_loss;
    double ratings_per_second; /* stepped, over training time */
    double elapsed_s, eta_s;   /* eta includes validation; NaN while unknown */
    unsigned n_epochs_done;
    struct epoch_record epochs[SESSION_EPOCHS_SHOWN]; /* the last ones done */
    unsigned best_epoch;       /* 0: none */
    bool stopped_early;
    struct err error;          /* of SESSION_FAILED, or what a NaN was */
};

struct session;
struct history;  /* src/train/recorder.h */
struct finding;  /* src/train/lrfind.h: result of a range test */

ERR_MUST_CHECK enum err_code session_new(struct session **ret, const struct dataset *d,
                                         const struct train_config *config,
                                         struct err *err);
/* Abandons what runs, joins the worker, frees all; NULL is fine. */
void session_free(struct session *s);

/* Begin a fit that writes into run folder `run_dir` (NULL: nowhere). ERR_STATE when
 * something runs. */
ERR_MUST_CHECK enum err_code session_train(struct session *s, const char *run_dir,
                                           struct err *err);
/* Begin a learning-rate range test. */
ERR_MUST_CHECK enum err_code session_find_lr(struct session *s, struct err *err);

/* Acknowledged after the current batch call (at most about 20 ms). */
void session_pause(struct session *s);
void session_resume(struct session *s);
void session_stop(struct session *s);    /* validate once, keep the better, save */
void session_abandon(struct session *s); /* keep nothing */

/* Readable when there is something new; owned by the session. */
int session_fd(const struct session *s);
/* Empty the pipe and copy the state. */
void session_snapshot(struct session *s, struct snapshot *ret);
/* Sleep until the worker has nothing to do, or `timeout_s` (< 0: for ever). */
bool session_wait(struct session *s, double timeout_s);

/* The model after the last settle, counted; give back with session_release_model.
 * NULL before the first. */
const struct model *session_model(struct session *s);
void session_release_model(struct session *s, const struct model *m);

#endif
