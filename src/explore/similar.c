/*
 * similar.c - films whose factors point the same way; see similar.h.
 *
 * One pass over the film table gives dot products and lengths together, so the table is
 * read from memory once. LANES partial sums let the compiler use vectors in an order of
 * summation that is the same on every machine.
 */
#include "config.h"

#include "src/explore/similar.h"

#include "src/base/mem.h"
#include "src/explore/rank.h"

#include <math.h>

#define LANES 8

static double
add_lanes(const double sum[LANES])
{
    return ((sum[0] + sum[4]) + (sum[1] + sum[5])) +
           ((sum[2] + sum[6]) + (sum[3] + sum[7]));
}

/* q·r of a row r (k), and ‖r‖² as *ret_square. */
static double
dot_and_square(const float *q, const float *r, unsigned k, double *ret_square)
{
    double dot[LANES] = { 0 }, square[LANES] = { 0 };
    unsigned f = 0;

    for (; f + LANES <= k; f += LANES)
        for (unsigned l = 0; l < LANES; l++) {
            dot[l] += (double)q[f + l] * (double)r[f + l];
            square[l] += (double)r[f + l] * (double)r[f + l];
        }
    for (unsigned l = 0; f + l < k; l++) {
        dot[l] += (double)q[f + l] * (double)r[f + l];
        square[l] += (double)r[f + l] * (double)r[f + l];
    }
    *ret_square = add_lanes(square);
    return add_lanes(dot);
}

/* Cosine of q, whose ‖q‖² is given, and a row. */
static double
cosine(const float *q, double q_square, const float *r, unsigned k)
{
    double square, dot = dot_and_square(q, r, k, &square);

    return dot / sqrt(q_square * square);
}

double
similar_cosine(const struct model *m, uint32_t a, uint32_t b)
{
    const float *q = m->I + (size_t)a * m->k;
    double square;

    dot_and_square(q, q, m->k, &square);
    return cosine(q, square, m->I + (size_t)b * m->k, m->k);
}

/* The best `room` films into heap[]; returns how many, in order. */
static size_t
find_nearest(struct ranked *heap, size_t room, const struct model *m,
             const struct catalog *c, uint32_t row, const struct similar_query *q)
{
    const float *from = m->I + (size_t)row * m->k;
    double square;
    size_t n = 0;

    dot_and_square(from, from, m->k, &square);
    for (uint32_t i = 1; i <= m->n_items; i++) {
        if (i == row || c->count[i] == 0 || c->count[i] < q->min_ratings ||
            !filter_match(q->filter, i, false))
            continue;
        n = rank_offer(
            heap, n, room,
            (struct ranked){ cosine(from, square, m->I + (size_t)i * m->k, m->k), i },
            c);
    }
    return rank_best(heap, n, n, c);
}

enum err_code
similar_films(struct similar **ret, size_t *ret_n, const struct model *m,
              const struct catalog *c, uint32_t row, const struct similar_query *q,
              struct err *err)
{
    size_t room = q->limit != 0 && q->limit < m->n_items ? q->limit : m->n_items, n;
    struct ranked *heap = mem_new(room, sizeof(*heap));
    struct similar *list = mem_new(room, sizeof(*list));

    if (heap == NULL || list == NULL) {
        mem_free(heap);
        mem_free(list);
        return err_nomem(err, room * sizeof(*heap), "a list of similar films");
    }
    n = find_nearest(heap, room, m, c, row, q);
    for (size_t i = 0; i < n; i++)
        list[i] = (struct similar){ heap[i].row, heap[i].key };
    mem_free(heap);
    *ret = list;
    *ret_n = n;
    return ERR_OK;
}
