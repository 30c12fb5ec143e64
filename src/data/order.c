/* order.c - the batches of one epoch, packed; see order.h. */
#include "config.h"

#include "src/data/order.h"

#include "src/base/mem.h"

#include <assert.h>

/* From this batch size on, slots begin an odd number of lines apart: at powers of two
 * they would share a few sets of the cache, and drawing an epoch writes to all slots in
 * turn. What it gains depends on the processor, a twentieth where it was measured. */
#define SPREAD_FROM 1024

/* More chunks than this gain nothing when an epoch is drawn. */
#define CHUNK_BITS_WANTED 6

static unsigned
bits_for(uint64_t largest)
{
    return largest > 0 ? 64 - (unsigned)__builtin_clzll(largest) : 0;
}

static unsigned
min_bits(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

static size_t
choose_stride(size_t batch, size_t size)
{
    size_t per_line = ORDER_LINE / size;
    size_t lines = (batch + per_line - 1) / per_line;

    return batch < SPREAD_FROM ? batch : (lines | 1) * per_line;
}

void
order_init(struct order *o, const struct ratings *r, size_t batch)
{
    unsigned user_bits = bits_for(r->n_users);
    /* The table of chunks stays below a sixteenth of the entries, where it can. */
    unsigned chunk_bits_max = min_bits(bits_for(batch / 16), user_bits);
    unsigned chunk_bits = min_bits(chunk_bits_max, CHUNK_BITS_WANTED);
    unsigned used;

    *o = (struct order){ .ratings = r, .batch = batch, .n_train = ratings_n_train(r) };
    o->n_slots = (o->n_train + batch - 1) / batch;
    o->item_bits = bits_for(r->n_items);
    o->stars_bits = r->code != NULL ? bits_for(r->n_values - 1) : 32;
    used = o->item_bits + o->stars_bits;
    o->wide = used + user_bits > 32 + chunk_bits_max;
    if (used + user_bits > (o->wide ? 64 : 32) + chunk_bits)
        chunk_bits = used + user_bits - (o->wide ? 64 : 32);
    o->low_bits = user_bits - chunk_bits;
    o->stride = choose_stride(batch, order_entry_size(o));
    o->n_chunks = ((uint64_t)r->n_users >> o->low_bits) + 1;
}

uint64_t
order_bytes(const struct order *o)
{
    uint64_t n_first = ((uint64_t)o->n_chunks + 1) * o->n_slots;
    uint64_t n_entries = (uint64_t)o->n_slots * o->stride;

    return n_first * sizeof(*o->first) + n_entries * order_entry_size(o);
}

enum err_code
order_reserve(struct order *o, struct err *err)
{
    size_t n = o->n_slots * o->stride, size = order_entry_size(o);

    if (o->entry != NULL)
        return ERR_OK;
    o->first = mem_new((o->n_chunks + 1) * o->n_slots, sizeof(*o->first));
    o->entry = mem_new(n, size);
    if (o->first == NULL || o->entry == NULL) {
        order_release(o);
        return err_nomem(err, n * size, "the batches of an epoch");
    }
    return ERR_OK;
}

void
order_release(struct order *o)
{
    mem_free(o->first);
    mem_free(o->entry);
    o->first = NULL;
    o->entry = NULL;
}

/* Entries [from, to) of the slot at `base` belong to users from `user` on. */
static inline void
unpack(const struct order *o, bool wide, size_t base, uint32_t user, size_t from,
       size_t to, struct batch *ret)
{
    uint64_t item_mask = ((uint64_t)1 << o->item_bits) - 1;
    uint64_t stars_mask = ((uint64_t)1 << o->stars_bits) - 1;

    for (size_t j = from; j < to; j++) {
        uint64_t e = wide ? ((const uint64_t *)o->entry)[base + j]
                          : ((const uint32_t *)o->entry)[base + j];
        uint32_t stars = (uint32_t)(e & stars_mask);

        e >>= o->stars_bits;
        ret->item[j] = (uint32_t)(e & item_mask);
        ret->user[j] = user | (uint32_t)(e >> o->item_bits);
        if (o->ratings->code != NULL)
            ret->stars[j] = o->ratings->value[stars];
        else
            memcpy(&ret->stars[j], &stars, sizeof(stars));
    }
}

void
order_get(const struct order *o, size_t b, struct batch *ret)
{
    assert(o->entry != NULL && (b + 1) * o->batch <= o->n_train);
    for (size_t c = 0; c < o->n_chunks; c++) {
        uint32_t user = order_chunk_user(o, c);
        size_t from = order_first(o, c)[b], to = order_first(o, c + 1)[b];

        if (o->wide)
            unpack(o, true, b * o->stride, user, from, to, ret);
        else
            unpack(o, false, b * o->stride, user, from, to, ret);
    }
}
