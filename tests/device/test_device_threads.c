/*
 * test_device_threads.c - a device gives the same bytes for any number of threads: the
 * losses, the weights and the validation. Small enough for the thread sanitizer.
 */
#include "config.h"

#include "src/device/device.h"

#include "tests/device/rig.h"
#include "tests/model/alike.h"
#include "tests/unit.h"

#include <string.h>

#define STEPS 30

static void
check_batch_of_threads(const struct device_ops *ops, size_t batch)
{
    static const unsigned threads[] = { 2, 3, 7 };
    struct shape s = rig_usual;
    struct hyper h[RIG_STEPS];
    double loss[STEPS], want_loss[STEPS];
    struct eval want_eval, eval;
    struct rig want;

    s.n_ratings = 60000;
    s.batch = batch;
    s.n_users = 3000;
    s.n_items = 500;
    rig_rates(h, 5e-3);
    rig_open(&want, ops, &s);
    rig_run(&want, STEPS, h, want_loss);
    rig_settle(&want);
    CU_ASSERT_EQUAL(ops->evaluate(want.device, want.now, &want_eval, NULL), ERR_OK);
    for (size_t i = 0; i < sizeof(threads) / sizeof(*threads); i++) {
        struct rig g;

        s.threads = threads[i];
        rig_open(&g, ops, &s);
        rig_run(&g, STEPS, h, loss);
        rig_settle(&g);
        CU_ASSERT_EQUAL(ops->evaluate(g.device, g.now, &eval, NULL), ERR_OK);
        CU_ASSERT_EQUAL(memcmp(loss, want_loss, sizeof(loss)), 0);
        CU_ASSERT_TRUE(alike_bytes(g.now, want.now));
        CU_ASSERT_TRUE(eval.sse == want_eval.sse && eval.sae == want_eval.sae);
        rig_close(&g);
    }
    rig_close(&want);
}

/* Of seven threads two have a share of 300 ratings, all one of 1100. */
static void
check_threads(const struct device_ops *ops)
{
    check_batch_of_threads(ops, 300);
    check_batch_of_threads(ops, 1100);
}

static void
threads_do_not_change_a_byte(void)
{
    rig_every_device(check_threads);
}

CU_TestInfo tests_device_threads[] = {
    { "threads do not change a byte", threads_do_not_change_a_byte },
    CU_TEST_INFO_NULL,
};
