/*
 * shortlist.h - the few films that can be among the best of each of many users.
 *
 * Letters: n films, k factors, L films wanted. U·I of a block of users is worked out in
 * tiles of films that stay in the cache, and each tile is sifted while it is there: a
 * score is written once and read once, and the L-th best so far refuses nearly all of
 * them in a loop without branches. What is left is a superset of each user's best L,
 * to be scored exactly by the caller.
 */
#ifndef MLT_EXPLORE_SHORTLIST_H
#define MLT_EXPLORE_SHORTLIST_H

#include "src/base/err.h"
#include "src/model/model.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SHORTLIST_USERS 128  /* a block: the product is bound by arithmetic */
#define SHORTLIST_LIMIT 1024 /* L at most */

/* One worker's room for a block of users. */
struct shortlist;

/* Room for up to `most` (1 … SHORTLIST_USERS) users of a model (borrowed), L = limit (1
 * … SHORTLIST_LIMIT) films for each. ERR_NOMEM. */
ERR_MUST_CHECK enum err_code shortlist_new(struct shortlist **ret,
                                           const struct model *m, size_t most,
                                           size_t limit, struct err *err);
void shortlist_free(struct shortlist *s);

struct shortlist_query {
    const uint32_t *user; /* (n_users) rows */
    size_t n_users;       /* at most `most` */
    const float *add;     /* (n + 1) what is added to U·I of a film */
    const double *slack;  /* (n_users) how far a score of this user may be off */
    /* May film `row` stand in the list of user number `at`? Asked of few. */
    bool (*may)(const void *arg, size_t at, uint32_t row);
    const void *arg;
};

/* Find the lists of a block. */
void shortlist_find(struct shortlist *s, const struct shortlist_query *q);

/* Rows of the films that can be among the best L of user number `at`, borrowed until
 * the next question; SIZE_MAX instead of their number where there were too many to
 * keep: so many equal scores that all films have to be looked at. */
size_t shortlist_get(const struct shortlist *s, size_t at, const uint32_t **ret);

#endif
