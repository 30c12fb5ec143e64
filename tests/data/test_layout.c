/* test_layout.c - where the columns of a ratings file are, and what its header lacks.
 */
#include "config.h"

#include "src/data/layout.h"

#include "tests/unit.h"

#include <stdio.h>
#include <string.h>

static enum err_code
find(struct layout *ret, const char *columns, const char *header, struct err *err)
{
    return layout_from_header(ret, columns, header, strlen(header), "votes", err);
}

/* The header is understood: this delimiter, and the fields at these places. */
static void
check_found(const char *columns, const char *header, char delim, int user, int item,
            int rating, int time, unsigned n_fields)
{
    struct err err = { 0 };
    struct layout l = { 0 };

    CU_ASSERT_EQUAL(find(&l, columns, header, &err), ERR_OK);
    if (err.code != ERR_OK)
        printf("\n%s\n", err.msg);
    CU_ASSERT_EQUAL(l.dialect.delim[0], delim);
    CU_ASSERT_EQUAL(l.dialect.delim[1], '\0');
    CU_ASSERT_TRUE(l.dialect.quoted);
    CU_ASSERT_TRUE(l.has_header);
    CU_ASSERT_EQUAL(l.at[COLUMN_USER], user);
    CU_ASSERT_EQUAL(l.at[COLUMN_ITEM], item);
    CU_ASSERT_EQUAL(l.at[COLUMN_RATING], rating);
    CU_ASSERT_EQUAL(l.at[COLUMN_TIME], time);
    CU_ASSERT_EQUAL(l.n_fields, n_fields);
    CU_ASSERT_EQUAL(l.text_allowed[COLUMN_USER], columns != NULL);
    CU_ASSERT_EQUAL(l.text_allowed[COLUMN_ITEM], columns != NULL);
    CU_ASSERT_FALSE(l.text[COLUMN_USER] || l.text[COLUMN_ITEM] || l.float_stars);
}

static void
check_refused(const char *columns, const char *header, enum err_code code,
              const char *message)
{
    struct err err = { 0 };
    struct layout l;

    CU_ASSERT_EQUAL(find(&l, columns, header, &err), code);
    if (strcmp(err.msg, message) != 0) {
        CU_FAIL("another message was expected");
        printf("\n  says     %s\n  expected %s\n", err.msg, message);
    }
}

static void
movielens_names_are_found_in_any_order_among_others(void)
{
    check_found(NULL, "userId,movieId,rating,timestamp\n", ',', 0, 1, 2, 3, 4);
    check_found(NULL, "userId,movieId,rating\n", ',', 0, 1, 2, COLUMN_ABSENT, 3);
    check_found(NULL, "x,timestamp,rating,y,movieId,userId\r\n", ',', 5, 4, 2, 1, 6);
    check_found(NULL, "\"userId\",\"a,b\",\"movieId\",\"rating\"\n1,2,3,4\n", ',', 0, 2,
                3, COLUMN_ABSENT, 4);
    check_found(NULL, "userId,\"a\nb\",movieId,rating\n", ',', 0, 2, 3, COLUMN_ABSENT,
                4);
}

static void
the_delimiter_is_the_one_that_gives_the_names(void)
{
    check_found(NULL, "userId\tmovieId\trating\n", '\t', 0, 1, 2, COLUMN_ABSENT, 3);
    check_found(NULL, "userId;movieId;rating;timestamp\n", ';', 0, 1, 2, 3, 4);
    check_found(NULL, "userId|movieId|rating\n", '|', 0, 1, 2, COLUMN_ABSENT, 3);
    check_found(NULL, "userId;a,b,c,d,e;movieId;rating\n", ';', 0, 2, 3, COLUMN_ABSENT,
                4);
}

static void
columns_may_have_any_names(void)
{
    check_found("user=who,item=what,rating=stars,time=when", "when;stars;what;who\n",
                ';', 3, 2, 1, 0, 4);
    check_found("rating=r,user=u,item=i", "u,i,r,timestamp\n", ',', 0, 1, 2,
                COLUMN_ABSENT, 4);
    check_found("user=a=b,item=Film Name,rating=★", "★,a=b,Film Name\n", ',', 1, 2, 0,
                COLUMN_ABSENT, 3);
}

static void
a_mistake_in_columns_is_one_line(void)
{
    static const char *const wrong[] = {
        "",
        "user",
        "user=who",
        "user=who,item=what",
        "user=,item=what,rating=stars",
        "user=who,item=what,rating=stars,date=when",
        "user=who,user=what,item=i,rating=stars",
        "User=who,item=what,rating=stars",
        "who,what,stars",
    };

    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        char message[256];

        snprintf(
            message, sizeof(message),
            "--columns \"%s\": expected user=NAME,item=NAME,rating=NAME and, where "
            "there is one, time=NAME",
            wrong[i]);
        check_refused(wrong[i], "who,what,stars,when\n", ERR_ARG, message);
    }
}

static void
what_a_header_lacks_is_said(void)
{
    check_refused(NULL, "", ERR_DATA,
                  "votes:1:1: the file is empty, expected a header");
    check_refused(NULL, "userId,movieId,stars\r\n", ERR_DATA,
                  "votes:1:1: no column \"rating\" in the header "
                  "\"userId,movieId,stars\"; say where the columns are with --columns "
                  "user=NAME,item=NAME,rating=NAME");
    check_refused(NULL, "userid;movieId;rating\n", ERR_DATA,
                  "votes:1:1: no column \"userId\" in the header "
                  "\"userid;movieId;rating\"; say where the columns are with --columns "
                  "user=NAME,item=NAME,rating=NAME");
    check_refused("user=who,item=what,rating=stars", "who,what,what,stars\n", ERR_DATA,
                  "votes:1:1: more than one column \"what\" in the header "
                  "\"who,what,what,stars\"; give --columns the names as the header has "
                  "them");
    check_refused(
        "user=who,item=what,rating=stars,time=when", "who,what,stars\n", ERR_DATA,
        "votes:1:1: no column \"when\" in the header \"who,what,stars\"; give "
        "--columns the names as the header has them");
    check_refused("user=who,item=what,rating=stars", "who,what,st\033ars\n", ERR_DATA,
                  "votes:1:1: no column \"stars\" in the header "
                  "\"who,what,st\\x1bars\"; give --columns the names as the header has "
                  "them");
}

static void
the_older_formats_have_no_header_and_no_quotes(void)
{
    const struct layout l[2] = { layout_u_data(), layout_dat() };

    CU_ASSERT_STRING_EQUAL(l[0].dialect.delim, "\t");
    CU_ASSERT_STRING_EQUAL(l[1].dialect.delim, "::");
    for (size_t i = 0; i < 2; i++) {
        CU_ASSERT_FALSE(l[i].has_header || l[i].dialect.quoted);
        CU_ASSERT_EQUAL(l[i].n_fields, 4);
        for (int c = 0; c < N_COLUMNS; c++)
            CU_ASSERT_EQUAL(l[i].at[c], c);
        CU_ASSERT_FALSE(l[i].text_allowed[0] || l[i].text_allowed[1]);
    }
}

CU_TestInfo tests_layout[] = {
    { "MovieLens's names are found in any order among others",
      movielens_names_are_found_in_any_order_among_others },
    { "the delimiter is the one that gives the names",
      the_delimiter_is_the_one_that_gives_the_names },
    { "columns may have any names", columns_may_have_any_names },
    { "a mistake in --columns is one line", a_mistake_in_columns_is_one_line },
    { "what a header lacks is said", what_a_header_lacks_is_said },
    { "the older formats have no header and no quotes",
      the_older_formats_have_no_header_and_no_quotes },
    CU_TEST_INFO_NULL,
};
