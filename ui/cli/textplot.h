/*
 * textplot.h - a line plot of characters: Braille dots, or ASCII.
 *
 * Pure but for the stream it writes to. The vertical range is that of the finite
 * values; a value that is not finite leaves a gap.
 */
#ifndef MLT_UI_CLI_TEXTPLOT_H
#define MLT_UI_CLI_TEXTPLOT_H

#include "src/base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define TEXTPLOT_MIN_WIDTH  32
#define TEXTPLOT_MIN_HEIGHT 5

struct textplot_series {
    const double *x, *y; /* (n) x rising; borrowed */
    size_t n;
    bool points;       /* single points, not a line */
    const char *glyph; /* one cell; of points, "●" say; a line has Braille dots */
    const char *ascii; /* one cell; of points and of lines */
};

/* A sign on the first series at x. */
struct textplot_mark {
    double x;          /* not finite: not drawn */
    const char *glyph; /* one cell */
    const char *ascii; /* one cell */
};

struct textplot {
    unsigned width, height; /* cells of all, axes and labels included */
    bool glyphs;            /* Braille and lines, else ASCII */
    bool log_x;             /* every x > 0 */
    bool whole_x;           /* x counts something: no ticks between whole numbers */
    const struct textplot_series *series; /* (n_series) */
    size_t n_series;
    const struct textplot_mark *marks; /* (n_marks) */
    size_t n_marks;
};

/* Draw it, without a title; every line ends in a newline and is at most `width` cells.
 * Nothing is drawn where there is no finite point. ERR_NOMEM. */
ERR_MUST_CHECK enum err_code textplot_draw(FILE *to, const struct textplot *p,
                                           struct err *err);

#endif
