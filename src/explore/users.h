/*
 * users.h - the users of a run as a sorted view, what genres each likes, and how far
 * off the model was for him.
 *
 * Counts and means are over all ratings, held-out ones included.
 */
#ifndef MLT_EXPLORE_USERS_H
#define MLT_EXPLORE_USERS_H

#include "src/base/err.h"
#include "src/data/catalog.h"
#include "src/data/ratings.h"
#include "src/model/model.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Name and whether its natural order has high values first. */
#define USERS_SORT_LIST(X)      \
    X(RATINGS, "ratings", true) \
    X(MEAN, "mean", true)       \
    X(BIAS, "bias", true)       \
    X(USER, "user", false)

#define X(id, name, high_first) USERS_BY_##id,
enum users_sort { USERS_SORT_LIST(X) USERS_SORT_COUNT };
#undef X

struct users_query {
    enum users_sort sort;
    bool reverse; /* turn the sort's natural order; ties stay as they are */
    uint32_t min_ratings;
    size_t limit; /* users listed at most; 0: all */
};

struct users {
    uint32_t *row;  /* (n) owned, in order */
    size_t n;       /* users listed */
    size_t n_match; /* users with enough ratings, listed or not */
};

/* The users with a rating and with enough, in order: by the sort's key, ties by id.
 * ERR_NOMEM, with *ret untouched. Any thread. */
ERR_MUST_CHECK enum err_code users_list(struct users *ret, const struct model *m,
                                        const struct ratings *r,
                                        const struct users_query *q, struct err *err);
void users_done(struct users *u);

/* Ratings of user row `user`, and their mean in stars; NaN without any. */
uint64_t users_n_ratings(const struct ratings *r, uint32_t user);
double users_mean(const struct ratings *r, uint32_t user);

#define USERS_SHRINK 5  /* ratings that pull a liking towards 0 */
#define USERS_LIKE   .1 /* stars from which on a genre is said to be liked */

/*
 * How a user rates a genre: with r̄ the mean of all his n ratings and r those of films
 * that have the genre, n_g in number,
 *
 *   above = Σ (r - r̄) / (n_g + USERS_SHRINK)
 *
 * stars above his own mean: what a few ratings say counts for less.
 */
struct users_liking {
    uint32_t genre; /* place in catalog.genre */
    uint32_t n;     /* n_g */
    double mean;    /* of these ratings, stars */
    double above;
};

/* The genres that user row `user` rated, the most liked first, equals by name, into ret
 * (room for all genres of the catalog); returns how many. Any thread. */
size_t users_likings(struct users_liking *ret, const struct catalog *c,
                     const struct ratings *r, uint32_t user);

/* What the model predicts for a rating that was held out. */
struct users_held_out {
    uint32_t row;            /* of the film */
    double given, predicted; /* stars */
};

/* The held-out ratings of user row `user` in the order of the data, into ret (room for
 * all his ratings); returns how many. Any thread. */
size_t users_held_out(struct users_held_out *ret, const struct model *m,
                      const struct ratings *r, uint32_t user);

/* Root mean squared error over the held-out ratings of the users in [first, last], and
 * their number; NaN without any. Any thread. */
double users_rmse(const struct model *m, const struct ratings *r, uint32_t first,
                  uint32_t last, size_t *ret_n);

#endif
