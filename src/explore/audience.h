/*
 * audience.h - who rated each film: how many users, and which stars they gave. Counted
 * once for all films, for whoever asks about one after the other; a film alone is asked
 * of the ratings themselves (moviecard.h).
 *
 * Letters: m users, n films, R ratings.
 */
#ifndef MLT_EXPLORE_AUDIENCE_H
#define MLT_EXPLORE_AUDIENCE_H

#include "src/base/err.h"
#include "src/data/ratings.h"
#include "src/data/summary.h"

#include <stddef.h>
#include <stdint.h>

#define AUDIENCE_BARS 20 /* of a histogram at most */

struct audience;

/* Count: O(R), 4 (bars + 1) n bytes. ERR_NOMEM. Any thread. */
ERR_MUST_CHECK enum err_code audience_new(struct audience **ret,
                                          const struct ratings *r, struct err *err);
/* NULL is fine. */
void audience_free(struct audience *a);

/* The histogram of film row `film`, or of 0: all ratings; returns how many bars. */
size_t audience_histogram(const struct audience *a, uint32_t film,
                          struct summary_bar ret[AUDIENCE_BARS]);

/* Part of all users who rated the film, 0 … 1. */
double audience_share(const struct audience *a, uint32_t film);

#endif
