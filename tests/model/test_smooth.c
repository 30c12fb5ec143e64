/* test_smooth.c - the smoothed training loss against fastai's AvgSmoothLoss. */
#include "config.h"

#include "src/model/smooth.h"

#include "tests/golden.h"
#include "tests/unit.h"

#include <math.h>

/* fastai averages in float32, where 1 - .98 is off by 1e-6. */
#define FLOAT32 1.5e-6

static void
check_case(const json_t *c)
{
    struct smooth s = { 0 };

    CU_ASSERT_EQUAL(golden_len(c, "loss"), golden_len(c, "smooth"));
    for (size_t i = 0; i < golden_len(c, "loss"); i++) {
        double got = smooth_add(&s, golden_at(c, "loss", i));
        double expected = golden_at(c, "smooth", i);

        CU_ASSERT_EQUAL(isnan(got), isnan(expected));
        CU_ASSERT_FALSE(fabs(got - expected) > FLOAT32 * expected);
    }
}

static void
agrees_with_fastai_after_every_batch(void)
{
    json_t *file = golden_load("smoothing");
    json_t *cases = golden_get(file, "cases");

    CU_ASSERT_EQUAL(json_array_size(cases), 3);
    for (size_t i = 0; i < json_array_size(cases); i++)
        check_case(json_array_get(cases, i));
    json_decref(file);
}

static void
a_level_loss_is_shown_as_it_is_from_the_first_batch(void)
{
    struct smooth s = { 0 };

    for (int i = 0; i < 1000; i++)
        CU_ASSERT_DOUBLE_EQUAL(smooth_add(&s, 0.75), 0.75, 1e-14);
}

CU_TestInfo tests_smooth[] = {
    { "agrees with fastai after every batch", agrees_with_fastai_after_every_batch },
    { "a level loss is shown as it is from the first batch",
      a_level_loss_is_shown_as_it_is_from_the_first_batch },
    CU_TEST_INFO_NULL,
};
