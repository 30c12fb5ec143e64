/* test_likers.c - the users who like something, worked by hand. */
#include "config.h"

#include "src/base/mem.h"
#include "src/explore/likers.h"

#include "tests/explore/films_made.h"
#include "tests/unit.h"

#include <string.h>

static const struct film made[] = {
    { "A", 1, 0, "Drama", 3, 3, 0 },
    { "B", 2, 0, "Comedy|Drama", 3, 3, 0 },
    { "C", 3, 0, "Comedy", 3, 3, 0 },
};
/* User 1: A 5, B 4, C 3 (mean 4); user 2: A 4, C 2 (mean 3); user 3: C 5; user 4: A 5.
 */
static const struct seen pairs[] = { { 1, 1 }, { 1, 2 }, { 1, 3 }, { 2, 1 },
                                     { 2, 3 }, { 3, 3 }, { 4, 1 } };
static const uint8_t code[] = { 4, 3, 2, 3, 1, 4, 4 };

static struct catalog *c;
static struct ratings *r;

static void
make(void)
{
    c = films_catalog(made, 3, 4);
    r = films_ratings(pairs, 7, 4, 3);
    for (unsigned v = 0; v < 5; v++)
        r->value[v] = (float)v + 1;
    r->n_values = 5;
    memcpy(r->code, code, sizeof(code));
}

static void
unmake(void)
{
    catalog_free(c);
    ratings_free(r);
}

static uint32_t
genre_named(const char *name)
{
    uint32_t g = 0;

    while (strcmp(strtab_get(&c->genre, g), name) != 0)
        g++;
    return g;
}

/* Drama: user 1 (1 + 0) / (2 + 5), user 2 1 / (1 + 5), user 4 0 / 6; user 3 rated
 * none. */
static void
a_genre_is_liked_by_who_rates_it_above_his_mean(void)
{
    struct liker l[4];
    size_t n = 0;

    make();
    CU_ASSERT_EQUAL(likers_of_genre(l, 4, &n, c, r, genre_named("Drama"), NULL),
                    ERR_OK);
    CU_ASSERT_EQUAL_FATAL(n, 3);
    CU_ASSERT_EQUAL(l[0].user, 2);
    CU_ASSERT_DOUBLE_EQUAL(l[0].value, 1. / 6, 1e-12);
    CU_ASSERT_EQUAL(l[1].user, 1);
    CU_ASSERT_DOUBLE_EQUAL(l[1].value, 1. / 7, 1e-12);
    CU_ASSERT_EQUAL(l[2].user, 4);
    CU_ASSERT_DOUBLE_EQUAL(l[2].value, 0, 1e-12);
    unmake();
}

/* A: users 1 and 4 gave 5, user 1 rated more; user 2 gave 4. */
static void
a_film_is_liked_by_who_gave_it_most(void)
{
    struct liker l[2];
    size_t n = 0;

    make();
    CU_ASSERT_EQUAL(likers_of_film(l, 2, &n, r, 1, NULL), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(n, 2); /* there is no room for the third */
    CU_ASSERT_EQUAL(l[0].user, 1);
    CU_ASSERT_EQUAL(l[1].user, 4);
    CU_ASSERT_DOUBLE_EQUAL(l[1].value, 5, 0);
    unmake();
}

static void
without_memory_it_says_so(void)
{
    struct liker l[4];
    size_t n = 9;

    make();
    for (unsigned long at = 1; at <= 2; at++) {
        mem_fail_at(at, 1);
        CU_ASSERT_EQUAL(likers_of_genre(l, 4, &n, c, r, 0, NULL), ERR_NOMEM);
    }
    mem_fail_at(1, 1);
    CU_ASSERT_EQUAL(likers_of_film(l, 4, &n, r, 1, NULL), ERR_NOMEM);
    mem_fail_at(0, 0);
    CU_ASSERT_EQUAL(n, 9);
    unmake();
}

CU_TestInfo tests_likers[] = {
    { "a genre is liked by who rates it above his mean",
      a_genre_is_liked_by_who_rates_it_above_his_mean },
    { "a film is liked by who gave it most", a_film_is_liked_by_who_gave_it_most },
    { "without memory it says so", without_memory_it_says_so },
    CU_TEST_INFO_NULL,
};
