/* test_model.c - the four tables: initial weights and predictions. */
#include "config.h"

#include "src/base/mem.h"
#include "src/model/model.h"

#include "tests/unit.h"

#include <math.h>

/*
 * fmod(z, 2) of z ~ N(0,1) has the variance that training.md states: sd .0086589 after
 * the factor .01. n = 2 * 500 * 101 values; the bound is 5 standard errors of a
 * standard deviation, sd / sqrt(2 n).
 */
static void
initial_weights_are_wrapped_normals(void)
{
    struct model *m = NULL;
    double sum = 0, squares = 0, sd;

    CU_ASSERT_EQUAL_FATAL(model_new(&m, 499, 499, 100, 0.5f, 5.5f, NULL), ERR_OK);
    CU_ASSERT_EQUAL(m->len, 1000 * 101);
    model_init(m, 42, NULL);
    for (size_t i = 0; i < m->len; i++) {
        CU_ASSERT_TRUE_FATAL(fabsf(m->arena[i]) < 0.02f);
        sum += m->arena[i];
        squares += (double)m->arena[i] * m->arena[i];
    }
    sd = sqrt(squares / (double)m->len);
    CU_ASSERT_DOUBLE_EQUAL(sd, 0.0086589, 5 * sd / sqrt(2.0 * (double)m->len));
    CU_ASSERT_DOUBLE_EQUAL(sum / (double)m->len, 0, 5 * sd / sqrt((double)m->len));
    model_free(m);
}

static void
the_seed_alone_decides_the_weights(void)
{
    struct model *a = NULL, *b = NULL;
    size_t n_equal = 0;

    CU_ASSERT_EQUAL_FATAL(model_new(&a, 9, 5, 3, 0.5f, 5.5f, NULL), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(model_new(&b, 9, 5, 3, 0.5f, 5.5f, NULL), ERR_OK);
    model_init(a, 1, NULL);
    model_init(b, 2, NULL);
    for (size_t i = 0; i < a->len; i++)
        n_equal += a->arena[i] == b->arena[i];
    CU_ASSERT_EQUAL(n_equal, 0);
    model_init(b, 1, NULL);
    for (size_t i = 0; i < a->len; i++)
        CU_ASSERT_EQUAL(a->arena[i], b->arena[i]);
    model_free(a);
    model_free(b);
}

static void
a_team_of_any_size_gives_the_same_weights(void)
{
    struct model *a = NULL, *b = NULL;
    struct pool *pool = NULL;

    /* 17 rows of 3 floats: an odd number, so the last pair is a half. */
    CU_ASSERT_EQUAL_FATAL(model_new(&a, 9, 6, 2, 0.5f, 5.5f, NULL), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(model_new(&b, 9, 6, 2, 0.5f, 5.5f, NULL), ERR_OK);
    CU_ASSERT_EQUAL(a->len, 51);
    CU_ASSERT_EQUAL_FATAL(pool_new(&pool, 5, NULL), ERR_OK);
    model_init(a, 1, NULL);
    model_init(b, 1, pool);
    for (size_t i = 0; i < a->len; i++)
        CU_ASSERT_EQUAL(a->arena[i], b->arena[i]);
    pool_free(pool);
    model_free(a);
    model_free(b);
}

/* U·I + bu + bi = 1*3 + 2*(-1) + .5 - .5 = 1; ŷ = .5 + 5/(1 + 1/e). */
static void
a_prediction_worked_by_hand(void)
{
    struct model *m = NULL;

    CU_ASSERT_EQUAL_FATAL(model_new(&m, 1, 1, 2, 0.5f, 5.5f, NULL), ERR_OK);
    m->U[2] = 1, m->U[3] = 2, m->I[2] = 3, m->I[3] = -1, m->bu[1] = 0.5f,
    m->bi[1] = -0.5f;
    CU_ASSERT_DOUBLE_EQUAL(model_logit(m, 1, 1), 1, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(model_rating(m, 1), 4.155292893, 1e-8);
    CU_ASSERT_DOUBLE_EQUAL(model_rating(m, 1000), 5.5, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(model_rating(m, -1000), 0.5, 1e-12);
    model_free(m);
}

static void
a_model_without_memory_is_an_error(void)
{
    struct model *m = NULL;

    for (unsigned long at = 1; at <= 2; at++) {
        mem_fail_at(at, 0);
        CU_ASSERT_EQUAL(model_new(&m, 3, 3, 2, 0, 1, NULL), ERR_NOMEM);
        mem_fail_at(0, 0);
        CU_ASSERT_PTR_NULL(m);
    }
}

CU_TestInfo tests_model[] = {
    { "initial weights are wrapped normals", initial_weights_are_wrapped_normals },
    { "the seed alone decides the weights", the_seed_alone_decides_the_weights },
    { "a team of any size gives the same weights",
      a_team_of_any_size_gives_the_same_weights },
    { "a prediction worked by hand", a_prediction_worked_by_hand },
    { "a model without memory is an error", a_model_without_memory_is_an_error },
    CU_TEST_INFO_NULL,
};
