/*
 * trainer.c - a range test, or a whole training run; see trainer.h.
 *
 * A job holds what one task takes and gives it back in one place. At ML-25M's shape the
 * live state, an epoch's order and copies of the weights are the memory of the whole
 * program, so a job never has more than it works with: the initial weights become the
 * first kept ones, the order goes before a validation, the device before the saving.
 */
#include "config.h"

#include "src/train/trainer.h"

#include "src/base/clock.h"
#include "src/base/mem.h"
#include "src/train/eta.h"
#include "src/train/fit.h"
#include "src/train/lrfind.h"
#include "src/train/runfolder.h"
#include "src/train/worker.h"

#include <math.h>
#include <string.h>

struct job {
    const struct trainer *t;
    struct pool *pool;
    struct sampler *sampler;
    struct model shape; /* of the weights: sizes alone, once the device is open */
    struct device *device;
    struct shared_model *kept; /* initial weights, then what the fit keeps */
    struct run_writer *writer; /* NULL: nowhere */
    struct run_info info;
    struct snapshot now;
    struct finding finding;
    double began_s, paused_s; /* clock at the start; seconds slept in pauses */
    double valid_began_s, valid_s;
    unsigned n_valid;
    bool unwanted; /* stopped or abandoned during the range test */
};

/* ---- what is told --------------------------------------------------------------- */

static void
job_publish(struct job *j, const struct step *steps, size_t n)
{
    j->now.elapsed_s = clock_now_s() - j->began_s - j->paused_s;
    worker_publish(j->t->session, &j->now, steps, n);
}

static void
job_state(struct job *j, enum session_state state)
{
    j->now.state = state;
    job_publish(j, NULL, 0);
}

/* How the task ends. It is told when all is given back. */
static void
job_end(struct job *j, enum session_state state)
{
    j->now.state = state;
    j->now.eta_s = 0;
    j->now.elapsed_s = clock_now_s() - j->began_s - j->paused_s;
}

/* The same for one that went wrong. */
static void
job_fail(struct job *j, const struct err *err)
{
    j->now.error = *err;
    job_end(j, SESSION_FAILED);
}

static enum fit_wish
job_wish(void *arg)
{
    struct job *j = arg;
    double before = clock_now_s();
    enum fit_wish wish = worker_wish(j->t->session);

    j->paused_s += clock_now_s() - before;
    return wish;
}

static void
job_estimate(struct job *j)
{
    const struct plan *p = j->t->plan;
    struct eta e = { .steps_done = j->now.step,
                     .steps_left = p->n_steps - j->now.step,
                     .train_s = j->now.train_s,
                     .batch = p->batch,
                     .n_valid = p->n_valid,
                     .valid_done = j->n_valid,
                     .valid_left = j->now.n_epochs - j->now.n_epochs_done,
                     .valid_s = j->valid_s,
                     .save_bytes =
                         j->writer != NULL ? p->model_bytes + p->data_bytes : 0 };

    j->now.eta_s = eta_left(&e);
}

/* ---- opening and closing -------------------------------------------------------- */

static void
job_close_device(struct job *j)
{
    if (j->device != NULL)
        j->device->ops->close(j->device);
    j->device = NULL;
    sampler_free(j->sampler);
    j->sampler = NULL;
}

static void
job_done(struct job *j)
{
    job_close_device(j);
    shared_model_drop(j->kept);
    run_writer_free(j->writer);
    pool_free(j->pool);
}

/* Threads and initial weights. */
static enum err_code
job_begin(struct job *j, const struct trainer *t, struct err *err)
{
    const struct train_config *c = t->config;
    const struct ratings *r = t->data->ratings;
    struct model *init = NULL;
    enum err_code rc;

    *j = (struct job){ .t = t, .began_s = clock_now_s() };
    j->now.lr_max = c->lr;
    j->now.eta_s = NAN;
    rc = pool_new(&j->pool, t->plan->threads, err);
    if (rc == ERR_OK)
        rc = model_new(&init, r->n_users, r->n_items, c->factors, (float)c->y_lo,
                       (float)c->y_hi, err);
    if (rc != ERR_OK)
        return rc;
    model_init(init, c->seed, j->pool);
    j->shape = *init;
    return shared_model_new(&j->kept, init, err);
}

/* Device and sampler of the range test, or of the fit, at the initial weights. */
static enum err_code
job_open_device(struct job *j, bool finder, struct err *err)
{
    const struct train_config *c = j->t->config;
    const struct plan *p = j->t->plan;
    struct problem problem = { .ratings = j->t->data->ratings,
                               .pool = j->pool,
                               .init = &j->shape,
                               .wd = finder ? LRFIND_WD : c->wd };
    enum err_code rc;

    j->shape = *shared_model_get(j->kept);
    rc = sampler_new(&j->sampler, j->t->data->ratings, p->batch, c->sampling, c->seed,
                     finder, j->pool, err);
    problem.sampler = j->sampler;
    if (rc == ERR_OK)
        rc = p->ops->open(&j->device, &problem, err);
    /* From here on the device knows the sizes; the weights may be replaced. */
    j->shape.arena = j->shape.U = j->shape.I = j->shape.bu = j->shape.bi = NULL;
    return rc;
}

/* ---- the range test ------------------------------------------------------------- */

static bool
job_heard(void *arg, const struct finding *f)
{
    struct job *j = arg;

    j->now.step = f->n;
    j->now.n_steps = LRFIND_STEPS;
    j->now.lr = f->lr[f->n - 1];
    j->now.mom = LRFIND_MOM;
    j->now.raw_loss = f->loss[f->n - 1];
    j->now.smooth_loss = f->smooth[f->n - 1];
    worker_publish_finding(j->t->session, f);
    job_publish(j, NULL, 0);
    j->unwanted = job_wish(j) != FIT_GO_ON;
    return !j->unwanted;
}

static enum err_code
job_find(struct job *j, struct err *err)
{
    enum err_code rc;

    job_state(j, SESSION_FINDING);
    rc = job_open_device(j, true, err);
    if (rc == ERR_OK)
        rc = lrfind_run(&j->finding, j->device, j->sampler, job_heard, j, err);
    if (rc == ERR_OK)
        worker_publish_finding(j->t->session, &j->finding);
    job_close_device(j);
    return rc;
}

struct snapshot
trainer_find(const struct trainer *t)
{
    struct job j;
    struct err err;
    enum err_code rc = job_begin(&j, t, &err);

    if (rc == ERR_OK)
        rc = job_find(&j, &err);
    if (rc == ERR_OK)
        job_end(&j, SESSION_DONE);
    else if (j.unwanted)
        job_end(&j, SESSION_ABANDONED);
    else
        job_fail(&j, &err);
    job_done(&j);
    return j.now;
}

/* The rate of the fit: the valley of a range test. */
static enum err_code
job_find_rate(struct job *j, struct err *err)
{
    enum err_code rc = job_find(j, err);

    if (rc != ERR_OK)
        return rc;
    if (isnan(j->finding.found.valley))
        return err_set(err, ERR_NUMERIC,
                       "--lr auto: the range test shows no valley to take (%s); give a "
                       "rate, such as --lr 3e-3",
                       j->finding.found.why_valley);
    j->now = (struct snapshot){ .lr_max = j->finding.found.valley, .eta_s = NAN };
    return ERR_OK;
}

/* ---- the run folder ------------------------------------------------------------- */

static void
job_fill_info(struct job *j)
{
    const struct train_config *c = j->t->config;
    const struct dataset *d = j->t->data;
    const struct plan *p = j->t->plan;

    j->info = (struct run_info){
        .data = d->path,
        .fingerprint = d->fingerprint,
        .item = c->item == DATASET_ITEM_TITLE ? "title" : "id",
        .sampling = c->sampling == SAMPLING_PERMUTATION ? "permutation" : "bootstrap",
        .device = p->ops->name,
        .threads = p->threads,
        .factors = c->factors,
        .epochs = c->epochs,
        .patience = c->patience,
        .batch = p->batch,
        .lr = j->now.lr_max,
        .wd = c->wd,
        .y_lo = c->y_lo,
        .y_hi = c->y_hi,
        .valid_part = c->valid_part,
        .split_file = c->split_file,
        .seed = c->seed,
        .n_ratings = d->ratings->n,
        .n_held_out = d->ratings->n_held_out,
        .n_users = d->ratings->n_users,
        .n_items = d->ratings->n_items,
        .n_steps = p->n_steps,
        .started = clock_unix_s(),
        .state = RUN_TRAINING,
    };
}

/* Write what was kept, and how the run ended. */
static enum err_code
job_save(struct job *j, enum run_state state, const char *message, struct err *err)
{
    enum err_code rc;

    if (j->writer == NULL)
        return ERR_OK;
    job_state(j, SESSION_SAVING);
    j->info.state = state;
    j->info.ended = clock_unix_s();
    j->info.best_epoch = j->now.best_epoch;
    j->info.message = message;
    rc = run_writer_model(j->writer, shared_model_get(j->kept), j->t->data->catalog,
                          err);
    if (rc == ERR_OK)
        rc = run_writer_ratings(j->writer, j->t->data->ratings, err);
    if (rc == ERR_OK)
        rc = run_writer_info(j->writer, &j->info, err);
    return rc;
}

/* Nothing is to be kept: the folder goes, which only this run has written into. */
static void
job_discard(struct job *j, const char *run_dir)
{
    worker_publish_model(j->t->session, NULL);
    if (j->writer == NULL)
        return;
    run_writer_free(j->writer);
    j->writer = NULL;
    /* A folder that cannot be removed stays behind as a crashed run; `runs` shows it.
     */
    if (run_remove(run_dir, NULL) != ERR_OK)
        return;
}

/* ---- the fit -------------------------------------------------------------------- */

static void
fit_heard_steps(void *arg, const struct fit_stepped *f)
{
    struct job *j = arg;
    const struct step *last = &f->steps[f->n - 1];

    j->now.state = SESSION_TRAINING;
    j->now.step = f->step;
    j->now.epoch = f->epoch;
    j->now.lr = last->lr;
    j->now.mom = last->mom;
    j->now.raw_loss = last->loss;
    j->now.smooth_loss = last->smooth;
    j->now.train_s += f->seconds;
    if (j->now.train_s > 0)
        j->now.ratings_per_second =
            (double)f->step * (double)j->t->plan->batch / j->now.train_s;
    job_estimate(j);
    job_publish(j, f->steps, f->n);
}

static enum err_code
fit_heard_records(void *arg, const struct step_record *r, size_t n, struct err *err)
{
    struct job *j = arg;

    return j->writer != NULL ? run_writer_steps(j->writer, r, n, err) : ERR_OK;
}

static void
fit_heard_validating(void *arg)
{
    struct job *j = arg;

    j->valid_began_s = clock_now_s();
    job_state(j, SESSION_VALIDATING);
}

static enum err_code
fit_heard_epoch(void *arg, const struct epoch_record *e, struct shared_model *kept,
                struct err *err)
{
    struct job *j = arg;

    j->valid_s += clock_now_s() - j->valid_began_s;
    j->n_valid++;
    if (e->best)
        j->now.best_epoch = e->epoch;
    worker_publish_epoch(j->t->session, e, kept);
    j->now.n_epochs_done++;
    j->now.state = SESSION_TRAINING;
    job_estimate(j);
    job_publish(j, NULL, 0);
    return j->writer != NULL ? run_writer_epoch(j->writer, e, err) : ERR_OK;
}

static enum err_code
job_fit(struct job *j, struct fit_result *ret, struct err *err)
{
    const struct train_config *c = j->t->config;
    struct fit_setup setup = { .device = j->device,
                               .sampler = j->sampler,
                               .epochs = c->epochs,
                               .lr = j->now.lr_max,
                               .patience = c->patience,
                               .validate = j->t->plan->n_valid > 0 };
    struct fit_watch watch = { .arg = j,
                               .wish = job_wish,
                               .stepped = fit_heard_steps,
                               .recorded = fit_heard_records,
                               .validating = fit_heard_validating,
                               .epoch = fit_heard_epoch };
    enum err_code rc = fit_run(ret, &setup, &watch, &j->kept, err);

    job_close_device(j);
    j->now.best_epoch = ret->best_epoch;
    j->now.stopped_early = ret->end == FIT_EARLY;
    j->now.no_number = ret->no_number;
    return rc;
}

/* Folder, rate, device: all that comes before the first batch. The folder is first, so
 * that one that cannot be written is known before any work. */
static enum err_code
job_prepare(struct job *j, const char *run_dir, struct err *err)
{
    enum err_code rc = ERR_OK;

    job_fill_info(j);
    if (run_dir != NULL)
        rc = run_writer_new(&j->writer, run_dir, &j->info, err);
    if (rc == ERR_OK && j->now.lr_max == 0) {
        rc = job_find_rate(j, err);
        j->info.lr = j->now.lr_max;
        if (rc == ERR_OK && j->writer != NULL)
            rc = run_writer_info(j->writer, &j->info, err);
    }
    j->now.n_steps = j->t->plan->n_steps;
    j->now.n_epochs = j->t->config->epochs;
    if (rc == ERR_OK)
        job_state(j, SESSION_TRAINING);
    return rc == ERR_OK ? job_open_device(j, false, err) : rc;
}

/* The fit has ended: keep what is to be kept, and say how it went. */
static void
job_finish(struct job *j, const struct fit_result *result, enum err_code rc,
           struct err *err, const char *run_dir)
{
    bool failed = rc != ERR_OK;
    enum run_state state = failed                       ? RUN_FAILED
                           : result->end == FIT_STOPPED ? RUN_STOPPED
                                                        : RUN_DONE;
    struct err save_err;

    if (!failed && result->end == FIT_ABANDONED) {
        job_discard(j, run_dir);
        job_end(j, SESSION_ABANDONED);
        return;
    }
    worker_publish_model(j->t->session, j->kept);
    rc = job_save(j, state, failed ? err->msg : NULL, &save_err);
    if (failed || rc != ERR_OK) {
        job_fail(j, failed ? err : &save_err);
        return;
    }
    job_end(j, state == RUN_STOPPED ? SESSION_STOPPED : SESSION_DONE);
}

struct snapshot
trainer_train(const struct trainer *t, const char *run_dir)
{
    struct job j;
    struct fit_result result;
    struct err err;
    enum err_code rc = job_begin(&j, t, &err);

    if (rc == ERR_OK)
        rc = job_prepare(&j, run_dir, &err);
    if (rc == ERR_OK) {
        rc = job_fit(&j, &result, &err);
        job_finish(&j, &result, rc, &err, run_dir);
    } else {
        job_discard(&j, run_dir);
        if (j.unwanted)
            job_end(&j, SESSION_ABANDONED);
        else
            job_fail(&j, &err);
    }
    job_done(&j);
    return j.now;
}
