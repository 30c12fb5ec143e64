/* manual.h - mltui(1) in mdoc, made from the tables of commands, options and topics. */
#ifndef MLT_UI_CLI_MANUAL_H
#define MLT_UI_CLI_MANUAL_H

#include <stdio.h>

/* Print the whole page: what man/mltui.1 holds. */
void manual_print(FILE *to);

#endif
