/* test_titles.c - which film a title means that somebody else wrote. */
#include "config.h"

#include "src/base/mem.h"
#include "src/base/text.h"
#include "src/data/titles.h"

#include "tests/explore/films_made.h"
#include "tests/unit.h"

#include <string.h>

static const struct film films[] = {
    { "Matrix, The (1999)", 1, 1999, "", 900, 4, 0 },
    { "Amelie (Fabuleux destin d'Amélie Poulain, Le) (2001)", 2, 2001, "", 500, 4, 0 },
    { "Seven (a.k.a. Se7en) (1995)", 3, 1995, "", 600, 4, 0 },
    { "Psycho (1960)", 4, 1960, "", 400, 4, 0 },
    { "Psycho (1998)", 5, 1998, "", 40, 2, 0 },
    { "Star Wars: Episode IV - A New Hope (1977)", 6, 1977, "", 900, 4, 0 },
    { "Star Wars: Episode V - The Empire Strikes Back (1980)", 7, 1980, "", 800, 4, 0 },
    { "Thing, The (1982)", 8, 1982, "", 90, 4, 0 },
    { "Emma (1996)", 9, 1996, "", 10, 4, 0 },
    { "Emma (1996)", 10, 1996, "", 30, 4, 0 },
    { "Frost", 11, 0, "", 3, 4, 0 },
    { "Pulp Fiction (1994)", 12, 1994, "", 999, 4, 0 },
    { "Postman, The (Postino, Il) (1994)", 13, 1994, "", 50, 4, 0 },
    { "Fast & Furious (2009)", 14, 2009, "", 50, 4, 0 },
    { "Smørrebrød (1999)", 15, 1999, "", 5, 4, 0 },
    { "!!! (1999)", 16, 1999, "", 5, 4, 0 },
};
#define N (sizeof(films) / sizeof(films[0]))

static struct titles_found
find(const char *title, int year)
{
    struct catalog *c = films_catalog(films, N, 1);
    struct titles *t = NULL;
    struct titles_found f;

    CU_ASSERT_EQUAL_FATAL(titles_new(&t, c, NULL), ERR_OK);
    titles_find(t, title, year, &f);
    titles_free(t);
    catalog_free(c);
    return f;
}

static void
titles_written_in_many_ways_mean_their_film(void)
{
    static const struct {
        const char *title;
        int year;
        uint32_t row;
    } cases[] = {
        { "Matrix, The (1999)", 0, 1 },
        { "The Matrix", 1999, 1 },
        { "the matrix (1999)", 0, 1 },
        { "Matrix", 0, 1 },
        { "Le fabuleux destin d'Amelie Poulain", 2001, 2 },
        { "AMÉLIE", 2001, 2 },
        { "Amelie (Fabuleux destin d'Amélie Poulain, Le)", 0, 2 },
        { "Se7en", 1995, 3 },
        { "Psycho", 1960, 4 },
        { "Psycho (1998)", 0, 5 },
        { "Star Wars", 1977, 6 },
        { "Star Wars: Episode IV – A New Hope", 0, 6 },
        { "The Thing", 1982, 8 },
        { "Emma", 1996, 10 },       /* two rows of one title: the more rated */
        { "frost", 2005, 11 },      /* its year is not known */
        { "Il Postino", 1995, 13 }, /* a year off */
        { "Fast and Furious", 2009, 14 },
        { "Smorrebrod", 1999, 15 },
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct titles_found f = find(cases[i].title, cases[i].year);

        CU_ASSERT_EQUAL(f.row, cases[i].row);
        CU_ASSERT_EQUAL(f.n, 1);
    }
}

static void
what_several_films_are_called_is_none_of_them(void)
{
    struct titles_found f = find("Psycho", 0);

    CU_ASSERT_EQUAL(f.row, 0);
    CU_ASSERT_EQUAL(f.n, 2);
    CU_ASSERT_EQUAL(f.n_near, 2);
    CU_ASSERT_EQUAL(f.near[0], 4); /* the better known first */
    CU_ASSERT_EQUAL(f.near[1], 5);
    /* Without a year, what stands before a colon is no name. */
    CU_ASSERT_EQUAL(find("Star Wars", 0).n, 0);
}

static void
another_year_is_another_film_but_near(void)
{
    struct titles_found f = find("The Matrix", 2021);

    CU_ASSERT_EQUAL(f.row, 0);
    CU_ASSERT_EQUAL(f.n, 0);
    CU_ASSERT_EQUAL_FATAL(f.n_near, 1);
    CU_ASSERT_EQUAL(f.near[0], 1);
}

static void
a_mistyped_title_has_near_ones(void)
{
    struct titles_found f = find("Pulp Fictoin (1994)", 0);

    CU_ASSERT_EQUAL(f.row, 0);
    CU_ASSERT_EQUAL_FATAL(f.n_near, 1);
    CU_ASSERT_EQUAL(f.near[0], 12);
    f = find("Star Wars", 0); /* what two titles begin with: the better known first */
    CU_ASSERT_EQUAL_FATAL(f.n_near, 2);
    CU_ASSERT_EQUAL(f.near[0], 6);
    CU_ASSERT_EQUAL(f.near[1], 7);
    CU_ASSERT_EQUAL(find("quite another thing", 0).n_near, 0);
    CU_ASSERT_EQUAL(find("", 0).n_near, 0);
    CU_ASSERT_EQUAL(find("((((()))", 0).n_near, 0);
    CU_ASSERT_EQUAL(find("???", 1999).row, 0); /* nothing to go by */
}

static void
a_key_is_letters_and_digits_without_case_and_accents(void)
{
    static const char *const cases[][2] = {
        { "The Matrix", "thematrix" },
        { "8½", "812" },
        { "Léon & Søn: Straße", "leonandsonstrasse" },
        { "千と千尋", "千と千尋" },
        { " .,!", "" },
        { "Ｗｉｄｅ", "wide" },
    };
    char key[64], small[5];

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        size_t n = text_key(cases[i][0], strlen(cases[i][0]), key, sizeof(key));

        CU_ASSERT_EQUAL(n, strlen(key));
        CU_ASSERT_STRING_EQUAL(key, cases[i][1]);
    }
    CU_ASSERT_EQUAL(text_key("abcdefg", 7, small, sizeof(small)), 4);
    CU_ASSERT_STRING_EQUAL(small, "abcd");
    CU_ASSERT_EQUAL(text_key("ab&cd", 5, small, sizeof(small)), 2);
    CU_ASSERT_STRING_EQUAL(small, "ab");
    text_key("ééé千", 9, small, sizeof(small));
    CU_ASSERT_STRING_EQUAL(small, "eee");
}

static void
without_memory_it_says_so(void)
{
    struct catalog *c = films_catalog(films, N, 1);
    struct titles *t = NULL;
    enum err_code rc = ERR_NOMEM;

    for (unsigned long n = 1; rc == ERR_NOMEM; n++) {
        mem_fail_at(n, 0);
        rc = titles_new(&t, c, NULL);
        mem_fail_at(0, 0);
        CU_ASSERT(rc == ERR_OK ? n > 5 : t == NULL);
    }
    titles_free(t);
    catalog_free(c);
}

CU_TestInfo tests_titles[] = {
    { "titles written in many ways mean their film",
      titles_written_in_many_ways_mean_their_film },
    { "what several films are called is none of them",
      what_several_films_are_called_is_none_of_them },
    { "another year is another film, but near", another_year_is_another_film_but_near },
    { "a mistyped title has near ones", a_mistyped_title_has_near_ones },
    { "a key is letters and digits without case and accents",
      a_key_is_letters_and_digits_without_case_and_accents },
    { "without memory it says so", without_memory_it_says_so },
    CU_TEST_INFO_NULL,
};
