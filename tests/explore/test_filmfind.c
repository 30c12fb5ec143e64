/* test_filmfind.c - which film a person means. */
#include "config.h"

#include "src/explore/filmfind.h"

#include "src/base/mem.h"
#include "src/base/text.h"
#include "tests/explore/films_made.h"
#include "tests/unit.h"

#include <string.h>

/* The fourth is called what the id of the first is. */
static const struct film made[] = {
    { "Heat (1995)", 6, 1995, "Drama", 50, 4, 0 },
    { "Dead Heat (1988)", 61, 1988, "Drama", 80, 3, 0 },
    { "Matrix, The (1999)", 70, 1999, "Drama", 90, 4, 0 },
    { "6", 80, 0, "Drama", 5, 3, 0 },
    { "Twin (2001)", 90, 2001, "Drama", 2, 3, 0 },
    { "Twin (2001)", 100, 2001, "Drama", 3, 3, 0 },
};

static struct catalog *c;

static uint32_t
find(const char *word)
{
    uint32_t row = 0;
    struct err err = { 0 };

    return filmfind(&row, c, word, &err) == ERR_OK ? row : 0;
}

static void
check_fails(const char *word, const char *message)
{
    uint32_t row = 77;
    struct err err = { 0 };

    CU_ASSERT_EQUAL(filmfind(&row, c, word, &err), ERR_NOTFOUND);
    CU_ASSERT_STRING_EQUAL(err.msg, message);
    CU_ASSERT_EQUAL(row, 77);
}

static void
an_id_comes_before_a_title_and_a_title_before_a_part(void)
{
    c = films_catalog(made, 6, 1);
    CU_ASSERT_EQUAL(find("6"), 1);
    CU_ASSERT_EQUAL(find("title:6"), 4);
    CU_ASSERT_EQUAL(find("Heat (1995)"), 1);
    CU_ASSERT_EQUAL(find("HEAT (1995)"), 1);
    CU_ASSERT_EQUAL(find("matrix"), 3);
    CU_ASSERT_EQUAL(find("title:matrix"), 3);
    CU_ASSERT_EQUAL(find("id:61"), 2);
    catalog_free(c);
}

static void
several_films_are_listed_and_none_is_explained(void)
{
    c = films_catalog(made, 6, 1);
    check_fails("heat", "'heat' can be 2 films: Dead Heat (1988) (id:61); Heat (1995) "
                        "(id:6); give more of the title, or id:ID");
    check_fails("Twin (2001)",
                "'Twin (2001)' can be 2 films: Twin (2001) (id:100); Twin (2001) "
                "(id:90); give more of the title, or id:ID");
    check_fails("id:99", "no film has the id '99'; expected one of the data's own");
    check_fails("id:heat", "no film has the id 'heat'; expected one of the data's own");
    check_fails("the matirx", "no film 'the matirx'; expected an id, a title or a part "
                              "of one ('mltui movies RUN --search TEXT' lists titles)");
    check_fails("matirx", "no film 'matirx'; did you mean 'Matrix, The (1999)'?");
    check_fails("", "no film ''; expected an id, a title or a part of one ('mltui "
                    "movies RUN --search TEXT' lists titles)");
    catalog_free(c);
}

/* Ids that are texts may be as long as a field of the data, and so may titles. */
static void
long_titles_and_ids_are_cut_between_characters(void)
{
    char title[1002] = "a", id[3][700];
    struct film film[3] = { { title, 1, 0, "", 3, 3, 0 },
                            { title, 2, 0, "", 2, 3, 0 },
                            { title, 3, 0, "", 1, 3, 0 } };
    struct err err = { 0 };
    uint32_t row = 77;

    for (size_t i = 1; i < 1001; i += 2)
        memcpy(title + i, "\u00e9", 2);
    memset(id, 'x', sizeof(id));
    id[0][697] = id[1][698] = id[2][699] = '\0';
    c = films_catalog(film, 3, 1);
    c->item_id.numeric = false;
    for (size_t i = 0; i < 3; i++)
        CU_ASSERT_EQUAL_FATAL(strtab_add(&c->item_id.text, id[i], strlen(id[i]), NULL),
                              ERR_OK);
    CU_ASSERT_EQUAL(filmfind(&row, c, "\u00e9", &err), ERR_NOTFOUND);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "can be 3 films: a\u00e9"));
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "; give more of the title, or id:ID"));
    CU_ASSERT_TRUE(text_is_utf8(err.msg, strlen(err.msg)));
    catalog_free(c);
}

static void
without_memory_it_says_so(void)
{
    uint32_t row = 77;

    c = films_catalog(made, 6, 1);
    for (unsigned long n = 1; n <= 2; n++) {
        mem_fail_at(n, 0);
        CU_ASSERT_EQUAL(filmfind(&row, c, "matrix", NULL), ERR_NOMEM);
        CU_ASSERT_EQUAL(row, 77);
    }
    mem_fail_at(0, 0);
    catalog_free(c);
}

CU_TestInfo tests_filmfind[] = {
    { "an id comes before a title, and a title before a part",
      an_id_comes_before_a_title_and_a_title_before_a_part },
    { "several films are listed, and none is explained",
      several_films_are_listed_and_none_is_explained },
    { "long titles and ids are cut between characters",
      long_titles_and_ids_are_cut_between_characters },
    { "without memory it says so", without_memory_it_says_so },
    CU_TEST_INFO_NULL,
};
