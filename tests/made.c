/* made.c - invented ratings; see made.h. */
#include "config.h"

#include "tests/made.h"

#include "src/base/mem.h"
#include "src/base/rng.h"

#include "tests/unit.h"

#include <math.h>

/* A uniform number, and squared: small ones are more likely. */
static double
skewed(struct rng_block w)
{
    double x = rng_unit(w.v[0], w.v[1]);

    return x * x;
}

/* start[u] for activities that differ by user. */
static void
share_out(struct ratings *r, const struct made *want)
{
    size_t *count = mem_new((size_t)want->n_users + 1, sizeof(*count));

    for (size_t i = 0; i < want->n; i++) {
        double x = skewed(rng_at(want->seed, RNG_SYNTH, i, 0));

        count[1 + (size_t)(x * want->n_users)]++;
    }
    for (size_t u = 0; u <= want->n_users; u++)
        r->start[u + 1] = r->start[u] + count[u];
    mem_free(count);
}

struct ratings *
made_ratings(const struct made *want)
{
    struct ratings *r = NULL;

    CU_ASSERT_EQUAL_FATAL(
        ratings_new(&r, want->n, want->n_users, want->n_items, want->coded, NULL),
        ERR_OK);
    share_out(r, want);
    r->n_values = want->coded ? 10 : 0;
    for (unsigned v = 0; v < r->n_values; v++)
        r->value[v] = .5f + .5f * (float)v;
    for (size_t at = 0; at < want->n; at++) {
        struct rng_block w = rng_at(want->seed, RNG_SYNTH + 1, at, 0);
        bool held_out = w.v[2] % 100 < want->held_out;

        r->item[at] = 1 + (uint32_t)(skewed(w) * want->n_items);
        r->item[at] |= held_out ? RATINGS_HELD_OUT : 0;
        r->n_held_out += held_out;
        if (want->coded)
            r->code[at] = (uint8_t)(w.v[3] % 10);
        else
            r->stars[at] = (float)at;
    }
    return r;
}
