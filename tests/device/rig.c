/* rig.c - a device with a problem of its own; see rig.h. */
#include "config.h"

#include "tests/device/rig.h"

#include "src/base/rng.h"
#include "tests/made.h"
#include "tests/unit.h"

#include <math.h>

const struct shape rig_usual = { .n_users = 40,
                                 .n_items = 30,
                                 .n_ratings = 1200,
                                 .k = 8,
                                 .batch = 64,
                                 .threads = 1,
                                 .wd = .01,
                                 .y_lo = .5f,
                                 .y_hi = 5.5f };

void
rig_rates(struct hyper ret[RIG_STEPS], double peak)
{
    for (size_t i = 0; i < RIG_STEPS; i++) {
        double x = .5 - .5 * cos(.02 * (double)(i + 1));

        ret[i] = (struct hyper){ .lr = peak * x, .mom = .95 - .1 * x };
    }
}

void
rig_every_device(void (*fn)(const struct device_ops *ops))
{
    const char *why;

    for (size_t i = 0; device_list[i] != NULL; i++)
        if (device_list[i]->probe(&why))
            fn(device_list[i]);
}

void
rig_prepare_with(struct rig *g, const struct device_ops *ops, const struct shape *s,
                 struct ratings *ratings)
{
    *g = (struct rig){ .ops = ops, .ratings = ratings };
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

void
rig_prepare(struct rig *g, const struct device_ops *ops, const struct shape *s)
{
    struct made want = { .n = s->n_ratings,
                         .n_users = s->n_users,
                         .n_items = s->n_items,
                         .held_out = s->n_ratings > 100 ? 10 : 0 };
    struct ratings *r = made_ratings(&want);

    for (size_t i = 0; i < want.n; i++) {
        struct rng_block w = rng_at(5, RNG_SYNTH, i, 0);
        float part = (float)(.05 + .9 * rng_unit(w.v[0], w.v[1]));

        r->stars[i] = s->y_lo + part * (s->y_hi - s->y_lo);
    }
    rig_prepare_with(g, ops, s, r);
}

void
rig_start(struct rig *g, double wd)
{
    struct problem p = { .ratings = g->ratings,
                         .sampler = g->sampler,
                         .pool = g->pool,
                         .init = g->init,
                         .wd = wd };

    CU_ASSERT_EQUAL_FATAL(g->ops->open(&g->device, &p, NULL), ERR_OK);
}

void
rig_open(struct rig *g, const struct device_ops *ops, const struct shape *s)
{
    rig_prepare(g, ops, s);
    rig_start(g, s->wd);
}

void
rig_close(struct rig *g)
{
    g->ops->close(g->device);
    sampler_free(g->sampler);
    pool_free(g->pool);
    ratings_free(g->ratings);
    model_free(g->init);
    model_free(g->now);
}

size_t
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
        g->steps += done;
        if (done < ask)
            break;
    }
    return at;
}

const struct model *
rig_settle(struct rig *g)
{
    CU_ASSERT_EQUAL_FATAL(g->ops->settle(g->device, g->now, NULL), ERR_OK);
    return g->now;
}
