/*
 * traits.h - words for a number that films have: which genre or era goes with it.
 *
 * Traits of films are each genre, each decade ("1990s"), and "newer" (the year itself).
 * A list of numbers, one a film, is named after the trait with which its correlation
 * (Pearson's) is largest in size. "(no genres listed)" is none; a film without a year
 * counts as one of the mean year.
 */
#ifndef MLT_EXPLORE_TRAITS_H
#define MLT_EXPLORE_TRAITS_H

#include "src/base/err.h"
#include "src/data/catalog.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TRAIT_MIN_FILMS 5 /* that have it, and that do not; fewer make no trait */

/* A name is clear from this correlation on that is also so many times what chance
 * gives, 1 / √n: the largest of some thirty by chance stays below 3.5 times. */
#define TRAIT_CLEAR  .25
#define TRAIT_CHANCE 4.

struct traits;

/* The traits of the n films in row[]. ERR_NOMEM. Any thread. */
ERR_MUST_CHECK enum err_code traits_new(struct traits **ret, const struct catalog *c,
                                        const uint32_t *row, size_t n, struct err *err);
void traits_free(struct traits *t);

size_t traits_count(const struct traits *t);

/* Name of trait i, borrowed from t. */
const char *traits_name(const struct traits *t, size_t i);

struct trait_match {
    size_t trait;       /* meaningless where there is no correlation */
    double correlation; /* NaN where no trait or no number varies */
    bool clear;         /* strong enough to be a name */
};

/* The trait that value[] (one of each film, in the order of row[]) goes with best. */
struct trait_match traits_match(const struct traits *t, const double *value);

#endif
