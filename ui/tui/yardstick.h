/*
 * yardstick.h - the losses that a model has to beat: of the global mean, and of biases
 * alone, over the held-out ratings; found in a thread of its own, one at a time. All
 * functions are called from the screen's thread.
 */
#ifndef MLT_UI_TUI_YARDSTICK_H
#define MLT_UI_TUI_YARDSTICK_H

#include "src/base/err.h"
#include "src/data/ratings.h"

#include <stdbool.h>

/* Mean squared errors over the held-out ratings; NaN: not known (yet). */
struct yardstick_losses {
    double mean;
    double biases; /* as explore/baseline.h fits them */
};

struct yardstick;

ERR_MUST_CHECK enum err_code yardstick_new(struct yardstick **ret, struct err *err);
/* Ends the thread; NULL is fine. */
void yardstick_free(struct yardstick *y);

/* Begin on ratings, which are borrowed until the answer is taken or it is cancelled.
 * Nothing happens while it is at it, or without held-out ratings. */
ERR_MUST_CHECK enum err_code yardstick_start(struct yardstick *y,
                                             const struct ratings *r, struct err *err);

/* Readable when there is an answer. */
int yardstick_fd(const struct yardstick *y);

/* Is it at it? */
bool yardstick_busy(const struct yardstick *y);

/* Take what there is, first the mean alone: false when there is nothing new. */
bool yardstick_take(struct yardstick *y, struct yardstick_losses *ret);

/* Leave off, when it next looks (after every sweep over the ratings): the answer is
 * then NaN. Others need the processor. */
void yardstick_leave_off(struct yardstick *y);

/* The same, and wait for it: the ratings may then go. */
void yardstick_cancel(struct yardstick *y);

#endif
