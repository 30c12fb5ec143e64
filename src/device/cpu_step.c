/*
 * cpu_step.c - the fast CPU devices train: batches of an epoch; see cpu.h.
 *
 * A step is two phases with a barrier after each. Phase one: users of the batch; and
 * meanwhile one thread makes the next batch ready and another the next tables. Phase
 * two: items of the batch, which at once become those of the next. So that a call may
 * end anywhere, the next batch and its begun items are held until the next call.
 */
#include "config.h"

#include "src/device/cpu_state.h"

#include <math.h>

enum {
    USER_CHUNK = 64, /* users taken at once, a multiple of the kernel's block */
    ITEM_CHUNK = 64,
    /*
     * Ratings of a batch that there are for each thread, at least. Measured with two
     * threads on two cores, AVX-512, 50 to 200 factors, 610 and 6040 users: 1.3 to 1.5
     * times as fast as one with batches of 64, 1.3 to 1.7 with 128, 1.5 to 1.7 with 256
     * to 1024, 1.5 to 1.9 with 4096. Where others keep the cores busy each barrier may
     * wait for a turn, and small batches lose most: a tenth of the speed of one thread
     * with 64, a fifth with 256, half of it with 4096. So two from 256 on.
     */
    TEAM_SHARE = 128
};

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

/* How many of the workers do a batch: the first ones. */
static unsigned
team_size(size_t B, unsigned n_workers)
{
    size_t most = B / TEAM_SHARE;

    return most < 1 ? 1 : most < n_workers ? (unsigned)most : n_workers;
}

/* Run by every worker of the pool. */
static void
run_job(void *arg, unsigned id, unsigned n_workers)
{
    struct cpu *d = arg;
    struct cpu_job *j = &d->job;
    unsigned team = team_size(d->batcher.B, n_workers), mode;

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
    if (d->t % CATCHUP_SPAN == 0)
        cpu_sweep(d);
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
