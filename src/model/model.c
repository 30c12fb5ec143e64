/* model.c - the four tables; see model.h. */
#include "config.h"

#include "src/model/model.h"

#include "src/base/mem.h"
#include "src/base/rng.h"

#include <math.h>

enum err_code
model_new(struct model **ret, uint32_t n_users, uint32_t n_items, unsigned k,
          float y_lo, float y_hi, struct err *err)
{
    size_t m1 = (size_t)n_users + 1, n1 = (size_t)n_items + 1;
    struct model *m = mem_new(1, sizeof(*m));

    if (m == NULL)
        return err_nomem(err, sizeof(*m), "a model");
    *m = (struct model){ .n_users = n_users,
                         .n_items = n_items,
                         .k = k,
                         .y_lo = y_lo,
                         .y_hi = y_hi,
                         .len = (m1 + n1) * (k + 1) };
    m->arena = mem_new(m->len, sizeof(*m->arena));
    if (m->arena == NULL) {
        size_t bytes = m->len * sizeof(*m->arena);

        model_free(m);
        return err_nomem(err, bytes, "a model");
    }
    m->U = m->arena;
    m->I = m->U + m1 * k;
    m->bu = m->I + n1 * k;
    m->bi = m->bu + m1;
    *ret = m;
    return ERR_OK;
}

void
model_free(struct model *m)
{
    if (m == NULL)
        return;
    mem_free(m->arena);
    mem_free(m);
}

struct init_job {
    struct model *m;
    uint64_t seed;
};

/* Wrapped at 2 and scaled. Most z are below 2, where fmod would only cost time. */
static float
init_weight(double z)
{
    return (float)(0.01 * (fabs(z) < 2 ? z : fmod(z, 2.0)));
}

#define PAIRS ((size_t)256) /* drawn at once */

/* A worker's share of the pairs of elements; one block of random words a pair. */
static void
init_share(void *arg, unsigned id, unsigned n)
{
    const struct init_job *job = arg;
    struct model *m = job->m;
    size_t n_pairs = (m->len + 1) / 2, end = n_pairs * (id + 1) / n;
    struct rng_block word[PAIRS];

    for (size_t p = n_pairs * id / n; p < end; p++) {
        size_t at = p % PAIRS; /* no matter where in the blocks a share begins */
        double z[2];

        if (at == 0 || p == n_pairs * id / n)
            rng_fill(job->seed, RNG_INIT, p, 0, PAIRS - at, word[at].v);
        rng_normal2(word[at], z);
        m->arena[2 * p] = init_weight(z[0]);
        if (2 * p + 1 < m->len)
            m->arena[2 * p + 1] = init_weight(z[1]);
    }
}

void
model_init(struct model *m, uint64_t seed, struct pool *pool)
{
    struct init_job job = { m, seed };

    pool_run(pool, init_share, &job);
}

double
model_logit(const struct model *m, uint32_t u, uint32_t i)
{
    const float *p = m->U + (size_t)u * m->k;
    const float *q = m->I + (size_t)i * m->k;
    double x = (double)m->bu[u] + (double)m->bi[i];

    for (unsigned f = 0; f < m->k; f++)
        x += (double)p[f] * (double)q[f];
    return x;
}

double
model_rating(const struct model *m, double x)
{
    return m->y_lo + ((double)m->y_hi - m->y_lo) / (1 + exp(-x));
}
