/* test_moviecard.c - one film in a few numbers, worked by hand. */
#include "config.h"

#include "src/explore/moviecard.h"

#include "src/base/mem.h"
#include "tests/explore/films_made.h"
#include "tests/unit.h"

#include <math.h>
#include <string.h>

#define FILMS 21

/* Ten comedies at +1 and ten westerns at -1 along the first of two factors, and a film
 * that nobody rated. Their biases fall in steps of 0.1 from 0.2 and two are equal. */
static struct film films[FILMS];
static struct catalog *c;
static struct model *m;
static struct ratings *r;
static struct centre about;
static struct directions d;

static void
make(void)
{
    static const struct seen pairs[] = {
        { 1, 2 }, { 1, 2 }, { 1, 3 }, { 2, 2 }, { 3, 4 }
    };
    static const uint8_t code[] = { 0, 1, 0, 1, 0 };

    for (int i = 0; i < FILMS; i++)
        films[i] = (struct film){ "T",
                                  i + 1,
                                  0,
                                  i < 10 ? "Comedy" : "Western",
                                  i < 20 ? 3 : 0,
                                  3,
                                  .2f - .1f * (float)i };
    films[3].bias = films[2].bias;
    films[20].bias = 9;
    c = films_catalog(films, FILMS, 4);
    m = films_model(films, FILMS, 4, 2);
    for (uint32_t i = 1; i <= 20; i++)
        m->I[2 * i] = i <= 10 ? 1 : -1;
    for (uint32_t u = 1; u <= 4; u++) {
        m->bu[u] = .5f;
        m->U[2 * u] = u <= 2 ? .25f : .75f;
    }
    r = films_ratings(pairs, 5, 4, FILMS);
    r->value[1] = 5;
    r->n_values = 2;
    memcpy(r->code, code, sizeof(code));
    CU_ASSERT_EQUAL_FATAL(centre_init(&about, m, c, 20, NULL), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(directions_init(&d, m, c, &about, DIRECTIONS_PCA, NULL),
                          ERR_OK);
}

static void
unmake(void)
{
    directions_done(&d);
    centre_done(&about);
    ratings_free(r);
    catalog_free(c);
    model_free(m);
}

static void
a_card_says_what_the_hand_works_out(void)
{
    struct moviecard card;

    make();
    moviecard_make(&card, m, c, r, &d, 2);
    CU_ASSERT_EQUAL(card.rank, 2);
    CU_ASSERT_EQUAL(card.n_ranked, 20);
    /* The mean user is (.5, 0) with bias .5: .5 · 1 + .5, and .1 with the film's. */
    CU_ASSERT_DOUBLE_EQUAL(card.without_bias, .5 + 5 / (1 + exp(-1)), 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(card.with_bias, .5 + 5 / (1 + exp(-1.1)), 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(card.seen_by, .5, 1e-12); /* users 1, twice, and 2 of 4 */
    CU_ASSERT_EQUAL_FATAL(card.n_bars, 2);
    CU_ASSERT_EQUAL(card.bar[0].rating, 4);
    CU_ASSERT_EQUAL(card.bar[0].count, 1);
    CU_ASSERT_EQUAL(card.bar[1].rating, 5);
    CU_ASSERT_EQUAL(card.bar[1].count, 2);
    CU_ASSERT_EQUAL_FATAL(card.n_factors, 1);
    CU_ASSERT_EQUAL(card.factor[0].direction, 0);
    CU_ASSERT_DOUBLE_EQUAL(fabs(card.factor[0].value), 1, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(fabs(card.factor[0].in_sd), 1, 1e-9);
    unmake();
}

static void
equal_biases_stand_in_the_order_of_titles_and_ids(void)
{
    struct moviecard card;

    make();
    moviecard_make(&card, m, c, r, &d, 3);
    CU_ASSERT_EQUAL(card.rank, 3);
    moviecard_make(&card, m, c, r, &d, 4);
    CU_ASSERT_EQUAL(card.rank, 4);
    unmake();
}

static void
a_film_that_nobody_rated_has_no_place(void)
{
    struct moviecard card;

    make();
    m->bi[21] = .25f; /* higher than all others but one */
    moviecard_make(&card, m, c, r, &d, 21);
    CU_ASSERT_EQUAL(card.rank, 0);
    CU_ASSERT_EQUAL(card.n_ranked, 20);
    m->bi[21] = -9;
    moviecard_make(&card, m, c, r, &d, 21);
    CU_ASSERT_EQUAL(card.rank, 0);
    unmake();
}

static void
without_ratings_there_is_no_histogram(void)
{
    struct moviecard card;

    make();
    moviecard_make(&card, m, c, NULL, &d, 2);
    CU_ASSERT_EQUAL(card.n_bars, 0);
    CU_ASSERT_TRUE(isnan(card.seen_by));
    CU_ASSERT_EQUAL(card.rank, 2);
    unmake();
}

/* Counted once or asked of the ratings: the same card of every film, bars that are
 * ranges included; and the sum of all. */
static void
what_was_counted_before_makes_the_same_card(void)
{
    struct summary_bar all[AUDIENCE_BARS], again[AUDIENCE_BARS];
    struct audience *a = NULL;
    struct moviecard one, two;

    make();
    for (unsigned values = 2; values <= 40; values += 38) {
        r->n_values = values;
        r->value[39] = 9;
        CU_ASSERT_EQUAL_FATAL(audience_new(&a, r, NULL), ERR_OK);
        for (uint32_t film = 1; film <= FILMS; film++) {
            moviecard_make(&one, m, c, r, &d, film);
            moviecard_make_counted(&two, m, c, a, &d, film);
            CU_ASSERT_EQUAL(one.rank, two.rank);
            CU_ASSERT_EQUAL(one.seen_by, two.seen_by);
            CU_ASSERT_EQUAL_FATAL(one.n_bars, two.n_bars);
            CU_ASSERT_EQUAL(memcmp(one.bar, two.bar, sizeof(one.bar)), 0);
        }
        CU_ASSERT_EQUAL_FATAL(audience_histogram(a, 0, all), one.n_bars);
        CU_ASSERT_EQUAL(summary_histogram(r, again, AUDIENCE_BARS), one.n_bars);
        for (size_t b = 0; b < one.n_bars; b++)
            CU_ASSERT_EQUAL(all[b].count, again[b].count);
        audience_free(a);
    }
    unmake();
}

static void
counting_survives_any_lack_of_memory(void)
{
    struct audience *a;
    struct err err;
    enum err_code rc = ERR_NOMEM;

    make();
    for (unsigned long nth = 1; rc != ERR_OK; nth++) {
        mem_fail_at(nth, 0);
        a = NULL;
        rc = audience_new(&a, r, &err);
        mem_fail_at(0, 0);
        CU_ASSERT_TRUE(rc == ERR_OK || (rc == ERR_NOMEM && a == NULL));
        audience_free(a);
    }
    unmake();
}

CU_TestInfo tests_moviecard[] = {
    { "a card says what the hand works out", a_card_says_what_the_hand_works_out },
    { "equal biases stand in the order of titles and ids",
      equal_biases_stand_in_the_order_of_titles_and_ids },
    { "a film that nobody rated has no place", a_film_that_nobody_rated_has_no_place },
    { "without ratings there is no histogram", without_ratings_there_is_no_histogram },
    { "what was counted before makes the same card",
      what_was_counted_before_makes_the_same_card },
    { "counting survives any lack of memory", counting_survives_any_lack_of_memory },
    CU_TEST_INFO_NULL,
};
