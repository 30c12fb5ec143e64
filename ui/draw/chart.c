/* chart.c - small charts; see chart.h. */
#include "config.h"

#include "ui/draw/chart.h"

#include <math.h>

#define EIGHTHS 8

static const char *const block[EIGHTHS + 1] = { " ", "▁", "▂", "▃", "▄",
                                                "▅", "▆", "▇", "█" };
static const char *const ascii[EIGHTHS + 1] = { " ", "_", "_", ".", "-",
                                                "-", "=", "=", "#" };

/* Eighths of a height of n lines: at least one for what is above 0. */
static int
eighths_of(double part, int lines)
{
    int n = (int)lrint(fmin(fmax(part, 0), 1) * lines * EIGHTHS); /* NaN: 0 */

    return n == 0 && part > 0 ? 1 : n;
}

void
chart_spark(const struct canvas *cv, int x, int y, unsigned style, const double *part,
            size_t n)
{
    for (size_t i = 0; i < n; i++) {
        int e = eighths_of(part[i], 1);

        canvas_glyph(cv, x + (int)i, y, style, block[e], ascii[e]);
    }
}

void
chart_columns(const struct canvas *cv, unsigned style, const double *part, size_t n,
              int cells)
{
    for (size_t i = 0; i < n; i++) {
        int e = eighths_of(part[i], cv->h);

        for (int line = 0; line < cv->h; line++) {
            int here = e - line * EIGHTHS;

            here = here < 0 ? 0 : here > EIGHTHS ? EIGHTHS : here;
            for (int k = 0; k < cells && here > 0; k++)
                canvas_glyph(cv, (int)i * (cells + 1) + k, cv->h - 1 - line, style,
                             block[here], ascii[here]);
        }
    }
}
