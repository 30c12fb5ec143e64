/*
 * zip.h - a zip archive written as a stream: members are stored, not compressed.
 *
 * Source: APPNOTE.TXT 6.3.10 of PKWARE. Sizes and sums are known before a member is
 * written, so that nothing is ever gone back to; the 64-bit fields (4.5.3) appear only
 * where 32 bits are too few, so that small archives are read by everything. Dates are
 * all 1980-01-01: equal content gives equal bytes.
 */
#ifndef MLT_BASE_ZIP_H
#define MLT_BASE_ZIP_H

#include "src/base/err.h"
#include "src/base/sink.h"

#include <stddef.h>
#include <stdint.h>

#define ZIP_MAX_MEMBERS 32
#define ZIP_MAX_NAME    48 /* bytes of a member's name */

struct zip_member {
    const char *name; /* ASCII, borrowed */
    uint64_t at;      /* offset of its header */
    uint64_t bytes;
    uint32_t crc;
};

/* An archive being written; zeroed with `to` set it is empty. `at` may begin above 0:
 * an archive may follow something else in its file. */
struct zip {
    const struct sink *to; /* borrowed */
    uint64_t at;           /* offset of the next byte */
    size_t n;
    struct zip_member member[ZIP_MAX_MEMBERS];
};

/* CRC-32 (ISO 3309) of n more bytes; of nothing it is 0. */
uint32_t zip_crc(uint32_t crc, const void *p, size_t n);

/* Begin a member; its bytes follow by zip_write. Errors are those of the sink. */
ERR_MUST_CHECK enum err_code zip_begin(struct zip *z, const char *name, uint64_t bytes,
                                       uint32_t crc, struct err *err);
ERR_MUST_CHECK enum err_code zip_write(struct zip *z, const void *p, size_t n,
                                       struct err *err);

/* Write the directory that ends the archive. */
ERR_MUST_CHECK enum err_code zip_end(struct zip *z, struct err *err);

#endif
