/* test_explain.c - why a prediction is what it is. */
#include "config.h"

#include "src/base/mem.h"
#include "src/explore/explain.h"

#include "tests/explore/films_made.h"
#include "tests/explore/golden_films.h"
#include "tests/golden.h"
#include "tests/unit.h"

#include <math.h>
#include <string.h>

static double
sum_of(const struct explanation *e, const double *taste, unsigned k)
{
    double sum = e->base + e->user + e->film;

    for (unsigned v = 0; v < k; v++)
        sum += taste[v];
    return sum;
}

static void
the_terms_add_up_to_the_logit_for_every_pair(void)
{
    json_t *reading = golden_load("reading");
    struct catalog *c = golden_films_catalog(reading);
    struct model *m = golden_films_model();
    struct directions d = { 0 };
    struct centre about = { 0 };
    struct explanation e;
    double taste[GOLDEN_K];

    CU_ASSERT_EQUAL_FATAL(centre_init(&about, m, c, 10, NULL), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(directions_init(&d, m, c, &about, DIRECTIONS_PCA, NULL),
                          ERR_OK);
    for (uint32_t u = 1; u <= m->n_users; u++)
        for (uint32_t i = 1; i <= m->n_items; i++) {
            explain_logit(&e, taste, m, &d, u, i);
            CU_ASSERT_DOUBLE_EQUAL(sum_of(&e, taste, m->k), model_logit(m, u, i),
                                   1e-12);
        }
    directions_done(&d);
    centre_done(&about);
    catalog_free(c);
    model_free(m);
    json_decref(reading);
}

/*
 * Two users (2, 0) and (0, 2), biases .1 and .3: Ū (1, 1), b̄u .2. Films A (1, 0),
 * B (-1, 0), C (3, 0), biases 0, .3, .6: Ī (1, 0), b̄i .3. The one direction that the
 * films have is the first factor. User 1 and C: base .2 + .3 + 1 = 1.5; user
 * .1 - .2 + (1, -1)·(1, 0) = .9; film .6 - .3 + (1, 1)·(2, 0) = 2.3; taste 1 · 2 = 2;
 * 6.7 in all, which is (2, 0)·(3, 0) + .1 + .6.
 */
static const struct film made[] = { { "A", 1, 0, "", 5, 3, 0 },
                                    { "B", 2, 0, "", 5, 3, .3f },
                                    { "C", 3, 0, "", 5, 3, .6f } };
static const struct seen seen[] = { { 1, 1 }, { 1, 2 }, { 1, 1 }, { 1, 3 }, { 2, 3 } };

static struct catalog *c;
static struct model *m;
static struct ratings *r;

static void
make(void)
{
    static const float U[] = { 2, 0, 0, 2 }, I[] = { 1, 0, -1, 0, 3, 0 };
    static const uint8_t code[] = { 0, 1, 2, 0, 0 };

    c = films_catalog(made, 3, 2);
    m = films_model(made, 3, 2, 2);
    r = films_ratings(seen, 5, 2, 3);
    memcpy(m->U + 2, U, sizeof(U));
    memcpy(m->I + 2, I, sizeof(I));
    m->bu[1] = .1f;
    m->bu[2] = .3f;
    r->value[0] = 2;
    r->value[1] = 3;
    r->value[2] = 5;
    r->n_values = 3;
    memcpy(r->code, code, sizeof(code));
}

static void
unmake(void)
{
    catalog_free(c);
    model_free(m);
    ratings_free(r);
}

static void
each_term_is_what_it_says(void)
{
    struct directions d = { 0 };
    struct centre about = { 0 };
    struct explanation e;
    double taste[2];

    make();
    CU_ASSERT_EQUAL_FATAL(centre_init(&about, m, c, CENTRE_FILMS, NULL), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(directions_init(&d, m, c, &about, DIRECTIONS_PCA, NULL),
                          ERR_OK);
    explain_logit(&e, taste, m, &d, 1, 3);
    CU_ASSERT_DOUBLE_EQUAL(e.base, 1.5, 1e-7);
    CU_ASSERT_DOUBLE_EQUAL(e.user, .9, 1e-7);
    CU_ASSERT_DOUBLE_EQUAL(e.film, 2.3, 1e-7);
    CU_ASSERT_DOUBLE_EQUAL(taste[0], 2, 1e-7);
    CU_ASSERT_DOUBLE_EQUAL(taste[1], 0, 1e-7);
    CU_ASSERT_DOUBLE_EQUAL(e.logit, 6.7, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(e.rating, .5 + 5 / (1 + exp(-6.7)), 1e-6);
    directions_done(&d);
    centre_done(&about);
    unmake();
}

static void
neighbours_are_the_rated_films_nearest_first_each_once(void)
{
    struct neighbour near[3];
    size_t n = 0;

    make();
    CU_ASSERT_EQUAL_FATAL(explain_neighbours(near, 3, &n, m, c, r, 1, 3, NULL), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(n, 2);
    CU_ASSERT_EQUAL(near[0].row, 1);
    CU_ASSERT_EQUAL(near[0].stars, 5); /* the last of two ratings */
    CU_ASSERT_DOUBLE_EQUAL(near[0].similarity, 1, 1e-12);
    CU_ASSERT_EQUAL(near[1].row, 2);
    CU_ASSERT_DOUBLE_EQUAL(near[1].similarity, -1, 1e-12);
    CU_ASSERT_EQUAL_FATAL(explain_neighbours(near, 3, &n, m, c, r, 2, 3, NULL), ERR_OK);
    CU_ASSERT_EQUAL(n, 0); /* the film itself is all that he rated */
    mem_fail_at(1, 0);
    CU_ASSERT_EQUAL(explain_neighbours(near, 3, &n, m, c, r, 1, 3, NULL), ERR_NOMEM);
    mem_fail_at(0, 0);
    unmake();
}

CU_TestInfo tests_explain[] = {
    { "the terms add up to the logit, for every pair",
      the_terms_add_up_to_the_logit_for_every_pair },
    { "each term is what it says", each_term_is_what_it_says },
    { "neighbours are the rated films, nearest first, each once",
      neighbours_are_the_rated_films_nearest_first_each_once },
    CU_TEST_INFO_NULL,
};
