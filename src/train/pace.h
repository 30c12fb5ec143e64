/*
 * pace.h - how many batches to ask of a device at once, so that a call lasts about
 * 16 ms: commands are heard soon, and a call's cost is small beside its work.
 *
 * A zeroed struct begins with single batches. Pure.
 */
#ifndef MLT_TRAIN_PACE_H
#define MLT_TRAIN_PACE_H

#include <stddef.h>

#define PACE_CALL_S 0.016
#define PACE_MAX    2048 /* batches of a call */

struct pace {
    size_t n; /* batches of the next call; 0 stands for 1 */
};

/* Batches to ask for next, at most `left` of them. */
static inline size_t
pace_next(const struct pace *p, size_t left)
{
    size_t n = p->n > 1 ? p->n : 1;

    return n < left ? n : left;
}

/* A call of n >= 1 batches took `seconds`: at most twice as many next time. */
static inline void
pace_took(struct pace *p, size_t n, double seconds)
{
    size_t most = 2 * n < PACE_MAX ? 2 * n : PACE_MAX;
    double fit = seconds > 0 ? PACE_CALL_S * (double)n / seconds : (double)most;

    p->n = fit < (double)most ? (size_t)fit : most;
}

#endif
