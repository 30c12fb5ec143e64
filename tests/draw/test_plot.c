/* test_plot.c - line plots as cells: exact pictures, spikes, gaps, degenerate data. */
#include "config.h"

#include "ui/draw/plot.h"

#include "src/base/mem.h"
#include "tests/unit.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static struct canvas
make(int w, int h, enum glyphs glyphs)
{
    struct canvas cv;

    CU_ASSERT_EQUAL_FATAL(canvas_init(&cv, w, h, glyphs, true, NULL), ERR_OK);
    return cv;
}

static void
expect(const struct canvas *cv, const char *expected)
{
    char *text = canvas_print(cv);

    CU_ASSERT_STRING_EQUAL(text, expected);
    if (strcmp(text, expected) != 0)
        printf("\n%s", text);
    mem_free(text);
}

static void
a_line_goes_from_corner_to_corner(void)
{
    static const double x[] = { 0, 4 }, y[] = { 0, 4 };
    struct plot_series s = { .x = x, .y = y, .n = 2, .style = STYLE_A, .ascii = "*" };
    struct plot p = { .x = { .lo = 0, .hi = 4 },
                      .y = { .lo = 0, .hi = 4 },
                      .series = &s,
                      .n_series = 1,
                      .cursor = NAN };
    struct canvas ascii = make(PLOT_LABEL + 5, 5 + PLOT_BELOW, GLYPHS_ASCII);
    struct canvas block = make(PLOT_LABEL + 5, 5 + PLOT_BELOW, GLYPHS_BLOCK);

    plot_draw(&p, &ascii, NULL);
    expect(&ascii, "      4+    *\n"
                   "       |   *\n"
                   "      2+  *\n"
                   "       | *\n"
                   "      0+*\n"
                   "       ++----\n"
                   "        0\n");
    plot_draw(&p, &block, NULL);
    expect(&block, "      4┤    ▞\n"
                   "       │   ▞\n"
                   "      2┤  ▞\n"
                   "       │ ▞\n"
                   "      0┤▞\n"
                   "       └┬────\n"
                   "        0\n");
    canvas_done(&ascii);
    canvas_done(&block);
}

/* Is any cell of the field's line y not blank? */
static bool
is_drawn(const struct canvas *cv, int y)
{
    struct canvas f = plot_field(cv);

    for (int x = 0; x < f.w; x++)
        if (strcmp(f.cell[y * f.stride + x].text, " ") != 0)
            return true;
    return false;
}

static void
a_spike_among_a_million_is_seen_in_every_tier(void)
{
    enum { POINTS = 1000, SPAN = 1000, SPIKE = 617 };
    static double x[POINTS], y[POINTS], lo[POINTS], hi[POINTS];
    struct plot_series s = {
        .x = x, .y = y, .lo = lo, .hi = hi, .n = POINTS, .style = STYLE_A, .ascii = "*"
    };

    for (int i = 0; i < POINTS; i++) {
        x[i] = (double)SPAN * (i + 1);
        y[i] = lo[i] = hi[i] = .5;
    }
    hi[SPIKE] = 1; /* one batch of the thousand that this point is */
    for (int g = 0; g < GLYPHS_COUNT; g++)
        for (double from = 0, size = 1; size > 1e-3; size /= 2) {
            struct plot p = { .x = { .lo = 0, .hi = 1e6 },
                              .y = { .lo = 0, .hi = 1 },
                              .series = &s,
                              .n_series = 1,
                              .cursor = NAN };
            struct canvas cv = make(40, 12, (enum glyphs)g);
            double at = x[SPIKE];

            (void)from;
            p.x.lo = fmax(0, at - size * 4e5);
            p.x.hi = fmin(1e6, at + size * 6e5);
            plot_draw(&p, &cv, NULL);
            CU_ASSERT_TRUE(is_drawn(&cv, 0));
            CU_ASSERT_TRUE(is_drawn(&cv, 5) || is_drawn(&cv, 4));
            canvas_done(&cv);
        }
}

static void
what_is_not_finite_is_a_gap_with_a_mark(void)
{
    static const double x[] = { 0, 1, 2, 3, 4 }, y[] = { 1, 1, NAN, 1, INFINITY };
    struct plot_series s = { .x = x, .y = y, .n = 5, .style = STYLE_A, .ascii = "*" };
    struct plot p = { .x = { .lo = 0, .hi = 4 },
                      .y = { .lo = 0, .hi = 2 },
                      .series = &s,
                      .n_series = 1,
                      .cursor = NAN };
    struct canvas cv = make(PLOT_LABEL + 5, 3 + PLOT_BELOW, GLYPHS_ASCII);

    plot_draw(&p, &cv, NULL);
    expect(&cv, "      2+\n"
                "       |** *\n"
                "      0+  x x\n"
                "       ++----\n"
                "        0\n");
    canvas_done(&cv);
}

static void
degenerate_data_draw_no_nonsense(void)
{
    static const double one[] = { 5 }, none[] = { NAN }, huge[] = { -1e308, 1e308 };
    static const double x2[] = { 0, 1 };
    struct {
        const double *x, *y;
        size_t n;
    } data[] = {
        { one, one, 0 },
        { one, one, 1 },
        { one, none, 1 },
        { x2, huge, 2 },
    };

    for (size_t i = 0; i < 4; i++)
        for (int w = 0; w < 30; w++)
            for (int h = 0; h < 10; h++) {
                struct plot_series s = {
                    .x = data[i].x, .y = data[i].y, .n = data[i].n, .ascii = "*"
                };
                struct plot p = { .x = { .lo = INFINITY, .hi = -INFINITY },
                                  .y = { .lo = INFINITY, .hi = -INFINITY },
                                  .series = &s,
                                  .n_series = 1,
                                  .cursor = 5 };
                struct canvas cv = make(w, h, GLYPHS_BRAILLE);

                for (size_t k = 0; k < s.n; k++) {
                    axis_hold(&p.x, s.x[k]);
                    axis_hold(&p.y, s.y[k]);
                }
                axis_settle(&p.x, 0);
                axis_settle(&p.y, .05);
                plot_draw(&p, &cv, NULL);
                canvas_done(&cv);
            }
}

static void
what_is_outside_is_counted(void)
{
    static const double x[] = { 0, 1, 2, 3, 9 }, y[] = { 5, .5, -5, NAN, .5 };
    struct plot_series s = { .x = x, .y = y, .n = 5, .points = true, .ascii = "*" };
    struct plot p = { .x = { .lo = 0, .hi = 4 },
                      .y = { .lo = 0, .hi = 1 },
                      .series = &s,
                      .n_series = 1,
                      .cursor = NAN };
    struct canvas cv = make(0, 0, GLYPHS_ASCII);
    struct plot_outside out;

    plot_draw(&p, &cv, &out);
    CU_ASSERT_EQUAL(out.above, 1);
    CU_ASSERT_EQUAL(out.below, 1);
    CU_ASSERT_EQUAL(out.beside, 1);
    canvas_done(&cv);
}

static void
rules_and_the_crosshair_leave_curves_whole(void)
{
    static const double x[] = { 0, 4 }, y[] = { 2, 2 };
    struct plot_series s = { .x = x, .y = y, .n = 2, .style = STYLE_A, .ascii = "*" };
    struct plot_rule rule = { .at = 2, .upright = true, .style = STYLE_DIM };
    struct plot p = { .x = { .lo = 0, .hi = 4 },
                      .y = { .lo = 0, .hi = 4 },
                      .series = &s,
                      .n_series = 1,
                      .rules = &rule,
                      .n_rules = 1,
                      .cursor = 3 };
    struct canvas cv = make(PLOT_LABEL + 5, 3 + PLOT_BELOW, GLYPHS_ASCII);

    plot_draw(&p, &cv, NULL);
    expect(&cv, "       |  ||\n"
                "       |*****\n"
                "      0+  ||\n"
                "       ++----\n"
                "        0\n");
    CU_ASSERT_EQUAL(plot_x_at(&p, &cv, PLOT_LABEL + 3), 3);
    canvas_done(&cv);
}

CU_TestInfo tests_plot[] = {
    { "a line goes from corner to corner", a_line_goes_from_corner_to_corner },
    { "a spike among a million is seen in every tier",
      a_spike_among_a_million_is_seen_in_every_tier },
    { "what is not finite is a gap with a mark",
      what_is_not_finite_is_a_gap_with_a_mark },
    { "degenerate data draw no nonsense", degenerate_data_draw_no_nonsense },
    { "what is outside is counted", what_is_outside_is_counted },
    { "rules and the crosshair leave curves whole",
      rules_and_the_crosshair_leave_curves_whole },
    CU_TEST_INFO_NULL,
};
