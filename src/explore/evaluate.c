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

/* ---- errors and calibration -------------------------------------------------------
 */

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

static void
add_rating(struct evaluation *ev, const struct model *m, double predicted, double given)
{
    const double part = (predicted - (double)m->y_lo) / (double)(m->y_hi - m->y_lo);
    const int at = (int)(part * EVALUATE_BINS);
    struct evaluate_bin *b = &ev->bin[at < 0               ? 0
                                      : at < EVALUATE_BINS ? at
                                                           : EVALUATE_BINS - 1];

    add_error(&ev->model, predicted, given);
    b->predicted += predicted;
    b->given += given;
    b->count++;
    ev->n++;
}

/* All that is a mean over ratings. */
static void
measure_errors(struct evaluation *ev, const struct model *m, const struct baseline *b,
               const struct ratings *test)
{
    for (uint32_t u = 0; u <= test->n_users; u++)
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
    finish_error(&ev->model, ev->n);
    finish_error(&ev->global_mean, ev->n);
    finish_error(&ev->item_mean, ev->n);
    finish_error(&ev->bias_only, ev->n);
    for (unsigned i = 0; i < EVALUATE_BINS; i++) {
        ev->bin[i].predicted /= (double)ev->bin[i].count;
        ev->bin[i].given /= (double)ev->bin[i].count;
    }
}

/* ---- ranking ----------------------------------------------------------------------
 */

enum mark { MARK_NONE, MARK_RELEVANT, MARK_KNOWN };

/* What is kept from one user's list to the next. */
struct ranking {
    const struct ratings *train, *test; /* borrowed */
    double relevant;
    unsigned char *mark;          /* (n + 1) of the user being judged */
    bool *listed;                 /* (n + 1) in somebody's list */
    struct evaluate_mean *sum[3]; /* borrowed: sums of values and of squares */
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
            (double)ratings_stars(test, at) >= rk->relevant) {
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
    double hits = 0, gain = 0, ideal = 0;

    (void)err;
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

    const double value[3] = { hits / EVALUATE_TOP, hits / n_relevant, gain / ideal };

    for (unsigned i = 0; i < 3; i++) {
        rk->sum[i]->value += value[i];
        rk->sum[i]->error += value[i] * value[i];
    }
    return ERR_OK;
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

/* Sums over n of N users to a mean and its standard error. */
static void
finish_mean(struct evaluate_mean *e, double n, double N)
{
    const double mean = e->value / n;
    const double variance = fmax(e->error - n * mean * mean, 0) / (n - 1);

    e->value = mean;
    e->error = n < N ? sqrt(variance / n * (1 - n / N)) : 0;
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
    ev->n_ranked_users = n;
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
        .relevant = q->relevant,
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

/* ---- everything -------------------------------------------------------------------
 */

static enum err_code
check_parts(const struct model *m, const struct ratings *train,
            const struct ratings *test, struct err *err)
{
    if (test->n_users != m->n_users || test->n_items != m->n_items)
        return err_set(err, ERR_ARG,
                       "the model has %" PRIu32 " users and %" PRIu32
                       " films, the ratings %" PRIu32 " and %" PRIu32
                       ": they do not belong together",
                       m->n_users, m->n_items, test->n_users, test->n_items);
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
        rc = baseline_fit(&b, train, err);
    if (rc == ERR_OK) {
        ev.bias_sweeps = b.n_sweeps;
        measure_errors(&ev, m, &b, test);
        rc = measure_ranking(&ev, m, c, train, test, q, pool, err);
    }
    baseline_done(&b);
    if (rc == ERR_OK)
        *ret = ev;
    return rc;
}

/* ---- other data -------------------------------------------------------------------
 */

/* Row of the model for each row of other data, 0 where it has none. */
struct rows {
    uint32_t *user, *film;
};

static void
find_rows(struct rows *rows, struct evaluate_skipped *skipped,
          const struct catalog *model_catalog, const struct catalog *c)
{
    char id[24];

    for (uint32_t u = 1; u <= c->n_users; u++) {
        rows->user[u] = catalog_find_user(model_catalog, idcol_text(&c->user, u, id));
        skipped->users += rows->user[u] == 0;
    }
    for (uint32_t i = 1; i <= c->n_items; i++) {
        rows->film[i] = catalog_find_item(model_catalog, catalog_item_id(c, i, id));
        skipped->films += rows->film[i] == 0;
    }
}

/* Copy the ratings whose rows are known. to->start[u] begins as the place of the first
 * rating of user u and is put right afterwards. */
static void
copy_ratings(struct ratings *to, const struct ratings *r, const struct rows *rows)
{
    for (uint32_t u = 1; u <= r->n_users; u++)
        for (uint64_t at = r->start[u]; at < r->start[u + 1]; at++) {
            const uint32_t film = rows->film[ratings_item(r, at)];
            uint64_t place;

            if (rows->user[u] == 0 || film == 0)
                continue;
            place = to->start[rows->user[u]]++;
            to->item[place] = film | RATINGS_HELD_OUT;
            to->stars[place] = ratings_stars(r, at);
        }
    for (uint32_t u = to->n_users + 1; u > 0; u--)
        to->start[u] = to->start[u - 1];
    to->start[0] = 0;
    to->n_held_out = to->n;
}

/* Ratings that stay, by the model's user: counts[u + 1]; the sum is returned. */
static uint64_t
count_ratings(const struct ratings *r, const struct rows *rows, uint64_t *counts)
{
    uint64_t n = 0;

    for (uint32_t u = 1; u <= r->n_users; u++)
        for (uint64_t at = r->start[u]; at < r->start[u + 1]; at++)
            if (rows->user[u] != 0 && rows->film[ratings_item(r, at)] != 0) {
                counts[rows->user[u] + 1]++;
                n++;
            }
    return n;
}

enum err_code
evaluate_other(struct ratings **ret, struct evaluate_skipped *ret_skipped,
               const struct catalog *model_catalog, const struct catalog *c,
               const struct ratings *r, struct err *err)
{
    const uint32_t m = model_catalog->n_users;
    struct rows rows = { mem_new((size_t)c->n_users + 1, sizeof(*rows.user)),
                         mem_new((size_t)c->n_items + 1, sizeof(*rows.film)) };
    uint64_t *counts = mem_new((size_t)m + 2, sizeof(*counts)), n;
    struct evaluate_skipped skipped = { 0 };
    struct ratings *to = NULL;
    enum err_code rc;

    if (rows.user == NULL || rows.film == NULL || counts == NULL) {
        rc = err_nomem(err, (m + 2) * sizeof(*counts), "the other data");
        goto out;
    }
    find_rows(&rows, &skipped, model_catalog, c);
    n = count_ratings(r, &rows, counts);
    rc = ratings_new(&to, n, m, model_catalog->n_items, false, err);
    if (rc != ERR_OK)
        goto out;
    for (uint32_t u = 0; u <= m; u++)
        to->start[u + 1] = to->start[u] + counts[u + 1];
    copy_ratings(to, r, &rows);
    skipped.ratings = r->n - n;
    *ret = to;
    *ret_skipped = skipped;
out:
    mem_free(rows.user);
    mem_free(rows.film);
    mem_free(counts);
    return rc;
}
