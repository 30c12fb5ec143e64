/*
 * test_foldin_newton.c - a new user's factors are those that Newton's method finds,
 * with nothing of foldin.c but F and its gradient.
 */
#include "config.h"

#include "src/explore/foldin.h"

#include "src/base/mem.h"
#include "src/explore/blas.h"
#include "tests/explore/foldin_made.h"
#include "tests/unit.h"

#include <string.h>

#define MOST_D 13

/* Half the Hessian of F at z, by central differences of its gradient. */
static void
half_hessian(double *H, const struct model *m, const struct foldin_prior *p,
             const struct foldin_rating *rating, size_t n, const double *z)
{
    const unsigned d = p->d;
    const double h = 1e-5;
    double at[MOST_D], more[MOST_D], less[MOST_D], f;

    memcpy(at, z, d * sizeof(*at));
    for (unsigned i = 0; i < d; i++) {
        at[i] = z[i] + h;
        CU_ASSERT(foldin_loss(&f, more, m, p, rating, n, at, NULL) == ERR_OK);
        at[i] = z[i] - h;
        CU_ASSERT(foldin_loss(&f, less, m, p, rating, n, at, NULL) == ERR_OK);
        at[i] = z[i];
        for (unsigned j = 0; j < d; j++)
            H[i * d + j] = (more[j] - less[j]) / (4 * h);
    }
}

/* Go from z to the minimum by steps of Newton, halved until F falls: slow, and it has
 * nothing of foldin_fit but F and its gradient. */
static void
descend_as_newton(double *z, const struct model *m, const struct foldin_prior *p,
                  const struct foldin_rating *rating, size_t n)
{
    const unsigned d = p->d;
    double H[MOST_D * MOST_D], step[MOST_D], tried[MOST_D], f, f_tried;

    for (unsigned round = 0; round < 30; round++) {
        half_hessian(H, m, p, rating, n, z);
        CU_ASSERT_FATAL(foldin_loss(&f, step, m, p, rating, n, z, NULL) == ERR_OK);
        if (!blas_cholesky(d, H)) { /* not convex here: down in the prior's metric */
            memcpy(H, p->precision, d * d * sizeof(*H));
            CU_ASSERT_FATAL(blas_cholesky(d, H));
        }
        blas_cholesky_solve(d, H, step);
        for (double part = .5; part > 1e-6; part /= 2) {
            for (unsigned i = 0; i < d; i++)
                tried[i] = z[i] - part * step[i];
            CU_ASSERT(foldin_loss(&f_tried, NULL, m, p, rating, n, tried, NULL) ==
                      ERR_OK);
            if (f_tried <= f) {
                memcpy(z, tried, d * sizeof(*z));
                break;
            }
        }
    }
}

/* Fold in, and be as near to Newton's minimum as foldin.h says: a thousandth of the
 * standard deviation that z has. */
static void
must_agree_with_newton(const struct model *m, const struct foldin_prior *p,
                       const struct foldin_rating *rating, size_t n, const double *from)
{
    const unsigned d = p->d;
    double z[MOST_D], best[MOST_D], H[MOST_D * MOST_D], far = 0;

    CU_ASSERT_FATAL(foldin_fit(z, NULL, m, p, rating, n, from, NULL) == ERR_OK);
    memcpy(best, z, d * sizeof(*z));
    descend_as_newton(best, m, p, rating, n);
    half_hessian(H, m, p, rating, n, best);
    for (unsigned i = 0; i < d; i++)
        for (unsigned j = 0; j < d; j++)
            far += (z[i] - best[i]) * H[i * d + j] * (z[j] - best[j]);
    CU_ASSERT(far / p->noise <= 1e-6);
}

static void
the_answer_is_that_of_newtons_method(void)
{
    enum { MOST = 30000 };
    struct foldin_rating *rating = mem_new(MOST, sizeof(*rating));
    struct model *m = foldin_made_model(60, 900, MOST_D - 1);
    struct ratings *r = foldin_made_rated(60, 900, 30, 0);
    struct foldin_prior p = foldin_made_prior(m, r);
    double far[MOST_D];

    for (unsigned f = 0; f < MOST_D; f++)
        far[f] = (double)foldin_made_draw(70 + f, 3);
    for (uint32_t i = 0; i < MOST; i++) /* each film many times, never the same stars */
        rating[i] =
            (struct foldin_rating){ 1 + i * 7 % 900, 3 + foldin_made_draw(i, 1.5) };
    for (size_t n = 1; n <= MOST; n = n == 1 ? 30 : n * 10 > MOST ? MOST + 1 : n * 10) {
        must_agree_with_newton(m, &p, rating, n, NULL);
        must_agree_with_newton(m, &p, rating, n, far);
    }
    for (uint32_t i = 0; i < MOST; i++) /* all the same, as high as it goes */
        rating[i].stars = 5.5f;
    must_agree_with_newton(m, &p, rating, 1, NULL);
    must_agree_with_newton(m, &p, rating, 20000, NULL);
    for (uint32_t i = 0; i < MOST; i++) /* one film, with both ends of the scale */
        rating[i] = (struct foldin_rating){ 5, i % 2 == 0 ? .5f : 5 };
    must_agree_with_newton(m, &p, rating, 2, NULL);
    must_agree_with_newton(m, &p, rating, 20000, far);
    for (uint32_t i = 0; i < MOST; i++) /* parts of them are all of one kind */
        rating[i] = (struct foldin_rating){ 1 + i % 64, i % 64 < 2 ? 5 : .5f };
    must_agree_with_newton(m, &p, rating, MOST, NULL);
    mem_free(rating);
    foldin_prior_done(&p);
    ratings_free(r);
    model_free(m);
}

CU_TestInfo tests_foldin_newton[] = {
    { "the answer is that of Newton's method", the_answer_is_that_of_newtons_method },
    CU_TEST_INFO_NULL,
};
