/* cpu_batch.c - making a batch ready; see cpu_batch.h. No loop here has a branch that
 * depends on the data. */
#include "config.h"

#include "src/device/cpu_batch.h"

#include "src/base/mem.h"

#include <string.h>

#define AHEAD 24 /* ratings between asking for a mark and using it */

enum err_code
cpu_batcher_init(struct cpu_batcher *m, size_t B, uint32_t n_items, struct err *err)
{
    *m = (struct cpu_batcher){ .B = B, .n_items = n_items, .base = (uint32_t)B };
    m->mark = mem_new((size_t)n_items + 1, sizeof(*m->mark));
    m->before = mem_new(B + 1, sizeof(*m->before));
    m->number = mem_new(B, sizeof(*m->number));
    if (m->mark != NULL && m->before != NULL && m->number != NULL)
        return ERR_OK;
    cpu_batcher_done(m);
    return err_nomem(err, cpu_batch_bytes(B, n_items), "the batches");
}

void
cpu_batcher_done(struct cpu_batcher *m)
{
    mem_free(m->mark);
    mem_free(m->before);
    mem_free(m->number);
    *m = (struct cpu_batcher){ 0 };
}

/* Words of a batch's arrays: nine of B words, a line apart so that none shares one,
 * and `stays` in bytes. */
static size_t
array_words(size_t B)
{
    return (B + AHEAD + 1 + 15) / 16 * 16;
}

enum err_code
cpu_batch_init(struct cpu_batch *b, size_t B, struct err *err)
{
    size_t words = array_words(B);
    uint32_t *p = mem_new(9 * words, sizeof(*p));

    *b = (struct cpu_batch){ .block = p };
    if (p == NULL)
        return err_nomem(err, 9 * words * sizeof(*p), "a batch");
    b->ratings.user = p;
    b->ratings.item = p + words;
    b->ratings.stars = (float *)(p + 2 * words);
    b->user_row = p + 3 * words;
    b->user_start = p + 4 * words;
    b->item_row = p + 5 * words;
    b->item_start = p + 6 * words;
    b->by_item = p + 7 * words;
    b->entering = p + 8 * words;
    b->stays = mem_new(B + 1, 1);
    if (b->stays != NULL)
        return ERR_OK;
    cpu_batch_done(b);
    return err_nomem(err, B + 1, "a batch");
}

void
cpu_batch_done(struct cpu_batch *b)
{
    mem_free(b->stays);
    mem_free(b->block);
    *b = (struct cpu_batch){ 0 };
}

uint64_t
cpu_batch_bytes(size_t B, uint32_t n_items)
{
    uint64_t batcher = ((uint64_t)n_items + 1 + 2 * (uint64_t)B + 1) * sizeof(uint32_t);

    return batcher + 2 * (9 * (uint64_t)array_words(B) * sizeof(uint32_t) + B + 1);
}

/* Users are runs: note where each ends, then turn ends into starts. */
static void
list_users(struct cpu_batch *b, size_t B)
{
    const uint32_t *user = b->ratings.user;
    uint32_t n = 0, start = 0;

    for (size_t j = 0; j < B - 1; j++) {
        b->user_row[n] = user[j];
        b->user_start[n] = (uint32_t)j + 1;
        n += user[j] != user[j + 1];
    }
    b->user_row[n] = user[B - 1];
    b->user_start[n++] = (uint32_t)B;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t end = b->user_start[i];

        b->user_start[i] = start;
        start = end;
    }
    b->user_start[n] = start;
    b->n_users = n;
}

/* Marks have run out: forget all but those of the batch before. */
static void
start_marks_again(struct cpu_batcher *m, const struct cpu_batch *before)
{
    memset(m->mark, 0, ((size_t)m->n_items + 1) * sizeof(*m->mark));
    m->base = (uint32_t)m->B;
    if (before != NULL)
        for (uint32_t i = 0; i < before->n_items; i++)
            m->mark[before->item_row[i]] = m->base + i;
}

static void
list_items(struct cpu_batcher *m, struct cpu_batch *b)
{
    const uint32_t *item = b->ratings.item;
    uint32_t n = 0;

    /* Looked at ahead only to be fetched; any row will do. */
    memset(b->ratings.item + m->B, 0, AHEAD * sizeof(*item));
    for (size_t j = 0; j < m->B; j++) {
        uint32_t mark = m->mark[item[j]];
        uint32_t is_new = mark - m->base >= m->B;
        uint32_t number = is_new ? n : mark - m->base;

        __builtin_prefetch(&m->mark[item[j + AHEAD]], 1);
        m->before[n] = mark;
        b->item_row[number] = item[j];
        m->mark[item[j]] = m->base + number;
        m->number[j] = number;
        n += is_new;
    }
    b->n_items = n;
}

/* Which items were in the batch before, and so begin there what they end here. */
static void
list_entering(const struct cpu_batcher *m, struct cpu_batch *b,
              struct cpu_batch *before)
{
    uint32_t base = m->base - (uint32_t)m->B, n = 0;

    if (before == NULL) {
        for (uint32_t i = 0; i < b->n_items; i++)
            b->entering[i] = i;
        b->n_entering = b->n_items;
        return;
    }
    memset(before->stays, 0, before->n_items);
    for (uint32_t i = 0; i < b->n_items; i++) {
        uint32_t was = m->before[i] - base < m->B;

        b->entering[n] = i;
        n += !was;
        before->stays[was ? m->before[i] - base : m->B] = 1;
    }
    b->n_entering = n;
}

/* A counting sort of the ratings by item. */
static void
order_by_item(const struct cpu_batcher *m, struct cpu_batch *b)
{
    uint32_t *start = b->item_start, sum = 0;

    memset(start, 0, ((size_t)b->n_items + 1) * sizeof(*start));
    for (size_t j = 0; j < m->B; j++)
        start[m->number[j]]++;
    for (uint32_t i = 0; i <= b->n_items; i++) {
        uint32_t count = start[i];

        start[i] = sum;
        sum += count;
    }
    for (size_t j = 0; j < m->B; j++)
        b->by_item[start[m->number[j]]++] = (uint32_t)j;
    /* Each start has moved to its end, the next one's start. */
    memmove(start + 1, start, b->n_items * sizeof(*start));
    start[0] = 0;
}

void
cpu_batcher_make(struct cpu_batcher *m, const struct sampler *s, size_t at,
                 struct cpu_batch *ret, struct cpu_batch *before)
{
    if (m->base > UINT32_MAX - 2 * (uint32_t)m->B)
        start_marks_again(m, before);
    m->base += (uint32_t)m->B;
    sampler_get(s, at, &ret->ratings);
    list_users(ret, m->B);
    list_items(m, ret);
    list_entering(m, ret, before);
    order_by_item(m, ret);
}

void
cpu_batch_is_last(struct cpu_batch *last, struct cpu_batch *next)
{
    memset(last->stays, 0, last->n_items);
    next->n_entering = 0;
}
