/* test_plan.c - settings that cannot work, and what the others come to. */
#include "config.h"

#include "src/train/eta.h"
#include "src/train/pace.h"
#include "src/train/plan.h"

#include "tests/train/fake_device.h"
#include "tests/unit.h"

#include <math.h>
#include <string.h>

static void
the_automatic_batch_grows_with_the_ratings(void)
{
    /* ml-latest-small, ml-1m, ml-25m of the specification, and both ends. */
    CU_ASSERT_EQUAL(train_batch_auto(100836), 64);
    CU_ASSERT_EQUAL(train_batch_auto(1000209), 512);
    CU_ASSERT_EQUAL(train_batch_auto(25000095), 4096);
    CU_ASSERT_EQUAL(train_batch_auto(0), 64);
    CU_ASSERT_EQUAL(train_batch_auto(127999), 64);
    CU_ASSERT_EQUAL(train_batch_auto(128000), 128);
    CU_ASSERT_EQUAL(train_batch_auto(4095999), 2048);
    CU_ASSERT_EQUAL(train_batch_auto(1000000000), 4096);
}

static struct train_config
config_for_fake(void)
{
    struct train_config c = train_config_defaults();

    c.ops = &fake_device;
    return c;
}

/* plan_make refuses this config, and the message has `word`. */
static void
refused(struct train_config c, const char *word)
{
    struct ratings *r = fake_ratings(24, true);
    struct plan p;
    struct err err = { .msg = "" };

    CU_ASSERT_EQUAL(plan_make(&p, &c, r, &err), ERR_ARG);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, word));
    ratings_free(r);
}

static void
settings_that_cannot_work_are_refused_by_name(void)
{
    static const double bad[] = { -1, NAN, INFINITY };
    struct train_config c = config_for_fake();

    for (int i = 0; i < 3; i++) {
        c = config_for_fake(), c.lr = bad[i], refused(c, "--lr");
        c = config_for_fake(), c.wd = bad[i], refused(c, "--wd");
        c = config_for_fake(), c.y_hi = bad[i], refused(c, "--y-range");
    }
    /* A range only as doubles, or too wide for a float. */
    c = config_for_fake(), c.y_hi = c.y_lo + 1e-9, refused(c, "--y-range");
    c = config_for_fake(), c.y_hi = 1e39, refused(c, "--y-range");
    c = config_for_fake(), c.y_lo = -3e38, c.y_hi = 3e38, refused(c, "--y-range");
    c = config_for_fake(), c.factors = 0, refused(c, "--factors 0");
    c = config_for_fake(), c.factors = 1025, refused(c, "1 to 1024");
    c = config_for_fake(), c.epochs = 0, refused(c, "--epochs 0");
    c = config_for_fake(), c.lr = 2, c.wd = .5, refused(c, "product");
    c = config_for_fake(), c.ops = NULL, c.device = "abacus", refused(c, "abacus");
    /* 24 * 8 ratings, a quarter of them held out, are 144. */
    c = config_for_fake(), c.batch = 145, refused(c, "144");
    c = config_for_fake(), c.batch = 65537, refused(c, "65536");
}

static void
a_plan_counts_batches_steps_and_bytes(void)
{
    struct ratings *r = fake_ratings(24, true);
    struct train_config c = config_for_fake();
    struct plan p;

    c.batch = 16;
    c.epochs = 5;
    c.factors = 3;
    c.threads = 7;
    CU_ASSERT_EQUAL_FATAL(plan_make(&p, &c, r, NULL), ERR_OK);
    CU_ASSERT_EQUAL(p.n_train, 144);
    CU_ASSERT_EQUAL(p.n_valid, 48);
    CU_ASSERT_EQUAL(p.n_batches, 9);
    CU_ASSERT_EQUAL(p.n_steps, 45);
    CU_ASSERT_EQUAL(p.threads, 7);
    CU_ASSERT_EQUAL(p.n_weights, (25 + 17) * 4);
    CU_ASSERT_EQUAL(p.model_bytes, 4 * p.n_weights);
    CU_ASSERT_EQUAL(p.data_bytes, 192 * 5 + 26 * 8);
    CU_ASSERT_TRUE(p.need_bytes > p.device_bytes + p.model_bytes);
    ratings_free(r);
}

static void
an_automatic_batch_fits_few_ratings(void)
{
    struct ratings *r = fake_ratings(5, true);
    struct train_config c = config_for_fake();
    struct plan p;

    CU_ASSERT_EQUAL_FATAL(plan_make(&p, &c, r, NULL), ERR_OK);
    CU_ASSERT_EQUAL(p.batch, 16); /* of 30 training ratings */
    ratings_free(r);
}

static void
missing_memory_is_said_with_numbers(void)
{
    struct plan p = { .ops = &fake_device,
                      .need_bytes = 900u << 20,
                      .device_bytes = 600u << 20,
                      .available_bytes = 899u << 20 };
    struct err err;

    CU_ASSERT_EQUAL(plan_check_memory(&p, &err), ERR_NOMEM);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "900 MiB"));
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "899 are available"));
    p.available_bytes = 900u << 20;
    CU_ASSERT_EQUAL(plan_check_memory(&p, &err), ERR_OK);
    p.available_bytes = 0;
    CU_ASSERT_EQUAL(plan_check_memory(&p, &err), ERR_OK);
}

static void
the_time_left_counts_validations_and_saving(void)
{
    struct eta e = { .steps_done = 100,
                     .steps_left = 300,
                     .train_s = 10,
                     .batch = 50,
                     .n_valid = 1000,
                     .valid_left = 2,
                     .save_bytes = 1000000000 };

    /* .1 s a step; 20 steps' worth of ratings at a quarter of that: .5 s each. */
    CU_ASSERT_DOUBLE_EQUAL(eta_left(&e), 30 + 2 * .5 + 3, 1e-9);
    e.valid_done = 2;
    e.valid_s = 8;
    CU_ASSERT_DOUBLE_EQUAL(eta_left(&e), 30 + 2 * 4 + 3, 1e-9);
    e.steps_done = 0;
    CU_ASSERT_TRUE(isnan(eta_left(&e)));
}

static void
calls_grow_to_16_ms_and_shrink_at_once(void)
{
    struct pace p = { 0 };

    CU_ASSERT_EQUAL(pace_next(&p, 1000), 1);
    for (int i = 0; i < 8; i++)
        pace_took(&p, pace_next(&p, 1000), 0.001 * (double)pace_next(&p, 1000));
    CU_ASSERT_EQUAL(pace_next(&p, 1000), 16);
    CU_ASSERT_EQUAL(pace_next(&p, 5), 5);
    pace_took(&p, 16, 16.0);
    CU_ASSERT_EQUAL(pace_next(&p, 1000), 1);
    for (int i = 0; i < 30; i++)
        pace_took(&p, pace_next(&p, 100000), 0);
    CU_ASSERT_EQUAL(pace_next(&p, 100000), PACE_MAX);
}

CU_TestInfo tests_plan[] = {
    { "the automatic batch grows with the ratings",
      the_automatic_batch_grows_with_the_ratings },
    { "settings that cannot work are refused by name",
      settings_that_cannot_work_are_refused_by_name },
    { "a plan counts batches, steps and bytes", a_plan_counts_batches_steps_and_bytes },
    { "an automatic batch fits few ratings", an_automatic_batch_fits_few_ratings },
    { "missing memory is said with numbers", missing_memory_is_said_with_numbers },
    { "the time left counts validations and saving",
      the_time_left_counts_validations_and_saving },
    { "calls grow to 16 ms and shrink at once",
      calls_grow_to_16_ms_and_shrink_at_once },
    CU_TEST_INFO_NULL,
};
