/*
 * cpu.c - the fast CPU devices: opening and closing; see cpu.h. cpu_step.c has the
 * training, cpu_tables.c what reads the whole state.
 */
#include "config.h"

#include "src/device/cpu_state.h"

#include "src/base/mem.h"

uint64_t
cpu_memory(uint32_t n_users, uint32_t n_items, unsigned k, size_t batch)
{
    struct row_shape s = row_shape_of(k);
    uint64_t rows = (uint64_t)n_users + 1 + (uint64_t)n_items + 1;

    return rows * s.floats * sizeof(float) + sizeof(struct catchup) +
           cpu_batch_bytes(batch, n_items) + 2 * batch * sizeof(float) +
           cpu_eval_chunks(n_users) * sizeof(struct eval) + sizeof(struct cpu);
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
    d->sums = mem_new(cpu_eval_chunks(m->n_users), sizeof(*d->sums));
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
