/*
 * record.h - what a fit records: plain data, shared by the recorder, the run folder,
 * the session's snapshots and the faces.
 */
#ifndef MLT_TRAIN_RECORD_H
#define MLT_TRAIN_RECORD_H

#include <stdbool.h>
#include <stddef.h>

#define STEP_RECORD_SPAN 64 /* batches that one step_record covers; the last fewer */

/* Losses of the batches up to `step` that no earlier record covers. */
struct step_record {
    size_t step;           /* last batch covered, from 1, over the whole fit */
    double min, max, mean; /* raw batch losses (MSE, stars^2) */
    double last;           /* raw loss of batch `step` */
    double smooth;         /* debiased moving average at batch `step` */
    double lr, mom;        /* scheduled values of batch `step` */
};

struct epoch_record {
    unsigned epoch;    /* from 1 */
    double train_loss; /* smoothed, at the epoch's end */
    double valid_loss; /* MSE of the held-out ratings; NaN without any */
    double rmse, mae;  /* of the held-out ratings */
    double seconds;    /* validation included */
    bool best;         /* the best so far when it ended */
};

#endif
