/*
 * intake.c - parallel reading of a ratings file; see intake.h.
 *
 * Workers take blocks from the source in file order. What a block held is copied out of
 * the worker's scratch into a slab, a few MiB that hold pieces of one worker and go
 * back to the system when the last of them is dropped. Rejects are put in file order as
 * soon as all blocks before theirs are read, so that only the first are ever kept.
 */
#include "config.h"

#include "src/data/intake.h"

#include "src/base/mem.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#define SLAB_BYTES ((size_t)4 << 20)

struct slab {
    size_t used; /* bytes, this struct included */
    atomic_uint n_pieces;
};

/* Faults of a piece until all pieces before it are read. */
struct waiting {
    struct row_fault *fault; /* (n) owned */
    size_t n;
    bool done;
};

/* One reading of the file. The lock guards what follows it. */
struct reading {
    struct intake *in;
    struct source *src;
    const struct intake_options *opt;
    bool side_done;
    atomic_bool stop;
    atomic_uint_fast64_t bytes_done;
    pthread_mutex_t lock;
    struct waiting *waiting; /* (n_pieces) owned */
    size_t next;             /* pieces before this one are in order */
    uint64_t n_lines;        /* of those pieces */
    enum err_code rc;        /* the first error */
    struct err err;
};

void
intake_drop(struct piece *p)
{
    struct slab *slab = p->slab;

    p->run = NULL;
    p->film = p->rejected = NULL;
    p->code = NULL;
    p->stars = NULL;
    p->slab = NULL;
    if (slab != NULL && atomic_fetch_sub(&slab->n_pieces, 1) == 1)
        mem_free(slab);
}

/* Forget what was read. */
static void
forget(struct intake *in)
{
    for (size_t i = 0; in->piece != NULL && i < in->n_pieces; i++)
        intake_drop(&in->piece[i]);
    for (unsigned i = 0; in->reader != NULL && i < in->n_readers; i++)
        rows_done(&in->reader[i]);
    mem_free(in->piece);
    mem_free(in->reader);
    mem_free(in->reject);
    *in = (struct intake){ .layout = in->layout };
}

void
intake_free(struct intake *in)
{
    if (in == NULL)
        return;
    forget(in);
    mem_free(in);
}

/* Space of n * size bytes at the end of a slab that has it. */
static void *
slab_take(struct slab *slab, size_t n, size_t size)
{
    char *p = (char *)slab + slab->used;

    slab->used += (n * size + 15) & ~(size_t)15;
    return p;
}

/* The slab, or a new one where it has not room for so many bytes; NULL: no memory. */
static struct slab *
slab_with_room(struct slab *slab, size_t bytes)
{
    if (slab != NULL && slab->used + bytes <= SLAB_BYTES)
        return slab;
    slab = mem_new(SLAB_BYTES, 1);
    if (slab != NULL)
        slab->used = (sizeof(*slab) + 15) & ~(size_t)15;
    return slab;
}

static void *
slab_copy(struct slab *slab, const void *from, size_t n, size_t size)
{
    return memcpy(slab_take(slab, n, size), from, n * size);
}

/* Copy what a reader has of a block into its slab. */
static enum err_code
pack(struct piece *p, const struct rows *r, struct slab **slab, struct err *err)
{
    size_t n_rejected = r->keep_fault_rows ? r->n_rejected : 0;
    size_t bytes = r->n * (sizeof(*r->film) + sizeof(*r->stars)) +
                   r->n_runs * sizeof(*r->run) + n_rejected * sizeof(uint32_t) + 4 * 16;
    struct slab *to = slab_with_room(*slab, bytes);

    if (to == NULL)
        return err_nomem(err, SLAB_BYTES, "ratings while they are read");
    *slab = p->slab = to;
    atomic_fetch_add(&to->n_pieces, 1);
    p->n = (uint32_t)r->n;
    p->n_runs = (uint32_t)r->n_runs;
    p->n_lines = r->n_lines;
    p->n_rows = r->n_rows;
    p->n_rejected = r->n_rejected;
    p->run = slab_copy(to, r->run, r->n_runs, sizeof(*r->run));
    p->film = slab_copy(to, r->film, r->n, sizeof(*r->film));
    if (r->code != NULL)
        p->code = slab_copy(to, r->code, r->n, sizeof(*r->code));
    else
        p->stars = slab_copy(to, r->stars, r->n, sizeof(*r->stars));
    if (n_rejected > 0)
        p->rejected = slab_copy(to, r->fault_row, n_rejected, sizeof(uint32_t));
    return ERR_OK;
}

/* Append the faults of the next piece to the rejects. Under the lock. */
static void
settle_faults(struct reading *rd, const struct waiting *w)
{
    struct intake *in = rd->in;

    for (size_t i = 0; i < w->n && in->n_kept < REJECTS_KEPT; i++) {
        struct reject *to = &in->reject[in->n_kept++];

        to->file = source_name(rd->src);
        to->line = rd->n_lines + w->fault[i].line + 1;
        to->column = w->fault[i].fault.column;
        memcpy(to->reason, w->fault[i].fault.reason, sizeof(to->reason));
    }
}

/* Hand over a piece; those whose turn it is are put in order. */
static enum err_code
hand_over(struct reading *rd, size_t number, struct rows *r, struct err *err)
{
    struct waiting *w = &rd->waiting[number];
    enum err_code rc = ERR_OK;

    if (r->n_faults > 0) {
        w->fault = mem_new(r->n_faults, sizeof(*w->fault));
        if (w->fault == NULL)
            return err_nomem(err, r->n_faults * sizeof(*w->fault), "rejected rows");
        memcpy(w->fault, r->fault, r->n_faults * sizeof(*w->fault));
        w->n = r->n_faults;
    }
    pthread_mutex_lock(&rd->lock);
    w->done = true;
    while (rd->next < rd->in->n_pieces && rd->waiting[rd->next].done) {
        struct waiting *first = &rd->waiting[rd->next];

        settle_faults(rd, first);
        mem_free(first->fault);
        first->fault = NULL;
        rd->n_lines += rd->in->piece[rd->next++].n_lines;
    }
    if (rd->in->n_kept == REJECTS_KEPT)
        r->keep_faults = 0;
    pthread_mutex_unlock(&rd->lock);
    return rc;
}

static void
fail(struct reading *rd, enum err_code rc, const struct err *err)
{
    pthread_mutex_lock(&rd->lock);
    if (rd->rc == ERR_OK) {
        rd->rc = rc;
        rd->err = *err;
    }
    pthread_mutex_unlock(&rd->lock);
    atomic_store(&rd->stop, true);
}

/* Read one block; *ret_end at the end of the file. */
static enum err_code
read_block(struct reading *rd, struct rows *r, struct block *b, struct slab **slab,
           bool *ret_end, struct err *err)
{
    struct piece *p;
    enum err_code rc = source_next(rd->src, b, err);

    if (rc != ERR_OK)
        return rc;
    *ret_end = b->n_bytes == 0;
    if (*ret_end)
        return ERR_OK;
    rc = rows_read(r, b->text, b->len, b->first, err);
    if (rc != ERR_OK)
        return rc;
    p = &rd->in->piece[b->number];
    p->reader = (unsigned)(r - rd->in->reader);
    p->hash = b->hash;
    rc = pack(p, r, slab, err);
    if (rc == ERR_OK)
        rc = hand_over(rd, b->number, r, err);
    atomic_fetch_add(&rd->bytes_done, b->n_bytes);
    return rc;
}

static enum err_code
check_cancel(const struct reading *rd, struct err *err)
{
    if (rd->opt->cancel != NULL && atomic_load(rd->opt->cancel))
        return err_set(err, ERR_STATE, "reading %s was stopped", source_name(rd->src));
    return ERR_OK;
}

/* Blocks until the end, an error or a reason to begin again. */
static enum err_code
read_blocks(struct reading *rd, unsigned id, struct rows *r, struct err *err)
{
    struct block b;
    struct slab *slab = NULL;
    bool end = false;
    enum err_code rc = block_init(&b, err);

    while (rc == ERR_OK && !end && !atomic_load(&rd->stop)) {
        rc = read_block(rd, r, &b, &slab, &end, err);
        if (rc == ERR_OK)
            rc = check_cancel(rd, err);
        if (r->found_text[0] || r->found_text[1] || r->found_many_stars)
            atomic_store(&rd->stop, true);
        if (id == 0 && rd->opt->progress != NULL)
            rd->opt->progress(rd->opt->progress_arg, atomic_load(&rd->bytes_done),
                              source_size(rd->src));
    }
    block_done(&b);
    return rc;
}

/* A worker of intake_read: touches its own reader, its pieces, and under the lock the
 * order of rejects. */
static void
work(void *arg, unsigned id, unsigned n)
{
    struct reading *rd = arg;
    struct rows *r = &rd->in->reader[id];
    struct err err = { 0 };
    enum err_code rc;

    if (id == n - 1 && !rd->side_done && rd->opt->side != NULL)
        rd->opt->side(rd->opt->side_arg);
    rc = rows_init(r, &rd->in->layout, REJECTS_KEPT, rd->opt->keep_rejected_rows, &err);
    if (rc == ERR_OK)
        rc = read_blocks(rd, id, r, &err);
    if (rc != ERR_OK)
        fail(rd, rc, &err);
}

/* What the readers found that needs another reading. */
static bool
must_read_again(struct intake *in)
{
    bool again = false;

    for (unsigned i = 0; i < in->n_readers; i++) {
        struct rows *r = &in->reader[i];

        for (int c = 0; c < 2; c++)
            in->layout.text[c] |= r->found_text[c];
        in->layout.float_stars |= r->found_many_stars;
        again |= r->found_text[0] || r->found_text[1] || r->found_many_stars;
    }
    return again;
}

static enum err_code
make_room(struct reading *rd, struct pool *pool, struct err *err)
{
    struct intake *in = rd->in;

    in->n_readers = pool_size(pool);
    in->n_pieces = (size_t)source_n_blocks(rd->src);
    in->reader = mem_new(in->n_readers, sizeof(*in->reader));
    in->piece = mem_new(in->n_pieces, sizeof(*in->piece));
    in->reject = mem_new(REJECTS_KEPT, sizeof(*in->reject));
    rd->waiting = mem_new(in->n_pieces, sizeof(*rd->waiting));
    if (in->reader == NULL || in->piece == NULL || in->reject == NULL ||
        rd->waiting == NULL)
        return err_nomem(err, in->n_pieces * sizeof(*in->piece), "reading ratings");
    return ERR_OK;
}

static void
count(struct intake *in)
{
    for (size_t i = 0; i < in->n_pieces; i++) {
        in->n += in->piece[i].n;
        in->n_rows += in->piece[i].n_rows;
        in->n_rejected += in->piece[i].n_rejected;
    }
}

static enum err_code
read_once(struct reading *rd, struct pool *pool, bool *ret_again, struct err *err)
{
    struct intake *in = rd->in;
    enum err_code rc;

    forget(in);
    source_rewind(rd->src);
    atomic_store(&rd->stop, false);
    atomic_store(&rd->bytes_done, 0);
    rd->next = 0;
    rd->n_lines = 0;
    rc = make_room(rd, pool, err);
    if (rc == ERR_OK) {
        pool_run(pool, work, rd);
        rd->side_done = true;
        rc = rd->rc;
        if (rc != ERR_OK && err != NULL)
            *err = rd->err;
    }
    for (size_t i = 0; rd->waiting != NULL && i < in->n_pieces; i++)
        mem_free(rd->waiting[i].fault);
    mem_free(rd->waiting);
    rd->waiting = NULL;
    *ret_again = rc == ERR_OK && must_read_again(in);
    return rc;
}

enum err_code
intake_read(struct intake **ret, struct source *src, const struct layout *layout,
            const struct intake_options *opt, struct pool *pool, struct err *err)
{
    struct intake *in = mem_new(1, sizeof(*in));
    struct reading rd = { .in = in, .src = src, .opt = opt };
    bool again = true;
    enum err_code rc = ERR_OK;

    if (in == NULL)
        return err_nomem(err, sizeof(*in), "reading ratings");
    in->layout = *layout;
    pthread_mutex_init(&rd.lock, NULL);
    while (rc == ERR_OK && again)
        rc = read_once(&rd, pool, &again, err);
    pthread_mutex_destroy(&rd.lock);
    if (rc == ERR_OK) {
        count(in);
        if (in->n > UINT32_MAX - 1)
            rc = err_set(err, ERR_UNAVAILABLE, "%s: more than %u ratings",
                         source_name(src), UINT32_MAX - 1);
    }
    if (rc != ERR_OK) {
        intake_free(in);
        return rc;
    }
    *ret = in;
    return ERR_OK;
}
