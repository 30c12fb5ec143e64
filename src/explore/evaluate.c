/* evaluate.c - errors, baselines and calibration; see evaluate.h. */
#include "config.h"

#include "src/explore/evaluate.h"

#include "src/explore/baseline.h"
#include "src/explore/evaluate_ranking.h"

#include <inttypes.h>
#include <math.h>

enum err_code
evaluate_tell(const struct evaluate_query *q, enum evaluate_stage stage, double part,
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
            rc = evaluate_tell(q, EVALUATE_ERRORS, (double)u / test->n_users, err);
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
        rc = evaluate_tell(q, EVALUATE_BASELINES, NAN, err);
    if (rc == ERR_OK)
        rc = baseline_fit(&b, train, pool, q->cancel, err);
    ev.bias_sweeps = b.n_sweeps;
    if (rc == ERR_OK)
        rc = measure_errors(&ev, m, &b, test, q, err);
    if (rc == ERR_OK)
        rc = evaluate_ranking(&ev, m, c, train, test, q, pool, err);
    baseline_done(&b);
    if (rc == ERR_OK)
        *ret = ev;
    return rc;
}
