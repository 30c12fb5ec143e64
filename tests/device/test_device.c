/*
 * test_device.c - what every usable device promises, over the whole list: the numbers
 * of the reference on any shape, true gradients, a batch learned by heart, decay of
 * rows that nothing touches, numbers that are not finite noticed, the same bytes for
 * any number of threads. fastai's own numbers are test_golden.c's.
 */
#include "config.h"

#include "src/base/mem.h"
#include "src/base/rng.h"
#include "src/device/cpu_reference.h"
#include "src/device/device.h"

#include "tests/golden.h"
#include "tests/made.h"
#include "tests/unit.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* A device with a problem of its own. */
struct rig {
    const struct device_ops *ops;
    struct ratings *ratings;
    struct pool *pool;
    struct sampler *sampler;
    struct model *init, *now;
    struct device *device;
    unsigned epoch;
    size_t left; /* batches of the epoch */
};

/* How a problem is made. */
struct shape {
    uint32_t n_users, n_items;
    size_t n_ratings;
    unsigned k;
    size_t batch;
    unsigned threads;
    double wd;
    float y_lo, y_hi;
};

static const struct shape usual = { .n_users = 40,
                                    .n_items = 30,
                                    .n_ratings = 1200,
                                    .k = 8,
                                    .batch = 64,
                                    .threads = 1,
                                    .wd = .01,
                                    .y_lo = .5f,
                                    .y_hi = 5.5f };

typedef void on_device(const struct device_ops *ops);

static void
every_device(on_device *fn)
{
    const char *why;

    for (size_t i = 0; device_list[i] != NULL; i++)
        if (device_list[i]->probe(&why))
            fn(device_list[i]);
}

/* Ratings, sampler and weights, but no device yet. Stars are any floats in the middle
 * nine tenths of the y-range. */
static void
rig_prepare(struct rig *g, const struct device_ops *ops, const struct shape *s)
{
    struct made want = { .n = s->n_ratings,
                         .n_users = s->n_users,
                         .n_items = s->n_items,
                         .held_out = s->n_ratings > 100 ? 10 : 0 };

    *g = (struct rig){ .ops = ops, .ratings = made_ratings(&want) };
    for (size_t i = 0; i < want.n; i++) {
        struct rng_block w = rng_at(5, RNG_SYNTH, i, 0);
        float part = (float)(.05 + .9 * rng_unit(w.v[0], w.v[1]));

        g->ratings->stars[i] = s->y_lo + part * (s->y_hi - s->y_lo);
    }
    CU_ASSERT_EQUAL_FATAL(pool_new(&g->pool, s->threads, NULL), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(sampler_new(&g->sampler, g->ratings, s->batch,
                                      SAMPLING_PERMUTATION, 3, false, g->pool, NULL),
                          ERR_OK);
    CU_ASSERT_EQUAL_FATAL(
        model_new(&g->init, s->n_users, s->n_items, s->k, s->y_lo, s->y_hi, NULL),
        ERR_OK);
    CU_ASSERT_EQUAL_FATAL(
        model_new(&g->now, s->n_users, s->n_items, s->k, s->y_lo, s->y_hi, NULL),
        ERR_OK);
    model_init(g->init, 11, NULL);
}

static void
rig_start(struct rig *g, double wd)
{
    struct problem p = { .ratings = g->ratings,
                         .sampler = g->sampler,
                         .pool = g->pool,
                         .init = g->init,
                         .wd = wd };

    CU_ASSERT_EQUAL_FATAL(g->ops->open(&g->device, &p, NULL), ERR_OK);
}

static void
rig_open(struct rig *g, const struct device_ops *ops, const struct shape *s)
{
    rig_prepare(g, ops, s);
    rig_start(g, s->wd);
}

static void
rig_close(struct rig *g)
{
    g->ops->close(g->device);
    sampler_free(g->sampler);
    pool_free(g->pool);
    ratings_free(g->ratings);
    model_free(g->init);
    model_free(g->now);
}

/* n steps at the rates h (n), epoch after epoch; ret_loss (n). Stops early at a loss
 * that is not finite; returns the steps done. */
static size_t
rig_run(struct rig *g, size_t n, const struct hyper *h, double *ret_loss)
{
    size_t at = 0;

    while (at < n) {
        size_t done, ask;

        if (g->left == 0) {
            CU_ASSERT_EQUAL_FATAL(sampler_begin_epoch(g->sampler, g->epoch++, NULL),
                                  ERR_OK);
            CU_ASSERT_EQUAL_FATAL(g->ops->begin_epoch(g->device, NULL), ERR_OK);
            g->left = sampler_n_batches(g->sampler);
        }
        ask = n - at < g->left ? n - at : g->left;
        CU_ASSERT_EQUAL_FATAL(
            g->ops->steps(g->device, n - at, h + at, ret_loss + at, &done, NULL),
            ERR_OK);
        at += done;
        g->left -= done;
        if (done < ask)
            break;
    }
    return at;
}

static const struct model *
rig_settle(struct rig *g)
{
    CU_ASSERT_EQUAL_FATAL(g->ops->settle(g->device, g->now, NULL), ERR_OK);
    return g->now;
}

/* ---- against the reference ----------------------------------------------------------
 */

#define STEPS 300

/* A rate that rises and falls, as in a fit. */
static void
fill_rates(struct hyper h[STEPS], double peak)
{
    for (size_t i = 0; i < STEPS; i++) {
        double x = .5 - .5 * cos(.02 * (double)(i + 1));

        h[i] = (struct hyper){ .lr = peak * x, .mom = .95 - .1 * x };
    }
}

static double
distance(const struct model *a, const struct model *b)
{
    double off = 0, norm = 0;

    for (size_t i = 0; i < a->len; i++) {
        double d = (double)a->arena[i] - b->arena[i];

        off += d * d;
        norm += (double)b->arena[i] * b->arena[i];
    }
    return sqrt(off / norm);
}

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
    off = distance(rig_settle(got), want->now);
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
    struct hyper h[STEPS];
    double want_loss[STEPS], loss[STEPS + 1];
    struct rig want;
    const char *why;

    fill_rates(h, 5e-3);
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
            struct shape s = usual;

            s.k = k[i];
            s.batch = batch[j];
            compare_devices(&s, batch[j] == 1000 ? 40 : k[i] > 300 ? 100 : STEPS);
        }
}

/* ---- gradients ----------------------------------------------------------------------
 */

/* Loss of the first batch for parameters in double. */
static double
loss_of(const struct model *m, const double *arena, const struct batch *b, size_t B)
{
    const double *U = arena, *I = arena + (m->I - m->U);
    const double *bu = arena + (m->bu - m->U), *bi = arena + (m->bi - m->U);
    double sum = 0;

    for (size_t j = 0; j < B; j++) {
        double x = bu[b->user[j]] + bi[b->item[j]], miss;

        for (unsigned f = 0; f < m->k; f++)
            x += U[b->user[j] * m->k + f] * I[b->item[j] * m->k + f];
        miss = m->y_lo + ((double)m->y_hi - m->y_lo) / (1 + exp(-x)) - b->stars[j];
        sum += miss * miss;
    }
    return sum / (double)B;
}

/* Gradient of element i by central differences. */
static double
slope_of(const struct model *m, double *arena, const struct batch *b, size_t B,
         size_t i)
{
    const double step = 1e-4;
    double at = arena[i], up, down;

    arena[i] = at + step;
    up = loss_of(m, arena, b, B);
    arena[i] = at - step;
    down = loss_of(m, arena, b, B);
    arena[i] = at;
    return (up - down) / (2 * step);
}

/*
 * Adam's first step is lr·g/(|g| + eps), so the gradient can be read off it where |g|
 * is not far above eps; hence the narrow y-range, and a rate beside which the weights'
 * own digits do not matter. Weights are made larger so that products count.
 */
static void
check_gradient(const struct device_ops *ops)
{
    const double lr = 1e5;
    struct shape s = usual;
    struct hyper h = { .lr = lr, .mom = .9 };
    uint32_t user[64], item[64];
    float stars[64];
    struct batch b = { user, item, stars };
    double loss, *arena, worst = 0, size = 0;
    struct rig g;

    s.y_lo = 0;
    s.y_hi = .05f;
    rig_prepare(&g, ops, &s);
    arena = mem_new(g.init->len, sizeof(*arena));
    for (size_t i = 0; i < g.init->len; i++)
        arena[i] = g.init->arena[i] *= 50;
    rig_start(&g, 0);
    CU_ASSERT_EQUAL(rig_run(&g, 1, &h, &loss), 1);
    rig_settle(&g);
    sampler_get(g.sampler, 0, &b);
    CU_ASSERT_DOUBLE_EQUAL(loss / loss_of(g.init, arena, &b, s.batch), 1, 1e-5);
    for (size_t i = 0; i < g.init->len; i++) {
        double x = ((double)g.init->arena[i] - g.now->arena[i]) / lr;
        double got = x * ADAM_EPS / (1 - fabs(x));
        double want = slope_of(g.init, arena, &b, s.batch, i);

        worst = fmax(worst, fabs(got - want));
        size = fmax(size, fabs(want));
    }
    CU_ASSERT_TRUE(size > 1e-6);
    CU_ASSERT_TRUE(worst < 1e-4 * size);
    mem_free(arena);
    rig_close(&g);
}

static void
gradients_are_those_of_central_differences(void)
{
    every_device(check_gradient);
}

/* ---- behaviour ----------------------------------------------------------------------
 */

/* One batch, again and again, without decay. No user rates a film twice. */
static void
learn_by_heart(const struct device_ops *ops)
{
    struct shape s = usual;
    struct hyper h[STEPS];
    double loss[STEPS];
    struct rig g;

    s.n_ratings = s.batch = 100;
    s.k = 32;
    s.wd = 0;
    fill_rates(h, .05);
    rig_prepare(&g, ops, &s);
    for (uint32_t u = 0; u <= s.n_users; u++)
        for (size_t at = g.ratings->start[u]; at < g.ratings->start[u + 1]; at++)
            g.ratings->item[at] = 1 + (uint32_t)(at - g.ratings->start[u]);
    rig_start(&g, s.wd);
    rig_run(&g, STEPS, h, loss);
    CU_ASSERT_TRUE(loss[0] > .5);
    CU_ASSERT_TRUE(loss[STEPS - 1] < 1e-3);
    rig_close(&g);
}

static void
one_batch_is_learned_by_heart(void)
{
    every_device(learn_by_heart);
}

/* Row 0 never has a gradient, nor does a film without training ratings: all they do is
 * decay, by 1 - lr wd in each step, weights and biases alike. */
static void
check_decay(const struct device_ops *ops)
{
    struct hyper h[STEPS];
    double loss[STEPS], left = 1, worst = 0;
    const struct model *a, *b;
    struct rig g;

    fill_rates(h, 5e-3);
    for (size_t i = 0; i < STEPS; i++)
        left *= 1 - h[i].lr * usual.wd;
    rig_open(&g, ops, &usual);
    rig_run(&g, STEPS, h, loss);
    a = g.init;
    b = rig_settle(&g);
    for (unsigned f = 0; f < usual.k; f++) {
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
    every_device(check_decay);
}

/* A weight that is not finite shows in the first batch that has its row; the call ends
 * with that batch, and the losses before it are good. */
static void
check_bad_weight(const struct device_ops *ops, float bad, bool in_bias)
{
    struct hyper h[STEPS];
    double loss[STEPS];
    struct rig g;
    size_t done;

    fill_rates(h, 5e-3);
    rig_prepare(&g, ops, &usual);
    if (in_bias)
        g.init->bi[7] = bad;
    else
        g.init->U[usual.k * 5 + 3] = bad;
    rig_start(&g, usual.wd);
    done = rig_run(&g, STEPS, h, loss);
    CU_ASSERT_TRUE_FATAL(done >= 1 && done < STEPS);
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
    every_device(check_not_finite);
}

static void
check_batch_of_threads(const struct device_ops *ops, size_t batch)
{
    static const unsigned threads[] = { 2, 3, 7 };
    struct shape s = usual;
    struct hyper h[STEPS];
    double loss[STEPS], want_loss[STEPS];
    struct eval want_eval, eval;
    struct rig want;

    s.n_ratings = 60000;
    s.batch = batch;
    s.n_users = 3000;
    s.n_items = 500;
    fill_rates(h, 5e-3);
    rig_open(&want, ops, &s);
    rig_run(&want, 30, h, want_loss);
    rig_settle(&want);
    CU_ASSERT_EQUAL(ops->evaluate(want.device, want.now, &want_eval, NULL), ERR_OK);
    for (size_t i = 0; i < sizeof(threads) / sizeof(*threads); i++) {
        struct rig g;

        s.threads = threads[i];
        rig_open(&g, ops, &s);
        rig_run(&g, 30, h, loss);
        rig_settle(&g);
        CU_ASSERT_EQUAL(ops->evaluate(g.device, g.now, &eval, NULL), ERR_OK);
        CU_ASSERT_EQUAL(memcmp(loss, want_loss, 30 * sizeof(*loss)), 0);
        CU_ASSERT_EQUAL(memcmp(g.now->arena, want.now->arena,
                               want.now->len * sizeof(*want.now->arena)),
                        0);
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
    every_device(check_threads);
}

/* ---- the reference alone ------------------------------------------------------------
 */

/* Follow a list of steps in adam.json from the start weights `w` (n). */
static void
follow_adam(const json_t *steps, double *w, size_t n, double wd, double tolerance)
{
    double m[6] = { 0 }, v[6] = { 0 }, g[6];

    for (size_t t = 0; t < json_array_size(steps); t++) {
        const json_t *s = json_array_get(steps, t);
        struct hyper h = { .lr = golden_number(golden_get(s, "lr")),
                           .mom = golden_number(golden_get(s, "mom")) };

        for (size_t i = 0; i < n; i++)
            g[i] = golden_at(s, "grad", i);
        reference_adam(w, m, v, g, n, &h, wd, t + 1);
        for (size_t i = 0; i < n; i++) {
            CU_ASSERT_DOUBLE_EQUAL(w[i] / golden_at(s, "w", i), 1, tolerance);
            CU_ASSERT_TRUE(fabs(m[i] - golden_at(s, "grad_avg", i)) <=
                           tolerance * fabs(golden_at(s, "grad_avg", i)) + 1e-12);
            CU_ASSERT_TRUE(fabs(v[i] - golden_at(s, "sqr_avg", i)) <=
                           tolerance * fabs(golden_at(s, "sqr_avg", i)) + 1e-18);
        }
    }
}

static void
adam_steps_as_fastais(void)
{
    json_t *file = golden_load("adam");
    const double spec_wd = golden_number(golden_get(file, "spec_check_wd"));
    const double long_wd = golden_number(golden_get(file, "long_wd"));
    double w = .01, six[6];

    follow_adam(golden_get(file, "spec_check_float64"), &w, 1, spec_wd, 1e-14);
    w = .01;
    follow_adam(golden_get(file, "spec_check_float32"), &w, 1, spec_wd, 1e-6);
    for (size_t i = 0; i < 6; i++)
        six[i] = golden_at(file, "long_w0", i);
    follow_adam(golden_get(file, "long_float64"), six, 6, long_wd, 1e-13);
    for (size_t i = 0; i < 6; i++)
        six[i] = golden_at(file, "long_w0", i);
    follow_adam(golden_get(file, "long_float32"), six, 6, long_wd, 1e-5);
    json_decref(file);
}

static void
opening_the_reference_survives_every_lack_of_memory(void)
{
    enum err_code rc = ERR_NOMEM;
    unsigned long n = 0;
    struct rig g;

    rig_prepare(&g, &device_cpu_reference, &usual);
    while (rc != ERR_OK) {
        struct problem p = { .ratings = g.ratings,
                             .sampler = g.sampler,
                             .pool = g.pool,
                             .init = g.init,
                             .wd = 0 };

        mem_fail_at(++n, 0);
        rc = g.ops->open(&g.device, &p, NULL);
        CU_ASSERT_TRUE_FATAL(rc == ERR_OK || rc == ERR_NOMEM);
        CU_ASSERT_TRUE(rc == ERR_OK || g.device == NULL);
    }
    mem_fail_at(0, 0);
    CU_ASSERT_TRUE(n > 10);
    rig_close(&g);
}

CU_TestInfo tests_device[] = {
    { "any shape gives the numbers of the reference",
      any_shape_gives_the_numbers_of_the_reference },
    { "gradients are those of central differences",
      gradients_are_those_of_central_differences },
    { "one batch is learned by heart", one_batch_is_learned_by_heart },
    { "rows that nothing touches decay", rows_that_nothing_touches_decay },
    { "a weight that is NaN ends the call at its batch",
      a_weight_that_is_nan_ends_the_call_at_its_batch },
    { "threads do not change a byte", threads_do_not_change_a_byte },
    { "Adam steps as fastai's", adam_steps_as_fastais },
    { "opening the reference survives every lack of memory",
      opening_the_reference_survives_every_lack_of_memory },
    CU_TEST_INFO_NULL,
};
