/*
 * traits.c - which genre, era or tag goes with a number; see traits.h.
 *
 * A trait is a sparse list of films with an x each: 1 for a genre, a decade or a tag,
 * the year less the mean year for "newer". With x̄ its mean over all n films and z the
 * numbers less theirs, the correlation is Σ x z / √(Σ (x - x̄)² Σ z²).
 */
#include "config.h"

#include "src/explore/traits.h"

#include "src/base/mem.h"
#include "src/base/strtab.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define NEWER "newer" /* the year itself */

struct traits {
    size_t n_films;
    struct strtab name; /* n_traits */
    size_t *start;    /* (n_traits + 1) trait i has the entries [start[i], start[i + 1])
                       */
    double *spread;   /* (n_traits) Σ (x - x̄)² */
    uint32_t *film;   /* (entries) which film */
    double *x;        /* (entries) */
    double *possible; /* (n_traits) the largest correlation that there can be */
    double chance;    /* what a correlation must exceed */
};

/* Where the upper tail of the normal distribution is p, in (0, 1), by bisection. */
static double
normal_quantile(double p)
{
    double low = -40, high = 40;

    for (int i = 0; i < 60; i++) {
        const double z = (low + high) / 2;

        if (erfc(z / sqrt(2)) / 2 > p)
            low = z;
        else
            high = z;
    }
    return high;
}

/* What |r| exceeds by chance with probability TRAIT_CHANCE, over n films and as many
 * traits, in both tails. */
static double
chance_of(size_t n, size_t n_traits)
{
    const double tail = TRAIT_CHANCE / 2 / (double)(n_traits > 0 ? n_traits : 1);

    return n > 3 ? tanh(normal_quantile(tail) / sqrt((double)n - 3)) : 1;
}

/* The largest correlation of a trait that n_have of n films have with normal numbers.
 */
static double
possible_of(size_t n_have, size_t n)
{
    const double p = (double)n_have / (double)n, z = normal_quantile(p);

    return exp(-z * z / 2) / sqrt(2 * acos(-1)) / sqrt(p * (1 - p));
}

static void
add_entry(struct traits *t, size_t *end, size_t film, double x)
{
    t->film[*end] = (uint32_t)film;
    t->x[(*end)++] = x;
}

/* The entries up to `end` make a trait of this name (a set of films, or a number),
 * unless nearly all films have it or nearly none. */
static enum err_code
end_trait(struct traits *t, size_t end, const char *name, bool is_set, struct err *err)
{
    size_t i = t->name.n, n = end - t->start[i];
    double sum = 0, squares = 0;

    if (n < TRAIT_MIN_FILMS)
        return ERR_OK;
    for (size_t at = t->start[i]; at < end; at++) {
        sum += t->x[at];
        squares += t->x[at] * t->x[at];
    }
    t->spread[i] = squares - sum * sum / (double)t->n_films;
    /* Where every x is 1 this is the number of films that do not have the trait. */
    if (t->spread[i] * (double)t->n_films / (double)n < TRAIT_MIN_FILMS - .5)
        return ERR_OK;
    t->possible[i] = is_set ? possible_of(n, t->n_films) : 1;
    t->start[i + 1] = end;
    return strtab_add(&t->name, name, strlen(name), err);
}

static enum err_code
add_genres(struct traits *t, const struct catalog *c, const uint32_t *row,
           struct err *err)
{
    enum err_code rc = ERR_OK;

    for (uint32_t g = 0; rc == ERR_OK && g < c->genre.n; g++) {
        const char *name = strtab_get(&c->genre, g);
        size_t end = t->start[t->name.n];

        if (*name == '(' || *name == '\0')
            continue;
        for (size_t i = 0; i < t->n_films; i++)
            if (listcol_has(&c->genre_of, row[i], g))
                add_entry(t, &end, i, 1);
        rc = end_trait(t, end, name, true, err);
    }
    return rc;
}

/* Does a genre say the same? */
static bool
is_genre(const struct catalog *c, const char *tag)
{
    for (uint32_t g = 0; g < c->genre.n; g++)
        if (strcasecmp(strtab_get(&c->genre, g), tag) == 0)
            return true;
    return false;
}

static enum err_code
add_tags(struct traits *t, const struct catalog *c, const uint32_t *row,
         struct err *err)
{
    enum err_code rc = ERR_OK;

    for (uint32_t g = 0; rc == ERR_OK && g < c->tag.n; g++) {
        const char *name = strtab_get(&c->tag, g);
        size_t end = t->start[t->name.n];

        if (is_genre(c, name))
            continue;
        for (size_t i = 0; i < t->n_films; i++)
            if (listcol_has(&c->tag_of, row[i], g))
                add_entry(t, &end, i, 1);
        rc = end_trait(t, end, name, true, err);
    }
    return rc;
}

/* First and last year of the films and the mean; false where no film has one. */
static bool
find_years(const struct traits *t, const struct catalog *c, const uint32_t *row,
           int *ret_first, int *ret_last, double *ret_mean)
{
    int first = INT16_MAX, last = 0;
    double sum = 0;
    size_t n = 0;

    for (size_t i = 0; i < t->n_films; i++) {
        int year = c->year[row[i]];

        if (year == 0)
            continue;
        first = year < first ? year : first;
        last = year > last ? year : last;
        sum += year;
        n++;
    }
    *ret_first = first;
    *ret_last = last;
    *ret_mean = n > 0 ? sum / (double)n : 0;
    return n > 0;
}

static enum err_code
add_eras(struct traits *t, const struct catalog *c, const uint32_t *row,
         struct err *err)
{
    size_t end = t->start[t->name.n];
    enum err_code rc = ERR_OK;
    int first, last;
    double mean;

    if (!find_years(t, c, row, &first, &last, &mean))
        return ERR_OK;
    if (last > first) {
        for (size_t i = 0; i < t->n_films; i++)
            if (c->year[row[i]] != 0)
                add_entry(t, &end, i, c->year[row[i]] - mean);
        rc = end_trait(t, end, NEWER, false, err);
    }
    for (int d = first / 10; rc == ERR_OK && d <= last / 10; d++) {
        char name[16];

        end = t->start[t->name.n];
        for (size_t i = 0; i < t->n_films; i++)
            if (c->year[row[i]] != 0 && c->year[row[i]] / 10 == d)
                add_entry(t, &end, i, 1);
        snprintf(name, sizeof(name), "%d0s", d);
        rc = end_trait(t, end, name, true, err);
    }
    return rc;
}

/* Room for every trait and entry that there can be: the genres of a film, its tags, its
 * year, its decade. A film may list a genre twice and has one entry for it. */
static bool
make_room(struct traits *t, const struct catalog *c, const uint32_t *row)
{
    size_t entries = 2 * t->n_films,
           n_traits = c->genre.n + c->tag.n + 2 + INT16_MAX / 10;

    for (size_t i = 0; i < t->n_films; i++)
        entries += c->genre_of.start[row[i] + 1] - c->genre_of.start[row[i]];
    for (size_t i = 0; c->tag.n > 0 && i < t->n_films; i++)
        entries += c->tag_of.start[row[i] + 1] - c->tag_of.start[row[i]];
    t->start = mem_new(n_traits + 1, sizeof(*t->start));
    t->spread = mem_new(n_traits, sizeof(*t->spread));
    t->possible = mem_new(n_traits, sizeof(*t->possible));
    t->film = mem_new(entries, sizeof(*t->film));
    t->x = mem_new(entries, sizeof(*t->x));
    return t->start != NULL && t->spread != NULL && t->possible != NULL &&
           t->film != NULL && t->x != NULL;
}

enum err_code
traits_new(struct traits **ret, const struct catalog *c, const uint32_t *row, size_t n,
           struct err *err)
{
    struct traits *t = mem_new(1, sizeof(*t));
    enum err_code rc = ERR_OK;

    if (t == NULL)
        return err_nomem(err, sizeof(*t), "names of tastes");
    t->n_films = n;
    if (!make_room(t, c, row))
        rc = err_nomem(err, n * sizeof(*t->x), "names of tastes");
    if (rc == ERR_OK)
        rc = add_genres(t, c, row, err);
    if (rc == ERR_OK)
        rc = add_eras(t, c, row, err);
    if (rc == ERR_OK)
        rc = add_tags(t, c, row, err);
    if (rc != ERR_OK) {
        traits_free(t);
        return rc;
    }
    t->chance = chance_of(n, t->name.n);
    *ret = t;
    return ERR_OK;
}

double
traits_chance(const struct traits *t)
{
    return t->chance;
}

void
traits_free(struct traits *t)
{
    if (t == NULL)
        return;
    strtab_done(&t->name);
    mem_free(t->start);
    mem_free(t->spread);
    mem_free(t->possible);
    mem_free(t->film);
    mem_free(t->x);
    mem_free(t);
}

size_t
traits_count(const struct traits *t)
{
    return t->name.n;
}

const char *
traits_name(const struct traits *t, size_t i)
{
    return strtab_get(&t->name, i);
}

const char *
traits_lack(const struct traits *t, size_t i, char *out, size_t cap)
{
    const char *name = traits_name(t, i);

    if (strcmp(name, NEWER) == 0)
        snprintf(out, cap, "older");
    else
        snprintf(out, cap, "not %s", name);
    return out;
}

/* What is needed to correlate numbers with traits. */
struct numbers {
    const double *value;
    double mean, spread; /* Σ (value - mean)² */
};

static struct numbers
numbers_of(const struct traits *t, const double *value)
{
    struct numbers z = { .value = value };

    /* From the first value on, so that numbers that are all alike have no spread. */
    for (size_t i = 0; i < t->n_films; i++)
        z.mean += (value[i] - value[0]) / (double)t->n_films;
    z.mean += t->n_films > 0 ? value[0] : 0;
    for (size_t i = 0; i < t->n_films; i++)
        z.spread += (value[i] - z.mean) * (value[i] - z.mean);
    return z;
}

static struct trait_match
match_one(const struct traits *t, const struct numbers *z, size_t k)
{
    double sum = 0, r;

    for (size_t at = t->start[k]; at < t->start[k + 1]; at++)
        sum += t->x[at] * (z->value[t->film[at]] - z->mean);
    r = sum / sqrt(t->spread[k] * z->spread);
    return (struct trait_match){
        .trait = k,
        .correlation = r,
        .clear = fabs(r) > t->chance && (fabs(r) >= TRAIT_CLEAR ||
                                         fabs(r) >= TRAIT_OF_POSSIBLE * t->possible[k]),
    };
}

/* Is a the better name? */
static bool
is_better(const struct trait_match *a, const struct trait_match *b)
{
    if (a->clear != b->clear)
        return a->clear;
    return isnan(b->correlation) || fabs(a->correlation) > fabs(b->correlation);
}

struct trait_match
traits_match(const struct traits *t, const double *value)
{
    const struct numbers z = numbers_of(t, value);
    struct trait_match best = { .correlation = NAN };

    for (size_t k = 0; z.spread > 0 && k < t->name.n; k++) {
        const struct trait_match one = match_one(t, &z, k);

        if (is_better(&one, &best))
            best = one;
    }
    return best;
}

size_t
traits_words(const struct traits *t, const double *value, struct trait_match *ret,
             size_t room)
{
    const struct numbers z = numbers_of(t, value);
    size_t n = 0;

    for (size_t k = 0; room > 0 && z.spread > 0 && k < t->name.n; k++) {
        const struct trait_match one = match_one(t, &z, k);
        size_t at = n < room ? n : room - 1;

        if (!(fabs(one.correlation) > t->chance) ||
            (n == room && fabs(one.correlation) <= fabs(ret[at].correlation)))
            continue;
        for (; at > 0 && fabs(ret[at - 1].correlation) < fabs(one.correlation); at--)
            ret[at] = ret[at - 1];
        ret[at] = one;
        n += n < room;
    }
    return n;
}
