/* manual.h - the manual pages in mdoc, made from the tables of the code. */
#ifndef MLT_UI_CLI_MANUAL_H
#define MLT_UI_CLI_MANUAL_H

#include <stdio.h>

/* Print the whole page: what man/mltui.1 holds. */
void manual_print(FILE *to);

/* The same for mltui-run(5), what the files of a run hold: man/mltui-run.5. */
void manual_print_run(FILE *to);

#endif
