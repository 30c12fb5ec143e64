/*
 * order.h - the batches of one epoch, packed: a module of the sampler.
 *
 * Letters: m users, n films, B batch, slots = batches of an epoch and, behind them, the
 * rest that is too small for a batch. A slot's entries are sorted by user, then by
 * position in the ratings. An entry holds film, stars and the low bits of the user;
 * the high bits are those of the chunk of users it lies in, and a table says where
 * each chunk begins in each slot. So MovieLens 25M needs 4 bytes a rating (16 bits
 * film, 4 stars, 12 user); what does not fit takes 8. A chunk is also the unit of work
 * when an epoch is drawn: the result cannot depend on the number of threads.
 */
#ifndef MLT_DATA_ORDER_H
#define MLT_DATA_ORDER_H

#include "src/base/err.h"
#include "src/data/ratings.h"
#include "src/data/sampler.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define ORDER_LINE 64 /* bytes of a cache line */

struct order {
    const struct ratings *ratings; /* borrowed */
    size_t batch;                  /* B */
    size_t stride;                 /* slot b's entries begin at b * stride */
    size_t n_train;                /* training ratings, all slots together */
    size_t n_slots;
    unsigned stars_bits; /* lowest bits of an entry: code, or a whole float */
    unsigned item_bits;  /* above them */
    unsigned low_bits;   /* above those: user - (chunk << low_bits) */
    bool wide;           /* entries are uint64_t, else uint32_t */
    size_t n_chunks;     /* chunk c holds users [c << low_bits, (c + 1) << low_bits) */
    uint32_t *first;     /* (n_chunks + 1, n_slots) entries of the slot before chunk c;
                            NULL between epochs */
    void *entry;         /* the slots; NULL between epochs */
};

/* Choose the packing for ratings and batch size; takes no memory. */
void order_init(struct order *o, const struct ratings *r, size_t batch);

/* Bytes that order_reserve takes. */
uint64_t order_bytes(const struct order *o);

/* Take the memory of an epoch, if it is not there yet, and give it back. */
ERR_MUST_CHECK enum err_code order_reserve(struct order *o, struct err *err);
void order_release(struct order *o);

/* Unpack slot b into user, item, stars (B) each. */
void order_get(const struct order *o, size_t b, struct batch *ret);

/* Entries of the slot that lie before chunk c <= n_chunks. */
static inline uint32_t *
order_first(const struct order *o, size_t c)
{
    return o->first + c * o->n_slots;
}

static inline size_t
order_entry_size(const struct order *o)
{
    return o->wide ? sizeof(uint64_t) : sizeof(uint32_t);
}

/* First user of chunk c <= n_chunks, at most m + 1. */
static inline uint32_t
order_chunk_user(const struct order *o, size_t c)
{
    uint64_t u = (uint64_t)c << o->low_bits;
    uint64_t end = (uint64_t)o->ratings->n_users + 1;

    return (uint32_t)(u < end ? u : end);
}

/* Write the rating at position p, of user u, as entry `at`. `wide` is o->wide, handed
 * in so that loops are compiled for either. */
static inline void
order_put(const struct order *o, bool wide, size_t at, uint32_t u, size_t p)
{
    const struct ratings *r = o->ratings;
    uint64_t e = u & (((uint64_t)1 << o->low_bits) - 1);
    uint32_t stars;

    if (r->code != NULL)
        stars = r->code[p];
    else
        memcpy(&stars, &r->stars[p], sizeof(stars));
    e = (e << o->item_bits | ratings_item(r, p)) << o->stars_bits | stars;
    if (wide)
        ((uint64_t *)o->entry)[at] = e;
    else
        ((uint32_t *)o->entry)[at] = (uint32_t)e;
}

#endif
