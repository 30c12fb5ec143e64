/* test_directions.c - the directions of taste in a film table, and their names. */
#include "config.h"

#include "src/base/mem.h"
#include "src/explore/directions.h"

#include "tests/explore/films_made.h"
#include "tests/explore/golden_films.h"
#include "tests/golden.h"
#include "tests/unit.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static void
check_component(const struct directions *d, const struct model *m, const json_t *films,
                const json_t *rows, unsigned i)
{
    double sign = 0;

    for (size_t f = 0; f < json_array_size(films); f++) {
        uint32_t row = (uint32_t)golden_number(json_array_get(films, f));
        double value = directions_value(d, m, row, i);
        double fastai = golden_number(json_array_get(json_array_get(rows, f), i));

        if (sign == 0)
            sign = value * fastai > 0 ? 1 : -1;
        CU_ASSERT_DOUBLE_EQUAL(sign * value, fastai, 2e-6);
    }
}

static void
principal_components_are_fastais_up_to_sign(void)
{
    json_t *reading = golden_load("reading");
    const json_t *films = golden_get(reading, "pca_items");
    const json_t *pca = golden_get(reading, "pca");
    struct catalog *c = golden_films_catalog(reading);
    struct model *m = golden_films_model();
    struct directions d = { 0 };
    struct centre about = { 0 };
    double total = 0, s;

    CU_ASSERT_EQUAL_FATAL(centre_init(&about, m, c, json_array_size(films), NULL),
                          ERR_OK);
    for (size_t f = 0; f < about.n; f++)
        CU_ASSERT_EQUAL(about.row[f], golden_number(json_array_get(films, f)));
    CU_ASSERT_EQUAL_FATAL(directions_init(&d, m, c, &about, DIRECTIONS_PCA, NULL),
                          ERR_OK);
    for (unsigned i = 0; i < 3; i++)
        check_component(&d, m, films, golden_get(pca, "rows"), i);
    for (size_t i = 0; i < golden_len(pca, "singular_values"); i++) {
        s = golden_at(pca, "singular_values", i);
        total += s * s;
    }
    for (unsigned i = 0; i < GOLDEN_K; i++) {
        s = golden_at(pca, "singular_values", i);
        CU_ASSERT_DOUBLE_EQUAL(d.of[i].share, s * s / total, 1e-5);
    }
    directions_done(&d);
    centre_done(&about);
    catalog_free(c);
    model_free(m);
    json_decref(reading);
}

/* 64 films; factor 1 is ±1 by genre (odd rows are westerns), factor 2 is ±.5 by the
 * half of the list, which is the decade, factor 3 is ±.25 in no pattern of either. */
#define N 64
static struct catalog *c;
static struct model *m;
static struct centre about;

static void
make(void)
{
    static char title[N][8];
    struct film film[N];

    for (uint32_t i = 0; i < N; i++) {
        snprintf(title[i], sizeof(title[i]), "F%02u", i);
        film[i] = (struct film){
            title[i], i, i < N / 2 ? 1955 : 1995, i % 2 ? "Western" : "Drama", 9, 3, 0
        };
    }
    c = films_catalog(film, N, 1);
    m = films_model(film, N, 1, 3);
    for (uint32_t i = 0; i < N; i++) {
        float *row = m->I + 3 * (size_t)(i + 1);

        row[0] = (i % 2 ? 1.f : -1.f) + 7;
        row[1] = i < N / 2 ? .5f : -.5f;
        row[2] = i / 2 % 2 ? .25f : -.25f;
    }
    CU_ASSERT_EQUAL_FATAL(centre_init(&about, m, c, CENTRE_FILMS, NULL), ERR_OK);
}

static void
unmake(void)
{
    centre_done(&about);
    catalog_free(c);
    model_free(m);
}

static void
names_are_what_was_planted_and_else_unclear(void)
{
    struct directions d = { 0 };
    uint32_t row[3];
    size_t n = 0;

    make();
    CU_ASSERT_EQUAL_FATAL(directions_init(&d, m, c, &about, DIRECTIONS_PCA, NULL),
                          ERR_OK);
    CU_ASSERT(strcmp(directions_name(&d, 0), "Drama") == 0 ||
              strcmp(directions_name(&d, 0), "Western") == 0);
    CU_ASSERT_DOUBLE_EQUAL(d.of[0].match.correlation, 1, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(d.of[0].share, 1 / 1.3125, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(d.of[1].match.correlation, 1, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(fabs(directions_value(&d, m, 1, 1)), .5, 1e-9);
    CU_ASSERT_STRING_EQUAL(directions_name(&d, 2), "unclear");
    CU_ASSERT_EQUAL_FATAL(directions_end(row, 3, &n, &d, m, c, 0, false, NULL), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(n, 3);
    CU_ASSERT_DOUBLE_EQUAL(directions_value(&d, m, row[0], 0), -1, 1e-9);
    directions_done(&d);
    unmake();
}

static void
a_film_is_on_the_side_where_it_lies(void)
{
    char side[64], lacks[64];
    struct directions d = { 0 };
    uint32_t low[3], high[3];
    size_t n = 0;

    make();
    CU_ASSERT_EQUAL_FATAL(directions_init(&d, m, c, &about, DIRECTIONS_PCA, NULL),
                          ERR_OK);
    CU_ASSERT_EQUAL_FATAL(directions_end(low, 3, &n, &d, m, c, 0, false, NULL), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(directions_end(high, 3, &n, &d, m, c, 0, true, NULL), ERR_OK);
    snprintf(lacks, sizeof(lacks), "not %s", directions_name(&d, 0));
    CU_ASSERT_STRING_EQUAL(directions_side(&d, m, low[0], 0, side, sizeof(side)),
                           lacks);
    CU_ASSERT_STRING_EQUAL(directions_side(&d, m, high[0], 0, side, sizeof(side)),
                           directions_name(&d, 0));
    CU_ASSERT_STRING_EQUAL(directions_side(&d, m, 1, 2, side, sizeof(side)), "");
    directions_done(&d);
    unmake();
}

static void
raw_factors_keep_their_numbers_and_signs(void)
{
    struct directions d = { 0 };

    make();
    for (uint32_t i = 1; i <= N; i++) /* the last becomes the first */
        m->I[3 * (size_t)i + 2] *= 8;
    CU_ASSERT_EQUAL_FATAL(directions_init(&d, m, c, &about, DIRECTIONS_RAW, NULL),
                          ERR_OK);
    CU_ASSERT_EQUAL(d.of[0].factor, 3);
    CU_ASSERT_EQUAL(d.of[1].factor, 1);
    CU_ASSERT_EQUAL(d.of[2].factor, 2);
    CU_ASSERT_DOUBLE_EQUAL(directions_value(&d, m, 1, 1), 6, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(fabs(d.of[2].match.correlation), 1, 1e-9);
    directions_done(&d);
    unmake();
}

static void
a_model_of_one_film_has_directions_without_names(void)
{
    static const struct film one[] = { { "A", 1, 1990, "Drama", 3, 3, 0 } };
    struct directions d = { 0 };

    c = films_catalog(one, 1, 1);
    m = films_model(one, 1, 1, 4);
    CU_ASSERT_EQUAL_FATAL(centre_init(&about, m, c, CENTRE_FILMS, NULL), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(directions_init(&d, m, c, &about, DIRECTIONS_PCA, NULL),
                          ERR_OK);
    CU_ASSERT_STRING_EQUAL(directions_name(&d, 0), "unclear");
    CU_ASSERT(isnan(d.of[0].match.correlation));
    CU_ASSERT_EQUAL(d.of[0].share, 0);
    directions_done(&d);
    unmake();
}

static void
every_failing_allocation_is_reported(void)
{
    struct directions d = { 0 };
    enum err_code rc = ERR_NOMEM;

    make();
    for (unsigned long n = 1; rc == ERR_NOMEM && n < 100; n++) {
        mem_fail_at(n, 0);
        rc = directions_init(&d, m, c, &about, DIRECTIONS_PCA, NULL);
        mem_fail_at(0, 0);
        CU_ASSERT(rc == ERR_OK || (rc == ERR_NOMEM && d.axis == NULL));
    }
    CU_ASSERT_EQUAL(rc, ERR_OK);
    directions_done(&d);
    unmake();
}

CU_TestInfo tests_directions[] = {
    { "principal components are fastai's, up to sign",
      principal_components_are_fastais_up_to_sign },
    { "names are what was planted, and else unclear",
      names_are_what_was_planted_and_else_unclear },
    { "a film is on the side where it lies", a_film_is_on_the_side_where_it_lies },
    { "raw factors keep their numbers and signs",
      raw_factors_keep_their_numbers_and_signs },
    { "a model of one film has directions without names",
      a_model_of_one_film_has_directions_without_names },
    { "every failing allocation is reported", every_failing_allocation_is_reported },
    CU_TEST_INFO_NULL,
};
