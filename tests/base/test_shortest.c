/* test_shortest.c - numbers in the fewest digits. */
#include "config.h"

#include "src/base/shortest.h"

#include "tests/unit.h"

#include <float.h>
#include <stdlib.h>

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
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        char out[SHORTEST_MAX];

        shortest_f32(out, cases[i].v);
        CU_ASSERT_STRING_EQUAL(out, cases[i].text);
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
    { "the smallest numbers read back", the_smallest_numbers_read_back },
    CU_TEST_INFO_NULL,
};
