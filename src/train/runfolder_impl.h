/* runfolder_impl.h - what writing, reading and removing runs share; for no one else. */
#ifndef MLT_TRAIN_RUNFOLDER_IMPL_H
#define MLT_TRAIN_RUNFOLDER_IMPL_H

#include "src/base/path.h"
#include "src/train/runfolder.h"
#include "src/train/runformat.h"

#include <stdbool.h>
#include <stddef.h>

/* Names of all files that a run may have, run.json last, then NULL. */
extern const char *const run_files[];

/* Read metrics.jsonl into the run, as run_open says; none is fine. */
ERR_MUST_CHECK enum err_code run_read_metrics(struct run *r, struct err *err);

/* Does the folder, or where the link leads, hold run.json? */
bool run_is_there(const char *dir);

/* Is this a folder whose writer was killed before run.json was there: with other files
 * of a run in it, nothing else, and nobody who writes them? */
bool run_is_stillborn(const char *dir);

/*
 * The lock of a run: on metrics.jsonl, from its writer's start to its end, however it
 * ends. It belongs to the open file (F_OFD_SETLK), so it holds between threads too.
 * Take it, or -1 with errno (EAGAIN: somebody has it).
 */
int run_lock(int metrics_fd);

/* Has somebody the lock of the run in `dir`? */
bool run_is_locked(const char *dir);

#endif
