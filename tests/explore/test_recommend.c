/* test_recommend.c - the best films for a user, in a small world worked by hand. */
#include "config.h"

#include "src/explore/recommend.h"

#include "src/base/mem.h"
#include "tests/explore/asked.h"
#include "tests/explore/films_made.h"
#include "tests/unit.h"

#include <math.h>
#include <string.h>

/* One thread's answers. */
static const struct asked_heard *
ask(const struct asked *w, const uint32_t *user, size_t n_users,
    const struct recommend_query *q)
{
    return asked_users(w, user, n_users, q, NULL);
}

static void
check_rows(const struct asked_heard *h, size_t at, const uint32_t *rows, size_t n)
{
    CU_ASSERT_EQUAL_FATAL(h->n[at], n);
    for (size_t i = 0; i < n; i++)
        CU_ASSERT_EQUAL(h->list[at][i].row, rows[i]);
}

#define ROWS(h, at, ...)                                 \
    check_rows(h, at, (const uint32_t[]){ __VA_ARGS__ }, \
               sizeof((uint32_t[]){ __VA_ARGS__ }) / sizeof(uint32_t))

/*
 * Two factors. User 1 likes the first (1, 0), user 2 the second (0, 1); user biases
 * 0.5 and -1. Logits of user 1: A 0.5+0+2, B 0.5+0.1-1, C as A, D 0.5+1+0, E unrated
 * by all. User 2: A -1+0+0, B -1+0.1+3, C as A, D -1+1+0.
 */
static const struct film made[] = {
    { "A", 40, 1999, "Drama", 3, 4, 0 },    { "B", 30, 1990, "Comedy", 2, 4, 0.1f },
    { "A", 20, 1980, "Comedy", 1, 4, 0 },   { "D", 10, 2000, "Drama|Comedy", 5, 4, 1 },
    { "E", 5, 2001, "Drama", 0, NAN, 100 },
};

static const struct seen made_seen[] = { { 1, 4 }, { 2, 2 }, { 2, 3 } };

static void
world_make(struct asked *w)
{
    static const float I[5][2] = { { 2, 0 }, { -1, 3 }, { 2, 0 }, { 0, 0 }, { 9, 9 } };

    w->c = films_catalog(made, 5, 2);
    w->m = films_model(made, 5, 2, 2);
    w->r = films_ratings(made_seen, 3, 2, 5);
    memcpy(w->m->I + 2, I, sizeof(I));
    w->m->U[2] = 1;
    w->m->U[5] = 1;
    w->m->bu[1] = 0.5f;
    w->m->bu[2] = -1;
    asked_open(w);
}

static void
the_seen_and_the_unrated_are_hidden_and_ties_go_by_title_and_id(void)
{
    const struct recommend_query q = { .limit = 10 };
    const struct asked_heard *h;
    struct asked w;

    world_make(&w);
    h = ask(&w, (const uint32_t[]){ 1, 2, 1 }, 3, &q);
    ROWS(h, 0, 3, 1, 2); /* both A: id 20 before 40 */
    ROWS(h, 1, 4, 1);
    ROWS(h, 2, 3, 1, 2);
    CU_ASSERT_DOUBLE_EQUAL(h->list[0][0].rating, 0.5 + 5 / (1 + exp(-2.5)), 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(h->list[0][2].rating, 0.5 + 5 / (1 + exp(0.4)), 1e-7);
    CU_ASSERT_DOUBLE_EQUAL(h->list[1][0].rating, 3, 1e-12);
    CU_ASSERT_FALSE(h->list[1][0].seen);
    asked_close(&w);
}

static void
the_seen_come_back_on_request_and_are_marked(void)
{
    const struct asked_heard *h;
    struct asked w;

    world_make(&w);
    h = ask(&w, (const uint32_t[]){ 2 }, 1, &(struct recommend_query){ .seen = true });
    ROWS(h, 0, 2, 4, 3, 1); /* limit 0: all */
    CU_ASSERT_TRUE(h->list[0][0].seen);
    CU_ASSERT_FALSE(h->list[0][1].seen);
    CU_ASSERT_TRUE(h->list[0][2].seen);
    asked_close(&w);
}

static void
a_filter_and_the_limit_narrow_the_list(void)
{
    struct recommend_query q = { .limit = 1 };
    struct filter *f = NULL;
    const struct asked_heard *h;
    struct asked w;

    world_make(&w);
    ROWS(ask(&w, (const uint32_t[]){ 1 }, 1, &q), 0, 3);
    CU_ASSERT_EQUAL_FATAL(
        filter_new(&f, "genre:drama|seen", w.c, w.m, FILTER_WITH_SEEN, NULL), ERR_OK);
    q = (struct recommend_query){ .filter = f, .seen = true };
    h = ask(&w, (const uint32_t[]){ 1, 2 }, 2, &q);
    ROWS(h, 0, 1, 4);
    ROWS(h, 1, 2, 4, 3, 1);
    filter_free(f);
    asked_close(&w);
}

/*
 * log(1 + ratings) of A, B, A', D: log 4, log 3, log 2, log 6, mean 1.2424, deviation
 * .4015; biases 0, .1, 0, 1: deviation .4205. Popularity 1 adds .1507, -.1507, -.5754,
 * .5752; user 1 then has A 2 + .1507 before A' 2 - .5754 = 1.4246, and at -1 A' first.
 */
static void
popularity_turns_the_scales_and_leaves_the_prediction(void)
{
    struct recommend_query q = { .limit = 3, .popularity = 1 };
    const struct asked_heard *h;
    struct asked w;

    world_make(&w);
    h = ask(&w, (const uint32_t[]){ 1 }, 1, &q);
    ROWS(h, 0, 1, 3, 2);
    CU_ASSERT_DOUBLE_EQUAL(h->list[0][0].rating, 0.5 + 5 / (1 + exp(-2.5)), 1e-12);
    q.popularity = -1;
    ROWS(ask(&w, (const uint32_t[]){ 1 }, 1, &q), 0, 3, 1, 2);
    /* User 2 with all films: B 3.1 before D 1; at 1 B 2.95, D 1.575, A .15, A' -.58. */
    q = (struct recommend_query){ .seen = true, .popularity = 1 };
    ROWS(ask(&w, (const uint32_t[]){ 2 }, 1, &q), 0, 2, 4, 1, 3);
    asked_close(&w);
}

static void
diversity_parts_films_that_are_alike(void)
{
    struct recommend_query q = { .limit = 2, .diversity = .7, .seen = true };
    struct asked w;

    world_make(&w);
    /* Logits A' 2.5, A 2.5, D 1.5, B -.4: second A .3 - .7, D .3 · .655 - 0 (its
     * factors are 0), B 0 + .7 · .316 = .2214, its cosine with A being -1/√10. */
    ROWS(ask(&w, (const uint32_t[]){ 1 }, 1, &q), 0, 3, 2);
    q.diversity = .5; /* D .5 · .655 = .328, B .158 */
    ROWS(ask(&w, (const uint32_t[]){ 1 }, 1, &q), 0, 3, 4);
    asked_close(&w);
}

static void
what_was_held_out_can_be_listed(void)
{
    struct recommend_query q = { .limit = 10, .held_out = true };
    const struct asked_heard *h;
    struct asked w;

    world_make(&w);
    w.r->item[2] |= RATINGS_HELD_OUT; /* user 2, film 3 */
    h = ask(&w, (const uint32_t[]){ 2 }, 1, &q);
    ROWS(h, 0, 4, 3, 1);
    CU_ASSERT_FALSE(h->list[0][1].seen);
    q.held_out = false;
    ROWS(ask(&w, (const uint32_t[]){ 2 }, 1, &q), 0, 4, 1);
    asked_close(&w);
}

static void
nobody_asked_and_nothing_left_are_no_errors(void)
{
    struct recommend_query q = { .limit = 10 };
    struct filter *f = NULL;
    struct asked w;

    world_make(&w);
    ask(&w, NULL, 0, &q);
    CU_ASSERT_EQUAL_FATAL(
        filter_new(&f, "nothing has this title", w.c, w.m, FILTER_WITH_SEEN, NULL),
        ERR_OK);
    q.filter = f;
    CU_ASSERT_EQUAL(ask(&w, (const uint32_t[]){ 2 }, 1, &q)->n[0], 0);
    filter_free(f);
    asked_close(&w);
}

static struct asked_heard heard; /* of a question that ends early */

static void
the_listener_can_end_the_question(void)
{
    struct recommend_query q = { .limit = 10 };
    struct err err;
    struct asked w;

    world_make(&w);
    heard = (struct asked_heard){ .stop_after = 2 };
    CU_ASSERT_EQUAL(recommend_users(w.rec, (const uint32_t[]){ 1, 2, 1 }, 3, &q, NULL,
                                    asked_hear, &heard, &err),
                    ERR_IO);
    CU_ASSERT_EQUAL(heard.n_users, 2);
    CU_ASSERT_STRING_EQUAL(err.msg, "enough");
    asked_close(&w);
}

static void
parts_that_do_not_belong_together_are_refused(void)
{
    struct recommender *rec = NULL;
    struct ratings *other = films_ratings(made_seen, 3, 2, 6);
    struct err err;
    struct asked w;

    world_make(&w);
    CU_ASSERT_EQUAL(recommender_new(&rec, w.m, w.c, other, &err), ERR_ARG);
    CU_ASSERT_PTR_NULL(rec);
    ratings_free(other);
    asked_close(&w);
}

static void
without_memory_it_says_so(void)
{
    struct recommend_query q = { .limit = 10 };
    enum err_code rc = ERR_NOMEM;
    unsigned long at;
    struct asked w;
    struct err err;

    world_make(&w);
    for (at = 1; at < 20 && rc != ERR_OK; at++) {
        heard = (struct asked_heard){ 0 };
        mem_fail_at(at, 0);
        rc = recommend_users(w.rec, (const uint32_t[]){ 1 }, 1, &q, NULL, asked_hear,
                             &heard, &err);
        CU_ASSERT(rc == ERR_OK || (rc == ERR_NOMEM && heard.n_users == 0));
    }
    mem_fail_at(0, 0);
    CU_ASSERT_EQUAL(rc, ERR_OK);
    asked_close(&w);
}

CU_TestInfo tests_recommend[] = {
    { "the seen and the unrated are hidden, and ties go by title and id",
      the_seen_and_the_unrated_are_hidden_and_ties_go_by_title_and_id },
    { "the seen come back on request and are marked",
      the_seen_come_back_on_request_and_are_marked },
    { "a filter and the limit narrow the list",
      a_filter_and_the_limit_narrow_the_list },
    { "popularity turns the scales and leaves the prediction",
      popularity_turns_the_scales_and_leaves_the_prediction },
    { "diversity parts films that are alike", diversity_parts_films_that_are_alike },
    { "what was held out can be listed", what_was_held_out_can_be_listed },
    { "nobody asked and nothing left are no errors",
      nobody_asked_and_nothing_left_are_no_errors },
    { "the listener can end the question", the_listener_can_end_the_question },
    { "parts that do not belong together are refused",
      parts_that_do_not_belong_together_are_refused },
    { "without memory it says so", without_memory_it_says_so },
    CU_TEST_INFO_NULL,
};
