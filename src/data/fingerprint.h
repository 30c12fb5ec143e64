/*
 * fingerprint.h - one value that tells two data sets apart.
 *
 * XXH3-128 over this: for each file the 8 bytes of its length, low byte first, and the
 * 16 bytes of the XXH3-128 (canonical form) of each of its blocks of SOURCE_BLOCK
 * bytes. So threads hash blocks as they read them. A member of a zip counts with its
 * unpacked bytes: a zip and the folder it unpacks to are the same data.
 */
#ifndef MLT_DATA_FINGERPRINT_H
#define MLT_DATA_FINGERPRINT_H

#include "src/base/err.h"

#include <stddef.h>
#include <stdint.h>

#include <xxhash.h>

/* What was hashed so far. A zeroed struct is nothing. */
struct fingerprint {
    unsigned char *bytes; /* owned */
    size_t n, cap;
};

/* Add a file's length, then the hashes of its blocks in their order. ERR_NOMEM. */
ERR_MUST_CHECK enum err_code fingerprint_file(struct fingerprint *f, uint64_t length,
                                              struct err *err);
ERR_MUST_CHECK enum err_code fingerprint_block(struct fingerprint *f,
                                               XXH128_hash_t hash, struct err *err);

/* The fingerprint as 32 hexadecimal digits and a NUL; f is empty afterwards. */
void fingerprint_end(struct fingerprint *f, char ret[33]);

#endif
