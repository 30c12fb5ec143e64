/*
 * test_smallest.c - every question put to the smallest worlds there are: one factor or
 * two, one film or two, one user or two, and from no rating to all.
 */
#include "config.h"

#include "src/base/mem.h"
#include "src/explore/evaluate.h"
#include "src/explore/explain.h"
#include "src/explore/fans.h"
#include "src/explore/films.h"
#include "src/explore/foldin.h"
#include "src/explore/likers.h"
#include "src/explore/moviecard.h"
#include "src/explore/recommend.h"
#include "src/explore/similar.h"
#include "src/explore/usercard.h"
#include "src/explore/users.h"
#include "tests/explore/films_made.h"
#include "tests/unit.h"

#include <math.h>

#define MOST 2 /* of everything */

struct world {
    uint32_t n_films, n_users;
    size_t n_ratings, n_rated, n_raters; /* films and users that have one */
    struct catalog *c;
    struct model *m;
    struct ratings *r;
};

/* The first n_ratings pairs of a user and a film, by user. */
static void
make(struct world *w, unsigned k)
{
    struct film film[MOST] = { { "One (1999)", 1, 1999, "Drama", 0, NAN, .1f },
                               { "Two", 2, 0, "", 0, NAN, -.1f } };
    struct seen pair[MOST * MOST];
    bool rates[MOST + 1] = { false };

    for (size_t i = 0; i < w->n_ratings; i++) {
        pair[i] =
            (struct seen){ 1 + (uint32_t)i / w->n_films, 1 + (uint32_t)i % w->n_films };
        film[pair[i].film - 1].count++;
        film[pair[i].film - 1].mean = 4;
        rates[pair[i].user] = true;
    }
    w->n_rated = (film[0].count > 0) + (size_t)(film[1].count > 0);
    w->n_raters = rates[1] + (size_t)rates[2];
    w->c = films_catalog(film, w->n_films, w->n_users);
    w->m = films_model(film, w->n_films, w->n_users, k);
    w->r = films_ratings(pair, w->n_ratings, w->n_users, w->n_films);
    model_init(w->m, 5, NULL);
}

static void
every_world(void (*ask)(const struct world *w))
{
    for (unsigned k = 1; k <= MOST; k++)
        for (uint32_t films = 1; films <= MOST; films++)
            for (uint32_t users = 1; users <= MOST; users++)
                for (size_t n = 0; n <= films * users; n++) {
                    struct world w = { films, users, n, 0, 0, NULL, NULL, NULL };

                    make(&w, k);
                    ask(&w);
                    catalog_free(w.c);
                    model_free(w.m);
                    ratings_free(w.r);
                }
}

/* A recommend_fn: all rated films are listed. */
static enum err_code
hear(void *arg, uint32_t user, const struct recommendation *list, size_t n,
     struct err *err)
{
    const struct world *w = arg;

    (void)err;
    CU_ASSERT_EQUAL(n, w->n_rated);
    for (size_t i = 0; i < n; i++)
        CU_ASSERT(list[i].rating > .5 && list[i].rating < 5.5);
    return user == 1 ? ERR_OK : ERR_ARG;
}

/* A recommend_fn: arg is how many lists there were. */
static enum err_code
count_lists(void *arg, uint32_t user, const struct recommendation *list, size_t n,
            struct err *err)
{
    (void)user;
    (void)list;
    (void)n;
    (void)err;
    ++*(size_t *)arg;
    return ERR_OK;
}

static void
ask_for_lists(const struct world *w)
{
    const struct recommend_query rq = {
        .seen = true, .diversity = .5, .popularity = 1, .limit = 3
    };
    struct recommender *rec = NULL;
    struct similar_index *x = NULL;
    struct similar *near = NULL;
    struct films films = { 0 };
    struct users users = { 0 };
    size_t n = 9;

    for (int sort = 0; sort < FILMS_SORT_COUNT; sort++) {
        const struct films_query q = { .sort = (enum films_sort)sort };

        CU_ASSERT_EQUAL_FATAL(films_list(&films, w->c, w->m, &q, NULL), ERR_OK);
        CU_ASSERT_EQUAL(films.n, w->n_rated);
        films_done(&films);
    }
    for (int sort = 0; sort < USERS_SORT_COUNT; sort++) {
        const struct users_query q = { .sort = (enum users_sort)sort };

        CU_ASSERT_EQUAL_FATAL(users_list(&users, w->m, w->r, &q, NULL), ERR_OK);
        CU_ASSERT_EQUAL(users.n, w->n_raters);
        users_done(&users);
    }
    CU_ASSERT_EQUAL_FATAL(recommender_new(&rec, w->m, w->c, w->r, NULL), ERR_OK);
    CU_ASSERT_EQUAL(recommend_users(rec, (const uint32_t[]){ 1, 1 }, 2, &rq, NULL, hear,
                                    (void *)w, NULL),
                    ERR_OK);
    recommender_free(rec);
    CU_ASSERT_EQUAL_FATAL(similar_index_new(&x, w->m, NULL), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(
        similar_films(&near, &n, x, w->c, 1, &(struct similar_query){ 0 }, NULL),
        ERR_OK);
    CU_ASSERT_EQUAL(n, w->n_rated > 1);
    mem_free(near);
    similar_index_free(x);
}

static void
lists_hold_what_there_is(void)
{
    every_world(ask_for_lists);
}

static void
check_explanation(const struct world *w, const struct directions *d)
{
    struct explanation e;
    double taste[MOST], sum;

    explain_logit(&e, taste, w->m, d, 1, 1);
    sum = e.base + e.user + e.film;
    for (unsigned v = 0; v < w->m->k; v++)
        sum += taste[v];
    CU_ASSERT_DOUBLE_EQUAL(sum, e.logit, 1e-9);
}

static void
explain_all(const struct world *w)
{
    for (int kind = DIRECTIONS_PCA; kind <= DIRECTIONS_RAW; kind++) {
        struct directions d = { 0 };
        struct centre about = { 0 };
        struct moviecard card;
        struct fans fans[1];
        double share = 0;
        size_t n = 9;

        CU_ASSERT_EQUAL_FATAL(centre_init(&about, w->m, w->c, CENTRE_FILMS, NULL),
                              ERR_OK);
        CU_ASSERT_EQUAL(about.n, w->n_rated);
        CU_ASSERT_EQUAL_FATAL(
            directions_init(&d, w->m, w->c, &about, (enum directions_kind)kind, NULL),
            ERR_OK);
        for (unsigned i = 0; i < w->m->k; i++) {
            share += d.of[i].share;
            CU_ASSERT_STRING_EQUAL(directions_name(&d, i), "unclear");
            CU_ASSERT(d.of[i].sd >= 0 && d.of[i].n_words == 0);
        }
        CU_ASSERT(share == 0 || fabs(share - 1) < 1e-9);
        if (kind == DIRECTIONS_PCA) {
            check_explanation(w, &d);
            moviecard_make(&card, w->m, w->c, w->r, &d, 1);
            CU_ASSERT_EQUAL(card.n_ranked, w->n_rated);
            CU_ASSERT(card.rank <= card.n_ranked && card.with_bias < 5.5);
        }
        CU_ASSERT_EQUAL(fans_find(fans, &n, w->m, w->c, &about, 1, NULL), ERR_OK);
        CU_ASSERT_EQUAL(n, 0); /* no genre has enough films */
        directions_done(&d);
        centre_done(&about);
    }
}

static void
explanations_add_up(void)
{
    every_world(explain_all);
}

static void
ask_about_users(const struct world *w)
{
    const size_t first = w->n_ratings < w->n_films ? w->n_ratings : w->n_films;
    struct foldin_rating rating = { 1, 5 };
    struct foldin_prior p = { 0 };
    struct liker likers[MOST];
    struct neighbour near[MOST];
    struct usercard card;
    double z[MOST + 1];
    size_t n = 9;

    CU_ASSERT_EQUAL_FATAL(usercard_make(&card, w->c, w->r, 1, NULL), ERR_OK);
    CU_ASSERT(card.n_ratings == first && card.n_favourites == first);
    CU_ASSERT_EQUAL(isnan(card.mean), first == 0);
    CU_ASSERT_EQUAL(likers_of_film(likers, MOST, &n, w->r, 1, NULL), ERR_OK);
    CU_ASSERT_EQUAL(n, w->c->count[1]);
    CU_ASSERT_EQUAL(explain_neighbours(near, MOST, &n, w->m, w->c, w->r, 1, 1, NULL),
                    ERR_OK);
    CU_ASSERT_EQUAL(n, first > 1);
    CU_ASSERT_EQUAL_FATAL(foldin_prior_init(&p, w->m, w->r, NULL), ERR_OK);
    CU_ASSERT_EQUAL(p.n_users, w->n_raters);
    for (n = 0; n <= 1; n++) {
        CU_ASSERT_EQUAL(foldin_fit(z, NULL, w->m, &p, &rating, n, NULL, NULL), ERR_OK);
        for (unsigned f = 0; f <= w->m->k; f++)
            CU_ASSERT_TRUE(isfinite(z[f]));
    }
    foldin_prior_done(&p);
}

static void
users_are_described_and_a_new_one_is_folded_in(void)
{
    every_world(ask_about_users);
}

/* The last rating is held out: with one more there is something to evaluate. */
static void
evaluate_it(const struct world *w)
{
    const struct evaluate_query q = { .relevant = 4 };
    struct evaluation ev;
    enum err_code want = w->n_ratings > 1 ? ERR_OK : ERR_ARG;

    CU_ASSERT_EQUAL(evaluate_model(&ev, w->m, w->c, w->r, w->r, &q, NULL, NULL),
                    ERR_ARG);
    if (w->n_ratings > 0) {
        w->r->item[w->n_ratings - 1] |= RATINGS_HELD_OUT;
        w->r->n_held_out = 1;
    }
    CU_ASSERT_EQUAL(evaluate_model(&ev, w->m, w->c, w->r, w->r, &q, NULL, NULL), want);
    if (want != ERR_OK)
        return;
    CU_ASSERT(ev.n == 1 && ev.n_ranked_users == 1);
    CU_ASSERT_EQUAL(ev.global_mean.rmse, 0); /* all gave 4 stars */
    CU_ASSERT_EQUAL(ev.ranked.recall.value, 1);
    CU_ASSERT_DOUBLE_EQUAL(ev.ranked.precision.value, .1, 1e-12);
}

static void
one_rating_held_out_is_evaluated(void)
{
    every_world(evaluate_it);
}

/* The weights of a run that has gone wrong, say, before anybody looks at its loss. */
static void
ask_without_numbers(const struct world *w)
{
    const struct recommend_query rq = { .seen = true };
    struct recommender *rec = NULL;
    struct directions d = { 0 };
    struct centre about = { 0 };
    struct foldin_prior p = { 0 };
    struct fans fans[1];
    size_t n_lists = 0, n = 9;

    for (size_t i = 0; i < w->m->len; i++)
        w->m->arena[i] = NAN;
    CU_ASSERT_EQUAL_FATAL(recommender_new(&rec, w->m, w->c, w->r, NULL), ERR_OK);
    CU_ASSERT_EQUAL(recommend_users(rec, (const uint32_t[]){ 1, 1 }, 2, &rq, NULL,
                                    count_lists, &n_lists, NULL),
                    ERR_OK);
    CU_ASSERT_EQUAL(n_lists, 2);
    recommender_free(rec);
    CU_ASSERT_EQUAL_FATAL(centre_init(&about, w->m, w->c, CENTRE_FILMS, NULL), ERR_OK);
    CU_ASSERT_EQUAL(fans_find(fans, &n, w->m, w->c, &about, 1, NULL), ERR_OK);
    CU_ASSERT_EQUAL(n, 0);
    CU_ASSERT_EQUAL(directions_init(&d, w->m, w->c, &about, DIRECTIONS_PCA, NULL),
                    w->n_rated > 0 ? ERR_NUMERIC : ERR_OK);
    directions_done(&d);
    CU_ASSERT_EQUAL(directions_init(&d, w->m, w->c, &about, DIRECTIONS_RAW, NULL),
                    ERR_OK);
    directions_done(&d);
    centre_done(&about);
    CU_ASSERT_EQUAL(foldin_prior_init(&p, w->m, w->r, NULL),
                    w->n_raters > 0 ? ERR_NUMERIC : ERR_OK);
    foldin_prior_done(&p);
}

static void
weights_that_are_no_numbers_are_an_error_or_no_answer(void)
{
    every_world(ask_without_numbers);
}

CU_TestInfo tests_smallest[] = {
    { "lists hold what there is", lists_hold_what_there_is },
    { "explanations add up", explanations_add_up },
    { "users are described, and a new one is folded in",
      users_are_described_and_a_new_one_is_folded_in },
    { "one rating held out is evaluated", one_rating_held_out_is_evaluated },
    { "weights that are no numbers are an error or no answer",
      weights_that_are_no_numbers_are_an_error_or_no_answer },
    CU_TEST_INFO_NULL,
};
