/* test_synth_tables.c - the tables beside invented ratings, against the films and users
 * that they are of; and what these films are like. */
#include "config.h"

#include "src/data/synth_world.h"

#include "src/base/mem.h"
#include "tests/data/synth_read.h"
#include "tests/unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define N_COLUMNS (4 + SYNTH_N_GENRES)
#define HALF_UNIT .00051 /* of the third decimal */

static void
links_lead_to_no_film_that_exists(void)
{
    enum { FILMS = 20000 };
    struct synth_world *w = synth_read_world(10, FILMS, FILMS, 42);
    size_t n, n_without = 0;
    char *bytes = synth_read_bytes(w, &synth_links_file, 1, &n);
    const char *at = bytes;

    CU_ASSERT_EQUAL(strncmp(at, "movieId,imdbId,tmdbId\n", 22), 0);
    for (uint32_t i = 0; i < FILMS; i++) {
        const unsigned id = w->film[i].id;
        char with[64], without[64];

        at = strchr(at, '\n') + 1;
        snprintf(without, sizeof(without), "%u,%u,\n", id, 90000000 + id);
        snprintf(with, sizeof(with), "%u,%u,%u\n", id, 90000000 + id, 9000000 + id);
        if (strncmp(at, without, strlen(without)) == 0)
            n_without++;
        else
            CU_ASSERT_EQUAL(strncmp(at, with, strlen(with)), 0);
    }
    /* .2 % have no tmdbId: 40, give or take five standard deviations. */
    CU_ASSERT(n_without > 8 && n_without < 72);
    mem_free(bytes);
    synth_world_free(w);
}

static void
the_truth_of_films_is_theirs(void)
{
    enum { FILMS = 2500 };
    struct synth_world *w = synth_read_world(10, FILMS, FILMS, 42);
    double *row = synth_read_table(w, &synth_truth_films_file, FILMS, N_COLUMNS);

    for (uint32_t i = 0; i < FILMS; i++) {
        const struct synth_film *f = &w->film[i];
        const double *c = row + i * N_COLUMNS;

        CU_ASSERT_EQUAL(c[0], f->id);
        CU_ASSERT_DOUBLE_EQUAL(c[1], f->weight, 1e-5 * (double)f->weight);
        CU_ASSERT_DOUBLE_EQUAL(c[2], f->quality, HALF_UNIT);
        CU_ASSERT_DOUBLE_EQUAL(c[3], f->era, HALF_UNIT);
        for (unsigned g = 0; g < f->n_genres; g++)
            CU_ASSERT_DOUBLE_EQUAL(c[4 + f->genre[g]], f->part[g], HALF_UNIT);
    }
    mem_free(row);
    synth_world_free(w);
}

static void
the_truth_of_users_is_theirs(void)
{
    enum { USERS = 2500 };
    struct synth_world *w = synth_read_world(USERS, 200, 50000, 42);
    double *row = synth_read_table(w, &synth_truth_users_file, USERS, N_COLUMNS);

    for (uint32_t u = 0; u < USERS; u++) {
        const double *c = row + u * N_COLUMNS;
        struct synth_user who;

        synth_world_user(w, u, &who);
        CU_ASSERT_EQUAL(c[0], u + 1);
        CU_ASSERT_EQUAL(c[1], (double)(w->start[u + 1] - w->start[u]));
        CU_ASSERT_DOUBLE_EQUAL(c[2], who.mean, HALF_UNIT);
        CU_ASSERT_DOUBLE_EQUAL(c[3], who.era, HALF_UNIT);
        for (unsigned g = 0; g < SYNTH_N_GENRES; g++)
            CU_ASSERT_DOUBLE_EQUAL(c[4 + g], who.taste[g], HALF_UNIT);
    }
    mem_free(row);
    synth_world_free(w);
}

static void
a_film_lists_each_genre_once_in_their_order(void)
{
    struct synth_world *w = synth_read_world(10, 20000, 20000, 42);
    size_t n_of[SYNTH_FILM_GENRES + 1] = { 0 };

    for (uint32_t i = 0; i < 20000; i++) {
        const struct synth_film *f = &w->film[i];

        for (unsigned g = 1; g < f->n_genres; g++)
            CU_ASSERT(f->genre[g - 1] < f->genre[g]);
        n_of[f->n_genres]++;
    }
    for (unsigned g = 1; g < SYNTH_N_GENRES; g++)
        CU_ASSERT(strcmp(synth_genre_name[g - 1], synth_genre_name[g]) < 0);
    for (unsigned n = 1; n <= SYNTH_FILM_GENRES; n++)
        CU_ASSERT(n_of[n] > 0);
    CU_ASSERT(n_of[1] > 6000 && n_of[1] < 9000); /* a third, and repeated draws */
    synth_world_free(w);
}

static int
by_number(const void *pa, const void *pb)
{
    const int *a = pa, *b = pb;

    return (*a > *b) - (*a < *b);
}

static void
half_of_the_films_are_younger_than_2004(void)
{
    enum { FILMS = 20000 };
    struct synth_world *w = synth_read_world(10, FILMS, FILMS, 42);
    static int year[FILMS];

    for (uint32_t i = 0; i < FILMS; i++) {
        year[i] = w->film[i].year;
        CU_ASSERT((w->film[i].release == 0) == (year[i] < 1970) || year[i] == 1970);
    }
    qsort(year, FILMS, sizeof(year[0]), by_number);
    CU_ASSERT(year[0] >= 1902 && year[0] < 1910);
    CU_ASSERT(abs(year[FILMS / 2] - 2004) <= 1);
    CU_ASSERT_EQUAL(year[FILMS - 1], 2019);
    synth_world_free(w);
}

/* Of the films that list a genre, the part made in those years. */
static double
part_within(const struct synth_world *w, unsigned genre, int from, int to)
{
    size_t n = 0, n_within = 0;

    for (uint32_t i = 0; i < w->opt.n_items; i++)
        for (unsigned g = 0; g < w->film[i].n_genres; g++)
            if (w->film[i].genre[g] == genre) {
                n++;
                n_within += w->film[i].year >= from && w->film[i].year <= to;
            }
    CU_ASSERT(n > 200);
    return (double)n_within / (double)n;
}

static void
genres_have_their_time(void)
{
    struct synth_world *w = synth_read_world(10, 60000, 60000, 42);
    const double noir = part_within(w, SYNTH_FILM_NOIR, 1940, 1958);
    const double drama = part_within(w, SYNTH_DRAMA, 1940, 1958);
    const double early = part_within(w, SYNTH_SCI_FI, 1902, 1951);

    CU_ASSERT(noir > 2 * drama);
    CU_ASSERT(early < .04);
    synth_world_free(w);
}

static void
what_draws_a_crowd_is_better(void)
{
    enum { FILMS = 20000 };
    struct synth_world *w = synth_read_world(10, FILMS, FILMS, 42);
    static double popularity[FILMS], quality[FILMS];
    size_t n = 0;
    double sum = 0, weights = 0;

    for (uint32_t i = 0; i < FILMS; i++)
        if (w->film[i].weight > 0) {
            popularity[n] = log((double)w->film[i].weight);
            quality[n++] = (double)w->film[i].quality;
            sum += (double)w->film[i].weight * (double)w->film[i].quality;
            weights += (double)w->film[i].weight;
        }
    CU_ASSERT_DOUBLE_EQUAL(synth_read_correlation(popularity, quality, n), .4, .05);
    CU_ASSERT_DOUBLE_EQUAL(sum / weights, 0, 1e-4); /* over the ratings */
    synth_world_free(w);
}

CU_TestInfo tests_synth_tables[] = {
    { "links lead to no film that exists", links_lead_to_no_film_that_exists },
    { "the truth of films is theirs", the_truth_of_films_is_theirs },
    { "the truth of users is theirs", the_truth_of_users_is_theirs },
    { "a film lists each genre once, in their order",
      a_film_lists_each_genre_once_in_their_order },
    { "half of the films are younger than 2004",
      half_of_the_films_are_younger_than_2004 },
    { "genres have their time", genres_have_their_time },
    { "what draws a crowd is better", what_draws_a_crowd_is_better },
    CU_TEST_INFO_NULL,
};
