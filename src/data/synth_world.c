/*
 * synth_world.c - the plan of a synthetic data set: how popular each film is, how many
 * films each user rates, and the users themselves; see synth_world.h.
 */
#include "config.h"

#include "src/data/synth_world.h"

#include "src/base/mem.h"
#include "src/data/synth_dice.h"
#include "src/data/synth_title.h"

#include <math.h>
#include <stdlib.h>

#define JOIN_FROM   822873600  /* 29 January 1996, the first ratings of MovieLens */
#define JOIN_TO     1574327703 /* 21 November 2019, the last of ML-25M */
#define STAY_MEAN_S 19e6       /* seven months */
#define MIN_RATINGS 20         /* of a MovieLens user */

/* A falling curve through MovieLens 25M's quantiles, straight between two knots when
 * both axes are logarithmic: the part of all that has at least so much. */
struct knot {
    double part, value;
};

static const struct knot popularity[] = {
    { 1e-5, 220000 }, { 1e-3, 58000 }, { 1e-2, 10500 }, { 3e-2, 3300 }, { 1e-1, 370 },
    { .25, 27 },      { .5, 3.6 },     { .75, .8 },     { 1, .15 },
};

static const struct knot activity[] = {
    { 3e-6, 32202 }, { 1e-4, 7600 }, { 1e-3, 2900 }, { 1e-2, 1240 },     { .1, 350 },
    { .25, 160 },    { .5, 70 },     { .75, 35 },    { 1, MIN_RATINGS },
};

#define N_KNOTS (sizeof(popularity) / sizeof(popularity[0]))
_Static_assert(N_KNOTS == sizeof(activity) / sizeof(activity[0]),
               "one length for both");

/* The curve at `part` in (0, 1]; before the first knot it goes on as it begins. */
static double
curve_at(const struct knot curve[N_KNOTS], double part)
{
    size_t k = 1;
    double t;

    while (k + 1 < N_KNOTS && part > curve[k].part)
        k++;
    t = log(part / curve[k - 1].part) / log(curve[k].part / curve[k - 1].part);
    return curve[k - 1].value * pow(curve[k].value / curve[k - 1].value, t);
}

struct ranked {
    float crowd;
    uint32_t film;
};

static int
by_crowd(const void *pa, const void *pb)
{
    const struct ranked *a = pa, *b = pb;

    if (a->crowd != b->crowd)
        return a->crowd < b->crowd ? 1 : -1;
    return (a->film > b->film) - (a->film < b->film);
}

/* Weights by rank; the last 5 % get none. Then quality is centred over the ratings. */
static void
weigh_films(struct synth_world *w, struct ranked *rank)
{
    double sum = 0, quality = 0;

    qsort(rank, w->opt.n_items, sizeof(*rank), by_crowd);
    for (uint32_t r = 0; r < w->n_rated; r++) {
        struct synth_film *f = &w->film[rank[r].film];

        f->weight = (float)curve_at(popularity, (r + .5) / w->n_rated);
        sum += f->weight;
        quality += (double)f->weight * f->quality;
    }
    for (uint32_t i = 0; i < w->opt.n_items; i++)
        w->film[i].quality -= (float)(quality / sum);
}

static enum err_code
plan_films(struct synth_world *w, struct err *err)
{
    uint32_t n = w->opt.n_items;
    float *crowd = mem_new(n, sizeof(*crowd));
    struct ranked *rank = mem_new(n, sizeof(*rank));
    enum err_code rc = ERR_OK;

    if (crowd == NULL || rank == NULL) {
        rc = err_nomem(err, n * (sizeof(*crowd) + sizeof(*rank)), "synthetic films");
        goto out;
    }
    synth_films_invent(w, crowd);
    for (uint32_t i = 0; i < n; i++)
        rank[i] = (struct ranked){ crowd[i], i };
    weigh_films(w, rank);
out:
    mem_free(crowd);
    mem_free(rank);
    return rc;
}

/* Vose's method: bins with less than the mean are filled up from one with more. */
static enum err_code
plan_bins(struct synth_world *w, struct err *err)
{
    uint32_t n = w->opt.n_items, n_small = 0, n_large = 0;
    double *p = mem_new(n, sizeof(*p)), sum = 0;
    uint32_t *pending =
        mem_new(n, sizeof(*pending)); /* small from the left, large from right */

    if (p == NULL || pending == NULL) {
        mem_free(p);
        mem_free(pending);
        return err_nomem(err, n * (sizeof(*p) + sizeof(*pending)), "a table of films");
    }
    for (uint32_t i = 0; i < n; i++)
        sum += w->film[i].weight;
    for (uint32_t i = 0; i < n; i++) {
        p[i] = w->film[i].weight * n / sum;
        w->bin[i] = (struct synth_bin){ UINT32_MAX, i };
        if (p[i] < 1)
            pending[n_small++] = i;
        else
            pending[n - ++n_large] = i;
    }
    while (n_small > 0 && n_large > 0) {
        uint32_t small = pending[--n_small], large = pending[n - n_large];

        w->bin[small] = (struct synth_bin){ (uint32_t)(p[small] * 0x1p32), large };
        p[large] -= 1 - p[small];
        if (p[large] < 1) {
            n_large--;
            pending[n_small++] = large;
        }
    }
    mem_free(p);
    mem_free(pending);
    return ERR_OK;
}

/* The sizes of all users, by rank, when the curve is stretched by s. */
struct stretch {
    const float *curve; /* (m) by rank, falling to 0 */
    uint32_t n_users;
    uint64_t base; /* ratings that everybody has */
    uint64_t cap;  /* most that one user may have */
};

static uint64_t
stretched(const struct stretch *st, double s, uint32_t rank)
{
    double more = s * st->curve[rank];

    return more < (double)(st->cap - st->base) ? st->base + (uint64_t)more : st->cap;
}

static uint64_t
stretched_sum(const struct stretch *st, double s)
{
    uint64_t sum = 0;

    for (uint32_t r = 0; r < st->n_users; r++)
        sum += stretched(st, s, r);
    return sum;
}

/* The largest stretch, nearly, whose sum is at most R. */
static double
find_stretch(const struct stretch *st, uint64_t n_ratings)
{
    double lo = 0, hi = 1;

    while (hi < 1e12 && stretched_sum(st, hi) <= n_ratings)
        lo = hi, hi *= 2;
    for (int i = 0; i < 48; i++) {
        double mid = (lo + hi) / 2;

        if (stretched_sum(st, mid) <= n_ratings)
            lo = mid;
        else
            hi = mid;
    }
    return lo;
}

/* count (m): ratings by rank, R in all. */
static void
share_out(const struct stretch *st, uint64_t n_ratings, uint64_t *count)
{
    double s = find_stretch(st, n_ratings);
    uint64_t left = n_ratings;

    for (uint32_t r = 0; r < st->n_users; r++)
        left -= count[r] = stretched(st, s, r);
    /* Ranks whose shares grow at the same stretch leave a few ratings over. */
    for (uint32_t r = 0; left > 0; r = r + 1 < st->n_users ? r + 1 : 0)
        if (count[r] < st->cap)
            count[r]++, left--;
}

/* Give the ranks to users at random, and turn sizes into places. */
static void
shuffle_and_sum(struct synth_world *w)
{
    uint64_t *count = w->start + 1, sum = 0;

    for (uint32_t r = w->opt.n_users - 1; r > 0; r--) {
        struct dice d = { w->opt.seed, SYNTH_RNG_ACTIVITY, r, 0 };
        uint32_t other = dice_below(&d, r + 1);
        uint64_t t = count[r];

        count[r] = count[other];
        count[other] = t;
    }
    for (uint32_t u = 0; u < w->opt.n_users; u++)
        count[u] = sum += count[u];
}

static enum err_code
plan_users(struct synth_world *w, struct err *err)
{
    uint32_t m = w->opt.n_users;
    uint64_t base = w->opt.n_ratings / m / 4;
    float *curve = mem_new(m, sizeof(*curve));
    struct stretch st = { curve, m, base, (uint64_t)w->opt.n_items * 4 / 5 };

    if (curve == NULL)
        return err_nomem(err, m * sizeof(*curve), "activity of users");
    st.base = base < 1 ? 1 : base < MIN_RATINGS ? base : MIN_RATINGS;
    for (uint32_t r = 0; r < m; r++)
        curve[r] = (float)(curve_at(activity, (r + .5) / m) - MIN_RATINGS);
    share_out(&st, w->opt.n_ratings, w->start + 1);
    shuffle_and_sum(w);
    mem_free(curve);
    return ERR_OK;
}

enum err_code
synth_world_new(struct synth_world **ret, const struct synth_options *so,
                struct err *err)
{
    struct synth_world *w;
    enum err_code rc = synth_check(so, err);

    if (rc != ERR_OK)
        return rc;
    w = mem_new(1, sizeof(*w));
    if (w == NULL)
        return err_nomem(err, sizeof(*w), "a synthetic world");
    w->opt = *so;
    w->n_rated = so->n_items - so->n_items / 20;
    w->film = mem_new(so->n_items, sizeof(*w->film));
    w->bin = mem_new(so->n_items, sizeof(*w->bin));
    w->start = mem_new((size_t)so->n_users + 1, sizeof(*w->start));
    if (w->film == NULL || w->bin == NULL || w->start == NULL)
        rc = err_nomem(err,
                       so->n_items * (sizeof(*w->film) + sizeof(*w->bin)) +
                           so->n_users * sizeof(*w->start),
                       "a synthetic world");
    if (rc == ERR_OK)
        rc = plan_films(w, err);
    if (rc == ERR_OK)
        rc = synth_titles_settle(w, err);
    if (rc == ERR_OK)
        rc = plan_bins(w, err);
    if (rc == ERR_OK)
        rc = plan_users(w, err);
    if (rc == ERR_OK)
        *ret = w;
    else
        synth_world_free(w);
    return rc;
}

void
synth_world_free(struct synth_world *w)
{
    if (w == NULL)
        return;
    mem_free(w->film);
    mem_free(w->bin);
    mem_free(w->start);
    mem_free(w);
}

void
synth_world_user(const struct synth_world *w, uint32_t u, struct synth_user *ret)
{
    struct dice d = { w->opt.seed, SYNTH_RNG_USER, u, 0 };
    double z[2], stay;

    dice_normal2(&d, z);
    ret->mean = SYNTH_SD_USER * (float)z[0];
    ret->era = SYNTH_SD_ERA * (float)z[1];
    for (unsigned g = 0; g < SYNTH_N_GENRES; g += 2) {
        dice_normal2(&d, z);
        ret->taste[g] = SYNTH_SD_TASTE * (float)z[0];
        ret->taste[g + 1] = SYNTH_SD_TASTE * (float)z[1];
    }
    ret->joined = JOIN_FROM + dice_below(&d, JOIN_TO - JOIN_FROM);
    stay = STAY_MEAN_S * dice_exponential(&d);
    ret->stayed = stay < JOIN_TO - ret->joined ? (uint32_t)stay : JOIN_TO - ret->joined;
}
