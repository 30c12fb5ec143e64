/*
 * tails.h - the long tails of a data set, as curves: how many ratings the n-th most
 * rated film has, and the n-th most active user. Also what half of them have.
 */
#ifndef MLT_UI_TUI_TAILS_H
#define MLT_UI_TUI_TAILS_H

#include "src/base/err.h"
#include "src/data/catalog.h"
#include "src/data/ratings.h"

#include <stddef.h>
#include <stdint.h>

#define TAIL_POINTS 200

struct tail {
    double rank[TAIL_POINTS]; /* (n) from 1, evenly spaced in their logarithm */
    double count[TAIL_POINTS];
    size_t n;
    uint32_t n_all;  /* films or users with a rating */
    uint32_t median; /* ratings of the middle one */
    uint32_t n_few;  /* that have fewer than 5 */
};

struct tails {
    struct tail films, users;
};

/* Sort the counts of ratings and their catalog: O(n log n). ERR_NOMEM. */
ERR_MUST_CHECK enum err_code tails_find(struct tails *ret, const struct ratings *r,
                                        const struct catalog *c, struct err *err);

#endif
