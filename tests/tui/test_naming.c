/* test_naming.c - what films are called on the screen. */
#include "config.h"

#include "ui/tui/naming.h"

#include "tests/explore/films_made.h"
#include "tests/unit.h"

#include <string.h>

static const struct film made[] = {
    { "Alien (1979)", 1, 1979, "Horror", 3, 3, 0 },
    { "Ran", 2, 0, "Drama", 3, 3, 0 },
    { "Brazil (a.k.a. 1984) (1985-1986) ", 3, 1985, "", 3, 3, 0 },
    { "(1999)", 4, 1999, "", 3, 3, 0 },
};

static void
a_title_loses_the_year_that_has_a_column(void)
{
    struct catalog *c = films_catalog(made, 4, 1);
    char out[NAMING_MAX];

    for (uint32_t row = 1; row <= 4; row++) {
        const char *title = strtab_get(&c->title, row);
        const char *name = naming_film(out, c, row);

        if (strcmp(title, "Alien (1979)") == 0)
            CU_ASSERT_STRING_EQUAL(name, "Alien");
        if (strcmp(title, "Ran") == 0)
            CU_ASSERT_STRING_EQUAL(name, "Ran");
        if (strstr(title, "Brazil") != NULL)
            CU_ASSERT_STRING_EQUAL(name, "Brazil (a.k.a. 1984)");
        if (strcmp(title, "(1999)") == 0)
            CU_ASSERT_STRING_EQUAL(name, "(1999)");
    }
    catalog_free(c);
}

static void
a_term_has_a_sign_and_two_digits(void)
{
    char out[NAMING_MAX];

    CU_ASSERT_STRING_EQUAL(naming_term(out, .4512), "+.45");
    CU_ASSERT_STRING_EQUAL(naming_term(out, -.06), "-.06");
    CU_ASSERT_STRING_EQUAL(naming_term(out, 1.7), "+1.70");
    CU_ASSERT_STRING_EQUAL(naming_term(out, 0), "+.00");
}

static void
runs_are_told_apart_by_their_settings(void)
{
    char out[NAMING_MAX];

    CU_ASSERT_STRING_EQUAL(naming_settings(out, 3e-3, 2, 100),
                           "rate 0.003, 2 epochs, 100 factors");
    CU_ASSERT_STRING_EQUAL(naming_settings(out, 0, 1, 50), "1 epoch, 50 factors");
    CU_ASSERT_STRING_EQUAL(naming_settings(out, 0, 0, 1), "1 factor");
    CU_ASSERT_STRING_EQUAL(naming_settings(out, 0, 0, 0), "");
}

CU_TestInfo tests_naming[] = {
    { "runs are told apart by their settings", runs_are_told_apart_by_their_settings },
    { "a title loses the year that has a column",
      a_title_loses_the_year_that_has_a_column },
    { "a term has a sign and two digits", a_term_has_a_sign_and_two_digits },
    CU_TEST_INFO_NULL,
};
