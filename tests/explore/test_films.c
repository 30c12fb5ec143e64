/* test_films.c - the sorted, filtered view of all films. */
#include "config.h"

#include "src/base/mem.h"
#include "src/explore/films.h"

#include "tests/explore/films_made.h"
#include "tests/golden.h"
#include "tests/unit.h"

#include <math.h>
#include <stdio.h>

static const struct film made[] = {
    { "Anvil (1950)", 8, 1950, "Drama", 10, 3.5f, 0.2f },         /* 1 */
    { "Brook (2001)", 3, 2001, "Comedy|Drama", 500, 4.5f, 0.4f }, /* 2 */
    { "Cellar", 9, 0, "", 40, 2.5f, -0.3f },                      /* 3 */
    { "Dune Song (1999)", 2, 1999, "Sci-Fi", 40, 4.5f, 0.1f },    /* 4 */
    { "Echo (1999)", 1, 1999, "Drama", 0, NAN, 0.9f },    /* 5: nobody rated it */
    { "Echo (1999)", 5, 1999, "Sci-Fi", 7, 1.5f, -0.3f }, /* 6 */
    { "Echo (1999)", 4, 1999, "Drama", 7, 1.5f, -0.3f },  /* 7 */
};

#define N 7

static struct catalog *c;
static struct model *m;

static void
make(void)
{
    c = films_catalog(made, N, 1);
    m = films_model(made, N, 1, 2);
}

static void
unmake(void)
{
    catalog_free(c);
    model_free(m);
}

/* Check that a query lists these rows, ended by 0. */
static void
expect(const struct films_query *q, const uint32_t *rows)
{
    struct films f = { 0 };
    size_t n = 0;

    CU_ASSERT_EQUAL_FATAL(films_list(&f, c, m, q, NULL), ERR_OK);
    while (rows[n] != 0)
        n++;
    CU_ASSERT_EQUAL_FATAL(f.n, n);
    for (size_t i = 0; i < n; i++)
        CU_ASSERT_EQUAL(f.row[i], rows[i]);
    films_done(&f);
}

#define EXPECT(query, ...) \
    expect(&(struct films_query)query, (const uint32_t[]){ __VA_ARGS__, 0 })
#define Q(...)      \
    {               \
        __VA_ARGS__ \
    }

static void
each_sort_has_its_natural_order_and_ties_by_title_and_id(void)
{
    make();
    EXPECT(Q(.sort = FILMS_BY_BIAS), 2, 1, 4, 3, 7, 6);
    EXPECT(Q(.sort = FILMS_BY_MEAN), 2, 4, 1, 3, 7, 6);
    EXPECT(Q(.sort = FILMS_BY_RATINGS), 2, 3, 4, 1, 7, 6);
    EXPECT(Q(.sort = FILMS_BY_TITLE), 1, 2, 3, 4, 7, 6);
    EXPECT(Q(.sort = FILMS_BY_YEAR), 1, 4, 7, 6, 2, 3);
    unmake();
}

static void
reverse_turns_the_key_and_not_the_ties(void)
{
    make();
    EXPECT(Q(.sort = FILMS_BY_BIAS, .reverse = true), 3, 7, 6, 4, 1, 2);
    EXPECT(Q(.sort = FILMS_BY_MEAN, .reverse = true), 7, 6, 3, 1, 2, 4);
    EXPECT(Q(.sort = FILMS_BY_TITLE, .reverse = true), 7, 6, 4, 3, 2, 1);
    /* A film without a year is last all the same. */
    EXPECT(Q(.sort = FILMS_BY_YEAR, .reverse = true), 2, 4, 7, 6, 1, 3);
    unmake();
}

static void
conditions_add_up_and_the_limit_cuts_last(void)
{
    struct titlesearch *titles;
    struct filter *filter = NULL;
    struct films f = { 0 };

    make();
    EXPECT(Q(.search = "ECHO"), 7, 6);
    CU_ASSERT_EQUAL_FATAL(titlesearch_new(&titles, c, NULL), ERR_OK);
    EXPECT(Q(.search = "ECHO", .titles = titles), 7, 6); /* 5 has no rating */
    EXPECT(Q(.titles = titles), 2, 1, 4, 3, 7, 6);
    titlesearch_free(titles);
    EXPECT(Q(.min_ratings = 40), 2, 4, 3);
    EXPECT(Q(.limit = 2), 2, 1);
    EXPECT(Q(.limit = 100), 2, 1, 4, 3, 7, 6);
    CU_ASSERT_EQUAL_FATAL(
        filter_new(&filter, "genre:drama", c, m, FILTER_WITHOUT_SEEN, NULL), ERR_OK);
    EXPECT(Q(.filter = filter), 2, 1, 7);
    EXPECT(Q(.filter = filter, .search = "o", .min_ratings = 8), 2);
    CU_ASSERT_EQUAL(films_list(&f, c, m, &(struct films_query){ .limit = 2 }, NULL),
                    ERR_OK);
    CU_ASSERT_EQUAL(f.n, 2);
    CU_ASSERT_EQUAL(f.n_match, 6);
    films_done(&f);
    filter_free(filter);
    unmake();
}

static void
without_memory_it_says_so_and_leaves_the_result_alone(void)
{
    struct films f = { 0 };
    struct films_query q = { .sort = FILMS_BY_BIAS };
    struct err err;
    enum err_code rc = ERR_NOMEM;
    unsigned long at;

    make();
    for (at = 1; at < 10 && rc != ERR_OK; at++) {
        mem_fail_at(at, 0);
        rc = films_list(&f, c, m, &q, &err);
        CU_ASSERT(rc == ERR_OK || (rc == ERR_NOMEM && f.row == NULL));
    }
    mem_fail_at(0, 0);
    CU_ASSERT_EQUAL(at, 4); /* two allocations */
    films_done(&f);
    unmake();
}

/* reading.json: trace_a's films by bias, their titles all distinct. */
static void
the_order_by_bias_is_fastais(void)
{
    enum { FILMS = 30 };
    static char title[FILMS][4];
    struct films_query q = { .sort = FILMS_BY_BIAS, .reverse = true };
    json_t *reading = golden_load("reading");
    uint32_t rows[FILMS + 1] = { 0 };
    struct film film[FILMS];

    for (uint32_t i = 0; i < FILMS; i++) {
        snprintf(title[i], sizeof(title[i]), "%02u", i);
        film[i] = (struct film){ title[i], i, 0, "", 1, 3, 0 };
        film[i].bias = (float)golden_at(reading, "bias", i + 1);
        rows[i] = (uint32_t)golden_at(reading, "bias_ascending", i);
    }
    c = films_catalog(film, FILMS, 1);
    m = films_model(film, FILMS, 1, 1);
    expect(&q, rows);
    unmake();
    json_decref(reading);
}

CU_TestInfo tests_films[] = {
    { "each sort has its natural order and ties by title and id",
      each_sort_has_its_natural_order_and_ties_by_title_and_id },
    { "reverse turns the key and not the ties",
      reverse_turns_the_key_and_not_the_ties },
    { "conditions add up and the limit cuts last",
      conditions_add_up_and_the_limit_cuts_last },
    { "without memory it says so and leaves the result alone",
      without_memory_it_says_so_and_leaves_the_result_alone },
    { "the order by bias is fastai's", the_order_by_bias_is_fastais },
    CU_TEST_INFO_NULL,
};
