/*
 * holdout.h - which ratings of a file that was read are held out: drawn by seed, or as
 * a split file says.
 */
#ifndef MLT_DATA_HOLDOUT_H
#define MLT_DATA_HOLDOUT_H

#include "src/base/err.h"
#include "src/base/pool.h"
#include "src/data/dataset.h"
#include "src/data/intake.h"
#include "src/data/numbers.h"

#include <stdint.h>

/*
 * Positions held out as a set (see split.h) of in->n, owned by the caller. A split file
 * by row needs the rejected rows kept in `in`; one by ids is looked up by the numbers
 * in `user` and `item`. ERR_DATA: the split file does not fit; ERR_NOTFOUND, ERR_IO: it
 * cannot be read; ERR_NOMEM.
 */
ERR_MUST_CHECK enum err_code holdout_find(uint64_t **ret, const struct intake *in,
                                          const struct numbers *user,
                                          const struct numbers *item,
                                          const struct dataset_options *opt,
                                          struct pool *pool, struct err *err);

#endif
