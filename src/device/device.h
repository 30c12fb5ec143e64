/*
 * device.h - where a model is trained: one const table of functions a device.
 *
 * A device owns the live state (weights and Adam's two averages) in whatever form is
 * fast for it and takes many batches per call. The same seed gives the same batches on
 * every device and losses within rounding; within one device the same bytes for any
 * number of threads. Calls on one device come from one thread at a time.
 */
#ifndef MLT_DEVICE_DEVICE_H
#define MLT_DEVICE_DEVICE_H

#include "src/base/err.h"
#include "src/base/pool.h"
#include "src/data/ratings.h"
#include "src/data/sampler.h"
#include "src/model/model.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct device;

/* What is to be trained; everything is borrowed and outlives the device. */
struct problem {
    const struct ratings *ratings;
    struct sampler *sampler;  /* which ratings form which batch, at most B each */
    struct pool *pool;        /* the device's threads */
    const struct model *init; /* weights to begin with; gives m, n, k and the y-range */
    double wd;                /* weight decay, decoupled; >= 0 */
};

/* The scheduled values of one step. */
struct hyper {
    double lr;
    double mom; /* Adam's beta1 */
};

/* Errors over the held-out ratings, summed in double in a fixed order. */
struct eval {
    size_t n;
    double sse; /* sum of (ŷ - r)^2 */
    double sae; /* sum of |ŷ - r| */
};

#define ADAM_BETA2 0.99
#define ADAM_EPS   1e-5

struct device_ops {
    const char *name;    /* what the user types: "cpu-avx512" */
    const char *summary; /* one line for `mltui devices` */

    /* Usable here? If not, *ret_why is a fixed sentence. */
    bool (*probe)(const char **ret_why);

    /* Bytes that open() will take for these sizes. */
    uint64_t (*memory)(uint32_t n_users, uint32_t n_items, unsigned k, size_t batch);

    /* ERR_NOMEM. */
    ERR_MUST_CHECK enum err_code (*open)(struct device **ret, const struct problem *p,
                                         struct err *err);
    void (*close)(struct device *d); /* accepts NULL */

    /* Make ready for epoch e (from 0): the sampler is told by the caller, before. A
     * device may have the next batch ready between calls: ERR_STATE when batches of the
     * last epoch are left. */
    ERR_MUST_CHECK enum err_code (*begin_epoch)(struct device *d, struct err *err);

    /*
     * Up to n further batches of the epoch; h (n) are their lr and momentum, ret_loss
     * (n) their mean squared errors, *ret_done how many were run: fewer than n at the
     * epoch's end, or when a loss is not finite (that batch is counted, and the
     * weights after it are not to be used).
     */
    ERR_MUST_CHECK enum err_code (*steps)(struct device *d, size_t n,
                                          const struct hyper *h, double *ret_loss,
                                          size_t *ret_done, struct err *err);

    /* The current weights, every pending step applied, into a model of the same shape.
     * The live state is not changed. */
    ERR_MUST_CHECK enum err_code (*settle)(struct device *d, struct model *into,
                                           struct err *err);

    /* Errors of a settled model over the problem's held-out ratings. */
    ERR_MUST_CHECK enum err_code (*evaluate)(struct device *d, const struct model *m,
                                             struct eval *ret, struct err *err);
};

struct device {
    const struct device_ops *ops;
};

/* All devices built in, best first, NULL last. */
extern const struct device_ops *const device_list[];

/*
 * The device a user's word means: "auto" is the best usable one, "cpu" the best CPU
 * kernel; else a name of the list. ERR_ARG: no such name; ERR_UNAVAILABLE: it cannot
 * run here, with the reason.
 */
ERR_MUST_CHECK enum err_code device_find(const struct device_ops **ret,
                                         const char *name, struct err *err);

#endif
