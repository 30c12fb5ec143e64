/*
 * ownratings.h - somebody's own ratings from a file, matched to the films of a catalog.
 *
 * Three ways to write them, told apart by their header:
 *
 * - "title,rating", one's own: the film by an id of the data ("id:" forces it), an IMDb
 *   id or a title ("title:" forces that); the rating in the data's stars. The header
 *   may be missing; then all before the last comma is the film.
 * - "Const,Your Rating,…", IMDb's export: 1 to 10, films by IMDb's id, or, where the
 *   model does not know those, by title and year.
 * - "Name,Year,Rating,…", Letterboxd's export: .5 to 5, films by title and year.
 *
 * A column userId in the first may say whose the ratings are; a file with those of
 * several users, a data set, is none of these and is refused.
 *
 * The lowest and highest rating of an export become those of the data, those between in
 * proportion: IMDb's 7 is 3.5 of MovieLens's .5 … 5. How titles match: titles.h.
 */
#ifndef MLT_DATA_OWNRATINGS_H
#define MLT_DATA_OWNRATINGS_H

#include "src/base/err.h"
#include "src/base/strtab.h"
#include "src/data/catalog.h"
#include "src/data/ratings.h"
#include "src/data/rejects.h"
#include "src/data/titles.h"

#include <stddef.h>
#include <stdint.h>

/* A line that holds a film and a rating. */
struct ownrating {
    uint64_t line;             /* from 1 */
    unsigned column;           /* of the film, from 1 */
    int year;                  /* 0: not said */
    float stars;               /* of the data's scale */
    struct titles_found found; /* .row is 0 where no film was matched */
};

struct ownratings {
    const char *form;         /* how it is written: "an IMDb export"; fixed text */
    struct ownrating *rating; /* (n) owned, in the order of lines */
    struct strtab film;       /* (n) what each line calls its film, in UTF-8 */
    size_t n;
    size_t n_matched;
    size_t n_unrated;       /* lines of an export that have no rating */
    struct rejects rejects; /* lines that are wrong; .file is path */
    char *path;             /* owned */
};

/* The lowest and the highest stars of a set of ratings; 0 and 0 of none. */
struct ownratings_scale {
    double lo, hi;
};
struct ownratings_scale ownratings_scale_of(const struct ratings *r);

/*
 * Read all of a file. ERR_NOTFOUND, ERR_IO; ERR_DATA when not a line holds a film and a
 * rating, with the first that is wrong, or when they are ratings of several users;
 * ERR_NOMEM. That no film is matched is no error
 * here.
 */
ERR_MUST_CHECK enum err_code ownratings_read(struct ownratings **ret, const char *path,
                                             const struct catalog *c,
                                             struct ownratings_scale scale,
                                             struct err *err);

/* The same of len bytes; `name` is for messages. */
ERR_MUST_CHECK enum err_code ownratings_read_bytes(struct ownratings **ret,
                                                   const char *name, const char *bytes,
                                                   size_t len, const struct catalog *c,
                                                   struct ownratings_scale scale,
                                                   struct err *err);
void ownratings_free(struct ownratings *o);

#endif
