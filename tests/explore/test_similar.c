/* test_similar.c - films whose factors point the same way. */
#include "config.h"

#include "src/base/mem.h"
#include "src/explore/similar.h"

#include "tests/explore/films_made.h"
#include "tests/explore/golden_films.h"
#include "tests/golden.h"
#include "tests/unit.h"

#include <math.h>
#include <string.h>

/* Ten factors, so that the sums have full lanes and a rest; the first and the last are
 * not zero. Cosines with A (3, 4): B (6, 8) 1; C (4, -3) 0; D (-3, -4) -1; E (5, 0) .6;
 * F (0, 5) .8; G zero; H, unrated, (3, 4). */
static const struct film made[] = {
    { "A", 1, 1990, "Drama", 9, 3, 0 },  { "B", 2, 1990, "Drama", 5, 3, 0 },
    { "C", 3, 1990, "Comedy", 9, 3, 0 }, { "D", 4, 1990, "Drama", 9, 3, 0 },
    { "E", 5, 1990, "Drama", 9, 3, 0 },  { "F", 6, 1990, "Drama", 9, 3, 0 },
    { "G", 7, 1990, "Drama", 9, 3, 0 },  { "H", 8, 1990, "Drama", 0, NAN, 0 },
};
static const float ends[8][2] = { { 3, 4 }, { 6, 8 }, { 4, -3 }, { -3, -4 },
                                  { 5, 0 }, { 0, 5 }, { 0, 0 },  { 3, 4 } };

static struct catalog *c;
static struct model *m;

static void
make(void)
{
    c = films_catalog(made, 8, 1);
    m = films_model(made, 8, 1, 10);
    for (uint32_t i = 1; i <= 8; i++) {
        m->I[10 * i] = ends[i - 1][0];
        m->I[10 * i + 9] = ends[i - 1][1];
    }
}

static void
unmake(void)
{
    catalog_free(c);
    model_free(m);
}

static void
check_list(const struct similar_query *q, const char *titles)
{
    struct similar *list = NULL;
    size_t n = 0;

    CU_ASSERT_EQUAL_FATAL(similar_films(&list, &n, m, c, 1, q, NULL), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(n, strlen(titles));
    for (size_t i = 0; i < n; i++)
        CU_ASSERT_EQUAL(*strtab_get(&c->title, list[i].row), titles[i]);
    mem_free(list);
}

static void
the_nearest_come_first_without_the_film_itself_and_the_unrated(void)
{
    static const double cosine[] = { 1, .8, .6, 0, -1, NAN };
    static const struct similar_query all = { 0 };
    struct similar *list = NULL;
    size_t n = 0;

    make();
    check_list(&all, "BFECDG");
    CU_ASSERT_EQUAL_FATAL(similar_films(&list, &n, m, c, 1, &all, NULL), ERR_OK);
    for (size_t i = 0; i < 5; i++)
        CU_ASSERT_DOUBLE_EQUAL(list[i].cosine, cosine[i], 1e-15);
    CU_ASSERT(isnan(list[5].cosine));
    mem_free(list);
    unmake();
}

static void
limit_filter_and_number_of_ratings_narrow_the_list(void)
{
    struct filter *f = NULL;

    make();
    check_list(&(struct similar_query){ .limit = 2 }, "BF");
    check_list(&(struct similar_query){ .min_ratings = 6 }, "FECDG");
    CU_ASSERT_EQUAL_FATAL(
        filter_new(&f, "genre:comedy", c, m, FILTER_WITHOUT_SEEN, NULL), ERR_OK);
    check_list(&(struct similar_query){ .limit = 3, .filter = f }, "C");
    filter_free(f);
    unmake();
}

static void
cosines_are_fastais(void)
{
    json_t *reading = golden_load("reading");
    const json_t *cases = golden_get(reading, "similar");
    const struct similar_query all = { 0 };

    c = golden_films_catalog(reading);
    m = golden_films_model();
    for (size_t s = 0; s < json_array_size(cases); s++) {
        const json_t *one = json_array_get(cases, s);
        uint32_t row = (uint32_t)golden_number(golden_get(one, "item_row"));
        struct similar *list = NULL;
        size_t n = 0;

        CU_ASSERT_EQUAL_FATAL(similar_films(&list, &n, m, c, row, &all, NULL), ERR_OK);
        CU_ASSERT_EQUAL_FATAL(n, golden_len(one, "most_similar"));
        for (size_t i = 0; i < n; i++) {
            CU_ASSERT_EQUAL(list[i].row, golden_at(one, "most_similar", i));
            CU_ASSERT_DOUBLE_EQUAL(list[i].cosine,
                                   golden_at(one, "cosine", list[i].row), 1e-6);
        }
        mem_free(list);
    }
    unmake();
    json_decref(reading);
}

static void
without_memory_it_says_so(void)
{
    const struct similar_query q = { .limit = 3 };

    make();
    for (unsigned long n = 1; n <= 2; n++) {
        struct similar *list = NULL;
        size_t n_list = 7;

        mem_fail_at(n, 0);
        CU_ASSERT_EQUAL(similar_films(&list, &n_list, m, c, 1, &q, NULL), ERR_NOMEM);
        mem_fail_at(0, 0);
        CU_ASSERT_PTR_NULL(list);
        CU_ASSERT_EQUAL(n_list, 7);
    }
    unmake();
}

CU_TestInfo tests_similar[] = {
    { "the nearest come first, without the film itself and the unrated",
      the_nearest_come_first_without_the_film_itself_and_the_unrated },
    { "limit, filter and number of ratings narrow the list",
      limit_filter_and_number_of_ratings_narrow_the_list },
    { "cosines are fastai's", cosines_are_fastais },
    { "without memory it says so", without_memory_it_says_so },
    CU_TEST_INFO_NULL,
};
