/* test_foldin_prior.c - a new user is at first like those who were trained. */
#include "config.h"

#include "src/explore/foldin.h"

#include "tests/explore/foldin_made.h"
#include "tests/unit.h"

static void
without_ratings_it_is_the_mean_user(void)
{
    struct model *m = foldin_made_model(30, 9, 4);
    struct ratings *r = foldin_made_rated(30, 9, 4, 10);
    struct foldin_prior p = foldin_made_prior(m, r);
    double z[5], sum = 0;

    CU_ASSERT_EQUAL(p.n_users, 20); /* not the ten who only have held-out ratings */
    for (uint32_t u = 11; u <= 30; u++)
        sum += (double)m->bu[u];
    CU_ASSERT_DOUBLE_EQUAL(p.mean[4], sum / 20, 1e-12);
    CU_ASSERT_EQUAL_FATAL(foldin_fit(z, NULL, m, &p, NULL, 0, NULL, NULL), ERR_OK);
    for (unsigned i = 0; i < 5; i++)
        CU_ASSERT_DOUBLE_EQUAL(z[i], p.mean[i], 1e-12);
    foldin_prior_done(&p);
    ratings_free(r);
    model_free(m);
}

/* Λ⁻¹ times the noise is Σ: variances have one user more, of .01²·.75; covariances are
 * shrunk. */
static void
the_prior_is_the_spread_of_the_trained_users(void)
{
    struct model *m = foldin_made_model(3000, 2, 1);
    struct ratings *r = foldin_made_rated(3000, 2, 1, 0);
    struct foldin_prior p = foldin_made_prior(m, r);
    double s[3] = { 0 }, a = p.precision[0], b = p.precision[1], c = p.precision[3];

    for (uint32_t u = 1; u <= 3000; u++) {
        double x = (double)m->U[u] - p.mean[0], y = (double)m->bu[u] - p.mean[1];

        s[0] += x * x / 3000;
        s[1] += x * y / 3000;
        s[2] += y * y / 3000;
    }
    CU_ASSERT_DOUBLE_EQUAL(p.noise * c / (a * c - b * b), s[0], 1e-3);
    CU_ASSERT_DOUBLE_EQUAL(p.noise * a / (a * c - b * b), s[2], 1e-3);
    CU_ASSERT_DOUBLE_EQUAL(-p.noise * b / (a * c - b * b), (1 - p.shrinkage) * s[1],
                           1e-3);
    CU_ASSERT(p.shrinkage > .3); /* drawn apart: what covariance there is, is chance */
    foldin_prior_done(&p);
    ratings_free(r);
    model_free(m);
}

static void
without_trained_users_nobody_differs(void)
{
    static const struct foldin_rating rating[] = { { 1, 5 } };
    struct model *m = foldin_made_model(3, 4, 2);
    struct ratings *r = foldin_made_rated(3, 4, 2, 3);
    struct foldin_prior p = foldin_made_prior(m, r);
    double z[3];

    CU_ASSERT_EQUAL(p.n_users, 0);
    CU_ASSERT_EQUAL(p.n_ratings, 0);
    foldin_made_arrive(z, m, &p, rating, 1, NULL);
    CU_ASSERT(z[0] * z[0] + z[1] * z[1] + z[2] * z[2] < .01 * .01);
    foldin_prior_done(&p);
    ratings_free(r);
    model_free(m);
}

CU_TestInfo tests_foldin_prior[] = {
    { "without ratings it is the mean user", without_ratings_it_is_the_mean_user },
    { "the prior is the spread of the trained users",
      the_prior_is_the_spread_of_the_trained_users },
    { "without trained users nobody differs", without_trained_users_nobody_differs },
    CU_TEST_INFO_NULL,
};
