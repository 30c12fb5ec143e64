/*
 * traits.h - words for a number that films have: which genre, era or tag goes with it.
 *
 * Traits of films are each genre, each decade ("1990s"), "newer" (the year itself), and
 * each tag that the catalog keeps (somebody gave it the film), unless it says what a
 * genre says. A list of numbers, one a film, is named after the trait with which its
 * correlation (Pearson's) is largest in size. "(no genres listed)" is none; a film
 * without a year counts as one of the mean year.
 *
 * The largest of many correlations is large by chance. Were the numbers drawn from a
 * normal distribution, atanh(r)·√(n - 3) would be nearly a standard normal variable for
 * each trait (Fisher 1921). What |r| of none of the T traits exceeds by chance, but
 * with probability TRAIT_CHANCE (Bonferroni), is 0.12 for 120 traits of 1,000 films.
 * Only traits beyond it are spoken of.
 *
 * A name is clear if it says much of the numbers, |r| >= TRAIT_CLEAR, or if the numbers
 * say much of it: a trait that a part p of the films have cannot go beyond
 *
 *   r = φ(z) / √(p (1 - p))
 *
 * where they are the p highest of a normal distribution (z its upper p-quantile, φ its
 * density): 0.2 for one film in 200. TRAIT_OF_POSSIBLE of that is as good.
 */
#ifndef MLT_EXPLORE_TRAITS_H
#define MLT_EXPLORE_TRAITS_H

#include "src/base/err.h"
#include "src/data/catalog.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TRAIT_MIN_FILMS 5 /* that have it, and that do not; fewer make no trait */

#define TRAIT_CLEAR       .25 /* the least correlation that makes a name */
#define TRAIT_CHANCE      .01 /* of a name where there is nothing to be named */
#define TRAIT_OF_POSSIBLE .6

struct traits;

/* The traits of the n films in row[]. ERR_NOMEM. Any thread. */
ERR_MUST_CHECK enum err_code traits_new(struct traits **ret, const struct catalog *c,
                                        const uint32_t *row, size_t n, struct err *err);
void traits_free(struct traits *t);

size_t traits_count(const struct traits *t);

/* What a correlation must exceed not to be chance. */
double traits_chance(const struct traits *t);

/* Name of trait i, borrowed from t. */
const char *traits_name(const struct traits *t, size_t i);

/* What a film without much of trait i is: "not Sci-Fi", "older". Returns out, which has
 * cap bytes. */
const char *traits_lack(const struct traits *t, size_t i, char *out, size_t cap);

struct trait_match {
    size_t trait;       /* meaningless where there is no correlation */
    double correlation; /* NaN where no trait or no number varies */
    bool clear;         /* strong enough to be a name */
};

/* The name of value[] (one of each film, in the order of row[]): the clear trait that
 * it goes with best, else the best of all, which is not clear. */
struct trait_match traits_match(const struct traits *t, const double *value);

/* The traits whose correlations with value[] are beyond chance, the largest in size
 * first, into ret; returns how many, at most `room`. */
size_t traits_words(const struct traits *t, const double *value,
                    struct trait_match *ret, size_t room);

#endif
