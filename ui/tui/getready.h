/*
 * getready.h - gets a model ready to be shown (shown.h) in a thread of its own, one at
 * a time: 25 ms for MovieLens 25M's films, and several times that while training uses
 * every core. All functions are called from the screen's thread.
 */
#ifndef MLT_UI_TUI_GETREADY_H
#define MLT_UI_TUI_GETREADY_H

#include "src/base/err.h"
#include "ui/tui/shown.h"

#include <stdbool.h>

struct getready;

ERR_MUST_CHECK enum err_code getready_new(struct getready **ret, struct err *err);
/* Ends as getready_cancel does; NULL is fine. */
void getready_free(struct getready *g);

/* Begin with a model; the arguments are shown_new's. ERR_STATE while it is busy,
 * ERR_NOMEM. */
ERR_MUST_CHECK enum err_code getready_begin(struct getready *g, const struct model *m,
                                            const struct catalog *c,
                                            const struct ratings *r,
                                            const struct audience *a,
                                            struct shared_model *hold, struct err *err);

bool getready_busy(const struct getready *g);

/* Readable when a model is ready. */
int getready_fd(const struct getready *g);

/* Take it: false when there is nothing new. *ret is owned by the taker, or NULL, and
 * then *err says why. */
bool getready_take(struct getready *g, struct shown **ret, struct err *err);

/* Wait for the thread, some milliseconds, and drop what it made. */
void getready_cancel(struct getready *g);

#endif
