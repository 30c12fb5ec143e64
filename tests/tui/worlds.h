/*
 * worlds.h - what a person may find on the screen, one made world a state, for the
 * tests of panels, made of the stock (stock.h).
 */
#ifndef MLT_TESTS_TUI_WORLDS_H
#define MLT_TESTS_TUI_WORLDS_H

#include "ui/tui/world.h"

#define WORLDS_LIST(X)                                                  \
    X(nothing, "nothing is open")                                       \
    X(loading, "data are being read")                                   \
    X(data, "data, no model yet")                                       \
    X(wrong, "data, and settings that cannot work")                     \
    X(first_epoch, "the first run trains, no model yet")                \
    X(training, "a run trains, the model of its first epoch is shown")  \
    X(paused, "a run is paused")                                        \
    X(trained, "a run has ended")                                       \
    X(one_epoch, "a run of one epoch and one point has ended")          \
    X(nan, "a run whose loss stopped being a number has ended")         \
    X(past, "a run has ended, earlier ones are drawn, too")             \
    X(opened, "a run was opened: a model without its data")             \
    X(preparing, "a run was opened, and its model is being made ready") \
    X(curves_only, "a run was opened that has curves and no model")     \
    X(alike, "a model whose weights are all alike")                     \
    X(finding, "the range test sweeps")                                 \
    X(found, "the range test has ended")                                \
    X(found_nothing, "the range test has ended on a curve that says nothing")

#define X(name, what) WORLD_##name,
enum worlds { WORLDS_LIST(X) WORLDS_COUNT };
#undef X

extern const char *const worlds_what[WORLDS_COUNT];

/* The world; it is made at the first call and stays until worlds_free. */
const struct world *worlds_get(enum worlds which);
void worlds_free(void);

#endif
