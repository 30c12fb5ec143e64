/* test_mine.c - one's own ratings: kept, matched, undone. */
#include "config.h"

#include "ui/tui/mine.h"

#include "src/base/mem.h"
#include "tests/explore/films_made.h"
#include "tests/scratch.h"
#include "tests/tui/home.h"
#include "tests/unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ALIEN = 1, HEAT, RAN, N_FILMS = 3 };

static const struct film films[N_FILMS] = {
    { "Alien (1979)", 11, 1979, "", 9, 4, 0 },
    { "Heat (1995)", 12, 1995, "", 8, 4, 0 },
    { "Ran (1985)", 13, 1985, "", 7, 4, 0 },
};

/* Other data: without Alien, Heat first. */
static const struct film fewer[] = { { "Heat (1995)", 1, 1995, "", 8, 4, 0 } };

static struct catalog *c;
static struct mine m;

static void
begin(void)
{
    home_make();
    c = films_catalog(films, N_FILMS, 2);
    m = (struct mine){ .n = 0 };
    CU_ASSERT_EQUAL_FATAL(mine_match(&m, c, NULL), ERR_OK);
}

static void
end(void)
{
    mine_done(&m);
    catalog_free(c);
    home_remove();
}

static void
rate(uint32_t film, float stars)
{
    CU_ASSERT_EQUAL(mine_rate(&m, c, film, stars, NULL), ERR_OK);
}

static void
undo(size_t n)
{
    struct mine_undone was;

    CU_ASSERT_EQUAL(mine_undo(&m, c, &was, NULL), ERR_OK);
    CU_ASSERT_EQUAL(was.n, n);
}

/* Stars of a film; 0: none. */
static float
stars(uint32_t film)
{
    return isnan(mine_stars(&m, film)) ? 0 : mine_stars(&m, film);
}

static struct ownratings *
lines(const char *text)
{
    const struct ownratings_scale scale = { .5, 5 };
    struct ownratings *own = NULL;

    CU_ASSERT_EQUAL_FATAL(
        ownratings_read_bytes(&own, "made", text, strlen(text), c, scale, NULL),
        ERR_OK);
    return own;
}

static void
import(const char *text, size_t n_taken)
{
    struct ownratings *own = lines(text);
    size_t n;

    CU_ASSERT_EQUAL(mine_import(&m, c, own, &n, NULL), ERR_OK);
    CU_ASSERT_EQUAL(n, n_taken);
    ownratings_free(own);
}

static void
put_down_and_come_back(void)
{
    mine_done(&m);
    CU_ASSERT_EQUAL(mine_match(&m, c, NULL), ERR_OK);
}

static void
ratings_are_there_the_next_time(void)
{
    begin();
    rate(RAN, 4.5f);
    rate(ALIEN, 2);
    put_down_and_come_back();
    CU_ASSERT(m.n == 2 && stars(RAN) == 4.5f && stars(ALIEN) == 2);
    rate(RAN, NAN);
    rate(ALIEN, NAN);
    put_down_and_come_back();
    CU_ASSERT_EQUAL(m.n, 0);
    end();
}

static void
changes_are_undone_the_last_one_first(void)
{
    begin();
    rate(RAN, 4);
    rate(RAN, 3);
    rate(HEAT, 5);
    undo(1);
    CU_ASSERT(stars(HEAT) == 0 && stars(RAN) == 3);
    undo(1);
    CU_ASSERT_EQUAL(stars(RAN), 4);
    undo(1);
    undo(0);
    CU_ASSERT_EQUAL(m.n, 0);
    end();
}

static void
an_import_is_undone_as_one_change(void)
{
    begin();
    rate(HEAT, 3);
    import("Alien (1979),5\nHeat (1995),1\nUnknown,2\nRan (1985),4\n", 3);
    CU_ASSERT(stars(ALIEN) == 5 && stars(HEAT) == 1 && stars(RAN) == 4);
    undo(3);
    CU_ASSERT(stars(ALIEN) == 0 && stars(HEAT) == 3 && stars(RAN) == 0);
    put_down_and_come_back();
    CU_ASSERT(m.n == 1 && stars(HEAT) == 3);
    end();
}

static void
a_film_that_is_imported_twice_is_as_before_both(void)
{
    begin();
    rate(HEAT, 3);
    import("Heat (1995),1\nHeat (1995),2\n", 2);
    CU_ASSERT_EQUAL(stars(HEAT), 2);
    undo(2);
    CU_ASSERT_EQUAL(stars(HEAT), 3);
    undo(1);
    CU_ASSERT_EQUAL(m.n, 0);
    end();
}

static void
an_import_that_matches_nothing_is_no_change(void)
{
    begin();
    rate(HEAT, 3);
    import("Unknown,2\n", 0);
    undo(1);
    CU_ASSERT_EQUAL(m.n, 0);
    end();
}

static void
ratings_outlive_the_data_they_were_given_in(void)
{
    struct catalog *other = films_catalog(fewer, 1, 2);

    begin();
    rate(ALIEN, 5);
    rate(HEAT, 2);
    CU_ASSERT_EQUAL(mine_match(&m, other, NULL), ERR_OK);
    CU_ASSERT(m.n == 2 && stars(1) == 2 && m.n_undo == 0);
    CU_ASSERT_EQUAL(mine_match(&m, c, NULL), ERR_OK);
    CU_ASSERT(stars(ALIEN) == 5 && stars(HEAT) == 2);
    catalog_free(other);
    end();
}

/* As a person may write it: by ids, and on a scale that these data have not. */
static void
a_file_by_hand_loses_nothing(void)
{
    static const char text[] = "title,rating\nid:12,9\nNowhere to be found,0.1\n";

    begin();
    rate(RAN, 1); /* there is a folder then */
    scratch_write(home_path("mltui/me.csv"), text, strlen(text));
    put_down_and_come_back();
    CU_ASSERT(m.n == 2 && stars(HEAT) == 9);
    rate(RAN, 4);
    put_down_and_come_back();
    CU_ASSERT(m.n == 3 && stars(HEAT) == 9 && stars(RAN) == 4);
    CU_ASSERT_EQUAL(m.rating[1].stars, .1f);
    end();
}

static void
without_a_home_ratings_last_as_long_as_the_sitting(void)
{
    char *home = getenv("HOME") != NULL ? mem_strdup(getenv("HOME")) : NULL;

    begin();
    mine_done(&m);
    unsetenv("XDG_DATA_HOME");
    unsetenv("HOME");
    CU_ASSERT_EQUAL(mine_match(&m, c, NULL), ERR_NOTFOUND);
    rate(RAN, 4);
    CU_ASSERT_EQUAL(mine_match(&m, c, NULL), ERR_OK);
    CU_ASSERT_EQUAL(stars(RAN), 4);
    rate(RAN, NAN);
    if (home != NULL)
        setenv("HOME", home, 1);
    mem_free(home);
    end();
}

/* Whatever fails, what has changed can be undone. */
static void
without_memory_nothing_is_half_done(void)
{
    struct ownratings *own;
    enum err_code rc = ERR_NOMEM;
    struct mine_undone was;

    begin();
    rate(HEAT, 3);
    own = lines("Alien (1979),5\nHeat (1995),1\nRan (1985),4\n");
    for (unsigned long n = 1; rc == ERR_NOMEM; n++) {
        size_t taken;

        mem_fail_at(n, 0);
        rc = mine_import(&m, c, own, &taken, NULL);
        mem_fail_at(0, 0);
        while (m.n_undo > 1)
            CU_ASSERT_EQUAL(mine_undo(&m, c, &was, NULL), ERR_OK);
        CU_ASSERT(m.n == 1 && stars(HEAT) == 3);
        CU_ASSERT(rc == ERR_OK ? n > 4 : rc == ERR_NOMEM);
    }
    ownratings_free(own);
    end();
}

static void
nor_when_the_file_is_read(void)
{
    enum err_code rc = ERR_NOMEM;

    begin();
    rate(HEAT, 3);
    for (unsigned long n = 1; rc == ERR_NOMEM; n++) {
        mine_done(&m);
        mem_fail_at(n, 0);
        rc = mine_match(&m, c, NULL);
        mem_fail_at(0, 0);
        CU_ASSERT(rc == ERR_OK ? m.n == 1 && n > 4 : rc == ERR_NOMEM);
    }
    CU_ASSERT_EQUAL(stars(HEAT), 3);
    end();
}

CU_TestInfo tests_mine[] = {
    { "ratings are there the next time", ratings_are_there_the_next_time },
    { "changes are undone, the last one first", changes_are_undone_the_last_one_first },
    { "an import is undone as one change", an_import_is_undone_as_one_change },
    { "a film that is imported twice is as before both",
      a_film_that_is_imported_twice_is_as_before_both },
    { "an import that matches nothing is no change",
      an_import_that_matches_nothing_is_no_change },
    { "ratings outlive the data they were given in",
      ratings_outlive_the_data_they_were_given_in },
    { "a file by hand loses nothing", a_file_by_hand_loses_nothing },
    { "without a home ratings last as long as the sitting",
      without_a_home_ratings_last_as_long_as_the_sitting },
    { "without memory nothing is half done", without_memory_nothing_is_half_done },
    { "nor when the file is read", nor_when_the_file_is_read },
    CU_TEST_INFO_NULL,
};
