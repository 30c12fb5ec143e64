/*
 * level.h - slots that drew too many or too few ratings made even; a module of the
 * sampler.
 *
 * A slot that got more than its size gives up a random subset, and these fill the
 * vacancies in random order; what finds none is left out. Each choice treats all
 * ratings alike.
 */
#ifndef MLT_DATA_LEVEL_H
#define MLT_DATA_LEVEL_H

#include "src/base/err.h"
#include "src/data/order.h"

#include <stddef.h>
#include <stdint.h>

/* Where the randomness of an epoch comes from. */
struct draw {
    uint64_t seed;
    uint32_t stream_shift; /* 0, or RNG_FINDER */
    uint32_t epoch;
};

/* A rating that its slot is too small for. */
struct move {
    uint32_t chunk; /* in which it lies */
    uint32_t after; /* entries of the slot that stay and come before it */
    uint32_t to;    /* the slot it goes to; n_slots: none */
};

struct levelling {
    size_t n_moves;
    struct move *move;    /* (n_moves) by slot, then in order; owned */
    uint32_t *move_first; /* (n_slots + 1) owned */
};

/*
 * The order's table holds, behind each chunk, how many of its ratings drew each slot;
 * there are at least n_wanted in all. Afterwards it says where each chunk begins in
 * each slot, so that slots from the first on hold B each until n_wanted are placed, and
 * *ret, zeroed before, which ratings move. ERR_NOMEM; level_done either way.
 */
ERR_MUST_CHECK enum err_code level(struct levelling *ret, struct order *o,
                                   size_t n_wanted, struct draw draw, struct err *err);
void level_done(struct levelling *l);

#endif
