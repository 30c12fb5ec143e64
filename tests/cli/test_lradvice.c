/* test_lradvice.c - what is said of the rates that a range test suggests. */
#include "config.h"

#include "ui/cli/lradvice.h"

#include "tests/unit.h"

#include <math.h>
#include <string.h>

/* A loss that stays at 2 up to rate 1e-5, falls to 1 at 1e-2 and rises from there. */
static struct finding
make(double valley, double steep)
{
    struct finding f = { .n = 60 };

    for (size_t i = 0; i < f.n; i++) {
        double x = -7 + (double)i / 10; /* the rate's logarithm */

        f.lr[i] = pow(10, x);
        f.smooth[i] = x < -5 ? 2 : x < -2 ? 2 - (x + 5) / 3 : 1 + (x + 2);
    }
    f.found = (struct suggestions){ valley, 1e-2, 1e-3, steep, "", "", "", "" };
    return f;
}

static const char *
said_of(enum lradvice_id which, const struct finding *f, size_t batch)
{
    struct lradvice a[LRADVICE_COUNT];

    lradvice_of(a, f, batch);
    return a[which].what;
}

static bool
has(const char *text, const char *part)
{
    return strstr(text, part) != NULL;
}

static void
the_valley_is_to_be_taken_where_the_curve_can_be_trusted(void)
{
    struct finding f = make(3e-4, 1e-3);

    CU_ASSERT(has(said_of(LRADVICE_VALLEY, &f, 256), "take this one"));
    CU_ASSERT(has(said_of(LRADVICE_VALLEY, &f, 0), "take this one"));
    CU_ASSERT(!has(said_of(LRADVICE_VALLEY, &f, 255), "take this one"));
    CU_ASSERT(lradvice_is_noisy(64));
    CU_ASSERT(!lradvice_is_noisy(256));
    CU_ASSERT(!lradvice_is_noisy(0));
}

static void
steep_is_called_what_it_is_beside_the_valley(void)
{
    struct finding above = make(3e-4, 1e-3), below = make(3e-4, 1e-4),
                   noise = make(3e-4, 2e-6), same = make(3e-4, 3e-4);

    CU_ASSERT(has(said_of(LRADVICE_STEEP, &above, 256), "above the valley"));
    CU_ASSERT(has(said_of(LRADVICE_STEEP, &below, 256), "below the valley"));
    CU_ASSERT(has(said_of(LRADVICE_STEEP, &noise, 256), "noise of the start"));
    CU_ASSERT_STRING_EQUAL(said_of(LRADVICE_STEEP, &same, 256),
                           "where it falls fastest");
    noise.smooth[1] = 9; /* the first losses are no height that it fell from */
    CU_ASSERT(has(said_of(LRADVICE_STEEP, &noise, 256), "noise of the start"));
}

static void
a_curve_without_points_or_suggestions_is_no_trouble(void)
{
    struct finding f = { .n = 0 };
    struct lradvice a[LRADVICE_COUNT];

    f.found = (struct suggestions){ NAN, NAN, NAN, NAN, "a", "b", "c", "d" };
    lradvice_of(a, &f, 64);
    CU_ASSERT(isnan(a[LRADVICE_STEEP].rate));
    CU_ASSERT_STRING_EQUAL(a[LRADVICE_STEEP].why, "d");
}

static void
the_warning_fits(void)
{
    char text[LRADVICE_TEXT];

    CU_ASSERT(has(lradvice_warning(text, LRADVICE_MIN_BATCH - 1), "3e-3"));
}

CU_TestInfo tests_lradvice[] = {
    { "the valley is to be taken where the curve can be trusted",
      the_valley_is_to_be_taken_where_the_curve_can_be_trusted },
    { "steep is called what it is beside the valley",
      steep_is_called_what_it_is_beside_the_valley },
    { "a curve without points or suggestions is no trouble",
      a_curve_without_points_or_suggestions_is_no_trouble },
    { "the warning fits", the_warning_fits },
    CU_TEST_INFO_NULL,
};
