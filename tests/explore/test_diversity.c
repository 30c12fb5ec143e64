/* test_diversity.c - maximal marginal relevance, worked by hand. */
#include "config.h"

#include "src/explore/diversity.h"

#include "tests/explore/films_made.h"
#include "tests/unit.h"

#include <string.h>

/*
 * Films 1 and 2 point the same way, 3 and 4 at a right angle to them, 4 against 3.
 * Relevance of the keys below: 1, 0.9, 0.4, 0.
 */
static const struct ranked made[] = { { 3, 1 }, { 2.8, 2 }, { 1.8, 3 }, { 1, 4 } };

static struct model *
make_model(void)
{
    static const struct film film[4] = { { .title = "A" } };
    static const float I[4][2] = { { 1, 0 }, { 5, 0 }, { 0, 1 }, { 0, -2 } };
    struct model *m = films_model(film, 4, 1, 2);

    memcpy(m->I + 2, I, sizeof(I));
    return m;
}

static void
check_order(double d, size_t want, const uint32_t *rows)
{
    struct model *m = make_model();
    struct ranked film[4];
    double similar[4];

    memcpy(film, made, sizeof(film));
    CU_ASSERT_EQUAL(diversity_pick(m, film, 4, want, d, similar), want);
    for (size_t i = 0; i < want; i++)
        CU_ASSERT_EQUAL(film[i].row, rows[i]);
    model_free(m);
}

static void
nothing_asked_keeps_the_order(void)
{
    check_order(0, 4, (const uint32_t[]){ 1, 2, 3, 4 });
}

static void
half_way_the_likest_film_gives_way(void)
{
    /* Second: film 2 has .45 - .5, film 3 .2 - 0, film 4 0 - 0. Third: film 2 still
     * -.05, film 4 0 - 0. */
    check_order(.5, 4, (const uint32_t[]){ 1, 3, 4, 2 });
    /* d = .3: film 2 has .63 - .3 = .33, film 3 .28, film 4 0. */
    check_order(.3, 3, (const uint32_t[]){ 1, 2, 3 });
}

static void
likeness_alone_breaks_ties_by_the_old_order(void)
{
    check_order(1, 3, (const uint32_t[]){ 1, 3, 4 });
}

static void
no_films_and_equal_films_are_no_errors(void)
{
    struct model *m = make_model();
    struct ranked same[2] = { { 1, 1 }, { 1, 1 } };
    double similar[2];

    CU_ASSERT_EQUAL(diversity_pick(m, same, 0, 10, .5, similar), 0);
    CU_ASSERT_EQUAL(diversity_pick(m, same, 2, 10, .5, similar), 2);
    model_free(m);
}

CU_TestInfo tests_diversity[] = {
    { "nothing asked keeps the order", nothing_asked_keeps_the_order },
    { "half-way the likest film gives way", half_way_the_likest_film_gives_way },
    { "likeness alone breaks ties by the old order",
      likeness_alone_breaks_ties_by_the_old_order },
    { "no films and equal films are no errors",
      no_films_and_equal_films_are_no_errors },
    CU_TEST_INFO_NULL,
};
