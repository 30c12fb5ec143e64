/* test_ownratings.c - somebody's own ratings from a file. */
#include "config.h"

#include "src/base/mem.h"
#include "src/data/ownratings.h"

#include "tests/explore/films_made.h"
#include "tests/unit.h"

#include <string.h>

static const struct film films[] = {
    { "Heat (1995)", 6, 1995, "", 100, 4, 0 },
    { "Matrix, The (1999)", 100, 1999, "", 300, 4, 0 },
    { "Psycho (1960)", 1219, 1960, "", 80, 4, 0 },
    { "Psycho (1998)", 2389, 1998, "", 8, 2, 0 },
};
static const struct ownratings_scale halves = { .5, 5 };

static struct catalog *c;

/* Read a text; heads and tails are the caller's. */
static struct ownratings *
read_text(const char *text, struct ownratings_scale scale)
{
    struct ownratings *o = NULL;
    struct err err = { 0 };

    c = films_catalog(films, 4, 1);
    CU_ASSERT_EQUAL_FATAL(
        ownratings_read_bytes(&o, "mine.csv", text, strlen(text), c, scale, &err),
        ERR_OK);
    return o;
}

static void
done(struct ownratings *o)
{
    ownratings_free(o);
    catalog_free(c);
}

static void
must_be(const struct ownratings *o, size_t i, uint64_t line, const char *film,
        float stars, uint32_t row)
{
    CU_ASSERT_FATAL(i < o->n);
    CU_ASSERT_EQUAL(o->rating[i].line, line);
    CU_ASSERT_STRING_EQUAL(strtab_get(&o->film, i), film);
    CU_ASSERT_DOUBLE_EQUAL(o->rating[i].stars, stars, 1e-6);
    CU_ASSERT_EQUAL(o->rating[i].found.row, row);
}

static void
lines_of_film_and_rating_need_no_header_and_no_quotes(void)
{
    struct ownratings *o = read_text("Heat,4\n"
                                     "\n"
                                     "Matrix, The (1999),4.5\r\n"
                                     "\"Matrix, The (1999)\",1\n"
                                     "1219,2\n"
                                     "id:2389,3\n"
                                     "title:1219,3\n"
                                     "Psycho,5\n"
                                     "id:Heat,5",
                                     halves);

    CU_ASSERT_EQUAL_FATAL(o->n, 8);
    must_be(o, 0, 1, "Heat", 4, 1);
    must_be(o, 1, 3, "Matrix, The (1999)", 4.5f, 2);
    must_be(o, 2, 4, "Matrix, The (1999)", 1, 2);
    must_be(o, 3, 5, "1219", 2, 3);
    must_be(o, 4, 6, "id:2389", 3, 4);
    must_be(o, 5, 7, "title:1219", 3, 0);
    must_be(o, 6, 8, "Psycho", 5, 0);
    must_be(o, 7, 9, "id:Heat", 5, 0);
    CU_ASSERT_EQUAL(o->rating[6].found.n, 2);
    CU_ASSERT_EQUAL(o->n_matched, 5);
    CU_ASSERT_EQUAL(o->rejects.n, 0);
    done(o);
}

static void
a_header_names_the_columns_in_any_order(void)
{
    struct ownratings *o =
        read_text("userId,movieId,rating,timestamp\n9,6,4.0,1\n9,100,3.5,2\n", halves);

    CU_ASSERT_EQUAL_FATAL(o->n, 2);
    must_be(o, 0, 2, "6", 4, 1);
    must_be(o, 1, 3, "100", 3.5f, 2);
    done(o);
    o = read_text("\xef\xbb\xbfrating;title\n4;The Matrix\n", halves);
    CU_ASSERT_EQUAL_FATAL(o->n, 1);
    must_be(o, 0, 2, "The Matrix", 4, 2);
    done(o);
}

static void
ratings_of_several_users_are_refused(void)
{
    static const struct {
        const char *text, *says;
    } cases[] = {
        { "userId,movieId,rating,timestamp\n1,6,4.0,1\n1,7,9,1\n2,100,3.5,2\n",
          "all.csv:4:1: user \"2\", expected \"1\" as in the lines before it: these are "
          "ratings of several people; keep the lines of one, or train on them all" },
        { "movie;rating;user\nHeat;4;x\nHeat;nonsense;y\n", "all.csv:3:3: user \"y\"" },
    };
    struct ownratings *o = NULL;
    struct err err;

    c = films_catalog(films, 4, 1);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        CU_ASSERT_EQUAL(ownratings_read_bytes(&o, "all.csv", cases[i].text,
                                              strlen(cases[i].text), c, halves, &err),
                        ERR_DATA);
        CU_ASSERT_EQUAL(strncmp(err.msg, cases[i].says, strlen(cases[i].says)), 0);
    }
    catalog_free(c);
}

/* 1 … 10 over .5 … 5: r / 2; over 1 … 5: 1 + (r - 1)·4/9. */
static const char imdb[] =
    "Const,Your Rating,Date Rated,Title,Original Title,URL,Title Type,IMDb Rating,"
    "Runtime (mins),Year,Genres,Num Votes,Release Date,Directors\n"
    "tt0113277,7,2020-01-02,\"Heat\",Heat,u,Movie,8.3,170,1995,\"Crime, "
    "Drama\",1,,A\n"
    "tt0133093,10,2020-01-02,The Matrix,The Matrix,u,Movie,8.7,136,1999,Action,1,,B\n"
    "tt0944947,,2020-01-02,Unrated,Unrated,u,TV Series,9,,2011,Drama,1,,\n"
    "tt0054215,11,2020-01-02,Psycho,Psycho,u,Movie,8.5,109,1960,Horror,1,,C\n";

static void
an_export_of_imdb_is_put_on_the_scale_of_the_data(void)
{
    static const struct ownratings_scale whole = { 1, 5 };
    struct ownratings *o = read_text(imdb, halves);

    CU_ASSERT_STRING_EQUAL(o->form, "an IMDb export");
    CU_ASSERT_EQUAL_FATAL(o->n, 2);
    must_be(o, 0, 2, "Heat", 3.5f, 1);
    must_be(o, 1, 3, "The Matrix", 5, 2);
    CU_ASSERT_EQUAL(o->n_unrated, 1);
    CU_ASSERT_EQUAL_FATAL(o->rejects.n, 1);
    CU_ASSERT_EQUAL(o->rejects.row[0].line, 5);
    CU_ASSERT_EQUAL(o->rejects.row[0].column, 2);
    CU_ASSERT_STRING_EQUAL(o->rejects.row[0].reason,
                           "rating \"11\", expected a number from 1 to 10");
    done(o);
    o = read_text(imdb, whole);
    must_be(o, 0, 2, "Heat", 1 + 24.0f / 9, 1);
    done(o);
}

/* The ids of 6, 100, 1219, 2389 in their order. Heat's own is not known. */
static void
films_of_imdb_are_found_by_their_ids_first(void)
{
    static const int32_t numbers[] = { 0, 133093, 54215, 155975 };
    const char *text = "Const,Your Rating,Title,Year\n"
                       "tt0133093,8,Renamed,2050\n"
                       "tt0113277,8,Heat,1995\n"
                       "tt7777777,8,Psycho,1998\n";
    struct ownratings *o = NULL;

    c = films_catalog(films, 4, 1);
    c->imdb = mem_new(4, sizeof(*c->imdb));
    CU_ASSERT_PTR_NOT_NULL_FATAL(c->imdb);
    memcpy(c->imdb, numbers, sizeof(numbers));
    CU_ASSERT_EQUAL_FATAL(
        ownratings_read_bytes(&o, "imdb.csv", text, strlen(text), c, halves, NULL),
        ERR_OK);
    must_be(o, 0, 2, "Renamed", 4, 2);
    must_be(o, 1, 3, "Heat", 4, 1);
    must_be(o, 2, 4, "Psycho", 4, 0); /* a film of that name with another id */
    done(o);
}

static void
an_export_of_letterboxd_is_matched_by_name_and_year(void)
{
    struct ownratings *o = read_text("Date,Name,Year,Letterboxd URI,Rating\n"
                                     "2020-01-02,Psycho,1998,u,0.5\n"
                                     "2020-01-02,Heat,1995,u,\n"
                                     "2020-01-02,1219,2000,u,3\n",
                                     halves);

    CU_ASSERT_STRING_EQUAL(o->form, "a Letterboxd export");
    CU_ASSERT_EQUAL_FATAL(o->n, 2);
    must_be(o, 0, 2, "Psycho", .5f, 4);
    must_be(o, 1, 4, "1219", 3, 0); /* a title there, though an id here */
    CU_ASSERT_EQUAL(o->n_unrated, 1);
    done(o);
}

static void
lines_that_are_wrong_are_rejected_with_their_place(void)
{
    static const struct {
        unsigned line, column;
        const char *reason;
    } expected[] = {
        { 2, 1, "line \"Heat\", expected a film, a comma, a rating" },
        { 3, 2, "rating \"5.5\", expected a number from 0.5 to 5" },
        { 4, 2, "rating \"nan\", expected a number from 0.5 to 5" },
        { 5, 1, "film \"\", expected a title or an id" },
        { 6, 1, "film \"\\xff\", expected text in UTF-8" },
        { 7, 1,
          "a quote that is opened here is not closed, expected \" at the end of the "
          "field" },
    };
    struct ownratings *o = read_text("Heat,4\nHeat\nHeat,5.5\nHeat,nan\n,3\n\xff,3\n"
                                     "\"Heat,3\n",
                                     halves);

    CU_ASSERT_EQUAL(o->n, 1);
    CU_ASSERT_EQUAL_FATAL(o->rejects.n, sizeof(expected) / sizeof(expected[0]));
    for (size_t i = 0; i < o->rejects.n; i++) {
        CU_ASSERT_EQUAL(o->rejects.row[i].line, expected[i].line);
        CU_ASSERT_EQUAL(o->rejects.row[i].column, expected[i].column);
        CU_ASSERT_STRING_EQUAL(o->rejects.row[i].reason, expected[i].reason);
    }
    done(o);
}

static void
a_file_without_a_rating_is_an_error(void)
{
    static const char *const text[] = { "", "\n\n", "title,rating\n", "Heat\n",
                                        "Heat,9\n" };
    struct ownratings *o = NULL;
    struct err err;

    c = films_catalog(films, 4, 1);
    for (size_t i = 0; i < sizeof(text) / sizeof(text[0]); i++) {
        CU_ASSERT_EQUAL(ownratings_read_bytes(&o, "x.csv", text[i], strlen(text[i]), c,
                                              halves, &err),
                        ERR_DATA);
        CU_ASSERT_PTR_NULL(o);
        CU_ASSERT(strncmp(err.msg, "x.csv:", 6) == 0);
    }
    CU_ASSERT_EQUAL(ownratings_read(&o, "/nowhere/x.csv", c, halves, &err),
                    ERR_NOTFOUND);
    catalog_free(c);
}

static void
the_scale_is_the_lowest_and_the_highest_stars(void)
{
    struct ratings *r = NULL;

    CU_ASSERT_EQUAL_FATAL(ratings_new(&r, 3, 1, 1, false, NULL), ERR_OK);
    r->stars[0] = 3;
    r->stars[1] = 1.5f;
    r->stars[2] = 4;
    CU_ASSERT_EQUAL(ownratings_scale_of(r).lo, 1.5);
    CU_ASSERT_EQUAL(ownratings_scale_of(r).hi, 4);
    ratings_free(r);
}

/* libcsv tries again with less before it gives up, so one failure may be none. */
static void
without_memory_it_says_so(void)
{
    static const char text[] = "film,rating,user\nHeat,4,1\nHeat,9,1\nnothing,3,1\n";
    struct ownratings *o = NULL;
    enum err_code rc = ERR_NOMEM;
    unsigned long n_failed = 0;

    c = films_catalog(films, 4, 1);
    for (unsigned long n = 1; mem_count() + 1 >= n || n == 1; n++) {
        mem_fail_at(n, 0);
        rc = ownratings_read_bytes(&o, "x.csv", text, strlen(text), c, halves, NULL);
        n_failed += rc == ERR_NOMEM;
        CU_ASSERT(rc == ERR_OK || (rc == ERR_NOMEM && o == NULL));
        ownratings_free(o);
        o = NULL;
    }
    mem_fail_at(0, 0);
    CU_ASSERT_EQUAL(rc, ERR_OK);
    CU_ASSERT(n_failed > 30);
    catalog_free(c);
}

CU_TestInfo tests_ownratings[] = {
    { "lines of film and rating need no header and no quotes",
      lines_of_film_and_rating_need_no_header_and_no_quotes },
    { "a header names the columns in any order",
      a_header_names_the_columns_in_any_order },
    { "ratings of several users are refused", ratings_of_several_users_are_refused },
    { "an export of IMDb is put on the scale of the data",
      an_export_of_imdb_is_put_on_the_scale_of_the_data },
    { "films of IMDb are found by their ids first",
      films_of_imdb_are_found_by_their_ids_first },
    { "an export of Letterboxd is matched by name and year",
      an_export_of_letterboxd_is_matched_by_name_and_year },
    { "lines that are wrong are rejected with their place",
      lines_that_are_wrong_are_rejected_with_their_place },
    { "a file without a rating is an error", a_file_without_a_rating_is_an_error },
    { "the scale is the lowest and the highest stars",
      the_scale_is_the_lowest_and_the_highest_stars },
    { "without memory it says so", without_memory_it_says_so },
    CU_TEST_INFO_NULL,
};
