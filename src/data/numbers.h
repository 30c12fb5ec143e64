/*
 * numbers.h - one numbering of ids out of the readers' own.
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
    uint32_t **of; /* (n_readers) of[r][i]: number in `all` of reader r's id i */
};

/* Merge the readers' tables of users or films (COLUMN_USER, COLUMN_ITEM). */
ERR_MUST_CHECK enum err_code numbers_merge(struct numbers *ret, const struct intake *in,
                                           enum layout_column which, struct err *err);

/* Put row[number] in place of every number in `of`. */
void numbers_to_rows(struct numbers *nu, const struct intake *in,
                     enum layout_column which, const uint32_t *row);

void numbers_done(struct numbers *nu);

#endif
