/* yardstick.c - the losses that a model has to beat; see yardstick.h. */
#include "config.h"

#include "ui/tui/yardstick.h"

#include "src/base/mem.h"
#include "src/base/thread.h"
#include "src/base/pool.h"
#include "src/base/sysinfo.h"
#include "src/explore/baseline.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

struct yardstick {
    pthread_t thread;
    bool running; /* thread is to be joined */
    atomic_bool cancel;
    int fd[2];                     /* a byte when there is news */
    const struct ratings *ratings; /* borrowed while running */
    _Atomic double mean, biases;   /* NaN until they are known */
    atomic_bool ended;             /* the thread has nothing more to say */
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

/* Mean squared error over the held-out ratings of the training ratings' mean. */
static double
loss_of_mean(const struct ratings *r)
{
    double sum = 0, mean, loss = 0;

    for (size_t at = 0; at < r->n; at++)
        if (!ratings_held_out(r, at))
            sum += (double)ratings_stars(r, at);
    mean = sum / (double)ratings_n_train(r);
    for (size_t at = 0; at < r->n; at++)
        if (ratings_held_out(r, at)) {
            double off = (double)ratings_stars(r, at) - mean;

            loss += off * off;
        }
    return loss / (double)r->n_held_out;
}

static double
loss_of_biases(const struct ratings *r, const struct baseline *b)
{
    double loss = 0;

    for (uint32_t u = 1; u <= r->n_users; u++)
        for (uint64_t at = r->start[u]; at < r->start[u + 1]; at++)
            if (ratings_held_out(r, at)) {
                double off = (double)ratings_stars(r, at) -
                             baseline_rating(b, u, ratings_item(r, at));

                loss += off * off;
            }
    return loss / (double)r->n_held_out;
}

/* Started by yardstick_start, joined by yardstick_take or yardstick_cancel. */
static void *
find(void *arg)
{
    struct yardstick *y = arg;
    struct pool *pool = NULL;
    struct baseline b;

    atomic_store(&y->mean, loss_of_mean(y->ratings));
    (void)!write(y->fd[1], "", 1);
    if (pool_new(&pool, sysinfo_cpus(), NULL) == ERR_OK &&
        baseline_fit(&b, y->ratings, pool, &y->cancel, NULL) == ERR_OK) {
        atomic_store(&y->biases, loss_of_biases(y->ratings, &b));
        baseline_done(&b);
    }
    pool_free(pool);
    atomic_store(&y->ended, true);
    (void)!write(y->fd[1], "", 1);
    return NULL;
}

/* ---- the screen's side ------------------------------------------------------------
 */

enum err_code
yardstick_start(struct yardstick *y, const struct ratings *r, struct err *err)
{
    int bad;

    if (y->running || r->n_held_out == 0 || ratings_n_train(r) == 0)
        return ERR_OK;
    y->ratings = r;
    atomic_store(&y->cancel, false);
    atomic_store(&y->ended, false);
    atomic_store(&y->mean, NAN);
    atomic_store(&y->biases, NAN);
    bad = thread_start(&y->thread, find, y);
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
yardstick_busy(const struct yardstick *y)
{
    return y->running;
}

static void
join(struct yardstick *y)
{
    char bytes[4];

    pthread_join(y->thread, NULL);
    y->running = false;
    (void)!read(y->fd[0], bytes, sizeof(bytes));
}

bool
yardstick_take(struct yardstick *y, struct yardstick_losses *ret)
{
    char byte;

    if (!y->running || read(y->fd[0], &byte, 1) != 1)
        return false;
    if (atomic_load(&y->ended))
        join(y);
    *ret = (struct yardstick_losses){ atomic_load(&y->mean), atomic_load(&y->biases) };
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
    if (!y->running)
        return;
    yardstick_leave_off(y);
    join(y);
}
