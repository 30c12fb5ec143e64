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
#include "src/explore/diversity.h"
#include "src/explore/rank.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#define BLOCK    64        /* users scored by one matrix product */
#define LIST_MAX (1 << 20) /* films listed for a block, unless one user has more */
#define POOL     10        /* films that diversity chooses one from */
#define POOL_MIN 100       /* and from how many it chooses at least */

struct recommender {
    const struct model *model; /* borrowed, as are the next two */
    const struct catalog *catalog;
    const struct ratings *ratings;
    double max_norm; /* longest ‖I[i]‖ */
    double max_bias; /* largest |bi[i]| */
    double *known;   /* (n + 1) owned: what popularity 1 adds to a logit */
    double max_known;
};

/* What one worker needs to answer a block of users. */
struct work {
    size_t block;                /* users scored at a time */
    size_t limit;                /* films ranked at most, 1 … n */
    size_t want;                 /* films listed of them at most */
    float *factors;              /* (block, k) rows of the users */
    float *score;                /* (block, n + 1) logits less the user's bias */
    bool *seen;                  /* (n + 1) of the user being answered */
    struct ranked *entry;        /* (n) films that may be among the best */
    double *similar;             /* (limit) for diversity */
    struct recommendation *list; /* (block, want) */
    size_t *n_listed;            /* (block) */
};

/* One question; each worker of a pool answers a block of the users at a time. */
struct question {
    const struct recommender *rec;
    const struct recommend_query *q;
    const uint32_t *user; /* (n_users) those of this round */
    size_t n_users;
    struct work *work; /* (workers) */
};

static double
norm(const float *v, unsigned k)
{
    double sum = 0;

    for (unsigned f = 0; f < k; f++)
        sum += (double)v[f] * (double)v[f];
    return sqrt(sum);
}

/* Mean and standard deviation of v over the films that somebody rated. */
static void
spread(const struct catalog *c, const double *v, double *ret_mean, double *ret_sd)
{
    double n = 0, sum = 0, square = 0;

    for (uint32_t i = 1; i <= c->n_items; i++)
        if (c->count[i] > 0) {
            n++;
            sum += v[i];
            square += v[i] * v[i];
        }
    *ret_mean = n > 0 ? sum / n : 0;
    *ret_sd = n > 0 ? sqrt(fmax(square / n - *ret_mean * *ret_mean, 0)) : 0;
}

/* Fill rec->known, first with the biases to have their spread. */
static void
weigh_popularity(struct recommender *rec)
{
    const struct catalog *c = rec->catalog;
    double mean, sd, unit;

    for (uint32_t i = 1; i <= c->n_items; i++)
        rec->known[i] = (double)rec->model->bi[i];
    spread(c, rec->known, &mean, &unit);
    for (uint32_t i = 1; i <= c->n_items; i++)
        rec->known[i] = log1p(c->count[i]);
    spread(c, rec->known, &mean, &sd);
    for (uint32_t i = 1; i <= c->n_items; i++) {
        rec->known[i] = sd > 0 ? unit * (rec->known[i] - mean) / sd : 0;
        rec->max_known = fmax(rec->max_known, fabs(rec->known[i]));
    }
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
    rec->known = mem_new((size_t)m->n_items + 1, sizeof(*rec->known));
    if (rec->known == NULL) {
        recommender_free(rec);
        return err_nomem(err, ((size_t)m->n_items + 1) * sizeof(*rec->known),
                         "the films' popularity");
    }
    weigh_popularity(rec);
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
    if (rec == NULL)
        return;
    mem_free(rec->known);
    mem_free(rec);
}

static void
work_done(struct work *w)
{
    mem_free(w->factors);
    mem_free(w->score);
    mem_free(w->seen);
    mem_free(w->entry);
    mem_free(w->similar);
    mem_free(w->list);
    mem_free(w->n_listed);
}

/* Users a block: few enough that their lists stay small, and none without work. */
static size_t
block_of(size_t n_users, size_t limit)
{
    size_t most = limit < LIST_MAX ? LIST_MAX / (limit + 1) : 1;

    most = most < BLOCK ? most : BLOCK;
    return n_users < most ? n_users : most;
}

/* False without memory; what there is then goes with work_done. */
static bool
work_init(struct work *w, const struct model *m, size_t n_users,
          const struct recommend_query *q)
{
    size_t n = m->n_items, pool;

    w->want = q->limit != 0 && q->limit < n ? q->limit : n;
    pool = w->want < n / POOL ? w->want * POOL : n;
    pool = pool < POOL_MIN ? POOL_MIN : pool;
    pool = pool < n ? pool : n;
    w->limit = q->diversity > 0 ? pool : w->want;
    w->block = block_of(n_users, w->limit);
    w->factors = mem_new(w->block * m->k, sizeof(*w->factors));
    w->score = mem_new(w->block * (n + 1), sizeof(*w->score));
    w->seen = mem_new(n + 1, sizeof(*w->seen));
    w->entry = mem_new(n, sizeof(*w->entry));
    w->similar = mem_new(q->diversity > 0 ? w->limit : 0, sizeof(*w->similar));
    w->list = mem_new(w->block * w->want, sizeof(*w->list));
    w->n_listed = mem_new(w->block, sizeof(*w->n_listed));
    return w->factors != NULL && w->score != NULL && w->seen != NULL &&
           w->entry != NULL && w->similar != NULL && w->list != NULL &&
           w->n_listed != NULL;
}

/* Scores of all films for a block of users: the logit without the user's own bias,
 * which moves no film before another, and with what popularity adds. */
static void
score_block(const struct recommender *rec, const struct recommend_query *q,
            const uint32_t *user, size_t n_users, struct work *w)
{
    const struct model *m = rec->model;
    size_t rows = (size_t)m->n_items + 1;

    for (size_t b = 0; b < n_users; b++) {
        memcpy(w->factors + b * m->k, m->U + (size_t)user[b] * m->k,
               m->k * sizeof(*m->U));
        if (q->popularity == 0)
            memcpy(w->score + b * rows, m->bi, rows * sizeof(*m->bi));
        else
            for (size_t i = 0; i < rows; i++)
                w->score[b * rows + i] =
                    (float)((double)m->bi[i] + q->popularity * rec->known[i]);
    }
    if (n_users == 1)
        blas_matrix_vector(rows, m->k, m->I, w->factors, w->score);
    else
        blas_matrix_matrix(n_users, rows, m->k, w->factors, m->I, w->score);
}

static void
mark_seen(const struct ratings *r, const struct recommend_query *q, uint32_t user,
          bool *seen, bool value)
{
    for (uint64_t at = r->start[user]; at < r->start[user + 1]; at++)
        if (!q->held_out || !ratings_held_out(r, at))
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
    double size = norm(m->U + (size_t)user * m->k, m->k) * rec->max_norm +
                  rec->max_bias + fabs(q->popularity) * rec->max_known;
    double bound = (m->k + 4) * 0x1p-24 * 1.01 * size;
    double least = find_threshold(rec, score, q, w) - 2 * bound;
    size_t n = 0;

    for (uint32_t i = 1; i <= m->n_items; i++)
        /* Not `>=`: where the bound is not finite, every film is scored exactly. */
        if (!((double)score[i] < least) && may_list(rec, q, w, i))
            w->entry[n++] = (struct ranked){
                model_logit(m, user, i) + q->popularity * rec->known[i], i
            };
    return rank_best(w->entry, n, w->limit, rec->catalog);
}

/* Answer user `at` of the worker's block. */
static void
answer_user(const struct question *qn, struct work *w, uint32_t user, size_t at)
{
    const struct model *m = qn->rec->model;
    const float *score = w->score + at * ((size_t)m->n_items + 1);
    struct recommendation *list = w->list + at * w->want;
    size_t n;

    mark_seen(qn->rec->ratings, qn->q, user, w->seen, true);
    n = rank_films(qn->rec, user, score, qn->q, w);
    if (qn->q->diversity > 0)
        n = diversity_pick(m, w->entry, n, w->want, qn->q->diversity, w->similar);
    for (size_t i = 0; i < n; i++)
        list[i] = (struct recommendation){
            .row = w->entry[i].row,
            .seen = w->seen[w->entry[i].row],
            .rating = model_rating(m, model_logit(m, user, w->entry[i].row)),
        };
    mark_seen(qn->rec->ratings, qn->q, user, w->seen, false);
    w->n_listed[at] = n;
}

/* A pool_fn: worker `id` answers the id-th block of the round. */
static void
answer_block(void *arg, unsigned id, unsigned n)
{
    const struct question *qn = arg;
    struct work *w = &qn->work[id];
    size_t from = id * w->block, n_users;

    (void)n;
    if (from >= qn->n_users)
        return;
    n_users = qn->n_users - from < w->block ? qn->n_users - from : w->block;
    score_block(qn->rec, qn->q, qn->user + from, n_users, w);
    for (size_t at = 0; at < n_users; at++)
        answer_user(qn, w, qn->user[from + at], at);
}

/* Hand the lists of a round on, in the order of the users. */
static enum err_code
hand_on(const struct question *qn, recommend_fn *fn, void *arg, struct err *err)
{
    enum err_code rc = ERR_OK;

    for (size_t i = 0; rc == ERR_OK && i < qn->n_users; i++) {
        const struct work *w = &qn->work[i / qn->work->block];
        size_t at = i % qn->work->block;

        rc = fn(arg, qn->user[i], w->list + at * w->want, w->n_listed[at], err);
    }
    return rc;
}

enum err_code
recommend_users(const struct recommender *rec, const uint32_t *user, size_t n_users,
                const struct recommend_query *q, struct pool *pool, recommend_fn *fn,
                void *arg, struct err *err)
{
    unsigned n_workers = pool_size(pool);
    struct question qn = { .rec = rec, .q = q };
    enum err_code rc = ERR_OK;
    bool ready = true;

    qn.work = mem_new(n_workers, sizeof(*qn.work));
    if (qn.work == NULL)
        return err_nomem(err, n_workers * sizeof(*qn.work), "recommendations");
    for (unsigned id = 0; ready && id < n_workers; id++)
        ready = work_init(&qn.work[id], rec->model, n_users, q);
    if (!ready)
        rc = err_nomem(err, qn.work->block * ((size_t)rec->model->n_items + 1) * 4,
                       "scores of all films");
    for (size_t round; rc == ERR_OK && n_users > 0; user += round, n_users -= round) {
        round = n_workers * qn.work->block;
        round = n_users < round ? n_users : round;
        qn.user = user;
        qn.n_users = round;
        pool_run(pool, answer_block, &qn);
        rc = hand_on(&qn, fn, arg, err);
    }
    for (unsigned id = 0; id < n_workers; id++)
        work_done(&qn.work[id]);
    mem_free(qn.work);
    return rc;
}
