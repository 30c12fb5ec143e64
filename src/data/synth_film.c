/*
 * synth_film.c - what the invented films are: ids, years, genres, quality, and how
 * large a crowd each draws; see synth_world.h.
 *
 * Shares, companions and years follow MovieLens: a third of the films list one genre,
 * film noir is of the forties, half of all films are younger than the year 2004.
 */
#include "config.h"

#include "src/data/synth_dice.h"
#include "src/data/synth_world.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define FIRST_YEAR   1902
#define LAST_YEAR    2019
#define YEARS_MEAN   21.6      /* of a film's age; median 15 */
#define YEAR_S       31556952u /* seconds */
#define NONE_PART    0.04      /* films that list no genre */
#define TWIN_PART    (1.0 / 600)
#define SKILL        0.45 /* correlation of a film's quality with its crowd */
#define OUT_OF_TIME  0.12 /* what is left of a genre's share outside its years */
#define N_COMPANIONS 5

#define X(id, name) [SYNTH_##id] = name,
const char *const synth_genre_name[SYNTH_N_GENRES] = { SYNTH_GENRES(X) };
#undef X

/* A genre as a film's first. */
struct genre {
    float share;                     /* of the films, any sum */
    float crowd;                     /* added to the score of popularity */
    int16_t from, to;                /* years in which it has its whole share */
    uint8_t companion[N_COMPANIONS]; /* what else such films list */
};

#define WITH(a, b, c, d, e)                                   \
    {                                                         \
        SYNTH_##a, SYNTH_##b, SYNTH_##c, SYNTH_##d, SYNTH_##e \
    }

static const struct genre genres[SYNTH_N_GENRES] = {
    [SYNTH_ACTION] = { 8, .5f, 1960, 2019,
                       WITH(THRILLER, ADVENTURE, CRIME, SCI_FI, COMEDY) },
    [SYNTH_ADVENTURE] = { 3, .6f, 1930, 2019,
                          WITH(ACTION, FANTASY, CHILDREN, SCI_FI, DRAMA) },
    [SYNTH_ANIMATION] = { 3, .2f, 1937, 2019,
                          WITH(CHILDREN, COMEDY, FANTASY, ADVENTURE, MUSICAL) },
    [SYNTH_CHILDREN] = { 2, .1f, 1937, 2019,
                         WITH(COMEDY, ADVENTURE, ANIMATION, FANTASY, DRAMA) },
    [SYNTH_COMEDY] = { 24, .1f, 1915, 2019,
                       WITH(ROMANCE, DRAMA, CRIME, MUSICAL, FANTASY) },
    [SYNTH_CRIME] = { 4, .4f, 1930, 2019,
                      WITH(DRAMA, THRILLER, FILM_NOIR, MYSTERY, ACTION) },
    [SYNTH_DOCUMENTARY] = { 8, -.9f, 1960, 2019,
                            WITH(WAR, MUSICAL, DRAMA, COMEDY, CRIME) },
    [SYNTH_DRAMA] = { 30, -.2f, 1915, 2019,
                      WITH(ROMANCE, WAR, CRIME, COMEDY, THRILLER) },
    [SYNTH_FANTASY] = { 2, .3f, 1935, 2019,
                        WITH(ADVENTURE, ROMANCE, DRAMA, HORROR, CHILDREN) },
    [SYNTH_FILM_NOIR] = { 2, .1f, 1940, 1958,
                          WITH(CRIME, MYSTERY, THRILLER, DRAMA, ROMANCE) },
    [SYNTH_HORROR] = { 7, -.1f, 1958, 2019,
                       WITH(THRILLER, MYSTERY, SCI_FI, COMEDY, FANTASY) },
    [SYNTH_MUSICAL] = { 2, 0, 1932, 1968,
                        WITH(COMEDY, ROMANCE, DRAMA, FANTASY, CHILDREN) },
    [SYNTH_MYSTERY] = { 2, .3f, 1935, 2019,
                        WITH(THRILLER, CRIME, DRAMA, HORROR, SCI_FI) },
    [SYNTH_ROMANCE] = { 4, 0, 1925, 2019, WITH(DRAMA, COMEDY, WAR, MUSICAL, FANTASY) },
    [SYNTH_SCI_FI] = { 3, .6f, 1952, 2019,
                       WITH(ACTION, ADVENTURE, THRILLER, HORROR, COMEDY) },
    [SYNTH_THRILLER] = { 6, .3f, 1940, 2019,
                         WITH(CRIME, MYSTERY, DRAMA, HORROR, ACTION) },
    [SYNTH_WAR] = { 2, .2f, 1928, 2019,
                    WITH(DRAMA, ACTION, ROMANCE, ADVENTURE, COMEDY) },
    [SYNTH_WESTERN] = { 3, -.1f, 1925, 1976,
                        WITH(ACTION, ADVENTURE, DRAMA, COMEDY, MUSICAL) },
};

static float
share_in(const struct genre *g, int year)
{
    return year < g->from || year > g->to ? g->share * (float)OUT_OF_TIME : g->share;
}

static unsigned
draw_first_genre(struct dice *d, int year)
{
    float total = 0, at;
    unsigned g;

    for (g = 0; g < SYNTH_N_GENRES; g++)
        total += share_in(&genres[g], year);
    at = total * (float)dice_unit(d);
    for (g = 0; g + 1 < SYNTH_N_GENRES; g++) {
        at -= share_in(&genres[g], year);
        if (at < 0)
            break;
    }
    return g;
}

/* A third of the films list one genre, two thirds more. */
static unsigned
draw_genre_count(struct dice *d)
{
    static const double up_to[SYNTH_FILM_GENRES - 1] = { .34, .71, .91, .98 };
    double at = dice_unit(d);
    unsigned n = 1;

    while (n < SYNTH_FILM_GENRES && at >= up_to[n - 1])
        n++;
    return n;
}

/* Put genre g with its share where it belongs in the order; a repeated one is left. */
static void
insert_genre(struct synth_film *f, unsigned g, float part)
{
    unsigned at = 0;

    while (at < f->n_genres && f->genre[at] < g)
        at++;
    if (at < f->n_genres && f->genre[at] == g)
        return;
    for (unsigned k = f->n_genres; k > at; k--) {
        f->genre[k] = f->genre[k - 1];
        f->part[k] = f->part[k - 1];
    }
    f->genre[at] = (uint8_t)g;
    f->part[at] = part;
    f->n_genres++;
}

/* Returns the first genre, or SYNTH_N_GENRES for a film that lists none. */
static unsigned
draw_genres(struct synth_film *f, struct dice *d)
{
    unsigned first, n;
    float squares = 0;

    if (dice_chance(d, NONE_PART))
        return SYNTH_N_GENRES;
    first = draw_first_genre(d, f->year);
    insert_genre(f, first, 1);
    n = draw_genre_count(d);
    for (unsigned k = 1; k < n; k++) {
        unsigned g = genres[first].companion[dice_below(d, N_COMPANIONS)];

        insert_genre(f, g, (float)(.45 + .5 * dice_unit(d)));
    }
    for (unsigned k = 0; k < f->n_genres; k++)
        squares += f->part[k] * f->part[k];
    for (unsigned k = 0; k < f->n_genres; k++)
        f->part[k] /= sqrtf(squares);
    return first;
}

static void
draw_year(struct synth_film *f, struct dice *d)
{
    const double oldest = 1 - exp(-(LAST_YEAR - FIRST_YEAR + 1) / YEARS_MEAN);
    double age = -YEARS_MEAN * log(1 - oldest * dice_unit(d));
    uint32_t day_s = dice_below(d, YEAR_S * 4 / 5);

    f->year = (int16_t)(LAST_YEAR - (int)age);
    f->era = (float)(f->year - 1988) / 20;
    if (f->era < -2)
        f->era = -2;
    if (f->year >= 1970)
        f->release = (uint32_t)(f->year - 1970) * YEAR_S + day_s;
}

/* Films that were entered twice: the same title, year and genres, another id. */
static bool
copy_twin(struct synth_world *w, uint32_t i, struct dice *d)
{
    struct synth_film *f = &w->film[i];
    uint32_t id = f->id;

    if (i == 0 || !dice_chance(d, TWIN_PART))
        return false;
    *f = w->film[dice_below(d, i)];
    f->id = id;
    return true;
}

static void
write_id(struct synth_film *f)
{
    f->id_len = (uint8_t)snprintf(f->id_text, sizeof(f->id_text), "%u,", f->id);
}

/* The first eighth of the ids is nearly dense, the others are 3.7 apart on average. */
static uint32_t
draw_gap(struct dice *d, uint32_t i, uint32_t n)
{
    if (i < n / 8)
        return dice_chance(d, .03) ? 2 : 1;
    return 1 + (uint32_t)(3.15 * dice_exponential(d));
}

void
synth_films_invent(struct synth_world *w, float *ret_crowd)
{
    uint32_t n = w->opt.n_items, id = 0;

    for (uint32_t i = 0; i < n; i++) {
        struct dice order = { w->opt.seed, SYNTH_RNG_ORDER, i, 0 };
        struct dice d = { w->opt.seed, SYNTH_RNG_FILM, i, 0 };
        struct synth_film *f = &w->film[i];
        unsigned first = SYNTH_N_GENRES;
        double z[2];

        dice_normal2(&order, z);
        id += draw_gap(&order, i, n);
        f->id = id;
        if (!copy_twin(w, i, &d)) {
            f->twin = i;
            draw_year(f, &d);
            first = draw_genres(f, &d);
            f->quality = SYNTH_SD_QUALITY *
                         (float)(SKILL * z[0] + sqrt(1 - SKILL * SKILL) * z[1]);
        }
        ret_crowd[i] =
            (float)z[0] + (first < SYNTH_N_GENRES ? genres[first].crowd : -1);
        write_id(f);
    }
}
