/* train_report.h - what `mltui train` prints to stdout, in text, JSON and CSV. */
#ifndef MLT_UI_CLI_TRAIN_REPORT_H
#define MLT_UI_CLI_TRAIN_REPORT_H

#include "src/train/plan.h"
#include "src/train/record.h"
#include "src/train/session.h"
#include "ui/cli/command.h"

/* A training that has ended, and was not in vain. All borrowed. */
struct train_report {
    const char *run_dir;
    const struct plan *plan;
    const struct snapshot *end;
    const struct epoch_record *epochs; /* (n_epochs) */
    size_t n_epochs;
    double load_s, total_s; /* to read the data; of the whole command */
};

/* Print the sizes of a fit that is not run: --dry-run. */
void train_print_plan(struct output *o, const struct plan *p, const struct ratings *r);

/* Print where the run is, its epochs and what it took. */
void train_print_report(const struct cli *cli, const struct train_report *t);

#endif
