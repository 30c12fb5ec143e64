/* pool.c - a fixed team of threads; see pool.h. */
#include "config.h"

#include "src/base/pool.h"

#include "src/base/mem.h"
#include "src/base/thread.h"

#include <pthread.h>
#include <string.h>

struct pool {
    unsigned n;
    unsigned n_started; /* threads that exist, <= n - 1 */
    pthread_t *threads; /* (n - 1) owned */
    struct seat *seats; /* (n - 1) owned */
    /* Guards everything below; held for a few instructions only. */
    pthread_mutex_t lock;
    pthread_cond_t work;
    pthread_cond_t finished;
    pool_fn *fn; /* the current job */
    void *arg;
    unsigned long job; /* number of the current job */
    unsigned n_busy;   /* workers that have not finished it */
    int quit;
};

struct seat {
    struct pool *pool;
    unsigned id;
};

/* Started by pool_new, joined by pool_free; touches only its pool's job. */
static void *
worker(void *p)
{
    struct seat *seat = p;
    struct pool *pool = seat->pool;
    unsigned long seen = 0;

    pthread_mutex_lock(&pool->lock);
    for (;;) {
        while (pool->job == seen && !pool->quit)
            pthread_cond_wait(&pool->work, &pool->lock);
        if (pool->quit)
            break;
        seen = pool->job;
        pthread_mutex_unlock(&pool->lock);
        pool->fn(pool->arg, seat->id, pool->n);
        pthread_mutex_lock(&pool->lock);
        if (--pool->n_busy == 0)
            pthread_cond_signal(&pool->finished);
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

/* Threads of the engine leave every signal to the face's thread. */
static enum err_code
start_threads(struct pool *p, struct err *err)
{
    int bad = 0;

    while (bad == 0 && p->n_started < p->n - 1) {
        struct seat *seat = &p->seats[p->n_started];

        *seat = (struct seat){ .pool = p, .id = p->n_started + 1 };
        bad = thread_start(&p->threads[p->n_started], worker, seat);
        p->n_started += bad == 0;
    }
    if (bad != 0)
        return err_set(err, ERR_NOMEM,
                       "cannot start thread %u of %u: %s; try --threads 1",
                       p->n_started + 2, p->n, strerror(bad));
    return ERR_OK;
}

enum err_code
pool_new(struct pool **ret, unsigned n, struct err *err)
{
    struct pool *p = mem_new(1, sizeof(*p));
    enum err_code rc;

    if (p == NULL)
        return err_nomem(err, sizeof(*p), "a team of threads");
    p->n = n < 1 ? 1 : n;
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->work, NULL);
    pthread_cond_init(&p->finished, NULL);
    p->threads = mem_new(p->n, sizeof(*p->threads));
    p->seats = mem_new(p->n, sizeof(*p->seats));
    if (p->threads == NULL || p->seats == NULL)
        rc = err_nomem(err, p->n * sizeof(*p->seats), "a team of threads");
    else
        rc = start_threads(p, err);
    if (rc != ERR_OK) {
        pool_free(p);
        return rc;
    }
    *ret = p;
    return ERR_OK;
}

void
pool_free(struct pool *p)
{
    if (p == NULL)
        return;
    pthread_mutex_lock(&p->lock);
    p->quit = 1;
    pthread_cond_broadcast(&p->work);
    pthread_mutex_unlock(&p->lock);
    for (unsigned i = 0; i < p->n_started; i++)
        pthread_join(p->threads[i], NULL);
    pthread_cond_destroy(&p->finished);
    pthread_cond_destroy(&p->work);
    pthread_mutex_destroy(&p->lock);
    mem_free(p->seats);
    mem_free(p->threads);
    mem_free(p);
}

unsigned
pool_size(const struct pool *p)
{
    return p != NULL ? p->n : 1;
}

void
pool_run(struct pool *p, pool_fn *fn, void *arg)
{
    if (pool_size(p) == 1) {
        fn(arg, 0, 1);
        return;
    }
    pthread_mutex_lock(&p->lock);
    p->fn = fn;
    p->arg = arg;
    p->n_busy = p->n - 1;
    p->job++;
    pthread_cond_broadcast(&p->work);
    pthread_mutex_unlock(&p->lock);
    fn(arg, 0, p->n);
    pthread_mutex_lock(&p->lock);
    while (p->n_busy > 0)
        pthread_cond_wait(&p->finished, &p->lock);
    pthread_mutex_unlock(&p->lock);
}
