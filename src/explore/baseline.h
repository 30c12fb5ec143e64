/*
 * baseline.h - what can be said about a rating without any factor: the numbers that a
 * model has to beat.
 *
 * All are fitted on the ratings that are not held out.
 */
#ifndef MLT_EXPLORE_BASELINE_H
#define MLT_EXPLORE_BASELINE_H

#include "src/base/err.h"
#include "src/base/pool.h"
#include "src/data/ratings.h"

#include <stdatomic.h>
#include <stdint.h>

#define BASELINE_RIDGE 10 /* lambda */

struct baseline {
    double mean;       /* μ; NaN without a training rating */
    double *item_mean; /* (n + 1) owned; μ where a film has no training rating */
    double *user_bias; /* (m + 1) owned */
    double *item_bias; /* (n + 1) owned */
    unsigned n_sweeps; /* that it took */
};

/*
 * Fit them. The biases minimise Σ (r - μ - b_u - b_i)² + λ (Σ b_u² + Σ b_i²) by turns
 * (each sweep solves for all b_u, then for all b_i, exactly) until none moves by 1e-7
 * stars; the problem is strictly convex, so there is one answer, and it does not depend
 * on the pool (NULL: here alone). `cancel` (or NULL) is polled: ERR_STATE when it turns
 * true. ERR_NOMEM.
 */
ERR_MUST_CHECK enum err_code baseline_fit(struct baseline *ret, const struct ratings *r,
                                          struct pool *pool, const atomic_bool *cancel,
                                          struct err *err);
void baseline_done(struct baseline *b);

/* μ + b_u + b_i. */
static inline double
baseline_rating(const struct baseline *b, uint32_t user, uint32_t item)
{
    return b->mean + b->user_bias[user] + b->item_bias[item];
}

#endif
