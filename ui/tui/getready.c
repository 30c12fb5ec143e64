/* getready.c - gets models ready in the background; see getready.h. */
#include "config.h"

#include "ui/tui/getready.h"

#include "src/base/mem.h"
#include "src/base/thread.h"
#include "src/explore/blas.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

struct getready {
    pthread_t thread;
    bool running; /* thread is to be joined */
    int fd[2];    /* a byte when the thread has ended */
    const struct model *model;
    const struct catalog *catalog;
    const struct ratings *ratings;
    const struct audience *audience;
    struct shared_model *hold;
    struct shown *made; /* the thread's, as err, until the byte has come */
    struct err err;
};

enum err_code
getready_new(struct getready **ret, struct err *err)
{
    struct getready *g = mem_new(1, sizeof(*g));

    if (g == NULL)
        return err_nomem(err, sizeof(*g), "what gets models ready");
    if (pipe2(g->fd, O_CLOEXEC | O_NONBLOCK) != 0) {
        mem_free(g);
        return err_set(err, ERR_IO, "cannot make a pipe: %s", strerror(errno));
    }
    *ret = g;
    return ERR_OK;
}

void
getready_free(struct getready *g)
{
    if (g == NULL)
        return;
    getready_cancel(g);
    close(g->fd[0]);
    close(g->fd[1]);
    mem_free(g);
}

/* Started by getready_begin, joined by getready_take or getready_cancel. */
static void *
make(void *arg)
{
    struct getready *g = arg;

    if (blas_prepare(2, &g->err) != ERR_OK) /* this thread and the screen's */
        shared_model_drop(g->hold);
    else if (shown_new(&g->made, g->model, g->catalog, g->ratings, g->audience, g->hold,
                       &g->err) != ERR_OK)
        g->made = NULL;
    (void)!write(g->fd[1], "", 1);
    return NULL;
}

enum err_code
getready_begin(struct getready *g, const struct model *m, const struct catalog *c,
               const struct ratings *r, const struct audience *a,
               struct shared_model *hold, struct err *err)
{
    int bad;

    if (g->running) {
        shared_model_drop(hold);
        return err_set(err, ERR_STATE, "a model is being made ready");
    }
    g->model = m;
    g->catalog = c;
    g->ratings = r;
    g->audience = a;
    g->hold = hold;
    bad = thread_start(&g->thread, make, g);
    if (bad != 0) {
        shared_model_drop(hold);
        return err_set(err, ERR_NOMEM, "cannot start a thread: %s", strerror(bad));
    }
    g->running = true;
    return ERR_OK;
}

bool
getready_busy(const struct getready *g)
{
    return g->running;
}

int
getready_fd(const struct getready *g)
{
    return g->fd[0];
}

static struct shown *
join(struct getready *g)
{
    struct shown *made;
    char byte;

    pthread_join(g->thread, NULL);
    (void)!read(g->fd[0], &byte, 1);
    g->running = false;
    made = g->made;
    g->made = NULL;
    return made;
}

bool
getready_take(struct getready *g, struct shown **ret, struct err *err)
{
    char byte;

    if (!g->running || read(g->fd[0], &byte, 1) != 1)
        return false;
    *ret = join(g);
    if (*ret == NULL)
        *err = g->err;
    return true;
}

void
getready_cancel(struct getready *g)
{
    if (g->running)
        shown_free(join(g));
}
