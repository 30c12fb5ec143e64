/*
 * jsondoc.h - one JSON value read strictly: UTF-8, no key twice, nothing after it.
 *
 * jansson reads it, into memory of the document's own. Look at the values with
 * jansson's accessors, from any thread; never change, keep or release one: all go with
 * the document.
 */
#ifndef MLT_BASE_JSONDOC_H
#define MLT_BASE_JSONDOC_H

#include "src/base/err.h"

#include <jansson.h>
#include <stddef.h>

struct jsondoc {
    json_t *root;         /* the value, NULL in an empty document */
    struct jsonmem *last; /* owned: the blocks of memory, the newest first */
};

/*
 * Read the value that the len bytes at s hold. ERR_FORMAT says where and what, in a
 * message that begins with `where` (a path, or path:line); ERR_NOMEM.
 */
ERR_MUST_CHECK enum err_code jsondoc_parse(struct jsondoc *ret, const char *s,
                                           size_t len, const char *where,
                                           struct err *err);

/* Free all values and leave an empty document; one that is empty is fine. */
void jsondoc_done(struct jsondoc *d);

#endif
