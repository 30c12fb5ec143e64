/*
 * trainer.h - what a session's worker does: a range test, or a whole training run.
 *
 * Both run in the worker thread, tell through worker.h how they come along, and return
 * how they ended once all they took is given back: a snapshot whose state is one of
 * SESSION_DONE, _STOPPED, _ABANDONED and _FAILED.
 */
#ifndef MLT_TRAIN_TRAINER_H
#define MLT_TRAIN_TRAINER_H

#include "src/data/dataset.h"
#include "src/train/plan.h"
#include "src/train/session.h"

/* All borrowed. */
struct trainer {
    struct session *session;
    const struct dataset *data;
    const struct train_config *config;
    const struct plan *plan;
};

/* The learning-rate range test from the initial weights. */
struct snapshot trainer_find(const struct trainer *t);

/* A fit, with the range test before it when the rate is to be found, written into
 * `run_dir` (NULL: nowhere). */
struct snapshot trainer_train(const struct trainer *t, const char *run_dir);

#endif
