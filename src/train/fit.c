/*
 * fit.c - the training loop; see fit.h.
 *
 * One struct holds the state of a running fit; the functions below it are the loop from
 * the inside out: a call into the device, an epoch, a validation, the whole.
 */
#include "config.h"

#include "src/train/fit.h"

#include "src/base/clock.h"
#include "src/base/mem.h"
#include "src/model/schedule.h"
#include "src/train/callbacks.h"
#include "src/train/pace.h"

#include <math.h>
#include <stdio.h>

#define RECORDS_A_CALL (PACE_MAX / STEP_RECORD_SPAN + 1)

struct fit {
    const struct fit_setup *in;
    const struct fit_watch *watch;
    struct shared_model **kept;
    struct onecycle schedule;
    struct pace pace;
    struct recorder recorder;
    struct save_best best;
    struct early_stop patience;
    bool validated;    /* some validation has run */
    unsigned epoch;    /* the present one, from 1 */
    size_t left;       /* batches it still has */
    size_t step;       /* batches done in the whole fit */
    double train_loss; /* smoothed, after the last batch */
    double epoch_s;    /* seconds worked on the present epoch */
    double unheard_s;  /* those of them that no fit_stepped has told */
    enum fit_wish wish;

    /* Of the present call into the device. */
    struct hyper h[PACE_MAX];
    double loss[PACE_MAX];
    struct step steps[PACE_MAX];
    struct step_record records[RECORDS_A_CALL];
};

static void
fit_spent(struct fit *f, double since_s)
{
    double s = clock_now_s() - since_s;

    f->epoch_s += s;
    f->unheard_s += s;
}

static enum err_code
fit_failed_at(const struct fit *f, const struct step *s, struct err *err)
{
    size_t n_batches = sampler_n_batches(f->in->sampler);
    char kept[48] = "the initial weights were kept";

    if (f->epoch > 1)
        snprintf(kept, sizeof(kept), "the weights of epoch %u were kept",
                 f->best.epoch != 0 ? f->best.epoch : f->epoch - 1);
    return err_set(err, ERR_NUMERIC,
                   "batch %zu of epoch %u: the loss is %g where the learning rate was "
                   "%.3g; %s; try a lower one, such as --lr %.1g",
                   n_batches - f->left, f->epoch, s->loss, s->lr, kept, f->in->lr / 10);
}

/* Tell the watch of the n batches in f->h and f->loss. */
static enum err_code
fit_tell(struct fit *f, size_t n, struct err *err)
{
    size_t n_records = 0;

    for (size_t i = 0; i < n; i++) {
        f->steps[i] =
            (struct step){ .loss = f->loss[i], .lr = f->h[i].lr, .mom = f->h[i].mom };
        n_records += recorder_add(&f->recorder, &f->steps[i], &f->records[n_records]);
    }
    f->train_loss = f->steps[n - 1].smooth;
    f->watch->stepped(f->watch->arg, &(struct fit_stepped){ .epoch = f->epoch,
                                                            .step = f->step,
                                                            .steps = f->steps,
                                                            .n = n,
                                                            .seconds = f->unheard_s });
    f->unheard_s = 0;
    if (n_records == 0)
        return ERR_OK;
    return f->watch->recorded(f->watch->arg, f->records, n_records, err);
}

/* One call into the device. */
static enum err_code
fit_steps(struct fit *f, struct err *err)
{
    size_t ask = pace_next(&f->pace, f->left), n;
    double began = clock_now_s();
    enum err_code rc;

    for (size_t i = 0; i < ask; i++)
        onecycle_at(&f->schedule, f->step + i, &f->h[i].lr, &f->h[i].mom);
    rc = f->in->device->ops->steps(f->in->device, ask, f->h, f->loss, &n, err);
    if (rc != ERR_OK)
        return rc;
    pace_took(&f->pace, n, clock_now_s() - began);
    fit_spent(f, began);
    f->step += n;
    f->left -= n;
    rc = fit_tell(f, n, err);
    if (rc == ERR_OK && !isfinite(f->loss[n - 1]))
        rc = fit_failed_at(f, &f->steps[n - 1], err);
    return rc;
}

/* A copy of the current weights, of the shape of what is kept. */
static enum err_code
fit_settle(struct fit *f, struct shared_model **ret, struct err *err)
{
    const struct model *like = shared_model_get(*f->kept);
    struct model *now = NULL;
    enum err_code rc = model_new(&now, like->n_users, like->n_items, like->k,
                                 like->y_lo, like->y_hi, err);

    if (rc == ERR_OK)
        rc = f->in->device->ops->settle(f->in->device, now, err);
    if (rc != ERR_OK) {
        model_free(now);
        return rc;
    }
    return shared_model_new(ret, now, err);
}

/* Show the present weights to who wants to look. It is a favour: the fit does not fail
 * for it, and where the device is in trouble the next batch says so. */
static void
fit_show(struct fit *f)
{
    struct shared_model *now = NULL;
    double began;

    if (f->left == 0 || f->watch->looks == NULL || !f->watch->looks(f->watch->arg))
        return;
    began = clock_now_s();
    if (fit_settle(f, &now, NULL) == ERR_OK)
        f->watch->seen(f->watch->arg, now);
    fit_spent(f, began);
}

/* The batches of an epoch, or of its part until a wish to end. */
static enum err_code
fit_train_epoch(struct fit *f, struct err *err)
{
    double began = clock_now_s();
    enum err_code rc = sampler_begin_epoch(f->in->sampler, f->epoch - 1, err);

    if (rc == ERR_OK)
        rc = f->in->device->ops->begin_epoch(f->in->device, err);
    f->left = sampler_n_batches(f->in->sampler);
    f->epoch_s = 0;
    fit_spent(f, began);
    while (rc == ERR_OK && f->left > 0 && f->wish == FIT_GO_ON) {
        rc = fit_steps(f, err);
        if (rc == ERR_OK)
            f->wish = f->watch->wish(f->watch->arg);
        if (rc == ERR_OK && f->wish == FIT_GO_ON)
            fit_show(f);
    }
    sampler_end_epoch(f->in->sampler);
    return rc;
}

static enum err_code
fit_evaluate(struct fit *f, const struct model *now, struct epoch_record *e,
             struct err *err)
{
    struct eval sum;
    enum err_code rc = f->in->device->ops->evaluate(f->in->device, now, &sum, err);

    if (rc != ERR_OK)
        return rc;
    e->valid_loss = sum.sse / (double)sum.n;
    e->rmse = sqrt(e->valid_loss);
    e->mae = sum.sae / (double)sum.n;
    e->best = save_best_improved(&f->best, f->epoch, e->valid_loss);
    f->validated = true;
    return ERR_OK;
}

/* The end of an epoch: validate, keep the better, tell. */
static enum err_code
fit_end_epoch(struct fit *f, bool *ret_improved, struct err *err)
{
    struct epoch_record e = { .epoch = f->epoch,
                              .train_loss = f->train_loss,
                              .valid_loss = NAN,
                              .rmse = NAN,
                              .mae = NAN };
    struct shared_model *now = NULL;
    double began = clock_now_s();
    enum err_code rc;

    f->watch->validating(f->watch->arg);
    rc = fit_settle(f, &now, err);
    if (rc == ERR_OK && f->in->validate)
        rc = fit_evaluate(f, shared_model_get(now), &e, err);
    if (rc != ERR_OK) {
        shared_model_drop(now);
        return rc;
    }
    if (e.best || f->best.epoch == 0) {
        struct shared_model *old = *f->kept;

        *f->kept = now;
        now = old;
    }
    shared_model_drop(now);
    fit_spent(f, began);
    f->unheard_s = 0; /* a validation is not training */
    e.seconds = f->epoch_s;
    *ret_improved = e.best;
    return f->watch->epoch(f->watch->arg, &e, *f->kept, err);
}

/* All epochs, or those until a wish, a failure or early stopping. */
static enum err_code
fit_loop(struct fit *f, enum fit_end *ret_end, struct err *err)
{
    *ret_end = FIT_DONE;
    while (f->epoch < f->in->epochs && f->wish == FIT_GO_ON && *ret_end == FIT_DONE) {
        bool improved = false;
        enum err_code rc;

        f->epoch++;
        rc = fit_train_epoch(f, err);
        if (rc == ERR_OK && f->wish != FIT_ABANDON)
            rc = fit_end_epoch(f, &improved, err);
        if (rc != ERR_OK)
            return rc;
        if (f->in->validate && f->epoch < f->in->epochs &&
            early_stop_reached(&f->patience, improved))
            *ret_end = FIT_EARLY;
        if (f->wish == FIT_GO_ON && *ret_end == FIT_DONE && f->epoch < f->in->epochs)
            f->wish = f->watch->wish(f->watch->arg);
    }
    if (f->wish != FIT_GO_ON)
        *ret_end = f->wish == FIT_STOP ? FIT_STOPPED : FIT_ABANDONED;
    return ERR_OK;
}

/* The record of the last batches, on success and on failure. */
static enum err_code
fit_flush(struct fit *f, struct err *err)
{
    if (!recorder_flush(&f->recorder, f->records))
        return ERR_OK;
    return f->watch->recorded(f->watch->arg, f->records, 1, err);
}

enum err_code
fit_run(struct fit_result *ret, const struct fit_setup *setup,
        const struct fit_watch *watch, struct shared_model **kept, struct err *err)
{
    size_t n_steps = sampler_n_batches(setup->sampler) * setup->epochs;
    struct fit *f = mem_new(1, sizeof(*f));
    enum err_code rc, rc_flush;

    *ret = (struct fit_result){ 0 };
    if (f == NULL)
        return err_nomem(err, sizeof(*f), "the training loop");
    f->in = setup;
    f->watch = watch;
    f->kept = kept;
    f->schedule = onecycle_default(setup->lr, n_steps);
    f->patience.patience = setup->patience;
    f->wish = FIT_GO_ON;
    rc = fit_loop(f, &ret->end, err);
    rc_flush = fit_flush(f, rc == ERR_OK ? err : NULL);
    ret->best_epoch = f->best.epoch;
    ret->no_number = f->validated && f->best.epoch == 0;
    mem_free(f);
    return rc != ERR_OK ? rc : rc_flush;
}
