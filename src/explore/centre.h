/*
 * centre.h - the mean user and the mean film of a model: where explanations start.
 *
 * The mean film is that of the best-known films, which also span the directions of
 * taste (directions.h): rows of films that few people rated have hardly left their
 * first values, and say little of what the model learned.
 */
#ifndef MLT_EXPLORE_CENTRE_H
#define MLT_EXPLORE_CENTRE_H

#include "src/base/err.h"
#include "src/data/catalog.h"
#include "src/model/model.h"

#include <stddef.h>
#include <stdint.h>

#define CENTRE_FILMS 1000 /* the best-known films, as fastai's recipe takes them */

struct centre {
    unsigned k;
    uint32_t *row;    /* (n) owned: the most rated films, the most rated first */
    size_t n;         /* of them */
    double *film;     /* (k) owned: mean of their rows of I */
    double *user;     /* (k) owned: mean of all users' rows of U */
    double film_bias; /* mean of their bi */
    double user_bias; /* mean of all bu */
};

/* The centre of a model with the same rows as the catalog, over the n_films most rated
 * films (ties by title, then id), or all that have a rating where they are fewer.
 * ERR_NOMEM. Any thread. */
ERR_MUST_CHECK enum err_code centre_init(struct centre *ret, const struct model *m,
                                         const struct catalog *c, size_t n_films,
                                         struct err *err);
/* A zeroed struct is fine. */
void centre_done(struct centre *ce);

#endif
