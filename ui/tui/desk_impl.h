/*
 * desk_impl.h - what the files of the desk share; nobody else includes it. desk_open.c
 * opens, desk_run.c trains, desk_show.c keeps the shown model; desk.c holds them
 * together.
 *
 * Owners: the desk owns the dataset or run, the session, the shown model and the past
 * runs; the world borrows all of them. What the shown model borrows (catalog and
 * ratings) belongs to the dataset or the run, so the two are replaced together; when
 * data are read again for a run or a range test, the old ones are kept for as long as
 * their model is shown.
 */
#ifndef MLT_UI_TUI_DESK_IMPL_H
#define MLT_UI_TUI_DESK_IMPL_H

#include "src/train/runconfig.h"
#include "ui/tui/desk.h"
#include "ui/tui/getready.h"
#include "ui/tui/loader.h"
#include "ui/tui/past.h"

#define DESK_WORD_MAX 4096

/* What to do once data have been read. */
enum desk_then { DESK_REST, DESK_TRAIN, DESK_FIND_LR };

/* How data are written, which settings do not say. */
struct desk_written {
    const char *columns; /* borrowed, or NULL */
    long max_rejects;
};

#define DESK_WRITTEN_PLAINLY \
    ((struct desk_written){ .columns = NULL, .max_rejects = -1 })

/* All that says how data were read. */
struct desk_read {
    struct desk_written written;
    struct train_config config;
};

struct desk {
    struct world world;
    struct err trouble, wrong; /* of world.trouble and world.wrong */

    /* what is open, and what is being read in its place: desk_open.c */
    struct loader *loader;
    enum desk_then then;
    char word[DESK_WORD_MAX];    /* what is being read */
    char name[DESK_WORD_MAX];    /* world.name */
    char source[DESK_WORD_MAX];  /* the word that names the data to train on */
    struct desk_read as;         /* how what is open was read, */
    struct desk_read reading;    /* and what is being read; */
    struct desk_written next_as; /* how what is opened next is written */
    struct dataset *data;        /* owned, or NULL */
    struct run *run;             /* owned, or NULL */
    struct audience *audience;   /* owned: of the ratings of either, or NULL */
    struct titlesearch *titles;  /* owned: of the catalog of either, or NULL */
    struct plan plan;            /* world.plan */
    struct loaded kept; /* owned: what the shown model borrows, when its data have been
                           read again since; else empty */
    bool again;         /* what is being read are the data that are open */
    uint64_t films;     /* shown.films of what was read last */

    /* the present or last run of this sitting: desk_run.c */
    struct session *session; /* owned, or NULL */
    struct history history;
    struct epoch_record *epochs; /* (config.epochs of the session) owned */
    struct finding finding;
    bool finds;                /* it does a range test, no fit */
    struct snapshot fit;       /* world.now of the last fit, while it does */
    char saved[DESK_WORD_MAX]; /* world.saved */

    /* the model that is shown: desk_show.c */
    struct getready *getready;
    const struct shared_model *model; /* the session's that is shown, or will be */
    double looked_s;                  /* when it was asked for, or came */
    struct shown *shown;

    /* what a run is compared with: desk.c */
    struct past past;
    struct yardstick *yardstick;
    bool yardstick_due;  /* it is to be found when nothing runs */
    bool yardstick_left; /* it was told to leave off, since something did */
};

/* ---- desk.c ---------------------------------------------------------------------- */

/* Close what is open, and forget what is known of it. */
void desk_clear(struct desk *d);

void desk_set_trouble(struct desk *d, const struct err *err);

/* ---- desk_open.c ----------------------------------------------------------------- */

/* Begin to read the data that `word` means, written like this, fetched first if `fetch`
 * is one. What is open stays what it is, and how it was read, until they are there. */
ERR_MUST_CHECK enum err_code desk_begin_reading(struct desk *d, const char *word,
                                                struct desk_written written,
                                                const struct movielens *fetch,
                                                enum desk_then then, struct err *err);

/* Free all that was read together; a zeroed struct is fine, and is what is left. */
void desk_drop(struct loaded *what);

/* Take over what was read; true when the world has changed. So the others below. */
bool desk_listen_loader(struct desk *d);

/* ---- desk_run.c ------------------------------------------------------------------ */

bool desk_listen_session(struct desk *d);

/* ---- desk_show.c ----------------------------------------------------------------- */

/* Begin to get another model ready, which is shown as soon as it is; on failure the old
 * one stays and the trouble is told. `hold` is taken over. */
void desk_show_model(struct desk *d, const struct model *m, const struct catalog *c,
                     const struct ratings *r, struct shared_model *hold);

/* The model that was made ready is shown. */
bool desk_listen_ready(struct desk *d);

/* The session's newest model, of an epoch that has just ended or of mid-epoch, is made
 * ready; while another one is, later. */
void desk_listen_model(struct desk *d);

#endif
