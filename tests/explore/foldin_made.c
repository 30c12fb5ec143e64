/* foldin_made.c - models and ratings for fold-in; see foldin_made.h. */
#include "config.h"

#include "tests/explore/foldin_made.h"

#include "src/base/mem.h"
#include "src/base/rng.h"
#include "tests/unit.h"

#include <math.h>

#define SEED 7

float
foldin_made_draw(uint64_t n, double sd)
{
    double z[2];

    rng_normal2(rng_at(SEED, RNG_INIT, n, 1), z);
    return (float)(sd * z[0]);
}

struct model *
foldin_made_model(uint32_t m, uint32_t n, unsigned k)
{
    struct model *model = NULL;

    CU_ASSERT_EQUAL_FATAL(model_new(&model, m, n, k, 0.5f, 5.5f, NULL), ERR_OK);
    for (size_t i = 0; i < model->len; i++)
        model->arena[i] = foldin_made_draw(i, k > 100 ? 0.1 : 0.4);
    return model;
}

struct ratings *
foldin_made_rated(uint32_t m, uint32_t n, uint32_t each, uint32_t untrained)
{
    struct ratings *r = NULL;
    size_t at = 0;

    CU_ASSERT_EQUAL_FATAL(ratings_new(&r, (size_t)m * each, m, n, false, NULL), ERR_OK);
    for (uint32_t u = 1; u <= m; u++) {
        r->start[u] = at;
        for (uint32_t i = 1; i <= each; i++, at++) {
            r->item[at] = i | (u <= untrained ? RATINGS_HELD_OUT : 0);
            r->stars[at] = (float)(1 + (u * 7 + i * 3) % 9) / 2;
            r->n_held_out += u <= untrained;
        }
    }
    r->start[m + 1] = at;
    return r;
}

struct foldin_prior
foldin_made_prior(const struct model *m, const struct ratings *r)
{
    struct foldin_prior p = { 0 };

    CU_ASSERT_EQUAL_FATAL(foldin_prior_init(&p, m, r, NULL), ERR_OK);
    return p;
}

static double
norm(const double *v, unsigned n)
{
    double sum = 0;

    for (unsigned i = 0; i < n; i++)
        sum += v[i] * v[i];
    return sqrt(sum);
}

void
foldin_made_arrive(double *z, const struct model *m, const struct foldin_prior *p,
                   const struct foldin_rating *rating, size_t n, const double *from)
{
    double *g = mem_new(p->d, sizeof(*g)), f, before;

    CU_ASSERT_EQUAL_FATAL(foldin_loss(&f, g, m, p, rating, n, p->mean, NULL), ERR_OK);
    before = norm(g, p->d);
    CU_ASSERT_EQUAL_FATAL(foldin_fit(z, NULL, m, p, rating, n, from, NULL), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(foldin_loss(&f, g, m, p, rating, n, z, NULL), ERR_OK);
    CU_ASSERT(isfinite(f));
    CU_ASSERT(norm(g, p->d) <= 1e-3 * before);
    mem_free(g);
}
