/* test_fit.c - the training loop, on planted losses; fastai's are test_fit_golden.c's.
 */
#include "config.h"

#include "src/train/fit.h"

#include "src/base/mem.h"
#include "tests/train/fake_device.h"
#include "tests/train/fit_bench.h"
#include "tests/unit.h"

#include <math.h>
#include <string.h>

static void
a_fit_tells_every_batch_once_and_every_epoch(void)
{
    struct fit_bench b;

    fit_bench_fake(&b, true);
    CU_ASSERT_EQUAL(fit_bench_run(&b, 3, 0.01, 0), ERR_OK);
    CU_ASSERT_EQUAL(b.result.end, FIT_DONE);
    CU_ASSERT_EQUAL(b.heard.n_steps, 3 * FIT_BENCH_PER_EPOCH);
    CU_ASSERT_EQUAL(b.heard.n_epochs, 3);
    CU_ASSERT_EQUAL(b.heard.n_validating, 3);
    CU_ASSERT_EQUAL(b.heard.n_recorded, 1);
    CU_ASSERT_EQUAL(b.heard.last_record.step, 3 * FIT_BENCH_PER_EPOCH);
    CU_ASSERT_EQUAL(b.heard.last_record.max, 1);
    CU_ASSERT_EQUAL(b.heard.epoch[1].epoch, 2);
    CU_ASSERT_DOUBLE_EQUAL(b.heard.epoch[1].valid_loss, 1.0 / (2 * FIT_BENCH_PER_EPOCH),
                           1e-9);
    CU_ASSERT_DOUBLE_EQUAL(b.heard.epoch[1].rmse, sqrt(b.heard.epoch[1].valid_loss),
                           1e-12);
    CU_ASSERT_EQUAL(b.heard.epoch[2].train_loss, b.heard.last.smooth);
    fit_bench_done(&b);
}

static void
the_best_epochs_weights_come_back(void)
{
    static const double valid[] = { 0.9, 0.5, 0.7, 0.5 };
    struct fit_bench b;

    fit_bench_fake(&b, true);
    fake.valid = valid;
    fake.n_valid = 4;
    CU_ASSERT_EQUAL(fit_bench_run(&b, 4, 0.01, 0), ERR_OK);
    CU_ASSERT_EQUAL(b.result.end, FIT_DONE);
    CU_ASSERT_EQUAL(b.result.best_epoch, 2);
    CU_ASSERT_EQUAL(fit_bench_kept(&b), 2 * FIT_BENCH_PER_EPOCH);
    CU_ASSERT_TRUE(b.heard.epoch[1].best);
    CU_ASSERT_FALSE(b.heard.epoch[3].best);
    fit_bench_done(&b);
}

static void
patience_ends_a_fit_and_not_after_its_last_epoch(void)
{
    static const double valid[] = { 0.5, 0.6, 0.7, 0.4 };
    struct fit_bench b;

    fit_bench_fake(&b, true);
    fake.valid = valid;
    fake.n_valid = 4;
    CU_ASSERT_EQUAL(fit_bench_run(&b, 4, 0.01, 2), ERR_OK);
    CU_ASSERT_EQUAL(b.result.end, FIT_EARLY);
    CU_ASSERT_EQUAL(b.heard.n_epochs, 3);
    CU_ASSERT_EQUAL(fit_bench_kept(&b), FIT_BENCH_PER_EPOCH);
    fit_bench_done(&b);

    fit_bench_fake(&b, true);
    fake.valid = valid;
    fake.n_valid = 3;
    CU_ASSERT_EQUAL(fit_bench_run(&b, 3, 0.01, 2), ERR_OK);
    CU_ASSERT_EQUAL(b.result.end, FIT_DONE);
    fit_bench_done(&b);
}

static void
without_held_out_ratings_the_last_weights_are_kept(void)
{
    struct fit_bench b;

    fit_bench_fake(&b, false);
    CU_ASSERT_EQUAL(fit_bench_run(&b, 5, 0.01, 2), ERR_OK);
    CU_ASSERT_EQUAL(b.result.end, FIT_DONE);
    CU_ASSERT_EQUAL(b.result.best_epoch, 0);
    CU_ASSERT_FALSE(b.result.no_number);
    CU_ASSERT_EQUAL(b.heard.n_epochs, 5);
    CU_ASSERT_TRUE(isnan(b.heard.epoch[4].valid_loss));
    CU_ASSERT_EQUAL(fit_bench_kept(&b), (float)b.heard.n_steps);
    CU_ASSERT_EQUAL(b.heard.n_steps, 5 * 12);
    CU_ASSERT_EQUAL(atomic_load(&fake.n_validated), 0);
    fit_bench_done(&b);
}

static void
validations_that_are_all_nan_keep_the_last_weights(void)
{
    static const double valid[] = { NAN, NAN, NAN };
    struct fit_bench b;

    fit_bench_fake(&b, true);
    fake.valid = valid;
    fake.n_valid = 3;
    CU_ASSERT_EQUAL(fit_bench_run(&b, 3, 0.01, 0), ERR_OK);
    CU_ASSERT_TRUE(b.result.no_number);
    CU_ASSERT_EQUAL(b.result.best_epoch, 0);
    CU_ASSERT_EQUAL(fit_bench_kept(&b), 3 * FIT_BENCH_PER_EPOCH);
    fit_bench_done(&b);
}

static void
a_loss_that_is_not_finite_ends_the_fit_at_its_batch(void)
{
    static const double bad[] = { NAN, INFINITY };
    struct fit_bench b;

    for (size_t i = 0; i < 2; i++) {
        fit_bench_fake(&b, true);
        fake.bad_step = FIT_BENCH_PER_EPOCH + 4;
        fake.bad_loss = bad[i];
        CU_ASSERT_EQUAL(fit_bench_run(&b, 3, 0.01, 0), ERR_NUMERIC);
        CU_ASSERT_EQUAL(b.heard.n_steps, FIT_BENCH_PER_EPOCH + 4);
        CU_ASSERT_EQUAL(b.heard.last_record.step, FIT_BENCH_PER_EPOCH + 4);
        CU_ASSERT_EQUAL(fit_bench_kept(&b), FIT_BENCH_PER_EPOCH);
        CU_ASSERT_EQUAL(b.result.best_epoch, 1);
        CU_ASSERT_PTR_NOT_NULL(strstr(b.err.msg, "batch 4 of epoch 2"));
        CU_ASSERT_PTR_NOT_NULL(strstr(b.err.msg, "the weights of epoch 1 were kept"));
        CU_ASSERT_PTR_NOT_NULL(strstr(b.err.msg, "--lr 0.001"));
        fit_bench_done(&b);
    }
}

static void
a_nan_before_the_first_validation_keeps_the_initial_weights(void)
{
    struct fit_bench b;

    fit_bench_fake(&b, true);
    fake.bad_step = 1;
    fake.bad_loss = NAN;
    CU_ASSERT_EQUAL(fit_bench_run(&b, 2, 0.01, 0), ERR_NUMERIC);
    CU_ASSERT_EQUAL(fit_bench_kept(&b), 0);
    CU_ASSERT_PTR_NOT_NULL(strstr(b.err.msg, "the initial weights were kept"));
    fit_bench_done(&b);
}

static void
a_stop_validates_once_and_keeps_the_better(void)
{
    static const double worse[] = { 0.5, 0.6 }, better[] = { 0.5, 0.4 };
    const double *const valid[] = { worse, better };

    for (int i = 0; i < 2; i++) {
        struct fit_bench b;

        fit_bench_fake(&b, true);
        fake.valid = valid[i];
        fake.n_valid = 2;
        b.heard.wish = FIT_STOP;
        b.heard.wish_at = FIT_BENCH_PER_EPOCH + 1;
        CU_ASSERT_EQUAL(fit_bench_run(&b, 9, 0.01, 0), ERR_OK);
        CU_ASSERT_EQUAL(b.result.end, FIT_STOPPED);
        CU_ASSERT_TRUE(b.heard.n_steps < 2 * FIT_BENCH_PER_EPOCH + 1);
        CU_ASSERT_EQUAL(b.heard.n_epochs, 2);
        CU_ASSERT_EQUAL(b.result.best_epoch, i == 0 ? 1 : 2);
        CU_ASSERT_EQUAL(fit_bench_kept(&b),
                        i == 0 ? FIT_BENCH_PER_EPOCH : (float)b.heard.n_steps);
        fit_bench_done(&b);
    }
}

static void
a_stop_at_an_epochs_end_does_not_validate_again(void)
{
    struct fit_bench b;

    fit_bench_fake(&b, true);
    b.heard.wish = FIT_STOP;
    b.heard.wish_at = FIT_BENCH_PER_EPOCH;
    CU_ASSERT_EQUAL(fit_bench_run(&b, 9, 0.01, 0), ERR_OK);
    CU_ASSERT_EQUAL(b.result.end, FIT_STOPPED);
    CU_ASSERT_EQUAL(b.heard.n_steps, FIT_BENCH_PER_EPOCH);
    CU_ASSERT_EQUAL(atomic_load(&fake.n_validated), 1);
    fit_bench_done(&b);
}

static void
an_abandoned_fit_ends_without_validation(void)
{
    struct fit_bench b;

    fit_bench_fake(&b, true);
    b.heard.wish = FIT_ABANDON;
    b.heard.wish_at = 2;
    CU_ASSERT_EQUAL(fit_bench_run(&b, 9, 0.01, 0), ERR_OK);
    CU_ASSERT_EQUAL(b.result.end, FIT_ABANDONED);
    CU_ASSERT_EQUAL(b.heard.n_epochs, 0);
    CU_ASSERT_EQUAL(atomic_load(&fake.n_validated), 0);
    fit_bench_done(&b);
}

static void
every_call_into_the_device_may_fail(void)
{
    unsigned long n_calls;
    struct fit_bench b;

    fit_bench_fake(&b, true);
    CU_ASSERT_EQUAL(fit_bench_run(&b, 2, 0.01, 0), ERR_OK);
    n_calls = atomic_load(&fake.n_calls);
    fit_bench_done(&b);
    for (unsigned long i = 2; i <= n_calls; i++) {
        fit_bench_fake(&b, true);
        fake.fail_call = i;
        CU_ASSERT_EQUAL(fit_bench_run(&b, 2, 0.01, 0), ERR_UNAVAILABLE);
        CU_ASSERT_PTR_NOT_NULL(b.kept);
        fit_bench_done(&b);
    }
    CU_ASSERT_TRUE(n_calls > 8);
}

static void
every_allocation_may_fail(void)
{
    unsigned long n = 0;

    for (enum err_code rc = ERR_NOMEM; rc != ERR_OK; n++) {
        struct fit_bench b;

        fit_bench_fake(&b, true);
        mem_fail_at(n + 1, 0);
        rc = fit_bench_run(&b, 2, 0.01, 0);
        mem_fail_at(0, 0);
        CU_ASSERT_TRUE(rc == ERR_OK || rc == ERR_NOMEM);
        CU_ASSERT_PTR_NOT_NULL(b.kept);
        fit_bench_done(&b);
    }
    CU_ASSERT_TRUE(n > 5);
}

/* The first weight of the fake device is the number of its steps. */
static void
who_looks_sees_the_weights_of_mid_epoch(void)
{
    struct fit_bench b;

    fit_bench_fake(&b, true);
    b.heard.looks = true;
    CU_ASSERT_EQUAL(fit_bench_run(&b, 1, 0.01, 0), ERR_OK);
    CU_ASSERT_TRUE(b.heard.n_seen > 0);
    CU_ASSERT_TRUE(b.heard.seen > 0 && b.heard.seen < FIT_BENCH_PER_EPOCH);
    CU_ASSERT_EQUAL(b.heard.kept, FIT_BENCH_PER_EPOCH);
    fit_bench_done(&b);
}

CU_TestInfo tests_fit[] = {
    { "a fit tells every batch once and every epoch",
      a_fit_tells_every_batch_once_and_every_epoch },
    { "the best epoch's weights come back", the_best_epochs_weights_come_back },
    { "patience ends a fit, and not after its last epoch",
      patience_ends_a_fit_and_not_after_its_last_epoch },
    { "without held-out ratings the last weights are kept",
      without_held_out_ratings_the_last_weights_are_kept },
    { "validations that are all NaN keep the last weights",
      validations_that_are_all_nan_keep_the_last_weights },
    { "a loss that is not finite ends the fit at its batch",
      a_loss_that_is_not_finite_ends_the_fit_at_its_batch },
    { "a NaN before the first validation keeps the initial weights",
      a_nan_before_the_first_validation_keeps_the_initial_weights },
    { "a stop validates once and keeps the better",
      a_stop_validates_once_and_keeps_the_better },
    { "a stop at an epoch's end does not validate again",
      a_stop_at_an_epochs_end_does_not_validate_again },
    { "an abandoned fit ends without validation",
      an_abandoned_fit_ends_without_validation },
    { "every call into the device may fail", every_call_into_the_device_may_fail },
    { "every allocation may fail", every_allocation_may_fail },
    { "who looks sees the weights of mid-epoch",
      who_looks_sees_the_weights_of_mid_epoch },
    CU_TEST_INFO_NULL,
};
