/*
 * similar.c - films whose factors point the same way; see similar.h.
 *
 * A dot product of k terms in single precision is off by at most (k + 2)·2⁻²⁴·‖a‖‖b‖
 * (Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., 3.1), so a cosine
 * by about that without the lengths: whoever is truly among the nearest L has a cosine
 * of at least the L-th largest less twice the bound. Where lengths are so small or
 * large that products leave the range of single precision, nothing is concluded from
 * them.
 *
 * In double precision LANES partial sums let the compiler use vectors in an order of
 * summation that is the same on every machine.
 */
#include "config.h"

#include "src/explore/similar.h"

#include "src/base/mem.h"
#include "src/explore/blas.h"
#include "src/explore/rank.h"

#include <math.h>

#define LANES 8
#define SHORT 1e-12 /* lengths between which single precision is trusted */
#define LONG  1e15
#define ASKED 4096 /* films scored at a time: their scores stay in the cache */

struct similar_index {
    const struct model *model; /* borrowed */
    float *inverse; /* (n + 1) owned: 1 / ‖I[i]‖; NaN where it is not to be trusted */
};

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

enum err_code
similar_index_new(struct similar_index **ret, const struct model *m, struct err *err)
{
    struct similar_index *x = mem_new(1, sizeof(*x));

    if (x != NULL)
        x->inverse = mem_new((size_t)m->n_items + 1, sizeof(*x->inverse));
    if (x == NULL || x->inverse == NULL) {
        similar_index_free(x);
        return err_nomem(err, m->n_items * sizeof(float), "the lengths of films");
    }
    x->model = m;
    for (uint32_t i = 0; i <= m->n_items; i++) {
        const float *row = m->I + (size_t)i * m->k;
        double square, length;

        dot_and_square(row, row, m->k, &square);
        length = sqrt(square);
        x->inverse[i] = length > SHORT && length < LONG ? (float)(1 / length) : NAN;
    }
    *ret = x;
    return ERR_OK;
}

void
similar_index_free(struct similar_index *x)
{
    if (x == NULL)
        return;
    mem_free(x->inverse);
    mem_free(x);
}

/* One question. */
struct search {
    const struct similar_index *x;
    const struct catalog *c;
    const struct similar_query *q;
    uint32_t row;  /* whose neighbours are sought */
    double square; /* ‖I[row]‖² */
    size_t room;   /* films wanted at most */
    float *cosine; /* (n + 1) owned: in single precision, NaN: nothing is known */
    struct ranked *entry; /* (n) owned: the candidates, then the list */
};

static bool
may_list(const struct search *s, uint32_t i)
{
    return i != s->row && s->c->count[i] > 0 && s->c->count[i] >= s->q->min_ratings &&
           filter_match(s->q->filter, i, false);
}

/* All cosines in single precision. */
static void
score_all(struct search *s)
{
    const struct model *m = s->x->model;
    const float *from = m->I + (size_t)s->row * m->k;
    const float inverse = s->x->inverse[s->row];
    const size_t rows = (size_t)m->n_items + 1;

    for (size_t at = 0; at < rows; at += ASKED) {
        const size_t n = rows - at < ASKED ? rows - at : ASKED;

        blas_matrix_vector(n, m->k, m->I + at * m->k, from, s->cosine + at);
        for (size_t i = at; i < at + n; i++)
            s->cosine[i] *= s->x->inverse[i] * inverse;
    }
}

/* The room-th largest cosine of those that are known, or -inf. */
static double
find_threshold(struct search *s)
{
    const uint32_t n_items = s->x->model->n_items;
    double least = -INFINITY;
    size_t n = 0;

    if (s->room == n_items)
        return least;
    for (uint32_t i = 1; i <= n_items; i++) {
        if (!((double)s->cosine[i] >= least) || !may_list(s, i))
            continue;
        n = rank_offer(s->entry, n, s->room, (struct ranked){ (double)s->cosine[i], i },
                       s->c);
        if (n == s->room)
            least = s->entry[0].key;
    }
    return least;
}

/* The nearest films at the front of s->entry, in order; how many. */
static size_t
find_nearest(struct search *s)
{
    const struct model *m = s->x->model;
    const float *from = m->I + (size_t)s->row * m->k;
    double least;
    size_t n = 0;

    dot_and_square(from, from, m->k, &s->square);
    score_all(s);
    least = find_threshold(s) - 2 * (m->k + 8) * 0x1p-24;
    for (uint32_t i = 1; i <= m->n_items; i++)
        if (!((double)s->cosine[i] < least) && may_list(s, i))
            s->entry[n++] =
                (struct ranked){ cosine(from, s->square, m->I + (size_t)i * m->k, m->k),
                                 i };
    return rank_best(s->entry, n, s->room, s->c);
}

enum err_code
similar_films(struct similar **ret, size_t *ret_n, const struct similar_index *x,
              const struct catalog *c, uint32_t row, const struct similar_query *q,
              struct err *err)
{
    const size_t n_items = x->model->n_items;
    struct search s = {
        .x = x,
        .c = c,
        .q = q,
        .row = row,
        .room = q->limit != 0 && q->limit < n_items ? q->limit : n_items,
        .cosine = mem_new(n_items + 1, sizeof(*s.cosine)),
        .entry = mem_new(n_items, sizeof(*s.entry)),
    };
    struct similar *list = mem_new(s.room, sizeof(*list));
    enum err_code rc = blas_prepare(1, err);

    if (rc != ERR_OK) {
        mem_free(list);
    } else if (s.cosine == NULL || s.entry == NULL || list == NULL) {
        rc = err_nomem(err, n_items * sizeof(*s.entry), "a list of similar films");
        mem_free(list);
    } else {
        *ret_n = find_nearest(&s);
        for (size_t i = 0; i < *ret_n; i++)
            list[i] = (struct similar){ s.entry[i].row, s.entry[i].key };
        *ret = list;
    }
    mem_free(s.cosine);
    mem_free(s.entry);
    return rc;
}
