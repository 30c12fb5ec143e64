/*
 * plot.h - a line plot on a canvas: curves with their envelopes, points, rules, marks,
 * a crosshair. Pure; what is not finite is a gap.
 *
 * The left LABEL cells have the labels of the vertical axis, the last two lines the
 * horizontal one; between them is the field. Braille gives a field 2 x 4 dots a cell,
 * blocks 2 x 2, ASCII one character.
 */
#ifndef MLT_UI_DRAW_PLOT_H
#define MLT_UI_DRAW_PLOT_H

#include "ui/draw/canvas.h"
#include "ui/draw/ticks.h"

#include <stdbool.h>
#include <stddef.h>

#define PLOT_LABEL 8 /* cells left of the field, the axis included */
#define PLOT_BELOW 2 /* lines below it */

struct plot_series {
    const double *x, *y;   /* (n) */
    const double *lo, *hi; /* (n) envelope of each point, drawn as an upright stroke; or
                              NULL */
    size_t n;
    bool points; /* a glyph at each point, not joined */
    unsigned style;
    const char *glyph, *ascii; /* of points; lines have `ascii` without dots */
};

/* A line across the field: at a height, or at a place of the horizontal axis. */
struct plot_rule {
    double at;
    bool upright;
    const char *label; /* or NULL */
    unsigned style;
};

/* A glyph at a point, over everything. */
struct plot_mark {
    double x, y;
    const char *glyph, *ascii;
    unsigned style;
};

struct plot {
    struct axis x, y; /* what is shown */
    const struct plot_series *series;
    size_t n_series;
    const struct plot_rule *rules;
    size_t n_rules;
    const struct plot_mark *marks;
    size_t n_marks;
    double cursor;      /* place of the crosshair on the horizontal axis; NaN: none */
    const char *x_name; /* at the right end of the horizontal axis */
};

/* Points of all series that are finite but not in the field: below, above, beside. */
struct plot_outside {
    size_t below, above, beside;
};

/* Draw on the whole canvas; nothing where it is smaller than PLOT_LABEL + 4 cells or
 * PLOT_BELOW + 2 lines. *ret (may be NULL) counts what is outside. */
void plot_draw(const struct plot *p, const struct canvas *cv, struct plot_outside *ret);

/* The place on the horizontal axis that column x of the canvas shows. */
double plot_x_at(const struct plot *p, const struct canvas *cv, int x);

/* The window that the field of a plot on this canvas is. */
struct canvas plot_field(const struct canvas *cv);

/* Set one dot of a chart: x and y in dots from the window's upper left corner, of which
 * a cell has dots_across x dots_down; `ascii` without dots. */
void plot_dot(const struct canvas *field, int x, int y, unsigned style,
              const char *ascii);
int plot_dots_across(const struct canvas *cv);
int plot_dots_down(const struct canvas *cv);

#endif
