/* drawn.c - a sampler and a batch; see drawn.h. */
#include "config.h"

#include "tests/data/drawn.h"

#include "src/base/mem.h"
#include "tests/unit.h"

void
drawn_open(struct drawn *d, const struct ratings *r, size_t batch, enum sampling how,
           uint64_t seed, struct pool *pool)
{
    CU_ASSERT_EQUAL_FATAL(sampler_new(&d->s, r, batch, how, seed, false, pool, NULL),
                          ERR_OK);
    d->size = batch;
    d->b.user = mem_new(batch, sizeof(*d->b.user));
    d->b.item = mem_new(batch, sizeof(*d->b.item));
    d->b.stars = mem_new(batch, sizeof(*d->b.stars));
}

void
drawn_close(struct drawn *d)
{
    sampler_free(d->s);
    mem_free(d->b.user);
    mem_free(d->b.item);
    mem_free(d->b.stars);
}

void
drawn_begin(struct drawn *d, unsigned epoch)
{
    CU_ASSERT_EQUAL_FATAL(sampler_begin_epoch(d->s, epoch, NULL), ERR_OK);
}

bool
drawn_is_rating(const struct drawn *d, const struct ratings *r, size_t j, size_t at)
{
    uint32_t u = d->b.user[j];

    return u <= r->n_users && r->start[u] <= at && at < r->start[u + 1] &&
           d->b.item[j] == r->item[at] && d->b.stars[j] == ratings_stars(r, at);
}
