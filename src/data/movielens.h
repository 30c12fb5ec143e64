/*
 * movielens.h - the archives of ratings that GroupLens publishes, and their terms.
 *
 * Sources: https://grouplens.org/datasets/movielens/ and the README of each archive.
 * Sizes and counts of those that change are of one of their states.
 */
#ifndef MLT_DATA_MOVIELENS_H
#define MLT_DATA_MOVIELENS_H

#include <stdbool.h>
#include <stdint.h>

#define MOVIELENS_BASE "https://files.grouplens.org/datasets/movielens"

struct movielens {
    const char *name;   /* of NAME.zip and of the folder it becomes */
    const char *md5;    /* of the zip, 32 hexadecimal digits; NULL: NAME.zip.md5 says */
    const char *readme; /* beside the zip */
    uint64_t bytes;     /* of the zip */
    uint64_t unpacked;  /* bytes of what is kept of it, about */
    uint64_t n_ratings, n_users, n_films;
    int year;       /* of publication */
    bool changes;   /* renewed now and then: not for results to be compared */
    bool may_share; /* may be passed on under the same terms */
};

/* The small ones first; ended by a NULL name. */
extern const struct movielens movielens_list[];

/* The archive of this name, or NULL. */
const struct movielens *movielens_find(const char *name);

/* The terms in a few sentences of ours; the README is what counts. */
const char *movielens_terms(const struct movielens *m);

#endif
