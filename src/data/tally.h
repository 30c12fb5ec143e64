/*
 * tally.h - what is counted over all ratings of a data set.
 */
#ifndef MLT_DATA_TALLY_H
#define MLT_DATA_TALLY_H

#include "src/base/err.h"
#include "src/base/pool.h"
#include "src/data/dataset.h"

/*
 * From d->ratings fill each film's count and mean in d->catalog, and d->mean, n_outside
 * (of y_lo … y_hi) and n_repeated. The same for any number of threads. ERR_NOMEM.
 */
ERR_MUST_CHECK enum err_code tally(struct dataset *d, double y_lo, double y_hi,
                                   struct pool *pool, struct err *err);

#endif
