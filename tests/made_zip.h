/*
 * made_zip.h - zip archives for tests, byte by byte, good ones and bad ones.
 *
 * https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT: local headers with the
 * data, the central directory, its end. Deflated members hold stored blocks.
 */
#ifndef MLT_TESTS_MADE_ZIP_H
#define MLT_TESTS_MADE_ZIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct made_member {
    const char *name;
    const void *bytes; /* (n) borrowed */
    size_t n;
    bool deflated;
    bool encrypted; /* says so, at least */
    bool link;      /* a symbolic link whose target the bytes are */
    bool bad_crc;
    uint32_t claim; /* size that the headers tell; 0: n */
};

/* The archive of n members, to be freed with free(). */
unsigned char *made_zip(const struct made_member *m, size_t n, size_t *ret_bytes);

/* The same as a file. */
void made_zip_write(const char *path, const struct made_member *m, size_t n);

#endif
