/* explain.c - why a prediction is what it is; see explain.h. */
#include "config.h"

#include "src/explore/explain.h"

#include "src/base/mem.h"
#include "src/explore/rank.h"
#include "src/explore/similar.h"

#include <assert.h>

void
explain_logit(struct explanation *ret, double *ret_taste, const struct model *m,
              const struct directions *d, uint32_t u, uint32_t i)
{
    const float *p = m->U + (size_t)u * m->k, *q = m->I + (size_t)i * m->k;
    const struct centre *mean = d->about;
    double base = 0, user = 0, film = 0;

    assert(d->kind == DIRECTIONS_PCA);
    for (unsigned f = 0; f < m->k; f++) {
        base += mean->user[f] * mean->film[f];
        user += ((double)p[f] - mean->user[f]) * mean->film[f];
        film += mean->user[f] * ((double)q[f] - mean->film[f]);
    }
    for (unsigned v = 0; v < m->k; v++) {
        const double *axis = d->axis + (size_t)v * m->k;
        double of_user = 0, of_film = 0;

        for (unsigned f = 0; f < m->k; f++) {
            of_user += ((double)p[f] - mean->user[f]) * axis[f];
            of_film += ((double)q[f] - mean->film[f]) * axis[f];
        }
        ret_taste[v] = of_user * of_film;
    }
    *ret = (struct explanation){
        .base = mean->user_bias + mean->film_bias + base,
        .user = (double)m->bu[u] - mean->user_bias + user,
        .film = (double)m->bi[i] - mean->film_bias + film,
        .logit = model_logit(m, u, i),
    };
    ret->rating = model_rating(m, ret->logit);
}

/* Stars of the user's last rating of a film that he rated. */
static float
last_stars(const struct ratings *r, uint32_t u, uint32_t row)
{
    uint64_t at = r->start[u + 1];

    while (ratings_item(r, --at) != row)
        ;
    return ratings_stars(r, at);
}

enum err_code
explain_neighbours(struct neighbour *ret, size_t room, size_t *ret_n,
                   const struct model *m, const struct catalog *c,
                   const struct ratings *r, uint32_t u, uint32_t i, struct err *err)
{
    size_t n_rated = (size_t)(r->start[u + 1] - r->start[u]), n = 0, kept = 0;
    struct ranked *entry = mem_new(n_rated, sizeof(*entry));

    if (entry == NULL)
        return err_nomem(err, n_rated * sizeof(*entry), "the films of a user");
    for (uint64_t at = r->start[u]; at < r->start[u + 1]; at++) {
        uint32_t row = ratings_item(r, at);

        if (row != i && row != 0)
            entry[n++] = (struct ranked){ similar_cosine(m, i, row), row };
    }
    rank_best(entry, n, n, c);
    for (size_t e = 0; e < n && kept < room; e++) {
        if (e > 0 && entry[e].row == entry[e - 1].row)
            continue; /* rated twice */
        ret[kept++] = (struct neighbour){ entry[e].row, last_stars(r, u, entry[e].row),
                                          entry[e].key };
    }
    mem_free(entry);
    *ret_n = kept;
    return ERR_OK;
}
