/* fake_device.c - planted losses and failures; see fake_device.h. */
#include "config.h"

#include "tests/train/fake_device.h"

#include "src/base/mem.h"

#include "tests/unit.h"

#include <math.h>
#include <string.h>
#include <time.h>

#define N_FILMS  16
#define PER_USER 8

struct fake_script fake;

struct fake_state {
    struct device base;
    struct sampler *sampler;
    size_t n_held_out;
    size_t left; /* batches of the epoch */
    void *block; /* so that a device that is not closed is a leak */
};

void
fake_reset(void)
{
    memset(&fake, 0, sizeof(fake));
}

static enum err_code
fake_call(const char *what, struct err *err)
{
    unsigned long n = atomic_fetch_add(&fake.n_calls, 1) + 1;

    if (n == fake.fail_call)
        return err_set(err, ERR_UNAVAILABLE, "the fake failed to %s", what);
    return ERR_OK;
}

static bool
fake_probe(const char **ret_why)
{
    (void)ret_why;
    return true;
}

static uint64_t
fake_memory(uint32_t n_users, uint32_t n_items, unsigned k, size_t batch)
{
    return ((uint64_t)n_users + n_items) * k * 4 + batch;
}

static enum err_code
fake_open(struct device **ret, const struct problem *p, struct err *err)
{
    struct fake_state *s;
    enum err_code rc = fake_call("open", err);

    if (rc != ERR_OK)
        return rc;
    s = mem_new(1, sizeof(*s));
    if (s == NULL)
        return err_nomem(err, sizeof(*s), "the fake");
    s->base.ops = &fake_device;
    s->sampler = p->sampler;
    s->n_held_out = p->ratings != NULL ? p->ratings->n_held_out : 1;
    atomic_store(&fake.n_steps, 0);
    atomic_fetch_add(&fake.n_open, 1);
    *ret = &s->base;
    return ERR_OK;
}

static void
fake_close(struct device *d)
{
    if (d == NULL)
        return;
    atomic_fetch_sub(&fake.n_open, 1);
    mem_free(d);
}

static enum err_code
fake_begin_epoch(struct device *d, struct err *err)
{
    struct fake_state *s = (struct fake_state *)d;

    s->left = sampler_n_batches(s->sampler);
    return fake_call("begin an epoch", err);
}

static enum err_code
fake_steps(struct device *d, size_t n, const struct hyper *h, double *ret_loss,
           size_t *ret_done, struct err *err)
{
    struct fake_state *s = (struct fake_state *)d;
    enum err_code rc = fake_call("step", err);
    size_t i;

    if (rc != ERR_OK)
        return rc;
    for (i = 0; i < n && s->left > 0; i++) {
        size_t step = atomic_fetch_add(&fake.n_steps, 1) + 1;

        CU_ASSERT_TRUE(h[i].lr > 0 && h[i].mom > 0);
        if (fake.step_us != 0)
            nanosleep(&(struct timespec){ .tv_nsec = fake.step_us * 1000L }, NULL);
        s->left--;
        ret_loss[i] = step == fake.bad_step ? fake.bad_loss : 1 / (double)step;
        if (!isfinite(ret_loss[i])) {
            i++;
            break;
        }
    }
    *ret_done = i;
    return ERR_OK;
}

static enum err_code
fake_settle(struct device *d, struct model *into, struct err *err)
{
    (void)d;
    for (size_t i = 0; i < into->len; i++)
        into->arena[i] = (float)atomic_load(&fake.n_steps);
    return fake_call("settle", err);
}

static enum err_code
fake_evaluate(struct device *d, const struct model *m, struct eval *ret,
              struct err *err)
{
    size_t i = atomic_fetch_add(&fake.n_validated, 1);
    double loss = 1 / (double)m->arena[0];

    if (fake.n_valid != 0)
        loss = fake.valid[i < fake.n_valid ? i : fake.n_valid - 1];
    ret->n = ((struct fake_state *)d)->n_held_out;
    ret->sse = loss * (double)ret->n;
    ret->sae = sqrt(loss) * (double)ret->n;
    return fake_call("evaluate", err);
}

const struct device_ops fake_device = {
    .name = "fake",
    .summary = "planted losses, for tests",
    .probe = fake_probe,
    .memory = fake_memory,
    .open = fake_open,
    .close = fake_close,
    .begin_epoch = fake_begin_epoch,
    .steps = fake_steps,
    .settle = fake_settle,
    .evaluate = fake_evaluate,
};

struct ratings *
fake_ratings(uint32_t n_users, bool held_out)
{
    size_t n = (size_t)n_users * PER_USER;
    struct ratings *r = NULL;

    CU_ASSERT_EQUAL_FATAL(ratings_new(&r, n, n_users, N_FILMS, true, NULL), ERR_OK);
    r->n_values = 10;
    for (unsigned v = 0; v < r->n_values; v++)
        r->value[v] = 0.5f * (float)(v + 1);
    for (size_t i = 0; i < n; i++) {
        bool out = held_out && i % 4 == 3;

        r->item[i] = (uint32_t)(i * 5 % N_FILMS + 1) | (out ? RATINGS_HELD_OUT : 0);
        r->code[i] = (uint8_t)(i * 7 % 10);
        r->n_held_out += out;
        r->start[i / PER_USER + 2] = i + 1;
    }
    return r;
}
