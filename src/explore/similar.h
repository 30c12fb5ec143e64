/*
 * similar.h - films whose factors point the same way: the cosine of their rows of I.
 *
 *   cos(a, b) = I[a]·I[b] / (‖I[a]‖ ‖I[b]‖)
 *
 * Exact: every film is compared; biases play no part. One matrix-vector product in
 * single precision says which films can be among the nearest, and these are compared
 * again in double precision, so that the answer is the same on every machine. The
 * lengths are worked out once a model: an answer costs one pass over the film table.
 */
#ifndef MLT_EXPLORE_SIMILAR_H
#define MLT_EXPLORE_SIMILAR_H

#include "src/base/err.h"
#include "src/data/catalog.h"
#include "src/explore/filter.h"
#include "src/model/model.h"

#include <stddef.h>
#include <stdint.h>

/* Ratings from which on a film is among those near another on its card: the factors of
 * films that few have rated say little. */
#define SIMILAR_MIN_RATINGS 10

struct similar {
    uint32_t row;  /* of the film */
    double cosine; /* NaN where a film's factors are all zero */
};

struct similar_query {
    size_t limit;         /* films listed at most; 0: all */
    uint32_t min_ratings; /* films with fewer are left out, and those with none */
    const struct filter *filter; /* borrowed, or NULL */
};

/* Cosine of film rows a and b. Any thread. */
double similar_cosine(const struct model *m, uint32_t a, uint32_t b);

/* A model whose films' lengths are known. */
struct similar_index;

/* Work out the lengths; the model (borrowed) must stay as it is. ERR_NOMEM. */
ERR_MUST_CHECK enum err_code similar_index_new(struct similar_index **ret,
                                               const struct model *m, struct err *err);
void similar_index_free(struct similar_index *x);

/*
 * The films nearest to film `row`, itself left out: the most similar first, equals by
 * title, then id. *ret (*ret_n) is the caller's, to be freed with mem_free. ERR_NOMEM.
 * Any number of threads may ask one index.
 */
ERR_MUST_CHECK enum err_code similar_films(struct similar **ret, size_t *ret_n,
                                           const struct similar_index *x,
                                           const struct catalog *c, uint32_t row,
                                           const struct similar_query *q,
                                           struct err *err);

#endif
