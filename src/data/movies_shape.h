/*
 * movies_shape.h - where the fields of a movies file are; a module of movies.
 */
#ifndef MLT_DATA_MOVIES_SHAPE_H
#define MLT_DATA_MOVIES_SHAPE_H

#include "src/base/err.h"
#include "src/data/csvread.h"
#include "src/data/layout.h"
#include "src/data/movies.h"
#include "src/data/source.h"

#include <stdbool.h>

enum { MOVIES_ID, MOVIES_TITLE, MOVIES_GENRES, MOVIES_COLUMNS };

#define MOVIES_FLAGS 19 /* genres of u.item, a field of 0 or 1 each */

extern const char *const movies_flag[MOVIES_FLAGS]; /* their names */

struct movies_shape {
    struct dialect dialect;
    bool has_header;
    int at[MOVIES_COLUMNS]; /* place from 0; the genres may be COLUMN_ABSENT */
    int first_flag;         /* place of u.item's first genre, else COLUMN_ABSENT */
    unsigned n_fields;      /* that a row has */
};

/*
 * Find the fields. Those of movies.csv are named in its header, which is read by way of
 * `b`; `src` is rewound and knows their delimiter then. The other formats have them in
 * fixed places. ERR_DATA: the header has no such names; ERR_IO, ERR_NOMEM.
 */
ERR_MUST_CHECK enum err_code movies_shape_find(struct movies_shape *ret,
                                               struct source *src,
                                               enum movies_format format,
                                               struct block *b, struct err *err);

#endif
