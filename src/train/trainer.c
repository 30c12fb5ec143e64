/*
 * trainer.c - a range test, or a whole training run; see trainer.h.
 *
 * What comes in which order, and what ends it; job.h has what each step takes.
 */
#include "config.h"

#include "src/train/trainer.h"

#include "src/base/clock.h"
#include "src/train/job.h"
#include "src/train/worker.h"

#include <math.h>

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

static bool
fit_is_looked_at(void *arg)
{
    struct job *j = arg;

    return worker_looks(j->t->session);
}

static void
fit_was_seen(void *arg, struct shared_model *now)
{
    struct job *j = arg;

    worker_publish_model(j->t->session, now);
    shared_model_drop(now);
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
                               .looks = fit_is_looked_at,
                               .seen = fit_was_seen,
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

/* A disk that is too full is known before the work. It may have room by its end, so
 * that is no error yet. */
static void
job_check_room(struct job *j)
{
    const struct dataset *d = j->t->data;
    struct err said;

    if (j->writer != NULL &&
        run_writer_check_room(j->writer, d->catalog, j->t->config->factors, d->ratings,
                              &said) != ERR_OK)
        j->now.no_room = said;
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
    job_check_room(j);
    if (rc == ERR_OK)
        job_state(j, SESSION_TRAINING);
    return rc == ERR_OK ? job_open_device(j, false, err) : rc;
}

/* What went wrong, and what went wrong with saving after it. */
static void
add_reason(struct err *err, const struct err *save_err)
{
    const struct err first = *err;

    err_set(err, first.code, "%s; saving the run failed, too: %s", first.msg,
            save_err->msg);
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
    if (failed && rc != ERR_OK)
        add_reason(err, &save_err);
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
