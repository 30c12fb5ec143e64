/*
 * rig.h - a device with a problem of its own, for what every device promises.
 *
 * Any failure ends the test.
 */
#ifndef MLT_TESTS_DEVICE_RIG_H
#define MLT_TESTS_DEVICE_RIG_H

#include "src/base/pool.h"
#include "src/device/device.h"

#include <stddef.h>
#include <stdint.h>

struct rig {
    const struct device_ops *ops;
    struct ratings *ratings;
    struct pool *pool;
    struct sampler *sampler;
    struct model *init, *now;
    struct device *device;
    unsigned epoch;
    size_t left;  /* batches of the epoch */
    size_t steps; /* done */
};

/* How a problem is made. */
struct shape {
    uint32_t n_users, n_items;
    size_t n_ratings;
    unsigned k;
    size_t batch;
    unsigned threads;
    double wd;
    float y_lo, y_hi;
};

/* 40 users, 30 films, 1200 ratings, 8 factors, batches of 64, one thread. */
extern const struct shape rig_usual;

/* The most steps that the tests take, and rates for them that rise to `peak` and fall,
 * as in a fit. */
#define RIG_STEPS 300
void rig_rates(struct hyper ret[RIG_STEPS], double peak);

/* Call fn with each row of device_list that this machine can use. */
void rig_every_device(void (*fn)(const struct device_ops *ops));

/* Ratings, sampler and weights, but no device yet. Stars are any floats in the middle
 * nine tenths of the y-range. */
void rig_prepare(struct rig *g, const struct device_ops *ops, const struct shape *s);

/* The same with ratings that somebody else made; they are the rig's from now on. */
void rig_prepare_with(struct rig *g, const struct device_ops *ops,
                      const struct shape *s, struct ratings *ratings);

/* Open the device on what was prepared. */
void rig_start(struct rig *g, double wd);

/* Both. */
void rig_open(struct rig *g, const struct device_ops *ops, const struct shape *s);

void rig_close(struct rig *g);

/* n steps at the rates h (n), epoch after epoch; ret_loss (n). Stops early at a loss
 * that is not finite; returns the steps done. */
size_t rig_run(struct rig *g, size_t n, const struct hyper *h, double *ret_loss);

/* The current weights, in g->now. */
const struct model *rig_settle(struct rig *g);

#endif
