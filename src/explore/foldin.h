/*
 * foldin.h - a new user on a trained model: his factors and bias from his ratings, the
 * films staying as they are.
 *
 * Letters: k factors, d = k + 1, z = [factors; bias] (d), a_i = [I[i]; 1] (d).
 *
 *   minimise F(z) = Σ over ratings (ŷ_i - r_i)² + (z - μ)ᵀ Λ (z - μ),
 *
 *   ŷ_i = lo + (hi - lo)·σ(z·a_i + bi[i]),   Λ = s²·Σ⁻¹
 *
 * which is the most probable z when users are spread as N(μ, Σ) and ratings scatter
 * about ŷ with variance s² (MAP estimate; for a linear ŷ it is the user's half-step of
 * alternating least squares, Hu, Koren & Volinsky 2008). Prior and noise come from the
 * run itself: users that were trained say what users are like, and how far the model is
 * off on the ratings that it was trained on says how much one rating can tell. So one
 * rating moves a person a little from the mean user, in the direction in which people
 * who gave such a rating differ from it, and two thousand are hardly held back.
 *
 * Users of a run folded in from their own training ratings: RMSE in stars between what
 * the trained and the folded-in vector predict for all films, and of either against the
 * users' held-out ratings.
 *
 *                      ml-latest-small, B 64, 3 seeds           sample
 *   training ratings   apart  trained  folded in      apart  trained  folded in
 *          1 …  19      .20    1.006      .992         .145    .853      .841
 *         20 …  49      .16     .920      .899         .132    .840      .826
 *         50 … 199      .13     .880      .873         .097    .817      .812
 *        200 …          .09     .813      .813         .067    .815      .815
 *
 * It does no worse, as it goes to the minimum where training stops after its epochs.
 * Λ is as it comes: over all held-out ratings, half of it is better on the sample (.816
 * for .817) and worse on ml-latest-small (.848 for .847), twice is worse on both.
 */
#ifndef MLT_EXPLORE_FOLDIN_H
#define MLT_EXPLORE_FOLDIN_H

#include "src/base/err.h"
#include "src/data/ratings.h"
#include "src/model/model.h"

#include <stddef.h>
#include <stdint.h>

/* What a model knows of users before they rate anything. */
struct foldin_prior {
    unsigned d;
    double *mean;      /* (d) owned: μ */
    double *precision; /* (d, d) owned: Λ, symmetric */
    double noise;      /* s² in stars² */
    double shrinkage;  /* part of each covariance that was taken away, 0 … 1 */
    size_t n_users;    /* whose rows were looked at */
    size_t n_ratings;  /* whose errors were */
};

/*
 * Learn the prior of a model from its users that have a training rating, and from the
 * errors of training ratings, at most FOLDIN_USERS and FOLDIN_RATINGS of them, evenly
 * chosen: some 15 ms for ML-25M's users with k = 100. The covariances are shrunk
 * towards 0 by the part that makes their expected error least (Ledoit & Wolf 2003 with
 * the diagonal as target; Schäfer & Strimmer 2005, eq. 8); variances get one user more,
 * as far from the mean as first weights are from 0, so that Σ has an inverse whatever
 * the number of users, 0 included. ERR_NOMEM; ERR_NUMERIC for weights so large that
 * their squares are not finite. Any thread.
 */
#define FOLDIN_USERS   4096
#define FOLDIN_RATINGS 16384
ERR_MUST_CHECK enum err_code foldin_prior_init(struct foldin_prior *ret,
                                               const struct model *m,
                                               const struct ratings *r,
                                               struct err *err);
/* A zeroed struct is fine. */
void foldin_prior_done(struct foldin_prior *p);

struct foldin_rating {
    uint32_t row; /* of the film, from 1; a film may come more than once */
    float stars;  /* may lie outside the model's range */
};

/* F(z), and its gradient into ret_gradient (d) unless that is NULL. ERR_NOMEM. */
ERR_MUST_CHECK enum err_code foldin_loss(double *ret, double *ret_gradient,
                                         const struct model *m,
                                         const struct foldin_prior *p,
                                         const struct foldin_rating *rating, size_t n,
                                         const double *z, struct err *err);

/*
 * Find the z (d) that minimises F, beginning at `from` (d; NULL: the mean user), until
 * what is left to go is less than a thousandth of the standard deviation that z has
 * given the ratings. Without ratings it is the mean user. *ret_steps (may be NULL) is
 * the number of steps that it took. ERR_NOMEM; ERR_NUMERIC where it does not get there.
 * Any thread.
 */
ERR_MUST_CHECK enum err_code foldin_fit(double *ret_z, unsigned *ret_steps,
                                        const struct model *m,
                                        const struct foldin_prior *p,
                                        const struct foldin_rating *rating, size_t n,
                                        const double *from, struct err *err);

#endif
