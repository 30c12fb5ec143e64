/*
 * worker.h - the worker's side of a session: what it is told and what it tells.
 *
 * Called from the session's worker thread alone. The state is copied in under the
 * session's mutex; nothing here waits for the face, but worker_wish sleeps while the
 * session is paused.
 */
#ifndef MLT_TRAIN_WORKER_H
#define MLT_TRAIN_WORKER_H

#include "src/train/fit.h"
#include "src/train/session.h"

/* What the face wants; sleeps while it wants a pause. */
enum fit_wish worker_wish(struct session *s);

/* The new state, with the batches (n, may be 0) that led to it. */
void worker_publish(struct session *s, const struct snapshot *now,
                    const struct step *steps, size_t n);

/* An epoch's record and what is kept now (held by the session, too). */
void worker_publish_epoch(struct session *s, const struct epoch_record *e,
                          struct shared_model *kept);

/* Has the face asked for the present weights, since the last call? */
bool worker_looks(struct session *s);

/* What would be kept or has been asked for, or NULL for nothing. */
void worker_publish_model(struct session *s, struct shared_model *kept);

void worker_publish_finding(struct session *s, const struct finding *f);

#endif
