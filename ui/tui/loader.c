/* loader.c - reads data or a run in the background; see loader.h. */
#include "config.h"

#include "ui/tui/loader.h"

#include "src/base/mem.h"
#include "src/base/thread.h"
#include "src/base/pool.h"
#include "src/base/sysinfo.h"
#include "src/data/download.h"
#include "src/data/locate.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define READING (DOWNLOAD_UNPACKING + 1)

struct loader {
    pthread_t thread;
    bool running; /* thread is to be joined */
    atomic_bool cancel;
    _Atomic uint64_t done, total;  /* bytes */
    atomic_int phase;              /* enum download_phase, or READING */
    const struct movielens *fetch; /* to be fetched first, or NULL */
    int fd[2];                     /* a byte when the thread has ended */
    char *word;                    /* owned */
    struct dataset_options opt;
    struct loaded result; /* the thread's until the byte has come */
};

enum err_code
loader_new(struct loader **ret, struct err *err)
{
    struct loader *l = mem_new(1, sizeof(*l));

    if (l == NULL)
        return err_nomem(err, sizeof(*l), "a loader");
    if (pipe2(l->fd, O_CLOEXEC | O_NONBLOCK) != 0) {
        mem_free(l);
        return err_set(err, ERR_IO, "cannot make a pipe: %s", strerror(errno));
    }
    *ret = l;
    return ERR_OK;
}

static void
drop(struct loaded *r)
{
    dataset_free(r->data);
    run_free(r->run);
    audience_free(r->audience);
    titlesearch_free(r->titles);
    *r = (struct loaded){ 0 };
}

void
loader_free(struct loader *l)
{
    if (l == NULL)
        return;
    loader_cancel(l);
    close(l->fd[0]);
    close(l->fd[1]);
    mem_free(l);
}

/* ---- the thread ------------------------------------------------------------------ */

static void
note_progress(void *arg, uint64_t done, uint64_t total)
{
    struct loader *l = arg;

    atomic_store(&l->total, total);
    atomic_store(&l->done, done);
}

/* A path that can only be a run: a folder with run.json, or a model file. */
static bool
is_run_path(const char *word)
{
    const char *dot = strrchr(word, '.');
    char path[4096];
    struct stat st;

    if (dot != NULL && strcmp(dot, ".safetensors") == 0)
        return stat(word, &st) == 0;
    return snprintf(path, sizeof(path), "%s/run.json", word) < (int)sizeof(path) &&
           stat(path, &st) == 0;
}

/* The run that a word means, if it means one: *ret (owned) or NULL. */
static enum err_code
find_run(char **ret, const char *word, struct err *err)
{
    enum err_code rc;

    *ret = NULL;
    if (!is_run_path(word) && locate_is_data(word))
        return ERR_OK;
    rc = runs_resolve(ret, word, err);
    return rc == ERR_NOTFOUND ? ERR_OK : rc;
}

static bool
note_download(void *arg, const struct download_progress *p)
{
    struct loader *l = arg;

    atomic_store(&l->phase, (int)p->phase);
    note_progress(l, p->done, p->total);
    return atomic_load(&l->cancel);
}

/* Bring an archive into the data folder, where its name means it. */
static enum err_code
fetch(struct loader *l, struct err *err)
{
    struct download_options opt = { .progress = note_download, .arg = l };
    struct download_result result = { .folder = NULL };
    enum err_code rc = download_run(&result, l->fetch, &opt, err);

    mem_free(result.folder);
    note_progress(l, 0, 0);
    atomic_store(&l->phase, READING);
    return rc;
}

static enum err_code
load_data(struct loader *l, struct err *err)
{
    struct pool *pool = NULL;
    enum err_code rc = pool_new(&pool, sysinfo_cpus(), err);

    if (rc == ERR_OK)
        rc = locate_load(&l->result.data, l->word, &l->opt, pool, err);
    pool_free(pool);
    return rc;
}

/* Find out once what panels ask again and again. */
static enum err_code
prepare(struct loaded *l, struct err *err)
{
    const struct ratings *r = l->data != NULL ? l->data->ratings : l->run->ratings;
    const struct catalog *c = l->data != NULL ? l->data->catalog : l->run->catalog;
    enum err_code rc = ERR_OK;

    if (r != NULL)
        rc = audience_new(&l->audience, r, err);
    if (rc == ERR_OK && c != NULL)
        rc = titlesearch_new(&l->titles, c, err);
    return rc;
}

/* Started by loader_open, joined by loader_take or loader_cancel. */
static void *
load(void *arg)
{
    struct loader *l = arg;
    struct err *err = &l->result.err;
    char *path = NULL;
    enum err_code rc = l->fetch != NULL ? fetch(l, err) : find_run(&path, l->word, err);

    if (rc == ERR_OK && path != NULL)
        rc = run_open(&l->result.run, path, RUN_METRICS | RUN_MODEL | RUN_RATINGS, err);
    else if (rc == ERR_OK)
        rc = load_data(l, err);
    if (rc == ERR_OK)
        rc = prepare(&l->result, err);
    if (rc != ERR_OK) {
        const struct err why = *err;

        drop(&l->result);
        *err = why;
    }
    err->code = rc;
    mem_free(path);
    (void)!write(l->fd[1], "", 1);
    return NULL;
}

/* ---- the screen's side ------------------------------------------------------------
 */

static enum err_code
begin(struct loader *l, const char *word, const struct movielens *m,
      const struct dataset_options *opt, struct err *err)
{
    int bad;

    if (l->running)
        return err_set(err, ERR_STATE, "'%s' is still being read", l->word);
    l->word = mem_strdup(word);
    if (l->word == NULL)
        return err_nomem(err, strlen(word), "a name");
    l->opt = *opt;
    l->opt.cancel = &l->cancel;
    l->opt.progress = note_progress;
    l->opt.progress_arg = l;
    atomic_store(&l->cancel, false);
    note_progress(l, 0, 0);
    l->fetch = m;
    atomic_store(&l->phase, m != NULL ? DOWNLOAD_CONNECTING : READING);
    bad = thread_start(&l->thread, load, l);
    if (bad != 0) {
        mem_free(l->word);
        l->word = NULL;
        return err_set(err, ERR_NOMEM, "cannot start a thread: %s", strerror(bad));
    }
    l->running = true;
    return ERR_OK;
}

enum err_code
loader_open(struct loader *l, const char *word, const struct dataset_options *opt,
            struct err *err)
{
    return begin(l, word, NULL, opt, err);
}

enum err_code
loader_fetch(struct loader *l, const struct movielens *m,
             const struct dataset_options *opt, struct err *err)
{
    return begin(l, m->name, m, opt, err);
}

const char *
loader_phase(const struct loader *l)
{
    static const char *const name[] = {
        [DOWNLOAD_CONNECTING] = "connecting for",
        [DOWNLOAD_LOADING] = "fetching",
        [DOWNLOAD_CHECKING] = "checking",
        [DOWNLOAD_UNPACKING] = "unpacking",
        [READING] = "reading",
    };

    return name[atomic_load(&l->phase)];
}

bool
loader_busy(const struct loader *l, double *ret_part)
{
    uint64_t total = atomic_load(&l->total);

    *ret_part = total > 0 ? (double)atomic_load(&l->done) / (double)total : NAN;
    return l->running;
}

int
loader_fd(const struct loader *l)
{
    return l->fd[0];
}

static void
join(struct loader *l)
{
    char byte;

    pthread_join(l->thread, NULL);
    (void)!read(l->fd[0], &byte, 1);
    l->running = false;
    mem_free(l->word);
    l->word = NULL;
}

bool
loader_take(struct loader *l, struct loaded *ret)
{
    char byte;

    if (!l->running || read(l->fd[0], &byte, 1) != 1)
        return false;
    join(l);
    *ret = l->result;
    l->result = (struct loaded){ 0 };
    return true;
}

void
loader_cancel(struct loader *l)
{
    if (!l->running)
        return;
    atomic_store(&l->cancel, true);
    join(l);
    drop(&l->result);
}
