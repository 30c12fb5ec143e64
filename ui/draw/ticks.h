/*
 * ticks.h - round numbers for an axis, and their labels. Pure.
 */
#ifndef MLT_UI_DRAW_TICKS_H
#define MLT_UI_DRAW_TICKS_H

#include <stdbool.h>

#define TICKS_MAX      32
#define TICK_LABEL_MAX 16

/* What an axis shows, lo < hi; a logarithmic one has lo > 0. */
struct axis {
    double lo, hi;
    bool log;
    bool whole; /* only whole numbers are meant: steps, epochs */
};

struct ticks {
    int n;
    double at[TICKS_MAX];
    char label[TICKS_MAX][TICK_LABEL_MAX]; /* at most 7 characters */
};

/*
 * At most max_n distances between ticks: multiples of 1, 2 or 5 times a power of ten
 * with as many digits as their distance needs ("0.55", "1.4k", "2M"), or, on a
 * logarithmic axis, powers of ten ("1e-5"), with 2 and 5 times them where there are
 * few. No tick where lo < hi does not hold, nor where two labels would be the same.
 */
void ticks_find(struct ticks *ret, const struct axis *a, int max_n);

/* Where v lies on the axis: 0 at lo, 1 at hi; NaN for what a logarithm has not. */
double axis_part(const struct axis *a, double v);

/* The value at a part of the axis: what axis_part inverts. */
double axis_value(const struct axis *a, double part);

/* Show `factor` times as much (< 1: less) around `about`, within `all`. */
void axis_zoom(struct axis *a, double factor, double about, const struct axis *all);

/* Move by `part` of what is shown, within `all`. */
void axis_pan(struct axis *a, double part, const struct axis *all);

/* The smallest axis that holds v, too; begin with lo = INFINITY, hi = -INFINITY. What
 * is not finite, or has no logarithm, is passed over. */
void axis_hold(struct axis *a, double v);

/* Make room where lo = hi, or where nothing was held: 0 … 1; and a margin of `part` of
 * the whole on both sides. */
void axis_settle(struct axis *a, double part);

#endif
