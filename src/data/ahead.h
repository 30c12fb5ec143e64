/*
 * ahead.h - a member of a zip, unpacked by a thread of its own some blocks ahead of who
 * reads it.
 *
 * Unpacking has to go from front to back, so one thread does it while others parse; it
 * is started by the first read and joined by ahead_rewind and ahead_close, and it alone
 * touches the archive meanwhile.
 */
#ifndef MLT_DATA_AHEAD_H
#define MLT_DATA_AHEAD_H

#include "src/base/err.h"

#include <stddef.h>
#include <stdint.h>

struct ahead;

/* Open the member of this name. What unzip_open and unzip_find return. */
ERR_MUST_CHECK enum err_code ahead_open(struct ahead **ret, const char *zip,
                                        const char *member, struct err *err);
void ahead_close(struct ahead *a);

/* Its bytes, unpacked. */
uint64_t ahead_size(const struct ahead *a);

/* The next n bytes; fewer come only at the end. One thread at a time. What unzip_find
 * and unzip_read return; ERR_NOMEM when the system gives no thread. */
ERR_MUST_CHECK enum err_code ahead_read(struct ahead *a, void *to, size_t n,
                                        size_t *ret_n, struct err *err);

/* Begin again at the first byte. */
void ahead_rewind(struct ahead *a);

#endif
