/*
 * world.h - everything that panels may look at: what is open, how training stands, the
 * model that is shown. A view: all pointers are borrowed from the desk (desk.h), stay
 * valid until the desk is asked for something, and nobody changes the world but it.
 */
#ifndef MLT_UI_TUI_WORLD_H
#define MLT_UI_TUI_WORLD_H

#include "src/data/dataset.h"
#include "src/explore/audience.h"
#include "src/train/plan.h"
#include "src/train/record.h"
#include "src/train/session.h"
#include "ui/tui/shown.h"
#include "ui/tui/yardstick.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Recorded losses, live or of a run on disk, each point an envelope of batches. */
struct curve {
    const struct step_record *at; /* (n) */
    size_t n;
    size_t n_steps;                    /* batches in the whole fit, done or not */
    const struct epoch_record *epochs; /* (n_epochs) */
    size_t n_epochs;
    unsigned n_epochs_all; /* in the whole fit */
    const char *name;      /* of the run it belongs to */
    const char *settings;  /* of an earlier run, in a few words; else NULL */
};

/* Reading a data set or a run in the background. */
struct loading {
    bool active;
    const char *what;  /* "ml-25m" */
    const char *phase; /* "reading", "fetching" */
    double part;       /* 0 … 1; NaN while unknown */
    bool for_run;      /* a run or a range test begins once they have been read */
};

struct world {
    uint64_t version; /* rises with every change of what follows */

    uint64_t opened;  /* another one for all data and every run that is opened:
                         what was found of its ratings is to be found anew */
    const char *name; /* of the data or run that is open; NULL: nothing is */
    const struct dataset *data; /* NULL: nothing is open, or a run without its data */
    const struct audience *audience; /* what was counted of the ratings, or NULL */
    struct loading loading;
    const char *trouble; /* why what was asked for last failed, or NULL */
    uint64_t n_troubles; /* how many there have been */

    struct train_config config; /* settings of the next run */
    const char *wrong;          /* why they cannot work, or NULL */
    const struct plan *plan;    /* what they come to; NULL when wrong or without data */

    bool busy;           /* a run or a range test is going on, perhaps paused */
    bool has_trained;    /* since one was begun or resumed last, it has done a batch */
    bool has_tried;      /* since one was begun last, it has tried a rate */
    struct snapshot now; /* of the present or last run of this sitting, or of the open
                            run */
    struct curve curve;  /* of the same */
    const struct finding *finding; /* of the last range test; n is 0 before the first */
    const char *saved; /* name of the run that `now` is or was written into, or NULL */
    struct yardstick_losses yardstick; /* what a model of these data has to beat */
    const struct curve *past; /* (n_past) earlier runs on the same data, the newest
                                 first; empty until they are asked for */
    size_t n_past;

    const struct shown *shown; /* the model that panels show, or NULL */
    bool preparing;            /* a newer one is made ready */
};

#endif
