/*
 * sampler.c - which ratings form which batch; see sampler.h.
 *
 * permutation and bootstrap draw a whole epoch into a packed order (order.h);
 * a listed sampler sorts the positions of each batch once, when it is made.
 */
#include "config.h"

#include "src/data/sampler.h"

#include "src/base/mem.h"
#include "src/base/rng.h"
#include "src/data/order.h"
#include "src/data/partition.h"

#include <assert.h>
#include <stdlib.h>

struct sampler {
    size_t batch;     /* B */
    size_t n_batches; /* an epoch */

    /* Drawn: order.ratings is not NULL. */
    struct order order;
    struct pool *pool; /* borrowed */
    enum sampling how;
    uint64_t seed;
    bool finder;

    /* Listed. */
    const uint32_t *user, *item; /* (n_epochs * n_batches * B) borrowed */
    const float *stars;
    uint32_t *place; /* (the same) owned: the places of each batch, by user */
    unsigned n_epochs;
    size_t first_place; /* of the present epoch */
};

/* Power of two that gives some 16 batches. */
static size_t
propose_batch(size_t n_train)
{
    size_t b = 1;

    while (b * 2 <= n_train / 16 && b < SAMPLER_MAX_BATCH)
        b *= 2;
    return b;
}

static enum err_code
check_batch(const struct ratings *r, size_t batch, struct err *err)
{
    size_t n = ratings_n_train(r);

    if (n == 0)
        return err_set(err, ERR_ARG, "there is nothing to train on: %s",
                       r->n == 0 ? "no ratings" : "every rating is held out");
    if (r->n > SAMPLER_MAX_RATINGS)
        return err_set(err, ERR_ARG, "%zu ratings: at most %u are possible", r->n,
                       SAMPLER_MAX_RATINGS);
    if (batch < 1 || batch > SAMPLER_MAX_BATCH)
        return err_set(err, ERR_ARG, "batch size %zu: expected 1 to %d", batch,
                       SAMPLER_MAX_BATCH);
    if (batch > n)
        return err_set(err, ERR_ARG,
                       "batch size %zu is more than the %zu training ratings, so there "
                       "would be no step at all; try --batch %zu",
                       batch, n, propose_batch(n));
    return ERR_OK;
}

enum err_code
sampler_new(struct sampler **ret, const struct ratings *r, size_t batch,
            enum sampling how, uint64_t seed, bool finder, struct pool *pool,
            struct err *err)
{
    enum err_code rc = check_batch(r, batch, err);
    struct sampler *s;

    if (rc != ERR_OK)
        return rc;
    s = mem_new(1, sizeof(*s));
    if (s == NULL)
        return err_nomem(err, sizeof(*s), "a sampler");
    s->batch = batch;
    s->n_batches = ratings_n_train(r) / batch;
    order_init(&s->order, r, batch);
    s->pool = pool;
    s->how = how;
    s->seed = seed;
    s->finder = finder;
    *ret = s;
    return ERR_OK;
}

static int
compare_keys(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

/* place[j] (B) = the places of a batch in rising order of user, then of place. `key`
 * (B) is scratch. */
static void
sort_batch(const uint32_t *user, size_t batch, uint64_t *key, uint32_t *place)
{
    for (size_t j = 0; j < batch; j++)
        key[j] = (uint64_t)user[j] << 32 | j;
    qsort(key, batch, sizeof(*key), compare_keys);
    for (size_t j = 0; j < batch; j++)
        place[j] = (uint32_t)key[j];
}

enum err_code
sampler_new_listed(struct sampler **ret, const uint32_t *user, const uint32_t *item,
                   const float *stars, size_t n_batches, size_t batch, size_t per_epoch,
                   struct err *err)
{
    struct sampler *s = mem_new(1, sizeof(*s));
    uint64_t *key = mem_new(batch, sizeof(*key));
    uint32_t *place = mem_new(n_batches * batch, sizeof(*place));

    assert(per_epoch > 0 && batch > 0);
    if (s == NULL || key == NULL || place == NULL) {
        mem_free(s);
        mem_free(key);
        mem_free(place);
        return err_nomem(err, n_batches * batch * sizeof(*place), "listed batches");
    }
    for (size_t b = 0; b < n_batches; b++)
        sort_batch(user + b * batch, batch, key, place + b * batch);
    mem_free(key);
    s->batch = batch;
    s->n_batches = per_epoch;
    s->user = user;
    s->item = item;
    s->stars = stars;
    s->place = place;
    s->n_epochs = (unsigned)(n_batches / per_epoch);
    *ret = s;
    return ERR_OK;
}

void
sampler_free(struct sampler *s)
{
    if (s == NULL)
        return;
    order_release(&s->order);
    mem_free(s->place);
    mem_free(s);
}

size_t
sampler_batch_size(const struct sampler *s)
{
    return s->batch;
}

size_t
sampler_n_batches(const struct sampler *s)
{
    return s->n_batches;
}

uint64_t
sampler_epoch_bytes(const struct sampler *s)
{
    return s->place == NULL ? order_bytes(&s->order) : 0;
}

enum err_code
sampler_begin_epoch(struct sampler *s, unsigned epoch, struct err *err)
{
    struct draw draw = { .seed = s->seed,
                         .stream_shift = s->finder ? RNG_FINDER : 0,
                         .epoch = epoch };
    enum err_code rc;

    if (s->place != NULL) {
        if (epoch >= s->n_epochs)
            return err_set(err, ERR_ARG, "epoch %u: the list has %u", epoch,
                           s->n_epochs);
        s->first_place = epoch * s->n_batches * s->batch;
        return ERR_OK;
    }
    rc = order_reserve(&s->order, err);
    return rc == ERR_OK ? partition_fill(&s->order, s->how, draw, s->pool, err) : rc;
}

void
sampler_end_epoch(struct sampler *s)
{
    order_release(&s->order);
}

void
sampler_get(const struct sampler *s, size_t b, struct batch *ret)
{
    size_t first = s->first_place + b * s->batch;

    assert(b < s->n_batches);
    if (s->place == NULL) {
        order_get(&s->order, b, ret);
        return;
    }
    for (size_t j = 0; j < s->batch; j++) {
        size_t at = first + s->place[first + j];

        ret->user[j] = s->user[at];
        ret->item[j] = s->item[at];
        ret->stars[j] = s->stars[at];
    }
}
