/* made.h - invented ratings for tests, any shape, the same for the same numbers. */
#ifndef MLT_TESTS_MADE_H
#define MLT_TESTS_MADE_H

#include "src/data/ratings.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct made {
    size_t n; /* R */
    uint32_t n_users;
    uint32_t n_items;
    bool coded; /* stars .5 … 5 as codes, else floats that equal the position */
    unsigned held_out; /* of 100 ratings */
    uint64_t seed;
};

/* Users differ in activity, some have nothing; items are popular by rank. Give back
 * with ratings_free. */
struct ratings *made_ratings(const struct made *want);

#endif
