/* test_rank.c - the order that all lists of films share. */
#include "config.h"

#include "src/base/rng.h"
#include "src/explore/rank.h"

#include "tests/explore/films_made.h"
#include "tests/unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct film films[] = {
    { "B", 30, 0, "", 1, 3, 0 }, { "A", 20, 0, "", 1, 3, 0 },
    { "B", 7, 0, "", 1, 3, 0 },  { "C", 5, 0, "", 1, 3, 0 },
    { "D", 4, 0, "", 1, 3, 0 },
};

static void
high_keys_come_first_then_titles_then_ids_and_nan_last(void)
{
    struct catalog *c = films_catalog(films, 5, 1);
    struct ranked e[] = { { NAN, 5 }, { 1, 1 }, { NAN, 4 }, { 1, 3 }, { 1, 2 } };

    CU_ASSERT_EQUAL(rank_best(e, 5, 5, c), 5);
    CU_ASSERT_EQUAL(e[0].row, 2); /* A */
    CU_ASSERT_EQUAL(e[1].row, 3); /* B, id 7 */
    CU_ASSERT_EQUAL(e[2].row, 1); /* B, id 30 */
    CU_ASSERT_EQUAL(e[3].row, 4);
    CU_ASSERT_EQUAL(e[4].row, 5);
    catalog_free(c);
}

static void
nothing_wanted_or_nothing_there_is_an_empty_list(void)
{
    struct catalog *c = films_catalog(films, 5, 1);
    struct ranked e[] = { { 1, 1 } };

    CU_ASSERT_EQUAL(rank_best(e, 1, 0, c), 0);
    CU_ASSERT_EQUAL(rank_best(e, 0, 3, c), 0);
    CU_ASSERT_EQUAL(rank_best(e, 1, 3, c), 1);
    catalog_free(c);
}

static int
descending(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;

    if (x->key != y->key)
        return x->key < y->key ? 1 : -1;
    return (x->row > y->row) - (x->row < y->row);
}

/* Titles are the rows in three digits, so that ties go by row and qsort can say how. */
static void
every_length_of_list_is_the_front_of_the_sorted_one(void)
{
    enum { N = 60 };
    static char titles[N][4];
    struct film many[N];
    struct ranked all[N], sorted[N], part[N];
    struct catalog *c;

    for (uint32_t i = 0; i < N; i++) {
        snprintf(titles[i], sizeof(titles[i]), "%03u", i);
        many[i] = (struct film){ titles[i], i, 0, "", 1, 3, 0 };
    }
    c = films_catalog(many, N, 1);
    for (uint32_t seed = 0; seed < 20; seed++) {
        for (uint32_t i = 0; i < N; i++) /* keys 0 … 9: many ties */
            all[i] = (struct ranked){ rng_at(seed, 1, i, 0).v[0] % 10, i + 1 };
        memcpy(sorted, all, sizeof(all));
        qsort(sorted, N, sizeof(*sorted), descending);
        for (size_t want = 0; want <= N; want++) {
            memcpy(part, all, sizeof(all));
            CU_ASSERT_EQUAL(rank_best(part, N, want, c), want);
            for (size_t i = 0; i < want; i++)
                CU_ASSERT_EQUAL(part[i].row, sorted[i].row);
            qsort(part, N, sizeof(*part), descending); /* nothing was lost */
            for (size_t i = want; i < N; i++)
                CU_ASSERT_EQUAL(part[i].row, sorted[i].row);
        }
    }
    catalog_free(c);
}

/* All by their digits, as by comparisons: ties, signs, both zeros, infinities, NaN. */
static void
all_in_order_are_the_best_of_all(void)
{
    enum { N = 500 };
    static const double special[] = { 0., -0., INFINITY, -INFINITY, NAN, -NAN, 5e-324 };
    static char titles[N][4];
    static struct film many[N];
    static struct ranked all[N], best[N], room[N];
    struct catalog *c;

    for (uint32_t i = 0; i < N; i++) { /* titles fall while rows rise */
        snprintf(titles[i], sizeof(titles[i]), "%03u", N - i);
        many[i] = (struct film){ titles[i], i, 0, "", 1, 3, 0 };
    }
    c = films_catalog(many, N, 1);
    for (uint32_t seed = 0; seed < 20; seed++) {
        size_t n = N - seed * 25;

        for (uint32_t i = 0; i < n; i++) {
            uint32_t v = rng_at(seed, 1, i, 0).v[0] % 100;

            all[i] = (struct ranked){ v < 7 ? special[v] : (v - 50.) / 7, i + 1 };
        }
        memcpy(best, all, sizeof(all));
        rank_all(all, room, n, c);
        rank_best(best, n, n, c);
        for (size_t i = 0; i < n; i++)
            CU_ASSERT_EQUAL(all[i].row, best[i].row);
    }
    catalog_free(c);
}

CU_TestInfo tests_rank[] = {
    { "high keys come first, then titles, then ids, and NaN last",
      high_keys_come_first_then_titles_then_ids_and_nan_last },
    { "nothing wanted or nothing there is an empty list",
      nothing_wanted_or_nothing_there_is_an_empty_list },
    { "every length of list is the front of the sorted one",
      every_length_of_list_is_the_front_of_the_sorted_one },
    { "all in order are the best of all", all_in_order_are_the_best_of_all },
    CU_TEST_INFO_NULL,
};
