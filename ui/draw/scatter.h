/*
 * scatter.h - points on two axes whose labels never overlap: the first points of the
 * list get theirs first. Pure.
 */
#ifndef MLT_UI_DRAW_SCATTER_H
#define MLT_UI_DRAW_SCATTER_H

#include "ui/draw/canvas.h"
#include "ui/draw/ticks.h"

#include <stddef.h>

struct scatter_point {
    double x, y;
    const char *label; /* borrowed, from data; NULL: none */
};

struct scatter {
    struct axis x, y;
    const struct scatter_point *point; /* (n) the most important first */
    size_t n;
    size_t marked; /* the point under the cursor; n or more: none */
    const char *left, *right, *down,
        *up; /* what the ends of the axes mean; NULL: none */
};

/* Draw on the whole canvas: a cross through 0, 0, a dot a point, and as many labels as
 * have room. The marked point and its label are always drawn. Returns the number of
 * points outside the axes. */
size_t scatter_draw(const struct scatter *s, const struct canvas *cv);

/* The point that lies nearest to the marked one in a direction (dx, dy of -1, 0, 1; up
 * is dy = 1): within 45 degrees of it. `marked` itself where there is none. */
size_t scatter_next(const struct scatter *s, int dx, int dy);

/* The point nearest to a cell of the canvas; n where there is no point. */
size_t scatter_at(const struct scatter *s, const struct canvas *cv, int x, int y);

#endif
