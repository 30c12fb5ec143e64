/* ticks.c - round numbers for an axis; see ticks.h. */
#include "config.h"

#include "ui/draw/ticks.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define TINY 1e-9 /* of a distance between ticks: rounding */

/* ---- axes --------------------------------------------------------------------------
 */

static double
scale(const struct axis *a, double v)
{
    return a->log ? log10(v) : v;
}

static double
unscale(const struct axis *a, double v)
{
    return a->log ? pow(10, v) : v;
}

double
axis_part(const struct axis *a, double v)
{
    double lo = scale(a, a->lo), hi = scale(a, a->hi);

    if (a->log && !(v > 0))
        return NAN;
    return (scale(a, v) - lo) / (hi - lo);
}

double
axis_value(const struct axis *a, double part)
{
    double lo = scale(a, a->lo), hi = scale(a, a->hi);

    return unscale(a, lo + part * (hi - lo));
}

/* Show [lo, hi] of the scaled values, moved and cut so that it lies within `all`. */
static void
show_within(struct axis *a, double lo, double hi, const struct axis *all)
{
    double least = scale(all, all->lo), most = scale(all, all->hi);
    double size = fmin(hi - lo, most - least);

    lo = fmin(fmax(lo, least), most - size);
    a->lo = unscale(a, lo);
    a->hi = unscale(a, lo + size);
}

void
axis_zoom(struct axis *a, double factor, double about, const struct axis *all)
{
    double lo = scale(a, a->lo), hi = scale(a, a->hi), at = scale(a, about);
    double least = (scale(all, all->hi) - scale(all, all->lo)) * 1e-6;

    if (!isfinite(at) || (hi - lo) * factor < least)
        return;
    show_within(a, at - (at - lo) * factor, at + (hi - at) * factor, all);
}

void
axis_pan(struct axis *a, double part, const struct axis *all)
{
    double lo = scale(a, a->lo), hi = scale(a, a->hi), by = part * (hi - lo);

    show_within(a, lo + by, hi + by, all);
}

void
axis_hold(struct axis *a, double v)
{
    if (!isfinite(v) || (a->log && v <= 0))
        return;
    a->lo = fmin(a->lo, v);
    a->hi = fmax(a->hi, v);
}

void
axis_settle(struct axis *a, double part)
{
    double lo, hi, margin;

    if (!(a->lo <= a->hi)) {
        a->lo = a->log ? 1 : 0;
        a->hi = a->log ? 10 : 1;
    }
    lo = scale(a, a->lo);
    hi = scale(a, a->hi);
    if (lo == hi) {
        double room = a->log || lo == 0 ? .5 : fabs(lo) * .1;

        lo -= room;
        hi += room;
    }
    margin = part * (hi - lo);
    a->lo = unscale(a, lo - margin);
    a->hi = unscale(a, hi + margin);
}

/* ---- ticks -------------------------------------------------------------------------
 */

/* 1, 2 or 5 times a power of ten, so that at most n ticks lie in a size. */
static double
nice_step(double size, int n)
{
    double raw = size / n;
    double ten = pow(10, floor(log10(raw)));
    double lead = raw / ten;

    return ten * (lead <= 1 + TINY   ? 1
                  : lead <= 2 + TINY ? 2
                  : lead <= 5 + TINY ? 5
                                     : 10);
}

/* With k or M behind it where that is shorter; as many digits as the step needs. */
static void
format_tick(char out[TICK_LABEL_MAX], double v, double step)
{
    double unit = fabs(v) >= 999.5e6   ? 1e9
                  : fabs(v) >= 999.5e3 ? 1e6
                  : fabs(v) >= 9999.5  ? 1e3
                                       : 1;
    const char *sign = unit == 1e9 ? "G" : unit == 1e6 ? "M" : unit == 1e3 ? "k" : "";
    int digits = (int)fmax(0, -floor(log10(step / unit) + TINY));

    if (fabs(v) < step * TINY)
        v = 0;
    if (digits > 5 || fabs(v) >= 1e12 ||
        snprintf(out, TICK_LABEL_MAX, "%.*f%s", digits, v / unit, sign) > 7)
        snprintf(out, TICK_LABEL_MAX, "%.1e", v);
}

static void
add_tick(struct ticks *t, double v, const char *label)
{
    if (t->n == TICKS_MAX)
        return;
    t->at[t->n] = v;
    snprintf(t->label[t->n++], TICK_LABEL_MAX, "%s", label);
}

static void
find_linear(struct ticks *t, const struct axis *a, int max_n)
{
    double step = nice_step(a->hi - a->lo, max_n);

    if (a->whole)
        step = fmax(step, 1);
    for (double i = ceil(a->lo / step - TINY); t->n < TICKS_MAX; i++) {
        char label[TICK_LABEL_MAX];

        if (i * step > a->hi + step * TINY)
            return;
        format_tick(label, i * step, step);
        if (t->n > 0 && strcmp(label, t->label[t->n - 1]) == 0) {
            t->n = 0; /* too near each other for 7 characters */
            return;
        }
        add_tick(t, i * step, label);
    }
}

/* "1e-5"; between 0.01 and 1000 as a plain number. */
static void
format_power(char out[TICK_LABEL_MAX], double v)
{
    snprintf(out, TICK_LABEL_MAX, v >= .0099 && v < 9999 ? "%g" : "%.0e", v);
    if (strlen(out) == 5 && out[3] == '0') /* 1e-05: 1e-5 */
        memmove(out + 3, out + 4, 2);
}

static void
find_log(struct ticks *t, const struct axis *a, int max_n)
{
    static const double lead[] = { 1, 2, 5 };
    double lo = log10(a->lo), hi = log10(a->hi);
    double every = fmax(1, ceil((hi - lo) / max_n - TINY));
    int n_lead = (hi - lo) * 3 <= max_n ? 3 : 1;

    for (double p = floor(lo / every) * every; p <= hi + TINY; p += every)
        for (int i = 0; i < n_lead; i++) {
            double v = lead[i] * pow(10, p);
            char label[TICK_LABEL_MAX];

            if (v < a->lo * (1 - TINY) || v > a->hi * (1 + TINY))
                continue;
            format_power(label, v);
            add_tick(t, v, label);
        }
}

void
ticks_find(struct ticks *ret, const struct axis *a, int max_n)
{
    ret->n = 0;
    max_n = max_n < TICKS_MAX ? max_n : TICKS_MAX;
    if (!(a->lo < a->hi) || !isfinite(a->hi - a->lo) || max_n < 1)
        return;
    if (a->log)
        find_log(ret, a, max_n);
    if (ret->n < 2)
        ret->n = 0;
    if (ret->n == 0)
        find_linear(ret, a, max_n);
}
