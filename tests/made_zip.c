/* made_zip.c - zip archives for tests; see made_zip.h. */
#include "config.h"

#include "tests/made_zip.h"

#include "src/base/zip.h"
#include "tests/scratch.h"

#include <stdlib.h>
#include <string.h>

#define HEADERS      200 /* bytes that a member takes beside data and names, at most */
#define BLOCK        65535 /* most that a stored block of deflate holds */
#define LINK_MODE    0120777u
#define FILE_MODE    0100644u
#define MADE_ON_UNIX 3u

struct made {
    unsigned char *at;
};

static void
put(struct made *z, uint32_t value, int bytes)
{
    for (; bytes > 0; bytes--, value >>= 8)
        *z->at++ = (unsigned char)value;
}

static void
put_bytes(struct made *z, const void *bytes, size_t n)
{
    if (n > 0)
        memcpy(z->at, bytes, n);
    z->at += n;
}

/* What local and central header have in common. */
static void
put_common(struct made *z, const struct made_member *m, size_t packed)
{
    put(z, 20, 2); /* version needed */
    put(z, m->encrypted, 2);
    put(z, m->deflated ? 8 : 0, 2);
    put(z, 0, 2);      /* time */
    put(z, 0x5021, 2); /* 2020-01-01 */
    put(z, zip_crc(0, m->bytes, m->n) ^ m->bad_crc, 4);
    put(z, (uint32_t)packed, 4);
    put(z, m->claim != 0 ? m->claim : (uint32_t)m->n, 4);
    put(z, (uint32_t)strlen(m->name), 2);
    put(z, 0, 2); /* extra fields */
}

static size_t
packed_size(const struct made_member *m)
{
    return m->deflated ? m->n + 5 * (m->n / BLOCK + 1) : m->n;
}

static void
put_data(struct made *z, const struct made_member *m)
{
    const char *from = m->bytes;
    size_t left = m->n;

    if (!m->deflated) {
        put_bytes(z, from, left);
        return;
    }
    for (;;) {
        size_t n = left < BLOCK ? left : BLOCK;

        put(z, n == left && n < BLOCK, 1); /* the last one? */
        put(z, (uint32_t)n, 2);
        put(z, ~(uint32_t)n, 2);
        put_bytes(z, from, n);
        from += n;
        left -= n;
        if (n < BLOCK)
            return;
    }
}

static void
put_local(struct made *z, const struct made_member *m)
{
    put(z, 0x04034b50, 4);
    put_common(z, m, packed_size(m));
    put_bytes(z, m->name, strlen(m->name));
    put_data(z, m);
}

static void
put_central(struct made *z, const struct made_member *m, size_t offset)
{
    put(z, 0x02014b50, 4);
    put(z, MADE_ON_UNIX << 8 | 20, 2);
    put_common(z, m, packed_size(m));
    put(z, 0, 2); /* comment */
    put(z, 0, 2); /* disk */
    put(z, 0, 2); /* inner attributes */
    put(z, (m->link ? LINK_MODE : FILE_MODE) << 16, 4);
    put(z, (uint32_t)offset, 4);
    put_bytes(z, m->name, strlen(m->name));
}

static void
put_end(struct made *z, size_t n, size_t directory, size_t at)
{
    put(z, 0x06054b50, 4);
    put(z, 0, 4); /* disks */
    put(z, (uint32_t)n, 2);
    put(z, (uint32_t)n, 2);
    put(z, (uint32_t)directory, 4);
    put(z, (uint32_t)at, 4);
    put(z, 0, 2); /* comment */
}

unsigned char *
made_zip(const struct made_member *m, size_t n, size_t *ret_bytes)
{
    size_t room = HEADERS, *offset = calloc(n + 1, sizeof(*offset)), directory;
    unsigned char *bytes;
    struct made z;

    for (size_t i = 0; i < n; i++)
        room += HEADERS + packed_size(&m[i]) + 2 * strlen(m[i].name);
    bytes = calloc(room, 1);
    if (bytes == NULL || offset == NULL)
        abort();
    z.at = bytes;
    for (size_t i = 0; i < n; i++) {
        offset[i] = (size_t)(z.at - bytes);
        put_local(&z, &m[i]);
    }
    directory = (size_t)(z.at - bytes);
    for (size_t i = 0; i < n; i++)
        put_central(&z, &m[i], offset[i]);
    put_end(&z, n, (size_t)(z.at - bytes) - directory, directory);
    *ret_bytes = (size_t)(z.at - bytes);
    free(offset);
    return bytes;
}

void
made_zip_write(const char *path, const struct made_member *m, size_t n)
{
    size_t len;
    unsigned char *bytes = made_zip(m, n, &len);

    scratch_write(path, bytes, len);
    free(bytes);
}
