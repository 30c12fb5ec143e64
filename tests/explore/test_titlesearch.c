/* test_titlesearch.c - titles that have a text, beside text_contains title by title. */
#include "config.h"

#include "src/explore/titlesearch.h"

#include "src/base/mem.h"
#include "src/base/text.h"

#include "tests/explore/films_made.h"
#include "tests/unit.h"

#include <string.h>

static const struct film made[] = {
    { "AM\xc3\x89LIE (2001)", 1, 2001, "", 1, 3, 0 },
    { "Der gro\xc3\x9f"
      "e Wurf",
      2, 0, "", 1, 3, 0 },
    { "Heat", 3, 0, "", 1, 3, 0 },
    { "Heathers", 4, 0, "", 1, 3, 0 },
    { "\xce\x9f\xce\xb4\xcf\x8d\xcf\x83\xcf\x83\xce\xb5\xce\xb9\xce\xb1", 5, 0, "", 1,
      3, 0 },
    { "", 6, 0, "", 1, 3, 0 },
    { "The heat is on: HEAT", 7, 0, "", 1, 3, 0 },
};

#define N (sizeof(made) / sizeof(made[0]))

static struct catalog *c;
static struct titlesearch *t;

static void
make(void)
{
    c = films_catalog(made, N, 1);
    CU_ASSERT_EQUAL_FATAL(titlesearch_new(&t, c, NULL), ERR_OK);
}

static void
unmake(void)
{
    titlesearch_free(t);
    catalog_free(c);
}

/* Check that these rows, ended by 0, have the text. */
static void
expect(const char *text, const uint32_t *rows)
{
    char *folded = text_fold(text);
    uint32_t row = 0;

    CU_ASSERT_PTR_NOT_NULL_FATAL(folded);
    do {
        row = titlesearch_next(t, folded, row);
        CU_ASSERT_EQUAL(row, *rows);
    } while (row != 0 && *rows++ != 0);
    mem_free(folded);
}

#define EXPECT(text, ...) expect(text, (const uint32_t[]){ __VA_ARGS__, 0 })

static void
a_text_is_found_whatever_its_case(void)
{
    make();
    EXPECT("heat", 3, 4, 7);
    EXPECT("HEAT", 3, 4, 7);
    EXPECT("am\xc3\xa9lie", 1);
    EXPECT("gross", 2);                    /* as Unicode folds it */
    EXPECT("\xce\x94\xcf\x8d\xcf\x82", 5); /* a final sigma is one, too */
    EXPECT("(2001)", 1);
    unmake();
}

static void
a_title_that_has_it_twice_is_found_once(void)
{
    make();
    EXPECT("heat is on: heat", 7);
    EXPECT("t", 3, 4, 7);
    unmake();
}

static void
nothing_reaches_into_the_next_title(void)
{
    make();
    expect("heatheathers", (const uint32_t[]){ 0 });
    expect("nowhere", (const uint32_t[]){ 0 });
    EXPECT("rs", 4);
    unmake();
}

static void
the_empty_text_is_in_all(void)
{
    make();
    EXPECT("", 1, 2, 3, 4, 5, 6, 7);
    unmake();
}

/* Check a text against every title by itself. */
static void
agree(const char *text)
{
    char *folded = text_fold(text);
    uint32_t next;

    CU_ASSERT_PTR_NOT_NULL_FATAL(folded);
    next = titlesearch_next(t, folded, 0);
    for (uint32_t row = 1; row <= N; row++) {
        CU_ASSERT_EQUAL(text_contains(made[row - 1].title, text), next == row);
        if (next == row)
            next = titlesearch_next(t, folded, row);
    }
    CU_ASSERT_EQUAL(next, 0);
    mem_free(folded);
}

static void
every_part_of_every_title_is_found_as_title_by_title(void)
{
    make();
    for (size_t i = 0; i < N; i++)
        for (size_t from = 0, len = strlen(made[i].title); from < len; from++)
            for (size_t n = 1; from + n <= len; n++) {
                char part[64];

                memcpy(part, made[i].title + from, n); /* half characters as well */
                part[n] = '\0';
                agree(part);
            }
    unmake();
}

static void
every_allocation_may_fail(void)
{
    enum err_code rc = ERR_NOMEM;
    struct err err;
    unsigned long at;

    c = films_catalog(made, N, 1);
    t = NULL;
    for (at = 1; at < 100 && rc != ERR_OK; at++) {
        mem_fail_at(at, 0);
        rc = titlesearch_new(&t, c, &err);
        CU_ASSERT(rc == ERR_OK || (rc == ERR_NOMEM && t == NULL));
    }
    mem_fail_at(0, 0);
    CU_ASSERT_EQUAL(rc, ERR_OK);
    CU_ASSERT(at > N);
    unmake();
}

CU_TestInfo tests_titlesearch[] = {
    { "a text is found whatever its case", a_text_is_found_whatever_its_case },
    { "a title that has it twice is found once",
      a_title_that_has_it_twice_is_found_once },
    { "nothing reaches into the next title", nothing_reaches_into_the_next_title },
    { "the empty text is in all", the_empty_text_is_in_all },
    { "every part of every title is found as title by title",
      every_part_of_every_title_is_found_as_title_by_title },
    { "every allocation may fail", every_allocation_may_fail },
    CU_TEST_INFO_NULL,
};
