/* alike.c - how alike two models are; see alike.h. */
#include "config.h"

#include "tests/model/alike.h"

#include <math.h>
#include <string.h>

double
alike_distance(const struct model *a, const struct model *b)
{
    double off = 0, norm = 0;

    for (size_t i = 0; i < a->len; i++) {
        double d = (double)a->arena[i] - b->arena[i];

        off += d * d;
        norm += (double)b->arena[i] * b->arena[i];
    }
    return sqrt(off / norm);
}

bool
alike_bytes(const struct model *a, const struct model *b)
{
    return a->len == b->len &&
           memcmp(a->arena, b->arena, a->len * sizeof(*a->arena)) == 0;
}
