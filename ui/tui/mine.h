/*
 * mine.h - the person's own ratings: kept in $XDG_DATA_HOME/mltui/me.csv between
 * sittings, as lines of title,rating that `mltui recommend --ratings` reads, too.
 *
 * A rating belongs to a title, so it outlives the data that it was given in; `row` is
 * its film in the catalog at hand, or 0. The order is that in which films were rated.
 */
#ifndef MLT_UI_TUI_MINE_H
#define MLT_UI_TUI_MINE_H

#include "src/base/err.h"
#include "src/data/catalog.h"
#include "src/data/ownratings.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct mine_rating {
    char *title; /* owned */
    float stars;
    uint32_t row; /* of the film in the catalog; 0: it has none */
};

/* What the rating of a film was before a change. */
struct mine_before {
    uint32_t row;
    float stars; /* NaN: not rated */
    bool first;  /* of those that one change has changed */
};

struct mine {
    struct mine_rating *rating; /* (n) owned */
    size_t n;
    char *path; /* owned; of the file; NULL without a home to keep it in */
    struct mine_before *undo; /* (n_undo) owned; the last change at the end */
    size_t n_undo;
    bool read; /* the file has been read */
};

/*
 * Match the ratings with the films of a catalog; the first call reads the file, if
 * there is one. Changes made before cannot be undone any more. ERR_NOTFOUND, once:
 * there is no home, and so no file. ERR_IO, ERR_DATA, ERR_NOMEM.
 */
ERR_MUST_CHECK enum err_code mine_match(struct mine *m, const struct catalog *c,
                                        struct err *err);
void mine_done(struct mine *m);

/* Stars that a film was given; NaN: none. */
float mine_stars(const struct mine *m, uint32_t row);

/* Give a film stars, or (NaN) take them back, and write the file. When it cannot be
 * written, the rating stands. ERR_IO, ERR_NOMEM. */
ERR_MUST_CHECK enum err_code mine_rate(struct mine *m, const struct catalog *c,
                                       uint32_t row, float stars, struct err *err);

/* Take over what was matched of a file of ratings, in place of older ratings of the
 * same films: one change. *ret_n is their number. Errors as above. */
ERR_MUST_CHECK enum err_code mine_import(struct mine *m, const struct catalog *c,
                                         const struct ownratings *from, size_t *ret_n,
                                         struct err *err);

/* What was undone. */
struct mine_undone {
    size_t n;     /* ratings; 0: there was no change */
    uint32_t row; /* of the film of the last of them */
};

/* Undo the last change, all of it. Errors as above; *ret is always set. */
ERR_MUST_CHECK enum err_code mine_undo(struct mine *m, const struct catalog *c,
                                       struct mine_undone *ret, struct err *err);

#endif
