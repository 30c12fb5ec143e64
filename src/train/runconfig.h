/*
 * runconfig.h - the settings of a run beside what they are elsewhere: how they want its
 * data read, and what they were in a run that was written. Pure; any thread.
 */
#ifndef MLT_TRAIN_RUNCONFIG_H
#define MLT_TRAIN_RUNCONFIG_H

#include "src/data/dataset.h"
#include "src/train/plan.h"
#include "src/train/runfolder.h"

#include <stdbool.h>

/* How data are to be read for these settings. How they are written (columns, rejects
 * that are borne with) is the default: settings do not say. */
struct dataset_options runconfig_reading(const struct train_config *c);

/* Were data that were read for settings a read as settings b want them? */
bool runconfig_reads_alike(const struct train_config *a, const struct train_config *b);

/* The settings that a run was trained with, for the next one. Of a model file alone,
 * whose info has only sizes, the others are the defaults. */
struct train_config runconfig_of(const struct run_info *info);

#endif
