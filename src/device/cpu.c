/*
 * cpu.c - the fast CPU devices: state, steps, settling; see cpu.h.
 *
 * A step is two phases with a barrier after each. Phase one: users of the batch; and
 * meanwhile one thread makes the next batch ready and another the next tables. Phase
 * two: items of the batch, which at once become those of the next. So that a call may
 * end anywhere, the next batch and its begun items are held until the next call.
 */
#include "config.h"

#include "src/device/cpu.h"

#include "src/base/mem.h"

#include <assert.h>
#include <math.h>

enum {
    USER_CHUNK = 64, /* users taken at once, a multiple of the kernel's block */
    ITEM_CHUNK = 64,
    ROW_CHUNK = 2048, /* rows taken at once when a whole table is walked */
    EVAL_CHUNK = 256, /* users whose errors are summed together */
    TEAM_BATCH = 1024 /* smaller batches are done by one thread */
};

/* What the threads of one pool_run do; the caller's, written by it alone but for what
 * is said. */
struct cpu_job {
    size_t n;              /* batches */
    const struct hyper *h; /* (n) */
    double *loss;          /* (n) by thread 0 */
    size_t n_done;         /* by thread 0 */
    size_t at;             /* first batch, of the epoch */
    uint32_t t;            /* its step */
    bool held;             /* is it ready? */
};

struct cpu {
    struct device base; /* first: this is a struct device */
    const struct cpu_kernel *kernel;
    struct problem problem;
    struct row_shape shape;
    float *users; /* (m + 1) records */
    float *items; /* (n + 1) records */
    struct catchup *past;
    struct cpu_batcher batcher;
    struct cpu_batch batch[2]; /* of step t: batch[t & 1] */
    float *error, *sq;         /* (B) */
    uint32_t t;                /* step to come, from 1 */
    size_t next;               /* batch to come, of the epoch */
    bool held;                 /* it is ready and its items have begun */

    struct team_barrier barrier;
    struct team_list user_work, end_work, begin_work;
    struct cpu_job job;

    struct cpu_settle settle[2]; /* users, items; while whole tables are walked */
    const struct model *judged;  /* while evaluating */
    struct eval *sums;           /* (chunks of EVAL_CHUNK users) */
};

static struct cpu *
cpu_of(struct device *d)
{
    return (struct cpu *)d;
}

/* ---- a step -------------------------------------------------------------------- */

static struct cpu_pass
pass_of(const struct cpu *d, uint32_t t, double mom)
{
    const struct model *m = d->problem.init;
    float range = m->y_hi - m->y_lo;

    return (struct cpu_pass){ .shape = d->shape,
                              .users = d->users,
                              .items = d->items,
                              .past = d->past,
                              .batch = &d->batch[t & 1],
                              .t = t,
                              .mom = (float)mom,
                              .y_lo = m->y_lo,
                              .y_range = range,
                              .grad_scale = 2 * range / (float)d->batcher.B,
                              .error = d->error,
                              .sq = d->sq };
}

/* The team shares out n things of a list. */
static void
share(struct team_list *list, uint32_t n, uint32_t chunk, unsigned id, unsigned team,
      void (*fn)(const struct cpu_pass *, struct team_chunk),
      const struct cpu_pass *pass)
{
    struct team_walk walk = { .id = id, .n = team, .n_things = n, .chunk = chunk };
    struct team_chunk c;

    while (team_take(list, &walk, &c))
        fn(pass, c);
}

static void
begin_items(struct cpu *d, uint32_t t, unsigned id, unsigned team)
{
    struct cpu_pass pass = pass_of(d, t, 0);

    share(&d->begin_work, pass.batch->n_entering, ITEM_CHUNK, id, team,
          d->kernel->item_begin, &pass);
}

/* The first batch of an epoch has none before it. */
static void
begin_chain(struct cpu *d, unsigned id, unsigned team)
{
    struct cpu_job *j = &d->job;

    if (id == 0) {
        cpu_batcher_make(&d->batcher, d->problem.sampler, j->at, &d->batch[j->t & 1],
                         NULL);
        team_list_reset(&d->user_work, team);
        team_list_reset(&d->begin_work, team);
    }
    team_barrier_wait(&d->barrier, team);
    begin_items(d, j->t, id, team);
    team_barrier_wait(&d->barrier, team);
}

/* Mean squared error of the batch, in batch order. */
static double
batch_loss(const struct cpu *d)
{
    double sum = 0;

    for (size_t i = 0; i < d->batcher.B; i++)
        sum += (double)d->sq[i];
    return sum / (double)d->batcher.B;
}

/* Phase one of the job's i-th batch. */
static void
step_users(struct cpu *d, size_t i, unsigned id, unsigned team)
{
    struct cpu_job *j = &d->job;
    uint32_t t = j->t + (uint32_t)i;
    struct cpu_pass pass = pass_of(d, t, j->h[i].mom);
    struct cpu_batch *now = &d->batch[t & 1], *next = &d->batch[(t + 1) & 1];
    size_t at = j->at + i + 1;

    if (id == 0) {
        team_list_reset(&d->end_work, team);
        team_list_reset(&d->begin_work, team);
        if (at < sampler_n_batches(d->problem.sampler))
            cpu_batcher_make(&d->batcher, d->problem.sampler, at, next, now);
        else
            cpu_batch_is_last(now, next);
    }
    if (id == team - 1)
        catchup_step(d->past, t, &j->h[i]);
    share(&d->user_work, now->n_users, USER_CHUNK, id, team, d->kernel->user_pass,
          &pass);
}

/* Phase two. */
static void
step_items(struct cpu *d, size_t i, unsigned id, unsigned team)
{
    struct cpu_job *j = &d->job;
    uint32_t t = j->t + (uint32_t)i;
    struct cpu_pass pass = pass_of(d, t, j->h[i].mom);

    if (id == 0) {
        team_list_reset(&d->user_work, team);
        j->loss[i] = batch_loss(d);
        j->n_done = i + 1;
    }
    share(&d->end_work, pass.batch->n_items, ITEM_CHUNK, id, team, d->kernel->item_end,
          &pass);
    begin_items(d, t + 1, id, team);
}

/* Run by every worker of the pool; small batches by the first alone. */
static void
run_job(void *arg, unsigned id, unsigned n_workers)
{
    struct cpu *d = arg;
    struct cpu_job *j = &d->job;
    unsigned team = d->batcher.B < TEAM_BATCH ? 1 : n_workers, mode;

    if (id >= team)
        return;
    mode = d->kernel->flush_tiny();
    if (!j->held)
        begin_chain(d, id, team);
    for (size_t i = 0; i < j->n; i++) {
        step_users(d, i, id, team);
        team_barrier_wait(&d->barrier, team);
        step_items(d, i, id, team);
        team_barrier_wait(&d->barrier, team);
        if (!isfinite(j->loss[i]))
            break;
    }
    d->kernel->restore(mode);
}

/* ---- whole tables -------------------------------------------------------------- */

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
    size_t n_chunks = r->n_users / EVAL_CHUNK + 1;

    for (size_t c = id; c < n_chunks; c += n_workers) {
        uint32_t from = (uint32_t)c * EVAL_CHUNK, left = r->n_users + 1 - from;

        d->kernel->evaluate(d->judged, r, from,
                            from + (left < EVAL_CHUNK ? left : EVAL_CHUNK),
                            &d->sums[c]);
    }
}

/* ---- the members of the table --------------------------------------------------- */

enum err_code
cpu_begin_epoch(struct device *dev, struct err *err)
{
    struct cpu *d = cpu_of(dev);

    if (d->held)
        return err_set(err, ERR_STATE,
                       "a new epoch cannot begin: batch %zu of the last is still held",
                       d->next + 1);
    d->next = 0;
    return ERR_OK;
}

/* Batches that can be done before the next sweep is due. */
static size_t
until_sweep(uint32_t t)
{
    return CATCHUP_SPAN - t % CATCHUP_SPAN;
}

/* n >= 1 batches of the epoch, none of them beyond a sweep; how many were done. */
static size_t
run_batches(struct cpu *d, size_t n, const struct hyper *h, double *loss)
{
    if (d->t % CATCHUP_SPAN == 0) {
        aim_at_tables(d, NULL);
        pool_run(d->problem.pool, run_sweep, d);
    }
    d->job = (struct cpu_job){
        .n = n, .h = h, .loss = loss, .at = d->next, .t = d->t, .held = d->held
    };
    pool_run(d->problem.pool, run_job, d);
    d->t += (uint32_t)d->job.n_done;
    d->next += d->job.n_done;
    d->held = d->next < sampler_n_batches(d->problem.sampler);
    return d->job.n_done;
}

enum err_code
cpu_steps(struct device *dev, size_t n, const struct hyper *h, double *ret_loss,
          size_t *ret_done, struct err *err)
{
    struct cpu *d = cpu_of(dev);
    size_t left = sampler_n_batches(d->problem.sampler) - d->next, done = 0;

    (void)err;
    if (n > left)
        n = left;
    while (done < n) {
        size_t most = until_sweep(d->t), some = n - done < most ? n - done : most;

        done += run_batches(d, some, h + done, ret_loss + done);
        if (!isfinite(ret_loss[done - 1]))
            break;
    }
    *ret_done = done;
    return ERR_OK;
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
    size_t n_chunks = d->problem.ratings->n_users / EVAL_CHUNK + 1;
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

/* ---- opening -------------------------------------------------------------------- */

uint64_t
cpu_memory(uint32_t n_users, uint32_t n_items, unsigned k, size_t batch)
{
    struct row_shape s = row_shape_of(k);
    uint64_t rows = (uint64_t)n_users + 1 + (uint64_t)n_items + 1;

    return rows * s.floats * sizeof(float) + sizeof(struct catchup) +
           cpu_batch_bytes(batch, n_items) + 2 * batch * sizeof(float) +
           (n_users / EVAL_CHUNK + 1) * sizeof(struct eval) + sizeof(struct cpu);
}

void
cpu_close(struct device *dev)
{
    struct cpu *d = cpu_of(dev);

    if (d == NULL)
        return;
    mem_free(d->users);
    mem_free(d->items);
    mem_free(d->past);
    cpu_batcher_done(&d->batcher);
    cpu_batch_done(&d->batch[0]);
    cpu_batch_done(&d->batch[1]);
    mem_free(d->error);
    mem_free(d->sq);
    mem_free(d->sums);
    team_list_done(&d->user_work);
    team_list_done(&d->end_work);
    team_list_done(&d->begin_work);
    mem_free(d);
}

static enum err_code
reserve_arrays(struct cpu *d, struct err *err)
{
    const struct model *m = d->problem.init;
    size_t B = sampler_batch_size(d->problem.sampler);

    d->users = mem_new((size_t)m->n_users + 1, d->shape.floats * sizeof(float));
    d->items = mem_new((size_t)m->n_items + 1, d->shape.floats * sizeof(float));
    d->error = mem_new(B, sizeof(*d->error));
    d->sq = mem_new(B, sizeof(*d->sq));
    d->sums = mem_new(m->n_users / EVAL_CHUNK + 1, sizeof(*d->sums));
    if (d->users == NULL || d->items == NULL || d->error == NULL || d->sq == NULL ||
        d->sums == NULL)
        return err_nomem(err, cpu_memory(m->n_users, m->n_items, m->k, B), "training");
    return ERR_OK;
}

static enum err_code
reserve(struct cpu *d, struct err *err)
{
    size_t B = sampler_batch_size(d->problem.sampler);
    unsigned team = pool_size(d->problem.pool);
    enum err_code rc = reserve_arrays(d, err);

    if (rc == ERR_OK)
        rc = catchup_new(&d->past, d->problem.wd, d->kernel->advance, err);
    if (rc == ERR_OK)
        rc = cpu_batcher_init(&d->batcher, B, d->problem.init->n_items, err);
    if (rc == ERR_OK)
        rc = cpu_batch_init(&d->batch[0], B, err);
    if (rc == ERR_OK)
        rc = cpu_batch_init(&d->batch[1], B, err);
    if (rc == ERR_OK)
        rc = team_list_init(&d->user_work, team, err);
    if (rc == ERR_OK)
        rc = team_list_init(&d->end_work, team, err);
    if (rc == ERR_OK)
        rc = team_list_init(&d->begin_work, team, err);
    return rc;
}

/* Initial weights into a table of records that are all 0. */
static void
put_weights(const struct row_shape *s, float *records, size_t n, const float *weight,
            const float *bias)
{
    for (size_t i = 0; i < n; i++) {
        float *row = records + i * s->floats;
        const float *w = weight + i * s->k;

        memcpy(row + s->head, w, LANES * s->full * sizeof(*w));
        memcpy(row, w + LANES * s->full, (s->rest - 1) * sizeof(*w));
        row[s->rest - 1] = bias[i];
    }
}

enum err_code
cpu_open(struct device **ret, const struct problem *p, const struct device_ops *ops,
         const struct cpu_kernel *kernel, struct err *err)
{
    const struct model *m = p->init;
    struct cpu *d = mem_new(1, sizeof(*d));
    enum err_code rc;

    if (d == NULL)
        return err_nomem(err, sizeof(*d), "training");
    d->base.ops = ops;
    d->kernel = kernel;
    d->problem = *p;
    d->shape = row_shape_of(m->k);
    d->t = 1;
    rc = reserve(d, err);
    if (rc != ERR_OK) {
        cpu_close(&d->base);
        return rc;
    }
    put_weights(&d->shape, d->users, (size_t)m->n_users + 1, m->U, m->bu);
    put_weights(&d->shape, d->items, (size_t)m->n_items + 1, m->I, m->bi);
    *ret = &d->base;
    return ERR_OK;
}
