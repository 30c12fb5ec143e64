/*
 * evaluate.h - how good a model is on ratings that it was not trained on.
 *
 * Two sets of ratings with the model's rows: `train`, whose ratings that are not held
 * out are what the model knows, and `test`, whose held-out ratings are asked for. A
 * run's own ratings are both.
 *
 * Ranking: a film is relevant to a user who gave it so many stars among the ratings
 * asked for, unless it is among what the model knows of him; users without one are left
 * out. All films that somebody rated are ranked, less those the model knows of the
 * user, none are sampled (Krichene & Rendle 2020, "On sampled metrics for item
 * recommendation"). With h of the r relevant films among the first ten, precision is
 * h / 10, recall h / r, and NDCG (Järvelin & Kekäläinen 2002) with gains of 0 and 1
 *
 *   Σ over hits at place p of 1 / log2(p + 1)
 *
 * over the same sum for p = 1 … min(r, 10). What everybody gets who is recommended the
 * most rated films is the baseline of ranking, and hard to beat for a model that was
 * trained to predict stars (Cremonesi, Koren & Turrin 2010, "Performance of recommender
 * algorithms on top-n recommendation tasks").
 */
#ifndef MLT_EXPLORE_EVALUATE_H
#define MLT_EXPLORE_EVALUATE_H

#include "src/base/err.h"
#include "src/base/pool.h"
#include "src/data/catalog.h"
#include "src/data/ratings.h"
#include "src/model/model.h"

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#define EVALUATE_TOP  10
#define EVALUATE_BINS 10

/* What an evaluation is at; ranking is nearly all of it. */
enum evaluate_stage { EVALUATE_BASELINES, EVALUATE_ERRORS, EVALUATE_RANKING };

struct evaluate_query {
    double relevant;  /* stars */
    uint32_t n_users; /* rank for so many users, drawn without replacement; 0: all */
    uint64_t seed;    /* of the draw */
    const atomic_bool *cancel; /* polled, may be NULL: ERR_STATE when it turns true */
    /* Called from the calling thread, often; `part` of the stage is done, NaN where
     * nobody knows. May be NULL. */
    void (*progress)(void *arg, enum evaluate_stage stage, double part);
    void *progress_arg;
};

/* Root mean squared and mean absolute error in stars. */
struct evaluate_error {
    double rmse, mae;
};

/* A mean over users and its standard error: of a draw from a finite number, 0 when
 * everybody was asked; NaN of a single one drawn from many. */
struct evaluate_mean {
    double value, error;
};

/* Lists of ten held against the relevant films; means over users, NaN without any. */
struct evaluate_ranked {
    struct evaluate_mean precision, recall, ndcg;
    double coverage; /* share of the rated films in anybody's ten */
};

struct evaluate_bin {
    double predicted, given; /* means; NaN where it is empty */
    size_t count;
};

struct evaluation {
    size_t n; /* ratings asked for */
    struct evaluate_error model, global_mean, item_mean, bias_only;
    unsigned bias_sweeps; /* until the biases stood still */
    /* The model's range in ten equal parts: half stars for 0.5 … 5.5. */
    struct evaluate_bin bin[EVALUATE_BINS];

    uint32_t n_relevant_users; /* users with a relevant film */
    uint32_t n_ranked_users;   /* of them, those that were asked */
    struct evaluate_ranked ranked;
    struct evaluate_ranked popular; /* instead: the most rated that the user lacks */
    double rank_s;                  /* seconds that ranking took */
    double multiplies; /* floating-point operations of its matrix products */
};

/*
 * Evaluate; everything is borrowed and has equal numbers of rows. The result does not
 * depend on the pool (NULL: here alone). ERR_ARG: no rating is asked for, none is
 * known, or the rows differ; ERR_STATE: cancelled; ERR_NOMEM.
 */
ERR_MUST_CHECK enum err_code
evaluate_model(struct evaluation *ret, const struct model *m, const struct catalog *c,
               const struct ratings *train, const struct ratings *test,
               const struct evaluate_query *q, struct pool *pool, struct err *err);

/*
 * The ratings of other data in the model's rows, all of them held out, for `test`.
 * Users and films are found by their ids; of those that the model does not know, the
 * ratings are left out and counted. The caller owns *ret. ERR_NOMEM.
 */
struct evaluate_skipped {
    uint64_t ratings;
    uint32_t users, films;
};
ERR_MUST_CHECK enum err_code evaluate_other(struct ratings **ret,
                                            struct evaluate_skipped *ret_skipped,
                                            const struct catalog *model_catalog,
                                            const struct catalog *c,
                                            const struct ratings *r, struct err *err);

#endif
