/* yardstick.c - the losses that a model has to beat; see yardstick.h. */
#include "config.h"

#include "ui/tui/yardstick.h"

#include "src/base/mem.h"
#include "src/base/pool.h"
#include "src/base/sysinfo.h"
#include "src/explore/baseline.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

struct yardstick {
    pthread_t thread;
    bool running; /* thread is to be joined */
    atomic_bool cancel;
    int fd[2];                      /* a byte when the thread has ended */
    const struct ratings *ratings;  /* borrowed while running */
    struct yardstick_losses losses; /* the thread's until the byte has come */
};

enum err_code
yardstick_new(struct yardstick **ret, struct err *err)
{
    struct yardstick *y = mem_new(1, sizeof(*y));

    if (y == NULL)
        return err_nomem(err, sizeof(*y), "baselines");
    if (pipe2(y->fd, O_CLOEXEC | O_NONBLOCK) != 0) {
        mem_free(y);
        return err_set(err, ERR_IO, "cannot make a pipe: %s", strerror(errno));
    }
    *ret = y;
    return ERR_OK;
}

void
yardstick_free(struct yardstick *y)
{
    if (y == NULL)
        return;
    yardstick_cancel(y);
    close(y->fd[0]);
    close(y->fd[1]);
    mem_free(y);
}

/* ---- the thread ------------------------------------------------------------------ */

static struct yardstick_losses
measure(const struct ratings *r, const struct baseline *b)
{
    double mean = 0, biases = 0;

    for (uint32_t u = 1; u <= r->n_users; u++)
        for (uint64_t at = r->start[u]; at < r->start[u + 1]; at++) {
            double given = (double)ratings_stars(r, at), off;

            if (!ratings_held_out(r, at))
                continue;
            mean += (given - b->mean) * (given - b->mean);
            off = given - baseline_rating(b, u, ratings_item(r, at));
            biases += off * off;
        }
    return (struct yardstick_losses){ mean / (double)r->n_held_out,
                                      biases / (double)r->n_held_out };
}

/* Started by yardstick_start, joined by yardstick_take or yardstick_cancel. */
static void *
find(void *arg)
{
    struct yardstick *y = arg;
    struct pool *pool = NULL;
    struct baseline b;

    y->losses = (struct yardstick_losses){ NAN, NAN };
    if (pool_new(&pool, sysinfo_cpus(), NULL) == ERR_OK &&
        baseline_fit(&b, y->ratings, pool, &y->cancel, NULL) == ERR_OK) {
        y->losses = measure(y->ratings, &b);
        baseline_done(&b);
    }
    pool_free(pool);
    (void)!write(y->fd[1], "", 1);
    return NULL;
}

/* ---- the screen's side ------------------------------------------------------------
 */

enum err_code
yardstick_start(struct yardstick *y, const struct ratings *r, struct err *err)
{
    sigset_t all, old;
    int bad;

    if (y->running || r->n_held_out == 0 || ratings_n_train(r) == 0)
        return ERR_OK;
    y->ratings = r;
    atomic_store(&y->cancel, false);
    sigfillset(&all); /* signals are the screen's */
    pthread_sigmask(SIG_SETMASK, &all, &old);
    bad = pthread_create(&y->thread, NULL, find, y);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    if (bad != 0)
        return err_set(err, ERR_NOMEM, "cannot start a thread: %s", strerror(bad));
    y->running = true;
    return ERR_OK;
}

int
yardstick_fd(const struct yardstick *y)
{
    return y->fd[0];
}

bool
yardstick_take(struct yardstick *y, struct yardstick_losses *ret)
{
    char byte;

    if (!y->running || read(y->fd[0], &byte, 1) != 1)
        return false;
    pthread_join(y->thread, NULL);
    y->running = false;
    *ret = y->losses;
    return true;
}

void
yardstick_leave_off(struct yardstick *y)
{
    atomic_store(&y->cancel, true);
}

void
yardstick_cancel(struct yardstick *y)
{
    char byte;

    if (!y->running)
        return;
    yardstick_leave_off(y);
    pthread_join(y->thread, NULL);
    y->running = false;
    (void)!read(y->fd[0], &byte, 1);
}
