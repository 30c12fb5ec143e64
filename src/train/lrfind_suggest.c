/*
 * lrfind_suggest.c - four learning rates read off a range test's curve; see lrfind.h.
 *
 * These are fastai's valley, slide, minimum and steep, quirks included: its answers are
 * what people compare with. Letters: n points used, L their smoothed losses as float32,
 * LR their rates.
 */
#include "config.h"

#include "src/train/lrfind.h"

#include <math.h>

#define SKIP_FIRST 10 /* points that the average has not settled in */
#define SKIP_LAST  5  /* points that diverge */

#define SLIDE_APART     15    /* points between the two slopes that are compared */
#define SLIDE_THRESHOLD 0.005 /* slopes that differ by more are not level */

/* The part of the curve that is looked at. */
struct curve {
    size_t n;
    float L[LRFIND_STEPS];
    double LR[LRFIND_STEPS];
};

/* Without the ends, up to the first NaN. */
static void
cut(struct curve *c, const double *lr, const double *smooth, size_t n)
{
    c->n = 0;
    for (size_t i = SKIP_FIRST; i + SKIP_LAST < n && !isnan(smooth[i]); i++) {
        c->L[c->n] = (float)smooth[i];
        c->LR[c->n++] = lr[i];
    }
}

/* Two thirds into the longest run of falling losses, which may leave out points
 * between. Where the arithmetic ends before the first point it is the last rate. */
static double
valley(const struct curve *c)
{
    int length[LRFIND_STEPS] = { 0 }; /* of the longest run that ends at a point */
    int n = (int)c->n, start = 0, end = 0, at;
    double third;

    for (int i = 0; i < n; i++)
        length[i] = 1;
    for (int i = 1; i < n; i++)
        for (int j = 0; j < i; j++) {
            if (c->L[i] < c->L[j] && length[i] < length[j] + 1)
                length[i] = length[j] + 1;
            if (length[end] < length[i]) {
                end = i;
                start = i - length[i];
            }
        }
    third = (end - start) / 3.0;
    at = start + (int)third + (int)(third / 2);
    return c->LR[at >= 0 ? at : n - 1];
}

/* dL/di at point i, in float32 as numpy's gradient of it. */
static float
slope(const struct curve *c, size_t i)
{
    if (i == 0)
        return c->L[1] - c->L[0];
    if (i == c->n - 1)
        return c->L[i] - c->L[i - 1];
    return (c->L[i + 1] - c->L[i - 1]) / 2;
}

/* From the end, an interval slides down until the slopes at its ends are level. */
static double
slide(const struct curve *c)
{
    size_t right = c->n - 1, left = right - SLIDE_APART;
    double rate = c->LR[left];

    while (fabsf(slope(c, right) - slope(c, left)) > (float)SLIDE_THRESHOLD) {
        rate = c->LR[left];
        if (left == 0)
            break;
        right--;
        left--;
    }
    return rate;
}

/* A tenth of the rate with the lowest loss. */
static double
minimum(const struct curve *c)
{
    size_t best = 0;

    for (size_t i = 1; i < c->n; i++)
        if (c->L[i] < c->L[best])
            best = i;
    return c->LR[best] / 10;
}

/* Loss over the logarithm of the rate, between points i and i + 1. fastai's rates are
 * float32. */
static double
log_slope(const struct curve *c, size_t i)
{
    double rise = (double)c->L[i + 1] - c->L[i];

    return rise / (log((float)c->LR[i + 1]) - log((float)c->LR[i]));
}

/* Where the loss falls fastest. A slope between two infinite losses is NaN and counts
 * as the lowest. */
static double
steep(const struct curve *c)
{
    double lowest = log_slope(c, 0);
    size_t best = 0;

    for (size_t i = 1; i + 1 < c->n && !isnan(lowest); i++) {
        double s = log_slope(c, i);

        if (s < lowest || isnan(s)) {
            lowest = s;
            best = i;
        }
    }
    return c->LR[best];
}

void
lrfind_suggest(struct suggestions *ret, const double *lr, const double *smooth,
               size_t n)
{
    static const char none[] =
        "the curve is too short: no point is left between the first 10 and the last 5";
    static const char one[] = "the curve is too short for a slope: 2 points are needed "
                              "between the first 10 and the last 5";
    static const char few[] = "the curve is too short to slide along: 16 points are "
                              "needed between the first 10 and the last 5";
    struct curve c;

    cut(&c, lr, smooth, n);
    *ret = (struct suggestions){ NAN, NAN, NAN, NAN, none, none, none, none };
    if (c.n == 0)
        return;
    ret->valley = valley(&c);
    ret->minimum = minimum(&c);
    ret->why_valley = ret->why_minimum = NULL;
    ret->why_slide = few;
    ret->why_steep = one;
    if (c.n > 1) {
        ret->steep = steep(&c);
        ret->why_steep = NULL;
    }
    if (c.n > SLIDE_APART) {
        ret->slide = slide(&c);
        ret->why_slide = NULL;
    }
}
