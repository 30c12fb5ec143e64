/*
 * jsonfields.h - a C struct as a JSON object, by one table for both directions.
 *
 * The table says key, type and place of each field; what the object has beyond it is
 * ignored, so that files of later versions can be read.
 */
#ifndef MLT_BASE_JSONFIELDS_H
#define MLT_BASE_JSONFIELDS_H

#include "src/base/err.h"
#include "src/base/jsondoc.h"
#include "src/base/jsontext.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum jsonfield_type {
    JSONFIELD_UINT, /* unsigned, uint32_t, size_t, uint64_t: the size decides */
    JSONFIELD_INT,  /* int64_t */
    JSONFIELD_REAL, /* double; null is NaN, whole numbers are fine */
    JSONFIELD_BOOL, /* bool */
    JSONFIELD_TEXT, /* const char *; null is NULL */
    JSONFIELD_WORD  /* enum: place of the text in `words` */
};

struct jsonfield {
    const char *key;
    enum jsonfield_type type;
    size_t at, size;          /* of the field; JSONFIELD_AT fills both */
    const char *const *words; /* of a WORD, NULL last */
    const char *about;        /* for the manual: a few words, no full stop */
};

#define JSONFIELD_AT(s, field) \
    .at = offsetof(struct s, field), .size = sizeof(((struct s *)0)->field)

/* Write the n fields of `from` into an object that was opened. */
void jsonfields_write(struct jsontext *t, const struct jsonfield *f, size_t n,
                      const void *from);

/*
 * Read the n fields out of an object; texts are copies that jsonfields_free frees.
 * ERR_FORMAT, beginning with `where`, names the key that is missing or has a wrong
 * value; ERR_NOMEM. On failure the fields of `into` are undefined and hold no memory.
 */
ERR_MUST_CHECK enum err_code jsonfields_read(const json_t *object,
                                             const struct jsonfield *f, size_t n,
                                             void *into, const char *where,
                                             struct err *err);

/* Free the texts that jsonfields_read made. */
void jsonfields_free(const struct jsonfield *f, size_t n, void *from);

#endif
