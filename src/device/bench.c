/* bench.c - epochs and memory against the clock; see bench.h. */
#include "config.h"

#include "src/device/bench.h"

#include "src/base/clock.h"
#include "src/base/mem.h"
#include "src/device/cpu_batch.h"
#include "src/model/schedule.h"

#include <math.h>

#define TABLE_BYTES ((size_t)256 << 20)
#define LINE        ((size_t)64)
#define STRIDE      47 /* rows between two that are touched */
#define AHEAD       16 /* touched rows between asking for one and changing it */
#define ROUNDS      3
#define AT_ONCE     50 /* batches in a call */
#define SAMPLED     20 /* batches whose rows are counted */

/* ---- memory ---------------------------------------------------------------------- */

struct walk {
    char *table;      /* n rows */
    size_t n;         /* a multiple of STRIDE */
    size_t row_bytes; /* whole lines */
    bool random;
};

static char *
walk_row(const struct walk *w, size_t visit)
{
    size_t per_pass = w->n / STRIDE;

    if (w->random)
        visit = visit % per_pass * STRIDE + visit / per_pass;
    return w->table + visit * w->row_bytes;
}

/* A worker's share of the visits; a word of every line is changed. */
static void
walk_share(void *arg, unsigned id, unsigned n_workers)
{
    const struct walk *w = arg;
    size_t from = w->n * id / n_workers, to = w->n * (id + 1) / n_workers;

    for (size_t visit = from; visit < to; visit++) {
        char *row = walk_row(w, visit);
        const char *far = walk_row(w, visit + AHEAD < to ? visit + AHEAD : to - 1);

        for (size_t at = 0; at < w->row_bytes; at += LINE) {
            *(uint64_t *)(row + at) += 1;
            if (w->random)
                __builtin_prefetch(far + at, 0, 2);
        }
    }
}

/* Bytes a second of one kind of walk, the best of all rounds. */
static double
walk_speed(struct walk *w, bool random, struct pool *pool)
{
    double best = 0;

    w->random = random;
    for (int i = 0; i < ROUNDS; i++) {
        double began = clock_now_s();

        pool_run(pool, walk_share, w);
        best =
            fmax(best, 2.0 * (double)(w->n * w->row_bytes) / (clock_now_s() - began));
    }
    return best;
}

enum err_code
bench_memory(struct bench_memory *ret, size_t row_bytes, struct pool *pool,
             struct err *err)
{
    struct walk w = { .row_bytes = (row_bytes + LINE - 1) / LINE * LINE };

    w.n = TABLE_BYTES / w.row_bytes / STRIDE * STRIDE;
    w.table = mem_new(w.n, w.row_bytes);
    if (w.table == NULL)
        return err_nomem(err, TABLE_BYTES, "measuring memory");
    pool_run(pool, walk_share, &w); /* so that every page is there */
    ret->sequential = walk_speed(&w, false, pool);
    ret->random_row = walk_speed(&w, true, pool);
    mem_free(w.table);
    return ERR_OK;
}

/* ---- an epoch -------------------------------------------------------------------- */

/* Distinct users and items of a batch, from some batches spread over the epoch. */
static enum err_code
count_rows(double *ret, const struct problem *p, struct err *err)
{
    size_t B = sampler_batch_size(p->sampler), n = sampler_n_batches(p->sampler);
    size_t n_counted = n < SAMPLED ? n : SAMPLED;
    struct cpu_batcher batcher = { 0 };
    struct cpu_batch batch = { 0 };
    enum err_code rc = cpu_batcher_init(&batcher, B, p->init->n_items, err);
    double rows = 0;

    if (rc == ERR_OK)
        rc = cpu_batch_init(&batch, B, err);
    for (size_t i = 0; rc == ERR_OK && i < n_counted; i++) {
        cpu_batcher_make(&batcher, p->sampler, i * n / n_counted, &batch, NULL);
        rows += (double)batch.n_users + (double)batch.n_items;
    }
    if (rc == ERR_OK)
        *ret = rows * (double)n / (double)n_counted;
    cpu_batch_done(&batch);
    cpu_batcher_done(&batcher);
    return rc;
}

/* Steps from `*done` on, in one call; the schedule is that of a fit of one epoch. */
static enum err_code
some_steps(struct device *d, size_t n_epoch, size_t most, size_t *done, struct err *err)
{
    struct onecycle oc = onecycle_default(3e-3, n_epoch);
    struct hyper h[AT_ONCE];
    double loss[AT_ONCE];
    size_t n = most - *done < AT_ONCE ? most - *done : AT_ONCE, did;
    enum err_code rc;

    for (size_t i = 0; i < n; i++)
        onecycle_at(&oc, *done + i, &h[i].lr, &h[i].mom);
    rc = d->ops->steps(d, n, h, loss, &did, err);
    if (rc != ERR_OK)
        return rc;
    *done += did;
    if (!isfinite(loss[did - 1]))
        return err_set(err, ERR_NUMERIC, "the loss of batch %zu is not finite", *done);
    return ERR_OK;
}

static enum err_code
run_epoch(struct bench_epoch *ret, struct device *d, const struct problem *p,
          size_t max_batches, const atomic_bool *cancel, struct err *err)
{
    size_t n = sampler_n_batches(p->sampler), done = 0;
    size_t most = max_batches == 0 || max_batches > n ? n : max_batches;
    double began = clock_now_s(), shuffled;
    enum err_code rc = sampler_begin_epoch(p->sampler, 0, err);

    if (rc == ERR_OK)
        rc = d->ops->begin_epoch(d, err);
    shuffled = clock_now_s();
    while (rc == ERR_OK && done < most) {
        rc = some_steps(d, n, most, &done, err);
        if (rc == ERR_OK && cancel != NULL && atomic_load(cancel))
            rc = err_set(err, ERR_STATE, "interrupted after %zu of %zu batches", done,
                         most);
    }
    if (rc != ERR_OK)
        return rc;
    ret->seconds =
        shuffled - began + (clock_now_s() - shuffled) * (double)n / (double)done;
    ret->n_batches = n;
    ret->n_done = done;
    return count_rows(&ret->rows_touched, p, err);
}

static enum err_code
run_validation(struct bench_epoch *ret, struct device *d, const struct problem *p,
               struct err *err)
{
    const struct model *shape = p->init;
    struct model *now = NULL;
    struct eval eval;
    enum err_code rc = model_new(&now, shape->n_users, shape->n_items, shape->k,
                                 shape->y_lo, shape->y_hi, err);
    double began;

    if (rc != ERR_OK)
        return rc;
    /* Once before the clock runs, so that every page is there. */
    rc = d->ops->settle(d, now, err);
    began = clock_now_s();
    if (rc == ERR_OK)
        rc = d->ops->settle(d, now, err);
    if (rc == ERR_OK)
        rc = d->ops->evaluate(d, now, &eval, err);
    ret->validation_s = clock_now_s() - began;
    model_free(now);
    return rc;
}

enum err_code
bench_epoch(struct bench_epoch *ret, const struct device_ops *ops,
            const struct problem *p, size_t max_batches, const atomic_bool *cancel,
            struct err *err)
{
    struct device *d = NULL;
    enum err_code rc = ops->open(&d, p, err);

    if (rc != ERR_OK)
        return rc;
    rc = run_epoch(ret, d, p, max_batches, cancel, err);
    if (rc == ERR_OK)
        rc = run_validation(ret, d, p, err);
    sampler_end_epoch(p->sampler);
    ops->close(d);
    return rc;
}
