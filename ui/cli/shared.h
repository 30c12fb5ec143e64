/* shared.h - the options that commands share; their offsets lie in struct cli. */
#ifndef MLT_UI_CLI_SHARED_H
#define MLT_UI_CLI_SHARED_H

#include "ui/cli/command.h"

/* --help and --version. */
extern const struct option shared_everywhere[];

/* Shared table i, whatever the command; NULL after the last. */
const struct option *shared_options(unsigned i);

#endif
