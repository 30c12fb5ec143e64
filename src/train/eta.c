/* eta.c - how long a fit will still take; see eta.h. */
#include "config.h"

#include "src/train/eta.h"

#include <math.h>

#define VALID_PART  0.25 /* of a trained rating's time */
#define SAVE_BYTE_S 3e-9

double
eta_left(const struct eta *e)
{
    double step_s, valid_s;

    if (e->steps_done == 0)
        return NAN;
    step_s = e->train_s / (double)e->steps_done;
    if (e->valid_done != 0)
        valid_s = e->valid_s / e->valid_done;
    else
        valid_s = VALID_PART * step_s * (double)e->n_valid / (double)e->batch;
    return step_s * (double)e->steps_left + valid_s * e->valid_left +
           SAVE_BYTE_S * (double)e->save_bytes;
}
