/* test_oneuser.c - a person is asked about as a user of the data is. */
#include "config.h"

#include "src/base/mem.h"
#include "src/explore/explain.h"
#include "src/explore/oneuser.h"
#include "src/explore/recommend.h"
#include "src/explore/usercard.h"

#include "tests/explore/films_made.h"
#include "tests/unit.h"

#include <string.h>

static const struct film films[] = {
    { "A", 1, 1990, "Drama", 50, 3, .1f }, { "B", 2, 1991, "Comedy", 900, 3, .5f },
    { "C", 3, 1992, "Drama", 70, 3, .4f }, { "D", 4, 1993, "Comedy", 5, 3, .3f },
    { "E", 5, 1994, "Drama", 60, 3, .2f },
};
static const struct seen seen[] = { { 1, 1 }, { 2, 2 } };
static const struct foldin_rating own[] = { { 2, 1 }, { 3, 4.5f }, { 1, 4 } };

static struct catalog *c;
static struct ratings *r;
static struct model *m;
static struct foldin_prior p;

/* Drama goes with the factor, comedy against it; two users who differ in it. */
static void
make(void)
{
    c = films_catalog(films, 5, 2);
    r = films_ratings(seen, 2, 2, 5);
    m = films_model(films, 5, 2, 1);
    memcpy(m->I + 1, (float[]){ 1, -1, 1, -1, 1 }, sizeof(float[5]));
    m->U[1] = 1;
    m->U[2] = -1;
    CU_ASSERT_EQUAL_FATAL(foldin_prior_init(&p, m, r, NULL), ERR_OK);
}

static void
unmake(void)
{
    foldin_prior_done(&p);
    catalog_free(c);
    ratings_free(r);
    model_free(m);
}

struct list {
    uint32_t row[5];
    double rating[5];
    size_t n;
};

static enum err_code
keep(void *arg, uint32_t user, const struct recommendation *film, size_t n,
     struct err *err)
{
    struct list *l = arg;

    (void)err;
    CU_ASSERT_EQUAL(user, ONEUSER_ROW);
    for (l->n = 0; l->n < n; l->n++) {
        l->row[l->n] = film[l->n].row;
        l->rating[l->n] = film[l->n].rating;
    }
    return ERR_OK;
}

static void
recommend(struct list *ret, const struct oneuser *one, const struct recommend_query *q)
{
    const uint32_t user = ONEUSER_ROW;
    struct recommender *rec = NULL;

    CU_ASSERT_EQUAL_FATAL(
        recommender_new(&rec, &one->model, &one->catalog, one->ratings, NULL), ERR_OK);
    CU_ASSERT_EQUAL(recommend_users(rec, &user, 1, q, NULL, keep, ret, NULL), ERR_OK);
    recommender_free(rec);
}

static void
what_he_rated_is_hidden_and_his_taste_decides(void)
{
    struct recommend_query q = { .limit = 0 };
    struct filter *comedy = NULL;
    struct oneuser one = { 0 };
    struct list l = { .n = 0 };

    make();
    CU_ASSERT_EQUAL_FATAL(oneuser_init(&one, m, c, &p, own, 3, NULL), ERR_OK);
    CU_ASSERT(one.model.U[1] > .5f);
    recommend(&l, &one, &q);
    CU_ASSERT_EQUAL_FATAL(l.n, 2);
    CU_ASSERT_EQUAL(l.row[0], 5); /* a drama with less bias before a comedy */
    CU_ASSERT_EQUAL(l.row[1], 4);
    CU_ASSERT_DOUBLE_EQUAL(
        l.rating[0],
        model_rating(m, (double)one.model.U[1] + (double)one.model.bu[1] + (double).2f),
        1e-6);
    q.seen = true;
    q.diversity = .5;
    recommend(&l, &one, &q);
    CU_ASSERT_EQUAL(l.n, 5);
    CU_ASSERT_EQUAL_FATAL(filter_new(&comedy, "genre:comedy seen", &one.catalog,
                                     &one.model, FILTER_WITH_SEEN, NULL),
                          ERR_OK);
    q.filter = comedy;
    recommend(&l, &one, &q);
    CU_ASSERT_EQUAL_FATAL(l.n, 1);
    CU_ASSERT_EQUAL(l.row[0], 2);
    filter_free(comedy);
    oneuser_done(&one);
    unmake();
}

static void
he_has_a_card_and_explanations(void)
{
    struct directions d = { 0 };
    struct centre about = { 0 };
    struct oneuser one = { 0 };
    struct usercard card;
    struct explanation e;
    struct neighbour near[5];
    double taste;
    size_t n = 0;

    make();
    CU_ASSERT_EQUAL_FATAL(oneuser_init(&one, m, c, &p, own, 3, NULL), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(
        usercard_make(&card, &one.catalog, one.ratings, ONEUSER_ROW, NULL), ERR_OK);
    CU_ASSERT_EQUAL(card.n_ratings, 3);
    CU_ASSERT_DOUBLE_EQUAL(card.mean, 9.5 / 3, 1e-6);
    CU_ASSERT_EQUAL(card.favourite[0], 3);
    CU_ASSERT_EQUAL_FATAL(centre_init(&about, m, c, 10, NULL), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(directions_init(&d, m, c, &about, DIRECTIONS_PCA, NULL),
                          ERR_OK);
    explain_logit(&e, &taste, &one.model, &d, ONEUSER_ROW, 5);
    CU_ASSERT_DOUBLE_EQUAL(e.base + e.user + e.film + taste,
                           model_logit(&one.model, ONEUSER_ROW, 5), 1e-6);
    CU_ASSERT_EQUAL(explain_neighbours(near, 5, &n, &one.model, &one.catalog,
                                       one.ratings, ONEUSER_ROW, 5, NULL),
                    ERR_OK);
    CU_ASSERT_EQUAL_FATAL(n, 3);
    CU_ASSERT_EQUAL(near[0].row, 1);
    directions_done(&d);
    centre_done(&about);
    oneuser_done(&one);
    unmake();
}

static void
without_memory_it_says_so(void)
{
    struct oneuser one = { 0 };
    enum err_code rc = ERR_NOMEM;

    make();
    for (unsigned long n = 1; rc == ERR_NOMEM; n++) {
        mem_fail_at(n, 0);
        rc = oneuser_init(&one, m, c, &p, own, 3, NULL);
        mem_fail_at(0, 0);
        CU_ASSERT(rc == ERR_OK ? n > 10 : one.ratings == NULL);
    }
    oneuser_done(&one);
    unmake();
}

CU_TestInfo tests_oneuser[] = {
    { "what he rated is hidden, and his taste decides",
      what_he_rated_is_hidden_and_his_taste_decides },
    { "he has a card and explanations", he_has_a_card_and_explanations },
    { "without memory it says so", without_memory_it_says_so },
    CU_TEST_INFO_NULL,
};
