/* evaluate.c - errors, calibration and ranking; see evaluate.h. */
#include "config.h"

#include "src/explore/evaluate.h"

#include "src/base/clock.h"
#include "src/base/mem.h"
#include "src/base/rng.h"
#include "src/explore/baseline.h"
#include "src/explore/recommend.h"

#include <inttypes.h>
#include <math.h>

/* Say how far it is; ERR_STATE when it shall end. */
static enum err_code
tell(const struct evaluate_query *q, enum evaluate_stage stage, double part,
     struct err *err)
{
    if (q->progress != NULL)
        q->progress(q->progress_arg, stage, part);
    if (q->cancel != NULL && atomic_load_explicit(q->cancel, memory_order_relaxed))
        return err_set(err, ERR_STATE, "the evaluation was stopped");
    return ERR_OK;
}

static void
add_error(struct evaluate_error *e, double predicted, double given)
{
    e->rmse += (predicted - given) * (predicted - given);
    e->mae += fabs(predicted - given);
}

static void
finish_error(struct evaluate_error *e, size_t n)
{
    e->rmse = sqrt(e->rmse / (double)n);
    e->mae /= (double)n;
}

/* The tenth of the model's range that a prediction lies in; NaN in the first. */
static struct evaluate_bin *
bin_of(struct evaluation *ev, const struct model *m, double predicted)
{
    const double lo = (double)m->y_lo, range = (double)m->y_hi - lo;
    const double at = (predicted - lo) / range * EVALUATE_BINS;

    if (!(at > 0))
        return &ev->bin[0];
    return &ev->bin[at < EVALUATE_BINS ? (unsigned)at : EVALUATE_BINS - 1];
}

static void
add_rating(struct evaluation *ev, const struct model *m, double predicted, double given)
{
    struct evaluate_bin *b = bin_of(ev, m, predicted);

    add_error(&ev->model, predicted, given);
    b->predicted += predicted;
    b->given += given;
    b->count++;
    ev->n++;
}

/* The ratings of a user that are asked for. */
static void
add_user(struct evaluation *ev, const struct model *m, const struct baseline *b,
         const struct ratings *test, uint32_t u)
{
    for (uint64_t at = test->start[u]; at < test->start[u + 1]; at++) {
        const uint32_t i = ratings_item(test, at);
        const double given = (double)ratings_stars(test, at);

        if (!ratings_held_out(test, at))
            continue;
        add_rating(ev, m, model_rating(m, model_logit(m, u, i)), given);
        add_error(&ev->global_mean, b->mean, given);
        add_error(&ev->item_mean, b->item_mean[i], given);
        add_error(&ev->bias_only, baseline_rating(b, u, i), given);
    }
}

/* All that is a mean over ratings. */
static enum err_code
measure_errors(struct evaluation *ev, const struct model *m, const struct baseline *b,
               const struct ratings *test, const struct evaluate_query *q,
               struct err *err)
{
    enum err_code rc = ERR_OK;

    for (uint32_t u = 0; rc == ERR_OK && u <= test->n_users; u++) {
        add_user(ev, m, b, test, u);
        if (u % 1024 == 0)
            rc = tell(q, EVALUATE_ERRORS, (double)u / test->n_users, err);
    }
    finish_error(&ev->model, ev->n);
    finish_error(&ev->global_mean, ev->n);
    finish_error(&ev->item_mean, ev->n);
    finish_error(&ev->bias_only, ev->n);
    for (unsigned i = 0; i < EVALUATE_BINS; i++) {
        ev->bin[i].predicted /= (double)ev->bin[i].count;
        ev->bin[i].given /= (double)ev->bin[i].count;
    }
    return rc;
}

enum mark { MARK_NONE, MARK_RELEVANT, MARK_KNOWN };

/* What is kept from one user's list to the next. */
struct ranking {
    const struct ratings *train, *test; /* borrowed */
    const struct evaluate_query *q;     /* borrowed */
    uint32_t n_users, n_judged;         /* to be ranked for, and done */
    unsigned char *mark;                /* (n + 1) of the user being judged */
    bool *listed;                       /* (n + 1) in somebody's list */
    struct evaluate_mean *sum[3];       /* borrowed: sums of values and of squares */
};

/* Mark the relevant films of a user; how many there are. */
static uint32_t
mark_films(struct ranking *rk, uint32_t u)
{
    const struct ratings *train = rk->train, *test = rk->test;
    uint32_t n = 0;

    for (uint64_t at = train->start[u]; at < train->start[u + 1]; at++)
        if (!ratings_held_out(train, at))
            rk->mark[ratings_item(train, at)] = MARK_KNOWN;
    for (uint64_t at = test->start[u]; at < test->start[u + 1]; at++) {
        unsigned char *mark = &rk->mark[ratings_item(test, at)];

        if (ratings_held_out(test, at) && *mark == MARK_NONE &&
            (double)ratings_stars(test, at) >= rk->q->relevant) {
            *mark = MARK_RELEVANT;
            n++;
        }
    }
    return n;
}

static void
unmark_films(struct ranking *rk, uint32_t u)
{
    for (uint64_t at = rk->train->start[u]; at < rk->train->start[u + 1]; at++)
        rk->mark[ratings_item(rk->train, at)] = MARK_NONE;
    for (uint64_t at = rk->test->start[u]; at < rk->test->start[u + 1]; at++)
        rk->mark[ratings_item(rk->test, at)] = MARK_NONE;
}

/* A recommend_fn: judge the first ten of a user. */
static enum err_code
judge_user(void *arg, uint32_t user, const struct recommendation *list, size_t n,
           struct err *err)
{
    struct ranking *rk = arg;
    const uint32_t n_relevant = mark_films(rk, user);
    double hits = 0, gain = 0, ideal = 0, value[3];

    for (size_t i = 0; i < n; i++) {
        rk->listed[list[i].row] = true;
        if (rk->mark[list[i].row] == MARK_RELEVANT) {
            hits++;
            gain += 1 / log2((double)i + 2);
        }
    }
    for (uint32_t i = 0; i < n_relevant && i < EVALUATE_TOP; i++)
        ideal += 1 / log2(i + 2.0);
    unmark_films(rk, user);
    value[0] = hits / EVALUATE_TOP;
    value[1] = hits / n_relevant;
    value[2] = gain / ideal;
    for (unsigned i = 0; i < 3; i++) {
        rk->sum[i]->value += value[i];
        rk->sum[i]->error += value[i] * value[i];
    }
    rk->n_judged++;
    return tell(rk->q, EVALUATE_RANKING, (double)rk->n_judged / rk->n_users, err);
}

/* The users with a relevant film into user[]; how many. */
static uint32_t
find_users(struct ranking *rk, uint32_t *user)
{
    uint32_t n = 0;

    for (uint32_t u = 1; u <= rk->test->n_users; u++) {
        if (mark_films(rk, u) > 0)
            user[n++] = u;
        unmark_films(rk, u);
    }
    return n;
}

/* Bring `want` of n users to the front, each set of them as likely (Fisher-Yates). */
static void
draw_users(uint32_t *user, uint32_t n, uint32_t want, uint64_t seed)
{
    for (uint32_t i = 0; i < want; i++) {
        const struct rng_block r = rng_at(seed, RNG_EVALUATE, i, 0);
        const uint32_t other = i + (uint32_t)rng_below(r.v[0], r.v[1], n - i);
        const uint32_t t = user[i];

        user[i] = user[other];
        user[other] = t;
    }
}

/* Sums over n of N users to a mean and its standard error; of one of many it is not
 * known. */
static void
finish_mean(struct evaluate_mean *e, double n, double N)
{
    const double mean = e->value / n;
    const double variance = fmax(e->error - n * mean * mean, 0) / (n - 1);

    e->value = mean;
    e->error = n < N ? sqrt(variance / n * (1 - n / N)) : n > 0 ? 0 : NAN;
}

static void
finish_ranking(struct evaluation *ev, const struct catalog *c, const bool *listed)
{
    const double n = ev->n_ranked_users, N = ev->n_relevant_users;
    double n_films = 0, n_listed = 0;

    finish_mean(&ev->precision, n, N);
    finish_mean(&ev->recall, n, N);
    finish_mean(&ev->ndcg, n, N);
    for (uint32_t i = 1; i <= c->n_items; i++) {
        n_films += c->count[i] > 0;
        n_listed += listed[i];
    }
    ev->coverage = n_listed / n_films;
}

/* Rank all films for the users, who are borrowed room for all there are. */
static enum err_code
rank_users(struct evaluation *ev, const struct model *m, const struct catalog *c,
           struct ranking *rk, uint32_t *user, const struct evaluate_query *q,
           struct pool *pool, struct err *err)
{
    const struct recommend_query rq = { .limit = EVALUATE_TOP, .held_out = true };
    const double begin = clock_now_s();
    struct recommender *rec = NULL;
    enum err_code rc;
    uint32_t n;

    ev->n_relevant_users = n = find_users(rk, user);
    if (q->n_users > 0 && q->n_users < n) {
        draw_users(user, n, q->n_users, q->seed);
        n = q->n_users;
    }
    ev->n_ranked_users = rk->n_users = n;
    rc = recommender_new(&rec, m, c, rk->train, err);
    if (rc == ERR_OK)
        rc = recommend_users(rec, user, n, &rq, pool, judge_user, rk, err);
    recommender_free(rec);
    ev->rank_s = clock_now_s() - begin;
    ev->multiplies = 2.0 * n * m->n_items * m->k;
    if (rc == ERR_OK)
        finish_ranking(ev, c, rk->listed);
    return rc;
}

static enum err_code
measure_ranking(struct evaluation *ev, const struct model *m, const struct catalog *c,
                const struct ratings *train, const struct ratings *test,
                const struct evaluate_query *q, struct pool *pool, struct err *err)
{
    const size_t films = (size_t)m->n_items + 1;
    uint32_t *user = mem_new((size_t)m->n_users + 1, sizeof(*user));
    struct ranking rk = {
        .train = train,
        .test = test,
        .q = q,
        .mark = mem_new(films, sizeof(*rk.mark)),
        .listed = mem_new(films, sizeof(*rk.listed)),
        .sum = { &ev->precision, &ev->recall, &ev->ndcg },
    };
    enum err_code rc;

    if (user != NULL && rk.mark != NULL && rk.listed != NULL)
        rc = rank_users(ev, m, c, &rk, user, q, pool, err);
    else
        rc = err_nomem(err, m->n_users * sizeof(*user) + 2 * films, "an evaluation");
    mem_free(user);
    mem_free(rk.mark);
    mem_free(rk.listed);
    return rc;
}

static enum err_code
check_parts(const struct model *m, const struct ratings *train,
            const struct ratings *test, struct err *err)
{
    const struct ratings *r = test;

    if (r->n_users == m->n_users && r->n_items == m->n_items)
        r = train;
    if (r->n_users != m->n_users || r->n_items != m->n_items)
        return err_set(err, ERR_ARG,
                       "the model has %" PRIu32 " users and %" PRIu32
                       " films, the ratings %" PRIu32 " and %" PRIu32
                       ": they do not belong together",
                       m->n_users, m->n_items, r->n_users, r->n_items);
    if (test->n_held_out == 0)
        return err_set(err, ERR_ARG, "no rating to evaluate on");
    if (ratings_n_train(train) == 0)
        return err_set(err, ERR_ARG, "no rating was trained on");
    return ERR_OK;
}

enum err_code
evaluate_model(struct evaluation *ret, const struct model *m, const struct catalog *c,
               const struct ratings *train, const struct ratings *test,
               const struct evaluate_query *q, struct pool *pool, struct err *err)
{
    struct evaluation ev = { 0 };
    struct baseline b = { 0 };
    enum err_code rc = check_parts(m, train, test, err);

    if (rc == ERR_OK)
        rc = tell(q, EVALUATE_BASELINES, NAN, err);
    if (rc == ERR_OK)
        rc = baseline_fit(&b, train, pool, q->cancel, err);
    ev.bias_sweeps = b.n_sweeps;
    if (rc == ERR_OK)
        rc = measure_errors(&ev, m, &b, test, q, err);
    if (rc == ERR_OK)
        rc = measure_ranking(&ev, m, c, train, test, q, pool, err);
    baseline_done(&b);
    if (rc == ERR_OK)
        *ret = ev;
    return rc;
}
