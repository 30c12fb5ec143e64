/*
 * desk.h - what lies open while the screen runs: a data set or a run, the session that
 * trains on it, the model that is shown. It does what is wished for and makes the world
 * (world.h) that panels look at.
 *
 * All functions are called from the screen's thread and none of them waits, but
 * desk_free and desk_finish.
 */
#ifndef MLT_UI_TUI_DESK_H
#define MLT_UI_TUI_DESK_H

#include "src/base/err.h"
#include "ui/tui/world.h"

#include <stdbool.h>

struct desk;

ERR_MUST_CHECK enum err_code desk_new(struct desk **ret, struct err *err);
/* Abandons what runs; NULL is fine. */
void desk_free(struct desk *d);

/* The view; its address never changes. */
const struct world *desk_world(const struct desk *d);

/* Descriptors that are readable when there is news, at most `room`; how many. */
int desk_fds(const struct desk *d, int *ret, int room);

/* Take the news over; true when the world has changed. */
bool desk_listen(struct desk *d);

/* How the data are written that are opened next (dataset.h; columns are borrowed),
 * until others are opened. */
void desk_read_as(struct desk *d, const char *columns, long max_rejects);

/* Begin to read the data or run that `word` means; what was open stays until the new
 * has been read. ERR_STATE while a run goes on. */
ERR_MUST_CHECK enum err_code desk_open(struct desk *d, const char *word,
                                       struct err *err);

/* The same for a MovieLens archive that is fetched first: its terms were agreed to. */
ERR_MUST_CHECK enum err_code desk_fetch(struct desk *d, const char *name,
                                        struct err *err);

/* Leave off reading; what was open stays. Of a fetched archive what has come stays for
 * the next time. */
void desk_leave_off(struct desk *d);

/* Settings of the next run. Wrong ones are taken, too: world.wrong says why. */
void desk_set_config(struct desk *d, const struct train_config *config);

/* Begin a run in a new run folder, or a range test. Data that were read under other
 * settings, or not at all (a run was opened), are read first. ERR_STATE while one goes
 * on, or without data; ERR_ARG with world.wrong. */
ERR_MUST_CHECK enum err_code desk_train(struct desk *d, struct err *err);
ERR_MUST_CHECK enum err_code desk_find_lr(struct desk *d, struct err *err);

/* A panel that shows the model is on screen: while a run trains, ask for its weights as
 * they are, at most every DESK_LOOK_S. */
#define DESK_LOOK_S 5
void desk_look(struct desk *d);

/* They do nothing when nothing runs. */
void desk_pause(struct desk *d); /* or go on */
void desk_resume(struct desk *d);
void desk_stop(struct desk *d);
void desk_abandon(struct desk *d);

/* Read earlier runs on the same data into world.past, or forget them. */
ERR_MUST_CHECK enum err_code desk_compare(struct desk *d, struct err *err);

/* Wait until the run that goes on, if any, has ended and saved. */
void desk_finish(struct desk *d);

#endif
