/*
 * recommend.c - the best films for a user; see recommend.h.
 *
 * A dot product of k terms in single precision, summed in any order, is off by at most
 * (k + 1)·2⁻²⁴·Σ|U_f·I_f| to first order (Higham, Accuracy and Stability of Numerical
 * Algorithms, 2nd ed., 3.1), and the sum is at most ‖U‖·‖I‖. Whoever is truly among
 * the best L therefore scores at least the L-th best score less twice that bound.
 *
 * Many users at once, each with a short list, are scored by shortlist.h; one user, a
 * long list, or one of so many equal scores that no list is short, film by film.
 */
#include "config.h"

#include "src/explore/recommend.h"

#include "src/base/mem.h"
#include "src/explore/blas.h"
#include "src/explore/diversity.h"
#include "src/explore/popularity.h"
#include "src/explore/rank.h"
#include "src/explore/shortlist.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#define POOL     10  /* films that diversity chooses one from */
#define POOL_MIN 100 /* and from how many it chooses at least */

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
    size_t block;                /* users answered at a time */
    size_t limit;                /* films ranked at most, 1 … n */
    size_t want;                 /* films listed of them at most */
    struct shortlist *few;       /* NULL: users are scored one by one */
    double *slack;               /* (block) how far a score may be off */
    float *score;                /* (n + 1) logits of a user less his bias */
    bool *seen;                  /* (block, n + 1) by the users being answered */
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
    float *add;        /* (n + 1) owned: bias of a film with what popularity adds */
    struct work *work; /* (workers) */
};

/* A block of one worker. */
struct block {
    const struct question *qn;
    const struct work *w;
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
    rec->known = mem_new((size_t)m->n_items + 1, sizeof(*rec->known));
    if (rec->known == NULL) {
        recommender_free(rec);
        return err_nomem(err, ((size_t)m->n_items + 1) * sizeof(*rec->known),
                         "the films' popularity");
    }
    popularity_weigh(rec->known, m, c);
    for (uint32_t i = 1; i <= m->n_items; i++) {
        rec->max_known = fmax(rec->max_known, fabs(rec->known[i]));
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
    shortlist_free(w->few);
    mem_free(w->slack);
    mem_free(w->score);
    mem_free(w->seen);
    mem_free(w->entry);
    mem_free(w->similar);
    mem_free(w->list);
    mem_free(w->n_listed);
}

/* How many films are listed, and from how many they are chosen. */
static void
set_limits(struct work *w, size_t n, const struct recommend_query *q)
{
    size_t pool;

    w->want = q->limit != 0 && q->limit < n ? q->limit : n;
    pool = w->want < n / POOL ? w->want * POOL : n;
    pool = pool < POOL_MIN ? POOL_MIN : pool;
    pool = pool < n ? pool : n;
    w->limit = q->diversity > 0 ? pool : w->want;
}

/* What there is without memory goes with work_done. */
static enum err_code
work_init(struct work *w, const struct model *m, size_t n_users,
          const struct recommend_query *q, struct err *err)
{
    size_t n = m->n_items;
    enum err_code rc = ERR_OK;

    set_limits(w, n, q);
    w->block = n_users < SHORTLIST_USERS ? n_users : SHORTLIST_USERS;
    if (w->limit > SHORTLIST_LIMIT || w->block == 0 || n == 0)
        w->block = 1;
    if (w->block > 1)
        rc = shortlist_new(&w->few, m, w->block, w->limit, err);
    w->slack = mem_new(w->block, sizeof(*w->slack));
    w->score = mem_new(n + 1, sizeof(*w->score));
    w->seen = mem_new(w->block * (n + 1), sizeof(*w->seen));
    w->entry = mem_new(n, sizeof(*w->entry));
    w->similar = mem_new(q->diversity > 0 ? w->limit : 0, sizeof(*w->similar));
    w->list = mem_new(w->block * w->want, sizeof(*w->list));
    w->n_listed = mem_new(w->block, sizeof(*w->n_listed));
    if (rc == ERR_OK &&
        (w->slack == NULL || w->score == NULL || w->seen == NULL || w->entry == NULL ||
         w->similar == NULL || w->list == NULL || w->n_listed == NULL))
        rc = err_nomem(err, (n + 1) * (w->block + 20), "scores of all films");
    return rc;
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
         const bool *seen, uint32_t row)
{
    return rec->catalog->count[row] > 0 && (q->seen || !seen[row]) &&
           filter_match(q->filter, row, seen[row]);
}

/* What user number `at` of a worker's block has seen. */
static bool *
seen_by(const struct question *qn, const struct work *w, size_t at)
{
    return w->seen + at * ((size_t)qn->rec->model->n_items + 1);
}

/* shortlist_query.may */
static bool
may_list_in_block(const void *arg, size_t at, uint32_t row)
{
    const struct block *b = arg;

    return may_list(b->qn->rec, b->qn->q, seen_by(b->qn, b->w, at), row);
}

/* How far a score in single precision may be off for a user. */
static double
slack_of(const struct recommender *rec, const struct recommend_query *q, uint32_t user)
{
    const struct model *m = rec->model;
    double size = norm(m->U + (size_t)user * m->k, m->k) * rec->max_norm +
                  rec->max_bias + fabs(q->popularity) * rec->max_known;

    return (m->k + 4) * 0x1p-24 * 1.01 * size;
}

/* The score that the limit-th best film has, -inf where there are not so many. */
static double
find_threshold(const struct question *qn, struct work *w, const bool *seen)
{
    const struct recommender *rec = qn->rec;
    double least = -INFINITY;
    size_t n = 0;

    if (w->limit == rec->model->n_items)
        return least;
    for (uint32_t i = 1; i <= rec->model->n_items; i++) {
        if ((double)w->score[i] < least || !may_list(rec, qn->q, seen, i))
            continue;
        n = rank_offer(w->entry, n, w->limit, (struct ranked){ (double)w->score[i], i },
                       rec->catalog);
        if (n == w->limit)
            least = w->entry[0].key;
    }
    return least;
}

/* Films that can be among the user's best, out of all, into w->entry. */
static size_t
choose_of_all(const struct question *qn, struct work *w, uint32_t user, size_t at)
{
    const struct model *m = qn->rec->model;
    const bool *seen = seen_by(qn, w, at);
    double least;
    size_t n = 0;

    memcpy(w->score, qn->add, ((size_t)m->n_items + 1) * sizeof(*w->score));
    blas_matrix_vector((size_t)m->n_items + 1, m->k, m->I, m->U + (size_t)user * m->k,
                       w->score);
    least = find_threshold(qn, w, seen) - 2 * w->slack[at];
    for (uint32_t i = 1; i <= m->n_items; i++)
        /* Not `>=`: where the bound is not finite, every film is scored exactly. */
        if (!((double)w->score[i] < least) && may_list(qn->rec, qn->q, seen, i))
            w->entry[n++].row = i;
    return n;
}

static size_t
choose(const struct question *qn, struct work *w, uint32_t user, size_t at)
{
    const uint32_t *row = NULL;
    size_t n = w->few != NULL ? shortlist_get(w->few, at, &row) : SIZE_MAX;

    if (n == SIZE_MAX)
        return choose_of_all(qn, w, user, at);
    for (size_t i = 0; i < n; i++)
        w->entry[i].row = row[i];
    return n;
}

/* Answer user `at` of the worker's block: score exactly what can be among the best, and
 * put it in order. */
static void
answer_user(const struct question *qn, struct work *w, uint32_t user, size_t at)
{
    const struct model *m = qn->rec->model;
    struct recommendation *list = w->list + at * w->want;
    size_t n = choose(qn, w, user, at);

    for (size_t i = 0; i < n; i++)
        w->entry[i].key = model_logit(m, user, w->entry[i].row) +
                          qn->q->popularity * qn->rec->known[w->entry[i].row];
    n = rank_best(w->entry, n, w->limit, qn->rec->catalog);
    if (qn->q->diversity > 0)
        n = diversity_pick(m, w->entry, n, w->want, qn->q->diversity, w->similar);
    for (size_t i = 0; i < n; i++)
        list[i] = (struct recommendation){
            .row = w->entry[i].row,
            .seen = seen_by(qn, w, at)[w->entry[i].row],
            .rating = model_rating(m, model_logit(m, user, w->entry[i].row)),
        };
    w->n_listed[at] = n;
}

/* A pool_fn: worker `id` answers the id-th block of the round. */
static void
answer_block(void *arg, unsigned id, unsigned n)
{
    const struct question *qn = arg;
    struct work *w = &qn->work[id];
    const size_t from = id * w->block;
    const uint32_t *user = qn->user + from;
    size_t n_users;

    (void)n;
    if (from >= qn->n_users)
        return;
    n_users = qn->n_users - from < w->block ? qn->n_users - from : w->block;
    for (size_t at = 0; at < n_users; at++) {
        mark_seen(qn->rec->ratings, qn->q, user[at], seen_by(qn, w, at), true);
        w->slack[at] = slack_of(qn->rec, qn->q, user[at]);
    }
    if (w->few != NULL)
        shortlist_find(w->few, &(struct shortlist_query){
                                   .user = user,
                                   .n_users = n_users,
                                   .add = qn->add,
                                   .slack = w->slack,
                                   .may = may_list_in_block,
                                   .arg = &(struct block){ qn, w },
                               });
    for (size_t at = 0; at < n_users; at++) {
        answer_user(qn, w, user[at], at);
        mark_seen(qn->rec->ratings, qn->q, user[at], seen_by(qn, w, at), false);
    }
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

/* Make what the question needs; what there is of it goes with question_done. */
static enum err_code
question_init(struct question *qn, unsigned n_workers, size_t n_users, struct err *err)
{
    const struct model *m = qn->rec->model;
    const size_t rows = (size_t)m->n_items + 1;
    enum err_code rc = ERR_OK;

    qn->add = mem_new(rows, sizeof(*qn->add));
    qn->work = mem_new(n_workers, sizeof(*qn->work));
    if (qn->add == NULL || qn->work == NULL)
        return err_nomem(err, rows * sizeof(*qn->add), "recommendations");
    for (size_t i = 0; i < rows; i++)
        qn->add[i] = (float)((double)m->bi[i] + qn->q->popularity * qn->rec->known[i]);
    for (unsigned id = 0; rc == ERR_OK && id < n_workers; id++)
        rc = work_init(&qn->work[id], m, n_users, qn->q, err);
    return rc;
}

static void
question_done(struct question *qn, unsigned n_workers)
{
    for (unsigned id = 0; qn->work != NULL && id < n_workers; id++)
        work_done(&qn->work[id]);
    mem_free(qn->work);
    mem_free(qn->add);
}

enum err_code
recommend_users(const struct recommender *rec, const uint32_t *user, size_t n_users,
                const struct recommend_query *q, struct pool *pool, recommend_fn *fn,
                void *arg, struct err *err)
{
    const unsigned n_workers = pool_size(pool);
    struct question qn = { .rec = rec, .q = q };
    enum err_code rc = question_init(&qn, n_workers, n_users, err);

    if (rc == ERR_OK)
        rc = blas_prepare(n_workers, err);
    for (size_t round; rc == ERR_OK && n_users > 0; user += round, n_users -= round) {
        round = n_workers * qn.work->block;
        round = n_users < round ? n_users : round;
        qn.user = user;
        qn.n_users = round;
        pool_run(pool, answer_block, &qn);
        rc = hand_on(&qn, fn, arg, err);
    }
    question_done(&qn, n_workers);
    return rc;
}
