/*
 * films.h - the films of a model as a sorted, filtered view.
 *
 * Means and counts are over all ratings of the data, held-out ones included. Films
 * without ratings are not in the view: their rows were never trained.
 */
#ifndef MLT_EXPLORE_FILMS_H
#define MLT_EXPLORE_FILMS_H

#include "src/base/err.h"
#include "src/data/catalog.h"
#include "src/explore/filter.h"
#include "src/explore/titlesearch.h"
#include "src/model/model.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Name and whether its natural order has high values first. */
#define FILMS_SORT_LIST(X)      \
    X(BIAS, "bias", true)       \
    X(MEAN, "mean", true)       \
    X(RATINGS, "ratings", true) \
    X(TITLE, "title", false)    \
    X(YEAR, "year", false)

#define X(id, name, high_first) FILMS_BY_##id,
enum films_sort { FILMS_SORT_LIST(X) FILMS_SORT_COUNT };
#undef X

/* "bias", "mean", … */
const char *films_sort_name(enum films_sort sort);

struct films_query {
    enum films_sort sort;
    bool reverse; /* turn the sort's natural order; ties stay as they are */
    const struct filter *filter;      /* borrowed; NULL: all */
    const char *search;               /* part of the title, case ignored; NULL: any */
    const struct titlesearch *titles; /* of this catalog, borrowed; NULL: a search folds
                                         every title for itself, which takes longer */
    uint32_t min_ratings;
    size_t limit; /* films listed at most; 0: all */
};

struct films {
    uint32_t *row;  /* (n) owned, in order */
    size_t n;       /* films listed */
    size_t n_match; /* films that passed, listed or not */
};

/*
 * The films that pass, in order: by the sort's key, ties by title, then id; a film
 * without a year (by year) comes last in either direction. ERR_NOMEM, with *ret
 * untouched. Any thread.
 */
ERR_MUST_CHECK enum err_code films_list(struct films *ret, const struct catalog *c,
                                        const struct model *m,
                                        const struct films_query *q, struct err *err);
void films_done(struct films *f);

#endif
