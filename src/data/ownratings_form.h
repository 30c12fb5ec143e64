/*
 * ownratings_form.h - how a file of somebody's own ratings is written; a module of
 * ownratings.
 */
#ifndef MLT_DATA_OWNRATINGS_FORM_H
#define MLT_DATA_OWNRATINGS_FORM_H

#include "src/base/err.h"
#include "src/data/csvread.h"

#include <stdbool.h>
#include <stddef.h>

enum ownratings_column { OWN_RATING, OWN_FILM, OWN_YEAR, OWN_IMDB, OWN_COLUMNS };

struct ownratings_form {
    const char *name; /* "an IMDb export" */
    struct dialect dialect;
    bool has_header;
    bool title_only;     /* films are titles, never ids of the data */
    bool may_lack;       /* a film without a rating is no mistake */
    int at[OWN_COLUMNS]; /* place from 0, or COLUMN_ABSENT */
    int user;            /* place of whose rating it is, or COLUMN_ABSENT */
    unsigned n_fields;   /* that a row has; 0: the rating is the last, and all before
                            it is the film, whether quoted or not */
    double lo, hi;       /* its own scale; 0, 0: that of the data */
};

/*
 * Find the form of the len bytes of whole lines at s by their header: IMDb's and
 * Letterboxd's exports have theirs; a column called rating beside one called title,
 * movieId, … makes a form, in which a column such as userId says whose rating it is;
 * what has none of these is lines of film and rating, with the
 * delimiter of , ; tab that a number follows in the first line. ERR_NOMEM.
 */
ERR_MUST_CHECK enum err_code ownratings_form_find(struct ownratings_form *ret,
                                                  const char *s, size_t len,
                                                  struct err *err);

#endif
