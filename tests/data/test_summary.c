/* test_summary.c - histogram, density and long tails, counted by hand. */
#include "config.h"

#include "src/data/summary.h"

#include "src/base/mem.h"
#include "tests/unit.h"

#include <stdio.h>
#include <string.h>

static struct dataset *
load(const char *ratings)
{
    struct dataset_options opt = dataset_defaults();
    struct dataset_bytes b = { .name = "made",
                               .ratings = ratings,
                               .ratings_len = strlen(ratings) };
    struct dataset *d = NULL;
    struct err err = { 0 };

    if (dataset_load_bytes(&d, &b, &opt, NULL, &err) != ERR_OK)
        printf("%s ", err.msg);
    CU_ASSERT_PTR_NOT_NULL_FATAL(d);
    return d;
}

/* Three users, four films; user 1 rated film 10 twice. */
static const char small[] = "userId,movieId,rating\n"
                            "1,10,5\n1,20,3\n1,30,3\n1,10,-0.5\n2,10,3\n3,40,5\n";

static void
a_histogram_has_a_bar_for_each_value(void)
{
    struct dataset *d = load(small);
    struct summary_bar bars[8];

    CU_ASSERT_EQUAL_FATAL(summary_histogram(d->ratings, bars, 8), 3);
    CU_ASSERT_EQUAL(bars[0].rating, -0.5);
    CU_ASSERT_EQUAL(bars[0].count, 1);
    CU_ASSERT_EQUAL(bars[1].rating, 3);
    CU_ASSERT_EQUAL(bars[1].count, 3);
    CU_ASSERT_EQUAL(bars[2].rating, 5);
    CU_ASSERT_EQUAL(bars[2].count, 2);
    CU_ASSERT_EQUAL(summary_histogram(d->ratings, bars, 3), 3);
    dataset_free(d);
}

/* -0.5 … 5 in two ranges of 2.75 and in one of 5.5: the highest value is in the last.
 */
static void
too_many_values_become_ranges_of_one_width(void)
{
    struct dataset *d = load(small);
    struct summary_bar bars[2];

    CU_ASSERT_EQUAL_FATAL(summary_histogram(d->ratings, bars, 2), 2);
    CU_ASSERT_DOUBLE_EQUAL(bars[0].rating, 0.875, 1e-12);
    CU_ASSERT_EQUAL(bars[0].count, 1);
    CU_ASSERT_DOUBLE_EQUAL(bars[1].rating, 3.625, 1e-12);
    CU_ASSERT_EQUAL(bars[1].count, 5);
    CU_ASSERT_EQUAL_FATAL(summary_histogram(d->ratings, bars, 1), 1);
    CU_ASSERT_DOUBLE_EQUAL(bars[0].rating, 2.25, 1e-12);
    CU_ASSERT_EQUAL(bars[0].count, 6);
    dataset_free(d);
}

/* 1, 2 … 600 hundredths: more values than codes, so stars are kept as floats. */
static void
stars_that_are_floats_have_a_histogram_too(void)
{
    static char text[64 + 600 * 24];
    size_t len = (size_t)sprintf(text, "userId,movieId,rating\n");
    struct summary_bar bars[4];
    struct dataset *d;
    uint64_t n = 0;

    for (int i = 1; i <= 600; i++)
        len += (size_t)sprintf(text + len, "1,%d,%d.%02d\n", i, i / 100, i % 100);
    d = load(text);
    CU_ASSERT_PTR_NULL(d->ratings->code);
    CU_ASSERT_EQUAL_FATAL(summary_histogram(d->ratings, bars, 4), 4);
    for (size_t i = 0; i < 4; i++) {
        CU_ASSERT_TRUE(bars[i].count >= 149 && bars[i].count <= 151);
        n += bars[i].count;
    }
    CU_ASSERT_EQUAL(n, 600);
    CU_ASSERT_DOUBLE_EQUAL(bars[0].rating, 0.01 + 5.99 / 8, 1e-6);
    dataset_free(d);
}

static void
tails_and_density_are_those_counted_by_hand(void)
{
    struct dataset *d = load(small);
    struct summary_tail t;

    CU_ASSERT_EQUAL(summary_items(&t, d, NULL), ERR_OK); /* 1 1 1 3 */
    CU_ASSERT_EQUAL(t.n, 4);
    CU_ASSERT_EQUAL(t.least, 1);
    CU_ASSERT_EQUAL(t.median, 1);
    CU_ASSERT_EQUAL(t.most, 3);
    CU_ASSERT_EQUAL(t.n_few, 4);
    CU_ASSERT_DOUBLE_EQUAL(t.mean, 1.5, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(t.top_share, 0.5, 1e-12);
    CU_ASSERT_EQUAL(summary_users(&t, d, NULL), ERR_OK); /* 1 1 4 */
    CU_ASSERT_EQUAL(t.n, 3);
    CU_ASSERT_EQUAL(t.median, 1);
    CU_ASSERT_EQUAL(t.most, 4);
    CU_ASSERT_DOUBLE_EQUAL(t.mean, 2, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(t.top_share, 4. / 6, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(summary_density(d), 6. / 12, 1e-12);
    dataset_free(d);
}

/* User u of 1 … 20 has u ratings: the top tenth are users 19 and 20. */
static void
the_top_tenth_and_the_few_are_counted_over_many(void)
{
    static char text[64 + 210 * 16];
    size_t len = (size_t)sprintf(text, "userId,movieId,rating\n");
    struct summary_tail t;
    struct dataset *d;

    for (int u = 1; u <= 20; u++)
        for (int i = 1; i <= u; i++)
            len += (size_t)sprintf(text + len, "%d,%d,4\n", u, i);
    d = load(text);
    CU_ASSERT_EQUAL(summary_users(&t, d, NULL), ERR_OK);
    CU_ASSERT_EQUAL(t.least, 1);
    CU_ASSERT_EQUAL(t.median, 10);
    CU_ASSERT_EQUAL(t.most, 20);
    CU_ASSERT_EQUAL(t.n_few, 9);
    CU_ASSERT_DOUBLE_EQUAL(t.mean, 10.5, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(t.top_share, 39. / 210, 1e-12);
    dataset_free(d);
}

static void
an_allocation_that_fails_is_an_error(void)
{
    struct dataset *d = load(small);
    struct summary_tail t;

    mem_fail_at(1, 0);
    CU_ASSERT_EQUAL(summary_items(&t, d, NULL), ERR_NOMEM);
    mem_fail_at(1, 0);
    CU_ASSERT_EQUAL(summary_users(&t, d, NULL), ERR_NOMEM);
    mem_fail_at(0, 0);
    dataset_free(d);
}

CU_TestInfo tests_summary[] = {
    { "a histogram has a bar for each value", a_histogram_has_a_bar_for_each_value },
    { "too many values become ranges of one width",
      too_many_values_become_ranges_of_one_width },
    { "stars that are floats have a histogram too",
      stars_that_are_floats_have_a_histogram_too },
    { "tails and density are those counted by hand",
      tails_and_density_are_those_counted_by_hand },
    { "the top tenth and the few are counted over many",
      the_top_tenth_and_the_few_are_counted_over_many },
    { "an allocation that fails is an error", an_allocation_that_fails_is_an_error },
    CU_TEST_INFO_NULL,
};
