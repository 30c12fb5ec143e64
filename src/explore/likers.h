/*
 * likers.h - the users who like something: a genre, or a film.
 *
 * All ratings count, held-out ones included. One pass over them, O(R).
 */
#ifndef MLT_EXPLORE_LIKERS_H
#define MLT_EXPLORE_LIKERS_H

#include "src/base/err.h"
#include "src/data/catalog.h"
#include "src/data/ratings.h"

#include <stddef.h>
#include <stdint.h>

struct liker {
    uint32_t user; /* row */
    double value;  /* stars: above his own mean for a genre, given to a film */
};

/* Users by how they like a genre (place in catalog.genre), as users_liking has it: the
 * most first, equals by row; at most `room`. Those who rated none of it are left out.
 * Returns how many through ret_n. ERR_NOMEM. Any thread. */
ERR_MUST_CHECK enum err_code likers_of_genre(struct liker *ret, size_t room,
                                             size_t *ret_n, const struct catalog *c,
                                             const struct ratings *r, uint32_t genre,
                                             struct err *err);

/* The users who rated film row `film`, each once (with his last rating): the most stars
 * first, equals by how many films they rated, the most first, then by row. ERR_NOMEM.
 * Any thread. */
ERR_MUST_CHECK enum err_code likers_of_film(struct liker *ret, size_t room,
                                            size_t *ret_n, const struct ratings *r,
                                            uint32_t film, struct err *err);

#endif
