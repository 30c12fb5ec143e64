/* test_filter.c - the language of filters. */
#include "config.h"

#include "src/base/mem.h"
#include "src/explore/filter.h"

#include "tests/explore/films_made.h"
#include "tests/unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct film made[] = {
    { "Alien (1979)", 1, 1979, "Horror|Sci-Fi", 900, 4.1f, 0.31f },         /* 1 */
    { "Ring, The (1998)", 2, 1998, "Horror", 120, 3.4f, -0.02f },           /* 2 */
    { "Lord of the Rings (2001)", 3, 2001, "Adventure", 2000, 4.5f, 0.5f }, /* 3 */
    { "Mission: \"Mars\" (1990)", 4, 1990, "Sci-Fi", 35, 2.0f, -0.4f },     /* 4 */
    { "Ångström", 5, 0, "", 12, 3.0f, 0.0f },                               /* 5 */
    { "Seen (1999)", 6, 1999, "Drama|Film-Noir", 0, NAN, 0.1f },            /* 6 */
};

#define N 6

static struct catalog *c;
static struct model *m;

static void
make(void)
{
    c = films_catalog(made, N, 1);
    m = films_model(made, N, 1, 1);
}

static void
unmake(void)
{
    catalog_free(c);
    model_free(m);
}

/* The rows that pass as digits, for a user who has seen films 1 and 3. */
static const char *
matches(const char *text)
{
    static char rows[N + 1];
    struct filter *f = NULL;
    struct err err = { 0 };
    size_t n = 0;

    if (filter_new(&f, text, c, m, FILTER_WITH_SEEN, &err) != ERR_OK) {
        CU_FAIL(err.msg);
        return err.msg[0] != '\0' ? "an error" : "an error without a message";
    }
    for (uint32_t row = 1; row <= N; row++)
        if (filter_match(f, row, row == 1 || row == 3))
            rows[n++] = (char)('0' + row);
    rows[n] = '\0';
    filter_free(f);
    return rows;
}

#define PASS(text, rows) CU_ASSERT_STRING_EQUAL(matches(text), rows)

static void
a_word_is_part_of_a_title_whatever_the_case(void)
{
    make();
    PASS("ring", "23");
    PASS("RING", "23");
    PASS("ring the", "23");
    PASS("\"ring, the\"", "2");
    PASS("\"rings \"", "3");
    PASS("ångSTRÖM", "5");
    PASS("\"mission: \"\"mars\"\"\"", "4");
    PASS("\"(1979)\"", "1");
    PASS("title:alien", "1");
    PASS("title:\"ring, the\"", "2");
    PASS("TITLE: alien", "1");
    PASS("spider-man", "");
    unmake();
}

static void
a_genre_is_named_whole(void)
{
    make();
    PASS("genre:sci-fi", "14");
    PASS("genre:HORROR", "12");
    PASS("genre:film-noir", "6");
    PASS("genre:\"sci-fi\"", "14");
    PASS("genre : drama", "6");
    unmake();
}

static void
numbers_compare_and_ranges_have_both_ends(void)
{
    make();
    PASS("year>1990", "236");
    PASS("year>=1990", "2346");
    PASS("year<1990", "1"); /* not the film without a year */
    PASS("year<=1990", "14");
    PASS("year:1990", "4");
    PASS("year=1990", "4");
    PASS("year:1990..1999", "246");
    PASS("year = 1990 .. 1999", "");
    PASS("year > 1990", "236");
    PASS("n>500", "13");
    PASS("n:12..35", "45");
    PASS("bias<0", "24");
    PASS("bias<-0.02", "4"); /* -0.02 itself, rounded as the model has it, is not */
    PASS("bias>-.5", "123456");
    PASS("mean>=4.1", "13"); /* 4.1 as a float, as the catalog has it */
    PASS("mean>4.1", "3");
    PASS("mean<5", "12345"); /* no mean, no comparison */
    PASS("-mean<5", "6");
    PASS("mean:0..1e300", "12345");
    unmake();
}

static void
not_binds_before_and_and_and_before_or(void)
{
    make();
    PASS("genre:horror year<1990 | genre:adventure", "13");
    PASS("genre:adventure | genre:horror year<1990", "13");
    PASS("(genre:adventure | genre:horror) year>1990", "23");
    PASS("-genre:horror year>1990", "36");
    PASS("-(genre:horror year>1990)", "13456");
    PASS("-genre:horror | year<1990", "13456");
    PASS("--alien", "1");
    PASS("-(-alien)", "1");
    PASS("alien|rings|mars", "134");
    PASS("(alien)(\"1979\")", "1");
    PASS("alien\"1979\"", "1");
    PASS("(((alien)))|(rings|(mars n>500))", "13");
    unmake();
}

static void
seen_is_the_users_and_in_quotes_a_title(void)
{
    struct filter *f = NULL;
    struct err err;

    make();
    PASS("seen", "13");
    PASS("-SEEN genre:horror", "2");
    PASS("\"seen\"", "6");
    PASS("title:seen", "6");
    PASS("seen-not", "");
    CU_ASSERT_EQUAL(filter_new(&f, "ring seen", c, m, FILTER_WITHOUT_SEEN, &err),
                    ERR_ARG);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "character 6: \"seen\" asks about a user"));
    unmake();
}

static void
an_empty_filter_lets_all_pass(void)
{
    make();
    PASS("", "123456");
    PASS(" \t ", "123456");
    CU_ASSERT(filter_match(NULL, 3, false));
    unmake();
}

/* Does this filter fail with a message that begins so, after "filter, character "? */
static void
refused(const char *text, const char *begin)
{
    struct filter *f = NULL;
    struct err err = { 0 };
    const char *prefix = "filter, character ";

    CU_ASSERT_EQUAL(filter_new(&f, text, c, m, FILTER_WITH_SEEN, &err), ERR_ARG);
    CU_ASSERT_PTR_NULL(f);
    filter_free(f);
    CU_ASSERT_EQUAL(strncmp(err.msg, prefix, strlen(prefix)), 0);
    if (strncmp(err.msg + strlen(prefix), begin, strlen(begin)) != 0) {
        fprintf(stderr, "\n%s\n  gave      %s\n  expected  %s%s\n", text, err.msg,
                prefix, begin);
        CU_FAIL("another message was expected");
    }
}

static void
a_mistake_is_named_with_its_place_and_what_was_expected(void)
{
    make();
    refused("genre:scifi",
            "7: no genre \"scifi\"; did you mean \"Sci-Fi\"? There are ");
    refused("genre:aéééééééééééééééééééééééééééééééééééé",
            "7: no genre \"aééééééééééééééééééééééééééééé\"; there are ");
    refused("year>éééééééééééééééééééééééééééééééaé",
            "6: found \"éééééééééééééééééééééééééééééé\"; expected");
    refused("genre:zzzzzzz", "7: no genre \"zzzzzzz\"; there are Horror, Sci-Fi, "
                             "Adventure, Drama, Film-Noir");
    refused("genre:", "7: the filter ends here; expected a genre");
    refused("genre=drama", "6: found \"=\"; expected \":\", as in genre:drama");
    refused("å | ganre:drama",
            "5: unknown field \"ganre\"; did you mean genre?; fields");
    refused("mission:",
            "1: unknown field \"mission\"; fields are genre, title, year, n "
            "(ratings), mean and bias; a title with \":\" in it goes in");
    refused("year>", "6: found \"\"; expected a number, as in year>1990");
    refused("year>199x", "6: found \"199x\"; expected a number");
    refused("year>nan", "6: found \"nan\"; expected a number");
    refused("year>1990..1999", "6: found \"1990..1999\"; expected a number");
    refused("year:1999..1990", "6: the range 1999..1990 is empty");
    refused("year:1990..", "12: found \"\"; expected a number");
    refused("ring >5", "6: found \">\" without a field before it");
    refused("\"ring", "1: this quote is not closed");
    refused("\"\"", "1: found empty quotes");
    refused("(ring", "1: this \"(\" is not closed");
    refused("ring)", "5: found \")\" without a \"(\" before it");
    refused("()", "2: found \")\"; expected a word");
    refused("ring |", "7: the filter ends here; expected a word");
    refused("| ring", "1: found \"|\"; expected a word");
    refused("-", "2: the filter ends here");
    unmake();
}

static void
hostile_text_is_refused_and_not_followed(void)
{
    static char text[FILTER_MAX_BYTES + 2];
    struct filter *f = NULL;
    struct err err;

    make();
    memset(text, '(', FILTER_MAX_DEPTH + 1);
    refused(text, "65: more than 64 parentheses and minus signs");
    memset(text, '-', FILTER_MAX_BYTES);
    refused(text, "65: more than 64 parentheses and minus signs");
    for (size_t i = 0; i < FILTER_MAX_BYTES; i++)
        text[i] = i % 2 == 0 ? 'r' : '|';
    text[FILTER_MAX_BYTES - 1] = '\0';
    PASS(text, "2345"); /* 2,048 words, one level deep */
    memset(text, 'a', sizeof(text) - 1);
    CU_ASSERT_EQUAL(filter_new(&f, text, c, m, FILTER_WITH_SEEN, &err), ERR_ARG);
    CU_ASSERT_EQUAL(filter_new(&f, "\xff", c, m, FILTER_WITH_SEEN, &err), ERR_ARG);
    unmake();
}

static void
as_deep_as_allowed_still_works(void)
{
    char text[2 * FILTER_MAX_DEPTH + 16] = "";

    make();
    for (int i = 0; i < FILTER_MAX_DEPTH; i++)
        strcat(text, "(");
    strcat(text, "alien");
    for (int i = 0; i < FILTER_MAX_DEPTH; i++)
        strcat(text, ")");
    PASS(text, "1");
    unmake();
}

static void
without_memory_it_says_so(void)
{
    struct filter *f = NULL;
    struct err err;
    enum err_code rc = ERR_NOMEM;
    unsigned long at;

    make();
    for (at = 1; rc == ERR_NOMEM && at < 20; at++) {
        mem_fail_at(at, 0);
        rc = filter_new(&f, "year>1990 (alien|å)", c, m, FILTER_WITH_SEEN, &err);
        CU_ASSERT(rc == ERR_OK || (rc == ERR_NOMEM && f == NULL));
    }
    CU_ASSERT_EQUAL(rc, ERR_OK);
    CU_ASSERT_EQUAL(at, 7); /* five allocations */
    filter_free(f);
    f = NULL;
    mem_fail_at(1000, 0); /* counts: the last is the list of genres of the message */
    CU_ASSERT_EQUAL(filter_new(&f, "genre:x", c, m, FILTER_WITH_SEEN, &err), ERR_ARG);
    mem_fail_at(mem_count(), 0);
    CU_ASSERT_EQUAL(filter_new(&f, "genre:x", c, m, FILTER_WITH_SEEN, &err), ERR_NOMEM);
    CU_ASSERT_PTR_NULL(f);
    mem_fail_at(0, 0);
    unmake();
}

CU_TestInfo tests_filter[] = {
    { "a word is part of a title, whatever the case",
      a_word_is_part_of_a_title_whatever_the_case },
    { "a genre is named whole", a_genre_is_named_whole },
    { "numbers compare, and ranges have both ends",
      numbers_compare_and_ranges_have_both_ends },
    { "not binds before and, and and before or",
      not_binds_before_and_and_and_before_or },
    { "seen is the user's, and in quotes a title",
      seen_is_the_users_and_in_quotes_a_title },
    { "an empty filter lets all pass", an_empty_filter_lets_all_pass },
    { "a mistake is named with its place and what was expected",
      a_mistake_is_named_with_its_place_and_what_was_expected },
    { "hostile text is refused and not followed",
      hostile_text_is_refused_and_not_followed },
    { "as deep as allowed still works", as_deep_as_allowed_still_works },
    { "without memory it says so", without_memory_it_says_so },
    CU_TEST_INFO_NULL,
};
