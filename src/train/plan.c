/* plan.c - settings, and what they come to; see plan.h. */
#include "config.h"

#include "src/train/plan.h"

#include "src/base/sysinfo.h"
#include "src/model/model.h"

#include <math.h>

#define MIB ((double)(1 << 20))

struct train_config
train_config_defaults(void)
{
    return (struct train_config){ .factors = 100,
                                  .epochs = 2,
                                  .lr = 3e-3,
                                  .wd = 1e-3,
                                  .y_lo = 0.5,
                                  .y_hi = 5.5,
                                  .seed = 42,
                                  .patience = 2,
                                  .sampling = SAMPLING_PERMUTATION,
                                  .device = "auto",
                                  .item = DATASET_ITEM_TITLE,
                                  .valid_part = 0.1 };
}

size_t
train_batch_auto(size_t n_ratings)
{
    size_t b = 64;

    while (b < 4096 && 2 * b <= n_ratings / 1000)
        b *= 2;
    return b;
}

static enum err_code
check_config(const struct train_config *c, struct err *err)
{
    if (c->factors < 1 || c->factors > MODEL_MAX_FACTORS)
        return err_set(err, ERR_ARG, "--factors %u: expected 1 to %d", c->factors,
                       MODEL_MAX_FACTORS);
    if (c->epochs < 1 || c->epochs > TRAIN_MAX_EPOCHS)
        return err_set(err, ERR_ARG, "--epochs %u: expected 1 to %d", c->epochs,
                       TRAIN_MAX_EPOCHS);
    if (!isfinite(c->lr) || c->lr < 0)
        return err_set(err, ERR_ARG,
                       "--lr %g: expected a number above 0, such as 3e-3, or 'auto'",
                       c->lr);
    if (!isfinite(c->wd) || c->wd < 0)
        return err_set(err, ERR_ARG, "--wd %g: expected 0 or more, such as 1e-3",
                       c->wd);
    if (c->lr * c->wd >= 1)
        return err_set(err, ERR_ARG,
                       "--lr %g with --wd %g: their product must be below 1, or the "
                       "weights would change sign in every step",
                       c->lr, c->wd);
    /* As the model keeps them, in which numbers far apart or close by may be no range.
     */
    if (!isfinite((float)c->y_hi - (float)c->y_lo) || (float)c->y_lo >= (float)c->y_hi)
        return err_set(err, ERR_ARG,
                       "--y-range %g,%g: expected two numbers, the lower one first, "
                       "such as 0.5,5.5",
                       c->y_lo, c->y_hi);
    if (c->threads > TRAIN_MAX_THREADS)
        return err_set(err, ERR_ARG, "--threads %u: expected at most %d", c->threads,
                       TRAIN_MAX_THREADS);
    return ERR_OK;
}

/* The largest power of two that is at most B and at most n. */
static size_t
batch_within(size_t batch, size_t n)
{
    while (batch > n && batch > 1)
        batch /= 2;
    return batch;
}

/* Batches, steps and an epoch's memory, as the sampler will have them. */
static enum err_code
plan_batches(struct plan *p, const struct train_config *c, const struct ratings *r,
             struct err *err)
{
    struct sampler *s = NULL;
    enum err_code rc;

    p->n_train = ratings_n_train(r);
    p->n_valid = r->n_held_out;
    p->batch =
        c->batch != 0 ? c->batch : batch_within(train_batch_auto(r->n), p->n_train);
    rc = sampler_new(&s, r, p->batch, c->sampling, c->seed, false, NULL, err);
    if (rc != ERR_OK)
        return rc;
    p->n_batches = sampler_n_batches(s);
    p->order_bytes = sampler_epoch_bytes(s);
    sampler_free(s);
    p->n_steps = p->n_batches * c->epochs;
    if (p->n_steps > INT32_MAX)
        return err_set(err, ERR_ARG,
                       "%u epochs of %zu batches are more than %d steps: try a larger "
                       "--batch or fewer --epochs",
                       c->epochs, p->n_batches, INT32_MAX);
    return ERR_OK;
}

/*
 * The initial weights, then the best so far, stay beside the live state; the order is
 * given back before a validation settles a second copy.
 */
static void
plan_memory(struct plan *p, const struct train_config *c, const struct ratings *r)
{
    uint64_t per_rating =
        sizeof(*r->item) + (r->code != NULL ? sizeof(*r->code) : sizeof(*r->stars));
    uint64_t beside;

    p->n_weights = ((uint64_t)r->n_users + 1 + (uint64_t)r->n_items + 1) *
                   ((uint64_t)c->factors + 1);
    p->model_bytes = p->n_weights * sizeof(float);
    p->data_bytes = r->n * per_rating + ((uint64_t)r->n_users + 2) * sizeof(*r->start);
    p->device_bytes = p->ops->memory(r->n_users, r->n_items, c->factors, p->batch);
    beside = p->order_bytes > p->model_bytes ? p->order_bytes : p->model_bytes;
    p->need_bytes = p->device_bytes + p->model_bytes + beside;
    /* The session's thread and a pool, in which that thread is the first. */
    p->available_bytes = sysinfo_memory_available(p->threads);
}

enum err_code
plan_make(struct plan *ret, const struct train_config *c, const struct ratings *r,
          struct err *err)
{
    struct plan p = { .ops = c->ops };
    enum err_code rc = check_config(c, err);

    if (rc == ERR_OK && p.ops == NULL)
        rc = device_find(&p.ops, c->device, err);
    if (rc == ERR_OK)
        rc = plan_batches(&p, c, r, err);
    if (rc != ERR_OK)
        return rc;
    p.threads = c->threads != 0 ? c->threads : sysinfo_cpus();
    plan_memory(&p, c, r);
    *ret = p;
    return ERR_OK;
}

enum err_code
plan_check_memory(const struct plan *p, struct err *err)
{
    if (p->available_bytes == 0 || p->need_bytes <= p->available_bytes)
        return ERR_OK;
    return err_set(
        err, ERR_NOMEM,
        "training needs %.0f MiB of memory more (%.0f for the %s device, %.0f "
        "for an epoch's order, %.0f for each copy of the model) and %.0f are "
        "available: try fewer --factors",
        (double)p->need_bytes / MIB, (double)p->device_bytes / MIB, p->ops->name,
        (double)p->order_bytes / MIB, (double)p->model_bytes / MIB,
        (double)p->available_bytes / MIB);
}
