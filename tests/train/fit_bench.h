/*
 * fit_bench.h - a fit with all that it borrows, and a watcher who writes down what it
 * is told.
 */
#ifndef MLT_TESTS_TRAIN_FIT_BENCH_H
#define MLT_TESTS_TRAIN_FIT_BENCH_H

#include "src/train/fit.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#define FIT_BENCH_BATCH     16
#define FIT_BENCH_PER_EPOCH 9 /* 24 users * 8 ratings, a quarter held out */

#define FIT_BENCH_HEARD 64 /* epochs */

/* What a fit told, and what it is to be told. */
struct fit_heard {
    size_t n_steps, n_recorded, n_calls, n_validating;
    struct step last;
    struct step_record last_record;
    struct epoch_record epoch[FIT_BENCH_HEARD];
    size_t n_epochs;
    float kept; /* first weight of what was kept at the last epoch's end */
    enum fit_wish wish;
    size_t wish_at;       /* give `wish` from this step on; 0: never */
    const json_t *golden; /* losses to compare with, or NULL */
    double tolerance;
    bool looks; /* in mid-epoch, after every call */
    size_t n_seen;
    float seen; /* first weight of what was seen last */
};

struct fit_bench {
    struct ratings *ratings;
    struct sampler *sampler;
    struct device *device;
    struct shared_model *kept;
    struct fit_heard heard;
    struct fit_result result;
    struct err err;
};

/* On the fake device, with or without held-out ratings; b is cleared first. */
void fit_bench_fake(struct fit_bench *b, bool held_out);

/* On a device, from `init` on, for a bench that has its ratings and its sampler. */
void fit_bench_open(struct fit_bench *b, const struct device_ops *ops,
                    const struct model *init, double wd);

/* Run the fit; what it says is in b->heard, b->result and b->err. */
enum err_code fit_bench_run(struct fit_bench *b, unsigned epochs, double lr,
                            unsigned patience);

/* First weight of what is kept: with the fake device the number of its steps. */
float fit_bench_kept(const struct fit_bench *b);

void fit_bench_done(struct fit_bench *b);

#endif
