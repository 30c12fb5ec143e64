/*
 * usercard.h - who a user is, in a few numbers: what a list for him is headed with.
 */
#ifndef MLT_EXPLORE_USERCARD_H
#define MLT_EXPLORE_USERCARD_H

#include "src/base/err.h"
#include "src/data/catalog.h"
#include "src/data/ratings.h"

#include <stddef.h>
#include <stdint.h>

#define USERCARD_FAVOURITES 3

struct usercard {
    size_t n_ratings; /* held-out ones included, as in all numbers here */
    double mean;      /* stars; NaN without ratings */
    uint32_t favourite[USERCARD_FAVOURITES]; /* film rows he gave the most stars; among
                                                equals those that most people rated */
    size_t n_favourites;
};

/* The card of user row `user`, from 1. ERR_NOMEM. Any thread. */
ERR_MUST_CHECK enum err_code usercard_make(struct usercard *ret,
                                           const struct catalog *c,
                                           const struct ratings *r, uint32_t user,
                                           struct err *err);

#endif
