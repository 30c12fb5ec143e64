/*
 * partition.h - draw an epoch: training ratings into slots of B, at random; a module of
 * the sampler.
 *
 * Every rating, or with replacement every copy of a rating (bootstrap.h), draws a slot
 * of its own from the counter-based generator; then slots are levelled (level.h). All
 * choices treat all ratings alike, so every way to fill slots of these sizes is equally
 * likely, however slots were drawn at first.
 */
#ifndef MLT_DATA_PARTITION_H
#define MLT_DATA_PARTITION_H

#include "src/base/err.h"
#include "src/base/pool.h"
#include "src/data/level.h"
#include "src/data/order.h"
#include "src/data/sampler.h"

/* Fill a reserved order; with replacement, a rest too small for a batch stays empty.
 * The result depends on ratings, B, `how` and `draw` alone. */
ERR_MUST_CHECK enum err_code partition_fill(struct order *o, enum sampling how,
                                            struct draw draw, struct pool *pool,
                                            struct err *err);

#endif
