/*
 * test_foldin.c - a new user's factors and bias.
 *
 * The values of `one film without factors` are worked out by hand; elsewhere a minimum
 * is known by its gradient, which central differences have confirmed.
 */
#include "config.h"

#include "src/explore/foldin.h"

#include "src/base/mem.h"
#include "tests/explore/foldin_made.h"
#include "tests/unit.h"

#include <math.h>
#include <string.h>

static void
the_gradient_is_that_of_central_differences(void)
{
    static const struct foldin_rating rating[] = { { 1, 5 }, { 2, .5f }, { 3, 9 },
                                                   { 3, 2 }, { 4, -3 },  { 9, 3.5f } };
    struct model *m = foldin_made_model(20, 9, 5);
    struct ratings *r = foldin_made_rated(20, 9, 4, 0);
    struct foldin_prior p = foldin_made_prior(m, r);
    double z[6], g[6], hi, lo;
    const double h = 1e-5;

    for (unsigned i = 0; i < 6; i++)
        z[i] = (double)foldin_made_draw(1000 + i, 1);
    CU_ASSERT_EQUAL_FATAL(foldin_loss(&hi, g, m, &p, rating, 6, z, NULL), ERR_OK);
    for (unsigned i = 0; i < 6; i++) {
        double at = z[i];

        z[i] = at + h;
        CU_ASSERT_EQUAL(foldin_loss(&hi, NULL, m, &p, rating, 6, z, NULL), ERR_OK);
        z[i] = at - h;
        CU_ASSERT_EQUAL(foldin_loss(&lo, NULL, m, &p, rating, 6, z, NULL), ERR_OK);
        z[i] = at;
        CU_ASSERT_DOUBLE_EQUAL(g[i], (hi - lo) / (2 * h), 1e-6 * (1 + fabs(g[i])));
    }
    foldin_prior_done(&p);
    ratings_free(r);
    model_free(m);
}

/*
 * The film has no factors, so only the bias b can meet the rating. Range 1 … 5, Λ the
 * unit matrix times .3: at b = ln 3, σ is 3/4, ŷ = 4, its slope 4·3/4·1/4 = 3/4, and
 * the gradient 2·(3/4·(4 - r) + .3·ln 3) is 0 for r = 4 + .4·ln 3. There F is
 * (.4·ln 3)² + .3·(ln 3)².
 */
static void
one_rating_of_a_film_without_factors_moves_the_bias_alone(void)
{
    double mean[2] = { 0 }, precision[4] = { .3, 0, 0, .3 }, z[2], f;
    const struct foldin_prior p = {
        .d = 2, .mean = mean, .precision = precision, .noise = .3
    };
    const struct foldin_rating rating = { 1, (float)(4 + .4 * log(3)) };
    struct model *m = NULL;

    CU_ASSERT_EQUAL_FATAL(model_new(&m, 1, 1, 1, 1, 5, NULL), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(foldin_fit(z, NULL, m, &p, &rating, 1, NULL, NULL), ERR_OK);
    CU_ASSERT_DOUBLE_EQUAL(z[0], 0, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(z[1], log(3), 1e-4);
    CU_ASSERT_EQUAL_FATAL(foldin_loss(&f, NULL, m, &p, &rating, 1, z, NULL), ERR_OK);
    CU_ASSERT_DOUBLE_EQUAL(f, .46 * log(3) * log(3), 1e-6);
    model_free(m);
}

static void
every_start_leads_to_the_same_place(void)
{
    struct model *m = foldin_made_model(50, 40, 6);
    struct ratings *r = foldin_made_rated(50, 40, 20, 0);
    struct foldin_prior p = foldin_made_prior(m, r);
    struct foldin_rating rating[40];
    double z[7], other[7], from[7];

    for (uint32_t i = 0; i < 40; i++)
        rating[i] = (struct foldin_rating){ i + 1, (float)(1 + i * 5 % 9) / 2 };
    foldin_made_arrive(z, m, &p, rating, 40, NULL);
    for (unsigned start = 0; start < 20; start++) {
        for (unsigned f = 0; f < 7; f++)
            from[f] = (double)foldin_made_draw(100 * start + f, start < 10 ? 1 : 30);
        foldin_made_arrive(other, m, &p, rating, 40, from);
        for (unsigned f = 0; f < 7; f++)
            CU_ASSERT_DOUBLE_EQUAL(other[f], z[f], 1e-3);
    }
    foldin_prior_done(&p);
    ratings_free(r);
    model_free(m);
}

/* 5 and .5 for one film, twice 7 and -2 for others: the answer is finite, within the
 * range, and the contradiction leaves the film between its stars. */
static void
contradictions_and_ratings_beyond_the_range_are_borne(void)
{
    static const struct foldin_rating rating[] = { { 1, 5 },  { 1, .5f }, { 2, 7 },
                                                   { 3, -2 }, { 2, 7 },   { 3, -2 } };
    struct model *m = foldin_made_model(50, 40, 6);
    struct ratings *r = foldin_made_rated(50, 40, 20, 0);
    struct foldin_prior p = foldin_made_prior(m, r);
    double z[7];

    foldin_made_arrive(z, m, &p, rating, 2, NULL);
    foldin_made_arrive(z, m, &p, rating, 6, NULL);
    memcpy(m->U + m->k, (float[6]){ 0 }, sizeof(float[6]));
    for (unsigned f = 0; f < 6; f++)
        m->U[m->k + f] = (float)z[f];
    m->bu[1] = (float)z[6];
    CU_ASSERT(model_rating(m, model_logit(m, 1, 1)) > .5);
    CU_ASSERT(model_rating(m, model_logit(m, 1, 1)) < 5);
    CU_ASSERT(model_rating(m, model_logit(m, 1, 2)) >
              model_rating(m, model_logit(m, 1, 3)));
    foldin_prior_done(&p);
    ratings_free(r);
    model_free(m);
}

/* n films rated by a user whose factors are those of user 1. */
static void
fold_shape(unsigned k, uint32_t n, uint32_t n_users)
{
    struct model *m = foldin_made_model(n_users, n, k);
    struct ratings *r = foldin_made_rated(n_users, n, n > 5 ? 5 : n, 0);
    struct foldin_prior p = foldin_made_prior(m, r);
    struct foldin_rating *rating = mem_new(n, sizeof(*rating));
    double *z = mem_new(k + 1, sizeof(*z));

    for (uint32_t i = 0; i < n; i++)
        rating[i] =
            (struct foldin_rating){ i + 1,
                                    (float)model_rating(m, model_logit(m, 1, i + 1)) };
    foldin_made_arrive(z, m, &p, rating, n, NULL);
    if (n > 100 * k)
        CU_ASSERT_DOUBLE_EQUAL(z[k], (double)m->bu[1], .05);
    mem_free(rating);
    mem_free(z);
    foldin_prior_done(&p);
    ratings_free(r);
    model_free(m);
}

static void
from_one_factor_to_1024_and_one_rating_to_20000(void)
{
    fold_shape(1, 1, 3);
    fold_shape(1, 500, 3);
    fold_shape(8, 20000, 40);
    fold_shape(1024, 3, 5);
    fold_shape(1024, 200, 50);
}

static void
without_memory_it_says_so(void)
{
    static const struct foldin_rating rating[] = { { 1, 5 } };
    struct model *m = foldin_made_model(3, 4, 2);
    struct ratings *r = foldin_made_rated(3, 4, 2, 0);
    struct foldin_prior p, none = { 0 };
    double z[3] = { 8, 8, 8 };
    enum err_code rc = ERR_NOMEM;

    for (unsigned long n = 1; rc == ERR_NOMEM; n++) {
        mem_fail_at(n, 0);
        rc = foldin_prior_init(&none, m, r, NULL);
        mem_fail_at(0, 0);
        CU_ASSERT(rc == ERR_OK ? n == 5 : none.mean == NULL);
    }
    p = none;
    rc = ERR_NOMEM;
    for (unsigned long n = 1; rc == ERR_NOMEM; n++) {
        mem_fail_at(n, 0);
        rc = foldin_fit(z, NULL, m, &p, rating, 1, NULL, NULL);
        mem_fail_at(0, 0);
        CU_ASSERT(rc == ERR_OK ? n == 11 : z[0] == 8);
    }
    foldin_prior_done(&p);
    ratings_free(r);
    model_free(m);
}

CU_TestInfo tests_foldin[] = {
    { "the gradient is that of central differences",
      the_gradient_is_that_of_central_differences },
    { "one rating of a film without factors moves the bias alone",
      one_rating_of_a_film_without_factors_moves_the_bias_alone },
    { "every start leads to the same place", every_start_leads_to_the_same_place },
    { "contradictions and ratings beyond the range are borne",
      contradictions_and_ratings_beyond_the_range_are_borne },
    { "from one factor to 1024 and one rating to 20000",
      from_one_factor_to_1024_and_one_rating_to_20000 },
    { "without memory it says so", without_memory_it_says_so },
    CU_TEST_INFO_NULL,
};
