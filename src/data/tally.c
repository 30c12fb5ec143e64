/*
 * tally.c - counts and means; see tally.h.
 *
 * The ratings are cut at users into a fixed number of slices, and the sums of the
 * slices are added in their order: who worked on which slice changes no bit.
 */
#include "config.h"

#include "src/data/tally.h"

#include "src/base/mem.h"

#include <math.h>
#include <stdatomic.h>

#define SLICES 16

struct film {
    double sum; /* of stars */
    uint32_t count;
    uint32_t last_user; /* who rated it last, to see a second rating */
};

struct slice {
    struct film *film; /* (n + 1) owned */
    double sum;
    uint64_t n_outside;
    uint64_t n_repeated;
};

struct tallying {
    const struct ratings *r;
    double y_lo, y_hi;
    struct slice slice[SLICES];
    atomic_uint next;
};

/* First user whose ratings begin at or after the start of slice s. */
static uint32_t
slice_start(const struct ratings *r, unsigned s)
{
    uint64_t at = (uint64_t)((unsigned __int128)r->n * s / SLICES);
    uint32_t lo = 0, hi = r->n_users + 1;

    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;

        if (r->start[mid] < at)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static void
count_slice(const struct tallying *t, unsigned s, struct slice *ret)
{
    const struct ratings *r = t->r;
    uint32_t last = s + 1 < SLICES ? slice_start(r, s + 1) : r->n_users + 1;

    for (uint32_t u = slice_start(r, s); u < last; u++) {
        double sum = 0;

        for (uint64_t at = r->start[u]; at < r->start[u + 1]; at++) {
            struct film *f = &ret->film[ratings_item(r, at)];
            double stars = ratings_stars(r, at);

            f->sum += stars;
            f->count++;
            ret->n_repeated += f->last_user == u;
            f->last_user = u;
            ret->n_outside += stars < t->y_lo || stars > t->y_hi;
            sum += stars;
        }
        ret->sum += sum;
    }
}

/* A worker of tally: takes whole slices. */
static void
count_slices(void *arg, unsigned id, unsigned n)
{
    struct tallying *t = arg;
    unsigned s;

    (void)id;
    (void)n;
    while ((s = atomic_fetch_add(&t->next, 1)) < SLICES)
        count_slice(t, s, &t->slice[s]);
}

static void
add_slices(struct dataset *d, const struct tallying *t)
{
    struct catalog *c = d->catalog;
    double sum = 0;

    for (unsigned s = 0; s < SLICES; s++) {
        sum += t->slice[s].sum;
        d->n_outside += t->slice[s].n_outside;
        d->n_repeated += t->slice[s].n_repeated;
    }
    d->mean = sum / (double)d->ratings->n;
    for (uint32_t row = 0; row <= c->n_items; row++) {
        double stars = 0;

        for (unsigned s = 0; s < SLICES; s++) {
            stars += t->slice[s].film[row].sum;
            c->count[row] += t->slice[s].film[row].count;
        }
        c->mean[row] = c->count[row] > 0 ? (float)(stars / c->count[row]) : NAN;
    }
}

enum err_code
tally(struct dataset *d, double y_lo, double y_hi, struct pool *pool, struct err *err)
{
    struct tallying t = { .r = d->ratings, .y_lo = y_lo, .y_hi = y_hi };
    size_t n = (size_t)d->catalog->n_items + 1;
    bool room = true;

    d->catalog->count = mem_new(n, sizeof(*d->catalog->count));
    d->catalog->mean = mem_new(n, sizeof(*d->catalog->mean));
    for (unsigned s = 0; s < SLICES; s++) {
        t.slice[s].film = mem_new(n, sizeof(*t.slice[s].film));
        room &= t.slice[s].film != NULL;
    }
    room &= d->catalog->count != NULL && d->catalog->mean != NULL;
    if (room) {
        pool_run(pool, count_slices, &t);
        add_slices(d, &t);
    }
    for (unsigned s = 0; s < SLICES; s++)
        mem_free(t.slice[s].film);
    return room ? ERR_OK : err_nomem(err, SLICES * n * sizeof(struct film), "counts");
}
