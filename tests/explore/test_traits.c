/* test_traits.c - names for numbers: found where they are planted, and not by chance.
 */
#include "config.h"

#include "src/base/mem.h"
#include "src/base/rng.h"
#include "src/explore/traits.h"

#include "tests/explore/films_made.h"
#include "tests/unit.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define FILMS 1000
#define TAGS  60
#define EACH  20 /* films of a tag */

/* A thousand films, every fourth a comedy; tag t00 is on films 1 … 20, and so on at
 * random places. */
static struct catalog *c;
static struct traits *traits;
static double value[FILMS];

static uint32_t
film_of(unsigned tag, unsigned i)
{
    return 1 + (tag * 7 + i * 50 + (tag * i) % 50) % FILMS;
}

static void
make(void)
{
    static struct film film[FILMS];
    static uint32_t row[FILMS];
    bool has[TAGS];
    uint32_t n = 0;

    for (int i = 0; i < FILMS; i++) {
        film[i] =
            (struct film){ "T", i + 1, 1950 + i % 50, i % 4 ? "Drama" : "Comedy", 5,
                           3,   0 };
        row[i] = (uint32_t)i + 1;
    }
    c = films_catalog(film, FILMS, 1);
    for (unsigned t = 0; t < TAGS; t++) {
        char name[8];

        snprintf(name, sizeof(name), t == 1 ? "comedy" : "t%02u", t);
        CU_ASSERT_EQUAL_FATAL(strtab_add(&c->tag, name, strlen(name), NULL), ERR_OK);
    }
    c->tag_of.start = mem_new(FILMS + 2, sizeof(uint32_t));
    c->tag_of.value = mem_new(TAGS * EACH, sizeof(uint32_t));
    CU_ASSERT_FATAL(c->tag_of.start != NULL && c->tag_of.value != NULL);
    for (uint32_t i = 1; i <= FILMS; i++) {
        memset(has, 0, sizeof(has));
        for (unsigned t = 0; t < TAGS; t++)
            for (unsigned k = 0; k < EACH; k++)
                has[t] |= film_of(t, k) == i;
        c->tag_of.start[i] = n;
        for (unsigned t = 0; t < TAGS; t++)
            if (has[t])
                c->tag_of.value[n++] = t;
        c->tag_of.start[i + 1] = n;
    }
    CU_ASSERT_EQUAL_FATAL(traits_new(&traits, c, row, FILMS, NULL), ERR_OK);
}

static void
unmake(void)
{
    traits_free(traits);
    catalog_free(c);
}

static void
draw(uint64_t seed)
{
    for (uint32_t i = 0; i < FILMS; i++) {
        const struct rng_block r = rng_at(seed, 999, i, 0);
        const double u = (r.v[0] + .5) / 4294967296., v = (r.v[1] + .5) / 4294967296.;

        value[i] = sqrt(-2 * log(u)) * cos(6.283185307179586 * v);
    }
}

/* 1 % of the draws, where nothing is planted, go beyond it: of 1,000 that is 10 with a
 * standard deviation of 3.2; traits that go together make it fewer. */
static void
what_is_beyond_chance_hardly_ever_is_chance(void)
{
    struct trait_match word;
    unsigned n = 0;

    make();
    CU_ASSERT_DOUBLE_EQUAL(traits_chance(traits), .1195, .001);
    for (uint64_t seed = 0; seed < 1000; seed++) {
        draw(seed);
        n += traits_words(traits, value, &word, 1) > 0;
        CU_ASSERT_FALSE(traits_match(traits, value).clear);
    }
    CU_ASSERT(n >= 1 && n <= 20);
    unmake();
}

/* A tag on 2 % of the films: its films at the top cannot correlate by more than .35. */
static void
a_rare_tag_is_a_clear_name_where_its_films_are_the_highest(void)
{
    struct trait_match match, words[3];

    make();
    draw(5);
    for (unsigned k = 0; k < EACH; k++)
        value[film_of(7, k) - 1] += 1.5;
    match = traits_match(traits, value);
    CU_ASSERT_STRING_EQUAL(traits_name(traits, match.trait), "t07");
    CU_ASSERT(match.correlation > .15 && match.correlation < .21);
    CU_ASSERT_FALSE(match.clear); /* half of .35 */
    for (unsigned k = 0; k < EACH; k++)
        value[film_of(7, k) - 1] += .5;
    match = traits_match(traits, value);
    CU_ASSERT_TRUE(match.clear);
    CU_ASSERT_EQUAL_FATAL(traits_words(traits, value, words, 3), 1);
    CU_ASSERT_EQUAL(words[0].trait, match.trait);
    CU_ASSERT_EQUAL(words[0].correlation, match.correlation);
    unmake();
}

static void
the_clearest_name_comes_before_a_larger_correlation(void)
{
    struct trait_match match, words[2];

    make();
    draw(6);
    for (uint32_t i = 0; i < FILMS; i += 4)
        value[i] += .7; /* comedies: .29 */
    match = traits_match(traits, value);
    CU_ASSERT_STRING_EQUAL(traits_name(traits, match.trait), "Comedy");
    CU_ASSERT_TRUE(match.clear);
    for (uint32_t i = 0; i < FILMS; i += 4)
        value[i] -= .18; /* about .22: no name any more, but not chance */
    for (unsigned k = 0; k < EACH; k++)
        value[film_of(7, k) - 1] += 1.6;
    match = traits_match(traits, value);
    CU_ASSERT_EQUAL_FATAL(traits_words(traits, value, words, 2), 2);
    CU_ASSERT(fabs(words[0].correlation) > fabs(words[1].correlation));
    if (match.clear)
        CU_ASSERT_STRING_EQUAL(traits_name(traits, match.trait), "t07");
    unmake();
}

static void
a_tag_that_says_what_a_genre_says_is_left_out(void)
{
    make();
    for (size_t i = 0; i < traits_count(traits); i++)
        CU_ASSERT(strcmp(traits_name(traits, i), "comedy") != 0);
    /* Comedy and Drama, five decades, newer, and the other tags */
    CU_ASSERT_EQUAL(traits_count(traits), 2 + 5 + 1 + TAGS - 1);
    unmake();
}

static void
what_lacks_a_trait_has_a_word(void)
{
    const char *want;
    char lack[64];

    make();
    for (size_t i = 0; i < traits_count(traits); i++) {
        const char *name = traits_name(traits, i);

        want = strcmp(name, "newer") == 0    ? "older"
               : strcmp(name, "Drama") == 0  ? "not Drama"
               : strcmp(name, "Comedy") == 0 ? "not Comedy"
                                             : NULL;
        if (want != NULL)
            CU_ASSERT_STRING_EQUAL(traits_lack(traits, i, lack, sizeof(lack)), want);
    }
    unmake();
}

/* A sum of a thousand tenths over a thousand is not a tenth. */
static void
numbers_that_are_all_alike_have_no_name(void)
{
    static const double alike[] = { 0, .1, -1. / 3, 1e-300, 1e150 };
    struct trait_match words[3];

    make();
    for (size_t a = 0; a < sizeof(alike) / sizeof(alike[0]); a++) {
        for (size_t i = 0; i < FILMS; i++)
            value[i] = alike[a];
        CU_ASSERT_TRUE(isnan(traits_match(traits, value).correlation));
        CU_ASSERT_FALSE(traits_match(traits, value).clear);
        CU_ASSERT_EQUAL(traits_words(traits, value, words, 3), 0);
    }
    unmake();
}

CU_TestInfo tests_traits[] = {
    { "what is beyond chance hardly ever is chance",
      what_is_beyond_chance_hardly_ever_is_chance },
    { "a rare tag is a clear name where its films are the highest",
      a_rare_tag_is_a_clear_name_where_its_films_are_the_highest },
    { "the clearest name comes before a larger correlation",
      the_clearest_name_comes_before_a_larger_correlation },
    { "a tag that says what a genre says is left out",
      a_tag_that_says_what_a_genre_says_is_left_out },
    { "what lacks a trait has a word", what_lacks_a_trait_has_a_word },
    { "numbers that are all alike have no name",
      numbers_that_are_all_alike_have_no_name },
    CU_TEST_INFO_NULL,
};
