/* synth_file.c - renders a file in blocks, in parallel and in order; see synth_file.h.
 */
#include "config.h"

#include "src/data/synth_file.h"

#include "src/base/mem.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>

/* What the workers share. A worker renders the next block, waits until the blocks
 * before it know their lengths, and then puts its own while others go on. */
struct job {
    const struct synth_file *file;
    const struct synth_world *w;
    const struct synth_watch *watch;
    struct synth_cut cut;
    uint64_t n_blocks;
    struct seat *seats;
    synth_put_fn *put;
    void *put_arg;
    atomic_uint_least64_t next; /* block that nobody has taken yet */
    atomic_bool stop;           /* something failed */
    /* Guards what follows. */
    pthread_mutex_t lock;
    pthread_cond_t turned;
    uint64_t turn; /* block whose place is `offset` */
    uint64_t offset;
    enum err_code rc; /* of the first failure, with its message */
    struct err err;
};

/* A worker's own room. */
struct seat {
    char *out; /* (block_bytes) owned */
    struct synth_choice choice;
};

static uint64_t
block_from(const struct job *j, uint64_t block)
{
    uint64_t row = block * j->cut.block_rows;

    return row < j->cut.n_rows ? row : j->cut.n_rows;
}

static void
fail(struct job *j, enum err_code rc, const struct err *err)
{
    pthread_mutex_lock(&j->lock);
    if (j->rc == ERR_OK) {
        j->rc = rc;
        j->err = *err;
    }
    atomic_store(&j->stop, true);
    pthread_cond_broadcast(&j->turned);
    pthread_mutex_unlock(&j->lock);
}

/* Wait for the block's turn; false when the job has failed meanwhile. */
static bool
take_place(struct job *j, uint64_t block, size_t len, uint64_t *ret_offset)
{
    bool ok;

    pthread_mutex_lock(&j->lock);
    while (j->turn != block && !atomic_load(&j->stop))
        pthread_cond_wait(&j->turned, &j->lock);
    ok = !atomic_load(&j->stop);
    *ret_offset = j->offset;
    if (ok) {
        j->offset += len;
        j->turn++;
        pthread_cond_broadcast(&j->turned);
    }
    pthread_mutex_unlock(&j->lock);
    return ok;
}

static bool
is_cancelled(const struct synth_watch *watch)
{
    return watch != NULL && watch->cancel != NULL && atomic_load(watch->cancel);
}

/* Only the ratings take long enough to be heard of. */
static void
tell_progress(const struct job *j, uint64_t block)
{
    if (j->watch != NULL && j->watch->progress != NULL &&
        j->file == &synth_ratings_file)
        j->watch->progress(j->watch->arg, j->w->start[block_from(j, block + 1)],
                           j->w->opt.n_ratings);
}

/* Run by every worker of the pool; touches its own seat and, under the lock, the job.
 */
static void
work(void *arg, unsigned id, unsigned n)
{
    struct job *j = arg;
    struct seat *seat = &j->seats[id];
    struct err err;
    enum err_code rc = ERR_OK;

    (void)n;
    while (rc == ERR_OK && !atomic_load(&j->stop)) {
        uint64_t block = atomic_fetch_add(&j->next, 1), offset;
        size_t len;

        if (block >= j->n_blocks)
            break;
        if (is_cancelled(j->watch)) {
            rc = err_set(&err, ERR_STATE, "stopped before the data were made");
            break;
        }
        len = j->file->render(j->w, &seat->choice, block_from(j, block),
                              block_from(j, block + 1), seat->out);
        if (!take_place(j, block, len, &offset))
            break;
        rc = j->put(j->put_arg, offset, seat->out, len, &err);
        if (id == 0)
            tell_progress(j, block);
    }
    if (rc != ERR_OK)
        fail(j, rc, &err);
}

static enum err_code
take_seats(struct job *j, unsigned n, struct err *err)
{
    j->seats = mem_new(n, sizeof(*j->seats));
    if (j->seats == NULL)
        return err_nomem(err, n * sizeof(*j->seats), "rendering");
    for (unsigned i = 0; i < n; i++) {
        enum err_code rc =
            synth_choice_init(&j->seats[i].choice, j->w->opt.n_items, err);

        if (rc != ERR_OK)
            return rc;
        j->seats[i].out = mem_new(j->cut.block_bytes, 1);
        if (j->seats[i].out == NULL)
            return err_nomem(err, j->cut.block_bytes, "rendering");
    }
    return ERR_OK;
}

static void
leave_seats(struct job *j, unsigned n)
{
    for (unsigned i = 0; j->seats != NULL && i < n; i++) {
        synth_choice_done(&j->seats[i].choice);
        mem_free(j->seats[i].out);
    }
    mem_free(j->seats);
}

enum err_code
synth_file_render(const struct synth_file *file, const struct synth_world *w,
                  struct pool *pool, const struct synth_watch *watch, synth_put_fn *put,
                  void *arg, uint64_t *ret_bytes, struct err *err)
{
    size_t header = strlen(file->header);
    struct job j = { .file = file, .w = w, .watch = watch, .put = put, .put_arg = arg };
    enum err_code rc;

    j.cut = file->cut(w);
    j.n_blocks = (j.cut.n_rows + j.cut.block_rows - 1) / j.cut.block_rows;
    j.offset = header;
    pthread_mutex_init(&j.lock, NULL);
    pthread_cond_init(&j.turned, NULL);
    rc = take_seats(&j, pool_size(pool), err);
    if (rc == ERR_OK)
        rc = put(arg, 0, file->header, header, err);
    if (rc == ERR_OK) {
        pool_run(pool, work, &j);
        rc = j.rc;
        if (rc != ERR_OK && err != NULL)
            *err = j.err;
    }
    if (rc == ERR_OK)
        *ret_bytes = j.offset;
    leave_seats(&j, pool_size(pool));
    pthread_cond_destroy(&j.turned);
    pthread_mutex_destroy(&j.lock);
    return rc;
}

uint64_t
synth_file_bound(const struct synth_file *file, const struct synth_world *w)
{
    struct synth_cut cut = file->cut(w);
    uint64_t n_blocks = (cut.n_rows + cut.block_rows - 1) / cut.block_rows;

    return strlen(file->header) + n_blocks * cut.block_bytes;
}
