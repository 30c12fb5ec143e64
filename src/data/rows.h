/*
 * rows.h - the records of a block as typed rows: user, film, stars, time.
 *
 * Every record may go through csvread; a plain one, digits and delimiters in the usual
 * order, is read by a shorter way that gives the same. One thread owns a struct rows
 * and the tables of ids in it, which outlive the blocks.
 */
#ifndef MLT_DATA_ROWS_H
#define MLT_DATA_ROWS_H

#include "src/base/err.h"
#include "src/data/csvread.h"
#include "src/data/ids.h"
#include "src/data/layout.h"
#include "src/data/ratings.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Ratings one after the other of one user, by its number in the thread's table. */
struct run {
    uint32_t user;
    uint32_t n;
};

/* A rejected record. */
struct row_fault {
    uint32_t line; /* of the block, from 0 */
    uint32_t row;  /* data row of the block, from 0 */
    struct csv_fault fault;
};

/* Distinct stars in the order in which they were first seen. */
struct palette {
    unsigned n;
    float value[RATINGS_MAX_VALUES];
    int16_t tenth[100]; /* code of 0.0, 0.1 … 9.9, plus one; 0: not seen */
};

struct rows {
    const struct layout *layout; /* borrowed */
    struct csvread *csv;         /* owned */
    bool plain;                  /* the short way may be taken */
    size_t keep_faults;          /* keep at most so many faults a block */
    bool keep_fault_rows;        /* keep the row number of each rejected row */

    /* For the whole file. */
    struct ids user, item;
    struct palette palette;
    int64_t first_time, last_time; /* INT64_MAX and INT64_MIN before any */
    bool found_text[2];            /* a column turned out to be text: read again */
    bool found_many_stars;         /* more distinct stars than codes: read again */

    /* For the block. */
    size_t room;     /* rows that the columns can hold: grows with the blocks */
    size_t n;        /* ratings */
    uint32_t *film;  /* (room) number in the table `item` */
    uint8_t *code;   /* (room) of the palette, or NULL: stars */
    float *stars;    /* (room) or NULL: code */
    struct run *run; /* (room) */
    size_t n_runs;
    uint32_t n_lines; /* physical lines, of every kind */
    uint32_t n_rows;  /* data rows, rejected ones included */
    uint32_t n_rejected;
    struct row_fault *fault; /* (keep_faults) the first ones */
    size_t n_faults;
    uint32_t *fault_row; /* (n_rejected) data rows rejected, when kept */
};

/* An empty table of its own for each thread; what the two `keep`s mean is said above.
 * ERR_NOMEM. */
ERR_MUST_CHECK enum err_code rows_init(struct rows *r, const struct layout *layout,
                                       size_t keep_faults, bool keep_fault_rows,
                                       struct err *err);
void rows_done(struct rows *r);

/*
 * Read the records of a block's text (len bytes, whole records) in place of what was
 * there before; `first` says that a header, where the layout has one, comes first.
 * A record that is wrong is a fault, not an error. ERR_NOMEM, ERR_UNAVAILABLE
 * (too many ids).
 */
ERR_MUST_CHECK enum err_code rows_read(struct rows *r, const char *text, size_t len,
                                       bool first, struct err *err);

/* Code of these stars in r's palette, where they are added; false when it is full. */
bool rows_code(struct rows *r, float stars, uint8_t *ret);

#endif
