/* test_schedule.c - one-cycle and range-test rates against fastai's. */
#include "config.h"

#include "src/model/schedule.h"

#include "tests/golden.h"
#include "tests/unit.h"

static void
check_schedule(const json_t *s)
{
    size_t steps = (size_t)(golden_number(golden_get(s, "epochs")) *
                            golden_number(golden_get(s, "batches_per_epoch")));
    struct onecycle oc =
        onecycle_default(golden_number(golden_get(s, "lr_max")), steps);

    for (size_t i = 0; i < golden_len(s, "lr"); i++) {
        size_t at = golden_has(s, "at") ? (size_t)golden_at(s, "at", i) : i;
        double lr, mom;

        onecycle_at(&oc, at, &lr, &mom);
        CU_ASSERT_DOUBLE_EQUAL(lr, golden_at(s, "lr", i), 1e-17);
        CU_ASSERT_DOUBLE_EQUAL(mom, golden_at(s, "mom", i), 1e-15);
    }
}

static void
agrees_with_fastai_for_every_length(void)
{
    json_t *file = golden_load("onecycle");
    json_t *schedules = golden_get(file, "schedules");

    CU_ASSERT_EQUAL(json_array_size(schedules), 14);
    for (size_t i = 0; i < json_array_size(schedules); i++)
        check_schedule(json_array_get(schedules, i));
    json_decref(file);
}

static void
rises_for_a_quarter_and_falls(void)
{
    struct onecycle oc = onecycle_default(1, 400);
    double lr, mom, before = 0;

    for (size_t i = 0; i <= 100; i++, before = lr) {
        onecycle_at(&oc, i, &lr, &mom);
        CU_ASSERT_TRUE(lr > before);
    }
    CU_ASSERT_EQUAL(lr, 1); /* exactly the peak */
    CU_ASSERT_EQUAL(mom, .85);
    for (size_t i = 101; i < 400; i++, before = lr) {
        onecycle_at(&oc, i, &lr, &mom);
        CU_ASSERT_TRUE(lr < before);
    }
}

static void
range_test_spans_eight_decades(void)
{
    CU_ASSERT_DOUBLE_EQUAL(lr_find_rate(0), 1e-7, 1e-22);
    CU_ASSERT_DOUBLE_EQUAL(lr_find_rate(50), 1e-3, 1e-17);
    CU_ASSERT_DOUBLE_EQUAL(lr_find_rate(99), 8.31763771102671, 1e-13);
}

CU_TestInfo tests_schedule[] = {
    { "agrees with fastai for every length", agrees_with_fastai_for_every_length },
    { "rises for a quarter and falls", rises_for_a_quarter_and_falls },
    { "the range test spans eight decades", range_test_spans_eight_decades },
    CU_TEST_INFO_NULL,
};
