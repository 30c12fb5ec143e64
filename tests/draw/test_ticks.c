/* test_ticks.c - round numbers on axes. */
#include "config.h"

#include "ui/draw/ticks.h"

#include "tests/unit.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* The labels of an axis, blanks between. */
static void
expect(struct axis a, int max_n, const char *labels)
{
    struct ticks t;
    char all[512] = "";

    ticks_find(&t, &a, max_n);
    for (int i = 0; i < t.n; i++)
        snprintf(all + strlen(all), sizeof(all) - strlen(all), "%s%s", i > 0 ? " " : "",
                 t.label[i]);
    CU_ASSERT_STRING_EQUAL(all, labels);
    if (strcmp(all, labels) != 0)
        printf("\nfound '%s', expected '%s'\n", all, labels);
}

static void
steps_are_1_2_or_5(void)
{
    expect((struct axis){ .lo = 0, .hi = 10 }, 6, "0 2 4 6 8 10");
    expect((struct axis){ .lo = .48, .hi = .93 }, 5, "0.5 0.6 0.7 0.8 0.9");
    expect((struct axis){ .lo = .5598, .hi = .5704 }, 6,
           "0.560 0.562 0.564 0.566 0.568 "
           "0.570");
    expect((struct axis){ .lo = -3, .hi = 3 }, 4, "-2 0 2");
}

static void
large_numbers_are_short(void)
{
    expect((struct axis){ .lo = 0, .hi = 10986, .whole = true }, 6,
           "0 2000 4000 6000 8000 10k");
    expect((struct axis){ .lo = 0, .hi = 25000095 }, 6, "0 5M 10M 15M 20M 25M");
}

static void
whole_axes_have_no_halves(void)
{
    expect((struct axis){ .lo = 1, .hi = 3, .whole = true }, 10, "1 2 3");
}

static void
powers_of_ten_on_a_log_axis(void)
{
    expect((struct axis){ .lo = 1e-7, .hi = 10, .log = true }, 9,
           "1e-7 1e-6 1e-5 1e-4 1e-3 0.01 0.1 1 10");
    expect((struct axis){ .lo = 1e-7, .hi = 10, .log = true }, 4, "1e-6 1e-4 0.01 1");
    expect((struct axis){ .lo = 1e-3, .hi = 1e-1, .log = true }, 9,
           "1e-3 2e-3 5e-3 0.01 0.02 0.05 0.1");
}

static void
what_is_no_axis_has_no_ticks(void)
{
    expect((struct axis){ .lo = 1, .hi = 1 }, 5, "");
    expect((struct axis){ .lo = 2, .hi = 1 }, 5, "");
    expect((struct axis){ .lo = NAN, .hi = 1 }, 5, "");
    expect((struct axis){ .lo = 0, .hi = INFINITY }, 5, "");
    expect((struct axis){ .lo = 0, .hi = 1 }, 0, "");
}

static void
parts_and_values_are_inverse(void)
{
    struct axis log = { .lo = 1e-7, .hi = 10, .log = true },
                lin = { .lo = -1, .hi = 3 };

    CU_ASSERT_DOUBLE_EQUAL(axis_part(&log, 1e-3), .5, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(axis_value(&log, .25), 1e-5, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(axis_part(&lin, 0), .25, 1e-12);
    CU_ASSERT_TRUE(isnan(axis_part(&log, 0)));
    CU_ASSERT_TRUE(isnan(axis_part(&log, -1)));
}

static void
zoom_and_pan_stay_within_everything(void)
{
    struct axis all = { .lo = 0, .hi = 100 }, a = all;

    axis_zoom(&a, .5, 100, &all);
    CU_ASSERT_DOUBLE_EQUAL(a.lo, 50, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(a.hi, 100, 1e-9);
    axis_pan(&a, -3, &all);
    CU_ASSERT_DOUBLE_EQUAL(a.lo, 0, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(a.hi, 50, 1e-9);
    axis_zoom(&a, 4, 25, &all);
    CU_ASSERT_DOUBLE_EQUAL(a.lo, 0, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(a.hi, 100, 1e-9);
    for (int i = 0; i < 200; i++) /* ends before the numbers do */
        axis_zoom(&a, .5, 50, &all);
    CU_ASSERT_TRUE(a.hi > a.lo);
}

static void
an_axis_of_one_value_gets_room(void)
{
    struct axis a = { .lo = INFINITY, .hi = -INFINITY };

    axis_hold(&a, 2);
    axis_hold(&a, NAN);
    axis_hold(&a, INFINITY);
    axis_settle(&a, 0);
    CU_ASSERT_TRUE(a.lo < 2 && a.hi > 2);
    a = (struct axis){ .lo = INFINITY, .hi = -INFINITY, .log = true };
    axis_hold(&a, -1);
    axis_settle(&a, 0);
    CU_ASSERT_TRUE(a.lo > 0 && a.hi > a.lo);
}

static void
no_two_ticks_say_the_same(void)
{
    expect((struct axis){ .lo = 1.0583, .hi = 1.0584 }, 6,
           "1.05830 1.05832 1.05834 1.05836 1.05838 1.05840");
    expect((struct axis){ .lo = 1.0000001, .hi = 1.0000009 }, 6, "");
}

CU_TestInfo tests_ticks[] = {
    { "steps are 1, 2 or 5", steps_are_1_2_or_5 },
    { "large numbers are short", large_numbers_are_short },
    { "whole axes have no halves", whole_axes_have_no_halves },
    { "powers of ten on a log axis", powers_of_ten_on_a_log_axis },
    { "what is no axis has no ticks", what_is_no_axis_has_no_ticks },
    { "parts and values are inverse", parts_and_values_are_inverse },
    { "zoom and pan stay within everything", zoom_and_pan_stay_within_everything },
    { "an axis of one value gets room", an_axis_of_one_value_gets_room },
    { "no two ticks say the same", no_two_ticks_say_the_same },
    CU_TEST_INFO_NULL,
};
