/*
 * md5file.h - the MD5 (RFC 1321) of a file, and sums as publishers write them down.
 *
 * It tells a download that is not what was published; it is no proof against somebody
 * who makes a collision.
 */
#ifndef MLT_DATA_MD5FILE_H
#define MLT_DATA_MD5FILE_H

#include "src/base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MD5_TEXT 33 /* 32 hexadecimal digits, small letters, and a NUL */

/* Of the first `bytes` bytes of a descriptor; `path` is for messages. `progress` (true
 * ends it: ERR_STATE) is called now and then. ERR_IO, also when it is shorter;
 * ERR_NOMEM.
 */
ERR_MUST_CHECK enum err_code
md5_of_file(char ret[MD5_TEXT], int fd, const char *path, uint64_t bytes,
            bool (*progress)(void *arg, uint64_t done, uint64_t total), void *arg,
            struct err *err);

/* The first word of 32 hexadecimal digits in a text of n bytes: "SUM  NAME" and "MD5
 * (NAME) = SUM" both have one. */
bool md5_in_text(char ret[MD5_TEXT], const char *text, size_t n);

#endif
