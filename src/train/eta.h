/*
 * eta.h - how long a fit will still take: its batches, its validations and the saving.
 * Pure.
 */
#ifndef MLT_TRAIN_ETA_H
#define MLT_TRAIN_ETA_H

#include <stddef.h>
#include <stdint.h>

/* What has been measured so far and what is left. */
struct eta {
    size_t steps_done, steps_left; /* batches */
    double train_s;                /* seconds that the done ones took */
    size_t batch, n_valid;         /* ratings of a batch, of a validation */
    unsigned valid_done, valid_left;
    double valid_s;      /* seconds that the done validations took */
    uint64_t save_bytes; /* to be written at the end; 0: nothing */
};

/* Seconds left if all epochs run; NaN while not one batch is done. A validation that
 * none has been measured of is taken to cost a quarter of training a rating, a byte to
 * be written 3 ns. */
double eta_left(const struct eta *e);

#endif
