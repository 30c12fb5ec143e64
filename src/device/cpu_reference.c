/*
 * cpu_reference.c - dense forward, gradient and Adam; see cpu_reference.h.
 *
 * Letters: m users, n items, k factors, B batch, t step from 1. A step is three passes,
 * each shared out over the pool so that every number is computed by one worker in one
 * order: forward over the batch, gradient over the rows, Adam over the elements.
 *
 * Everything is double, where fastai is float32. A float32 weight multiplied by
 * 1 - lr·wd at every step loses what is below half a unit in its last place: at wd 1e-3
 * whole thousandths of the decay, always to the same side, which shows as 1e-5 of the
 * loss after 10,000 steps. What the fast devices are measured by must be nearer to the
 * formula than they are. fastai's traces, some hundred steps, hold either way.
 */
#include "config.h"

#include "src/device/cpu_reference.h"

#include "src/base/mem.h"

#include <math.h>
#include <string.h>

#define EVAL_USERS 256 /* users whose errors are summed together */

/* The four tables, laid out as a model's arena. */
struct tables {
    double *arena; /* (len) owned */
    double *U;     /* (m + 1, k) */
    double *I;     /* (n + 1, k) */
    double *bu;    /* (m + 1) */
    double *bi;    /* (n + 1) */
};

struct reference {
    struct device base;     /* first: this is a struct device */
    struct problem problem; /* `init` is looked at for its sizes alone */
    struct tables w;        /* weights */
    struct tables grad;     /* gradient of the batch */
    double *avg;            /* (len) m: moving average of the gradient, laid out as w */
    double *sqr;            /* (len) v: moving average of its square */
    struct batch batch;     /* (B) the present batch */
    double *error;          /* (B) e_j: derivative of the loss by the logit */
    double *sq;             /* (B) squared error */
    size_t next;            /* batch of the epoch that comes next */
    size_t t;               /* steps done */
    struct hyper h;         /* of the present step */

    const struct model *judged; /* evaluate: the model */
    struct eval *sums;          /* (blocks of EVAL_USERS users) */
};

static struct reference *
reference_of(struct device *d)
{
    return (struct reference *)d;
}

/* Worker id's share [*ret_from, *ret_to) of n things. */
static void
share(size_t n, unsigned id, unsigned n_workers, size_t *ret_from, size_t *ret_to)
{
    *ret_from = n * id / n_workers;
    *ret_to = n * (id + 1) / n_workers;
}

/* ---- one step ----------------------------------------------------------------- */

static double
logit(const struct reference *d, uint32_t u, uint32_t i)
{
    unsigned k = d->problem.init->k;
    const double *p = d->w.U + (size_t)u * k, *q = d->w.I + (size_t)i * k;
    double x = d->w.bu[u] + d->w.bi[i];

    for (unsigned f = 0; f < k; f++)
        x += p[f] * q[f];
    return x;
}

/* ŷ, squared error and e_j = (2/B)(ŷ - r)(hi - lo)σ(1 - σ) of each rating. */
static void
forward(void *arg, unsigned id, unsigned n_workers)
{
    struct reference *d = arg;
    const struct model *shape = d->problem.init;
    size_t B = sampler_batch_size(d->problem.sampler), from, to;
    double range = (double)shape->y_hi - shape->y_lo;

    share(B, id, n_workers, &from, &to);
    for (size_t j = from; j < to; j++) {
        double x = logit(d, d->batch.user[j], d->batch.item[j]);
        double s = 1 / (1 + exp(-x));
        double miss = shape->y_lo + range * s - d->batch.stars[j];

        d->sq[j] = miss * miss;
        d->error[j] = 2.0 / (double)B * miss * range * s * (1 - s);
    }
}

/* grad (rows, k) and grad_bias (rows) of the rows [from, to) of one table: the sum of
 * e_j times the other side's row over the batch, all from the values before the step.
 */
static void
table_gradient(const struct reference *d, const uint32_t *row, const uint32_t *other,
               const double *other_table, double *grad, double *grad_bias, size_t from,
               size_t to)
{
    size_t B = sampler_batch_size(d->problem.sampler);
    unsigned k = d->problem.init->k;

    memset(grad + from * k, 0, (to - from) * k * sizeof(*grad));
    memset(grad_bias + from, 0, (to - from) * sizeof(*grad_bias));
    for (size_t j = 0; j < B; j++) {
        double *g = grad + (size_t)row[j] * k, e = d->error[j];
        const double *o = other_table + (size_t)other[j] * k;

        if (row[j] < from || row[j] >= to)
            continue;
        for (unsigned f = 0; f < k; f++)
            g[f] += e * o[f];
        grad_bias[row[j]] += e;
    }
}

/* A worker owns a share of the rows of each table. */
static void
backward(void *arg, unsigned id, unsigned n_workers)
{
    struct reference *d = arg;
    const struct model *shape = d->problem.init;
    const struct tables *g = &d->grad;
    size_t from, to;

    share((size_t)shape->n_users + 1, id, n_workers, &from, &to);
    table_gradient(d, d->batch.user, d->batch.item, d->w.I, g->U, g->bu, from, to);
    share((size_t)shape->n_items + 1, id, n_workers, &from, &to);
    table_gradient(d, d->batch.item, d->batch.user, d->w.U, g->I, g->bi, from, to);
}

void
reference_adam(double *w, double *m, double *v, const double *g, size_t n,
               const struct hyper *h, double wd, size_t t)
{
    double decay = 1 - h->lr * wd, mom = h->mom;
    double debias = 1 - pow(ADAM_BETA2, (double)t);
    double rate = h->lr / (1 - pow(mom, (double)t));

    for (size_t i = 0; i < n; i++) {
        m[i] = mom * m[i] + (1 - mom) * g[i];
        v[i] = ADAM_BETA2 * v[i] + (1 - ADAM_BETA2) * g[i] * g[i];
        w[i] = w[i] * decay - rate * m[i] / (sqrt(v[i] / debias) + ADAM_EPS);
    }
}

/* A worker owns a share of the elements of all tables. */
static void
update(void *arg, unsigned id, unsigned n_workers)
{
    struct reference *d = arg;
    size_t i, to;

    share(d->problem.init->len, id, n_workers, &i, &to);
    reference_adam(d->w.arena + i, d->avg + i, d->sqr + i, d->grad.arena + i, to - i,
                   &d->h, d->problem.wd, d->t);
}

/* Mean squared error of the batch, from the weights before the step. */
static double
batch_loss(const struct reference *d)
{
    size_t B = sampler_batch_size(d->problem.sampler);
    double sum = 0;

    for (size_t j = 0; j < B; j++)
        sum += d->sq[j];
    return sum / (double)B;
}

static enum err_code
reference_steps(struct device *dev, size_t n, const struct hyper *h, double *ret_loss,
                size_t *ret_done, struct err *err)
{
    struct reference *d = reference_of(dev);
    size_t left = sampler_n_batches(d->problem.sampler) - d->next;
    size_t i;

    (void)err;
    for (i = 0; i < n && i < left; i++) {
        sampler_get(d->problem.sampler, d->next++, &d->batch);
        pool_run(d->problem.pool, forward, d);
        ret_loss[i] = batch_loss(d);
        if (!isfinite(ret_loss[i])) {
            i++;
            break;
        }
        d->t++;
        d->h = h[i];
        pool_run(d->problem.pool, backward, d);
        pool_run(d->problem.pool, update, d);
    }
    *ret_done = i;
    return ERR_OK;
}

/* ---- the rest of the table ---------------------------------------------------- */

static bool
reference_probe(const char **ret_why)
{
    (void)ret_why;
    return true;
}

static uint64_t
reference_memory(uint32_t n_users, uint32_t n_items, unsigned k, size_t batch)
{
    uint64_t rows = (uint64_t)n_users + 1 + (uint64_t)n_items + 1;
    uint64_t per_rating = 2 * sizeof(uint32_t) + sizeof(float) + 2 * sizeof(double);

    return 4 * rows * (k + 1) * sizeof(double) + batch * per_rating +
           (n_users / EVAL_USERS + 1) * sizeof(struct eval);
}

static void
reference_close(struct device *dev)
{
    struct reference *d = reference_of(dev);

    if (d == NULL)
        return;
    mem_free(d->w.arena);
    mem_free(d->grad.arena);
    mem_free(d->avg);
    mem_free(d->sqr);
    mem_free(d->batch.user);
    mem_free(d->batch.item);
    mem_free(d->batch.stars);
    mem_free(d->error);
    mem_free(d->sq);
    mem_free(d->sums);
    mem_free(d);
}

static bool
reserve_tables(struct tables *t, const struct model *shape)
{
    t->arena = mem_new(shape->len, sizeof(*t->arena));
    t->U = t->arena;
    t->I = t->U + ((size_t)shape->n_users + 1) * shape->k;
    t->bu = t->I + ((size_t)shape->n_items + 1) * shape->k;
    t->bi = t->bu + shape->n_users + 1;
    return t->arena != NULL;
}

/* Take all memory; what is missing stays NULL. */
static bool
reserve(struct reference *d)
{
    const struct model *shape = d->problem.init;
    size_t B = sampler_batch_size(d->problem.sampler);

    d->avg = mem_new(shape->len, sizeof(*d->avg));
    d->sqr = mem_new(shape->len, sizeof(*d->sqr));
    d->batch.user = mem_new(B, sizeof(*d->batch.user));
    d->batch.item = mem_new(B, sizeof(*d->batch.item));
    d->batch.stars = mem_new(B, sizeof(*d->batch.stars));
    d->error = mem_new(B, sizeof(*d->error));
    d->sq = mem_new(B, sizeof(*d->sq));
    d->sums = mem_new(shape->n_users / EVAL_USERS + 1, sizeof(*d->sums));
    return reserve_tables(&d->w, shape) && reserve_tables(&d->grad, shape) &&
           d->avg != NULL && d->sqr != NULL && d->batch.user != NULL &&
           d->batch.item != NULL && d->batch.stars != NULL && d->error != NULL &&
           d->sq != NULL && d->sums != NULL;
}

static enum err_code
reference_open(struct device **ret, const struct problem *p, struct err *err)
{
    const struct model *init = p->init;
    struct reference *d = mem_new(1, sizeof(*d));
    enum err_code rc;

    if (d == NULL)
        return err_nomem(err, sizeof(*d), "the reference device");
    d->base.ops = &device_cpu_reference;
    d->problem = *p;
    if (!reserve(d)) {
        rc = err_nomem(err,
                       reference_memory(init->n_users, init->n_items, init->k,
                                        sampler_batch_size(p->sampler)),
                       "the reference device");
        reference_close(&d->base);
        return rc;
    }
    for (size_t i = 0; i < init->len; i++)
        d->w.arena[i] = init->arena[i];
    *ret = &d->base;
    return ERR_OK;
}

static enum err_code
reference_begin_epoch(struct device *dev, struct err *err)
{
    (void)err;
    reference_of(dev)->next = 0;
    return ERR_OK;
}

static enum err_code
reference_settle(struct device *dev, struct model *into, struct err *err)
{
    const double *w = reference_of(dev)->w.arena;

    (void)err;
    for (size_t i = 0; i < into->len; i++)
        into->arena[i] = (float)w[i];
    return ERR_OK;
}

/* Sums over blocks of users, each by one worker. */
static void
judge(void *arg, unsigned id, unsigned n_workers)
{
    struct reference *d = arg;
    const struct ratings *r = d->problem.ratings;
    size_t n_blocks = r->n_users / EVAL_USERS + 1;

    for (size_t b = id; b < n_blocks; b += n_workers) {
        struct eval sum = { 0 };

        for (size_t u = b * EVAL_USERS; u < (b + 1) * EVAL_USERS && u <= r->n_users;
             u++)
            for (size_t at = r->start[u]; at < r->start[u + 1]; at++) {
                double x, miss;

                if (!ratings_held_out(r, at))
                    continue;
                x = model_logit(d->judged, (uint32_t)u, ratings_item(r, at));
                miss = model_rating(d->judged, x) - ratings_stars(r, at);
                sum.n++;
                sum.sse += miss * miss;
                sum.sae += fabs(miss);
            }
        d->sums[b] = sum;
    }
}

static enum err_code
reference_evaluate(struct device *dev, const struct model *m, struct eval *ret,
                   struct err *err)
{
    struct reference *d = reference_of(dev);
    size_t n_blocks = d->problem.ratings->n_users / EVAL_USERS + 1;

    (void)err;
    d->judged = m;
    pool_run(d->problem.pool, judge, d);
    *ret = (struct eval){ 0 };
    for (size_t b = 0; b < n_blocks; b++) {
        ret->n += d->sums[b].n;
        ret->sse += d->sums[b].sse;
        ret->sae += d->sums[b].sae;
    }
    return ERR_OK;
}

const struct device_ops device_cpu_reference = {
    .name = "cpu-reference",
    .summary = "plain dense loop, the specification in code; slow",
    .probe = reference_probe,
    .memory = reference_memory,
    .open = reference_open,
    .close = reference_close,
    .begin_epoch = reference_begin_epoch,
    .steps = reference_steps,
    .settle = reference_settle,
    .evaluate = reference_evaluate,
};
