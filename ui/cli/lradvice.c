/* lradvice.c - what a range test advises, in words; see lradvice.h. */
#include "config.h"

#include "ui/cli/lradvice.h"

#include <math.h>
#include <stdio.h>

#define SETTLED 10  /* points before the smoothed loss means something */
#define BEGUN   .25 /* of the fall: before it the steepest place is an accident */

/* How much of its fall the curve has done at a rate, 0 … 1. */
static double
part_fallen(const struct finding *f, double rate)
{
    double high = -INFINITY, low = INFINITY, here = NAN;

    for (size_t i = SETTLED; i < f->n; i++) {
        low = fmin(low, f->smooth[i]);
        if (f->lr[i] <= rate) {
            high = fmax(high, f->smooth[i]);
            here = f->smooth[i];
        }
    }
    return high > low ? (high - here) / (high - low) : 1;
}

/* Where the steepest place lies says what it is good for. */
static const char *
what_is_steep(const struct finding *f)
{
    const struct suggestions *s = &f->found;

    if (part_fallen(f, s->steep) < BEGUN)
        return "where it falls fastest: in the noise of the start";
    if (s->steep < s->valley)
        return "where it falls fastest: below the valley, careful";
    if (s->steep > s->valley)
        return "where it falls fastest: above the valley, bold";
    return "where it falls fastest";
}

void
lradvice_of(struct lradvice ret[LRADVICE_COUNT], const struct finding *f, size_t batch)
{
    const struct suggestions *s = &f->found;

    ret[LRADVICE_VALLEY] =
        (struct lradvice){ "valley",
                           "●",
                           "V",
                           s->valley,
                           s->why_valley,
                           lradvice_is_noisy(batch)
                               ? "the middle of the longest fall"
                               : "the middle of the longest fall: take this one" };
    ret[LRADVICE_SLIDE] = (struct lradvice){ "slide",
                                             "◆",
                                             "S",
                                             s->slide,
                                             s->why_slide,
                                             "the last steep place before it "
                                             "turns up: bold" };
    ret[LRADVICE_MINIMUM] =
        (struct lradvice){ "minimum",
                           "■",
                           "M",
                           s->minimum,
                           s->why_minimum,
                           "a tenth of the rate with the lowest loss" };
    ret[LRADVICE_STEEP] = (struct lradvice){ "steep",  "▲",          "T",
                                             s->steep, s->why_steep, what_is_steep(f) };
}

bool
lradvice_is_noisy(size_t batch)
{
    return batch != 0 && batch < LRADVICE_MIN_BATCH;
}

const char *
lradvice_warning(char ret[LRADVICE_TEXT], size_t batch)
{
    snprintf(ret, LRADVICE_TEXT,
             "with batches of %zu the range test is noisy: its valley changes with the "
             "seed and is often many times too high; begin with 3e-3",
             batch);
    return ret;
}
