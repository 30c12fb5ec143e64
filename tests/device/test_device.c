/*
 * test_device.c - what every usable device promises, over the whole list: the numbers
 * of the reference on any shape, a batch learned by heart, decay of rows that nothing
 * touches, numbers that are not finite noticed. Gradients and threads have suites of
 * their own; fastai's own numbers are test_golden.c's.
 */
#include "config.h"

#include "src/device/device.h"

#include "src/device/cpu_reference.h"
#include "tests/device/rig.h"
#include "tests/model/alike.h"
#include "tests/unit.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>

/*
 * A batch of one or three may have any small loss, so its root, an error in stars, is
 * what is compared: float32 weights of size 1 in sums of k products, over some hundred
 * steps that feed rounding back, stay within 5e-5 stars of one another.
 */
static void
check_against(const struct rig *want, const double *want_loss, struct rig *got,
              const double *got_loss, size_t n)
{
    double worst = 0, off;

    for (size_t i = 0; i < n; i++)
        worst = fmax(worst, fabs(sqrt(got_loss[i]) - sqrt(want_loss[i])));
    off = alike_distance(rig_settle(got), want->now);
    if (!(worst <= 5e-5) || !(off <= 1e-4))
        fprintf(stderr, "\n    %s: k %u, B %zu: losses off by %.1e stars, weights %.1e",
                got->ops->name, got->init->k, sampler_batch_size(got->sampler), worst,
                off);
    CU_ASSERT_TRUE(worst <= 5e-5);
    CU_ASSERT_TRUE(off <= 1e-4);
}

static void
compare_devices(const struct shape *s, size_t n)
{
    struct hyper h[RIG_STEPS];
    double want_loss[RIG_STEPS], loss[RIG_STEPS + 1];
    struct rig want;
    const char *why;

    rig_rates(h, 5e-3);
    rig_open(&want, &device_cpu_reference, s);
    CU_ASSERT_EQUAL_FATAL(rig_run(&want, n, h, want_loss), n);
    rig_settle(&want);
    for (size_t i = 0; device_list[i] != NULL; i++) {
        struct rig got;

        if (!device_list[i]->probe(&why))
            continue;
        rig_open(&got, device_list[i], s);
        loss[n] = -1; /* a sentinel: nobody asked for more */
        CU_ASSERT_EQUAL_FATAL(rig_run(&got, n, h, loss), n);
        CU_ASSERT_EQUAL(loss[n], -1);
        check_against(&want, want_loss, &got, loss, n);
        rig_close(&got);
    }
    rig_close(&want);
}

static void
any_shape_gives_the_numbers_of_the_reference(void)
{
    static const unsigned k[] = { 1,  2,  7,   15,  16,  17,  31,  47,  50,
                                  64, 80, 100, 129, 192, 256, 257, 1024 };
    static const size_t batch[] = { 1, 3, 64, 1000 };

    for (size_t i = 0; i < sizeof(k) / sizeof(*k); i++)
        for (size_t j = 0; j < sizeof(batch) / sizeof(*batch); j++) {
            struct shape s = rig_usual;

            s.k = k[i];
            s.batch = batch[j];
            compare_devices(&s, batch[j] == 1000 ? 40 : k[i] > 300 ? 100 : RIG_STEPS);
        }
}

/* One batch, again and again, without decay. No user rates a film twice. */
static void
learn_by_heart(const struct device_ops *ops)
{
    struct shape s = rig_usual;
    struct hyper h[RIG_STEPS];
    double loss[RIG_STEPS];
    struct rig g;

    s.n_ratings = s.batch = 100;
    s.k = 32;
    s.wd = 0;
    rig_rates(h, .05);
    rig_prepare(&g, ops, &s);
    for (uint32_t u = 0; u <= s.n_users; u++)
        for (size_t at = g.ratings->start[u]; at < g.ratings->start[u + 1]; at++)
            g.ratings->item[at] = 1 + (uint32_t)(at - g.ratings->start[u]);
    rig_start(&g, s.wd);
    rig_run(&g, RIG_STEPS, h, loss);
    CU_ASSERT_TRUE(loss[0] > .5);
    CU_ASSERT_TRUE(loss[RIG_STEPS - 1] < 1e-3);
    rig_close(&g);
}

static void
one_batch_is_learned_by_heart(void)
{
    rig_every_device(learn_by_heart);
}

/* Row 0 never has a gradient, nor does a film without training ratings: all they do is
 * decay, by 1 - lr wd in each step, weights and biases alike. */
static void
check_decay(const struct device_ops *ops)
{
    struct hyper h[RIG_STEPS];
    double loss[RIG_STEPS], left = 1, worst = 0;
    const struct model *a, *b;
    struct rig g;

    rig_rates(h, 5e-3);
    for (size_t i = 0; i < RIG_STEPS; i++)
        left *= 1 - h[i].lr * rig_usual.wd;
    rig_open(&g, ops, &rig_usual);
    rig_run(&g, RIG_STEPS, h, loss);
    a = g.init;
    b = rig_settle(&g);
    for (unsigned f = 0; f < rig_usual.k; f++) {
        worst = fmax(worst, fabs(b->U[f] / (a->U[f] * left) - 1));
        worst = fmax(worst, fabs(b->I[f] / (a->I[f] * left) - 1));
    }
    worst = fmax(worst, fabs(b->bu[0] / (a->bu[0] * left) - 1));
    worst = fmax(worst, fabs(b->bi[0] / (a->bi[0] * left) - 1));
    CU_ASSERT_TRUE(left < .995);
    CU_ASSERT_TRUE(worst < 1e-5); /* 300 roundings of a float */
    rig_close(&g);
}

static void
rows_that_nothing_touches_decay(void)
{
    rig_every_device(check_decay);
}

/* A weight that is not finite shows in the first batch that has its row; the call ends
 * with that batch, and the losses before it are good. */
static void
check_bad_weight(const struct device_ops *ops, float bad, bool in_bias)
{
    struct hyper h[RIG_STEPS];
    double loss[RIG_STEPS];
    struct rig g;
    size_t done;

    rig_rates(h, 5e-3);
    rig_prepare(&g, ops, &rig_usual);
    if (in_bias)
        g.init->bi[7] = bad;
    else
        g.init->U[rig_usual.k * 5 + 3] = bad;
    rig_start(&g, rig_usual.wd);
    done = rig_run(&g, RIG_STEPS, h, loss);
    CU_ASSERT_TRUE_FATAL(done >= 1 && done < RIG_STEPS);
    CU_ASSERT_FALSE(isfinite(loss[done - 1]));
    for (size_t i = 0; i + 1 < done; i++)
        CU_ASSERT_TRUE(isfinite(loss[i]));
    rig_close(&g);
}

static void
check_not_finite(const struct device_ops *ops)
{
    check_bad_weight(ops, NAN, false);
    check_bad_weight(ops, NAN, true);
}

static void
a_weight_that_is_nan_ends_the_call_at_its_batch(void)
{
    rig_every_device(check_not_finite);
}

CU_TestInfo tests_device[] = {
    { "any shape gives the numbers of the reference",
      any_shape_gives_the_numbers_of_the_reference },
    { "one batch is learned by heart", one_batch_is_learned_by_heart },
    { "rows that nothing touches decay", rows_that_nothing_touches_decay },
    { "a weight that is NaN ends the call at its batch",
      a_weight_that_is_nan_ends_the_call_at_its_batch },
    CU_TEST_INFO_NULL,
};
