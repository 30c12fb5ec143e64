/*
 * cpu_tables.c - the fast CPU devices read whole tables: settled weights, long gaps
 * swept, errors over the held-out ratings; see cpu.h.
 */
#include "config.h"

#include "src/device/cpu_state.h"

#include <assert.h>

#define ROW_CHUNK 2048 /* rows taken at once when a whole table is walked */

static void
aim_at_tables(struct cpu *d, struct model *into)
{
    struct cpu_settle both = { .shape = d->shape, .past = d->past, .t = d->t };

    d->settle[0] = d->settle[1] = both;
    d->settle[0].rows = d->users;
    d->settle[1].rows = d->items;
    d->settle[1].held = d->held ? &d->batcher : NULL;
    if (into == NULL)
        return;
    d->settle[0].weight = into->U;
    d->settle[0].bias = into->bu;
    d->settle[1].weight = into->I;
    d->settle[1].bias = into->bi;
}

/* Chunks of the users' rows, then of the items'. */
static size_t
row_chunks(uint32_t n)
{
    return (size_t)n / ROW_CHUNK + 1;
}

static void
walk_tables(struct cpu *d, unsigned id, unsigned n_workers,
            void (*fn)(struct cpu *d, int table, uint32_t from, uint32_t to))
{
    uint32_t n[2] = { d->problem.init->n_users, d->problem.init->n_items };
    unsigned mode = d->kernel->flush_tiny();

    for (int table = 0; table < 2; table++)
        for (size_t c = id; c < row_chunks(n[table]); c += n_workers) {
            uint32_t from = (uint32_t)c * ROW_CHUNK, rows = n[table] + 1 - from;

            fn(d, table, from, from + (rows < ROW_CHUNK ? rows : ROW_CHUNK));
        }
    d->kernel->restore(mode);
}

static void
settle_rows(struct cpu *d, int table, uint32_t from, uint32_t to)
{
    d->kernel->settle(&d->settle[table], from, to);
}

static void
sweep_rows(struct cpu *d, int table, uint32_t from, uint32_t to)
{
    d->kernel->sweep(&d->settle[table], table == 0 ? d->users : d->items, from, to);
}

static void
run_settle(void *arg, unsigned id, unsigned n_workers)
{
    walk_tables(arg, id, n_workers, settle_rows);
}

static void
run_sweep(void *arg, unsigned id, unsigned n_workers)
{
    walk_tables(arg, id, n_workers, sweep_rows);
}

static void
run_evaluate(void *arg, unsigned id, unsigned n_workers)
{
    struct cpu *d = arg;
    const struct ratings *r = d->problem.ratings;
    size_t n_chunks = cpu_eval_chunks(r->n_users);

    for (size_t c = id; c < n_chunks; c += n_workers) {
        uint32_t from = (uint32_t)c * CPU_EVAL_CHUNK, left = r->n_users + 1 - from;

        d->kernel->evaluate(d->judged, r, from,
                            from + (left < CPU_EVAL_CHUNK ? left : CPU_EVAL_CHUNK),
                            &d->sums[c]);
    }
}

void
cpu_sweep(struct cpu *d)
{
    aim_at_tables(d, NULL);
    pool_run(d->problem.pool, run_sweep, d);
}

enum err_code
cpu_settle(struct device *dev, struct model *into, struct err *err)
{
    struct cpu *d = cpu_of(dev);

    (void)err;
    assert(into->len == d->problem.init->len && into->k == d->shape.k);
    aim_at_tables(d, into);
    pool_run(d->problem.pool, run_settle, d);
    return ERR_OK;
}

enum err_code
cpu_evaluate(struct device *dev, const struct model *m, struct eval *ret,
             struct err *err)
{
    struct cpu *d = cpu_of(dev);
    size_t n_chunks = cpu_eval_chunks(d->problem.ratings->n_users);
    struct eval sum = { 0 };

    (void)err;
    d->judged = m;
    pool_run(d->problem.pool, run_evaluate, d);
    for (size_t c = 0; c < n_chunks; c++) {
        sum.n += d->sums[c].n;
        sum.sse += d->sums[c].sse;
        sum.sae += d->sums[c].sae;
    }
    *ret = sum;
    return ERR_OK;
}
