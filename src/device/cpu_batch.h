/*
 * cpu_batch.h - a batch made ready for the fast CPU devices: which users and items are
 * in it, once each, and which ratings each item has.
 *
 * Letters: B ratings; "number" is a user's or item's place among those of the batch.
 */
#ifndef MLT_DEVICE_CPU_BATCH_H
#define MLT_DEVICE_CPU_BATCH_H

#include "src/base/err.h"
#include "src/data/sampler.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cpu_batch {
    struct batch ratings; /* (B) sorted by user, so that a user's are a run */

    uint32_t n_users;
    uint32_t *user_row;   /* (n_users) in rising order */
    uint32_t *user_start; /* (n_users + 1) first rating of each */

    uint32_t n_items;
    uint32_t *item_row;   /* (n_items) in order of appearance */
    uint32_t *item_start; /* (n_items + 1) its first place in by_item */
    uint32_t *by_item;    /* (B) ratings, item by item, each item's in batch order */
    uint8_t *stays;       /* (n_items) owned: is the item in the next batch too? */

    uint32_t n_entering;
    uint32_t *entering; /* (n_entering) numbers of items not in the batch before */

    uint32_t *block; /* owned: all of the above but `stays` */
};

/* What finds the items of a batch: for every item a mark, base + number, of the last
 * batch that had it. Each batch takes the next B marks. */
struct cpu_batcher {
    size_t B;
    uint32_t n_items;
    uint32_t base;    /* of the last batch made */
    uint32_t *mark;   /* (n + 1) owned */
    uint32_t *before; /* (B + 1) owned: mark that an item of this batch had before */
    uint32_t *number; /* (B) owned: each rating's item */
};

ERR_MUST_CHECK enum err_code cpu_batcher_init(struct cpu_batcher *m, size_t B,
                                              uint32_t n_items, struct err *err);
void cpu_batcher_done(struct cpu_batcher *m);

ERR_MUST_CHECK enum err_code cpu_batch_init(struct cpu_batch *b, size_t B,
                                            struct err *err);
void cpu_batch_done(struct cpu_batch *b);

/* Bytes that a batcher and two batches take. */
uint64_t cpu_batch_bytes(size_t B, uint32_t n_items);

/* Make batch `at` of the sampler's epoch. `before` is the last one made, whose `stays`
 * is filled in; NULL when no batch is to be followed up. */
void cpu_batcher_make(struct cpu_batcher *m, const struct sampler *s, size_t at,
                      struct cpu_batch *ret, struct cpu_batch *before);

/* No batch follows `last`: no item stays, and `next` is empty. */
void cpu_batch_is_last(struct cpu_batch *last, struct cpu_batch *next);

/* Is the item in the last batch made? */
static inline bool
cpu_batcher_has(const struct cpu_batcher *m, uint32_t item)
{
    return m->mark[item] - m->base < m->B;
}

#endif
