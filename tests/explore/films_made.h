/* films_made.h - a catalog, a model and ratings made by hand, for the tests of explore.
 */
#ifndef MLT_TESTS_EXPLORE_FILMS_MADE_H
#define MLT_TESTS_EXPLORE_FILMS_MADE_H

#include "src/data/catalog.h"
#include "src/data/ratings.h"
#include "src/model/model.h"

#include <stddef.h>
#include <stdint.h>

struct film {
    const char *title;
    int64_t id;
    int year;           /* 0: none */
    const char *genres; /* joined by "|", or "" */
    uint32_t count;
    float mean;
    float bias; /* bi of the model */
};

/* A catalog of the films in their order (row 1 is film[0]) and of users 10, 20, … */
struct catalog *films_catalog(const struct film *film, uint32_t n_films,
                              uint32_t n_users);

/* A model of k factors with the films' biases, all else 0, range 0.5 to 5.5. */
struct model *films_model(const struct film *film, uint32_t n_films, uint32_t n_users,
                          unsigned k);

struct seen {
    uint32_t user, film; /* rows */
};

/* Ratings of 4 stars, the pairs rising by user. */
struct ratings *films_ratings(const struct seen *seen, size_t n, uint32_t n_users,
                              uint32_t n_films);

#endif
