/*
 * assemble.h - from what was read to a data set: numbers become rows, pieces become
 * ratings by user, and films get their counts and means.
 */
#ifndef MLT_DATA_ASSEMBLE_H
#define MLT_DATA_ASSEMBLE_H

#include "src/base/err.h"
#include "src/base/pool.h"
#include "src/data/dataset.h"
#include "src/data/intake.h"
#include "src/data/movies.h"

/*
 * Fill catalog, ratings, mean, n_outside and n_repeated of d. `in` has at least one
 * rating; its pieces are given back as they are used. `movies` may be NULL. ERR_NOMEM;
 * ERR_DATA: the split file does not fit; ERR_NOTFOUND, ERR_IO: it cannot be read;
 * ERR_UNAVAILABLE: too many users or films.
 */
ERR_MUST_CHECK enum err_code assemble(struct dataset *d, struct intake *in,
                                      const struct movies *movies,
                                      const struct dataset_options *opt,
                                      struct pool *pool, struct err *err);

#endif
