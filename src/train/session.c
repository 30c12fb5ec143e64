/*
 * session.c - the face's side of a session; see session.h. The worker's is worker.c,
 * and what a task does is trainer.c's.
 */
#include "config.h"

#include "src/train/session.h"

#include "src/base/mem.h"
#include "src/base/thread.h"
#include "src/train/session_impl.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define FOR_EVER_S 1e9 /* 31 years, and far from what a time_t cannot hold */

const char *
session_state_text(enum session_state state)
{
    static const char *const text[] = {
        [SESSION_IDLE] = "idle",
        [SESSION_FINDING] = "finding the learning rate",
        [SESSION_TRAINING] = "training",
        [SESSION_PAUSED] = "paused",
        [SESSION_VALIDATING] = "validating",
        [SESSION_SAVING] = "saving",
        [SESSION_DONE] = "done",
        [SESSION_STOPPED] = "stopped",
        [SESSION_ABANDONED] = "abandoned",
        [SESSION_FAILED] = "failed",
    };

    return text[state];
}

/* The worker leaves every signal to the face's thread. */
static enum err_code
start_worker(struct session *s, struct err *err)
{
    int bad = thread_start(&s->thread, session_worker, s);

    if (bad != 0)
        return err_set(err, ERR_NOMEM, "cannot start the training thread: %s",
                       strerror(bad));
    s->has_thread = true;
    return ERR_OK;
}

static void
init_locks(struct session *s)
{
    pthread_condattr_t monotonic;

    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->wake, NULL);
    pthread_cond_init(&s->idle, &monotonic);
    pthread_condattr_destroy(&monotonic);
}

enum err_code
session_new(struct session **ret, const struct dataset *d,
            const struct train_config *config, struct err *err)
{
    struct session *s = mem_new(1, sizeof(*s));
    enum err_code rc;

    if (s == NULL)
        return err_nomem(err, sizeof(*s), "a session");
    s->data = d;
    s->config = *config;
    s->fd[0] = s->fd[1] = -1;
    init_locks(s);
    rc = plan_make(&s->plan, config, d->ratings, err);
    if (rc == ERR_OK)
        rc = plan_check_memory(&s->plan, err);
    if (rc == ERR_OK) {
        s->epochs = mem_new(config->epochs, sizeof(*s->epochs));
        if (s->epochs == NULL)
            rc = err_nomem(err, config->epochs * sizeof(*s->epochs), "a session");
    }
    if (rc == ERR_OK && pipe2(s->fd, O_CLOEXEC | O_NONBLOCK) != 0)
        rc = err_set(err, ERR_IO, "cannot make a pipe: %s", strerror(errno));
    if (rc == ERR_OK)
        rc = start_worker(s, err);
    if (rc != ERR_OK) {
        session_free(s);
        return rc;
    }
    *ret = s;
    return ERR_OK;
}

void
session_free(struct session *s)
{
    if (s == NULL)
        return;
    if (s->has_thread) {
        pthread_mutex_lock(&s->lock);
        s->quit = s->abandon = true;
        pthread_cond_broadcast(&s->wake);
        pthread_mutex_unlock(&s->lock);
        pthread_join(s->thread, NULL);
    }
    for (int i = 0; i < 2; i++)
        if (s->fd[i] >= 0)
            close(s->fd[i]);
    shared_model_drop(s->model);
    pthread_cond_destroy(&s->idle);
    pthread_cond_destroy(&s->wake);
    pthread_mutex_destroy(&s->lock);
    mem_free(s->epochs);
    mem_free(s->run_dir);
    mem_free(s);
}

static enum err_code
begin(struct session *s, enum task task, char *run_dir, struct err *err)
{
    struct shared_model *old = NULL;
    enum err_code rc = ERR_OK;

    pthread_mutex_lock(&s->lock);
    if (s->task != TASK_NONE) {
        rc = err_set(err, ERR_STATE, "already %s", session_state_text(s->now.state));
    } else {
        struct snapshot first = { .state = task == TASK_FIND ? SESSION_FINDING
                                                             : SESSION_TRAINING };
        char *old_dir = s->run_dir;

        s->run_dir = run_dir;
        run_dir = old_dir;
        s->task = task;
        s->pause = s->stop = s->abandon = s->look = false;
        if (task == TASK_TRAIN) {
            s->history = (struct history){ 0 };
            old = session_swap_model(s, NULL);
        }
        session_set_state(s, &first);
        pthread_cond_broadcast(&s->wake);
    }
    pthread_mutex_unlock(&s->lock);
    shared_model_drop(old);
    mem_free(run_dir);
    return rc;
}

enum err_code
session_train(struct session *s, const char *run_dir, struct err *err)
{
    char *copy = NULL;

    if (run_dir != NULL) {
        copy = mem_strdup(run_dir);
        if (copy == NULL)
            return err_nomem(err, strlen(run_dir) + 1, "the run's path");
    }
    return begin(s, TASK_TRAIN, copy, err);
}

enum err_code
session_find_lr(struct session *s, struct err *err)
{
    return begin(s, TASK_FIND, NULL, err);
}

/* Set a flag for the worker, if it has a task. */
static void
command(struct session *s, bool *flag, bool value)
{
    pthread_mutex_lock(&s->lock);
    if (s->task != TASK_NONE) {
        *flag = value;
        pthread_cond_broadcast(&s->wake);
    }
    pthread_mutex_unlock(&s->lock);
}

void
session_pause(struct session *s)
{
    command(s, &s->pause, true);
}

void
session_resume(struct session *s)
{
    command(s, &s->pause, false);
}

void
session_stop(struct session *s)
{
    command(s, &s->stop, true);
}

void
session_abandon(struct session *s)
{
    command(s, &s->abandon, true);
}

void
session_look(struct session *s)
{
    command(s, &s->look, true);
}

const struct plan *
session_plan(const struct session *s)
{
    return &s->plan;
}

int
session_fd(const struct session *s)
{
    return s->fd[0];
}

void
session_snapshot(struct session *s, struct snapshot *ret)
{
    char byte;

    pthread_mutex_lock(&s->lock);
    if (s->told)
        s->told = read(s->fd[0], &byte, 1) != 1;
    *ret = s->now;
    pthread_mutex_unlock(&s->lock);
}

bool
session_wait(struct session *s, double timeout_s)
{
    const bool for_ever = !(timeout_s >= 0 && timeout_s <= FOR_EVER_S);
    struct timespec until;
    bool idle;
    int rc = 0;

    clock_gettime(CLOCK_MONOTONIC, &until);
    if (!for_ever) {
        double whole = (double)(time_t)timeout_s;
        long ns = until.tv_nsec + (long)((timeout_s - whole) * 1e9);

        until.tv_sec += (time_t)timeout_s + ns / 1000000000;
        until.tv_nsec = ns % 1000000000;
    }
    pthread_mutex_lock(&s->lock);
    while (s->task != TASK_NONE && rc != ETIMEDOUT)
        rc = for_ever ? pthread_cond_wait(&s->idle, &s->lock)
                      : pthread_cond_timedwait(&s->idle, &s->lock, &until);
    idle = s->task == TASK_NONE;
    pthread_mutex_unlock(&s->lock);
    return idle;
}

size_t
session_epochs(struct session *s, size_t first, struct epoch_record *ret, size_t n)
{
    size_t have;

    pthread_mutex_lock(&s->lock);
    have = s->now.n_epochs_done > first ? s->now.n_epochs_done - first : 0;
    if (n > have)
        n = have;
    if (n > 0)
        memcpy(ret, s->epochs + first, n * sizeof(*ret));
    pthread_mutex_unlock(&s->lock);
    return n;
}

void
session_history(struct session *s, struct history *ret)
{
    pthread_mutex_lock(&s->lock);
    *ret = s->history;
    pthread_mutex_unlock(&s->lock);
}

void
session_finding(struct session *s, struct finding *ret)
{
    pthread_mutex_lock(&s->lock);
    *ret = s->finding;
    pthread_mutex_unlock(&s->lock);
}

struct shared_model *
session_model(struct session *s)
{
    struct shared_model *m;

    pthread_mutex_lock(&s->lock);
    m = shared_model_hold(s->model);
    pthread_mutex_unlock(&s->lock);
    return m;
}
