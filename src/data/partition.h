/*
 * partition.h - draw an epoch: a uniformly random partition of the training ratings
 * into slots of B; a module of the sampler.
 *
 * Every rating draws a slot of its own from the counter-based generator. A slot that
 * got more than its size gives up a random subset, and these fill the vacancies in
 * random order. Each of the three choices treats all ratings alike, so every partition
 * into slots of these sizes is equally likely, however slots were drawn at first.
 */
#ifndef MLT_DATA_PARTITION_H
#define MLT_DATA_PARTITION_H

#include "src/base/err.h"
#include "src/base/pool.h"
#include "src/data/order.h"

#include <stdint.h>

/* Where the randomness comes from. */
struct draw {
    uint64_t seed;
    uint32_t stream_shift; /* 0, or RNG_FINDER */
    uint32_t epoch;
};

/* Fill a reserved order. The result depends on ratings, B and `draw` alone. */
ERR_MUST_CHECK enum err_code partition_fill(struct order *o, struct draw draw,
                                            struct pool *pool, struct err *err);

#endif
