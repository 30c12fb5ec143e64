/*
 * test_recommend_exact.c - lists are those of scoring every film in double, in many
 * random worlds, and those of fastai.
 */
#include "config.h"

#include "src/explore/recommend.h"

#include "src/base/rng.h"
#include "src/explore/rank.h"
#include "tests/explore/asked.h"
#include "tests/explore/films_made.h"
#include "tests/explore/golden_films.h"
#include "tests/golden.h"
#include "tests/unit.h"

#define USERS 150 /* more than two blocks */
#define FILMS 200

/* All films that `user` has not seen, by model_logit; returns how many. */
static size_t
brute_force(const struct asked *w, uint32_t user, struct ranked *e)
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
random_world(struct asked *w, uint64_t seed, unsigned k)
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
    asked_open(w);
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
        const struct asked_heard *h;
        struct asked w;

        random_world(&w, f, factors[f]);
        h = asked_users(&w, users, USERS, &q, f % 2 == 0 ? three : NULL);
        for (uint32_t u = 0; u < USERS; u++) {
            size_t n = brute_force(&w, u + 1, all);

            CU_ASSERT_EQUAL(h->n[u], 10);
            CU_ASSERT_FATAL(n > 10);
            for (size_t i = 0; i < 10; i++) {
                CU_ASSERT_EQUAL(h->list[u][i].row, all[i].row);
                CU_ASSERT_EQUAL(h->list[u][i].rating, model_rating(w.m, all[i].key));
            }
        }
        h = asked_users(&w, users + 40, 1, &q, NULL); /* alone, by another BLAS call */
        brute_force(&w, 41, all);
        for (size_t i = 0; i < 10; i++)
            CU_ASSERT_EQUAL(h->list[0][i].row, all[i].row);
        asked_close(&w);
    }
    pool_free(three);
}

static void
golden_world(struct asked *w, const json_t *reading, const json_t *user)
{
    struct seen seen[GOLDEN_FILMS];
    size_t n_rated = golden_len(user, "rated_in_train");
    uint32_t row = (uint32_t)golden_number(golden_get(user, "user_row"));

    for (size_t i = 0; i < n_rated; i++)
        seen[i] = (struct seen){ row, (uint32_t)golden_at(user, "rated_in_train", i) };
    w->c = golden_films_catalog(reading);
    w->m = golden_films_model();
    w->r = films_ratings(seen, n_rated, GOLDEN_USERS, GOLDEN_FILMS);
    asked_open(w);
}

static void
check_golden(const struct asked_heard *h, const json_t *user, const char *rows)
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
        struct asked w;

        golden_world(&w, reading, user);
        check_golden(asked_users(&w, &row, 1, &q, NULL), user, "top10_unrated");
        q.seen = true;
        check_golden(asked_users(&w, &row, 1, &q, NULL), user, "top10_all");
        asked_close(&w);
    }
    json_decref(reading);
}

CU_TestInfo tests_recommend_exact[] = {
    { "every list equals scoring all films in double",
      every_list_equals_scoring_all_films_in_double },
    { "the top ten are fastai's", the_top_ten_are_fastais },
    CU_TEST_INFO_NULL,
};
