/* test_usercard.c - who a user is, in a few numbers. */
#include "config.h"

#include "src/base/mem.h"
#include "src/explore/usercard.h"

#include "tests/explore/films_made.h"
#include "tests/unit.h"

#include <math.h>

static const struct film films[] = {
    { "A", 1, 0, "", 50, 3, 0 }, { "B", 2, 0, "", 900, 3, 0 },
    { "C", 3, 0, "", 70, 3, 0 }, { "D", 4, 0, "", 5, 3, 0 },
    { "E", 5, 0, "", 50, 3, 0 },
};

/* User 1 rates A to E and E again; user 2 nothing; user 3 only C. */
static const struct seen seen[] = { { 1, 1 }, { 1, 2 }, { 1, 3 }, { 1, 4 },
                                    { 1, 5 }, { 1, 5 }, { 3, 3 } };

static struct catalog *c;
static struct ratings *r;

static void
make(void)
{
    static const uint8_t code[] = { 2, 0, 2, 1, 2, 2, 1 };

    c = films_catalog(films, 5, 3);
    r = films_ratings(seen, 7, 3, 5);
    r->value[0] = 2.5f;
    r->value[1] = 4;
    r->value[2] = 5;
    r->n_values = 3;
    for (size_t i = 0; i < 7; i++)
        r->code[i] = code[i];
}

static void
unmake(void)
{
    catalog_free(c);
    ratings_free(r);
}

static void
favourites_are_the_most_stars_then_the_best_known_each_once(void)
{
    struct usercard card;

    make();
    CU_ASSERT_EQUAL_FATAL(usercard_make(&card, c, r, 1, NULL), ERR_OK);
    CU_ASSERT_EQUAL(card.n_ratings, 6);
    CU_ASSERT_DOUBLE_EQUAL(card.mean, 26.5 / 6, 1e-12);
    CU_ASSERT_EQUAL_FATAL(card.n_favourites, 3);
    CU_ASSERT_EQUAL(card.favourite[0], 3); /* 70 ratings before 50 */
    CU_ASSERT_EQUAL(card.favourite[1], 1);
    CU_ASSERT_EQUAL(card.favourite[2], 5); /* rated twice, listed once */
    unmake();
}

static void
a_user_of_one_rating_or_none_has_a_card(void)
{
    struct usercard card;

    make();
    CU_ASSERT_EQUAL_FATAL(usercard_make(&card, c, r, 3, NULL), ERR_OK);
    CU_ASSERT_EQUAL(card.n_ratings, 1);
    CU_ASSERT_EQUAL(card.mean, 4);
    CU_ASSERT_EQUAL(card.n_favourites, 1);
    CU_ASSERT_EQUAL_FATAL(usercard_make(&card, c, r, 2, NULL), ERR_OK);
    CU_ASSERT_EQUAL(card.n_ratings, 0);
    CU_ASSERT(isnan(card.mean));
    CU_ASSERT_EQUAL(card.n_favourites, 0);
    unmake();
}

static void
without_memory_it_says_so(void)
{
    struct usercard card;

    make();
    mem_fail_at(1, 0);
    CU_ASSERT_EQUAL(usercard_make(&card, c, r, 1, NULL), ERR_NOMEM);
    mem_fail_at(0, 0);
    unmake();
}

CU_TestInfo tests_usercard[] = {
    { "favourites are the most stars, then the best known, each once",
      favourites_are_the_most_stars_then_the_best_known_each_once },
    { "a user of one rating or none has a card",
      a_user_of_one_rating_or_none_has_a_card },
    { "without memory it says so", without_memory_it_says_so },
    CU_TEST_INFO_NULL,
};
