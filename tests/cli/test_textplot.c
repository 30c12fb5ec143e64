/* test_textplot.c - line plots, bars and numbers against what they shall look like. */
#include "config.h"

#include "src/base/mem.h"
#include "src/base/text.h"
#include "ui/cli/bars.h"
#include "ui/cli/number.h"
#include "ui/cli/textplot.h"

#include "tests/unit.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static char *
drawn(const struct textplot *p)
{
    char *text = NULL;
    size_t len;
    FILE *to = open_memstream(&text, &len);

    CU_ASSERT_EQUAL(textplot_draw(to, p, NULL), ERR_OK);
    fclose(to);
    return text;
}

static void
draws(const struct textplot *p, const char *expected)
{
    char *text = drawn(p);

    CU_ASSERT_STRING_EQUAL(text, expected);
    if (strcmp(text, expected) != 0)
        fprintf(stderr, "---- drawn\n%s---- expected\n%s", text, expected);
    free(text);
}

/* A falling line over four decades, with a gap, and a mark in the middle of it. */
static const double rate[] = { 1e-4, 1e-3, 1e-2, 1e-1, 1 };
static const double loss[] = { 4, 3, 2, 1, 0 };
static const double gappy[] = { 4, NAN, 2, INFINITY, 0 };
static const struct textplot_series fall = { rate, loss, 5, false, NULL, "*" };
static const struct textplot_series gaps = { rate, gappy, 5, false, NULL, "*" };
static const struct textplot_mark marks[] = { { 1e-2, "◆", "v" }, { NAN, "▲", "m" } };

static struct textplot
falling(const struct textplot_series *s)
{
    return (struct textplot){
        .width = 32,
        .height = 7,
        .log_x = true,
        .series = s,
        .n_series = 1,
        .marks = marks,
        .n_marks = 2,
    };
}

static void
a_line_of_ascii_has_axes_and_marks(void)
{
    struct textplot p = falling(&fall);

    draws(&p, "      4 +****\n"
              "        |    *****\n"
              "      2 +         **v**\n"
              "        |              ******\n"
              "      0 +                    ***\n"
              "        ++----------+-----------\n"
              "         1e-4       1e-2\n");
}

static void
a_line_of_braille_has_four_dots_a_line(void)
{
    struct textplot p = falling(&fall);

    p.glyphs = true;
    p.n_marks = 0;
    draws(&p, "      4 ┤⠉⠒⠤⣀\n"
              "        │    ⠉⠒⠢⠤⣀\n"
              "      2 ┤         ⠉⠑⠒⠤⣀⡀\n"
              "        │              ⠈⠑⠢⠤⣀\n"
              "      0 ┤                   ⠉⠒⠤⣀\n"
              "        └┬──────────┬───────────\n"
              "         1e-4       1e-2\n");
}

static void
what_is_not_finite_is_a_gap(void)
{
    struct textplot p = falling(&gaps);

    p.n_marks = 0;
    draws(&p, "      4 +*\n"
              "        |\n"
              "      2 +           *\n"
              "        |\n"
              "      0 +                      *\n"
              "        ++----------+-----------\n"
              "         1e-4       1e-2\n");
}

static void
nothing_to_draw_draws_nothing(void)
{
    static const double nan[] = { NAN };
    static const struct textplot_series s = { nan, nan, 1, false, NULL, "*" };
    struct textplot p = falling(&s);

    draws(&p, "");
    p.n_series = 0;
    draws(&p, "");
}

static void
any_values_and_any_size_stay_inside(void)
{
    static const double x[] = { 1, 2, 3, 4 };
    static const double wild[][4] = {
        { 1, 1, 1, 1 },
        { -DBL_MAX, DBL_MAX, 0, 1 },
        { 1e16, 1e16 + 2, 1e16, 1e16 },
        { DBL_MIN, -DBL_MIN, 0, DBL_MIN },
        { 0, 1e300, NAN, -1e300 },
    };

    for (size_t k = 0; k < sizeof(wild) / sizeof(*wild); k++) {
        for (unsigned size = 0; size < 120; size += 7) {
            struct textplot_series s = { x, wild[k], 4, false, NULL, "*" };
            struct textplot p = { .width = size,
                                  .height = size / 3,
                                  .glyphs = size % 2 == 0,
                                  .series = &s,
                                  .n_series = 1 };
            unsigned most = size > TEXTPLOT_MIN_WIDTH ? size : TEXTPLOT_MIN_WIDTH;
            char *text = drawn(&p);

            for (char *line = strtok(text, "\n"); line != NULL;
                 line = strtok(NULL, "\n"))
                CU_ASSERT_TRUE(text_width(line) <= most);
            free(text);
        }
    }
}

static void
a_plot_without_memory_says_so(void)
{
    struct textplot p = falling(&fall);

    for (unsigned long n = 1; n <= 2; n++) {
        FILE *to = fopen("/dev/null", "w");

        mem_fail_at(n, 0);
        CU_ASSERT_EQUAL(textplot_draw(to, &p, NULL), ERR_NOMEM);
        mem_fail_at(0, 0);
        fclose(to);
    }
}

/* ---- bars --------------------------------------------------------------------- */

static const char *
bar(double part, bool glyphs)
{
    static char out[31];

    bars_draw(out, sizeof(out), part, 4, glyphs);
    return out;
}

static void
a_bar_fills_its_part(void)
{
    CU_ASSERT_STRING_EQUAL(bar(0, true), "    ");
    CU_ASSERT_STRING_EQUAL(bar(.5, true), "██  ");
    CU_ASSERT_STRING_EQUAL(bar(.53125, true), "██▏ ");
    CU_ASSERT_STRING_EQUAL(bar(1, true), "████");
    CU_ASSERT_STRING_EQUAL(bar(7, true), "████");
    CU_ASSERT_STRING_EQUAL(bar(-1, false), "....");
    CU_ASSERT_STRING_EQUAL(bar(NAN, false), "....");
    CU_ASSERT_STRING_EQUAL(bar(.6, false), "##..");
    CU_ASSERT_STRING_EQUAL(bar(.7, false), "###.");
}

static void
a_bar_keeps_to_its_buffer(void)
{
    char out[8] = "xxxxxxx";

    bars_draw(out, 5, 1, 4, true);
    CU_ASSERT_STRING_EQUAL(out, "█");
    CU_ASSERT_EQUAL(out[5], 'x');
}

/* ---- numbers ------------------------------------------------------------------ */

static void
numbers_are_written_for_people(void)
{
    char out[NUMBER_MAX];

    number_grouped(out, 0);
    CU_ASSERT_STRING_EQUAL(out, "0");
    number_grouped(out, 999);
    CU_ASSERT_STRING_EQUAL(out, "999");
    number_grouped(out, 25000095);
    CU_ASSERT_STRING_EQUAL(out, "25,000,095");
    number_grouped(out, -100000);
    CU_ASSERT_STRING_EQUAL(out, "-100,000");
    number_grouped(out, INT64_MIN);
    CU_ASSERT_STRING_EQUAL(out, "-9,223,372,036,854,775,808");
    number_bytes(out, 0);
    CU_ASSERT_STRING_EQUAL(out, "0 B");
    number_bytes(out, 999);
    CU_ASSERT_STRING_EQUAL(out, "999 B");
    number_bytes(out, 1500);
    CU_ASSERT_STRING_EQUAL(out, "1.5 kB");
    number_bytes(out, 690.4e6);
    CU_ASSERT_STRING_EQUAL(out, "690 MB");
    number_bytes(out, 999.6e6);
    CU_ASSERT_STRING_EQUAL(out, "1.0 GB");
}

CU_TestInfo tests_textplot[] = {
    { "a line of ASCII has axes and marks", a_line_of_ascii_has_axes_and_marks },
    { "a line of Braille has four dots a line",
      a_line_of_braille_has_four_dots_a_line },
    { "what is not finite is a gap", what_is_not_finite_is_a_gap },
    { "nothing to draw draws nothing", nothing_to_draw_draws_nothing },
    { "any values and any size stay inside", any_values_and_any_size_stay_inside },
    { "a plot without memory says so", a_plot_without_memory_says_so },
    { "a bar fills its part", a_bar_fills_its_part },
    { "a bar keeps to its buffer", a_bar_keeps_to_its_buffer },
    { "numbers are written for people", numbers_are_written_for_people },
    CU_TEST_INFO_NULL,
};
