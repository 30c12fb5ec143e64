/* test_lrfind.c - the range test, against fastai's own. */
#include "config.h"

#include "src/train/lrfind.h"

#include "tests/golden.h"
#include "tests/train/fake_device.h"
#include "tests/unit.h"

#include <math.h>
#include <string.h>

static bool
hear_until(void *arg, const struct finding *f)
{
    return f->n < *(size_t *)arg;
}

/* The whole list is one epoch, or several of `per_epoch` batches. */
static void
replay(const char *name, const struct device_ops *ops, size_t per_epoch)
{
    struct golden_trace t;
    struct sampler *s = NULL;
    struct device *d = NULL;
    struct finding f;
    const char *why;
    struct err err;

    if (!ops->probe(&why))
        return;
    golden_trace_load(&t, name);
    CU_ASSERT_EQUAL_FATAL(
        sampler_new_listed(&s, t.user, t.item, t.stars, t.n_batches, t.batch,
                           per_epoch != 0 ? per_epoch : t.n_batches, &err),
        ERR_OK);
    CU_ASSERT_EQUAL_FATAL(ops->open(&d,
                                    &(struct problem){ .ratings = t.ratings,
                                                       .sampler = s,
                                                       .init = t.init,
                                                       .wd = LRFIND_WD },
                                    &err),
                          ERR_OK);
    CU_ASSERT_EQUAL(lrfind_run(&f, d, s, NULL, NULL, &err), ERR_OK);
    CU_ASSERT_EQUAL(f.n, (size_t)golden_number(golden_get(t.run, "recorded")));
    /* Above .1 the test is chaotic and float32 rounding grows (golden/README). */
    for (size_t i = 0; i < f.n && f.lr[i] < 0.1; i++) {
        CU_ASSERT_DOUBLE_EQUAL(f.lr[i] / golden_at(t.run, "lr", i), 1, 1e-12);
        CU_ASSERT_DOUBLE_EQUAL(f.loss[i] / golden_at(t.run, "raw_loss", i), 1, 2e-6);
        CU_ASSERT_DOUBLE_EQUAL(f.smooth[i] / golden_at(t.run, "smooth_loss", i), 1,
                               3e-6);
    }
    d->ops->close(d);
    sampler_free(s);
    golden_trace_done(&t);
}

static void
fastais_range_test_is_repeated_on_every_device(void)
{
    for (size_t i = 0; device_list[i] != NULL; i++) {
        replay("lrfind_a", device_list[i], 0);
        replay("lrfind_a", device_list[i], 20); /* five epochs */
    }
}

static void
the_batch_that_diverges_is_the_last_one_recorded(void)
{
    for (size_t i = 0; device_list[i] != NULL; i++)
        replay("lrfind_b_stops", device_list[i], 0);
}

/* A range test on the fake device; *ret_n and the code are its outcome. */
static enum err_code
run_fake(struct finding *ret, size_t until, struct err *err)
{
    struct ratings *r = fake_ratings(24, true);
    struct model *init = NULL;
    struct sampler *s = NULL;
    struct device *d = NULL;
    enum err_code rc;

    CU_ASSERT_EQUAL_FATAL(model_new(&init, 24, 16, 2, 0, 5, NULL), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(
        sampler_new(&s, r, 16, SAMPLING_PERMUTATION, 1, true, NULL, err), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(fake_device.open(&d,
                                           &(struct problem){ .ratings = r,
                                                              .sampler = s,
                                                              .init = init,
                                                              .wd = LRFIND_WD },
                                           err),
                          ERR_OK);
    rc = lrfind_run(ret, d, s, hear_until, &until, err);
    d->ops->close(d);
    sampler_free(s);
    model_free(init);
    ratings_free(r);
    return rc;
}

static void
an_epoch_that_is_too_short_is_followed_by_the_next(void)
{
    struct finding f;
    struct err err;

    fake_reset();
    CU_ASSERT_EQUAL(run_fake(&f, 1000, &err), ERR_OK);
    CU_ASSERT_EQUAL(f.n, LRFIND_STEPS);
    CU_ASSERT_DOUBLE_EQUAL(f.loss[99], 0.01, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(f.lr[50], 1e-3, 1e-12);
}

static void
a_nan_ends_the_test_and_spares_what_came_before(void)
{
    struct finding f;
    struct err err;

    fake_reset();
    fake.bad_step = 60;
    fake.bad_loss = NAN;
    CU_ASSERT_EQUAL(run_fake(&f, 1000, &err), ERR_OK);
    CU_ASSERT_EQUAL(f.n, 60);
    CU_ASSERT_TRUE(isnan(f.loss[59]));
    /* Falling all the way: the steepest is the first, the minimum the last number. */
    CU_ASSERT_DOUBLE_EQUAL(f.found.minimum, f.lr[58] / 10, 1e-12);
}

static void
a_listener_can_stop_the_test(void)
{
    struct finding f;
    struct err err;

    fake_reset();
    CU_ASSERT_EQUAL(run_fake(&f, 20, &err), ERR_STATE);
    CU_ASSERT_TRUE(f.n >= 20 && f.n < LRFIND_STEPS);
}

CU_TestInfo tests_lrfind[] = {
    { "fastai's range test is repeated on every device",
      fastais_range_test_is_repeated_on_every_device },
    { "the batch that diverges is the last one recorded",
      the_batch_that_diverges_is_the_last_one_recorded },
    { "an epoch that is too short is followed by the next",
      an_epoch_that_is_too_short_is_followed_by_the_next },
    { "a NaN ends the test and spares what came before",
      a_nan_ends_the_test_and_spares_what_came_before },
    { "a listener can stop the test", a_listener_can_stop_the_test },
    CU_TEST_INFO_NULL,
};
