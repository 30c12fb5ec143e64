/* small_run.h - a run small enough to check by eye, and a writer that has begun it. */
#ifndef MLT_TESTS_TRAIN_SMALL_RUN_H
#define MLT_TESTS_TRAIN_SMALL_RUN_H

#include "src/train/runfolder.h"

/* Of small.h's ratings, by two threads, in three epochs; the path of its data is not
 * UTF-8, and its seed no number that a double holds. */
extern const struct run_info small_run_info;

/* What it records; numbers that are none are among them. */
extern const struct step_record small_run_steps[2];
extern const struct epoch_record small_run_epochs[2];

/* Make the folder `dir`, and begin the run as a/b/run in it. */
struct run_writer *small_run_begin(char dir[256]);

/* All records above. */
void small_run_write_metrics(struct run_writer *w);

/* The run in `dir`, which must be fit to read; run_free it. */
struct run *small_run_open(const char *dir, unsigned parts);

#endif
