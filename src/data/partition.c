/*
 * partition.c - an epoch as a random partition; see partition.h.
 *
 * Two passes over the ratings, a chunk of users at a time and a tile of ratings within
 * it: one counts what each slot gets, the other writes. Both draw the same numbers.
 */
#include "config.h"

#include "src/data/partition.h"

#include "src/base/mem.h"
#include "src/base/rng.h"
#include "src/data/bootstrap.h"

#include <stdatomic.h>

#define TILE        ((size_t)1024) /* ratings */
#define TILE_BLOCKS ((uint64_t)BOOTSTRAP_MOST * TILE / 4)
#define SPREAD      4 /* copies that are written before one knows how many there are */

/* What a tile puts into the epoch. */
struct tile {
    size_t n;
    uint32_t word[TILE];
    uint32_t count[TILE];                        /* copies */
    uint32_t at[BOOTSTRAP_MOST * TILE + SPREAD]; /* (n) position, rising */
    uint32_t label[BOOTSTRAP_MOST * TILE];       /* (n) the slot it drew */
};

/* Where a chunk writes next in a slot. */
struct cursor {
    uint32_t at;   /* entry */
    uint32_t stop; /* the rating that would be written here moves; UINT32_MAX: none */
};

/* A worker's own. */
struct desk {
    struct tile *tile;
    struct cursor *cursor; /* (n_slots) */
    uint32_t *next;        /* (n_slots) the slot's next move */
    size_t n_drawn;        /* all counts */
};

struct partition {
    struct order *o;
    struct draw draw;
    bool replace;
    struct bootstrap bootstrap;
    uint64_t attempt; /* with replacement */
    size_t n_wanted;
    struct desk *desk; /* (n_workers) */
    size_t n_workers;
    struct levelling level;
    uint64_t label_scale; /* label = word * scale >> (32 + shift) */
    unsigned label_shift;
    atomic_size_t next_chunk;
};

/* ---- what a tile puts into the epoch ------------------------------------------------
 */

static size_t
min_size(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* A word becomes a place among all that are wanted, n_wanted * word / 2^32, and that a
 * slot: slots are drawn in proportion to their sizes, so that few ratings must move. */
static void
scale_labels(struct partition *p)
{
    p->label_shift = (unsigned)__builtin_clz((uint32_t)p->o->n_slots);
    p->label_scale = ((uint64_t)p->n_wanted << p->label_shift) / p->o->batch;
}

static void
fill_words(const struct partition *p, uint32_t stream, uint64_t first, size_t n,
           uint32_t *ret)
{
    rng_fill(p->draw.seed, stream + p->draw.stream_shift, first, p->draw.epoch,
             (n + 3) / 4, ret);
}

/* Every training rating once; its word is that of its position. No branch here depends
 * on the data: one that goes wrong at every tenth costs more. */
static void
list_once(const struct partition *p, size_t from, size_t n, struct tile *t)
{
    const struct ratings *r = p->o->ratings;
    size_t k = 0;

    fill_words(p, RNG_SHUFFLE, from / 4, n, t->word);
    for (size_t i = 0; i < n; i++) {
        t->at[k] = (uint32_t)(from + i);
        t->label[k] = t->word[i];
        k += !ratings_held_out(r, from + i);
    }
    t->n = k;
}

/* Every training rating as often as it draws; the k-th copy of a tile has its k-th
 * word. */
static void
list_copies(const struct partition *p, size_t from, size_t n, struct tile *t)
{
    const struct ratings *r = p->o->ratings;
    size_t k = 0;

    fill_words(p, RNG_BOOTSTRAP, p->attempt << 40 | from / 4, n, t->word);
    bootstrap_counts(&p->bootstrap, t->word, n, t->count);
    for (size_t i = 0; i < n; i++) {
        uint32_t copies = ratings_held_out(r, from + i) ? 0 : t->count[i];

        for (size_t j = 0; j < SPREAD; j++)
            t->at[k + j] = (uint32_t)(from + i);
        for (size_t j = SPREAD; j < copies; j++)
            t->at[k + j] = (uint32_t)(from + i);
        k += copies;
    }
    t->n = k;
    fill_words(p, RNG_SHUFFLE, from / TILE * TILE_BLOCKS, k, t->label);
}

/* List ratings [from, to), at most TILE; from is a multiple of TILE. */
static void
list_tile(const struct partition *p, size_t from, size_t to, struct tile *t)
{
    if (p->replace)
        list_copies(p, from, to - from, t);
    else
        list_once(p, from, to - from, t);
    for (size_t k = 0; k < t->n; k++)
        t->label[k] = (uint32_t)(t->label[k] * p->label_scale >> 32 >> p->label_shift);
}

/* The first of the tile that is at `from` or behind: where a chunk begins within it. */
static size_t
tile_start(const struct tile *t, size_t from)
{
    size_t k = 0;

    while (k < t->n && t->at[k] < from)
        k++;
    return k;
}

/* ---- the two passes -----------------------------------------------------------------
 */

static void
count_chunk(const struct partition *p, size_t c, struct desk *desk)
{
    const struct order *o = p->o;
    uint32_t *count = order_first(o, c + 1);
    size_t from = o->ratings->start[order_chunk_user(o, c)];
    size_t end = o->ratings->start[order_chunk_user(o, c + 1)];
    const struct tile *t = desk->tile;

    for (size_t b = 0; b < o->n_slots; b++)
        count[b] = 0;
    for (size_t at = from - from % TILE; at < end; at += TILE) {
        size_t k;

        list_tile(p, at, min_size(at + TILE, end), desk->tile);
        k = tile_start(t, from);
        desk->n_drawn += t->n - k;
        for (; k < t->n; k++)
            count[t->label[k]]++;
    }
}

/* Set the cursor's stop to move q of slot b, if there is one and it lies in chunk c. */
static inline void
set_stop(const struct partition *p, struct cursor *cur, size_t b, size_t c, uint32_t q)
{
    const struct levelling *l = &p->level;
    bool moves = q < l->move_first[b + 1] && l->move[q].chunk == c;

    cur->stop = moves ? (uint32_t)(b * p->o->stride) + l->move[q].after : UINT32_MAX;
}

static void
start_chunk(const struct partition *p, size_t c, struct desk *desk)
{
    for (size_t b = 0; b < p->o->n_slots; b++) {
        uint32_t q = p->level.move_first[b];

        while (q < p->level.move_first[b + 1] && p->level.move[q].chunk < c)
            q++;
        desk->next[b] = q;
        desk->cursor[b].at = (uint32_t)(b * p->o->stride) + order_first(p->o, c)[b];
        set_stop(p, &desk->cursor[b], b, c, q);
    }
}

/* A rating of slot `from` whose place is wanted by others: the slot it goes to. */
static size_t
divert(const struct partition *p, struct desk *desk, size_t c, size_t from)
{
    size_t to = p->level.move[desk->next[from]].to;

    set_stop(p, &desk->cursor[from], from, c, ++desk->next[from]);
    return to;
}

/* Write what a tile has from `from` on; the first of it is user u's or a later one's.
 * Returns the last one's user. */
static inline uint32_t
scatter_tile(const struct partition *p, bool wide, size_t c, size_t from, uint32_t u,
             struct desk *desk)
{
    const struct order *o = p->o;
    const struct tile *t = desk->tile;
    const uint64_t *start = o->ratings->start;

    for (size_t k = tile_start(t, from); k < t->n; k++) {
        size_t b = t->label[k];

        while (start[u + 1] <= t->at[k])
            u++;
        if (__builtin_expect(desk->cursor[b].at == desk->cursor[b].stop, 0)) {
            b = divert(p, desk, c, b);
            if (b == o->n_slots)
                continue;
        }
        order_put(o, wide, desk->cursor[b].at++, u, t->at[k]);
    }
    return u;
}

static void
scatter_chunk(const struct partition *p, size_t c, struct desk *desk)
{
    const struct order *o = p->o;
    uint32_t u = order_chunk_user(o, c);
    size_t from = o->ratings->start[u];
    size_t end = o->ratings->start[order_chunk_user(o, c + 1)];

    start_chunk(p, c, desk);
    for (size_t at = from - from % TILE; at < end; at += TILE) {
        list_tile(p, at, min_size(at + TILE, end), desk->tile);
        u = o->wide ? scatter_tile(p, true, c, from, u, desk)
                    : scatter_tile(p, false, c, from, u, desk);
    }
}

static void
count_chunks(void *arg, unsigned id, unsigned n)
{
    struct partition *p = arg;
    size_t c;

    (void)n;
    if (id >= p->n_workers)
        return;
    p->desk[id].n_drawn = 0;
    while ((c = atomic_fetch_add(&p->next_chunk, 1)) < p->o->n_chunks)
        count_chunk(p, c, &p->desk[id]);
}

static void
scatter_chunks(void *arg, unsigned id, unsigned n)
{
    struct partition *p = arg;
    size_t c;

    (void)n;
    if (id >= p->n_workers)
        return;
    while ((c = atomic_fetch_add(&p->next_chunk, 1)) < p->o->n_chunks)
        scatter_chunk(p, c, &p->desk[id]);
}

/* ---- the whole ----------------------------------------------------------------------
 */

static enum err_code
make_desks(struct partition *p, struct pool *pool, struct err *err)
{
    size_t n_slots = p->o->n_slots;

    p->n_workers = min_size(pool_size(pool), p->o->n_chunks);
    p->desk = mem_new(p->n_workers, sizeof(*p->desk));
    if (p->desk == NULL)
        return err_nomem(err, sizeof(*p->desk), "drawing the batches");
    for (size_t i = 0; i < p->n_workers; i++) {
        struct desk *d = &p->desk[i];

        d->tile = mem_new(1, sizeof(*d->tile));
        d->cursor = mem_new(n_slots, sizeof(*d->cursor));
        d->next = mem_new(n_slots, sizeof(*d->next));
        if (d->tile == NULL || d->cursor == NULL || d->next == NULL)
            return err_nomem(err, sizeof(*d->tile) + n_slots * sizeof(*d->cursor),
                             "drawing the batches");
    }
    return ERR_OK;
}

static void
free_desks(struct partition *p)
{
    for (size_t i = 0; p->desk != NULL && i < p->n_workers; i++) {
        mem_free(p->desk[i].tile);
        mem_free(p->desk[i].cursor);
        mem_free(p->desk[i].next);
    }
    mem_free(p->desk);
}

/* Count what the slots get; false when it is less than is wanted. */
static bool
count_all(struct partition *p, struct pool *pool)
{
    size_t n = 0;

    atomic_store(&p->next_chunk, 0);
    pool_run(pool, count_chunks, p);
    for (size_t i = 0; i < p->n_workers; i++)
        n += p->desk[i].n_drawn;
    return n >= p->n_wanted;
}

enum err_code
partition_fill(struct order *o, enum sampling how, struct draw draw, struct pool *pool,
               struct err *err)
{
    struct partition p = { .o = o, .draw = draw, .replace = how == SAMPLING_BOOTSTRAP };
    enum err_code rc = make_desks(&p, pool, err);

    p.n_wanted = p.replace ? o->n_train / o->batch * o->batch : o->n_train;
    if (rc == ERR_OK) {
        scale_labels(&p);
        if (p.replace)
            bootstrap_init(&p.bootstrap, o->n_train, p.n_wanted);
        while (!count_all(&p, pool))
            p.attempt++;
        rc = level(&p.level, o, p.n_wanted, draw, err);
    }
    if (rc == ERR_OK) {
        atomic_store(&p.next_chunk, 0);
        pool_run(pool, scatter_chunks, &p);
    }
    level_done(&p.level);
    free_desks(&p);
    return rc;
}
