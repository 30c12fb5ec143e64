/*
 * shared.h - a model that several hold: the fit that may keep it as the best, the
 * session that shows it, the face that reads it.
 *
 * Settled models are never changed once they are shared, so readers need no lock: a new
 * one takes the old one's place, and the last holder's drop frees it.
 */
#ifndef MLT_TRAIN_SHARED_H
#define MLT_TRAIN_SHARED_H

#include "src/base/err.h"
#include "src/model/model.h"

struct shared_model;

/* Share m, which is taken over, also on failure; the caller is the one holder. */
ERR_MUST_CHECK enum err_code shared_model_new(struct shared_model **ret,
                                              struct model *m, struct err *err);

/* The model, borrowed while it is held. */
const struct model *shared_model_get(const struct shared_model *s);

/* One holder more, one less; any thread. NULL is fine for both. */
struct shared_model *shared_model_hold(struct shared_model *s);
void shared_model_drop(struct shared_model *s);

#endif
