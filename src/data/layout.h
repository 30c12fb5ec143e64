/*
 * layout.h - where the columns of a ratings file are: its dialect, its header and which
 * field is the user, the film, the rating and the time.
 */
#ifndef MLT_DATA_LAYOUT_H
#define MLT_DATA_LAYOUT_H

#include "src/base/err.h"
#include "src/data/csvread.h"

#include <stdbool.h>
#include <stddef.h>

enum layout_column { COLUMN_USER, COLUMN_ITEM, COLUMN_RATING, COLUMN_TIME, N_COLUMNS };

#define COLUMN_ABSENT (-1)

struct layout {
    struct dialect dialect;
    bool has_header;   /* the first record is no data */
    int at[N_COLUMNS]; /* place of the field, from 0; the time may be COLUMN_ABSENT */
    unsigned n_fields; /* that a row has */
    bool text[2];      /* users, films: the ids are text (else integers) */
    bool text_allowed[2]; /* ids that are no integers make the column text */
    bool float_stars;     /* more than 256 distinct ratings: keep them as floats */
};

#define HEADER_NAMES N_COLUMNS

/* Names to look for in a header; NULL where there are fewer. */
struct header_names {
    const char *name[HEADER_NAMES];
    bool must[HEADER_NAMES];
};

/* What a header says. */
struct header {
    struct dialect dialect;
    int at[HEADER_NAMES]; /* place of each name, or COLUMN_ABSENT */
    unsigned n_fields;
    const char *missing; /* a name that is not there or there twice; NULL: all found */
    bool twice;
};

/*
 * Read the header, the first record of the len bytes of whole lines at s. The delimiter
 * is the one of , tab ; |
 * that gives the names; where none does, `missing` is of the one with most fields.
 */
ERR_MUST_CHECK enum err_code header_find(struct header *ret,
                                         const struct header_names *names,
                                         const char *s, size_t len, struct err *err);

/* ERR_DATA with a message about what a header misses. */
enum err_code header_fault(const struct header *h, const char *s, size_t len,
                           const char *file, const char *advice, struct err *err);

/* u.data (tab) and ratings.dat ("::"): no header, user, film, rating, time. */
struct layout layout_u_data(void);
struct layout layout_dat(void);

/*
 * Find the columns by name in the header, the first record of the len bytes at s:
 * `columns` as in struct dataset_options, or NULL for MovieLens's userId, movieId,
 * rating and, where there is one, timestamp. ERR_ARG: `columns` is malformed; ERR_DATA:
 * a name is missing or there twice.
 */
ERR_MUST_CHECK enum err_code layout_from_header(struct layout *ret, const char *columns,
                                                const char *s, size_t len,
                                                const char *file, struct err *err);

#endif
