/*
 * test_golden.c - every usable device, driven through fastai's recorded runs.
 *
 * Tolerances are those of tests/golden/README.md: raw losses 2e-6 relative, weights
 * 2e-6 relative L2, ten times that for trace_c, whose learning rate is high.
 */
#include "config.h"

#include "src/base/mem.h"
#include "src/device/device.h"
#include "src/model/schedule.h"

#include "tests/golden.h"
#include "tests/unit.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>

/* A device opened on a trace. */
struct rig {
    const struct device_ops *ops;
    const struct golden_trace *t;
    struct sampler *sampler;
    struct device *device;
    struct model *now; /* the settled weights */
};

static void
rig_open(struct rig *g, const struct device_ops *ops, const struct golden_trace *t,
         double wd)
{
    struct problem p = { .ratings = t->ratings, .init = t->init, .wd = wd };

    *g = (struct rig){ .ops = ops, .t = t };
    CU_ASSERT_EQUAL_FATAL(sampler_new_listed(&g->sampler, t->user, t->item, t->stars,
                                             t->n_batches, t->batch, t->per_epoch,
                                             NULL),
                          ERR_OK);
    p.sampler = g->sampler;
    CU_ASSERT_EQUAL_FATAL(ops->open(&g->device, &p, NULL), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(model_new(&g->now, t->init->n_users, t->init->n_items,
                                    t->init->k, t->init->y_lo, t->init->y_hi, NULL),
                          ERR_OK);
}

static void
rig_close(struct rig *g)
{
    g->ops->close(g->device);
    sampler_free(g->sampler);
    model_free(g->now);
}

/* Run epoch e with the rates of `h`, from its first batch on; ret_loss (per_epoch). */
static void
rig_epoch(struct rig *g, unsigned e, const struct hyper *h, double *ret_loss)
{
    size_t done;

    CU_ASSERT_EQUAL_FATAL(sampler_begin_epoch(g->sampler, e, NULL), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(g->ops->begin_epoch(g->device, NULL), ERR_OK);
    /* Two calls, the first of three batches: the seam must not show. */
    CU_ASSERT_EQUAL_FATAL(g->ops->steps(g->device, 3, h, ret_loss, &done, NULL),
                          ERR_OK);
    CU_ASSERT_EQUAL_FATAL(done, 3);
    CU_ASSERT_EQUAL_FATAL(
        g->ops->steps(g->device, g->t->per_epoch, h + 3, ret_loss + 3, &done, NULL),
        ERR_OK);
    CU_ASSERT_EQUAL_FATAL(done, g->t->per_epoch - 3);
    CU_ASSERT_EQUAL_FATAL(g->ops->settle(g->device, g->now, NULL), ERR_OK);
}

/* Say by how much a device missed, since CUnit shows only the condition. */
static void
must_be_close(double off, double tolerance, const struct rig *g, const char *what,
              size_t at)
{
    bool close = off <= tolerance; /* false for NaN */

    if (!close)
        fprintf(stderr, "\n    %s: %s %zu is off by %.2e, allowed %.1e", g->ops->name,
                what, at, off, tolerance);
    CU_ASSERT_TRUE(close);
}

static void
check_losses(const struct rig *g, size_t first, size_t n, const double *loss,
             double tolerance)
{
    for (size_t i = 0; i < n; i++) {
        double want = golden_at(g->t->run, "raw_loss", first + i);

        must_be_close(fabs(loss[i] / want - 1), tolerance, g, "loss of batch",
                      first + i);
    }
}

static void
check_validation(const struct rig *g, unsigned e, double tolerance)
{
    double want = golden_at(g->t->run, "valid_loss", e);
    struct eval got;

    CU_ASSERT_EQUAL_FATAL(g->ops->evaluate(g->device, g->now, &got, NULL), ERR_OK);
    CU_ASSERT_EQUAL(got.n, g->t->ratings->n_held_out);
    must_be_close(fabs(got.sse / (double)got.n / want - 1), tolerance, g,
                  "validation of epoch", e);
}

/* Weights after epoch e, where the trace has them. */
static void
check_weights(const struct rig *g, unsigned e, unsigned n_epochs, double tolerance)
{
    const json_t *run = g->t->run, *want = NULL;

    if (golden_has(run, "after_epoch"))
        want = json_array_get(golden_get(run, "after_epoch"), e);
    else if (e == (unsigned)golden_at(run, "final_is_epoch", 0))
        want = golden_get(run, "final"); /* the best epoch's, loaded back */
    else if (e + 1 == n_epochs)
        want = golden_get(run, "last_epoch_weights");
    if (want != NULL)
        must_be_close(golden_distance(g->now, want), tolerance, g, "weights of epoch",
                      e);
}

static void
follow_fit(const struct device_ops *ops, const struct golden_trace *t, double tolerance)
{
    const json_t *run = t->run;
    unsigned n_epochs = (unsigned)(t->n_batches / t->per_epoch);
    double asked = golden_number(golden_get(run, "epochs_asked"));
    struct onecycle oc = onecycle_default(golden_number(golden_get(run, "lr_max")),
                                          (size_t)asked * t->per_epoch);
    struct hyper *h = mem_new(t->n_batches, sizeof(*h));
    double *loss = mem_new(t->n_batches, sizeof(*loss));
    struct rig g;

    for (size_t i = 0; i < t->n_batches; i++) {
        onecycle_at(&oc, i, &h[i].lr, &h[i].mom);
        CU_ASSERT_DOUBLE_EQUAL(h[i].lr, golden_at(run, "lr", i), 1e-16);
        CU_ASSERT_DOUBLE_EQUAL(h[i].mom, golden_at(run, "mom", i), 1e-15);
    }
    rig_open(&g, ops, t, golden_number(golden_get(run, "wd")));
    for (unsigned e = 0; e < n_epochs; e++) {
        size_t first = e * t->per_epoch;

        rig_epoch(&g, e, h + first, loss + first);
        check_losses(&g, first, t->per_epoch, loss + first, tolerance);
        check_validation(&g, e, tolerance);
        check_weights(&g, e, n_epochs, tolerance);
    }
    rig_close(&g);
    mem_free(h);
    mem_free(loss);
}

/* Above a rate of .1 the run is chaotic: rounding grows without bound. */
static void
follow_range_test(const struct device_ops *ops, const struct golden_trace *t,
                  double tolerance)
{
    struct hyper h[100];
    double loss[100];
    size_t n = 0;
    struct rig g;

    CU_ASSERT_EQUAL_FATAL(t->n_batches <= 100, 1);
    for (size_t i = 0; i < t->n_batches; i++) {
        h[i] =
            (struct hyper){ .lr = lr_find_rate(i), .mom = golden_at(t->run, "mom", 0) };
        CU_ASSERT_DOUBLE_EQUAL(h[i].lr / golden_at(t->run, "lr", i), 1, 1e-13);
        n += h[i].lr < .1;
    }
    rig_open(&g, ops, t, golden_at(t->run, "wd", 0));
    rig_epoch(&g, 0, h, loss);
    check_losses(&g, 0, n, loss, tolerance);
    rig_close(&g);
}

typedef void follow_fn(const struct device_ops *, const struct golden_trace *, double);

static void
every_device_follows(const char *name, follow_fn *follow, double tolerance)
{
    struct golden_trace t;
    const char *why;

    golden_trace_load(&t, name);
    for (size_t i = 0; device_list[i] != NULL; i++)
        if (device_list[i]->probe(&why))
            follow(device_list[i], &t, tolerance);
    golden_trace_done(&t);
}

static void
trace_a(void)
{
    every_device_follows("trace_a", follow_fit, 2e-6);
}

static void
trace_b(void)
{
    every_device_follows("trace_b", follow_fit, 2e-6);
}

static void
trace_c(void)
{
    every_device_follows("trace_c_stop", follow_fit, 2e-5);
}

static void
lrfind_a(void)
{
    every_device_follows("lrfind_a", follow_range_test, 2e-6);
}

static void
lrfind_b(void)
{
    every_device_follows("lrfind_b_stops", follow_range_test, 2e-6);
}

CU_TestInfo tests_golden[] = {
    { "every device follows trace_a: 3 epochs, wd .1, with replacement", trace_a },
    { "every device follows trace_b: 2 epochs, rows of #na#", trace_b },
    { "every device follows trace_c: a high rate, the schedule of 12 epochs", trace_c },
    { "every device follows the range test a below a rate of .1", lrfind_a },
    { "every device follows the range test b below a rate of .1", lrfind_b },
    CU_TEST_INFO_NULL,
};
