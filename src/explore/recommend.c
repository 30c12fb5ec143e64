/*
 * recommend.c - the best films for a user; see recommend.h.
 *
 * A dot product of k terms in single precision, summed in any order, is off by at most
 * (k + 1)·2⁻²⁴·Σ|U_f·I_f| to first order (Higham, Accuracy and Stability of Numerical
 * Algorithms, 2nd ed., 3.1), and the sum is at most ‖U‖·‖I‖. Whoever is truly among
 * the best L therefore scores at least the L-th best score less twice that bound.
 */
#include "config.h"

#include "src/explore/recommend.h"

#include "src/base/mem.h"
#include "src/explore/blas.h"
#include "src/explore/rank.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#define BLOCK 64 /* users scored by one matrix product */

struct recommender {
    const struct model *model; /* borrowed, as are the next two */
    const struct catalog *catalog;
    const struct ratings *ratings;
    double max_norm; /* longest ‖I[i]‖ */
    double max_bias; /* largest |bi[i]| */
};

/* What one question needs besides the recommender. */
struct work {
    size_t block;                /* users scored at a time */
    size_t limit;                /* films listed at most, 1 … n */
    float *factors;              /* (block, k) rows of the users */
    float *score;                /* (block, n + 1) logits less the user's bias */
    bool *seen;                  /* (n + 1) of the user being answered */
    struct ranked *entry;        /* (n) films that may be listed */
    struct recommendation *list; /* (limit) */
};

static double
norm(const float *v, unsigned k)
{
    double sum = 0;

    for (unsigned f = 0; f < k; f++)
        sum += (double)v[f] * (double)v[f];
    return sqrt(sum);
}

enum err_code
recommender_new(struct recommender **ret, const struct model *m,
                const struct catalog *c, const struct ratings *r, struct err *err)
{
    struct recommender *rec;

    if (c->n_users != m->n_users || c->n_items != m->n_items ||
        r->n_users != m->n_users || r->n_items != m->n_items)
        return err_set(
            err, ERR_ARG,
            "the model has %u users and %u films, its catalog %u and %u, its "
            "ratings %u and %u: they do not belong together",
            m->n_users, m->n_items, c->n_users, c->n_items, r->n_users, r->n_items);
    rec = mem_new(1, sizeof(*rec));
    if (rec == NULL)
        return err_nomem(err, sizeof(*rec), "recommendations");
    *rec = (struct recommender){ .model = m, .catalog = c, .ratings = r };
    for (uint32_t i = 1; i <= m->n_items; i++) {
        rec->max_norm = fmax(rec->max_norm, norm(m->I + (size_t)i * m->k, m->k));
        rec->max_bias = fmax(rec->max_bias, fabs((double)m->bi[i]));
    }
    *ret = rec;
    return ERR_OK;
}

void
recommender_free(struct recommender *rec)
{
    mem_free(rec);
}

static void
work_done(struct work *w)
{
    mem_free(w->factors);
    mem_free(w->score);
    mem_free(w->seen);
    mem_free(w->entry);
    mem_free(w->list);
}

static enum err_code
work_init(struct work *w, const struct model *m, size_t n_users, size_t limit,
          struct err *err)
{
    size_t n = m->n_items;

    *w = (struct work){ .block = n_users < BLOCK ? n_users : BLOCK,
                        .limit = limit != 0 && limit < n ? limit : n };
    w->factors = mem_new(w->block * m->k, sizeof(*w->factors));
    w->score = mem_new(w->block * (n + 1), sizeof(*w->score));
    w->seen = mem_new(n + 1, sizeof(*w->seen));
    w->entry = mem_new(n, sizeof(*w->entry));
    w->list = mem_new(w->limit, sizeof(*w->list));
    if (w->factors != NULL && w->score != NULL && w->seen != NULL && w->entry != NULL &&
        w->list != NULL)
        return ERR_OK;
    work_done(w);
    return err_nomem(err, w->block * (n + 1) * sizeof(*w->score),
                     "scores of all films");
}

/* Scores of all films for a block of users: the logit without the user's own bias,
 * which moves no film before another. */
static void
score_block(const struct model *m, const uint32_t *user, size_t n_users, struct work *w)
{
    size_t rows = (size_t)m->n_items + 1;

    for (size_t b = 0; b < n_users; b++) {
        memcpy(w->factors + b * m->k, m->U + (size_t)user[b] * m->k,
               m->k * sizeof(*m->U));
        memcpy(w->score + b * rows, m->bi, rows * sizeof(*m->bi));
    }
    if (n_users == 1)
        blas_matrix_vector(rows, m->k, m->I, w->factors, w->score);
    else
        blas_matrix_matrix(n_users, rows, m->k, w->factors, m->I, w->score);
}

static void
mark_seen(const struct ratings *r, uint32_t user, bool *seen, bool value)
{
    for (uint64_t at = r->start[user]; at < r->start[user + 1]; at++)
        seen[ratings_item(r, at)] = value;
}

static bool
may_list(const struct recommender *rec, const struct recommend_query *q,
         const struct work *w, uint32_t row)
{
    return rec->catalog->count[row] > 0 && (q->seen || !w->seen[row]) &&
           filter_match(q->filter, row, w->seen[row]);
}

/* The score that the limit-th best film has, -inf where there are not so many. */
static double
find_threshold(const struct recommender *rec, const float *score,
               const struct recommend_query *q, struct work *w)
{
    double least = -INFINITY;
    size_t n = 0;

    if (w->limit == rec->model->n_items)
        return least;
    for (uint32_t i = 1; i <= rec->model->n_items; i++) {
        if ((double)score[i] < least || !may_list(rec, q, w, i))
            continue;
        n = rank_offer(w->entry, n, w->limit, (struct ranked){ (double)score[i], i },
                       rec->catalog);
        if (n == w->limit)
            least = w->entry[0].key;
    }
    return least;
}

/* Score exactly what can be among the best, put it in order at the front of w->entry;
 * returns how many films are to be listed. */
static size_t
rank_films(const struct recommender *rec, uint32_t user, const float *score,
           const struct recommend_query *q, struct work *w)
{
    const struct model *m = rec->model;
    double size =
        norm(m->U + (size_t)user * m->k, m->k) * rec->max_norm + rec->max_bias;
    double bound = (m->k + 2) * 0x1p-24 * 1.01 * size;
    double least = find_threshold(rec, score, q, w) - 2 * bound;
    size_t n = 0;

    for (uint32_t i = 1; i <= m->n_items; i++)
        /* Not `>=`: where the bound is not finite, every film is scored exactly. */
        if (!((double)score[i] < least) && may_list(rec, q, w, i))
            w->entry[n++] = (struct ranked){ model_logit(m, user, i), i };
    return rank_best(w->entry, n, w->limit, rec->catalog);
}

static enum err_code
answer_user(const struct recommender *rec, uint32_t user, const float *score,
            const struct recommend_query *q, struct work *w, recommend_fn *fn,
            void *arg, struct err *err)
{
    size_t n;

    mark_seen(rec->ratings, user, w->seen, true);
    n = rank_films(rec, user, score, q, w);
    for (size_t i = 0; i < n; i++)
        w->list[i] = (struct recommendation){
            .row = w->entry[i].row,
            .seen = w->seen[w->entry[i].row],
            .rating = model_rating(rec->model, w->entry[i].key),
        };
    mark_seen(rec->ratings, user, w->seen, false);
    return fn(arg, user, w->list, n, err);
}

enum err_code
recommend_users(const struct recommender *rec, const uint32_t *user, size_t n_users,
                const struct recommend_query *q, recommend_fn *fn, void *arg,
                struct err *err)
{
    const struct model *m = rec->model;
    struct work w;
    enum err_code rc;

    if (n_users == 0)
        return ERR_OK;
    rc = work_init(&w, m, n_users, q->limit, err);
    if (rc != ERR_OK)
        return rc;
    for (size_t at = 0; rc == ERR_OK && at < n_users; at += w.block) {
        size_t n = n_users - at < w.block ? n_users - at : w.block;

        score_block(m, user + at, n, &w);
        for (size_t b = 0; rc == ERR_OK && b < n; b++) {
            const float *score = w.score + b * ((size_t)m->n_items + 1);

            assert(user[at + b] >= 1 && user[at + b] <= m->n_users);
            rc = answer_user(rec, user[at + b], score, q, &w, fn, arg, err);
        }
    }
    work_done(&w);
    return rc;
}
