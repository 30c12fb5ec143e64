/* ahead.c - unpacking ahead of the reader, through a ring of slots; see ahead.h. */
#include "config.h"

#include "src/data/ahead.h"

#include "src/base/mem.h"
#include "src/data/unzip.h"

#include <pthread.h>
#include <stdbool.h>
#include <string.h>

#define N_SLOTS ((size_t)8)
#define SLOT    ((size_t)256 << 10)

struct ahead {
    struct unzip *zip; /* owned; the thread's while it runs */
    char *member;      /* owned */
    uint64_t size;
    bool found;   /* zip stands at the start of the member */
    bool running; /* the thread has been started and not joined */
    pthread_t thread;
    size_t used; /* bytes of the first full slot that were read; the reader's */

    /* Guards all below; a slot and its n, while it is full, are the reader's, else the
     * thread's. */
    pthread_mutex_t lock;
    pthread_cond_t changed;
    char *ring;        /* (N_SLOTS * SLOT) owned */
    size_t n[N_SLOTS]; /* bytes in each slot */
    size_t first;      /* full slots begin here, */
    size_t n_full;     /* as many, wrapping around */
    bool stop;         /* the thread shall end */
    bool ended;        /* nothing comes after the full slots: the end, or rc */
    enum err_code rc;
    struct err err;
};

enum err_code
ahead_open(struct ahead **ret, const char *zip, const char *member, struct err *err)
{
    struct ahead *a = mem_new(1, sizeof(*a));
    enum err_code rc;

    if (a == NULL)
        return err_nomem(err, sizeof(*a), "a zip");
    pthread_mutex_init(&a->lock, NULL);
    pthread_cond_init(&a->changed, NULL);
    a->member = mem_strdup(member);
    a->ring = mem_new(N_SLOTS, SLOT);
    rc = a->member != NULL && a->ring != NULL ? unzip_open(&a->zip, zip, err)
                                              : err_nomem(err, N_SLOTS * SLOT, "a zip");
    if (rc == ERR_OK)
        rc = unzip_find(a->zip, member, &a->size, err);
    if (rc != ERR_OK) {
        ahead_close(a);
        return rc;
    }
    a->found = true;
    *ret = a;
    return ERR_OK;
}

uint64_t
ahead_size(const struct ahead *a)
{
    return a->size;
}

/* ---- the thread ---- */

/* The number of a slot that can be filled; N_SLOTS when the thread shall end. */
static size_t
wait_for_room(struct ahead *a)
{
    size_t slot;

    pthread_mutex_lock(&a->lock);
    while (!a->stop && a->n_full == N_SLOTS)
        pthread_cond_wait(&a->changed, &a->lock);
    slot = a->stop ? N_SLOTS : (a->first + a->n_full) % N_SLOTS;
    pthread_mutex_unlock(&a->lock);
    return slot;
}

/* Hand over a slot with n bytes, or what went wrong in its place. */
static void
hand_over(struct ahead *a, size_t slot, size_t n, enum err_code rc,
          const struct err *err)
{
    pthread_mutex_lock(&a->lock);
    if (rc == ERR_OK) {
        a->n[slot] = n;
        a->n_full++;
    } else {
        a->rc = rc;
        a->err = *err;
    }
    a->ended = rc != ERR_OK || n < SLOT;
    pthread_cond_signal(&a->changed);
    pthread_mutex_unlock(&a->lock);
}

/* Started by the first read, joined by stop(); touches zip, and the slots that are not
 * full. */
static void *
unpack(void *arg)
{
    struct ahead *a = arg;
    size_t slot, n = SLOT;

    while (n == SLOT && (slot = wait_for_room(a)) < N_SLOTS) {
        struct err err = { 0 };
        enum err_code rc = unzip_read(a->zip, a->ring + slot * SLOT, SLOT, &n, &err);

        hand_over(a, slot, n, rc, &err);
        if (rc != ERR_OK)
            break;
    }
    return NULL;
}

static enum err_code
start(struct ahead *a, struct err *err)
{
    uint64_t size = a->size;
    enum err_code rc = a->found ? ERR_OK : unzip_find(a->zip, a->member, &size, err);

    if (rc != ERR_OK)
        return rc;
    a->found = false;
    if (size != a->size)
        return err_set(err, ERR_IO, "%s: the archive changed while it was read",
                       a->member);
    a->used = a->first = a->n_full = 0;
    a->stop = a->ended = false;
    a->rc = ERR_OK;
    if (pthread_create(&a->thread, NULL, unpack, a) != 0)
        return err_nomem(err, 0, "a thread that unpacks");
    a->running = true;
    return ERR_OK;
}

static void
stop(struct ahead *a)
{
    if (!a->running)
        return;
    pthread_mutex_lock(&a->lock);
    a->stop = true;
    pthread_cond_signal(&a->changed);
    pthread_mutex_unlock(&a->lock);
    pthread_join(a->thread, NULL);
    a->running = false;
}

/* ---- the reader ---- */

/* Wait for a full slot; false when there is none any more. */
static bool
wait_for_bytes(struct ahead *a)
{
    bool there;

    pthread_mutex_lock(&a->lock);
    while (a->n_full == 0 && !a->ended)
        pthread_cond_wait(&a->changed, &a->lock);
    there = a->n_full > 0;
    pthread_mutex_unlock(&a->lock);
    return there;
}

/* The first full slot has been read. */
static void
give_back(struct ahead *a)
{
    pthread_mutex_lock(&a->lock);
    a->first = (a->first + 1) % N_SLOTS;
    a->n_full--;
    a->used = 0;
    pthread_cond_signal(&a->changed);
    pthread_mutex_unlock(&a->lock);
}

enum err_code
ahead_read(struct ahead *a, void *to, size_t n, size_t *ret_n, struct err *err)
{
    size_t done = 0;
    enum err_code rc = a->running ? ERR_OK : start(a, err);

    if (rc != ERR_OK)
        return rc;
    while (done < n && wait_for_bytes(a)) {
        size_t there = a->n[a->first] - a->used;
        size_t take = there < n - done ? there : n - done;

        memcpy((char *)to + done, a->ring + a->first * SLOT + a->used, take);
        done += take;
        a->used += take;
        if (take == there)
            give_back(a);
    }
    if (done < n && a->rc != ERR_OK) {
        if (err != NULL)
            *err = a->err;
        return a->rc;
    }
    *ret_n = done;
    return ERR_OK;
}

void
ahead_rewind(struct ahead *a)
{
    if (!a->running)
        return;
    stop(a);
    unzip_rewind(a->zip);
}

void
ahead_close(struct ahead *a)
{
    if (a == NULL)
        return;
    stop(a);
    unzip_close(a->zip);
    pthread_cond_destroy(&a->changed);
    pthread_mutex_destroy(&a->lock);
    mem_free(a->ring);
    mem_free(a->member);
    mem_free(a);
}
