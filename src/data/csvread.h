/*
 * csvread.h - one record of a delimited file as its fields.
 *
 * libcsv is the parser of what may be quoted, in its strict mode and without its habit
 * of dropping blanks. MovieLens's older files (tab, "|", "::") know no quotes: there
 * the delimiter alone counts.
 */
#ifndef MLT_DATA_CSVREAD_H
#define MLT_DATA_CSVREAD_H

#include "src/base/err.h"

#include <stdbool.h>
#include <stddef.h>

#define CSV_MAX_FIELDS 1024

/* How a file separates fields. */
struct dialect {
    char delim[3]; /* one or two bytes and a NUL */
    bool quoted;   /* fields may be in double quotes (then delim is one byte) */
};

/* The dialect's quote_delim for a source. */
static inline char
dialect_quote_delim(const struct dialect *d)
{
    return (char)(d->quoted ? d->delim[0] : '\0');
}

struct csv_field {
    const char *s; /* NUL-terminated */
    size_t len;
};

/* Why a record was rejected. */
struct csv_fault {
    unsigned column; /* number of the field, from 1 */
    char reason[160];
};

struct csvread;

/* A reader of records of this dialect, copied; one thread's. ERR_NOMEM. */
ERR_MUST_CHECK enum err_code csvread_new(struct csvread **ret, const struct dialect *d,
                                         struct err *err);
void csvread_free(struct csvread *r);

/*
 * Split the record at s, len bytes with its line feed (one carriage return before it
 * belongs to the line end), at most SOURCE_MAX_RECORD. The fields die with the next
 * call; an empty line has none. ERR_DATA: *ret_fault says what is wrong; ERR_NOMEM.
 */
ERR_MUST_CHECK enum err_code csvread_record(struct csvread *r, const char *s,
                                            size_t len,
                                            const struct csv_field **ret_fields,
                                            size_t *ret_n, struct csv_fault *ret_fault,
                                            struct err *err);

/* Fill a fault: column, and a reason that quotes the field found (shown by its first
 * bytes, in display form) followed by what was expected. Returns ERR_DATA. */
enum err_code csv_fault_set(struct csv_fault *f, unsigned column, const char *name,
                            const struct csv_field *found, const char *expected);

/* The same for a record of n fields where there should be another number. */
enum err_code csv_fault_count(struct csv_fault *f, size_t n, unsigned expected);

#endif
