/*
 * explain.h - why a prediction is what it is: the exact logit as a sum.
 *
 * Letters: k factors, u a user, i a film. With the mean user (Ū, b̄u) and the mean film
 * (Ī, b̄i) of a centre, u' = U[u] - Ū, i' = I[i] - Ī and the principal directions v:
 *
 *   x = (b̄u + b̄i + Ū·Ī)             base: the mean user and the mean film
 *     + (bu[u] - b̄u + u'·Ī)          user: how he rates the mean film
 *     + (bi[i] - b̄i + Ū·i')          film: how the mean user rates it
 *     + Σ_v (u'·v)(i'·v)             taste along each direction
 *
 * which is a two-way analysis of variance of the logits, its interaction written along
 * the directions. The sum is the logit, to rounding.
 */
#ifndef MLT_EXPLORE_EXPLAIN_H
#define MLT_EXPLORE_EXPLAIN_H

#include "src/base/err.h"
#include "src/data/catalog.h"
#include "src/data/ratings.h"
#include "src/explore/directions.h"
#include "src/model/model.h"

#include <stddef.h>
#include <stdint.h>

struct explanation {
    double base, user, film; /* logit */
    double logit;            /* model_logit: what the terms add up to */
    double rating;           /* ŷ in stars */
};

/* Explain user row u and film row i by principal directions; ret_taste (k) gets the
 * term of each direction. Any thread; O(k²). */
void explain_logit(struct explanation *ret, double *ret_taste, const struct model *m,
                   const struct directions *d, uint32_t u, uint32_t i);

/* A film that the user rated, near the one that is explained. */
struct neighbour {
    uint32_t row;
    float stars;
    double similarity; /* cosine, as similar.h has it */
};

/* The films that user u rated nearest to film i, itself left out and each once (with
 * its last rating): at most `room`, the most similar first, ties by title, then id.
 * ERR_NOMEM. */
ERR_MUST_CHECK enum err_code explain_neighbours(struct neighbour *ret, size_t room,
                                                size_t *ret_n, const struct model *m,
                                                const struct catalog *c,
                                                const struct ratings *r, uint32_t u,
                                                uint32_t i, struct err *err);

#endif
