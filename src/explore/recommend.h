/*
 * recommend.h - the films that a model thinks a user would rate highest.
 *
 * Letters: n films, k factors. All films are scored in single precision by BLAS; the
 * few that can be among the best, allowing for its rounding, are scored again in
 * double and put in order. So a list is the same for one user or many at once, and on
 * every machine. ŷ rises with the logit, so it is worked out only for the winners.
 *
 * Popularity moves a film's logit by p·s·z: z is the standard score of log(1 + ratings)
 * among the rated films, s the standard deviation of their biases, so that with p = 1 a
 * film that is one deviation more popular stands as high as one whose bias is one
 * deviation higher. Diversity chooses from ten times the limit (see diversity.h). The
 * predicted rating stays what the model says.
 */
#ifndef MLT_EXPLORE_RECOMMEND_H
#define MLT_EXPLORE_RECOMMEND_H

#include "src/base/err.h"
#include "src/base/pool.h"
#include "src/data/catalog.h"
#include "src/data/ratings.h"
#include "src/explore/filter.h"
#include "src/model/model.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct recommend_query {
    size_t limit;                /* films listed at most; 0: all */
    bool seen;                   /* list what the user rated too */
    bool held_out;               /* list what he rated if it was held out */
    const struct filter *filter; /* borrowed, or NULL */
    double diversity;            /* d in [0, 1] of diversity.h; 0: the best alone */
    double popularity;           /* p in [-1, 1]: above 0 the known, below the rare */
};

struct recommendation {
    uint32_t row;  /* of the film */
    bool seen;     /* the user rated it (held-out ratings: not with q->held_out) */
    double rating; /* ŷ in stars */
};

struct recommender;

/*
 * Prepare questions to a model; it, its catalog and the ratings (all borrowed, equal in
 * rows) must outlive the recommender and stay as they are. ERR_ARG when the sizes
 * differ, ERR_NOMEM.
 */
ERR_MUST_CHECK enum err_code recommender_new(struct recommender **ret,
                                             const struct model *m,
                                             const struct catalog *c,
                                             const struct ratings *r, struct err *err);
void recommender_free(struct recommender *rec);

/* Hears the list of one user, best first, borrowed for the call; anything but ERR_OK
 * ends the whole question with that code. */
typedef enum err_code recommend_fn(void *arg, uint32_t user,
                                   const struct recommendation *list, size_t n,
                                   struct err *err);

/*
 * The best films for each of n_users user rows (from 1), found by the workers of the
 * pool (NULL: here), heard by `fn` in the users' order on the calling thread. Films
 * without ratings are never listed, seen ones only where q->seen asks for them. Ties by
 * title, then id. ERR_NOMEM, or what fn returned. A recommender may be asked by many
 * threads at a time.
 */
ERR_MUST_CHECK enum err_code recommend_users(const struct recommender *rec,
                                             const uint32_t *user, size_t n_users,
                                             const struct recommend_query *q,
                                             struct pool *pool, recommend_fn *fn,
                                             void *arg, struct err *err);

#endif
