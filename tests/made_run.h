/*
 * made_run.h - what the run.json of an invented run says, as initialisers of a struct
 * run_info; what a test is about comes behind them.
 */
#ifndef MLT_TESTS_MADE_RUN_H
#define MLT_TESTS_MADE_RUN_H

#include "src/train/runfolder.h"

#define MADE_RUN                                                                      \
    .item = "title", .sampling = "permutation", .batch = 64, .lr = 3e-3, .y_lo = 0.5, \
    .y_hi = 5.5, .started = 1800000000 /* 2027-01-15, 08:00 UTC */

/* A run that has ended after its one epoch. */
#define MADE_RUN_DONE                                                       \
    MADE_RUN, .threads = 1, .epochs = 1, .n_steps = 1, .ended = 1800000001, \
              .state = RUN_DONE, .best_epoch = 1

#endif
