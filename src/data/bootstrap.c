/*
 * bootstrap.c - an epoch with replacement; see bootstrap.h.
 *
 * A place draws positions among all ratings until one is not held out. The positions
 * of a batch are then sorted, which sorts it by user too, and packed.
 */
#include "config.h"

#include "src/data/bootstrap.h"

#include "src/base/mem.h"
#include "src/base/rng.h"

#include <stdatomic.h>

#define AHEAD      16 /* places between asking for memory and using it */
#define DIGIT_BITS 11
#define DIGITS     ((size_t)1 << DIGIT_BITS)

struct bootstrap {
    struct order *o;
    struct draw draw;
    size_t n_batches;
    uint32_t *position; /* (workers, 2, B): drawn, and scratch for sorting */
    atomic_size_t next_batch;
};

/* Candidate `attempt` for a place (counted over the epoch), among all ratings. */
static uint32_t
draw_candidate(const struct bootstrap *bs, uint64_t place, uint64_t attempt)
{
    struct rng_block w = rng_at(bs->draw.seed, RNG_BOOTSTRAP + bs->draw.stream_shift,
                                place | attempt << 40, bs->draw.epoch);

    return (uint32_t)rng_below(w.v[0], w.v[1], bs->o->ratings->n);
}

/* position (B) of training ratings for the places of batch b. A rating is looked at
 * some time after its memory was asked for: each is a cache line of its own. */
static void
draw_batch(const struct bootstrap *bs, size_t b, uint32_t *position)
{
    const struct ratings *r = bs->o->ratings;
    size_t batch = bs->o->batch;

    for (size_t j = 0; j < batch + AHEAD; j++) {
        if (j < batch) {
            position[j] = draw_candidate(bs, b * batch + j, 0);
            __builtin_prefetch(&r->item[position[j]]);
        }
        if (j < AHEAD)
            continue;
        for (uint64_t a = 1; ratings_held_out(r, position[j - AHEAD]); a++)
            position[j - AHEAD] = draw_candidate(bs, b * batch + j - AHEAD, a);
    }
}

/* One pass of a radix sort: stable by the digit at `shift`. */
static void
sort_digit(const uint32_t *from, uint32_t *to, size_t n, unsigned shift)
{
    uint32_t at[DIGITS] = { 0 };
    uint32_t sum = 0;

    for (size_t i = 0; i < n; i++)
        at[from[i] >> shift & (DIGITS - 1)]++;
    for (size_t d = 0; d < DIGITS; d++) {
        uint32_t count = at[d];

        at[d] = sum;
        sum += count;
    }
    for (size_t i = 0; i < n; i++)
        to[at[from[i] >> shift & (DIGITS - 1)]++] = from[i];
}

/* Sort n positions; returns where they are, in a or in b. */
static uint32_t *
sort_positions(uint32_t *a, uint32_t *b, size_t n)
{
    for (unsigned shift = 0; shift < 32; shift += DIGIT_BITS) {
        uint32_t *t = a;

        sort_digit(a, b, n, shift);
        a = b;
        b = t;
    }
    return a;
}

/* Pack sorted positions as batch b. */
static void
pack_batch(const struct bootstrap *bs, size_t b, const uint32_t *position)
{
    struct order *o = bs->o;
    const struct ratings *r = o->ratings;
    size_t c = 0;
    uint32_t u = 0;

    for (size_t j = 0; j < o->batch; j++) {
        if (j + AHEAD < o->batch) {
            __builtin_prefetch(&r->item[position[j + AHEAD]]);
            if (r->code != NULL)
                __builtin_prefetch(&r->code[position[j + AHEAD]]);
        }
        while (r->start[u + 1] <= position[j])
            u++;
        for (; c <= u >> o->low_bits; c++)
            order_first(o, c)[b] = (uint32_t)j;
        order_put(o, o->wide, b * o->stride + j, u, position[j]);
    }
    for (; c <= o->n_chunks; c++)
        order_first(o, c)[b] = (uint32_t)o->batch;
}

static void
draw_batches(void *arg, unsigned id, unsigned n)
{
    struct bootstrap *bs = arg;
    size_t batch = bs->o->batch, b;
    uint32_t *position = bs->position + id * 2 * batch;

    (void)n;
    while ((b = atomic_fetch_add(&bs->next_batch, 1)) < bs->n_batches) {
        draw_batch(bs, b, position);
        pack_batch(bs, b, sort_positions(position, position + batch, batch));
    }
}

enum err_code
bootstrap_fill(struct order *o, struct draw draw, struct pool *pool, struct err *err)
{
    size_t n = (size_t)pool_size(pool) * 2 * o->batch;
    struct bootstrap bs = { .o = o, .draw = draw, .n_batches = o->n_train / o->batch };

    bs.position = mem_new(n, sizeof(*bs.position));
    if (bs.position == NULL)
        return err_nomem(err, n * sizeof(*bs.position), "drawing the batches");
    pool_run(pool, draw_batches, &bs);
    mem_free(bs.position);
    return ERR_OK;
}
