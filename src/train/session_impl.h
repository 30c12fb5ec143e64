/*
 * session_impl.h - what both sides of a session touch; for session.c and worker.c only.
 *
 * Everything below `lock` is read and written with the lock held, for a copy or a flag,
 * never across work, allocation or I/O on a file.
 */
#ifndef MLT_TRAIN_SESSION_IMPL_H
#define MLT_TRAIN_SESSION_IMPL_H

#include "src/train/session.h"

#include <pthread.h>
#include <stdbool.h>

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
    bool pause, stop, abandon, look, quit;
    bool told; /* a byte lies in the pipe */
    struct snapshot now;
    struct history history;
    struct finding finding;
    struct epoch_record *epochs; /* (config.epochs) owned */
    struct shared_model *model;  /* held, or NULL */
};

/* With the lock held: a new state, of the next version, and a byte in the pipe. */
void session_set_state(struct session *s, const struct snapshot *now);

/* With the lock held: show another model; returns the old one, to be dropped later. */
struct shared_model *session_swap_model(struct session *s, struct shared_model *new);

/* The worker thread of a session: does its tasks until `quit`. Started by session_new,
 * joined by session_free. */
void *session_worker(void *session);

#endif
