/* foldin_apart.c - folded in and trained; see foldin_apart.h. */
#include "config.h"

#include "tests/explore/foldin_apart.h"

static double
square(double x)
{
    return x * x;
}

/* ŷ of film i for z (k + 1). */
static double
predict(const struct model *m, const double *z, uint32_t i)
{
    double x = z[m->k] + (double)m->bi[i];

    for (unsigned f = 0; f < m->k; f++)
        x += z[f] * (double)m->I[(size_t)i * m->k + f];
    return model_rating(m, x);
}

size_t
foldin_apart_ratings(const struct ratings *r, uint32_t u, struct foldin_rating *ret)
{
    size_t n = 0;

    for (uint64_t at = r->start[u]; at < r->start[u + 1]; at++)
        if (!ratings_held_out(r, at))
            ret[n++] =
                (struct foldin_rating){ ratings_item(r, at), ratings_stars(r, at) };
    return n;
}

void
foldin_apart_add(struct foldin_apart *sum, const struct model *m,
                 const struct ratings *r, uint32_t u, const double *z)
{
    sum->users++;
    for (uint32_t i = 1; i <= m->n_items; i++)
        sum->apart += square(predict(m, z, i) - model_rating(m, model_logit(m, u, i)));
    sum->films += m->n_items;
    for (uint64_t at = r->start[u]; at < r->start[u + 1]; at++) {
        uint32_t i = ratings_item(r, at);
        double stars = (double)ratings_stars(r, at);

        if (!ratings_held_out(r, at))
            continue;
        sum->held_out++;
        sum->trained += square(model_rating(m, model_logit(m, u, i)) - stars);
        sum->folded += square(predict(m, z, i) - stars);
    }
}
