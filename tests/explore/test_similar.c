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
static struct similar_index *x;

static void
make(void)
{
    c = films_catalog(made, 8, 1);
    m = films_model(made, 8, 1, 10);
    for (uint32_t i = 1; i <= 8; i++) {
        m->I[10 * i] = ends[i - 1][0];
        m->I[10 * i + 9] = ends[i - 1][1];
    }
    CU_ASSERT_EQUAL_FATAL(similar_index_new(&x, m, NULL), ERR_OK);
}

static void
unmake(void)
{
    similar_index_free(x);
    catalog_free(c);
    model_free(m);
}

static void
check_list(const struct similar_query *q, const char *titles)
{
    struct similar *list = NULL;
    size_t n = 0;

    CU_ASSERT_EQUAL_FATAL(similar_films(&list, &n, x, c, 1, q, NULL), ERR_OK);
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
    CU_ASSERT_EQUAL_FATAL(similar_films(&list, &n, x, c, 1, &all, NULL), ERR_OK);
    for (size_t i = 0; i < 5; i++)
        CU_ASSERT_DOUBLE_EQUAL(list[i].cosine, cosine[i], 1e-15);
    CU_ASSERT(isnan(list[5].cosine));
    mem_free(list);
    unmake();
}

/* Films whose cosines differ by less than single precision can tell, and films whose
 * products leave its range: the same list as from comparing every pair in double. */
static void
a_short_list_begins_the_long_one_whatever_the_lengths(void)
{
    enum { N = 600, K = 7 };
    static struct film film[N];
    static const float size[] = { 1, 1e-20f, 1e18f, 1e-3f };
    struct similar *all = NULL, *few = NULL;
    size_t n_all = 0, n_few = 0;

    for (int i = 0; i < N; i++)
        film[i] = (struct film){ "T", i + 1, 0, "", 5, 3, 0 };
    c = films_catalog(film, N, 1);
    m = films_model(film, N, 1, K);
    for (uint32_t i = 1; i <= N; i++)
        for (unsigned f = 0; f < K; f++)
            m->I[i * K + f] =
                (f == 0 ? 1 : 1e-5f * (float)((i * 7 + f * f * 31) % 97)) * size[i % 4];
    CU_ASSERT_EQUAL_FATAL(similar_index_new(&x, m, NULL), ERR_OK);
    for (uint32_t row = 1; row <= 8; row++) {
        CU_ASSERT_EQUAL_FATAL(
            similar_films(&all, &n_all, x, c, row, &(struct similar_query){ 0 }, NULL),
            ERR_OK);
        CU_ASSERT_EQUAL_FATAL(similar_films(&few, &n_few, x, c, row,
                                            &(struct similar_query){ .limit = 20 },
                                            NULL),
                              ERR_OK);
        CU_ASSERT_EQUAL_FATAL(n_all, N - 1);
        CU_ASSERT_EQUAL_FATAL(n_few, 20);
        CU_ASSERT(all[0].cosine > .9999999 && all[19].cosine < 1 + 1e-12);
        for (size_t i = 0; i < n_few; i++) {
            CU_ASSERT_EQUAL(few[i].row, all[i].row);
            CU_ASSERT_EQUAL(few[i].cosine, all[i].cosine);
        }
        mem_free(all);
        mem_free(few);
    }
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
    CU_ASSERT_EQUAL_FATAL(similar_index_new(&x, m, NULL), ERR_OK);
    for (size_t s = 0; s < json_array_size(cases); s++) {
        const json_t *one = json_array_get(cases, s);
        uint32_t row = (uint32_t)golden_number(golden_get(one, "item_row"));
        struct similar *list = NULL;
        size_t n = 0;

        CU_ASSERT_EQUAL_FATAL(similar_films(&list, &n, x, c, row, &all, NULL), ERR_OK);
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
    for (unsigned long n = 1; n <= 3; n++) {
        struct similar *list = NULL;
        size_t n_list = 7;

        mem_fail_at(n, 0);
        CU_ASSERT_EQUAL(similar_films(&list, &n_list, x, c, 1, &q, NULL), ERR_NOMEM);
        mem_fail_at(0, 0);
        CU_ASSERT_PTR_NULL(list);
        CU_ASSERT_EQUAL(n_list, 7);
    }
    for (unsigned long n = 1; n <= 2; n++) {
        struct similar_index *none = NULL;

        mem_fail_at(n, 0);
        CU_ASSERT_EQUAL(similar_index_new(&none, m, NULL), ERR_NOMEM);
        mem_fail_at(0, 0);
        CU_ASSERT_PTR_NULL(none);
    }
    unmake();
}

CU_TestInfo tests_similar[] = {
    { "the nearest come first, without the film itself and the unrated",
      the_nearest_come_first_without_the_film_itself_and_the_unrated },
    { "a short list begins the long one, whatever the lengths",
      a_short_list_begins_the_long_one_whatever_the_lengths },
    { "limit, filter and number of ratings narrow the list",
      limit_filter_and_number_of_ratings_narrow_the_list },
    { "cosines are fastai's", cosines_are_fastais },
    { "without memory it says so", without_memory_it_says_so },
    CU_TEST_INFO_NULL,
};
