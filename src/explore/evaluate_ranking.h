/*
 * evaluate_ranking.h - the part of an evaluation that ranks all films for users; see
 * evaluate.h, which has what is measured.
 */
#ifndef MLT_EXPLORE_EVALUATE_RANKING_H
#define MLT_EXPLORE_EVALUATE_RANKING_H

#include "src/explore/evaluate.h"

/* Say how far it is; ERR_STATE when it shall end. */
ERR_MUST_CHECK enum err_code evaluate_tell(const struct evaluate_query *q,
                                           enum evaluate_stage stage, double part,
                                           struct err *err);

/*
 * Set what evaluate_model's ranking sets of *ev, from parts of equal numbers of rows.
 * ERR_STATE: cancelled; ERR_NOMEM.
 */
ERR_MUST_CHECK enum err_code
evaluate_ranking(struct evaluation *ev, const struct model *m, const struct catalog *c,
                 const struct ratings *train, const struct ratings *test,
                 const struct evaluate_query *q, struct pool *pool, struct err *err);

#endif
