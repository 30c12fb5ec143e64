/*
 * split.c - the seeded split; see split.h.
 *
 * The key that parts the held-out from the rest is known in advance to within a few
 * standard deviations. One pass over the keys takes those below this window and lists
 * those within; only the list is sorted. Should the border lie outside after all, the
 * window grows until it holds every key.
 */
#include "config.h"

#include "src/data/split.h"

#include "src/base/mem.h"
#include "src/base/rng.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK ((size_t)1 << 16) /* positions that a worker takes at once */
#define KEYS  ((size_t)1024)    /* keys drawn at once; divides CHUNK */

struct candidate {
    uint32_t key;
    uint32_t at;
};

struct draw {
    uint64_t *bits;
    size_t n;
    uint64_t seed;
    uint64_t lo, hi; /* window of keys: [lo, hi) */
    atomic_size_t next;
    pthread_mutex_t lock; /* guards what follows */
    size_t n_below;
    struct candidate *list; /* (cap) owned */
    size_t n_listed, cap;
    bool no_memory;
};

/* A worker's findings in one chunk. */
struct found {
    size_t n_below, n_listed;
    struct candidate list[CHUNK];
};

/* Positions from `first` on, with their n keys. */
static void
look_at_keys(struct draw *d, size_t first, const uint32_t *key, size_t n,
             struct found *f)
{
    for (size_t i = 0; i < n; i++) {
        size_t at = first + i;

        if (key[i] < d->lo) {
            d->bits[at / 64] |= (uint64_t)1 << at % 64;
            f->n_below++;
        } else if (key[i] < d->hi) {
            f->list[f->n_listed++] =
                (struct candidate){ .key = key[i], .at = (uint32_t)at };
        }
    }
}

static void
look_at_chunk(struct draw *d, size_t first, struct found *f)
{
    size_t last = first + CHUNK < d->n ? first + CHUNK : d->n;
    uint32_t key[KEYS];

    f->n_below = f->n_listed = 0;
    for (size_t at = first; at < last; at += KEYS) {
        size_t n = last - at < KEYS ? last - at : KEYS;

        rng_fill(d->seed, RNG_SPLIT, at / 4, 0, (n + 3) / 4, key);
        look_at_keys(d, at, key, n, f);
    }
}

/* Add a chunk's findings to the draw's. */
static void
hand_over(struct draw *d, const struct found *f)
{
    pthread_mutex_lock(&d->lock);
    d->n_below += f->n_below;
    if (d->n_listed + f->n_listed > d->cap) {
        size_t cap = 2 * d->cap + f->n_listed;
        struct candidate *list = mem_resize(d->list, cap, sizeof(*list));

        if (list != NULL) {
            d->list = list;
            d->cap = cap;
        } else {
            d->no_memory = true;
        }
    }
    if (!d->no_memory && f->n_listed > 0) {
        memcpy(d->list + d->n_listed, f->list, f->n_listed * sizeof(*f->list));
        d->n_listed += f->n_listed;
    }
    pthread_mutex_unlock(&d->lock);
}

/* A worker of split_draw: chunks of positions, whose words of bits are its own. */
static void
work(void *arg, unsigned id, unsigned n)
{
    struct draw *d = arg;
    struct found *f = mem_new(1, sizeof(*f));
    size_t first;

    (void)id;
    (void)n;
    if (f == NULL) {
        pthread_mutex_lock(&d->lock);
        d->no_memory = true;
        pthread_mutex_unlock(&d->lock);
        return;
    }
    while ((first = atomic_fetch_add(&d->next, CHUNK)) < d->n) {
        look_at_chunk(d, first, f);
        hand_over(d, f);
    }
    mem_free(f);
}

static int
by_key(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;

    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

/* One pass with a window of this half-width; false when the border is outside. */
static bool
draw_once(struct draw *d, size_t cut, double half, struct pool *pool)
{
    double border = (double)cut / (double)d->n * 0x1p32;
    size_t wanted;

    d->lo = border - half > 0 ? (uint64_t)(border - half) : 0;
    d->hi = border + half < 0x1p32 ? (uint64_t)(border + half) : (uint64_t)1 << 32;
    d->n_below = d->n_listed = 0;
    memset(d->bits, 0, split_words(d->n) * sizeof(*d->bits));
    atomic_store(&d->next, 0);
    pool_run(pool, work, d);
    if (d->no_memory || d->n_below > cut || d->n_below + d->n_listed < cut)
        return false;
    wanted = cut - d->n_below;
    qsort(d->list, d->n_listed, sizeof(*d->list), by_key);
    for (size_t i = 0; i < wanted; i++)
        d->bits[d->list[i].at / 64] |= (uint64_t)1 << d->list[i].at % 64;
    return true;
}

enum err_code
split_draw(uint64_t *bits, size_t n, size_t cut, uint64_t seed, struct pool *pool,
           struct err *err)
{
    struct draw d = { .bits = bits, .n = n, .seed = seed };
    double part = n > 0 ? (double)cut / (double)n : 0;
    /* Eight standard deviations of the border, and a few keys where n is small. */
    double half =
        n > 0 ? 0x1p32 * (8 * sqrt(part * (1 - part) / (double)n) + 32 / (double)n) : 0;

    if (cut == 0)
        return ERR_OK;
    pthread_mutex_init(&d.lock, NULL);
    d.list = mem_new(1, sizeof(*d.list));
    d.cap = 1;
    d.no_memory = d.list == NULL;
    while (!d.no_memory && !draw_once(&d, cut, half, pool))
        half *= 8;
    pthread_mutex_destroy(&d.lock);
    mem_free(d.list);
    return d.no_memory ? err_nomem(err, CHUNK * sizeof(*d.list), "the split") : ERR_OK;
}
