/*
 * jsontext.h - JSON written compactly into memory.
 *
 * Keys in the order of the calls, no blanks, the fewest digits that give the same
 * double back; what is not finite is null. Strings are UTF-8; one that is not (a path
 * may hold any bytes) is taken as Latin-1, so that what was written can be read.
 */
#ifndef MLT_BASE_JSONTEXT_H
#define MLT_BASE_JSONTEXT_H

#include "src/base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Text being written; a zeroed struct is empty. Running out of memory is remembered:
 * the calls after it do nothing, and jsontext_check reports it. `key` is NULL for an
 * element of an array and for the outermost value.
 */
struct jsontext {
    char *bytes; /* owned, NUL-terminated once something was written */
    size_t len, cap;
    bool comma; /* the next value needs one before it */
    bool failed;
};

void jsontext_open(struct jsontext *t, const char *key, char bracket); /* '{' or '[' */
void jsontext_close(struct jsontext *t, char bracket);                 /* '}' or ']' */
void jsontext_string(struct jsontext *t, const char *key,
                     const char *s); /* NULL: null */
void jsontext_int(struct jsontext *t, const char *key, int64_t x);
void jsontext_real(struct jsontext *t, const char *key, double x);
void jsontext_bool(struct jsontext *t, const char *key, bool x);

/* Above 2^63 - 1, which many readers cannot hold, a string of digits. */
void jsontext_uint(struct jsontext *t, const char *key, uint64_t x);

/* End the outermost value's line; another value may follow. */
void jsontext_newline(struct jsontext *t);

/* Append spaces until the length is a multiple of `of`. */
void jsontext_pad(struct jsontext *t, size_t of);

/* ERR_NOMEM when some call had no memory. */
ERR_MUST_CHECK enum err_code jsontext_check(const struct jsontext *t, struct err *err);

/* Empty the text but keep its memory for the next. */
void jsontext_reset(struct jsontext *t);

/* Free the text, leave it empty. */
void jsontext_done(struct jsontext *t);

#endif
