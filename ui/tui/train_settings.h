/*
 * train_settings.h - the settings of a run as rows of a form, over struct train_config.
 */
#ifndef MLT_UI_TUI_TRAIN_SETTINGS_H
#define MLT_UI_TUI_TRAIN_SETTINGS_H

#include "ui/cli/options.h"

#include <stddef.h>

/* (train_settings_count()) Offsets are in struct train_config. The devices that can be
 * used here are found at the first call, from one thread. */
const struct option *train_settings(void);
size_t train_settings_count(void);

#endif
