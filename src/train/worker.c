/* worker.c - the worker's side of a session; see worker.h and session_impl.h. */
#include "config.h"

#include "src/train/worker.h"

#include "src/train/session_impl.h"
#include "src/train/trainer.h"

#include <unistd.h>

/* With the lock held: the state has changed; say so, unless an earlier byte has not
 * been read yet. The pipe is empty or has room, so the write cannot block or come
 * short. */
static void
tell(struct session *s)
{
    s->now.version++;
    if (!s->told)
        s->told = write(s->fd[1], "", 1) == 1;
}

void
session_set_state(struct session *s, const struct snapshot *now)
{
    uint64_t version = s->now.version;

    s->now = *now;
    s->now.version = version;
    tell(s);
}

struct shared_model *
session_swap_model(struct session *s, struct shared_model *new)
{
    struct shared_model *old = s->model;

    s->model = new;
    return old;
}

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

bool
worker_looks(struct session *s)
{
    bool look;

    pthread_mutex_lock(&s->lock);
    look = s->look;
    s->look = false;
    pthread_mutex_unlock(&s->lock);
    return look;
}

void
worker_publish(struct session *s, const struct snapshot *now, const struct step *steps,
               size_t n)
{
    pthread_mutex_lock(&s->lock);
    for (size_t i = 0; i < n; i++)
        history_add(&s->history, &steps[i]);
    session_set_state(s, now);
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
    old = session_swap_model(s, shared_model_hold(kept));
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
    session_set_state(s, end);
    pthread_cond_broadcast(&s->idle);
    pthread_mutex_unlock(&s->lock);
}

void *
session_worker(void *arg)
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
