/* schedule.c - one-cycle rates; see schedule.h. */
#include "config.h"

#include "src/model/schedule.h"

#include <math.h>

struct onecycle
onecycle_default(double lr_max, size_t steps)
{
    return (struct onecycle){ .lr_max = lr_max,
                              .div = 25,
                              .div_final = 1e5,
                              .pct_start = .25,
                              .mom = { .95, .85, .95 },
                              .steps = steps };
}

/* From a at p = 0 to b at p = 1 along half a cosine (fastai's SchedCos). */
static double
cosine(double a, double b, double p)
{
    return a + (1 + cos(M_PI * (1 - p))) * (b - a) / 2;
}

/* fastai keeps the place within a phase as float32, which moves the rates by up to
 * 4e-8 of the peak; so do we, and agree with it to the last digit. */
void
onecycle_at(const struct onecycle *oc, size_t step, double *ret_lr, double *ret_mom)
{
    double pct = (double)step / (double)oc->steps;
    float up = (float)oc->pct_start, at = (float)pct, p;

    if (pct < oc->pct_start) {
        p = at / up;
        *ret_lr = cosine(oc->lr_max / oc->div, oc->lr_max, p);
        *ret_mom = cosine(oc->mom[0], oc->mom[1], p);
    } else {
        p = (at - up) / (1 - up);
        *ret_lr = cosine(oc->lr_max, oc->lr_max / oc->div_final, p);
        *ret_mom = cosine(oc->mom[1], oc->mom[2], p);
    }
}

double
lr_find_rate(size_t i)
{
    return 1e-7 * pow(1e8, (double)i / 100);
}
