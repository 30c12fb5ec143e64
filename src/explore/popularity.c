/* popularity.c - what being well known adds; see popularity.h. */
#include "config.h"

#include "src/explore/popularity.h"

#include <math.h>

/* Mean and standard deviation of v over the films that somebody rated. */
static void
spread(const struct catalog *c, const double *v, double *ret_mean, double *ret_sd)
{
    double n = 0, sum = 0, square = 0;

    for (uint32_t i = 1; i <= c->n_items; i++)
        if (c->count[i] > 0) {
            n++;
            sum += v[i];
            square += v[i] * v[i];
        }
    *ret_mean = n > 0 ? sum / n : 0;
    *ret_sd = n > 0 ? sqrt(fmax(square / n - *ret_mean * *ret_mean, 0)) : 0;
}

void
popularity_weigh(double *ret, const struct model *m, const struct catalog *c)
{
    double mean, sd, unit;

    for (uint32_t i = 0; i <= c->n_items; i++)
        ret[i] = (double)m->bi[i];
    spread(c, ret, &mean, &unit);
    for (uint32_t i = 0; i <= c->n_items; i++)
        ret[i] = log1p(c->count[i]);
    spread(c, ret, &mean, &sd);
    for (uint32_t i = 0; i <= c->n_items; i++)
        ret[i] = sd > 0 ? unit * (ret[i] - mean) / sd : 0;
}
