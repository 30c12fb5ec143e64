/* job.c - what a session's task holds, how it is told and how it is saved; see job.h.
 */
#include "config.h"

#include "src/train/job.h"

#include "src/base/clock.h"
#include "src/train/eta.h"
#include "src/train/worker.h"

#include <math.h>

/* ---- what is told --------------------------------------------------------------- */

void
job_publish(struct job *j, const struct step *steps, size_t n)
{
    j->now.elapsed_s = clock_now_s() - j->began_s - j->paused_s;
    worker_publish(j->t->session, &j->now, steps, n);
}

void
job_state(struct job *j, enum session_state state)
{
    j->now.state = state;
    job_publish(j, NULL, 0);
}

/* How the task ends. It is told when all is given back. */
void
job_end(struct job *j, enum session_state state)
{
    j->now.state = state;
    j->now.eta_s = 0;
    j->now.elapsed_s = clock_now_s() - j->began_s - j->paused_s;
}

/* The same for one that went wrong. */
void
job_fail(struct job *j, const struct err *err)
{
    j->now.error = *err;
    job_end(j, SESSION_FAILED);
}

enum fit_wish
job_wish(void *arg)
{
    struct job *j = arg;
    double before = clock_now_s();
    enum fit_wish wish = worker_wish(j->t->session);

    j->paused_s += clock_now_s() - before;
    return wish;
}

void
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

void
job_close_device(struct job *j)
{
    if (j->device != NULL)
        j->device->ops->close(j->device);
    j->device = NULL;
    sampler_free(j->sampler);
    j->sampler = NULL;
}

void
job_done(struct job *j)
{
    job_close_device(j);
    shared_model_drop(j->kept);
    run_writer_free(j->writer);
    pool_free(j->pool);
}

/* Threads and initial weights. */
enum err_code
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
enum err_code
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

/* ---- the run folder ------------------------------------------------------------- */

void
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

static enum err_code
job_save_files(struct job *j, struct err *err)
{
    enum err_code rc = run_writer_model(j->writer, shared_model_get(j->kept),
                                        j->t->data->catalog, err);

    return rc == ERR_OK ? run_writer_ratings(j->writer, j->t->data->ratings, err) : rc;
}

enum err_code
job_save(struct job *j, enum run_state state, const char *message, struct err *err)
{
    enum err_code rc, rc_info;

    if (j->writer == NULL)
        return ERR_OK;
    job_state(j, SESSION_SAVING);
    rc = job_save_files(j, err);
    j->info.state = rc == ERR_OK ? state : RUN_FAILED;
    j->info.ended = clock_unix_s();
    j->info.best_epoch = j->now.best_epoch;
    j->info.message = rc == ERR_OK || message != NULL ? message : err->msg;
    /* A disk that has no room for a model may have some for the reason. */
    rc_info = run_writer_info(j->writer, &j->info, rc == ERR_OK ? err : NULL);
    j->info.message = NULL;
    return rc != ERR_OK ? rc : rc_info;
}

/* Nothing is to be kept: the folder goes, which only this run has written into. */
void
job_discard(struct job *j, const char *run_dir)
{
    worker_publish_model(j->t->session, NULL);
    if (j->writer == NULL)
        return;
    run_writer_free(j->writer);
    j->writer = NULL;
    /* If it cannot be removed, it stays behind as a crashed run; `runs` shows it. */
    if (run_remove(run_dir, NULL) != ERR_OK)
        return;
}
