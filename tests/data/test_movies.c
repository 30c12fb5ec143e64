/* test_movies.c - films of the three formats, their genres, and years in titles. */
#include "config.h"

#include "src/data/movies.h"

#include "tests/unit.h"

#include <stdio.h>
#include <string.h>

/* Read len bytes as a movies file; NULL: `*ret_rc` says why. */
static struct movies *
read_bytes(const char *s, size_t len, enum movies_format format, bool text_ids,
           enum err_code *ret_rc, struct err *err)
{
    struct source *src = NULL;
    struct movies *m = NULL;

    CU_ASSERT_EQUAL_FATAL(source_open_bytes(&src, "movies", s, len, '\0', err), ERR_OK);
    *ret_rc = movies_read(&m, src, format, text_ids, err);
    source_close(src);
    return m;
}

static struct movies *
read_text(const char *s, enum movies_format format, bool text_ids)
{
    struct err err = { 0 };
    enum err_code rc;
    struct movies *m = read_bytes(s, strlen(s), format, text_ids, &rc, &err);

    if (rc != ERR_OK)
        printf("%s ", err.msg);
    CU_ASSERT_PTR_NOT_NULL_FATAL(m);
    return m;
}

/* The genres of film i, joined by bars. */
static const char *
genres_of(const struct movies *m, size_t i, char out[256])
{
    int n = 0;

    out[0] = '\0';
    for (uint32_t k = m->genre_of.start[i]; k < m->genre_of.start[i + 1]; k++)
        n += snprintf(out + n, 256 - (size_t)n, "%s%s", n > 0 ? "|" : "",
                      strtab_get(&m->genre, m->genre_of.value[k]));
    return out;
}

static void
check_film(const struct movies *m, size_t i, const char *id, const char *title,
           const char *genres)
{
    char buf[256];

    CU_ASSERT_TRUE_FATAL(i < m->title.n);
    CU_ASSERT_EQUAL(ids_find(&m->id, id, strlen(id)), i);
    CU_ASSERT_STRING_EQUAL(strtab_get(&m->title, i), title);
    CU_ASSERT_STRING_EQUAL(genres_of(m, i, buf), genres);
}

static void
check_reject(const struct movies *m, size_t i, uint64_t line, unsigned column,
             const char *reason)
{
    CU_ASSERT_TRUE_FATAL(i < m->rejects.n_kept);
    CU_ASSERT_EQUAL(m->rejects.row[i].line, line);
    CU_ASSERT_EQUAL(m->rejects.row[i].column, column);
    CU_ASSERT_STRING_EQUAL(m->rejects.row[i].reason, reason);
}

/* ---- years ---- */

static void
a_year_is_what_ends_the_title_in_parentheses(void)
{
    static const struct {
        const char *title;
        int year;
    } cases[] = {
        { "Toy Story (1995)", 1995 },
        { "Toy Story (1995) ", 1995 },
        { "Toy Story (1995)   ", 1995 },
        { "2001: A Space Odyssey (1968)", 1968 },
        { "(500) Days of Summer (2009)", 2009 },
        { "City of Lost Children, The (Cité des enfants perdus, La) (1995)", 1995 },
        { "(1995)", 1995 },
        { "Nine Lives((1995)", 1995 },
        { "Serial (1995-1998)", 1995 },
        { "Serial (1995\xe2\x80\x93"
          "1998)",
          1995 },
        { "Serial (1995-)", 1995 },
        { "Serial (1995\xe2\x80\x93)", 1995 },
        { "Serial (1995\xe2\x80\x93 )", 1995 },
        { "Babylon 5", 0 },
        { "", 0 },
        { "1995", 0 },
        { "In the Middle (1995) of It", 0 },
        { "Film (1995) (TV)", 0 },
        { "Film (1995", 0 },
        { "Film (199)", 0 },
        { "Film (19955)", 0 },
        { "Film (1995x)", 0 },
        { "Film (1995-1998", 0 },
        { "Film (1995\xe2\x80)", 0 },
        { "Film (", 0 },
        { "Film ()", 0 },
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        if (movies_year(cases[i].title) != cases[i].year) {
            CU_FAIL("another year was expected");
            printf("\n%s gives %d\n", cases[i].title, movies_year(cases[i].title));
        }
}

/* ---- movies.csv ---- */

static void
titles_may_be_quoted_and_genres_are_lists_in_the_files_order(void)
{
    struct movies *m = read_text("movieId,title,genres\r\n"
                                 "30,\"B, The \"\"Best\"\" (1995)\",Drama|Action\r\n"
                                 "10,A (1990),(no genres listed)\r\n"
                                 "20,A (1990),War|Drama\r\n"
                                 "40,,\r\n"
                                 "50,C,\r\n",
                                 MOVIES_CSV, false);

    CU_ASSERT_EQUAL(m->rejects.n_rows, 5);
    check_film(m, 0, "30", "B, The \"Best\" (1995)", "Drama|Action");
    check_film(m, 1, "10", "A (1990)", "");
    check_film(m, 2, "20", "A (1990)", "War|Drama");
    check_film(m, 3, "50", "C", "");
    CU_ASSERT_EQUAL(m->rejects.n, 1);
    check_reject(m, 0, 5, 2, "title \"\", expected some text");
    movies_free(m);
}

static void
genres_are_numbered_in_byte_order_and_films_sorted_by_title(void)
{
    static const char *const genres[] = { "Action", "Drama", "War", "action" };
    struct movies *m = read_text("movieId,title,genres\n3,B,War|action\n"
                                 "1,A,Drama\n4,a,Action\n2,A,War\n",
                                 MOVIES_CSV, false);
    static const uint32_t order[] = { 1, 3, 0, 2 }; /* A, A, B, a */

    CU_ASSERT_EQUAL_FATAL(m->genre.n, 4);
    for (size_t i = 0; i < 4; i++) {
        CU_ASSERT_STRING_EQUAL(strtab_get(&m->genre, i), genres[i]);
        CU_ASSERT_EQUAL(m->by_title[i], order[i]);
    }
    movies_free(m);
}

static void
a_second_row_of_an_id_is_rejected_and_the_first_stays(void)
{
    struct movies *m =
        read_text("movieId,title,genres\n7,First,Drama\n8,Other,War\n7,Second,War\n",
                  MOVIES_CSV, false);

    CU_ASSERT_EQUAL(m->title.n, 2);
    check_film(m, 0, "7", "First", "Drama");
    CU_ASSERT_EQUAL(m->rejects.n, 1);
    check_reject(m, 0, 4, 1, "movie id \"7\", expected one row for each id");
    movies_free(m);
}

/* The delimiter that the header shows also says where a quote opens a field. */
static void
columns_go_by_name_and_a_quoted_title_may_have_line_breaks(void)
{
    struct movies *m = read_text("title;imdb;movieId\n\"A\nB; C (1990)\";1;5\n\nD;2\n",
                                 MOVIES_CSV, false);

    CU_ASSERT_EQUAL(m->rejects.n_rows, 2);
    check_film(m, 0, "5", "A\nB; C (1990)", "");
    CU_ASSERT_EQUAL(m->rejects.n, 1);
    check_reject(m, 0, 5, 3, "2 fields, expected 3");
    movies_free(m);
}

static void
a_csv_file_is_never_read_as_latin_1(void)
{
    struct movies *m = read_text("movieId,title,genres\n1,Caf\xe9,Drama\n2,Café,Com\xe9"
                                 "die\n3,Café,Drama\n",
                                 MOVIES_CSV, false);

    CU_ASSERT_EQUAL(m->rejects.n, 2);
    check_reject(m, 0, 2, 2, "title \"Caf\\xe9\", expected text in UTF-8");
    check_reject(m, 1, 3, 3,
                 "genres \"Com\\xe9"
                 "die\", expected text in UTF-8");
    check_film(m, 0, "3", "Café", "Drama");
    movies_free(m);
}

static void
a_file_without_the_header_is_refused(void)
{
    struct err err = { 0 };
    enum err_code rc;

    CU_ASSERT_PTR_NULL(
        read_bytes("movieId,name\n1,A\n", 17, MOVIES_CSV, false, &rc, &err));
    CU_ASSERT_EQUAL(rc, ERR_DATA);
    CU_ASSERT_STRING_EQUAL(err.msg, "movies:1:1: no column \"title\" in the header "
                                    "\"movieId,name\"; expected movieId,title,genres; "
                                    "without the file titles are ids");
    CU_ASSERT_PTR_NULL(read_bytes("", 0, MOVIES_CSV, false, &rc, &err));
    CU_ASSERT_EQUAL(rc, ERR_DATA);
}

/* ---- the older formats ---- */

#define FLAGS_TOY "0|0|0|1|1|1|0|0|0|0|0|0|0|0|0|0|0|0|0"
#define FLAGS_ALL "1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1"

static void
u_item_has_a_flag_for_each_genre(void)
{
    struct movies *m =
        read_text("1|Toy Story (1995)|01-Jan-1995||http://a/b?c|" FLAGS_TOY "\n"
                  "2|\"Quoted\"|||| " FLAGS_TOY "|0\n"
                  "267|unknown||||" FLAGS_ALL "\n",
                  MOVIES_U_ITEM, false);

    check_film(m, 0, "1", "Toy Story (1995)", "Animation|Children's|Comedy");
    check_film(m, 1, "267", "unknown",
               "unknown|Action|Adventure|Animation|Children's|Comedy|Crime|Documentary|"
               "Drama|Fantasy|Film-Noir|Horror|Musical|Mystery|Romance|Sci-Fi|Thriller|"
               "War|Western");
    CU_ASSERT_EQUAL(m->rejects.n, 1);
    check_reject(m, 0, 2, 25, "25 fields, expected 24");
    movies_free(m);
}

static void
older_files_are_latin_1_where_they_are_not_utf_8(void)
{
    struct movies *m = read_text("1|Caf\xe9 (1994)||||" FLAGS_TOY "\n"
                                 "2|\xc3\xa9||||" FLAGS_TOY "\n",
                                 MOVIES_U_ITEM, false);

    check_film(m, 0, "1", "Café (1994)", "Animation|Children's|Comedy");
    check_film(m, 1, "2", "Ã©", "Animation|Children's|Comedy"); /* one file, one code */
    movies_free(m);
    m = read_text("1::Caf\xe9 (1994)::Drama|War\n", MOVIES_DAT, false);
    check_film(m, 0, "1", "Café (1994)", "Drama|War");
    movies_free(m);
    m = read_text("1::Café (1994)::Drama|War\n2::\"A\" : B::War\n", MOVIES_DAT, false);
    check_film(m, 0, "1", "Café (1994)", "Drama|War");
    check_film(m, 1, "2", "\"A\" : B", "War");
    movies_free(m);
}

/* ---- ids ---- */

static void
ids_that_are_text_are_found_by_ids_of_either_kind(void)
{
    struct movies *m =
        read_text("movieId,title\ntt7,A\n7,B\n007,C\n", MOVIES_CSV, true);
    struct ids rated;
    uint32_t at;

    check_film(m, 0, "tt7", "A", "");
    check_film(m, 2, "007", "C", "");
    ids_init(&rated, true);
    CU_ASSERT_EQUAL(ids_add_num(&rated, 7, &at, NULL), ERR_OK);
    CU_ASSERT_EQUAL(ids_add_num(&rated, 8, &at, NULL), ERR_OK);
    CU_ASSERT_EQUAL(movies_find(m, &rated, 0), 1);
    CU_ASSERT_EQUAL(movies_find(m, &rated, 1), IDS_NONE);
    ids_done(&rated);
    movies_free(m);
    m = read_text("movieId,title\n7,B\n", MOVIES_CSV, false);
    ids_init(&rated, false);
    CU_ASSERT_EQUAL(ids_add_text(&rated, "07", 2, &at, NULL), ERR_OK);
    CU_ASSERT_EQUAL(ids_add_text(&rated, "7", 1, &at, NULL), ERR_OK);
    CU_ASSERT_EQUAL(movies_find(m, &rated, 0), IDS_NONE);
    CU_ASSERT_EQUAL(movies_find(m, &rated, 1), 0);
    ids_done(&rated);
    movies_free(m);
}

static void
thousands_of_films_keep_their_genres(void)
{
    enum { FILMS = 5000 };
    static char text[64 + FILMS * 40];
    size_t len = (size_t)sprintf(text, "movieId,title,genres\n");
    struct movies *m;

    for (int i = 0; i < FILMS; i++)
        len += (size_t)sprintf(text + len, "%d,Film %d,G%d|H%d\n", 3 * i, i, i % 7,
                               i % 11);
    m = read_text(text, MOVIES_CSV, false);
    CU_ASSERT_EQUAL_FATAL(m->title.n, FILMS);
    CU_ASSERT_EQUAL(m->genre.n, 18);
    for (size_t i = 0; i < FILMS; i++) {
        char id[24], title[24], genres[24];

        snprintf(id, sizeof(id), "%zu", 3 * i);
        snprintf(title, sizeof(title), "Film %zu", i);
        snprintf(genres, sizeof(genres), "G%zu|H%zu", i % 7, i % 11);
        check_film(m, i, id, title, genres);
    }
    movies_free(m);
}

CU_TestInfo tests_movies[] = {
    { "a year is what ends the title in parentheses",
      a_year_is_what_ends_the_title_in_parentheses },
    { "titles may be quoted, and genres are lists in the file's order",
      titles_may_be_quoted_and_genres_are_lists_in_the_files_order },
    { "genres are numbered in byte order, and films sorted by title",
      genres_are_numbered_in_byte_order_and_films_sorted_by_title },
    { "a second row of an id is rejected, and the first stays",
      a_second_row_of_an_id_is_rejected_and_the_first_stays },
    { "columns go by name, and a quoted title may have line breaks",
      columns_go_by_name_and_a_quoted_title_may_have_line_breaks },
    { "a csv file is never read as Latin-1", a_csv_file_is_never_read_as_latin_1 },
    { "a file without the header is refused", a_file_without_the_header_is_refused },
    { "u.item has a flag for each genre", u_item_has_a_flag_for_each_genre },
    { "older files are Latin-1 where they are not UTF-8",
      older_files_are_latin_1_where_they_are_not_utf_8 },
    { "ids that are text are found by ids of either kind",
      ids_that_are_text_are_found_by_ids_of_either_kind },
    { "thousands of films keep their genres", thousands_of_films_keep_their_genres },
    CU_TEST_INFO_NULL,
};
