/*
 * job.h - one task of a session's worker: what it holds, tells and saves.
 *
 * A job holds what a task takes and gives it back in one place. At ML-25M's shape the
 * live state, an epoch's order and copies of the weights are the memory of the whole
 * program, so a job never has more than it works with: the initial weights become the
 * first kept ones, the order goes before a validation, the device before the saving.
 * All of it runs in the worker thread.
 */
#ifndef MLT_TRAIN_JOB_H
#define MLT_TRAIN_JOB_H

#include "src/train/fit.h"
#include "src/train/lrfind.h"
#include "src/train/runfolder.h"
#include "src/train/trainer.h"

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

/* Start with threads and initial weights. job_done follows, also after an error. */
ERR_MUST_CHECK enum err_code job_begin(struct job *j, const struct trainer *t,
                                       struct err *err);
void job_done(struct job *j);

/* Open device and sampler of the range test (`finder`), or of the fit, at the initial
 * weights. Errors as sampler_new and the device's open. */
ERR_MUST_CHECK enum err_code job_open_device(struct job *j, bool finder,
                                             struct err *err);
void job_close_device(struct job *j);

/* Tell where the job stands, with the n steps done since; the same with another state.
 */
void job_publish(struct job *j, const struct step *steps, size_t n);
void job_state(struct job *j, enum session_state state);

/* Note how the task ends; it is told by trainer.h's caller, when all is given back. */
void job_end(struct job *j, enum session_state state);
void job_fail(struct job *j, const struct err *err);

/* What the session wants next; sleeps while it is paused. A fit_watch's `wish`. */
enum fit_wish job_wish(void *arg);

/* Estimate the time left, of steps, validations and saving. */
void job_estimate(struct job *j);

/* Describe the run as it begins; needs the session's plan. */
void job_fill_info(struct job *j);

/* Write what was kept, and how the run ended; `message` may be NULL. A run whose model
 * cannot be written has failed; its info says why. Does nothing for a run that is
 * written nowhere. Errors as run_writer_*. */
ERR_MUST_CHECK enum err_code job_save(struct job *j, enum run_state state,
                                      const char *message, struct err *err);

/* Keep nothing: the folder goes, which only this run has written into. */
void job_discard(struct job *j, const char *run_dir);

#endif
