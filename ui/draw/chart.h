/* chart.h - small charts in a line or a few: sparks and bars. Pure. */
#ifndef MLT_UI_DRAW_CHART_H
#define MLT_UI_DRAW_CHART_H

#include "ui/draw/canvas.h"

#include <stddef.h>

/* A spark: a cell a value, its height `part` (0 … 1) in eighths; NaN is a blank. What
 * is above 0 is never blank. */
void chart_spark(const struct canvas *cv, int x, int y, unsigned style,
                 const double *part, size_t n);

/* Bars that stand beside each other on the whole canvas, `cells` wide each with a gap
 * of one: heights 0 … 1 in eighths of a line. */
void chart_columns(const struct canvas *cv, unsigned style, const double *part,
                   size_t n, int cells);

#endif
