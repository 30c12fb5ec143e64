/* test_rng.c - random numbers against Random123's published vectors, and their ranges.
 */
#include "config.h"

#include "src/base/rng.h"

#include "tests/unit.h"

#include <math.h>
#include <string.h>

/* kat_vectors of Random123, philox4x32 with 10 rounds. Counter word 2 is b, word 3 the
 * stream. */
static void
blocks_are_those_of_philox4x32_10(void)
{
    struct rng_block zero = rng_at(0, 0, 0, 0);
    struct rng_block ones = rng_at(UINT64_MAX, UINT32_MAX, UINT64_MAX, UINT32_MAX);
    struct rng_block pi =
        rng_at(0x299f31d0a4093822u, 0x03707344u, 0x85a308d3243f6a88u, 0x13198a2eu);

    CU_ASSERT_EQUAL(zero.v[0], 0x6627e8d5u);
    CU_ASSERT_EQUAL(zero.v[1], 0xe169c58du);
    CU_ASSERT_EQUAL(zero.v[2], 0xbc57ac4cu);
    CU_ASSERT_EQUAL(zero.v[3], 0x9b00dbd8u);
    CU_ASSERT_EQUAL(ones.v[0], 0x408f276du);
    CU_ASSERT_EQUAL(ones.v[1], 0x41c83b0eu);
    CU_ASSERT_EQUAL(ones.v[2], 0xa20bc7c6u);
    CU_ASSERT_EQUAL(ones.v[3], 0x6d5451fdu);
    CU_ASSERT_EQUAL(pi.v[0], 0xd16cfe09u);
    CU_ASSERT_EQUAL(pi.v[1], 0x94fdccebu);
    CU_ASSERT_EQUAL(pi.v[2], 0x5001e420u);
    CU_ASSERT_EQUAL(pi.v[3], 0x24126ea1u);
}

/* Every length, and across the end of the counter's low word. */
static void
many_blocks_are_the_blocks_one_by_one(void)
{
    uint64_t first = 0x6fffffffau;
    uint32_t got[4 * 24 + 1];

    for (size_t n = 0; n <= 24; n++) {
        size_t bad = 0;

        got[4 * n] = 12345;
        rng_fill(0x299f31d0a4093822u, RNG_SHUFFLE, first, 77, n, got);
        for (size_t i = 0; i < n; i++) {
            struct rng_block want =
                rng_at(0x299f31d0a4093822u, RNG_SHUFFLE, first + i, 77);

            bad += memcmp(want.v, got + 4 * i, sizeof(want.v)) != 0;
        }
        CU_ASSERT_EQUAL(bad, 0);
        CU_ASSERT_EQUAL(got[4 * n], 12345);
    }
}

static void
units_and_integers_stay_in_range(void)
{
    CU_ASSERT_EQUAL(rng_unit(0, 0), 0.0);
    CU_ASSERT_TRUE(rng_unit(UINT32_MAX, UINT32_MAX) < 1.0);
    CU_ASSERT_EQUAL(rng_below(UINT32_MAX, UINT32_MAX, 10), 9);
    CU_ASSERT_EQUAL(rng_below(0, 0, 10), 0);
    CU_ASSERT_EQUAL(rng_below(1u << 31, 0, 10), 5);
}

/* 200,000 draws: the mean is within 5 and the variance within 5 standard errors, which
 * are 1/sqrt(n) and sqrt(2/n). */
static void
normals_have_mean_zero_and_variance_one(void)
{
    const unsigned n = 200000;
    double sum = 0, squares = 0, z[2];

    for (unsigned i = 0; i < n / 2; i++) {
        rng_normal2(rng_at(1, RNG_INIT, i, 0), z);
        sum += z[0] + z[1];
        squares += z[0] * z[0] + z[1] * z[1];
    }
    CU_ASSERT_TRUE(fabs(sum / n) < 5 / sqrt(n));
    CU_ASSERT_TRUE(fabs(squares / n - 1) < 5 * sqrt(2.0 / n));
    rng_normal2((struct rng_block){ { UINT32_MAX, UINT32_MAX, 0, 0 } }, z);
    CU_ASSERT_TRUE(isfinite(z[0]) && isfinite(z[1]));
}

CU_TestInfo tests_rng[] = {
    { "blocks are those of Philox4x32-10", blocks_are_those_of_philox4x32_10 },
    { "many blocks are the blocks one by one", many_blocks_are_the_blocks_one_by_one },
    { "units and integers stay in range", units_and_integers_stay_in_range },
    { "normals have mean 0 and variance 1", normals_have_mean_zero_and_variance_one },
    CU_TEST_INFO_NULL,
};
