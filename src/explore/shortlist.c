/* shortlist.c - the few films that can be among the best; see shortlist.h. */
#include "config.h"

#include "src/explore/shortlist.h"

#include "src/base/mem.h"
#include "src/explore/blas.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* Films at a time: their scores by a block of users take 512 kB, which a second cache
 * holds. */
#define TILE  1024
#define CHUNK 16 /* scores refused together */

/* What is kept of one user. */
struct taker {
    float *best;   /* (limit) owned by the whole: the best scores, the least on top */
    uint32_t *row; /* (room) owned by the whole: films that may be among them */
    float *score;  /* (room) theirs */
    size_t n_best, n;
    double slack2;   /* twice how far a score may be off */
    float threshold; /* what scores less is refused */
    bool overflow;
};

struct shortlist {
    const struct model *model; /* borrowed */
    size_t limit, room;
    float *factors;      /* (most, k) rows of the users */
    float *tile;         /* (most, TILE) scores */
    float *numbers;      /* (most, limit + room) of the takers */
    uint32_t *rows;      /* (most, room) */
    struct taker *taker; /* (most) */
};

enum err_code
shortlist_new(struct shortlist **ret, const struct model *m, size_t most, size_t limit,
              struct err *err)
{
    const size_t room = 4 * limit + 256;
    struct shortlist *s = mem_new(1, sizeof(*s));

    assert(most >= 1 && most <= SHORTLIST_USERS);
    assert(limit >= 1 && limit <= SHORTLIST_LIMIT);
    if (s == NULL)
        return err_nomem(err, sizeof(*s), "short lists");
    s->model = m;
    s->limit = limit;
    s->room = room;
    s->factors = mem_new(most * m->k, sizeof(*s->factors));
    s->tile = mem_new(most * TILE, sizeof(*s->tile));
    s->numbers = mem_new(most * (limit + room), sizeof(*s->numbers));
    s->rows = mem_new(most * room, sizeof(*s->rows));
    s->taker = mem_new(most, sizeof(*s->taker));
    if (s->factors == NULL || s->tile == NULL || s->numbers == NULL ||
        s->rows == NULL || s->taker == NULL) {
        shortlist_free(s);
        return err_nomem(err, most * (TILE + limit + 2 * room) * 4, "short lists");
    }
    for (size_t at = 0; at < most; at++) {
        s->taker[at].best = s->numbers + at * (limit + room);
        s->taker[at].score = s->taker[at].best + limit;
        s->taker[at].row = s->rows + at * room;
    }
    *ret = s;
    return ERR_OK;
}

void
shortlist_free(struct shortlist *s)
{
    if (s == NULL)
        return;
    mem_free(s->factors);
    mem_free(s->tile);
    mem_free(s->numbers);
    mem_free(s->rows);
    mem_free(s->taker);
    mem_free(s);
}

/* Put a score among the best `limit`: a heap with the least of them on top. */
static void
offer_score(struct taker *t, float score, size_t limit)
{
    float *heap = t->best;
    size_t at;

    if (t->n_best < limit) {
        for (at = t->n_best++; at > 0 && score < heap[(at - 1) / 2]; at = (at - 1) / 2)
            heap[at] = heap[(at - 1) / 2];
        heap[at] = score;
        return;
    }
    if (!(score > heap[0]))
        return;
    for (at = 0; 2 * at + 1 < limit;) {
        size_t child = 2 * at + 1;

        child += child + 1 < limit && heap[child + 1] < heap[child];
        if (!(heap[child] < score))
            break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = score;
}

/* Scores below this cannot be among the best: a little less than the exact number, as
 * it is rounded to single precision. */
static void
raise_threshold(struct taker *t, size_t limit)
{
    if (t->n_best == limit)
        t->threshold = nextafterf((float)((double)t->best[0] - t->slack2), -INFINITY);
}

/* Drop the films that the threshold has passed since they came. */
static void
weed(struct taker *t)
{
    size_t n = 0;

    for (size_t i = 0; i < t->n; i++)
        if (!(t->score[i] < t->threshold)) {
            t->row[n] = t->row[i];
            t->score[n++] = t->score[i];
        }
    t->n = n;
}

/* A score that was not refused. One that is not a number may be anything. */
static void
take(struct shortlist *s, const struct shortlist_query *q, size_t at, uint32_t row,
     float score)
{
    struct taker *t = &s->taker[at];

    if (t->overflow || !q->may(q->arg, at, row))
        return;
    if (t->n == s->room)
        weed(t);
    if (t->n == s->room) {
        t->overflow = true;
        t->threshold = INFINITY;
        return;
    }
    t->row[t->n] = row;
    t->score[t->n++] = score;
    if (isnan(score))
        return;
    offer_score(t, score, s->limit);
    raise_threshold(t, s->limit);
}

/* Sift the scores of one user for the films from `first` on. */
static void
sift(struct shortlist *s, const struct shortlist_query *q, size_t at, uint32_t first,
     const float *score, size_t n)
{
    for (size_t i = 0; i < n; i += CHUNK) {
        const size_t end = i + CHUNK < n ? i + CHUNK : n;
        const float threshold = s->taker[at].threshold;
        int hit = 0;

        if (end - i == CHUNK)
            for (size_t j = 0; j < CHUNK; j++)
                hit |= !(score[i + j] < threshold);
        if (end - i == CHUNK && !hit)
            continue;
        for (size_t j = i; j < end; j++)
            if (!(score[j] < s->taker[at].threshold))
                take(s, q, at, first + (uint32_t)j, score[j]);
    }
}

static void
begin(struct shortlist *s, const struct shortlist_query *q)
{
    const struct model *m = s->model;

    for (size_t at = 0; at < q->n_users; at++) {
        struct taker *t = &s->taker[at];

        memcpy(s->factors + at * m->k, m->U + (size_t)q->user[at] * m->k,
               m->k * sizeof(*m->U));
        t->n = t->n_best = 0;
        t->slack2 = 2 * q->slack[at];
        t->threshold = -INFINITY;
        t->overflow = false;
    }
}

void
shortlist_find(struct shortlist *s, const struct shortlist_query *q)
{
    const struct model *m = s->model;

    begin(s, q);
    for (uint32_t first = 1; first <= m->n_items; first += TILE) {
        const size_t left = m->n_items - first + 1, n = left < TILE ? left : TILE;

        for (size_t at = 0; at < q->n_users; at++)
            memcpy(s->tile + at * n, q->add + first, n * sizeof(*s->tile));
        blas_matrix_matrix(q->n_users, n, m->k, s->factors, m->I + (size_t)first * m->k,
                           s->tile);
        for (size_t at = 0; at < q->n_users; at++)
            sift(s, q, at, first, s->tile + at * n, n);
    }
    for (size_t at = 0; at < q->n_users; at++)
        weed(&s->taker[at]);
}

size_t
shortlist_get(const struct shortlist *s, size_t at, const uint32_t **ret)
{
    const struct taker *t = &s->taker[at];

    *ret = t->row;
    return t->overflow ? SIZE_MAX : t->n;
}
