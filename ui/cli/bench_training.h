/* bench_training.h - how long training takes on this machine: `mltui bench`. */
#ifndef MLT_UI_CLI_BENCH_TRAINING_H
#define MLT_UI_CLI_BENCH_TRAINING_H

#include "src/base/err.h"
#include "ui/cli/command.h"

#include <stdint.h>

#define BENCH_REPEATS_MAX 99

/* What is measured. */
struct bench_training {
    uint64_t users, items, ratings; /* of the data that are made for it */
    unsigned factors, batch;
    unsigned batches;   /* of an epoch; 0: all */
    unsigned repeat;    /* rounds, 1 … BENCH_REPEATS_MAX */
    const char *device; /* its name, or "all": but the reference */
};

/*
 * Make the data in memory, train each device with one thread and with all, and print
 * the times beside what memory would allow. ERR_NOMEM, ERR_STATE when a signal came;
 * ERR_ARG, ERR_DATA as of synth_load and sampler_new.
 */
ERR_MUST_CHECK enum err_code
bench_training(struct cli *cli, const struct bench_training *s, struct err *err);

#endif
