/*
 * recorder.h - what becomes of the losses of a fit: the smoothed loss, a record per
 * STEP_RECORD_SPAN batches, and a history of constant size for drawing.
 *
 * All are plain data without pointers: who wants to read one from another thread takes
 * a copy under the owner's lock. Nothing here allocates or fails.
 */
#ifndef MLT_TRAIN_RECORDER_H
#define MLT_TRAIN_RECORDER_H

#include "src/model/smooth.h"
#include "src/train/record.h"

#include <stdbool.h>
#include <stddef.h>

/* One batch as it was trained. */
struct step {
    double loss;    /* raw: MSE over the batch, stars^2 */
    double smooth;  /* debiased moving average of the losses up to here */
    double lr, mom; /* scheduled values */
};

/* Smooths over the whole fit and groups batches into records. Zeroed: nothing seen. */
struct recorder {
    struct smooth smooth;
    struct step_record open; /* the record being filled */
    size_t n_open;           /* batches in it */
    size_t n_steps;          /* batches so far */
};

/* Take the next batch: fills s->smooth from s->loss. True when that completed a record,
 * which is then *ret. */
bool recorder_add(struct recorder *r, struct step *s, struct step_record *ret);

/* Give out the record being filled, if any: the last of a fit has fewer batches. */
bool recorder_flush(struct recorder *r, struct step_record *ret);

#define HISTORY_POINTS 1024

/*
 * The whole fit in at most HISTORY_POINTS points, each the envelope of `span` batches
 * (the last point: of the rest). When all are used, neighbours are merged and span
 * doubles, so that memory is constant and one batch's spike among a million is still
 * the max of its point. A zeroed struct is an empty history.
 */
struct history {
    size_t span;    /* batches a point covers; a power of two, 0 while empty */
    size_t n_steps; /* batches in all */
    size_t n;       /* points used */
    struct step_record at[HISTORY_POINTS];
};

void history_add(struct history *h, const struct step *s);

#endif
