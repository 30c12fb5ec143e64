/*
 * rejects.h - rows of a file that were left out: how many, and what was wrong with the
 * first of them.
 */
#ifndef MLT_DATA_REJECTS_H
#define MLT_DATA_REJECTS_H

#include "src/base/err.h"

#include <stddef.h>
#include <stdint.h>

#define REJECTS_KEPT 1000

struct csv_fault;

struct reject {
    const char *file; /* borrowed */
    uint64_t line;    /* from 1 */
    unsigned column;  /* number of the field, from 1 */
    char reason[160];
};

struct rejects {
    uint64_t n_rows;    /* data rows of the file, rejected ones included */
    uint64_t n;         /* rows rejected */
    struct reject *row; /* (n_kept) owned: the first ones */
    size_t n_kept;      /* min(n, REJECTS_KEPT) */
};

/* Make room; what it was is not looked at. ERR_NOMEM. */
ERR_MUST_CHECK enum err_code rejects_init(struct rejects *r, struct err *err);
void rejects_done(struct rejects *r);

/* Count a row that was rejected, and keep why; `file` is borrowed. */
void rejects_add(struct rejects *r, const char *file, uint64_t line,
                 const struct csv_fault *fault);

#endif
