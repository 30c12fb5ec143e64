/* test_synth.c - synthetic data: sizes, bytes, shapes, and the truth beside them. */
#include "config.h"

#include "src/data/synth.h"

#include "src/base/mem.h"
#include "src/data/synth_title.h"
#include "tests/data/synth_read.h"
#include "tests/unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int
by_user_and_item(const void *pa, const void *pb)
{
    const struct synth_row *a = pa, *b = pb;

    if (a->user != b->user)
        return a->user < b->user ? -1 : 1;
    return (a->item > b->item) - (a->item < b->item);
}

/* Rows are in order without repeats, within bounds; every user has some, at most 80 %
 * of the films; those without weight have none, all others at least `least`. */
static void
check_rows(const struct synth_world *w, const struct synth_row *rows, uint32_t least)
{
    uint32_t n = w->opt.n_items, of_user = 0, unrated = 0;
    uint32_t *count = mem_new(n, sizeof(*count));

    CU_ASSERT_EQUAL(rows[0].user, 1);
    CU_ASSERT_EQUAL(rows[w->opt.n_ratings - 1].user, w->opt.n_users);
    for (size_t k = 0; k < w->opt.n_ratings; k++) {
        const struct synth_row *r = &rows[k];

        CU_ASSERT(k == 0 || by_user_and_item(r - 1, r) < 0);
        CU_ASSERT(k == 0 || r->user - r[-1].user <= 1);
        of_user = k > 0 && r->user == r[-1].user ? of_user + 1 : 1;
        CU_ASSERT(of_user <= n * 4 / 5);
        CU_ASSERT(r->stars >= .5f && r->stars <= 5 &&
                  2 * r->stars == rintf(2 * r->stars));
        CU_ASSERT(r->time >= 822873600 && r->time <= 1574327703);
        count[r->item]++;
    }
    for (uint32_t i = 0; i < n; i++) {
        CU_ASSERT(w->film[i].weight > 0 ? count[i] >= least : count[i] == 0);
        unrated += w->film[i].weight <= 0;
    }
    CU_ASSERT_EQUAL(unrated, n / 20);
    mem_free(count);
}

static void
counts_are_exact_for_any_shape(void)
{
    static const struct synth_options shapes[] = {
        { 1, 2, 1, 1 },          { 1, 10, 8, 1 },        { 3, 2, 3, 2 },
        { 5, 1000, 5, 3 },       { 7, 20, 112, 4 },      { 100, 5, 400, 5 },
        { 500, 300, 9000, 6 },   { 50, 2000, 60000, 7 }, { 2000, 40, 2000, 8 },
        { 40, 64, 2000, 9 },     { 40, 63, 2000, 10 },   { 1000, 1500, 1500, 11 },
        { 1, 20600, 16480, 12 },
    };

    for (size_t k = 0; k < sizeof(shapes) / sizeof(shapes[0]); k++) {
        const struct synth_options *so = &shapes[k];
        struct synth_world *w =
            synth_read_world(so->n_users, so->n_items, so->n_ratings, so->seed);
        struct synth_row *rows = synth_read_ratings(w, 2);

        check_rows(w, rows, so->n_ratings >= so->n_items);
        mem_free(rows);
        synth_world_free(w);
    }
}

/* Where some users have all they may, the rest of the ratings goes to others. */
static void
no_plan_gives_a_user_more_than_four_fifths_of_the_films(void)
{
    for (uint64_t n = 60000; n < 60100; n++) {
        struct synth_world *w = synth_read_world(50, 2000, n, 7);
        uint64_t most = 0;

        for (uint32_t u = 0; u < 50; u++)
            if (w->start[u + 1] - w->start[u] > most)
                most = w->start[u + 1] - w->start[u];
        CU_ASSERT_EQUAL(most, 1600);
        CU_ASSERT_EQUAL(w->start[50], n);
        synth_world_free(w);
    }
}

static void
the_same_bytes_come_from_any_number_of_workers(void)
{
    static const struct synth_file *const files[] = {
        &synth_ratings_file, &synth_movies_file, &synth_links_file,
        &synth_truth_films_file, &synth_truth_users_file
    };
    static const unsigned workers[] = { 2, 3, 7 };
    struct synth_world *w = synth_read_world(5000, 5000, 100000, 42);
    struct synth_world *other = synth_read_world(5000, 5000, 100000, 43);

    for (size_t f = 0; f < sizeof(files) / sizeof(files[0]); f++) {
        size_t n, m;
        char *one = synth_read_bytes(w, files[f], 1, &n), *more;

        for (size_t k = 0; k < 3; k++) {
            more = synth_read_bytes(w, files[f], workers[k], &m);
            CU_ASSERT(n == m && memcmp(one, more, n) == 0);
            mem_free(more);
        }
        more = synth_read_bytes(other, files[f], 1, &m);
        CU_ASSERT(n != m || memcmp(one, more, n) != 0);
        mem_free(more);
        mem_free(one);
    }
    synth_world_free(w);
    synth_world_free(other);
}

/* ---- shapes ---- */

static int
by_size(const void *pa, const void *pb)
{
    const uint64_t *a = pa, *b = pb;

    return (*a > *b) - (*a < *b);
}

/* MovieLens 25M: 20 at least, quartiles 36, 71 and 162, 32,202 at most. */
static void
users_are_as_active_as_those_of_movielens(void)
{
    struct synth_options so = synth_defaults();
    struct synth_world *w =
        synth_read_world(so.n_users, so.n_items, so.n_ratings, so.seed);
    uint64_t *size = mem_new(so.n_users, sizeof(*size));

    CU_ASSERT_PTR_NOT_NULL_FATAL(size);
    CU_ASSERT_EQUAL(w->start[0], 0);
    CU_ASSERT_EQUAL(w->start[so.n_users], so.n_ratings);
    for (uint32_t u = 0; u < so.n_users; u++)
        size[u] = w->start[u + 1] - w->start[u];
    qsort(size, so.n_users, sizeof(*size), by_size);
    CU_ASSERT_EQUAL(size[0], 20);
    CU_ASSERT(labs((long)size[so.n_users / 4] - 36) <= 2);
    CU_ASSERT(labs((long)size[so.n_users / 2] - 71) <= 3);
    CU_ASSERT(labs((long)size[so.n_users * 3ull / 4] - 162) <= 8);
    CU_ASSERT(labs((long)size[so.n_users - 1] - 32202) <= 2000);
    mem_free(size);
    synth_world_free(w);
}

/* The place of a film among all in MovieLens's ways of being popular: half the films
 * have six ratings at most, the first hundredth takes more than half of all. */
static void
few_films_take_most_of_the_ratings(void)
{
    struct synth_world *w = synth_read_world(16000, 6000, 400000, 42);
    struct synth_row *rows = synth_read_ratings(w, 2);
    uint64_t *count = mem_new(6000, sizeof(*count)), top = 0;

    CU_ASSERT_PTR_NOT_NULL_FATAL(count);
    for (size_t k = 0; k < 400000; k++)
        count[rows[k].item]++;
    qsort(count, 6000, sizeof(*count), by_size);
    CU_ASSERT_EQUAL(count[299], 0);
    CU_ASSERT_EQUAL(count[300], 1);
    CU_ASSERT(count[3150] >= 2 && count[3150] <= 8);
    for (size_t k = 6000 - 60; k < 6000; k++)
        top += count[k];
    CU_ASSERT(top > 160000 && top < 280000);
    CU_ASSERT(count[5999] > 5000 && count[5999] < 12000);
    mem_free(count);
    mem_free(rows);
    synth_world_free(w);
}

/* ---- truth ---- */

#define N_COLUMNS (4 + SYNTH_N_GENRES)

/* Stars by the formula of synth.h, from the truth files alone. */
static double
expected(const double *film, const double *user)
{
    double r = 3.46 + user[2] + film[2];

    for (int c = 3; c < N_COLUMNS; c++)
        r += user[c] * film[c];
    return r;
}

/* The noise that was planted has a standard deviation of .78, rounding adds .02 or
 * so, and the ends of the scale take a little of both. */
static void
the_truth_files_explain_the_ratings_but_for_the_noise(void)
{
    struct synth_world *w = synth_read_world(1000, 800, 100000, 42);
    struct synth_row *rows = synth_read_ratings(w, 2);
    double *film = synth_read_table(w, &synth_truth_films_file, 800, N_COLUMNS);
    double *user = synth_read_table(w, &synth_truth_users_file, 1000, N_COLUMNS);
    double *e = mem_new(100000, sizeof(*e)), *r = mem_new(100000, sizeof(*r));
    double sum = 0, squares = 0;

    for (size_t k = 0; k < 100000; k++) {
        e[k] = expected(film + rows[k].item * N_COLUMNS,
                        user + (rows[k].user - 1) * N_COLUMNS);
        r[k] = rows[k].stars;
        sum += r[k] - e[k];
        squares += (r[k] - e[k]) * (r[k] - e[k]);
    }
    CU_ASSERT_DOUBLE_EQUAL(sum / 100000, 0, .03);
    CU_ASSERT_DOUBLE_EQUAL(sqrt(squares / 100000), .79, .04);
    CU_ASSERT(synth_read_correlation(e, r, 100000) > .6);
    mem_free(e);
    mem_free(r);
    mem_free(film);
    mem_free(user);
    mem_free(rows);
    synth_world_free(w);
}

/* Films with 100 ratings at least: their means follow the planted quality. */
static void
a_films_mean_tells_its_quality(void)
{
    struct synth_world *w = synth_read_world(1500, 800, 150000, 42);
    struct synth_row *rows = synth_read_ratings(w, 2);
    double sum[800] = { 0 }, mean[800], quality[800];
    size_t count[800] = { 0 }, n = 0;

    for (size_t k = 0; k < 150000; k++) {
        sum[rows[k].item] += rows[k].stars;
        count[rows[k].item]++;
    }
    for (size_t i = 0; i < 800; i++)
        if (count[i] >= 100) {
            mean[n] = sum[i] / (double)count[i];
            quality[n++] = w->film[i].quality;
        }
    CU_ASSERT(n > 200);
    CU_ASSERT(synth_read_correlation(mean, quality, n) > .96);
    mem_free(rows);
    synth_world_free(w);
}

static void
genres_are_shares_of_one_film(void)
{
    struct synth_world *w = synth_read_world(10, 3000, 3000, 42);
    double *film = synth_read_table(w, &synth_truth_films_file, 3000, N_COLUMNS);
    size_t none = 0;

    for (size_t i = 0; i < 3000; i++) {
        const double *part = film + i * N_COLUMNS + 4;
        double squares = 0;

        for (size_t g = 0; g < SYNTH_N_GENRES; g++)
            squares += part[g] * part[g];
        CU_ASSERT(squares == 0 || fabs(squares - 1) < .005);
        none += squares == 0;
    }
    CU_ASSERT(none > 60 && none < 180);
    mem_free(film);
    synth_world_free(w);
}

/* ---- titles ---- */

/* Only films that were entered twice, one in 600, share a title. With this seed one of
 * them has a title that was taken at the first try. */
static void
titles_are_distinct_twins_apart(void)
{
    struct synth_world *w = synth_read_world(10, 20000, 20000, 16);
    char title[SYNTH_TITLE_MAX], twin[SYNTH_TITLE_MAX];
    size_t n_twins = 0, n_retries = 0, n_both = 0;

    for (uint32_t i = 0; i < 20000; i++) {
        const struct synth_film *f = &w->film[i];

        CU_ASSERT_EQUAL(synth_title(w, i, title), strlen(title));
        CU_ASSERT(i == 0 || f->id > f[-1].id);
        CU_ASSERT(f->title_try < 16);
        n_retries += f->title_try > 0;
        if (f->twin == i)
            continue;
        synth_title(w, f->twin, twin);
        CU_ASSERT_STRING_EQUAL(title, twin);
        n_twins++;
        n_both += w->film[f->twin].title_try > 0;
    }
    CU_ASSERT(n_twins > 10 && n_twins < 80);
    CU_ASSERT(n_retries > 0 && n_retries < 1000);
    CU_ASSERT(n_both > 0);
    synth_world_free(w);
}

static size_t
count_of(const char *bytes, const char *what)
{
    size_t n = 0;

    for (const char *at = bytes; (at = strstr(at, what)) != NULL; n++)
        at += strlen(what);
    return n;
}

static void
titles_have_every_form_that_movielens_has(void)
{
    struct synth_world *w = synth_read_world(10, 10000, 10000, 42);
    size_t n;
    char *bytes = synth_read_bytes(w, &synth_movies_file, 1, &n);

    CU_ASSERT_EQUAL(count_of(bytes, "\n"), 10001);
    CU_ASSERT(count_of(bytes, ", The (") > 1000);
    CU_ASSERT(count_of(bytes, ", An (") > 10);
    CU_ASSERT(count_of(bytes, " an ") > 10);
    for (const char *vowel = "AEIOU"; *vowel != '\0'; vowel++)
        CU_ASSERT_EQUAL(count_of(bytes, (const char[]){ ' ', 'a', ' ', *vowel, 0 }), 0);
    CU_ASSERT(count_of(bytes, "\"\"") > 10);
    CU_ASSERT(count_of(bytes, "é") > 10);
    CU_ASSERT(count_of(bytes, "の") > 10);
    CU_ASSERT(count_of(bytes, ", La) (") > 10);
    CU_ASSERT(count_of(bytes, ",(no genres listed)\n") > 100);
    CU_ASSERT(count_of(bytes, "Drama") > 3000);
    n = count_of(bytes, " (19") + count_of(bytes, " (20"); /* a year */
    CU_ASSERT(n > 9880 && n < 9980);
    mem_free(bytes);
    synth_world_free(w);
}

/* ---- memory ---- */

static void
every_allocation_may_fail(void)
{
    struct synth_options so = { 50, 60, 500, 1 };
    enum err_code rc = ERR_NOMEM;

    for (unsigned long n = 1; rc != ERR_OK && n < 100; n++) {
        struct synth_world *w = NULL;
        struct err err;

        mem_fail_at(n, 0);
        rc = synth_world_new(&w, &so, &err);
        CU_ASSERT(rc == ERR_OK || (rc == ERR_NOMEM && w == NULL));
        synth_world_free(w);
    }
    mem_fail_at(0, 0);
    CU_ASSERT_EQUAL(rc, ERR_OK);
}

CU_TestInfo tests_synth[] = {
    { "counts are exact for any shape", counts_are_exact_for_any_shape },
    { "no plan gives a user more than four fifths of the films",
      no_plan_gives_a_user_more_than_four_fifths_of_the_films },
    { "the same bytes come from any number of workers",
      the_same_bytes_come_from_any_number_of_workers },
    { "users are as active as those of MovieLens",
      users_are_as_active_as_those_of_movielens },
    { "few films take most of the ratings", few_films_take_most_of_the_ratings },
    { "the truth files explain the ratings but for the noise",
      the_truth_files_explain_the_ratings_but_for_the_noise },
    { "a film's mean tells its quality", a_films_mean_tells_its_quality },
    { "genres are shares of one film", genres_are_shares_of_one_film },
    { "titles are distinct, twins apart", titles_are_distinct_twins_apart },
    { "titles have every form that MovieLens has",
      titles_have_every_form_that_movielens_has },
    { "every allocation may fail", every_allocation_may_fail },
    CU_TEST_INFO_NULL,
};
