/*
 * moviecard.h - what a model and its ratings say of one film, in a few numbers.
 */
#ifndef MLT_EXPLORE_MOVIECARD_H
#define MLT_EXPLORE_MOVIECARD_H

#include "src/data/catalog.h"
#include "src/data/ratings.h"
#include "src/data/summary.h"
#include "src/explore/audience.h"
#include "src/explore/directions.h"
#include "src/model/model.h"

#include <stddef.h>
#include <stdint.h>

#define MOVIECARD_BARS    AUDIENCE_BARS
#define MOVIECARD_LEADING 10 /* directions that are looked at */

/* Where a film lies along a direction that has a name. */
struct moviecard_factor {
    unsigned direction; /* place in the directions, from 0 */
    double value;       /* as directions_value has it */
    double in_sd;       /* the same in standard deviations of the best-known films */
};

struct moviecard {
    /* Place by bias among the films with ratings, from 1: the highest; ties by title,
     * then id. 0 of a film that has none. */
    uint32_t rank, n_ranked;
    /* What the mean user (mean factors, mean bias) would give it, stars, and what if
     * the film's bias were 0. */
    double with_bias, without_bias;
    double seen_by; /* part of all users who rated it, 0 … 1; NaN without ratings */
    struct summary_bar bar[MOVIECARD_BARS]; /* its ratings by stars */
    size_t n_bars;                          /* 0 without ratings */
    /* The named ones among the leading directions, in their order. */
    struct moviecard_factor factor[MOVIECARD_LEADING];
    size_t n_factors;
};

/* The card of film row `film`. `r` is NULL where nobody knows the ratings. The
 * directions are principal ones of the same model. Any thread. */
void moviecard_make(struct moviecard *ret, const struct model *m,
                    const struct catalog *c, const struct ratings *r,
                    const struct directions *d, uint32_t film);

/* The same from what was counted before (or NULL): no pass over the ratings. */
void moviecard_make_counted(struct moviecard *ret, const struct model *m,
                            const struct catalog *c, const struct audience *a,
                            const struct directions *d, uint32_t film);

#endif
