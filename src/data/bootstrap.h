/*
 * bootstrap.h - draw an epoch with replacement: every place of every batch holds one
 * training rating, each equally likely; a module of the sampler.
 */
#ifndef MLT_DATA_BOOTSTRAP_H
#define MLT_DATA_BOOTSTRAP_H

#include "src/base/err.h"
#include "src/base/pool.h"
#include "src/data/order.h"
#include "src/data/partition.h"

/* Fill the whole batches of a reserved order; a rest too small for a batch stays
 * empty. The result depends on ratings, B and `draw` alone. */
ERR_MUST_CHECK enum err_code bootstrap_fill(struct order *o, struct draw draw,
                                            struct pool *pool, struct err *err);

#endif
