/*
 * evaluate_ranking.c - the first ten of all films for each user, by the model and by
 * what most people rated; see evaluate_ranking.h.
 */
#include "config.h"

#include "src/explore/evaluate_ranking.h"

#include "src/base/clock.h"
#include "src/base/mem.h"
#include "src/base/rng.h"
#include "src/explore/rank.h"
#include "src/explore/recommend.h"

#include <inttypes.h>
#include <math.h>

enum mark { MARK_NONE, MARK_RELEVANT, MARK_KNOWN };

/* What is kept from one user's list to the next. */
struct ranking {
    const struct ratings *train, *test; /* borrowed */
    const struct evaluate_query *q;     /* borrowed */
    struct evaluation *ev;              /* borrowed: sums of values and of squares */
    uint32_t n_users, n_judged;         /* to be ranked for, and done */
    unsigned char *mark;                /* (n + 1) of the user being judged */
    bool *by_model, *by_count;          /* (n + 1) in somebody's list */
    struct ranked *popular;             /* (n + 1) rated films, the most rated first */
    uint32_t n_popular;
};

/* Mark the films of a user; how many are relevant. */
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

static void
add_value(struct evaluate_mean *e, double value)
{
    e->value += value;
    e->error += value * value;
}

/* Judge a list of n films for the user whose films are marked. */
static void
judge_list(const struct ranking *rk, const uint32_t *row, size_t n, uint32_t n_relevant,
           bool *listed, struct evaluate_ranked *ret)
{
    double hits = 0, gain = 0, ideal = 0;

    for (size_t i = 0; i < n; i++) {
        listed[row[i]] = true;
        if (rk->mark[row[i]] == MARK_RELEVANT) {
            hits++;
            gain += 1 / log2((double)i + 2);
        }
    }
    for (uint32_t i = 0; i < n_relevant && i < EVALUATE_TOP; i++)
        ideal += 1 / log2(i + 2.0);
    add_value(&ret->precision, hits / EVALUATE_TOP);
    add_value(&ret->recall, hits / n_relevant);
    add_value(&ret->ndcg, gain / ideal);
}

/* The most rated films that the user whose films are marked does not know; how many. */
static size_t
list_popular(const struct ranking *rk, uint32_t *row)
{
    size_t n = 0;

    for (uint32_t i = 0; i < rk->n_popular && n < EVALUATE_TOP; i++)
        if (rk->mark[rk->popular[i].row] != MARK_KNOWN)
            row[n++] = rk->popular[i].row;
    return n;
}

/* A recommend_fn: judge the first ten of a user. */
static enum err_code
judge_user(void *arg, uint32_t user, const struct recommendation *list, size_t n,
           struct err *err)
{
    struct ranking *rk = arg;
    const uint32_t n_relevant = mark_films(rk, user);
    uint32_t row[EVALUATE_TOP];

    for (size_t i = 0; i < n; i++)
        row[i] = list[i].row;
    judge_list(rk, row, n, n_relevant, rk->by_model, &rk->ev->ranked);
    n = list_popular(rk, row);
    judge_list(rk, row, n, n_relevant, rk->by_count, &rk->ev->popular);
    unmark_films(rk, user);
    rk->n_judged++;
    return evaluate_tell(rk->q, EVALUATE_RANKING, (double)rk->n_judged / rk->n_users,
                         err);
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

/* Put the films that somebody rated in the order of the ratings trained on; `room` (n
 * films) is written over. */
static void
order_popular(struct ranking *rk, const struct catalog *c, struct ranked *room)
{
    for (uint32_t i = 0; i <= c->n_items; i++)
        rk->popular[i] = (struct ranked){ .row = i };
    for (uint64_t at = 0; at < rk->train->n; at++)
        if (!ratings_held_out(rk->train, at))
            rk->popular[ratings_item(rk->train, at)].key++;
    for (uint32_t i = 1; i <= c->n_items; i++)
        if (c->count[i] > 0)
            rk->popular[rk->n_popular++] = rk->popular[i];
    rank_all(rk->popular, room, rk->n_popular, c);
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
finish_ranked(struct evaluate_ranked *r, const struct ranking *rk, const bool *listed,
              const struct catalog *c)
{
    const double n = rk->ev->n_ranked_users, N = rk->ev->n_relevant_users;
    double n_listed = 0;

    finish_mean(&r->precision, n, N);
    finish_mean(&r->recall, n, N);
    finish_mean(&r->ndcg, n, N);
    for (uint32_t i = 1; i <= c->n_items; i++)
        n_listed += listed[i];
    r->coverage = n_listed / rk->n_popular;
}

/* Rank all films for the users, who are borrowed room for all there are. */
static enum err_code
rank_users(struct ranking *rk, const struct model *m, const struct catalog *c,
           uint32_t *user, struct pool *pool, struct err *err)
{
    const struct recommend_query rq = { .limit = EVALUATE_TOP, .held_out = true };
    const struct evaluate_query *q = rk->q;
    const double begin = clock_now_s();
    struct evaluation *ev = rk->ev;
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
    if (rc == ERR_OK) {
        finish_ranked(&ev->ranked, rk, rk->by_model, c);
        finish_ranked(&ev->popular, rk, rk->by_count, c);
    }
    return rc;
}

enum err_code
evaluate_ranking(struct evaluation *ev, const struct model *m, const struct catalog *c,
                 const struct ratings *train, const struct ratings *test,
                 const struct evaluate_query *q, struct pool *pool, struct err *err)
{
    const size_t films = (size_t)m->n_items + 1;
    uint32_t *user = mem_new((size_t)m->n_users + 1, sizeof(*user));
    struct ranked *room = mem_new(films, sizeof(*room));
    struct ranking rk = {
        .train = train,
        .test = test,
        .q = q,
        .ev = ev,
        .mark = mem_new(films, sizeof(*rk.mark)),
        .by_model = mem_new(films, sizeof(*rk.by_model)),
        .by_count = mem_new(films, sizeof(*rk.by_count)),
        .popular = mem_new(films, sizeof(*rk.popular)),
    };
    enum err_code rc;

    if (user != NULL && room != NULL && rk.mark != NULL && rk.by_model != NULL &&
        rk.by_count != NULL && rk.popular != NULL) {
        order_popular(&rk, c, room);
        rc = rank_users(&rk, m, c, user, pool, err);
    } else {
        rc = err_nomem(err,
                       (size_t)m->n_users * sizeof(*user) + films * 2 * sizeof(*room),
                       "an evaluation");
    }
    mem_free(user);
    mem_free(room);
    mem_free(rk.mark);
    mem_free(rk.by_model);
    mem_free(rk.by_count);
    mem_free(rk.popular);
    return rc;
}
