/* test_users.c - the users of a run, worked by hand. */
#include "config.h"

#include "src/base/mem.h"
#include "src/explore/users.h"

#include "tests/explore/films_made.h"
#include "tests/unit.h"

#include <math.h>
#include <string.h>

static const struct film made[] = {
    { "A", 1, 0, "Drama", 3, 3, 0 },  { "B", 2, 0, "Comedy|Drama", 3, 3, 0 },
    { "C", 3, 0, "Comedy", 3, 3, 0 }, { "D", 4, 0, "Western", 3, 3, 0 },
    { "E", 5, 0, "", 3, 3, 0 },
};
/* User 1: A 5, B 4, C 2, E 1 (mean 3); user 2: A 4, C 4; user 3: none; user 4: B 2, D 4
 * (mean 3). */
static const struct seen pairs[] = { { 1, 1 }, { 1, 2 }, { 1, 3 }, { 1, 5 },
                                     { 2, 1 }, { 2, 3 }, { 4, 2 }, { 4, 4 } };
static const uint8_t code[] = { 4, 3, 1, 0, 3, 3, 1, 3 };

static struct catalog *c;
static struct model *m;
static struct ratings *r;

static void
make(void)
{
    c = films_catalog(made, 5, 4);
    m = films_model(made, 5, 4, 2);
    r = films_ratings(pairs, 8, 4, 5);
    for (unsigned v = 0; v < 5; v++)
        r->value[v] = (float)v + 1;
    r->n_values = 5;
    memcpy(r->code, code, sizeof(code));
    m->bu[1] = .1f;
    m->bu[2] = -.2f;
    m->bu[4] = .3f;
}

static void
unmake(void)
{
    catalog_free(c);
    model_free(m);
    ratings_free(r);
}

static void
check_order(const struct users_query *q, const char *rows, size_t n_match)
{
    struct users u = { 0 };

    CU_ASSERT_EQUAL_FATAL(users_list(&u, m, r, q, NULL), ERR_OK);
    CU_ASSERT_EQUAL(u.n_match, n_match);
    CU_ASSERT_EQUAL_FATAL(u.n, strlen(rows));
    for (size_t i = 0; i < u.n; i++)
        CU_ASSERT_EQUAL(u.row[i], (uint32_t)(rows[i] - '0'));
    users_done(&u);
}

static void
users_stand_in_the_order_that_was_asked_for(void)
{
    make();
    check_order(&(struct users_query){ .sort = USERS_BY_RATINGS }, "124", 3);
    check_order(&(struct users_query){ .sort = USERS_BY_RATINGS, .reverse = true },
                "241", 3);
    check_order(&(struct users_query){ .sort = USERS_BY_MEAN }, "214", 3);
    check_order(&(struct users_query){ .sort = USERS_BY_BIAS }, "412", 3);
    check_order(&(struct users_query){ .sort = USERS_BY_USER, .reverse = true }, "421",
                3);
    check_order(&(struct users_query){ .sort = USERS_BY_BIAS, .limit = 2 }, "41", 3);
    check_order(&(struct users_query){ .min_ratings = 3 }, "1", 1);
    check_order(&(struct users_query){ .min_ratings = 9 }, "", 0);
    unmake();
}

static void
a_liking_is_the_stars_above_the_own_mean_shrunk_by_their_number(void)
{
    struct users_liking l[3];

    make();
    CU_ASSERT_EQUAL_FATAL(users_likings(l, c, r, 1), 2);
    /* Drama 5 and 4: (2 + 1) / (2 + 5); Comedy 4 and 2: 0 / 7. */
    CU_ASSERT_STRING_EQUAL(strtab_get(&c->genre, l[0].genre), "Drama");
    CU_ASSERT_EQUAL(l[0].n, 2);
    CU_ASSERT_DOUBLE_EQUAL(l[0].mean, 4.5, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(l[0].above, 3. / 7, 1e-12);
    CU_ASSERT_STRING_EQUAL(strtab_get(&c->genre, l[1].genre), "Comedy");
    CU_ASSERT_DOUBLE_EQUAL(l[1].above, 0, 1e-12);
    /* User 4: Western 4 of mean 3, 1 / 6; Drama and Comedy 2, -1 / 6, as they come. */
    CU_ASSERT_EQUAL_FATAL(users_likings(l, c, r, 4), 3);
    CU_ASSERT_STRING_EQUAL(strtab_get(&c->genre, l[0].genre), "Western");
    CU_ASSERT_DOUBLE_EQUAL(l[0].above, 1. / 6, 1e-12);
    CU_ASSERT(l[1].genre < l[2].genre);
    CU_ASSERT_DOUBLE_EQUAL(l[2].above, -1. / 6, 1e-12);
    CU_ASSERT_EQUAL(users_likings(l, c, r, 3), 0);
    unmake();
}

static void
held_out_ratings_stand_beside_what_is_predicted(void)
{
    struct users_held_out list[4];
    size_t n = 0;

    make();
    CU_ASSERT_TRUE(isnan(users_rmse(m, r, 1, 4, &n)));
    r->item[1] |= RATINGS_HELD_OUT; /* user 1, B, 4 stars */
    r->item[3] |= RATINGS_HELD_OUT; /* user 1, E, 1 star */
    r->item[6] |= RATINGS_HELD_OUT; /* user 4, B, 2 stars */
    r->n_held_out = 3;
    m->bu[1] = m->bu[4] = 0;
    m->bi[2] = 20; /* 5.5 stars, to the last digit of single precision */
    CU_ASSERT_EQUAL_FATAL(users_held_out(list, m, r, 1), 2);
    CU_ASSERT_EQUAL(list[0].row, 2);
    CU_ASSERT_EQUAL(list[0].given, 4);
    CU_ASSERT_DOUBLE_EQUAL(list[0].predicted, 5.5, 1e-6);
    CU_ASSERT_EQUAL(list[1].row, 5);
    CU_ASSERT_DOUBLE_EQUAL(list[1].predicted, 3, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(users_rmse(m, r, 1, 1, &n), sqrt((1.5 * 1.5 + 2 * 2) / 2),
                           1e-6);
    CU_ASSERT_EQUAL(n, 2);
    CU_ASSERT_DOUBLE_EQUAL(users_rmse(m, r, 1, 4, &n),
                           sqrt((1.5 * 1.5 + 2 * 2 + 3.5 * 3.5) / 3), 1e-6);
    CU_ASSERT_EQUAL(n, 3);
    unmake();
}

static void
without_memory_it_says_so(void)
{
    const struct users_query q = { .sort = USERS_BY_RATINGS };

    make();
    for (unsigned long n = 1; n <= 2; n++) {
        struct users u = { .n = 7 };

        mem_fail_at(n, 0);
        CU_ASSERT_EQUAL(users_list(&u, m, r, &q, NULL), ERR_NOMEM);
        mem_fail_at(0, 0);
        CU_ASSERT_EQUAL(u.n, 7);
    }
    unmake();
}

CU_TestInfo tests_users[] = {
    { "users stand in the order that was asked for",
      users_stand_in_the_order_that_was_asked_for },
    { "a liking is the stars above the own mean, shrunk by their number",
      a_liking_is_the_stars_above_the_own_mean_shrunk_by_their_number },
    { "held-out ratings stand beside what is predicted",
      held_out_ratings_stand_beside_what_is_predicted },
    { "without memory it says so", without_memory_it_says_so },
    CU_TEST_INFO_NULL,
};
