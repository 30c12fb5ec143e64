/* partition.c - an epoch as a random partition; see partition.h. */
#include "config.h"

#include "src/data/partition.h"

#include "src/base/mem.h"
#include "src/base/rng.h"

#include <stdatomic.h>

#define TILE 1024 /* labels drawn at a time; a multiple of the 4 words of a block */

/* A rating that its slot is too small for. */
struct move {
    uint32_t chunk; /* in which it lies */
    uint32_t after; /* entries of the slot that stay and come before it */
    uint32_t to;    /* the slot it goes to */
};

/* Where a chunk writes next in a slot. */
struct cursor {
    uint32_t at;   /* entry */
    uint32_t stop; /* the rating that would be written here moves; UINT32_MAX: none */
};

struct partition {
    struct order *o;
    struct draw draw;
    size_t n_workers;
    struct cursor *cursor; /* (n_workers, n_slots + 1); the last is the bin */
    uint32_t *next;        /* (n_workers, n_slots) the slot's next move */
    size_t n_moves;
    struct move *move;    /* (n_moves) by slot, then in order */
    uint32_t *move_first; /* (n_slots + 1) */
    uint64_t label_scale; /* label = word * scale >> (32 + shift) */
    unsigned label_shift;
    atomic_size_t next_chunk;
};

/* ---- labels: the slot that each rating draws ----------------------------------------
 */

/* A word becomes a place among all training ratings, n_train * word / 2^32, and that a
 * slot: slots are drawn in proportion to their sizes, so that few ratings must move. */
static void
scale_labels(struct partition *p)
{
    p->label_shift = (unsigned)__builtin_clz((uint32_t)p->o->n_slots);
    p->label_scale = ((uint64_t)p->o->n_train << p->label_shift) / p->o->batch;
}

/* Labels of positions [from, to), at most TILE; from is a multiple of TILE. */
static void
draw_labels(const struct partition *p, size_t from, size_t to, uint32_t label[TILE])
{
    size_t n_blocks = (to - from + 3) / 4;

    rng_fill(p->draw.seed, RNG_SHUFFLE + p->draw.stream_shift, from / 4, p->draw.epoch,
             n_blocks, label);
    for (size_t i = 0; i < to - from; i++)
        label[i] = (uint32_t)(label[i] * p->label_scale >> 32 >> p->label_shift);
}

static size_t
min_size(size_t a, size_t b)
{
    return a < b ? a : b;
}

static void
count_chunk(const struct partition *p, size_t c)
{
    const struct order *o = p->o;
    const struct ratings *r = o->ratings;
    uint32_t *count = order_first(o, c + 1);
    size_t at = r->start[order_chunk_user(o, c)];
    size_t end = r->start[order_chunk_user(o, c + 1)];
    uint32_t label[TILE];

    for (size_t b = 0; b < o->n_slots; b++)
        count[b] = 0;
    while (at < end) {
        size_t tile = at - at % TILE;
        size_t stop = min_size(tile + TILE, end);

        draw_labels(p, tile, stop, label);
        for (; at < stop; at++)
            count[label[at - tile]] += !ratings_held_out(r, at);
    }
}

static void
count_chunks(void *arg, unsigned id, unsigned n)
{
    struct partition *p = arg;
    size_t c;

    (void)id, (void)n;
    while ((c = atomic_fetch_add(&p->next_chunk, 1)) < p->o->n_chunks)
        count_chunk(p, c);
}

/* ---- levelling: which ratings move, and where to ------------------------------------
 */

static size_t
slot_size(const struct order *o, size_t b)
{
    return min_size(o->batch, o->n_train - b * o->batch);
}

/* A number below n from draw i of the levelling's stream. */
static uint64_t
repair_below(const struct partition *p, uint64_t i, uint64_t n)
{
    struct rng_block w =
        rng_at(p->draw.seed, RNG_REPAIR + p->draw.stream_shift, i, p->draw.epoch);

    return rng_below(w.v[0], w.v[1], n);
}

/* Choose x of n indices, rising, into move[].after; draws start at *i. */
static void
choose_subset(const struct partition *p, struct move *move, size_t x, size_t n,
              uint64_t *i)
{
    for (size_t have = 0; have < x;) {
        uint32_t v = (uint32_t)repair_below(p, (*i)++, n);
        size_t at = have;

        while (at > 0 && move[at - 1].after > v)
            at--;
        if (at > 0 && move[at - 1].after == v)
            continue; /* drawn before */
        for (size_t q = have; q > at; q--)
            move[q].after = move[q - 1].after;
        move[at].after = v;
        have++;
    }
}

/* Turn indices among all ratings that drew slot b into chunk and place, and take them
 * off the chunks' counts. */
static void
place_moves(const struct partition *p, size_t b)
{
    size_t c = 0, before = 0; /* ratings that drew b, up to and with chunk c */

    before = order_first(p->o, 1)[b];
    for (size_t q = p->move_first[b]; q < p->move_first[b + 1]; q++) {
        struct move *move = &p->move[q];

        while (before <= move->after)
            before += order_first(p->o, ++c + 1)[b];
        move->chunk = (uint32_t)c;
        move->after -= (uint32_t)(q - p->move_first[b]);
    }
    for (size_t q = p->move_first[b]; q < p->move_first[b + 1]; q++)
        order_first(p->o, p->move[q].chunk + 1)[b]--;
}

/* Deal the vacancies, shuffled, to the moves. `lack` (n_slots) is how many each slot
 * has. */
static void
deal_vacancies(const struct partition *p, const uint32_t *lack, uint64_t *i)
{
    size_t q = 0;

    for (size_t b = 0; b < p->o->n_slots; b++)
        for (uint32_t v = 0; v < lack[b]; v++)
            p->move[q++].to = (uint32_t)b;
    for (size_t left = p->n_moves; left > 1; left--) {
        size_t other = repair_below(p, (*i)++, left);
        uint32_t t = p->move[left - 1].to;

        p->move[left - 1].to = p->move[other].to;
        p->move[other].to = t;
    }
    for (q = 0; q < p->n_moves; q++)
        order_first(p->o, p->move[q].chunk + 1)[p->move[q].to]++;
}

/* total[b] = ratings that drew slot b; becomes what the slot lacks, and move_first
 * says how many it must give. */
static void
find_uneven(struct partition *p, uint32_t *total)
{
    const struct order *o = p->o;
    size_t n = 0;

    for (size_t c = 0; c < o->n_chunks; c++)
        for (size_t b = 0; b < o->n_slots; b++)
            total[b] += order_first(o, c + 1)[b];
    for (size_t b = 0; b < o->n_slots; b++) {
        size_t size = slot_size(o, b);

        p->move_first[b] = (uint32_t)n;
        if (total[b] > size)
            n += total[b] - size;
        total[b] = total[b] < size ? (uint32_t)(size - total[b]) : 0;
    }
    p->move_first[o->n_slots] = (uint32_t)n;
    p->n_moves = n;
}

/* Level the slots: afterwards the counts of the chunks add up to each slot's size. */
static enum err_code
level(struct partition *p, struct err *err)
{
    size_t n_slots = p->o->n_slots;
    uint32_t *lack = mem_new(n_slots, sizeof(*lack));
    uint64_t i = 0;

    p->move_first = mem_new(n_slots + 1, sizeof(*p->move_first));
    if (lack == NULL || p->move_first == NULL) {
        mem_free(lack);
        return err_nomem(err, n_slots * sizeof(*lack), "levelling the batches");
    }
    find_uneven(p, lack);
    p->move = mem_new(p->n_moves, sizeof(*p->move));
    if (p->move == NULL) {
        mem_free(lack);
        return err_nomem(err, p->n_moves * sizeof(*p->move), "levelling the batches");
    }
    for (size_t b = 0; b < n_slots; b++) {
        size_t x = p->move_first[b + 1] - p->move_first[b];

        if (x == 0)
            continue;
        choose_subset(p, p->move + p->move_first[b], x, slot_size(p->o, b) + x, &i);
        place_moves(p, b);
    }
    deal_vacancies(p, lack, &i);
    mem_free(lack);
    return ERR_OK;
}

/* Counts of the chunks become where each chunk begins. */
static void
counts_to_first(const struct order *o)
{
    for (size_t c = 1; c < o->n_chunks; c++)
        for (size_t b = 0; b < o->n_slots; b++)
            order_first(o, c + 1)[b] += order_first(o, c)[b];
}

/* ---- scatter: write every rating to its slot ----------------------------------------
 */

/* Set the cursor's stop to move q of slot b, if there is one and it lies in chunk c. */
static inline void
set_stop(const struct partition *p, struct cursor *cur, size_t b, size_t c, uint32_t q)
{
    bool moves = q < p->move_first[b + 1] && p->move[q].chunk == c;

    cur->stop = moves ? (uint32_t)(b * p->o->stride) + p->move[q].after : UINT32_MAX;
}

static void
start_chunk(const struct partition *p, size_t c, struct cursor *cursor, uint32_t *next)
{
    for (size_t b = 0; b < p->o->n_slots; b++) {
        uint32_t q = p->move_first[b];

        while (q < p->move_first[b + 1] && p->move[q].chunk < c)
            q++;
        next[b] = q;
        cursor[b].at = (uint32_t)(b * p->o->stride) + order_first(p->o, c)[b];
        set_stop(p, &cursor[b], b, c, q);
    }
    cursor[p->o->n_slots] =
        (struct cursor){ .at = (uint32_t)order_bin(p->o, c), .stop = UINT32_MAX };
}

/* A rating of slot `from` whose place is wanted by others: the slot it goes to. */
static size_t
divert(const struct partition *p, struct cursor *cursor, uint32_t *next, size_t c,
       size_t from)
{
    size_t to = p->move[next[from]].to;

    set_stop(p, &cursor[from], from, c, ++next[from]);
    return to;
}

/* Write ratings [from, to) of user u. Held-out ones take the same way, into the
 * chunk's bin: a
 * branch that goes wrong at every tenth costs more. */
static inline void
scatter_run(const struct partition *p, bool wide, size_t c, struct cursor *cursor,
            uint32_t *next, uint32_t u, size_t from, size_t to, const uint32_t *label)
{
    const struct order *o = p->o;

    for (size_t at = from; at < to; at++) {
        bool held_out = ratings_held_out(o->ratings, at);
        size_t b = held_out ? o->n_slots : label[at - from];

        if (cursor[b].at == cursor[b].stop)
            b = divert(p, cursor, next, c, b);
        order_put(o, wide, cursor[b].at, u, at);
        cursor[b].at += !held_out;
    }
}

static inline void
scatter_chunk(const struct partition *p, bool wide, size_t c, struct cursor *cursor,
              uint32_t *next)
{
    const uint64_t *start = p->o->ratings->start;
    uint32_t u = order_chunk_user(p->o, c);
    size_t at = start[u], end = start[order_chunk_user(p->o, c + 1)];
    uint32_t label[TILE];

    start_chunk(p, c, cursor, next);
    for (size_t tile = at - at % TILE; at < end; tile += TILE) {
        size_t tile_end = min_size(tile + TILE, end);

        draw_labels(p, tile, tile_end, label);
        while (at < tile_end) {
            size_t to;

            while (start[u + 1] <= at)
                u++;
            to = min_size(tile_end, start[u + 1]);
            scatter_run(p, wide, c, cursor, next, u, at, to, label + (at - tile));
            at = to;
        }
    }
}

static void
scatter_chunks(void *arg, unsigned id, unsigned n)
{
    struct partition *p = arg;
    struct cursor *cursor = p->cursor + id * (p->o->n_slots + 1);
    uint32_t *next = p->next + id * p->o->n_slots;
    size_t c;

    (void)n;
    if (id >= p->n_workers)
        return;
    while ((c = atomic_fetch_add(&p->next_chunk, 1)) < p->o->n_chunks) {
        if (p->o->wide)
            scatter_chunk(p, true, c, cursor, next);
        else
            scatter_chunk(p, false, c, cursor, next);
    }
}

enum err_code
partition_fill(struct order *o, struct draw draw, struct pool *pool, struct err *err)
{
    struct partition p = { .o = o, .draw = draw };
    enum err_code rc = ERR_OK;
    size_t cells;

    p.n_workers = min_size(pool_size(pool), o->n_chunks);
    cells = p.n_workers * (o->n_slots + 1);
    p.cursor = mem_new(cells, sizeof(*p.cursor));
    p.next = mem_new(cells, sizeof(*p.next));
    if (p.cursor == NULL || p.next == NULL)
        rc = err_nomem(err, cells * sizeof(*p.cursor), "drawing the batches");
    if (rc == ERR_OK) {
        scale_labels(&p);
        pool_run(pool, count_chunks, &p);
        rc = level(&p, err);
    }
    if (rc == ERR_OK) {
        counts_to_first(o);
        atomic_store(&p.next_chunk, 0);
        pool_run(pool, scatter_chunks, &p);
    }
    mem_free(p.move);
    mem_free(p.move_first);
    mem_free(p.next);
    mem_free(p.cursor);
    return rc;
}
