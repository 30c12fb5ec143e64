/*
 * unzip.h - the members of a zip archive, unpacked as they are read.
 *
 * The archive's own directory, at its end, says which members there are and how long
 * they are; a member is read from front to back and held against that. A zip is used by
 * one thread at a time. Without libarchive unzip_open says what is missing.
 *
 * A directory that promises too much is refused before anything is unpacked: more than
 * UNZIP_MOST_RATIO times the bytes of the whole archive, from UNZIP_RATIO_FROM on
 * (ratings pack to a third or a tenth), or more than UNZIP_MOST_MEMBERS members.
 */
#ifndef MLT_DATA_UNZIP_H
#define MLT_DATA_UNZIP_H

#include "src/base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UNZIP_MOST_RATIO   100
#define UNZIP_RATIO_FROM   ((uint64_t)16 << 20) /* bytes, unpacked */
#define UNZIP_MOST_MEMBERS 10000

struct unzip;

struct unzip_member {
    const char *name; /* with its folders, as in the archive; borrowed */
    uint64_t size;    /* unpacked, in bytes */
    bool regular;     /* no folder, no link */
};

/* Is a file a zip, by its name or by its first bytes? False where it cannot be read. */
bool unzip_is_one(const char *path);

/* Open an archive. ERR_IO, ERR_NOTFOUND; ERR_NOMEM; ERR_UNAVAILABLE: built without
 * libarchive. */
ERR_MUST_CHECK enum err_code unzip_open(struct unzip **ret, const char *path,
                                        struct err *err);
void unzip_close(struct unzip *z);

/* Begin again before the first member. */
void unzip_rewind(struct unzip *z);

/*
 * The next member; its name is NULL after the last one. The name dies with the next
 * call. ERR_FORMAT: no zip, cut, or its directory promises too much; ERR_IO; ERR_NOMEM.
 */
ERR_MUST_CHECK enum err_code unzip_next(struct unzip *z, struct unzip_member *ret,
                                        struct err *err);

/* Go to the one regular member of this name. ERR_NOTFOUND; ERR_FORMAT also when it is
 * encrypted; what unzip_next returns. */
ERR_MUST_CHECK enum err_code unzip_find(struct unzip *z, const char *name,
                                        uint64_t *ret_size, struct err *err);

/*
 * The next n bytes of the member found; fewer come only at its end, where length and
 * checksum have been found right. ERR_FORMAT: it is damaged; ERR_IO.
 */
ERR_MUST_CHECK enum err_code unzip_read(struct unzip *z, void *to, size_t n,
                                        size_t *ret_n, struct err *err);

#endif
