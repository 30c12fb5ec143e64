/*
 * smooth.h - the debiased moving average that fastai shows as the training loss
 * (its AvgSmoothLoss, beta .98).
 *
 *   a_t = beta·a_(t-1) + (1 - beta)·x_t,   shown: a_t / (1 - beta^t)
 *
 * Pure and embedded; a zeroed struct has seen nothing.
 */
#ifndef MLT_MODEL_SMOOTH_H
#define MLT_MODEL_SMOOTH_H

#define SMOOTH_BETA 0.98

struct smooth {
    double mean;   /* a_t */
    double weight; /* 1 - beta^t: how much of the average has been filled */
};

/* Take x into the average; returns the debiased average so far. */
static inline double
smooth_add(struct smooth *s, double x)
{
    s->mean = SMOOTH_BETA * s->mean + (1 - SMOOTH_BETA) * x;
    s->weight = SMOOTH_BETA * s->weight + (1 - SMOOTH_BETA);
    return s->mean / s->weight;
}

#endif
