/*
 * fans.h - who likes a film: the genres whose friends like it more than others do.
 *
 * Letters: m users, k factors, u' a user's factors less the mean user's, i' a film's
 * less the mean film's. The model lets user u like film i by u'·i' more than its bias
 * and his say. With g' the mean of i' over the best-known films of a genre, the number
 * here is the correlation of u'·i' and u'·g' over all users: 1 where exactly those who
 * like the genre like the film, -1 where exactly those who don't.
 */
#ifndef MLT_EXPLORE_FANS_H
#define MLT_EXPLORE_FANS_H

#include "src/base/err.h"
#include "src/data/catalog.h"
#include "src/explore/centre.h"
#include "src/model/model.h"

#include <stddef.h>
#include <stdint.h>

#define FANS_MIN_FILMS 5 /* best-known films of a genre; with fewer it is left out */

struct fans {
    uint32_t genre; /* place in catalog.genre */
    double correlation;
};

/*
 * The genres, the highest correlation first, equals by name, into ret (room for all
 * genres of the catalog); *ret_n says how many. The film itself does not count among
 * those of a genre. One matrix product over the user table. ERR_NOMEM. Any thread.
 */
ERR_MUST_CHECK enum err_code fans_find(struct fans *ret, size_t *ret_n,
                                       const struct model *m, const struct catalog *c,
                                       const struct centre *about, uint32_t film,
                                       struct err *err);

#endif
