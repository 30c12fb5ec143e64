/* test_fit_golden.c - the training loop repeats fastai's own fits on every device. */
#include "config.h"

#include "src/train/fit.h"

#include "tests/golden.h"
#include "tests/train/fit_bench.h"
#include "tests/unit.h"

/* One trace on one device: every loss, every epoch, and the weights that are kept. */
static void
replay(const char *name, const struct device_ops *ops, unsigned epochs,
       double tolerance, bool looks)
{
    struct golden_trace t;
    struct fit_bench b = { 0 };
    const char *why;
    size_t n_run;

    if (!ops->probe(&why))
        return;
    golden_trace_load(&t, name);
    b.ratings = t.ratings;
    b.heard.golden = t.run;
    b.heard.tolerance = tolerance;
    b.heard.looks = looks;
    CU_ASSERT_EQUAL_FATAL(sampler_new_listed(&b.sampler, t.user, t.item, t.stars,
                                             t.n_batches, t.batch, t.per_epoch, &b.err),
                          ERR_OK);
    fit_bench_open(&b, ops, t.init, golden_number(golden_get(t.run, "wd")));
    CU_ASSERT_EQUAL_FATAL(
        fit_bench_run(&b, epochs, golden_number(golden_get(t.run, "lr_max")), 2),
        ERR_OK);
    n_run = golden_len(t.run, "valid_loss");
    CU_ASSERT_EQUAL(b.heard.n_epochs, n_run);
    CU_ASSERT_EQUAL(b.result.end, n_run < epochs ? FIT_EARLY : FIT_DONE);
    for (size_t i = 0; i < n_run; i++) {
        CU_ASSERT_DOUBLE_EQUAL(b.heard.epoch[i].valid_loss /
                                   golden_at(t.run, "valid_loss", i),
                               1, 2e-6 * tolerance);
        CU_ASSERT_DOUBLE_EQUAL(b.heard.epoch[i].train_loss /
                                   golden_at(t.run, "train_loss", i),
                               1, 3e-6 * tolerance);
    }
    CU_ASSERT_TRUE(golden_distance(shared_model_get(b.kept),
                                   golden_get(t.run, "final")) < 2e-6 * tolerance);
    b.ratings = NULL;
    fit_bench_done(&b);
    golden_trace_done(&t);
}

static void
fastais_stopped_fit_is_repeated_on_every_device(void)
{
    for (size_t i = 0; device_list[i] != NULL; i++)
        replay("trace_c_stop", device_list[i], 12, 10, false);
}

static void
fastais_plain_fits_are_repeated_on_every_device(void)
{
    for (size_t i = 0; device_list[i] != NULL; i++) {
        replay("trace_a", device_list[i], 3, 1, false);
        replay("trace_b", device_list[i], 2, 1, false);
    }
}

static void
looking_at_the_weights_changes_no_number_on_any_device(void)
{
    for (size_t i = 0; device_list[i] != NULL; i++) {
        replay("trace_a", device_list[i], 3, 1, true);
        replay("trace_c_stop", device_list[i], 12, 10, true);
    }
}

CU_TestInfo tests_fit_golden[] = {
    { "fastai's stopped fit is repeated on every device",
      fastais_stopped_fit_is_repeated_on_every_device },
    { "fastai's plain fits are repeated on every device",
      fastais_plain_fits_are_repeated_on_every_device },
    { "looking at the weights changes no number on any device",
      looking_at_the_weights_changes_no_number_on_any_device },
    CU_TEST_INFO_NULL,
};
