/* test_links.c - IMDb's numbers of films from links.csv. */
#include "config.h"

#include "src/base/mem.h"
#include "src/data/links.h"

#include "tests/explore/films_made.h"
#include "tests/unit.h"

#include <string.h>

static const struct film films[] = { { "A", 1, 0, "", 1, 3, 0 },
                                     { "B", 20, 0, "", 1, 3, 0 },
                                     { "C", 300, 0, "", 1, 3, 0 } };

static enum err_code
read_text(struct links **ret, const char *text)
{
    struct source *src = NULL;
    enum err_code rc;

    rc = source_open_bytes(&src, "links.csv", text, strlen(text), '\0', NULL);
    if (rc == ERR_OK)
        rc = links_read(ret, src, false, NULL);
    source_close(src);
    return rc;
}

static void
films_get_the_numbers_of_their_ids(void)
{
    struct catalog *c = films_catalog(films, 3, 1);
    struct links *l = NULL;

    CU_ASSERT_EQUAL_FATAL(read_text(&l, "movieId,imdbId,tmdbId\n1,0114709,862\n"
                                        "300,tt32000000,\n9,0000009,\n20,,7\n"),
                          ERR_OK);
    CU_ASSERT_EQUAL(l->rejects.n_rows, 4);
    CU_ASSERT_EQUAL(l->rejects.n, 0);
    CU_ASSERT_EQUAL_FATAL(links_apply(l, c, NULL), ERR_OK);
    CU_ASSERT_EQUAL(c->imdb[0], 114709);
    CU_ASSERT_EQUAL(c->imdb[1], 0);
    CU_ASSERT_EQUAL(c->imdb[2], 32000000);
    CU_ASSERT_EQUAL(catalog_find_imdb(c, 114709), 1);
    CU_ASSERT_EQUAL(catalog_find_imdb(c, 0), 0);
    CU_ASSERT_EQUAL(catalog_find_imdb(c, 9), 0);
    CU_ASSERT(catalog_knows_imdb(c, 3) && !catalog_knows_imdb(c, 2));
    links_free(l);
    catalog_free(c);
}

static void
a_row_that_is_wrong_is_rejected_with_its_place(void)
{
    static const struct {
        uint64_t line;
        unsigned column;
        const char *reason;
    } expected[] = {
        { 3, 2, "imdb id \"-5\", expected digits, as in 0133093" },
        { 4, 1,
          "movie id \"x\", expected a whole number from 0 to 9223372036854775807" },
        { 5, 1, "movie id \"1\", expected one row for each id" },
        { 6, 2, "1 field, expected 2" },
        { 7, 2, "imdb id \"99999999999\", expected digits, as in 0133093" },
    };
    struct links *l = NULL;

    CU_ASSERT_EQUAL_FATAL(
        read_text(&l, "movieId,imdbId\n1,2\n20,-5\nx,7\n1,3\n20\n20,99999999999\n"),
        ERR_OK);
    CU_ASSERT_EQUAL_FATAL(l->rejects.n_kept, 5);
    for (size_t i = 0; i < l->rejects.n_kept; i++) {
        CU_ASSERT_EQUAL(l->rejects.row[i].line, expected[i].line);
        CU_ASSERT_EQUAL(l->rejects.row[i].column, expected[i].column);
        CU_ASSERT_STRING_EQUAL(l->rejects.row[i].reason, expected[i].reason);
    }
    CU_ASSERT_EQUAL(l->rejects.n, 5);
    links_free(l);
}

static void
a_file_of_something_else_is_one_rejected_row(void)
{
    struct catalog *c = films_catalog(films, 3, 1);
    struct links *l = NULL;

    CU_ASSERT_EQUAL_FATAL(read_text(&l, "name,address\nA,http\nB,http\n"), ERR_OK);
    CU_ASSERT_EQUAL(l->rejects.n, 1);
    CU_ASSERT_EQUAL(l->rejects.row[0].line, 1);
    CU_ASSERT_EQUAL_FATAL(links_apply(l, c, NULL), ERR_OK);
    CU_ASSERT_PTR_NULL(c->imdb);
    links_free(l);
    l = NULL;
    CU_ASSERT_EQUAL_FATAL(read_text(&l, ""), ERR_OK);
    CU_ASSERT_EQUAL(l->rejects.n_rows, 0);
    links_free(l);
    catalog_free(c);
}

static void
without_memory_it_says_so(void)
{
    struct links *l = NULL;
    enum err_code rc = ERR_NOMEM;
    unsigned long n_failed = 0;

    for (unsigned long n = 1; n == 1 || mem_count() + 1 >= n; n++) {
        mem_fail_at(n, 0);
        rc = read_text(&l, "movieId,imdbId\n1,2\n");
        n_failed += rc == ERR_NOMEM;
        CU_ASSERT(rc == ERR_OK || (rc == ERR_NOMEM && l == NULL));
        links_free(l);
        l = NULL;
    }
    mem_fail_at(0, 0);
    CU_ASSERT_EQUAL(rc, ERR_OK);
    CU_ASSERT(n_failed > 8);
}

CU_TestInfo tests_links[] = {
    { "films get the numbers of their ids", films_get_the_numbers_of_their_ids },
    { "a row that is wrong is rejected with its place",
      a_row_that_is_wrong_is_rejected_with_its_place },
    { "a file of something else is one rejected row",
      a_file_of_something_else_is_one_rejected_row },
    { "without memory it says so", without_memory_it_says_so },
    CU_TEST_INFO_NULL,
};
