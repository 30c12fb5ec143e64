/*
 * schedule.h - one-cycle learning rate and momentum as fastai's fit_one_cycle has them
 * (Smith 2018, arXiv:1803.09820).
 *
 * Pure functions of the step number; no state, cannot fail.
 */
#ifndef MLT_MODEL_SCHEDULE_H
#define MLT_MODEL_SCHEDULE_H

#include <stddef.h>

struct onecycle {
    double lr_max;    /* peak learning rate */
    double div;       /* lr at step 0 is lr_max / div: 25 */
    double div_final; /* lr at the end is lr_max / div_final: 1e5 */
    double pct_start; /* part of the cycle spent rising: .25 */
    double mom[3];    /* momentum at start, peak, end: .95, .85, .95 */
    size_t steps;     /* N, batches in the whole fit, >= 1 */
};

/* fastai's defaults for a peak rate and a length. */
struct onecycle onecycle_default(double lr_max, size_t steps);

/* Learning rate and momentum of batch `step` (0-based). Any thread. */
void onecycle_at(const struct onecycle *oc, size_t step, double *ret_lr,
                 double *ret_mom);

/* The finder's rate at batch i of 0 … 99: 1e-7 * 1e8^(i/100). */
double lr_find_rate(size_t i);

#endif
