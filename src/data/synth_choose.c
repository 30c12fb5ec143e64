/*
 * synth_choose.c - a synthetic user's films, stars and dates; see synth_choose.h.
 *
 * First a user draws films by popularity and keeps those that are new and liked
 * enough. The popular ones are soon all taken, and whoever rates thousands of films
 * would draw for ever; so after n attempts the rest comes from a race of the films
 * that are left: each arrives after an exponential time with its probability as rate,
 * and the first ones are taken (Efraimidis and Spirakis 2006,
 * doi:10.1016/j.ipl.2005.11.003). Drawing without replacement has no memory, so the two
 * halves give one distribution, at a cost of at most n attempts and n arrivals.
 */
#include "config.h"

#include "src/data/synth_choose.h"

#include "src/base/mem.h"

#include <math.h>

#define LIKING_MIN   0.1f /* chance to keep a drawn film that one does not care for */
#define LAST_TIME    1574327703 /* 21 November 2019, the last of ML-25M */
#define HALVES_FROM  1045526400 /* 18 February 2003: MovieLens gets half stars */
#define SESSION_PART 0.7        /* of the ratings, given on the first visit */
#define PER_RATING_S 25         /* on that visit */
#define WHOLE_REACH  0.31f      /* stars this near to a whole number become it */

struct synth_arrival {
    double time;
    uint32_t film;
};

enum err_code
synth_choice_init(struct synth_choice *c, uint32_t n_items, struct err *err)
{
    c->chosen = mem_new(n_items / 64 + 1, sizeof(*c->chosen));
    c->race = mem_new(n_items, sizeof(*c->race));
    if (c->chosen == NULL || c->race == NULL)
        return err_nomem(err, n_items * sizeof(*c->race), "choosing films");
    return ERR_OK;
}

void
synth_choice_done(struct synth_choice *c)
{
    mem_free(c->chosen);
    mem_free(c->race);
}

static bool
is_chosen(const struct synth_choice *c, uint32_t i)
{
    return (c->chosen[i / 64] >> (i % 64) & 1) != 0;
}

static void
set_chosen(struct synth_choice *c, uint32_t i)
{
    c->chosen[i / 64] |= (uint64_t)1 << (i % 64);
}

/* Chance in [LIKING_MIN, 1] that a user keeps a film that he came across. */
static float
liking(const struct synth_user *who, const struct synth_film *f)
{
    float p = .5f + .22f / SYNTH_SD_TASTE * synth_taste(who, f);

    return p < LIKING_MIN ? LIKING_MIN : p > 1 ? 1 : p;
}

/* Place, among all ratings in order of users, of the one that is assigned to film i. */
static uint64_t
assigned_place(const struct synth_world *w, uint32_t i)
{
    return (uint64_t)((unsigned __int128)i * w->opt.n_ratings / w->opt.n_items);
}

/* Where there are as many ratings as films, each film with a weight gets one at a
 * fixed place, so that none of them stays unrated. Returns how many user u takes. */
static uint64_t
take_assigned(const struct synth_world *w, uint32_t u, struct synth_choice *c)
{
    uint64_t n = w->opt.n_items, total = w->opt.n_ratings, taken = 0;
    unsigned __int128 i = ((unsigned __int128)w->start[u] * n + total - 1) / total;

    if (total < n)
        return 0;
    for (; i < n && assigned_place(w, (uint32_t)i) < w->start[u + 1]; i++)
        if (w->film[i].weight > 0) {
            set_chosen(c, (uint32_t)i);
            taken++;
        }
    return taken;
}

/* At most n attempts to draw; returns how many of `wanted` are still missing. */
static uint64_t
draw_films(const struct synth_world *w, uint32_t u, const struct synth_user *who,
           uint64_t wanted, struct synth_choice *c)
{
    for (uint32_t t = 0; t < w->opt.n_items && wanted > 0; t++) {
        struct rng_block r = rng_at(w->opt.seed, SYNTH_RNG_CHOICE, u, t);
        uint32_t i = synth_world_draw(w, r.v[0], r.v[1]);
        const struct synth_film *f = &w->film[i];

        if (is_chosen(c, i) || f->weight <= 0 ||
            (float)r.v[2] * 0x1p-32f >= liking(who, f))
            continue;
        set_chosen(c, i);
        wanted--;
    }
    return wanted;
}

/* Split [lo, hi), of two at least, into a part that comes no later and one that comes
 * no earlier; returns where the second begins, inside (Hoare 1961). */
static size_t
split_race(struct synth_arrival *race, size_t lo, size_t hi)
{
    double pivot = race[lo + (hi - 1 - lo) / 2].time;
    size_t i = lo, j = hi - 1;

    for (;; i++, j--) {
        struct synth_arrival t;

        while (race[i].time < pivot)
            i++;
        while (race[j].time > pivot)
            j--;
        if (i >= j)
            return j + 1;
        t = race[i];
        race[i] = race[j];
        race[j] = t;
    }
}

/* Bring the `first` earliest of n to the front. */
static void
select_earliest(struct synth_arrival *race, size_t n, size_t first)
{
    size_t lo = 0, hi = n;

    while (lo < first && first < hi && hi - lo > 1) {
        size_t at = split_race(race, lo, hi);

        if (first <= at)
            hi = at;
        else
            lo = at;
    }
}

static void
race_films(const struct synth_world *w, uint32_t u, const struct synth_user *who,
           uint64_t wanted, struct synth_choice *c)
{
    size_t n = 0;

    for (uint32_t i = 0; i < w->opt.n_items; i++) {
        const struct synth_film *f = &w->film[i];
        struct rng_block r;

        if (f->weight <= 0 || is_chosen(c, i))
            continue;
        r = rng_at(w->opt.seed, SYNTH_RNG_RACE, u, i);
        c->race[n++] = (struct synth_arrival){
            -log(1 - rng_unit(r.v[0], r.v[1])) / ((double)f->weight * liking(who, f)), i
        };
    }
    select_earliest(c->race, n, wanted);
    for (uint64_t k = 0; k < wanted; k++)
        set_chosen(c, c->race[k].film);
}

void
synth_choose(const struct synth_world *w, uint32_t u, const struct synth_user *who,
             struct synth_choice *c)
{
    uint64_t wanted = w->start[u + 1] - w->start[u];

    wanted -= take_assigned(w, u, c);
    wanted = draw_films(w, u, who, wanted, c);
    if (wanted > 0)
        race_films(w, u, who, wanted, c);
}

/* Most ratings are given on the first visit, the others on later ones, ever rarer; no
 * film before it came out. */
static uint32_t
rating_time(const struct synth_user *who, const struct synth_film *f, uint64_t n,
            uint32_t word)
{
    double at = word * 0x1p-32, later = (at - SESSION_PART) / (1 - SESSION_PART);
    double t = who->joined;

    if (later < 0)
        t += at / SESSION_PART * PER_RATING_S * (double)n;
    else
        t += later * later * who->stayed;
    if (t < f->release)
        t = f->release + at * who->stayed;
    return t < LAST_TIME ? (uint32_t)t : LAST_TIME;
}

/* Stars doubled, from what is felt: whole ones, and halves between them if allowed. */
static unsigned
round_stars(float felt, bool halves)
{
    float whole = roundf(felt), doubled = 2 * whole;
    float least = halves ? 1 : 2;

    if (halves && fabsf(felt - whole) > WHOLE_REACH)
        doubled += felt > whole ? 1 : -1;
    return (unsigned)(doubled < least ? least : doubled > 10 ? 10 : doubled);
}

struct synth_rating
synth_rate(const struct synth_world *w, uint32_t u, const struct synth_user *who,
           uint32_t i)
{
    const struct synth_film *f = &w->film[i];
    struct rng_block r = rng_at(w->opt.seed, SYNTH_RNG_RATING, u, i);
    /* Four uniform numbers, less their mean, in units of their standard deviation:
     * nearly normal, and never farther than 3.5 of them. */
    float sum = (float)((r.v[0] & 0xffff) + (r.v[0] >> 16) + (r.v[1] & 0xffff) +
                        (r.v[1] >> 16));
    float noise = (sum * 0x1p-16f - 2) * 1.7320508f;
    uint32_t t = rating_time(who, f, w->start[u + 1] - w->start[u], r.v[2]);

    return (struct synth_rating){
        round_stars(synth_expected(who, f) + SYNTH_SD_NOISE * noise, t >= HALVES_FROM),
        t
    };
}
