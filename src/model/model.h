/*
 * model.h - the four tables of fastai's EmbeddingDotBias in one arena.
 *
 *   x = U[u]·I[i] + bu[u] + bi[i],   ŷ = lo + (hi - lo)·σ(x)
 *
 * Letters: m users, n items, k factors. Row 0 of each table is #na#.
 */
#ifndef MLT_MODEL_MODEL_H
#define MLT_MODEL_MODEL_H

#include "src/base/err.h"
#include "src/base/pool.h"

#include <stddef.h>
#include <stdint.h>

#define MODEL_MAX_FACTORS 1024

struct model {
    uint32_t n_users; /* m */
    uint32_t n_items; /* n */
    unsigned k;       /* 1 … MODEL_MAX_FACTORS */
    float y_lo, y_hi; /* y_range */
    size_t len;       /* floats in the arena: (m + 1 + n + 1) * (k + 1) */
    float *arena;     /* (len) owned: U, I, bu, bi one after the other */
    float *U;         /* (m + 1, k) */
    float *I;         /* (n + 1, k) */
    float *bu;        /* (m + 1) */
    float *bi;        /* (n + 1) */
};

/* A model of zeroes. */
ERR_MUST_CHECK enum err_code model_new(struct model **ret, uint32_t n_users,
                                       uint32_t n_items, unsigned k, float y_lo,
                                       float y_hi, struct err *err);
void model_free(struct model *m);

/* Initial weights: every element is 0.01 * fmod(z, 2), z ~ N(0,1) of (seed, element):
 * fastai's trunc_normal_, which wraps and does not clip. The team shares the work
 * (NULL: the caller alone); the weights do not depend on its size. */
void model_init(struct model *m, uint64_t seed, struct pool *pool);

/* The logit x of user row u and item row i, summed in double. */
double model_logit(const struct model *m, uint32_t u, uint32_t i);

/* ŷ for a logit. */
double model_rating(const struct model *m, double x);

#endif
