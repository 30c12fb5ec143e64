/* callbacks.c - keep the best, stop early; see callbacks.h. */
#include "config.h"

#include "src/train/callbacks.h"

#include <math.h>

bool
save_best_improved(struct save_best *b, unsigned epoch, double valid_loss)
{
    if (!isfinite(valid_loss) || (b->epoch != 0 && valid_loss >= b->loss))
        return false;
    *b = (struct save_best){ .epoch = epoch, .loss = valid_loss };
    return true;
}

bool
early_stop_reached(struct early_stop *e, bool improved)
{
    e->waited = improved ? 0 : e->waited + 1;
    return e->patience != 0 && e->waited >= e->patience;
}
