/* rng.c - counter-based random numbers; see rng.h. */
#include "config.h"

#include "src/base/rng.h"

#include <math.h>
#include <string.h>

#include <Random123/philox.h>

struct rng_block
rng_at(uint64_t seed, uint32_t stream, uint64_t a, uint32_t b)
{
    philox4x32_ctr_t ctr = { { (uint32_t)a, (uint32_t)(a >> 32), b, stream } };
    philox4x32_key_t key = { { (uint32_t)seed, (uint32_t)(seed >> 32) } };
    philox4x32_ctr_t out = philox4x32(ctr, key);

    return (struct rng_block){ { out.v[0], out.v[1], out.v[2], out.v[3] } };
}

void
rng_fill(uint64_t seed, uint32_t stream, uint64_t a, uint32_t b, size_t n, uint32_t *ret)
{
    for (size_t i = 0; i < n; i++) {
        struct rng_block r = rng_at(seed, stream, a + i, b);

        memcpy(ret + 4 * i, r.v, sizeof(r.v));
    }
}

void
rng_normal2(struct rng_block r, double ret[2])
{
    double u = 1.0 - rng_unit(r.v[0], r.v[1]); /* (0, 1]: the logarithm is finite */
    double angle = 2 * M_PI * rng_unit(r.v[2], r.v[3]);
    double radius = sqrt(-2.0 * log(u));

    ret[0] = radius * cos(angle);
    ret[1] = radius * sin(angle);
}
