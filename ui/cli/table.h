/*
 * table.h - a text table: kept row by row, laid out and printed at the end.
 *
 * Two blanks between columns, numbers to the right, text to the left. Where the table
 * is wider than the terminal, the flexible columns give way first (the highest `flex`,
 * of equals the widest, down to TABLE_FLEX_MIN cells), then columns are left out by
 * their `drop`, then from the right; what is left always fits.
 */
#ifndef MLT_UI_CLI_TABLE_H
#define MLT_UI_CLI_TABLE_H

#include "src/base/err.h"
#include "src/base/strtab.h"
#include "ui/cli/output.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define TABLE_FLEX_MIN 12
#define TABLE_KEEP_END 0x80 /* of a look: a cell that is cut at its beginning */

struct table {
    const struct column *columns; /* borrowed */
    size_t n_columns;             /* at most COLUMNS_MAX */
    bool headless;                /* no line of headings */
    size_t n_rows;
    struct strtab cells; /* (n_rows * n_columns) as they will be printed */
    unsigned char
        *looks; /* (n_rows * n_columns) of enum ink, | TABLE_KEEP_END; owned */
    size_t looks_cap;
    size_t widest[COLUMNS_MAX]; /* cells of the widest cell */
};

/* An empty table of the columns that have a head. */
void table_init(struct table *t, const struct column *columns, size_t n, bool headless);

/* A row of a value a column. ERR_NOMEM. */
ERR_MUST_CHECK enum err_code table_add(struct table *t, const struct value *values,
                                       const struct term *term, struct err *err);

/* A value as a column shows it, into out; cap is NUMBER_MAX at least. */
void table_cell(char *out, size_t cap, const struct column *c, const struct value *v,
                const struct term *term);

/* Print all rows; nothing when there are none. */
void table_print(const struct table *t, FILE *to, const struct term *term);

void table_done(struct table *t);

#endif
