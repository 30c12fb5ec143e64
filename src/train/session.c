/*
 * session.c - the mailbox between a face and its worker thread; see session.h.
 *
 * Everything both sides touch lies below `lock` in the struct and is read and written
 * with the lock held, for a copy or a flag, never across work, allocation or I/O on a
 * file. What the worker does is trainer.c's.
 */
#include "config.h"

#include "src/train/session.h"

#include "src/base/mem.h"
#include "src/train/trainer.h"
#include "src/train/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum task { TASK_NONE, TASK_FIND, TASK_TRAIN };

struct session {
    /* Written by session_new alone. */
    const struct dataset *data; /* borrowed */
    struct train_config config;
    struct plan plan;
    pthread_t thread; /* started by session_new, joined by session_free */
    bool has_thread;
    int fd[2]; /* the wake pipe: [0] for the face, [1] for the worker */

    pthread_mutex_t lock;
    pthread_cond_t wake; /* to the worker: a task, a command */
    pthread_cond_t idle; /* to session_wait: the task has ended */
    enum task task;      /* what the worker does or is to do */
    char *run_dir;       /* of TASK_TRAIN; owned, or NULL */
    bool pause, stop, abandon, quit;
    bool told; /* a byte lies in the pipe */
    struct snapshot now;
    struct history history;
    struct finding finding;
    struct epoch_record *epochs; /* (config.epochs) owned */
    struct shared_model *model;  /* held, or NULL */
};

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

/* ---- with the lock held --------------------------------------------------------- */

/* The state has changed: say so, unless an earlier byte has not been read yet. The
 * pipe is empty or has room, so the write cannot block or come short. */
static void
tell(struct session *s)
{
    s->now.version++;
    if (!s->told)
        s->told = write(s->fd[1], "", 1) == 1;
}

/* A new state, of the next version. */
static void
set_state(struct session *s, const struct snapshot *now)
{
    uint64_t version = s->now.version;

    s->now = *now;
    s->now.version = version;
    tell(s);
}

static struct shared_model *
swap_model(struct session *s, struct shared_model *new)
{
    struct shared_model *old = s->model;

    s->model = new;
    return old;
}

/* ---- the worker's side ---------------------------------------------------------- */

enum fit_wish
worker_wish(struct session *s)
{
    enum session_state before;
    enum fit_wish wish;

    pthread_mutex_lock(&s->lock);
    before = s->now.state;
    while (s->pause && !s->stop && !s->abandon) {
        if (s->now.state != SESSION_PAUSED) {
            s->now.state = SESSION_PAUSED;
            tell(s);
        }
        pthread_cond_wait(&s->wake, &s->lock);
    }
    if (s->now.state != before) {
        s->now.state = before;
        tell(s);
    }
    wish = s->abandon ? FIT_ABANDON : s->stop ? FIT_STOP : FIT_GO_ON;
    pthread_mutex_unlock(&s->lock);
    return wish;
}

void
worker_publish(struct session *s, const struct snapshot *now, const struct step *steps,
               size_t n)
{
    pthread_mutex_lock(&s->lock);
    for (size_t i = 0; i < n; i++)
        history_add(&s->history, &steps[i]);
    set_state(s, now);
    pthread_mutex_unlock(&s->lock);
}

void
worker_publish_epoch(struct session *s, const struct epoch_record *e,
                     struct shared_model *kept)
{
    pthread_mutex_lock(&s->lock);
    s->epochs[s->now.n_epochs_done++] = *e;
    pthread_mutex_unlock(&s->lock);
    worker_publish_model(s, kept);
}

void
worker_publish_model(struct session *s, struct shared_model *kept)
{
    struct shared_model *old;

    pthread_mutex_lock(&s->lock);
    old = swap_model(s, shared_model_hold(kept));
    tell(s);
    pthread_mutex_unlock(&s->lock);
    shared_model_drop(old);
}

void
worker_publish_finding(struct session *s, const struct finding *f)
{
    pthread_mutex_lock(&s->lock);
    s->finding = *f;
    tell(s);
    pthread_mutex_unlock(&s->lock);
}

/* Sleep until there is a task; TASK_NONE when the session ends. */
static enum task
next_task(struct session *s)
{
    enum task task;

    pthread_mutex_lock(&s->lock);
    while (s->task == TASK_NONE && !s->quit)
        pthread_cond_wait(&s->wake, &s->lock);
    task = s->quit ? TASK_NONE : s->task;
    pthread_mutex_unlock(&s->lock);
    return task;
}

/* The last state and the end of the task are one step: who sees the one may begin the
 * next task. */
static void
task_ended(struct session *s, const struct snapshot *end)
{
    pthread_mutex_lock(&s->lock);
    s->task = TASK_NONE;
    set_state(s, end);
    pthread_cond_broadcast(&s->idle);
    pthread_mutex_unlock(&s->lock);
}

static void *
worker(void *arg)
{
    struct session *s = arg;
    struct trainer t = {
        .session = s, .data = s->data, .config = &s->config, .plan = &s->plan
    };
    struct snapshot end;

    for (;;) {
        switch (next_task(s)) {
        case TASK_NONE:
            return NULL;
        case TASK_FIND:
            end = trainer_find(&t);
            break;
        case TASK_TRAIN:
            end = trainer_train(&t, s->run_dir);
            break;
        }
        task_ended(s, &end);
    }
}

/* ---- life ----------------------------------------------------------------------- */

/* The worker leaves every signal to the face's thread. */
static enum err_code
start_worker(struct session *s, struct err *err)
{
    sigset_t all, old;
    int bad;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old);
    bad = pthread_create(&s->thread, NULL, worker, s);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
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

/* ---- the face's side: commands -------------------------------------------------- */

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
        s->pause = s->stop = s->abandon = false;
        if (task == TASK_TRAIN) {
            s->history = (struct history){ 0 };
            old = swap_model(s, NULL);
        }
        set_state(s, &first);
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

/* ---- the face's side: reading --------------------------------------------------- */

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
    struct timespec until;
    bool idle;
    int rc = 0;

    clock_gettime(CLOCK_MONOTONIC, &until);
    if (timeout_s >= 0) {
        double whole = (double)(time_t)timeout_s;
        long ns = until.tv_nsec + (long)((timeout_s - whole) * 1e9);

        until.tv_sec += (time_t)timeout_s + ns / 1000000000;
        until.tv_nsec = ns % 1000000000;
    }
    pthread_mutex_lock(&s->lock);
    while (s->task != TASK_NONE && rc != ETIMEDOUT)
        rc = timeout_s < 0 ? pthread_cond_wait(&s->idle, &s->lock)
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
