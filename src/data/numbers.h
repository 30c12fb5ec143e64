/*
 * numbers.h - one numbering of ids out of the readers' own: the threads of an intake
 * have numbered the users and films that each met.
 */
#ifndef MLT_DATA_NUMBERS_H
#define MLT_DATA_NUMBERS_H

#include "src/base/err.h"
#include "src/data/ids.h"
#include "src/data/intake.h"

#include <stdint.h>

struct numbers {
    struct ids all; /* every id that a rating has */
    unsigned n_readers;
    uint32_t **of; /* (n_readers) owned; of[r][i]: number in `all` of reader r's id i */
};

/* Merge the readers' tables of users or films (COLUMN_USER, COLUMN_ITEM), which stay as
 * they are. Readers are taken in their order, so the numbers depend on which of them
 * read what; only rows made of the ids are the same for any number of threads.
 * ERR_NOMEM; ERR_UNAVAILABLE: more ids than a table can number. */
ERR_MUST_CHECK enum err_code numbers_merge(struct numbers *ret, const struct intake *in,
                                           enum layout_column which, struct err *err);

/* Put row[number] in place of every number in `of`; row is (all.n). */
void numbers_to_rows(struct numbers *nu, const struct intake *in,
                     enum layout_column which, const uint32_t *row);

void numbers_done(struct numbers *nu);

#endif
