/*
 * strtab.h - many strings in one block of bytes: titles, genres, textual ids.
 *
 * String i is NUL-terminated at bytes + start[i]. Growing is amortised; the
 * pointers that strtab_get returns die when a string is added.
 */
#ifndef MLT_BASE_STRTAB_H
#define MLT_BASE_STRTAB_H

#include "src/base/err.h"

#include <stddef.h>
#include <stdint.h>

struct strtab {
    size_t n;        /* strings */
    uint64_t *start; /* (n + 1) offsets into bytes; start[n] is the bytes used */
    char *bytes;     /* owned; each string ends with a NUL */
    size_t cap_n;    /* room in start, less one */
    size_t cap_bytes;
};

/* Append the len bytes at s, which hold no NUL. A zeroed struct is an empty table. */
ERR_MUST_CHECK enum err_code strtab_add(struct strtab *t, const char *s, size_t len,
                                        struct err *err);

/* String i < n, borrowed. */
static inline const char *
strtab_get(const struct strtab *t, size_t i)
{
    return t->bytes + t->start[i];
}

/* Bytes of string i without its NUL. */
static inline size_t
strtab_len(const struct strtab *t, size_t i)
{
    return (size_t)(t->start[i + 1] - t->start[i] - 1);
}

/* Free the contents and leave an empty table. */
void strtab_done(struct strtab *t);

#endif
