/*
 * desks.h - a desk on small invented data, taken from state to state: for the tests of
 * what has a worker thread. Any failure ends the test.
 */
#ifndef MLT_TESTS_TUI_DESKS_H
#define MLT_TESTS_TUI_DESKS_H

#include "ui/tui/desk.h"

/* Make a home (home.h) with data in it. */
void desks_init(void);
void desks_done(void);

/* The same with a new desk, whose world is borrowed. */
void desks_begin(struct desk **ret, const struct world **ret_world);
void desks_end(struct desk *d);

/* The path of the data, and of other ones. */
const char *desks_data(void);
const char *desks_other(void);

/* States of a desk that can be waited for. */
typedef bool desks_state(const struct world *w);
desks_state desks_is_idle, desks_is_training, desks_is_paused;

/* Listen until the state is reached. */
void desks_wait(struct desk *d, desks_state *reached);

/* Open a path and wait until it has been read. */
void desks_open(struct desk *d, const char *path);
/* Settings for a run that takes a moment, or one that never ends; 1 thread. */
void desks_config(struct desk *d, unsigned epochs);

#endif
