/*
 * traits.c - which genre or era goes with a number; see traits.h.
 *
 * A trait is a sparse list of films with an x each: 1 for a genre or a decade, the year
 * less the mean year for "newer". With x̄ its mean over all n films and z the numbers
 * less theirs, the correlation is Σ x z / √(Σ (x - x̄)² Σ z²).
 */
#include "config.h"

#include "src/explore/traits.h"

#include "src/base/mem.h"
#include "src/base/strtab.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

struct traits {
    size_t n_films;
    struct strtab name; /* n_traits */
    size_t *start;  /* (n_traits + 1) trait i has the entries [start[i], start[i + 1])
                     */
    double *spread; /* (n_traits) Σ (x - x̄)² */
    uint32_t *film; /* (entries) which film */
    double *x;      /* (entries) */
};

static bool
has_genre(const struct catalog *c, uint32_t row, uint32_t genre)
{
    const struct listcol *l = &c->genre_of;

    for (uint32_t i = l->start[row]; i < l->start[row + 1]; i++)
        if (l->value[i] == genre)
            return true;
    return false;
}

static void
add_entry(struct traits *t, size_t *end, size_t film, double x)
{
    t->film[*end] = (uint32_t)film;
    t->x[(*end)++] = x;
}

/* The entries up to `end` make a trait of this name, unless nearly all films have it or
 * nearly none. */
static enum err_code
end_trait(struct traits *t, size_t end, const char *name, struct err *err)
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
            if (has_genre(c, row[i], g))
                add_entry(t, &end, i, 1);
        rc = end_trait(t, end, name, err);
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
        rc = end_trait(t, end, "newer", err);
    }
    for (int d = first / 10; rc == ERR_OK && d <= last / 10; d++) {
        char name[16];

        end = t->start[t->name.n];
        for (size_t i = 0; i < t->n_films; i++)
            if (c->year[row[i]] != 0 && c->year[row[i]] / 10 == d)
                add_entry(t, &end, i, 1);
        snprintf(name, sizeof(name), "%d0s", d);
        rc = end_trait(t, end, name, err);
    }
    return rc;
}

/* Room for every trait and entry that there can be: the genres of a film, its year, its
 * decade. A film may list a genre twice and has one entry for it. */
static bool
make_room(struct traits *t, const struct catalog *c, const uint32_t *row)
{
    size_t entries = 2 * t->n_films, n_traits = c->genre.n + 1 + INT16_MAX / 10 + 1;

    for (size_t i = 0; i < t->n_films; i++)
        entries += c->genre_of.start[row[i] + 1] - c->genre_of.start[row[i]];
    t->start = mem_new(n_traits + 1, sizeof(*t->start));
    t->spread = mem_new(n_traits, sizeof(*t->spread));
    t->film = mem_new(entries, sizeof(*t->film));
    t->x = mem_new(entries, sizeof(*t->x));
    return t->start != NULL && t->spread != NULL && t->film != NULL && t->x != NULL;
}

enum err_code
traits_new(struct traits **ret, const struct catalog *c, const uint32_t *row, size_t n,
           struct err *err)
{
    struct traits *t = mem_new(1, sizeof(*t));
    enum err_code rc = ERR_OK;

    if (t == NULL)
        return err_nomem(err, sizeof(*t), "genres and eras");
    t->n_films = n;
    if (!make_room(t, c, row))
        rc = err_nomem(err, n * sizeof(*t->x), "genres and eras");
    if (rc == ERR_OK)
        rc = add_genres(t, c, row, err);
    if (rc == ERR_OK)
        rc = add_eras(t, c, row, err);
    if (rc != ERR_OK) {
        traits_free(t);
        return rc;
    }
    *ret = t;
    return ERR_OK;
}

void
traits_free(struct traits *t)
{
    if (t == NULL)
        return;
    strtab_done(&t->name);
    mem_free(t->start);
    mem_free(t->spread);
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

struct trait_match
traits_match(const struct traits *t, const double *value)
{
    struct trait_match best = { .correlation = NAN };
    double n = (double)t->n_films, mean = 0, spread = 0;

    for (size_t i = 0; i < t->n_films; i++)
        mean += value[i] / n;
    for (size_t i = 0; i < t->n_films; i++)
        spread += (value[i] - mean) * (value[i] - mean);
    if (!(spread > 0))
        return best;
    for (size_t k = 0; k < t->name.n; k++) {
        double sum = 0, r;

        for (size_t at = t->start[k]; at < t->start[k + 1]; at++)
            sum += t->x[at] * (value[t->film[at]] - mean);
        r = sum / sqrt(t->spread[k] * spread);
        if (isnan(best.correlation) || fabs(r) > fabs(best.correlation)) {
            best.trait = k;
            best.correlation = r;
        }
    }
    best.clear = fabs(best.correlation) >= TRAIT_CLEAR &&
                 fabs(best.correlation) * sqrt(n) >= TRAIT_CHANCE;
    return best;
}
