/*
 * lrfind.h - the learning-rate range test (Smith 2017, arXiv:1506.01186) and the four
 * suggestions fastai reads off its curve.
 */
#ifndef MLT_TRAIN_LRFIND_H
#define MLT_TRAIN_LRFIND_H

#include "src/base/err.h"
#include "src/device/device.h"

#include <stdbool.h>
#include <stddef.h>

#define LRFIND_STEPS 100
#define LRFIND_WD    0.01
#define LRFIND_MOM   0.9

/* Each is NaN when there is none; `why` then says so in a fixed sentence. */
struct suggestions {
    double valley, slide, minimum, steep;
    const char *why_valley, *why_slide, *why_minimum, *why_steep;
};

/* A finished or stopped range test. */
struct finding {
    size_t n;                    /* rates tried, at most LRFIND_STEPS */
    double lr[LRFIND_STEPS];     /* rates */
    double loss[LRFIND_STEPS];   /* raw batch losses; the last may not be finite */
    double smooth[LRFIND_STEPS]; /* debiased moving average, beta .98 */
    struct suggestions found;
};

/* The four suggestions for n points of a recorded curve (the cuts [10 : n - 5] and at
 * the first NaN are made here). Smoothed losses are compared as float32, as fastai's
 * are. Pure. */
void lrfind_suggest(struct suggestions *ret, const double *lr, const double *smooth,
                    size_t n);

/*
 * Run the test on a device opened for a problem whose sampler is the finder's own
 * (sampler_new with finder = true) and wd LRFIND_WD, from the device's present weights;
 * the caller closes the device and nothing of the test is left. It goes over several
 * epochs where one is too short, and ends after LRFIND_STEPS batches, after one whose
 * smoothed loss is above 4 times the best so far, or at a loss that is not finite; that
 * last batch counts among the n recorded.
 * `heard` (may be NULL) is called after each call into the device with what there is,
 * may block, and returns whether to go on: ERR_STATE when it says no. *ret has what was
 * recorded however the test ends.
 */
ERR_MUST_CHECK enum err_code
lrfind_run(struct finding *ret, struct device *d, struct sampler *s,
           bool (*heard)(void *arg, const struct finding *f), void *arg,
           struct err *err);

#endif
