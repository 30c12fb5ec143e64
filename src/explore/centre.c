/* centre.c - the mean user and the mean film of a model; see centre.h. */
#include "config.h"

#include "src/explore/centre.h"

#include "src/base/mem.h"
#include "src/explore/rank.h"

#include <assert.h>

/* The rated films at the front of `entry` (n_items), the most rated first; returns how
 * many of the best are there. */
static size_t
rank_films(struct ranked *entry, const struct catalog *c, size_t n_films)
{
    size_t n = 0;

    for (uint32_t i = 1; i <= c->n_items; i++)
        if (c->count[i] > 0)
            entry[n++] = (struct ranked){ c->count[i], i };
    return rank_best(entry, n, n_films, c);
}

/* sum (k) += row. */
static void
add_row(double *sum, const float *row, unsigned k)
{
    for (unsigned f = 0; f < k; f++)
        sum[f] += (double)row[f];
}

static void
divide(double *sum, unsigned k, size_t n)
{
    for (unsigned f = 0; f < k && n > 0; f++)
        sum[f] /= (double)n;
}

static void
find_means(struct centre *ce, const struct model *m)
{
    for (size_t i = 0; i < ce->n; i++) {
        add_row(ce->film, m->I + (size_t)ce->row[i] * m->k, m->k);
        add_row(&ce->film_bias, m->bi + ce->row[i], 1);
    }
    for (uint32_t u = 1; u <= m->n_users; u++) {
        add_row(ce->user, m->U + (size_t)u * m->k, m->k);
        add_row(&ce->user_bias, m->bu + u, 1);
    }
    divide(ce->film, m->k, ce->n);
    divide(&ce->film_bias, 1, ce->n);
    divide(ce->user, m->k, m->n_users);
    divide(&ce->user_bias, 1, m->n_users);
}

enum err_code
centre_init(struct centre *ret, const struct model *m, const struct catalog *c,
            size_t n_films, struct err *err)
{
    struct ranked *entry = mem_new(c->n_items, sizeof(*entry));
    struct centre ce = { .k = m->k };
    enum err_code rc = ERR_OK;

    assert(c->n_items == m->n_items && c->n_users == m->n_users);
    if (entry != NULL)
        ce.n = rank_films(entry, c, n_films);
    ce.row = mem_new(ce.n, sizeof(*ce.row));
    ce.film = mem_new(m->k, sizeof(*ce.film));
    ce.user = mem_new(m->k, sizeof(*ce.user));
    if (entry == NULL || ce.row == NULL || ce.film == NULL || ce.user == NULL) {
        rc = err_nomem(err, c->n_items * sizeof(*entry), "the best-known films");
        centre_done(&ce);
        goto out;
    }
    for (size_t i = 0; i < ce.n; i++)
        ce.row[i] = entry[i].row;
    find_means(&ce, m);
    *ret = ce;
out:
    mem_free(entry);
    return rc;
}

void
centre_done(struct centre *ce)
{
    mem_free(ce->row);
    mem_free(ce->film);
    mem_free(ce->user);
    *ce = (struct centre){ 0 };
}
