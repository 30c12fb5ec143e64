/*
 * callbacks.h - what happens after a validation: keep the best, stop early.
 *
 * fastai's SaveModelCallback and EarlyStoppingCallback on the validation loss, as pure
 * functions of the losses so far. A zeroed struct has seen none.
 */
#ifndef MLT_TRAIN_CALLBACKS_H
#define MLT_TRAIN_CALLBACKS_H

#include <stdbool.h>

/* The best validation so far. */
struct save_best {
    unsigned epoch; /* that gave it, from 1; 0: none did */
    double loss;    /* of that epoch */
};

/* Is the validation loss of this epoch the best? Only one strictly below the best so
 * far is, the first number is, and NaN and infinity never are. */
bool save_best_improved(struct save_best *b, unsigned epoch, double valid_loss);

/* Epochs since the last improvement. */
struct early_stop {
    unsigned patience; /* epochs without improvement that end a fit; 0: none do */
    unsigned waited;
};

/* Take what save_best_improved said of an epoch; true when the fit should end. */
bool early_stop_reached(struct early_stop *e, bool improved);

#endif
