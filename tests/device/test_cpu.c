/*
 * test_cpu.c - what the fast CPU devices promise beyond what every device does (that is
 * test_device.c's) and fastai's numbers (test_golden.c's): the same bytes for any
 * division into calls, settling anywhere, long gaps, no lost memory. Small
 * data is drawn from the counter-based generator.
 */
#include "config.h"

#include "src/base/mem.h"
#include "src/base/rng.h"
#include "src/device/cpu.h"
#include "src/device/cpu_reference.h"
#include "tests/device/rig.h"
#include "tests/model/alike.h"
#include "tests/unit.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

/* The fast devices, whether or not this machine can use them. */
static const struct device_ops *const fast[] = {
#ifdef CPU_X86
    &device_cpu_avx512,
    &device_cpu_avx2,
#endif
    &device_cpu_portable,
};

#define N_FAST (sizeof(fast) / sizeof(fast[0]))

static bool
usable(const struct device_ops *ops)
{
    const char *why;

    return ops->probe(&why);
}

struct spec {
    uint32_t n_users, n_items;
    size_t per_user; /* ratings */
    unsigned k;
    size_t batch;
    unsigned threads;
    double wd;
    double rate; /* highest learning rate */
};

static struct ratings *
draw_ratings(const struct spec *s)
{
    struct ratings *r = NULL;
    size_t n = s->n_users * s->per_user;

    CU_ASSERT_FATAL(ratings_new(&r, n, s->n_users, s->n_items, false, NULL) == ERR_OK);
    for (uint32_t u = 1; u <= s->n_users; u++)
        for (size_t j = 0; j < s->per_user; j++) {
            size_t at = (u - 1) * s->per_user + j;
            struct rng_block b = rng_at(7, RNG_SYNTH, at, 0);
            /* Squared, so that some items are in every batch and some hardly ever. */
            double x = rng_unit(b.v[0], b.v[1]);

            r->item[at] = 1 + (uint32_t)(x * x * s->n_items);
            r->stars[at] = 0.5f + (float)(b.v[2] % 10) / 2;
            if (b.v[3] % 10 == 0) {
                r->item[at] |= RATINGS_HELD_OUT;
                r->n_held_out++;
            }
        }
    for (uint32_t u = 1; u <= s->n_users + 1; u++)
        r->start[u] = (u - 1) * s->per_user;
    return r;
}

static void
open_on(struct rig *g, const struct device_ops *ops, const struct spec *s)
{
    const struct shape shape = { .n_users = s->n_users,
                                 .n_items = s->n_items,
                                 .k = s->k,
                                 .batch = s->batch,
                                 .threads = s->threads,
                                 .y_lo = .5f,
                                 .y_hi = 5.5f };

    rig_prepare_with(g, ops, &shape, draw_ratings(s));
    rig_start(g, s->wd);
}

/* n further steps, over epochs, in calls of at most `at_once` (64), at a rate that
 * rises and falls. */
static void
run_on(struct rig *g, const struct spec *s, size_t n, size_t at_once)
{
    struct hyper h[64];
    double loss[64];

    while (n > 0) {
        size_t ask = n < at_once ? n : at_once;

        for (size_t i = 0; i < ask; i++) {
            double x = 0.5 - 0.5 * cos(0.01 * (double)(g->steps + i));

            h[i] = (struct hyper){ s->rate * (0.02 + 0.98 * x), 0.95 - 0.1 * x };
        }
        CU_ASSERT_EQUAL_FATAL(rig_run(g, ask, h, loss), ask);
        n -= ask;
    }
}

static const struct spec small = { 60, 40, 12, 10, 32, 1, 1e-2, 5e-3 };

/* Settling after each single step: the items that have begun the next batch must not
 * be advanced twice, and settling must not disturb the run. */
static void
a_run_may_stop_and_settle_after_any_batch(void)
{
    for (size_t f = 0; f < N_FAST; f++) {
        struct rig want, g, whole;

        if (!usable(fast[f]))
            continue;
        open_on(&want, &device_cpu_reference, &small);
        open_on(&g, fast[f], &small);
        open_on(&whole, fast[f], &small);
        CU_ASSERT(alike_bytes(rig_settle(&g), g.init));
        for (size_t i = 0; i < 90; i++) {
            run_on(&want, &small, 1, 1);
            run_on(&g, &small, 1, 1);
            CU_ASSERT(alike_distance(rig_settle(&g), rig_settle(&want)) < 1e-5);
        }
        run_on(&whole, &small, 90, 64);
        CU_ASSERT(alike_bytes(rig_settle(&whole), g.now));
        rig_close(&want);
        rig_close(&g);
        rig_close(&whole);
    }
}

/* Few ratings a batch and many rows: gaps beyond CATCHUP_GAP, and a run beyond two
 * sweeps. The rate is low, so that rounding does not grow on its own over the steps. */
static void
long_gaps_and_sweeps_agree_with_the_reference(void)
{
    const struct spec s = { 300, 200, 4, 3, 1, 1, 1e-2, 3e-4 };
    const size_t steps = 2 * CATCHUP_SPAN + 500;
    struct rig want;

    open_on(&want, &device_cpu_reference, &s);
    run_on(&want, &s, steps, 64);
    rig_settle(&want);
    for (size_t f = 0; f < N_FAST; f++) {
        struct rig g;

        if (!usable(fast[f]))
            continue;
        open_on(&g, fast[f], &s);
        run_on(&g, &s, steps, 64);
        CU_ASSERT(alike_distance(rig_settle(&g), want.now) < 1e-4);
        rig_close(&g);
    }
    rig_close(&want);
}

static void
evaluation_agrees_with_the_reference(void)
{
    const unsigned ks[] = { 1, 15, 16, 100, 300 };

    for (size_t i = 0; i < sizeof(ks) / sizeof(ks[0]); i++) {
        struct spec s = { 700, 90, 9, ks[i], 64, 2, 0, 0 };
        struct eval want, got;
        struct rig r;

        open_on(&r, &device_cpu_reference, &s);
        CU_ASSERT(r.ops->evaluate(r.device, r.init, &want, NULL) == ERR_OK);
        for (size_t f = 0; f < N_FAST; f++) {
            struct rig g;

            if (!usable(fast[f]))
                continue;
            open_on(&g, fast[f], &s);
            CU_ASSERT(g.ops->evaluate(g.device, g.init, &got, NULL) == ERR_OK);
            CU_ASSERT_EQUAL(got.n, want.n);
            CU_ASSERT_DOUBLE_EQUAL(got.sse / want.sse, 1, 1e-6);
            CU_ASSERT_DOUBLE_EQUAL(got.sae / want.sae, 1, 1e-6);
            rig_close(&g);
        }
        rig_close(&r);
    }
}

/* Marks of items are numbers that rise by B a batch: after 2^32 / B batches they start
 * again, and which items stay must come out the same. */
static void
running_out_of_marks_changes_nothing(void)
{
    struct cpu_batcher m[2];
    struct cpu_batch b[2][2];
    struct rig g;

    open_on(&g, &device_cpu_reference, &small);
    CU_ASSERT_FATAL(sampler_begin_epoch(g.sampler, 0, NULL) == ERR_OK);
    for (int i = 0; i < 2; i++) {
        CU_ASSERT_FATAL(cpu_batcher_init(&m[i], small.batch, small.n_items, NULL) ==
                        ERR_OK);
        CU_ASSERT_FATAL(cpu_batch_init(&b[i][0], small.batch, NULL) == ERR_OK);
        CU_ASSERT_FATAL(cpu_batch_init(&b[i][1], small.batch, NULL) == ERR_OK);
    }
    m[1].base = UINT32_MAX - 6 * (uint32_t)small.batch;
    for (size_t at = 0; at < sampler_n_batches(g.sampler); at++) {
        for (int i = 0; i < 2; i++)
            cpu_batcher_make(&m[i], g.sampler, at, &b[i][at & 1],
                             at > 0 ? &b[i][1 - (at & 1)] : NULL);
        struct cpu_batch *x = &b[0][at & 1], *y = &b[1][at & 1];
        struct cpu_batch *px = &b[0][1 - (at & 1)], *py = &b[1][1 - (at & 1)];

        CU_ASSERT_EQUAL_FATAL(x->n_entering, y->n_entering);
        CU_ASSERT(memcmp(x->entering, y->entering, x->n_entering * 4) == 0);
        CU_ASSERT(memcmp(x->by_item, y->by_item, small.batch * 4) == 0);
        if (at > 0)
            CU_ASSERT(memcmp(px->stays, py->stays, px->n_items) == 0);
    }
    CU_ASSERT(m[1].base < m[0].base);
    for (int i = 0; i < 2; i++) {
        cpu_batcher_done(&m[i]);
        cpu_batch_done(&b[i][0]);
        cpu_batch_done(&b[i][1]);
    }
    rig_close(&g);
}

static void
a_new_epoch_needs_the_last_one_finished(void)
{
    struct rig g;
    struct err err;

    open_on(&g, &device_cpu_portable, &small);
    run_on(&g, &small, 1, 1);
    CU_ASSERT(g.ops->begin_epoch(g.device, &err) == ERR_STATE);
    run_on(&g, &small, g.left, 64);
    CU_ASSERT(g.ops->begin_epoch(g.device, &err) == ERR_OK);
    rig_close(&g);
}

static void
opening_survives_every_failed_allocation(void)
{
    struct rig g;
    struct problem p;
    unsigned long n = 0;
    enum err_code rc;

    open_on(&g, &device_cpu_portable, &small);
    p = (struct problem){ g.ratings, g.sampler, g.pool, g.init, 0 };
    do {
        struct device *d = NULL;
        struct err err;

        mem_fail_at(++n, 0);
        rc = g.ops->open(&d, &p, &err);
        mem_fail_at(0, 0);
        CU_ASSERT(rc == ERR_OK || (rc == ERR_NOMEM && d == NULL));
        g.ops->close(d);
    } while (rc != ERR_OK);
    CU_ASSERT(n > 10);
    rig_close(&g);
}

CU_TestInfo tests_cpu[] = {
    { "a run may stop and settle after any batch",
      a_run_may_stop_and_settle_after_any_batch },
    { "long gaps and sweeps agree with the reference",
      long_gaps_and_sweeps_agree_with_the_reference },
    { "evaluation agrees with the reference", evaluation_agrees_with_the_reference },
    { "running out of marks changes nothing", running_out_of_marks_changes_nothing },
    { "a new epoch needs the last one finished",
      a_new_epoch_needs_the_last_one_finished },
    { "opening survives every failed allocation",
      opening_survives_every_failed_allocation },
    CU_TEST_INFO_NULL,
};
