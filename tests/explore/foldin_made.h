/* foldin_made.h - models and ratings for fold-in, drawn or by rule. */
#ifndef MLT_TESTS_EXPLORE_FOLDIN_MADE_H
#define MLT_TESTS_EXPLORE_FOLDIN_MADE_H

#include "src/data/ratings.h"
#include "src/explore/foldin.h"
#include "src/model/model.h"

#include <stdint.h>

/* The n-th number of a stream, N(0, sd²). */
float foldin_made_draw(uint64_t n, double sd);

/* A model of m users and n films whose weights are far apart. */
struct model *foldin_made_model(uint32_t m, uint32_t n, unsigned k);

/* Each of m users rates films 1 … each, of n; the first `untrained` only as held out.
 */
struct ratings *foldin_made_rated(uint32_t m, uint32_t n, uint32_t each,
                                  uint32_t untrained);

/* The prior of both; foldin_prior_done it. */
struct foldin_prior foldin_made_prior(const struct model *m, const struct ratings *r);

/* Fold in, from `from` or the mean user, and look whether F is flat there, as steep as
 * it was at the mean user. z (k + 1). */
void foldin_made_arrive(double *z, const struct model *m, const struct foldin_prior *p,
                        const struct foldin_rating *rating, size_t n,
                        const double *from);

#endif
