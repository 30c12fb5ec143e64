/*
 * desk_config.h - what the settings of a run mean for its data, and those of a run that
 * was opened. Pure.
 */
#ifndef MLT_UI_TUI_DESK_CONFIG_H
#define MLT_UI_TUI_DESK_CONFIG_H

#include "src/data/dataset.h"
#include "src/train/plan.h"
#include "src/train/runfolder.h"

#include <stdbool.h>

/* Were data that were read under settings a read as settings b want them? */
bool desk_config_data_fit(const struct train_config *a, const struct train_config *b);

/* How data are to be read for these settings. */
struct dataset_options desk_config_options(const struct train_config *c);

/* The settings of a run that was opened, for the next one. */
struct train_config desk_config_of(const struct run_info *info);

#endif
