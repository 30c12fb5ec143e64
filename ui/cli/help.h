/*
 * help.h - help made from the tables of commands and options: nothing is said twice.
 */
#ifndef MLT_UI_CLI_HELP_H
#define MLT_UI_CLI_HELP_H

#include "ui/cli/command.h"
#include "ui/cli/topics.h"

#include <stdio.h>

/* `mltui help`: what there is, a line a command. */
void help_overview(FILE *to);

/* `mltui help CMD`: usage, what it does, options with defaults, examples. */
void help_command(FILE *to, const struct command *c);

/* `mltui help TOPIC` */
void help_topic(FILE *to, const struct topic *t);

/* `mltui --version` */
void help_version(FILE *to);

#endif
