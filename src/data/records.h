/*
 * records.h - all rows of a small file, one after the other: films, tags, links,
 * somebody's own ratings.
 *
 * One thread reads the source from its start, cuts it into records and splits these
 * into fields. The ratings of a data set, which are many, have readers of their own
 * (rows.h).
 */
#ifndef MLT_DATA_RECORDS_H
#define MLT_DATA_RECORDS_H

#include "src/base/err.h"
#include "src/data/csvread.h"
#include "src/data/rejects.h"
#include "src/data/source.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A row's fields; they die with the call that is given them. */
struct record {
    const struct csv_field *f; /* (n) */
    size_t n;                  /* >= 1 */
    uint64_t line;             /* on which it begins, from 1 */
};

struct records {
    const struct dialect *dialect; /* borrowed */
    bool has_header;               /* the first record is no row */
    unsigned n_fields;             /* that a row has, others are rejected; 0: any */
    const char *file;              /* borrowed; for the rejects */
    void *arg;                     /* of both functions */

    /* Take a row. ERR_DATA: it is rejected for *fault; another error ends the reading.
     */
    enum err_code (*row)(void *arg, const struct record *rec, struct csv_fault *fault,
                         struct err *err);
    /* Look at a block before its rows. May be NULL. */
    void (*block)(void *arg, const struct block *b);
};

/*
 * Read all of `src`, at its first byte and with the dialect's quotes set, through the
 * block `b`, and count the rows and those rejected in `rejects`. Empty lines are no
 * rows. What source_next and `row` return; ERR_NOMEM.
 */
ERR_MUST_CHECK enum err_code records_read(const struct records *how, struct source *src,
                                          struct block *b, struct rejects *rejects,
                                          struct err *err);

#endif
