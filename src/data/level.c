/* level.c - uneven slots made even; see level.h. */
#include "config.h"

#include "src/data/level.h"

#include "src/base/mem.h"
#include "src/base/rng.h"

#include <assert.h>

/* One levelling. */
struct work {
    struct levelling *l;
    struct order *o;
    size_t n_wanted;
    struct draw draw;
    uint64_t n_draws; /* of the stream, so far */
    uint32_t *lack;   /* (n_slots) owned: ratings that each slot lacks */
};

static size_t
slot_size(const struct work *w, size_t b)
{
    size_t before = b * w->o->batch, left = w->n_wanted - before;

    if (before >= w->n_wanted)
        return 0;
    return left < w->o->batch ? left : w->o->batch;
}

/* The next number below n from the levelling's stream. */
static uint64_t
draw_below(struct work *w, uint64_t n)
{
    struct rng_block r = rng_at(w->draw.seed, RNG_REPAIR + w->draw.stream_shift,
                                w->n_draws++, w->draw.epoch);

    return rng_below(r.v[0], r.v[1], n);
}

/* Choose x of n indices, rising, into move[].after. */
static void
choose_subset(struct work *w, struct move *move, size_t x, size_t n)
{
    for (size_t have = 0; have < x;) {
        uint32_t v = (uint32_t)draw_below(w, n);
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
place_moves(const struct work *w, size_t b)
{
    const struct levelling *l = w->l;
    size_t c = 0, before = order_first(w->o, 1)[b]; /* drew b, up to and with chunk c */

    for (size_t q = l->move_first[b]; q < l->move_first[b + 1]; q++) {
        struct move *move = &l->move[q];

        while (before <= move->after)
            before += order_first(w->o, ++c + 1)[b];
        move->chunk = (uint32_t)c;
        move->after -= (uint32_t)(q - l->move_first[b]);
    }
    for (size_t q = l->move_first[b]; q < l->move_first[b + 1]; q++)
        order_first(w->o, l->move[q].chunk + 1)[b]--;
}

/* Deal the vacancies to the moves, shuffled. */
static void
deal_vacancies(struct work *w)
{
    const struct levelling *l = w->l;
    size_t n_slots = w->o->n_slots, q = 0;

    for (size_t b = 0; b < n_slots; b++)
        for (uint32_t v = 0; v < w->lack[b]; v++)
            l->move[q++].to = (uint32_t)b;
    while (q < l->n_moves)
        l->move[q++].to = (uint32_t)n_slots;
    for (size_t left = l->n_moves; left > 1; left--) {
        size_t other = draw_below(w, left);
        uint32_t t = l->move[left - 1].to;

        l->move[left - 1].to = l->move[other].to;
        l->move[other].to = t;
    }
    for (q = 0; q < l->n_moves; q++)
        if (l->move[q].to < n_slots)
            order_first(w->o, l->move[q].chunk + 1)[l->move[q].to]++;
}

/* What each slot lacks and how many it must give up. */
static void
find_uneven(struct work *w)
{
    const struct order *o = w->o;
    size_t n = 0, n_vacant = 0;

    for (size_t c = 0; c < o->n_chunks; c++)
        for (size_t b = 0; b < o->n_slots; b++)
            w->lack[b] += order_first(o, c + 1)[b];
    for (size_t b = 0; b < o->n_slots; b++) {
        size_t has = w->lack[b], size = slot_size(w, b);

        w->l->move_first[b] = (uint32_t)n;
        n += has > size ? has - size : 0;
        w->lack[b] = has < size ? (uint32_t)(size - has) : 0;
        n_vacant += w->lack[b];
    }
    w->l->move_first[o->n_slots] = (uint32_t)n;
    w->l->n_moves = n;
    assert(n >= n_vacant);
    (void)n_vacant;
}

/* Counts of the chunks become where each chunk begins. */
static void
counts_to_first(const struct order *o)
{
    for (size_t c = 1; c < o->n_chunks; c++)
        for (size_t b = 0; b < o->n_slots; b++)
            order_first(o, c + 1)[b] += order_first(o, c)[b];
}

static void
choose_moves(struct work *w)
{
    const struct levelling *l = w->l;

    for (size_t b = 0; b < w->o->n_slots; b++) {
        size_t x = l->move_first[b + 1] - l->move_first[b];

        if (x == 0)
            continue;
        choose_subset(w, l->move + l->move_first[b], x, slot_size(w, b) + x);
        place_moves(w, b);
    }
}

enum err_code
level(struct levelling *ret, struct order *o, size_t n_wanted, struct draw draw,
      struct err *err)
{
    struct work w = { .l = ret, .o = o, .n_wanted = n_wanted, .draw = draw };
    enum err_code rc = ERR_OK;

    w.lack = mem_new(o->n_slots, sizeof(*w.lack));
    ret->move_first = mem_new(o->n_slots + 1, sizeof(*ret->move_first));
    if (w.lack == NULL || ret->move_first == NULL) {
        rc = err_nomem(err, o->n_slots * sizeof(*w.lack), "levelling the batches");
        goto out;
    }
    find_uneven(&w);
    ret->move = mem_new(ret->n_moves, sizeof(*ret->move));
    if (ret->move == NULL) {
        rc = err_nomem(err, ret->n_moves * sizeof(*ret->move), "levelling the batches");
        goto out;
    }
    choose_moves(&w);
    deal_vacancies(&w);
    counts_to_first(o);
out:
    mem_free(w.lack);
    return rc;
}

void
level_done(struct levelling *l)
{
    mem_free(l->move);
    mem_free(l->move_first);
    *l = (struct levelling){ 0 };
}
