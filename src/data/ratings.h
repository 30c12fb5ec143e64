/*
 * ratings.h - every rating once, by user: the training data in memory.
 *
 * Letters: R ratings, m users, n films. Rows count from 1; row 0 is #na# (used only
 * by traces that were encoded elsewhere). Film and held-out bit share a word; stars
 * are a code into a table of at most 256 distinct values, or floats where the data
 * has more. 25 million ratings take 128 MB.
 */
#ifndef MLT_DATA_RATINGS_H
#define MLT_DATA_RATINGS_H

#include "src/base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RATINGS_HELD_OUT   ((uint32_t)1 << 31) /* flag in item[]: validation */
#define RATINGS_MAX_VALUES 256

struct ratings {
    size_t n; /* R */
    size_t n_held_out;
    uint32_t n_users; /* m */
    uint32_t n_items; /* n */
    uint64_t *start;  /* (m + 2) user u's ratings are [start[u], start[u + 1]) */
    uint32_t *item;   /* (R) film row, with RATINGS_HELD_OUT where held out */
    uint8_t *code;    /* (R) stars are value[code], or NULL: use stars */
    float *stars;     /* (R) or NULL: use code */
    float *value; /* (RATINGS_MAX_VALUES) distinct stars, rising; zeros after them */
    unsigned n_values;
};

/* Room for R ratings of m users and n films, all zero; `coded` picks code or stars. */
ERR_MUST_CHECK enum err_code ratings_new(struct ratings **ret, size_t n,
                                         uint32_t n_users, uint32_t n_items, bool coded,
                                         struct err *err);
void ratings_free(struct ratings *r);

static inline uint32_t
ratings_item(const struct ratings *r, size_t at)
{
    return r->item[at] & ~RATINGS_HELD_OUT;
}

static inline bool
ratings_held_out(const struct ratings *r, size_t at)
{
    return (r->item[at] & RATINGS_HELD_OUT) != 0;
}

static inline float
ratings_stars(const struct ratings *r, size_t at)
{
    return r->code != NULL ? r->value[r->code[at]] : r->stars[at];
}

/* Ratings that train: R - held out. */
static inline size_t
ratings_n_train(const struct ratings *r)
{
    return r->n - r->n_held_out;
}

#endif
