/*
 * sampler.h - (seed, epoch) -> which ratings form which batch.
 *
 * permutation: an epoch is a uniformly random partition of the training ratings into
 * batches of B (the rest, fewer than B, sits out), as shuffling and cutting would give.
 * bootstrap: every place of every batch draws one training rating, with replacement.
 * Within a batch the ratings are sorted by user. No state outlives an epoch.
 */
#ifndef MLT_DATA_SAMPLER_H
#define MLT_DATA_SAMPLER_H

#include "src/base/err.h"
#include "src/base/pool.h"
#include "src/data/ratings.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sampler;

enum sampling { SAMPLING_PERMUTATION, SAMPLING_BOOTSTRAP };

#define SAMPLER_MAX_BATCH   65536
#define SAMPLER_MAX_RATINGS 4000000000u /* positions are 32-bit */

/* One batch, sorted by user: rows of users and items, and stars; (B) each. */
struct batch {
    uint32_t *user;
    uint32_t *item;
    float *stars;
};

/* `batch` is B, 1 … SAMPLER_MAX_BATCH and at most the training ratings (ERR_ARG, with
 * a proposal). `finder` picks the learning-rate finder's own random streams. Ratings
 * and pool are borrowed. */
ERR_MUST_CHECK enum err_code sampler_new(struct sampler **ret, const struct ratings *r,
                                         size_t batch, enum sampling how, uint64_t seed,
                                         bool finder, struct pool *pool,
                                         struct err *err);

/* A sampler that gives the listed batches instead, every epoch's one after the other:
 * user, item, stars (n_batches * B), borrowed, in any order within a batch; `per_epoch`
 * batches an epoch. An epoch beyond the list is ERR_ARG. */
ERR_MUST_CHECK enum err_code
sampler_new_listed(struct sampler **ret, const uint32_t *user, const uint32_t *item,
                   const float *stars, size_t n_batches, size_t batch, size_t per_epoch,
                   struct err *err);
void sampler_free(struct sampler *s);

/* B, and batches an epoch. */
size_t sampler_batch_size(const struct sampler *s);
size_t sampler_n_batches(const struct sampler *s);

/* Bytes that an epoch's order takes between begin and end; 0 for listed batches. */
uint64_t sampler_epoch_bytes(const struct sampler *s);

/* Draw epoch e (from 0). Any epoch, in any order. */
ERR_MUST_CHECK enum err_code sampler_begin_epoch(struct sampler *s, unsigned epoch,
                                                 struct err *err);

/* Give back what an epoch's order takes (4 bytes a rating for MovieLens, at most 8 and
 * a small table otherwise) until the next begin. */
void sampler_end_epoch(struct sampler *s);

/* Batch b < n_batches of the epoch. `ret` arrays are the caller's, (B) each. Any
 * thread. */
void sampler_get(const struct sampler *s, size_t b, struct batch *ret);

#endif
