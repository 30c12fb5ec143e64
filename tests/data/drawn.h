/* drawn.h - a sampler with room for one batch, for tests. */
#ifndef MLT_TESTS_DATA_DRAWN_H
#define MLT_TESTS_DATA_DRAWN_H

#include "src/data/sampler.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct drawn {
    struct sampler *s; /* owned */
    struct batch b;    /* its arrays are owned */
    size_t size;       /* B */
};

/* What fails ends the test. */
void drawn_open(struct drawn *d, const struct ratings *r, size_t batch,
                enum sampling how, uint64_t seed, struct pool *pool);
void drawn_close(struct drawn *d);
void drawn_begin(struct drawn *d, unsigned epoch);

/* Is place j of the present batch the rating at `at`, of its user? */
bool drawn_is_rating(const struct drawn *d, const struct ratings *r, size_t j,
                     size_t at);

#endif
