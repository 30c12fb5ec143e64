/*
 * lrfind.c - running the range test; see lrfind.h.
 *
 * The device is asked for several batches at once; those beyond the one that ends the
 * test are not recorded, and nobody uses the weights afterwards.
 */
#include "config.h"

#include "src/train/lrfind.h"

#include "src/base/clock.h"
#include "src/model/schedule.h"
#include "src/model/smooth.h"
#include "src/train/pace.h"

#include <math.h>

#define DIVERGED 4.0 /* times the best smoothed loss: fastai's stop_div */

struct range_test {
    struct finding *found;
    struct smooth smooth;
    double best;     /* smallest smoothed loss so far */
    bool over;       /* diverged, or not finite */
    unsigned epochs; /* drawn so far */
    size_t left;     /* batches of the present one */
    struct pace pace;
};

/* Record the batch at the next rate. */
static void
take_loss(struct range_test *t, double loss)
{
    struct finding *f = t->found;
    double smooth = smooth_add(&t->smooth, loss);

    f->loss[f->n] = loss;
    f->smooth[f->n] = smooth;
    f->n++;
    t->best = fmin(t->best, smooth);
    t->over = !isfinite(smooth) || smooth > DIVERGED * t->best;
}

static enum err_code
begin_epoch(struct range_test *t, struct device *d, struct sampler *s, struct err *err)
{
    enum err_code rc = sampler_begin_epoch(s, t->epochs, err);

    if (rc == ERR_OK)
        rc = d->ops->begin_epoch(d, err);
    t->epochs++;
    t->left = sampler_n_batches(s);
    return rc;
}

/* One call into the device, at the rates that come next. */
static enum err_code
try_rates(struct range_test *t, struct device *d, struct err *err)
{
    size_t n_before = t->found->n, n;
    size_t ask = pace_next(&t->pace, LRFIND_STEPS - n_before);
    struct hyper h[LRFIND_STEPS];
    double loss[LRFIND_STEPS], began = clock_now_s();
    enum err_code rc;

    if (ask > t->left)
        ask = t->left;
    for (size_t i = 0; i < ask; i++)
        h[i] = (struct hyper){ t->found->lr[n_before + i], LRFIND_MOM };
    rc = d->ops->steps(d, ask, h, loss, &n, err);
    if (rc != ERR_OK)
        return rc;
    pace_took(&t->pace, n, clock_now_s() - began);
    t->left -= n;
    for (size_t i = 0; i < n && !t->over; i++)
        take_loss(t, loss[i]);
    return ERR_OK;
}

/*
 * After a NaN fastai goes on to the last rate, all NaN, and cuts the tail of five off
 * those: so do we, without running them.
 */
static void
suggest(struct finding *f)
{
    size_t n = f->n;

    if (isnan(f->smooth[n - 1]))
        for (; n < LRFIND_STEPS; n++)
            f->smooth[n] = NAN;
    lrfind_suggest(&f->found, f->lr, f->smooth, n);
}

enum err_code
lrfind_run(struct finding *ret, struct device *d, struct sampler *s,
           bool (*heard)(void *arg, const struct finding *f), void *arg,
           struct err *err)
{
    struct range_test t = { .found = ret, .best = INFINITY };
    enum err_code rc = ERR_OK;

    *ret = (struct finding){ 0 };
    for (size_t i = 0; i < LRFIND_STEPS; i++)
        ret->lr[i] = lr_find_rate(i);
    while (rc == ERR_OK && !t.over && ret->n < LRFIND_STEPS) {
        if (t.left == 0)
            rc = begin_epoch(&t, d, s, err);
        if (rc == ERR_OK)
            rc = try_rates(&t, d, err);
        if (rc == ERR_OK && heard != NULL && !heard(arg, ret))
            rc = err_set(err, ERR_STATE, "the learning-rate range test was stopped");
    }
    sampler_end_epoch(s);
    if (rc == ERR_OK)
        suggest(ret);
    return rc;
}
