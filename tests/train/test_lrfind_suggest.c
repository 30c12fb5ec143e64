/* test_lrfind_suggest.c - suggestions for given curves against fastai's answers. */
#include "config.h"

#include "src/model/schedule.h"
#include "src/train/lrfind.h"

#include "tests/golden.h"
#include "tests/unit.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>

/* fastai's rates are float32. */
#define SAME 1e-6

static bool
is_rate(double got, double want)
{
    return fabs(got / want - 1) < SAME;
}

/* One suggestion: fastai's answer, or a sentence where fastai raises an exception. */
static void
check(const json_t *curve, const char *name, double got, const char *why)
{
    const json_t *answer = golden_get(golden_get(curve, "result"), name);
    bool good;

    if (golden_has(answer, "lr")) {
        good = why == NULL && is_rate(got, golden_number(golden_get(answer, "lr")));
        /* Where float32 slopes tie, fastai hangs on the last bit of a logarithm. */
        if (name[1] == 't')
            good |= why == NULL && is_rate(got, golden_number(golden_get(
                                                    curve, "steep_if_done_in_double")));
    } else {
        good = isnan(got) && why != NULL && why[0] != '\0';
    }
    if (!good)
        fprintf(stderr, "\n    %s of %s: got %.9g", name,
                json_string_value(golden_get(curve, "name")), got);
    CU_ASSERT_TRUE(good);
}

static void
every_curve_gets_fastais_answers(void)
{
    json_t *file = golden_load("curves");
    json_t *curves = golden_get(file, "curves");

    CU_ASSERT_EQUAL(json_array_size(curves), 57);
    for (size_t i = 0; i < json_array_size(curves); i++) {
        const json_t *curve = json_array_get(curves, i);
        size_t n = golden_len(curve, "loss");
        double lr[LRFIND_STEPS], loss[LRFIND_STEPS];
        struct suggestions s;

        CU_ASSERT_TRUE_FATAL(n <= LRFIND_STEPS);
        for (size_t j = 0; j < n; j++) {
            lr[j] = golden_at(file, "lr", j);
            loss[j] = golden_at(curve, "loss", j);
        }
        lrfind_suggest(&s, lr, loss, n);
        check(curve, "valley", s.valley, s.why_valley);
        check(curve, "slide", s.slide, s.why_slide);
        check(curve, "minimum", s.minimum, s.why_minimum);
        check(curve, "steep", s.steep, s.why_steep);
    }
    json_decref(file);
}

/* The worked example of the specification. */
static void
the_specified_curve_gives_the_specified_rates(void)
{
    double lr[LRFIND_STEPS], loss[LRFIND_STEPS];
    struct suggestions s;

    for (size_t i = 0; i < LRFIND_STEPS; i++) {
        double x = log10(lr[i] = lr_find_rate(i));

        loss[i] = 1.409 - .62 / (1 + exp(-3 * (x + 2.4))) +
                  1.8 * fmax(0, x + .4) * fmax(0, x + .4) + .004 * sin(7. * (double)i);
    }
    lrfind_suggest(&s, lr, loss, LRFIND_STEPS);
    CU_ASSERT_TRUE(is_rate(s.valley, 1.44543976e-3));
    CU_ASSERT_TRUE(is_rate(s.slide, 1.44543976e-3));
    CU_ASSERT_TRUE(is_rate(s.minimum, 1.44543978e-2));
    CU_ASSERT_TRUE(is_rate(s.steep, 3.63078e-3));
}

static void
no_curve_at_all_gives_four_sentences(void)
{
    struct suggestions s;

    lrfind_suggest(&s, NULL, NULL, 0);
    CU_ASSERT_TRUE(isnan(s.valley) && isnan(s.slide) && isnan(s.minimum) &&
                   isnan(s.steep));
    CU_ASSERT_PTR_NOT_NULL(s.why_valley);
    CU_ASSERT_PTR_NOT_NULL(s.why_slide);
    CU_ASSERT_PTR_NOT_NULL(s.why_minimum);
    CU_ASSERT_PTR_NOT_NULL(s.why_steep);
}

CU_TestInfo tests_lrfind_suggest[] = {
    { "every curve gets fastai's answers", every_curve_gets_fastais_answers },
    { "the specified curve gives the specified rates",
      the_specified_curve_gives_the_specified_rates },
    { "no curve at all gives four sentences", no_curve_at_all_gives_four_sentences },
    CU_TEST_INFO_NULL,
};
