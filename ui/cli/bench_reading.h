/* bench_reading.h - how long questions to a trained run take: `mltui bench --reading`.
 */
#ifndef MLT_UI_CLI_BENCH_READING_H
#define MLT_UI_CLI_BENCH_READING_H

#include "src/base/err.h"
#include "ui/cli/command.h"

/*
 * Ask the run that `word` means each question many times, of films and users all over
 * it, and print the times; what is prepared once a model is prepared before. Errors as
 * reading_open, and of the questions; ERR_STATE when a signal came.
 */
ERR_MUST_CHECK enum err_code bench_reading(struct cli *cli, const char *word,
                                           struct err *err);

#endif
