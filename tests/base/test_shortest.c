/* test_shortest.c - numbers in the fewest digits. */
#include "config.h"

#include "src/base/shortest.h"

#include "src/base/rng.h"
#include "tests/unit.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
a_double_has_no_digit_too_many(void)
{
    static const struct {
        double v;
        const char *text;
    } cases[] = {
        { 0.1, "0.1" },
        { -2, "-2" },
        { 1.0 / 3, "0.3333333333333333" },
        { 0.1 + 0.2, "0.30000000000000004" },
        { 1e22, "1e+22" },
        { DBL_MAX, "1.7976931348623157e+308" },
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        char out[SHORTEST_MAX];

        shortest_f64(out, cases[i].v);
        CU_ASSERT_STRING_EQUAL(out, cases[i].text);
    }
}

static void
a_float_has_fewer(void)
{
    static const struct {
        float v;
        const char *text;
    } cases[] = {
        { 0.1F, "0.1" },
        { 1.0F / 3, "0.33333334" },
        { 16777216, "16777216" },
        { FLT_MAX, "3.4028235e+38" },
        { -0.0F, "-0" },
        { 0, "0" },
        { -3.5F, "-3.5" },
        { 0.0001F, "0.0001" },
        { 0.00001F, "1e-05" },
        { 1.25e-5F, "1.25e-05" },
        { 999999, "999999" },
        { 1000000, "1e+06" },
        { 1234500, "1.2345e+06" },
        { 1234567, "1234567" },
        { 100, "100" },
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        char out[SHORTEST_MAX];

        shortest_f32(out, cases[i].v);
        CU_ASSERT_STRING_EQUAL(out, cases[i].text);
    }
}

/* With more and more digits until it reads back. */
static void
by_printf(char out[SHORTEST_MAX], float v)
{
    for (int digits = 6; digits <= 9; digits++) {
        snprintf(out, SHORTEST_MAX, "%.*g", digits, (double)v);
        if (strtof(out, NULL) == v)
            return;
    }
}

/* The text reads back, and is printf's. */
static bool
is_shortest(uint32_t word)
{
    char out[SHORTEST_MAX], other[SHORTEST_MAX];
    float v;

    memcpy(&v, &word, sizeof(v));
    if (!isfinite(v))
        return true;
    shortest_f32(out, v);
    by_printf(other, v);
    return strtof(out, NULL) == v && strcmp(out, other) == 0;
}

static void
floats_of_every_exponent_read_back_and_are_printfs(void)
{
    static const uint32_t mantissas[] = { 0,        1,        2,        3,
                                          0x3fffff, 0x400000, 0x400001, 0x4ccccd,
                                          0x7ffffd, 0x7ffffe, 0x7fffff };
    const size_t n = sizeof(mantissas) / sizeof(*mantissas);

    for (uint32_t exponent = 0; exponent < 512; exponent++) /* the sign is its top */
        for (size_t i = 0; i < n; i++)
            CU_ASSERT_TRUE(is_shortest(exponent << 23 | mantissas[i]));
}

static void
floats_at_random_read_back_and_are_printfs(void)
{
    for (uint32_t i = 0; i < 200000; i++) {
        uint32_t word = rng_at(1, 1, i, 0).v[0];
        /* Half of them where a model's weights are, 2^-20 ... 1. */
        uint32_t weight = (107 + word % 20) << 23 | word >> 9;

        CU_ASSERT_TRUE(is_shortest(i % 2 == 0 ? word : weight));
    }
}

/* Numbers a person may type come back as typed. */
static void
a_decimal_of_six_digits_is_itself(void)
{
    for (int i = 0; i < 100000; i++) {
        char typed[SHORTEST_MAX], out[SHORTEST_MAX];

        snprintf(typed, sizeof(typed), "%g", i * 7919 % 1000000 / 1e5);
        shortest_f32(out, strtof(typed, NULL));
        CU_ASSERT_STRING_EQUAL(out, typed);
    }
}

static void
the_smallest_numbers_read_back(void)
{
    char out[SHORTEST_MAX];

    shortest_f64(out, -DBL_TRUE_MIN);
    CU_ASSERT_EQUAL(strtod(out, NULL), -DBL_TRUE_MIN);
    shortest_f32(out, -FLT_TRUE_MIN);
    CU_ASSERT_EQUAL(strtof(out, NULL), -FLT_TRUE_MIN);
}

CU_TestInfo tests_shortest[] = {
    { "a double has no digit too many", a_double_has_no_digit_too_many },
    { "a float has fewer", a_float_has_fewer },
    { "floats of every exponent read back and are printf's",
      floats_of_every_exponent_read_back_and_are_printfs },
    { "floats at random read back and are printf's",
      floats_at_random_read_back_and_are_printfs },
    { "a decimal of six digits is itself", a_decimal_of_six_digits_is_itself },
    { "the smallest numbers read back", the_smallest_numbers_read_back },
    CU_TEST_INFO_NULL,
};
