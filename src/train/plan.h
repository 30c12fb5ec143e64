/*
 * plan.h - the settings of a training run, and what they come to for given ratings:
 * device, batches, steps, memory. All that can be known to be wrong is said here,
 * before work starts.
 */
#ifndef MLT_TRAIN_PLAN_H
#define MLT_TRAIN_PLAN_H

#include "src/base/err.h"
#include "src/data/dataset.h"
#include "src/data/sampler.h"
#include "src/device/device.h"

#include <stddef.h>
#include <stdint.h>

#define TRAIN_MAX_EPOCHS  10000
#define TRAIN_MAX_THREADS 1024

/* Settings of a run. Strings are borrowed for as long as the config is used. */
struct train_config {
    unsigned factors;  /* k, 1 … MODEL_MAX_FACTORS */
    unsigned epochs;   /* 1 … TRAIN_MAX_EPOCHS */
    double lr;         /* peak of the one-cycle; 0: the finder's valley */
    double wd;         /* >= 0 */
    size_t batch;      /* B; 0: by the number of ratings */
    double y_lo, y_hi; /* y-range, lo < hi, also as floats */
    uint64_t seed;
    unsigned patience; /* epochs without improvement; 0: never stop early */
    enum sampling sampling;
    const char *device;           /* "auto", "cpu", or a name */
    const struct device_ops *ops; /* the device itself; NULL: found by its name */
    unsigned threads;             /* 0: what affinity and cgroup allow */

    /* How the data were read, for the run folder; training does not look at it. */
    enum dataset_item item;
    double valid_part;
    const char *split_file; /* or NULL */
};

/* As `mltui train` has them without arguments. */
struct train_config train_config_defaults(void);

/* 2^floor(log2(R / 1000)) within 64 … 4096. */
size_t train_batch_auto(size_t n_ratings);

/* What a config comes to. */
struct plan {
    const struct device_ops *ops;
    unsigned threads;
    size_t batch;     /* B */
    size_t n_batches; /* an epoch */
    size_t n_steps;   /* N, batches in the whole fit */
    size_t n_train, n_valid;
    uint64_t n_weights;       /* floats of the model */
    uint64_t data_bytes;      /* ratings, in memory already */
    uint64_t device_bytes;    /* the live state */
    uint64_t order_bytes;     /* an epoch's order, given back for validations */
    uint64_t model_bytes;     /* one settled copy of the weights */
    uint64_t need_bytes;      /* at once, still to be taken */
    uint64_t available_bytes; /* 0: unknown */
};

/*
 * Check and work out. ERR_ARG: a setting that cannot work, with what to do;
 * ERR_UNAVAILABLE: the device. Any thread.
 */
ERR_MUST_CHECK enum err_code plan_make(struct plan *ret, const struct train_config *c,
                                       const struct ratings *r, struct err *err);

/* need_bytes against what is available: ERR_NOMEM with the numbers. A plan that is only
 * to be shown need not pass. */
ERR_MUST_CHECK enum err_code plan_check_memory(const struct plan *p, struct err *err);

#endif
