/*
 * synth_dice.h - one random number after another for one thing that is invented: a
 * film, a title, a user. Each thing has dice of its own, so none disturbs another.
 */
#ifndef MLT_DATA_SYNTH_DICE_H
#define MLT_DATA_SYNTH_DICE_H

#include "src/base/rng.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

struct dice {
    uint64_t seed;
    uint32_t stream; /* enum synth_stream */
    uint64_t a;      /* number of the film or user */
    uint32_t b;      /* blocks drawn */
};

/* Uniform in [0, 1). */
static inline double
dice_unit(struct dice *d)
{
    struct rng_block r = rng_at(d->seed, d->stream, d->a, d->b++);

    return rng_unit(r.v[0], r.v[1]);
}

/* Uniform integer in [0, n), n > 0. */
static inline uint32_t
dice_below(struct dice *d, uint32_t n)
{
    struct rng_block r = rng_at(d->seed, d->stream, d->a, d->b++);

    return (uint32_t)rng_below(r.v[0], r.v[1], n);
}

/* True with probability p. */
static inline bool
dice_chance(struct dice *d, double p)
{
    return dice_unit(d) < p;
}

/* Two independent N(0,1). */
static inline void
dice_normal2(struct dice *d, double ret[2])
{
    rng_normal2(rng_at(d->seed, d->stream, d->a, d->b++), ret);
}

/* Exponential with mean 1. */
static inline double
dice_exponential(struct dice *d)
{
    return -log(1.0 - dice_unit(d));
}

#endif
