/* oneuser.c - a person as the only user of a model; see oneuser.h. */
#include "config.h"

#include "src/explore/oneuser.h"

#include "src/base/mem.h"

/* The model of two rows of users, #na# and the person, whose z (d) is folded in. */
static enum err_code
make_model(struct model *ret, const struct model *m, const double *z, struct err *err)
{
    struct model one = *m;

    one.n_users = ONEUSER_ROW;
    one.len = 2 * ((size_t)m->k + 1);
    one.arena = mem_new(one.len, sizeof(*one.arena));
    if (one.arena == NULL)
        return err_nomem(err, one.len * sizeof(*one.arena), "a new user");
    one.U = one.arena;
    one.bu = one.arena + 2 * (size_t)m->k;
    for (unsigned f = 0; f < m->k; f++)
        one.U[m->k + f] = (float)z[f];
    one.bu[ONEUSER_ROW] = (float)z[m->k];
    *ret = one;
    return ERR_OK;
}

/* The catalog with one user. He has no id: his is the empty one. */
static enum err_code
make_catalog(struct catalog *ret, const struct catalog *c, struct err *err)
{
    struct catalog one = *c;
    enum err_code rc = ERR_OK;

    one.n_users = ONEUSER_ROW;
    one.user = (struct idcol){ .n = ONEUSER_ROW + 1 };
    for (size_t i = 0; rc == ERR_OK && i < one.user.n; i++)
        rc = strtab_add(&one.user.text, "", 0, err);
    if (rc == ERR_OK)
        *ret = one;
    else
        idcol_done(&one.user);
    return rc;
}

static enum err_code
make_ratings(struct ratings **ret, uint32_t n_items, const struct foldin_rating *rating,
             size_t n, struct err *err)
{
    enum err_code rc = ratings_new(ret, n, ONEUSER_ROW, n_items, false, err);

    if (rc != ERR_OK)
        return rc;
    for (size_t i = 0; i < n; i++) {
        (*ret)->item[i] = rating[i].row;
        (*ret)->stars[i] = rating[i].stars;
    }
    (*ret)->start[ONEUSER_ROW + 1] = n;
    return ERR_OK;
}

enum err_code
oneuser_init(struct oneuser *ret, const struct model *m, const struct catalog *c,
             const struct foldin_prior *p, const struct foldin_rating *rating, size_t n,
             struct err *err)
{
    double *z = mem_new(p->d, sizeof(*z));
    struct oneuser one = { 0 };
    enum err_code rc;

    if (z == NULL)
        return err_nomem(err, p->d * sizeof(*z), "a new user");
    rc = foldin_fit(z, NULL, m, p, rating, n, NULL, err);
    if (rc == ERR_OK)
        rc = make_model(&one.model, m, z, err);
    if (rc == ERR_OK)
        rc = make_catalog(&one.catalog, c, err);
    if (rc == ERR_OK)
        rc = make_ratings(&one.ratings, m->n_items, rating, n, err);
    mem_free(z);
    if (rc == ERR_OK)
        *ret = one;
    else
        oneuser_done(&one);
    return rc;
}

void
oneuser_done(struct oneuser *o)
{
    mem_free(o->model.arena);
    idcol_done(&o->catalog.user);
    ratings_free(o->ratings);
    *o = (struct oneuser){ 0 };
}
