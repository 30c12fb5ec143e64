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

#define MINE_UNDO 64 /* changes that can be taken back */

struct mine_rating {
    char *title; /* owned */
    float stars;
    uint32_t row; /* of the film in the catalog; 0: it has none */
};

/* What a rating was before a change. */
struct mine_change {
    uint32_t row;
    float before; /* NaN: not rated */
};

struct mine {
    struct mine_rating *rating; /* (n) owned */
    size_t n;
    char *path; /* owned; of the file */
    struct mine_change undo[MINE_UNDO];
    size_t n_undo;
    bool read; /* the file has been read */
};

/* Read the file, if there is one, and match its titles with a catalog; later calls only
 * match anew. ERR_NOTFOUND without a home, ERR_IO, ERR_DATA, ERR_NOMEM. */
ERR_MUST_CHECK enum err_code mine_match(struct mine *m, const struct catalog *c,
                                        struct ownratings_scale scale, struct err *err);
void mine_done(struct mine *m);

/* Stars that a film was given; NaN: none. */
float mine_stars(const struct mine *m, uint32_t row);

/* Give a film stars, or (NaN) take them back, and write the file. On an error the
 * rating stands, unwritten. ERR_IO, ERR_NOMEM. */
ERR_MUST_CHECK enum err_code mine_rate(struct mine *m, const struct catalog *c,
                                       uint32_t row, float stars, struct err *err);

/* Undo the last change; *ret_row is its film, 0 when there is none. Errors as above. */
ERR_MUST_CHECK enum err_code mine_undo(struct mine *m, const struct catalog *c,
                                       uint32_t *ret_row, struct err *err);

/* Take over what was matched of a file of ratings, in place of older ratings of the
 * same films; *ret_n is their number. */
ERR_MUST_CHECK enum err_code mine_import(struct mine *m, const struct catalog *c,
                                         const struct ownratings *from, size_t *ret_n,
                                         struct err *err);

#endif
