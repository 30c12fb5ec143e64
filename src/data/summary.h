/*
 * summary.h - what one wants to know of a data set at first: its histogram, its density
 * and its long tails. Pure questions; nothing is kept.
 */
#ifndef MLT_DATA_SUMMARY_H
#define MLT_DATA_SUMMARY_H

#include "src/base/err.h"
#include "src/data/dataset.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A bar of a histogram: stars and the ratings that have them. */
struct summary_bar {
    double rating; /* the value, or the middle of a range of them */
    uint64_t count;
};

/*
 * Histogram of all ratings into bars (max_bars >= 1), returning how many: a bar for
 * each distinct value, rising, or, where there are more than max_bars, max_bars ranges
 * of one width from the lowest to the highest value.
 */
size_t summary_histogram(const struct ratings *r, struct summary_bar *bars,
                         size_t max_bars);

/* The bars themselves: which of them a rating falls into. */
struct summary_scale {
    size_t n;    /* bars */
    bool ranges; /* of values; else a bar is a value */
    double lo, width;
};

/* The scale that these bars have, and the bars (max_bars) with their counts 0. */
void summary_scale_init(struct summary_scale *ret, const struct ratings *r,
                        struct summary_bar *bars, size_t max_bars);
/* The bar of the rating at a place, 0 … n - 1. */
static inline size_t
summary_bar_of(const struct summary_scale *s, const struct ratings *r, uint64_t at)
{
    size_t b;

    if (!s->ranges)
        return r->code[at];
    b = s->width > 0 ? (size_t)((ratings_stars(r, at) - s->lo) / s->width) : 0;
    return b < s->n ? b : s->n - 1; /* the highest value ends the last range */
}

/* Which ratings: places [from, to), and of them those of film row `film`, or 0: all. */
struct summary_part {
    uint64_t from, to;
    uint32_t film;
};

/* The same bars with only these ratings counted. */
size_t summary_histogram_of(const struct ratings *r, const struct summary_part *p,
                            struct summary_bar *bars, size_t max_bars);

/* How ratings are spread over films, or over users. */
struct summary_tail {
    uint32_t n;                   /* films or users */
    uint32_t least, median, most; /* ratings of one; the median is the lower one */
    double mean;
    uint32_t n_few;   /* that have fewer than SUMMARY_FEW */
    double top_share; /* part of all ratings on the most rated tenth (rounded up) */
};

#define SUMMARY_FEW 10

/* ERR_NOMEM. */
ERR_MUST_CHECK enum err_code summary_items(struct summary_tail *ret,
                                           const struct dataset *d, struct err *err);
ERR_MUST_CHECK enum err_code summary_users(struct summary_tail *ret,
                                           const struct dataset *d, struct err *err);

/* Part of all pairs of a user and a film that have a rating, repeated ones counted. */
double summary_density(const struct dataset *d);

#endif
