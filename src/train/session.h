/*
 * session.h - training in a worker thread: commands go in, plain-data snapshots come
 * out.
 *
 * The face calls everything here from one thread and never waits for the worker, except
 * in session_wait and session_free. What the worker says is copied under one mutex; a
 * byte in a pipe tells that there is something new (one byte, however much is new). The
 * worker never waits for the face. Memory does not grow with the number of steps.
 */
#ifndef MLT_TRAIN_SESSION_H
#define MLT_TRAIN_SESSION_H

#include "src/base/err.h"
#include "src/data/dataset.h"
#include "src/train/lrfind.h"
#include "src/train/plan.h"
#include "src/train/record.h"
#include "src/train/recorder.h"
#include "src/train/shared.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum session_state {
    SESSION_IDLE,
    SESSION_FINDING, /* learning-rate range test */
    SESSION_TRAINING,
    SESSION_PAUSED,
    SESSION_VALIDATING,
    SESSION_SAVING,
    SESSION_DONE,      /* all epochs, early stop, or the range test */
    SESSION_STOPPED,   /* by command; the best was kept */
    SESSION_ABANDONED, /* by command; nothing was kept */
    SESSION_FAILED     /* see error */
};

/* "training", "paused": one word for people. */
const char *session_state_text(enum session_state state);

struct snapshot {
    enum session_state state;
    uint64_t version;         /* rises with every change */
    size_t step, n_steps;     /* batches done, and in the whole fit */
    unsigned epoch, n_epochs; /* epoch from 1 */
    unsigned n_epochs_done;   /* records that session_epochs has */
    double lr_max;            /* peak of the one-cycle: given, or found; 0 before */
    double lr, mom;           /* of the last batch */
    double raw_loss, smooth_loss;
    double train_s;            /* spent on batches and shuffles, without validations */
    double ratings_per_second; /* stepped, over train_s */
    double elapsed_s;          /* since the start, without pauses */
    double eta_s;              /* validations and saving included; NaN while unknown */
    unsigned best_epoch;       /* 0: none */
    bool stopped_early;        /* out of patience */
    bool no_number; /* no validation gave a number: the last weights are kept */
    struct err
        no_room;      /* not ERR_OK: a warning that the disk is too full for the run */
    struct err error; /* of SESSION_FAILED */
};

struct session;

/*
 * Check the config against the data, and the memory it needs against what there is
 * (plan.h says how it fails), and start the idle worker. Data and the config's strings
 * are borrowed.
 */
ERR_MUST_CHECK enum err_code session_new(struct session **ret, const struct dataset *d,
                                         const struct train_config *config,
                                         struct err *err);
/* Abandons what runs, joins the worker, frees all; NULL is fine. */
void session_free(struct session *s);

/* What the config has come to. */
const struct plan *session_plan(const struct session *s);

/*
 * Begin a fit that writes into run folder `run_dir` (NULL: nowhere; copied). With lr 0
 * it begins with a range test and takes its valley. ERR_STATE when something runs.
 * A fit that fails keeps the best weights so far, or the initial ones; one that was
 * abandoned, or ended before its first batch, leaves no folder.
 */
ERR_MUST_CHECK enum err_code session_train(struct session *s, const char *run_dir,
                                           struct err *err);
/* Begin a learning-rate range test from the initial weights. */
ERR_MUST_CHECK enum err_code session_find_lr(struct session *s, struct err *err);

/* Heard after the current call into the device (some 20 ms, or one batch where that
 * takes longer). They do nothing when nothing runs. */
void session_pause(struct session *s);
void session_resume(struct session *s);
void session_stop(struct session *s);    /* validate once, keep the better, save */
void session_abandon(struct session *s); /* keep nothing */

/* Readable when there is something new; owned by the session. */
int session_fd(const struct session *s);
/* Empty the pipe and copy the state. */
void session_snapshot(struct session *s, struct snapshot *ret);
/* Sleep until the worker has nothing to do, or `timeout_s` (< 0, or above 1e9: for
 * ever). True when it has nothing to do. */
bool session_wait(struct session *s, double timeout_s);

/* Copy up to n epoch records of the present fit, from the first-th (0-based) on;
 * returns how many. */
size_t session_epochs(struct session *s, size_t first, struct epoch_record *ret,
                      size_t n);
/* Copy the history of the present fit. */
void session_history(struct session *s, struct history *ret);
/* Copy the present or last range test; its n is 0 before the first. */
void session_finding(struct session *s, struct finding *ret);

/* Ask a fit that trains for its weights as they are: session_model soon gives them,
 * settled, until the epoch's end. Changes no number; costs the fit a settling and a
 * model's memory. Does nothing when no fit runs; heard as a pause is. */
void session_look(struct session *s);

/*
 * The newest settled model: the one that would be kept, which is the best so far or,
 * while no validation gave a number, the last; or, in mid-epoch after a session_look,
 * the weights of then. NULL before the first of either and after an abandoned fit. Give
 * it back with shared_model_drop; it may outlive the session.
 */
struct shared_model *session_model(struct session *s);

#endif
