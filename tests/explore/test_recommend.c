/* test_recommend.c - the best films for a user. */
#include "config.h"

#include "src/base/mem.h"
#include "src/base/rng.h"
#include "src/explore/rank.h"
#include "src/explore/recommend.h"

#include "tests/explore/films_made.h"
#include "tests/explore/golden_films.h"
#include "tests/golden.h"
#include "tests/unit.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define LONGEST 256

/* The answers of a question, user after user. */
struct heard {
    size_t n_users;
    uint32_t user[LONGEST];
    size_t n[LONGEST];
    struct recommendation list[LONGEST][LONGEST];
    size_t stop_after; /* users; 0: never */
};

static enum err_code
hear(void *arg, uint32_t user, const struct recommendation *list, size_t n,
     struct err *err)
{
    struct heard *h = arg;

    CU_ASSERT_FATAL(h->n_users < LONGEST && n <= LONGEST);
    h->user[h->n_users] = user;
    h->n[h->n_users] = n;
    memcpy(h->list[h->n_users++], list, n * sizeof(*list));
    if (h->n_users == h->stop_after)
        return err_set(err, ERR_IO, "enough");
    return ERR_OK;
}

static struct heard heard;
static struct pool *team; /* that ask() uses */

static const struct heard *
ask(const struct recommender *rec, const uint32_t *user, size_t n_users,
    const struct recommend_query *q)
{
    heard = (struct heard){ 0 };
    CU_ASSERT_EQUAL_FATAL(
        recommend_users(rec, user, n_users, q, team, hear, &heard, NULL), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(heard.n_users, n_users);
    return &heard;
}

static void
check_rows(const struct heard *h, size_t at, const uint32_t *rows, size_t n)
{
    CU_ASSERT_EQUAL_FATAL(h->n[at], n);
    for (size_t i = 0; i < n; i++)
        CU_ASSERT_EQUAL(h->list[at][i].row, rows[i]);
}

#define ROWS(h, at, ...)                                 \
    check_rows(h, at, (const uint32_t[]){ __VA_ARGS__ }, \
               sizeof((uint32_t[]){ __VA_ARGS__ }) / sizeof(uint32_t))

/* ---- a small world, worked by hand ---------------------------------------------- */

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

struct world {
    struct catalog *c;
    struct model *m;
    struct ratings *r;
    struct recommender *rec;
};

static void
world_make(struct world *w)
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
    CU_ASSERT_EQUAL_FATAL(recommender_new(&w->rec, w->m, w->c, w->r, NULL), ERR_OK);
}

static void
world_unmake(struct world *w)
{
    recommender_free(w->rec);
    catalog_free(w->c);
    model_free(w->m);
    ratings_free(w->r);
}

static void
the_seen_and_the_unrated_are_hidden_and_ties_go_by_title_and_id(void)
{
    const struct recommend_query q = { .limit = 10 };
    const struct heard *h;
    struct world w;

    world_make(&w);
    h = ask(w.rec, (const uint32_t[]){ 1, 2, 1 }, 3, &q);
    ROWS(h, 0, 3, 1, 2); /* both A: id 20 before 40 */
    ROWS(h, 1, 4, 1);
    ROWS(h, 2, 3, 1, 2);
    CU_ASSERT_DOUBLE_EQUAL(h->list[0][0].rating, 0.5 + 5 / (1 + exp(-2.5)), 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(h->list[0][2].rating, 0.5 + 5 / (1 + exp(0.4)), 1e-7);
    CU_ASSERT_DOUBLE_EQUAL(h->list[1][0].rating, 3, 1e-12);
    CU_ASSERT_FALSE(h->list[1][0].seen);
    world_unmake(&w);
}

static void
the_seen_come_back_on_request_and_are_marked(void)
{
    const struct heard *h;
    struct world w;

    world_make(&w);
    h = ask(w.rec, (const uint32_t[]){ 2 }, 1,
            &(struct recommend_query){ .seen = true });
    ROWS(h, 0, 2, 4, 3, 1); /* limit 0: all */
    CU_ASSERT_TRUE(h->list[0][0].seen);
    CU_ASSERT_FALSE(h->list[0][1].seen);
    CU_ASSERT_TRUE(h->list[0][2].seen);
    world_unmake(&w);
}

static void
a_filter_and_the_limit_narrow_the_list(void)
{
    struct recommend_query q = { .limit = 1 };
    struct filter *f = NULL;
    const struct heard *h;
    struct world w;

    world_make(&w);
    ROWS(ask(w.rec, (const uint32_t[]){ 1 }, 1, &q), 0, 3);
    CU_ASSERT_EQUAL_FATAL(
        filter_new(&f, "genre:drama|seen", w.c, w.m, FILTER_WITH_SEEN, NULL), ERR_OK);
    q = (struct recommend_query){ .filter = f, .seen = true };
    h = ask(w.rec, (const uint32_t[]){ 1, 2 }, 2, &q);
    ROWS(h, 0, 1, 4);
    ROWS(h, 1, 2, 4, 3, 1);
    filter_free(f);
    world_unmake(&w);
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
    const struct heard *h;
    struct world w;

    world_make(&w);
    h = ask(w.rec, (const uint32_t[]){ 1 }, 1, &q);
    ROWS(h, 0, 1, 3, 2);
    CU_ASSERT_DOUBLE_EQUAL(h->list[0][0].rating, 0.5 + 5 / (1 + exp(-2.5)), 1e-12);
    q.popularity = -1;
    ROWS(ask(w.rec, (const uint32_t[]){ 1 }, 1, &q), 0, 3, 1, 2);
    /* User 2 with all films: B 3.1 before D 1; at 1 B 2.95, D 1.575, A .15, A' -.58. */
    q = (struct recommend_query){ .seen = true, .popularity = 1 };
    ROWS(ask(w.rec, (const uint32_t[]){ 2 }, 1, &q), 0, 2, 4, 1, 3);
    world_unmake(&w);
}

static void
diversity_parts_films_that_are_alike(void)
{
    struct recommend_query q = { .limit = 2, .diversity = .7, .seen = true };
    struct world w;

    world_make(&w);
    /* Logits A' 2.5, A 2.5, D 1.5, B -.4: second A .3 - .7, D .3 · .655 - 0 (its
     * factors are 0), B 0 + .7 · .316 = .2214, its cosine with A being -1/√10. */
    ROWS(ask(w.rec, (const uint32_t[]){ 1 }, 1, &q), 0, 3, 2);
    q.diversity = .5; /* D .5 · .655 = .328, B .158 */
    ROWS(ask(w.rec, (const uint32_t[]){ 1 }, 1, &q), 0, 3, 4);
    world_unmake(&w);
}

static void
what_was_held_out_can_be_listed(void)
{
    struct recommend_query q = { .limit = 10, .held_out = true };
    const struct heard *h;
    struct world w;

    world_make(&w);
    w.r->item[2] |= RATINGS_HELD_OUT; /* user 2, film 3 */
    h = ask(w.rec, (const uint32_t[]){ 2 }, 1, &q);
    ROWS(h, 0, 4, 3, 1);
    CU_ASSERT_FALSE(h->list[0][1].seen);
    q.held_out = false;
    ROWS(ask(w.rec, (const uint32_t[]){ 2 }, 1, &q), 0, 4, 1);
    world_unmake(&w);
}

static void
nobody_asked_and_nothing_left_are_no_errors(void)
{
    struct recommend_query q = { .limit = 10 };
    struct filter *f = NULL;
    struct world w;

    world_make(&w);
    ask(w.rec, NULL, 0, &q);
    CU_ASSERT_EQUAL_FATAL(
        filter_new(&f, "nothing has this title", w.c, w.m, FILTER_WITH_SEEN, NULL),
        ERR_OK);
    q.filter = f;
    CU_ASSERT_EQUAL(ask(w.rec, (const uint32_t[]){ 2 }, 1, &q)->n[0], 0);
    filter_free(f);
    world_unmake(&w);
}

static void
the_listener_can_end_the_question(void)
{
    struct recommend_query q = { .limit = 10 };
    struct err err;
    struct world w;

    world_make(&w);
    heard = (struct heard){ .stop_after = 2 };
    CU_ASSERT_EQUAL(recommend_users(w.rec, (const uint32_t[]){ 1, 2, 1 }, 3, &q, NULL,
                                    hear, &heard, &err),
                    ERR_IO);
    CU_ASSERT_EQUAL(heard.n_users, 2);
    CU_ASSERT_STRING_EQUAL(err.msg, "enough");
    world_unmake(&w);
}

static void
parts_that_do_not_belong_together_are_refused(void)
{
    struct recommender *rec = NULL;
    struct ratings *other = films_ratings(made_seen, 3, 2, 6);
    struct err err;
    struct world w;

    world_make(&w);
    CU_ASSERT_EQUAL(recommender_new(&rec, w.m, w.c, other, &err), ERR_ARG);
    CU_ASSERT_PTR_NULL(rec);
    ratings_free(other);
    world_unmake(&w);
}

static void
without_memory_it_says_so(void)
{
    struct recommend_query q = { .limit = 10 };
    enum err_code rc = ERR_NOMEM;
    unsigned long at;
    struct world w;
    struct err err;

    world_make(&w);
    for (at = 1; at < 20 && rc != ERR_OK; at++) {
        heard = (struct heard){ 0 };
        mem_fail_at(at, 0);
        rc = recommend_users(w.rec, (const uint32_t[]){ 1 }, 1, &q, NULL, hear, &heard,
                             &err);
        CU_ASSERT(rc == ERR_OK || (rc == ERR_NOMEM && heard.n_users == 0));
    }
    mem_fail_at(0, 0);
    CU_ASSERT_EQUAL(rc, ERR_OK);
    world_unmake(&w);
}

/* ---- many random worlds against scoring every film in double --------------------- */

#define USERS 150 /* more than two blocks */
#define FILMS 200

/* All films that `user` has not seen, by model_logit; returns how many. */
static size_t
brute_force(const struct world *w, uint32_t user, struct ranked *e)
{
    size_t n = 0;

    for (uint32_t i = 1; i <= FILMS; i++) {
        bool seen = false;

        for (uint64_t at = w->r->start[user]; at < w->r->start[user + 1]; at++)
            seen |= ratings_item(w->r, at) == i;
        if (!seen && w->c->count[i] > 0)
            e[n++] = (struct ranked){ model_logit(w->m, user, i), i };
    }
    return rank_best(e, n, n, w->c);
}

/* A world of k factors, drawn from `seed`; half of the films are the first one but for
 * the last bits, so that rounding puts them in another order. */
static void
random_world(struct world *w, uint64_t seed, unsigned k)
{
    static struct film film[FILMS];
    static struct seen seen[USERS * 2];

    for (uint32_t i = 0; i < FILMS; i++)
        film[i] = (struct film){ "same title", i, 0, "", i % 7, 3, 0 };
    for (uint32_t s = 0; s < USERS * 2; s++)
        seen[s] = (struct seen){ s / 2 + 1, rng_at(seed, 9, s, 0).v[0] % FILMS + 1 };
    w->c = films_catalog(film, FILMS, USERS);
    w->m = films_model(film, FILMS, USERS, k);
    w->r = films_ratings(seen, USERS * 2, USERS, FILMS);
    for (size_t i = 0; i < w->m->len; i++) {
        struct rng_block b = rng_at(seed, 8, i, 0);

        w->m->arena[i] = (float)(rng_unit(b.v[0], b.v[1]) - 0.5);
    }
    for (uint32_t i = FILMS / 2; i <= FILMS; i++) {
        w->m->bi[i] = w->m->bi[1];
        for (unsigned f = 0; f < k; f++)
            w->m->I[(size_t)i * k + f] =
                w->m->I[k + f] *
                (1 + (float)(rng_at(seed, 7, i, f).v[0] % 9) * 0x1p-23f);
    }
    CU_ASSERT_EQUAL_FATAL(recommender_new(&w->rec, w->m, w->c, w->r, NULL), ERR_OK);
}

static void
every_list_equals_scoring_all_films_in_double(void)
{
    static const unsigned factors[] = { 1, 2, 7, 16, 100 };
    const struct recommend_query q = { .limit = 10 };
    struct ranked all[FILMS];
    uint32_t users[USERS];
    struct pool *three = NULL;

    CU_ASSERT_EQUAL_FATAL(pool_new(&three, 3, NULL), ERR_OK);
    for (uint32_t u = 0; u < USERS; u++)
        users[u] = u + 1;
    for (size_t f = 0; f < sizeof(factors) / sizeof(factors[0]); f++) {
        const struct heard *h;
        struct world w;

        random_world(&w, f, factors[f]);
        team = f % 2 == 0 ? three : NULL;
        h = ask(w.rec, users, USERS, &q);
        for (uint32_t u = 0; u < USERS; u++) {
            size_t n = brute_force(&w, u + 1, all);

            CU_ASSERT_EQUAL(h->n[u], 10);
            CU_ASSERT_FATAL(n > 10);
            for (size_t i = 0; i < 10; i++) {
                CU_ASSERT_EQUAL(h->list[u][i].row, all[i].row);
                CU_ASSERT_EQUAL(h->list[u][i].rating, model_rating(w.m, all[i].key));
            }
        }
        h = ask(w.rec, users + 40, 1, &q); /* alone, by another BLAS call */
        brute_force(&w, 41, all);
        for (size_t i = 0; i < 10; i++)
            CU_ASSERT_EQUAL(h->list[0][i].row, all[i].row);
        world_unmake(&w);
    }
    team = NULL;
    pool_free(three);
}

/* ---- fastai's own answers ---------------------------------------------------------
 */

static void
golden_world(struct world *w, const json_t *reading, const json_t *user)
{
    struct seen seen[GOLDEN_FILMS];
    size_t n_rated = golden_len(user, "rated_in_train");
    uint32_t row = (uint32_t)golden_number(golden_get(user, "user_row"));

    for (size_t i = 0; i < n_rated; i++)
        seen[i] = (struct seen){ row, (uint32_t)golden_at(user, "rated_in_train", i) };
    w->c = golden_films_catalog(reading);
    w->m = golden_films_model();
    w->r = films_ratings(seen, n_rated, GOLDEN_USERS, GOLDEN_FILMS);
    CU_ASSERT_EQUAL_FATAL(recommender_new(&w->rec, w->m, w->c, w->r, NULL), ERR_OK);
}

static void
check_golden(const struct heard *h, const json_t *user, const char *rows)
{
    CU_ASSERT_EQUAL_FATAL(h->n[0], golden_len(user, rows));
    for (size_t i = 0; i < h->n[0]; i++) {
        const struct recommendation *rn = &h->list[0][i];

        CU_ASSERT_EQUAL(rn->row, (uint32_t)golden_at(user, rows, i));
        CU_ASSERT_DOUBLE_EQUAL(rn->rating, golden_at(user, "prediction", rn->row),
                               1e-6);
    }
}

static void
the_top_ten_are_fastais(void)
{
    json_t *reading = golden_load("reading");
    const json_t *users = golden_get(reading, "users");

    CU_ASSERT_EQUAL_FATAL(json_array_size(users), 2);
    for (size_t i = 0; i < 2; i++) {
        const json_t *user = json_array_get(users, i);
        uint32_t row = (uint32_t)golden_number(golden_get(user, "user_row"));
        struct recommend_query q = { .limit = 10 };
        struct world w;

        golden_world(&w, reading, user);
        check_golden(ask(w.rec, &row, 1, &q), user, "top10_unrated");
        q.seen = true;
        check_golden(ask(w.rec, &row, 1, &q), user, "top10_all");
        world_unmake(&w);
    }
    json_decref(reading);
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
    { "every list equals scoring all films in double",
      every_list_equals_scoring_all_films_in_double },
    { "the top ten are fastai's", the_top_ten_are_fastais },
    CU_TEST_INFO_NULL,
};
