/* zip.c - a zip archive written as a stream; see zip.h. */
#include "config.h"

#include "src/base/zip.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

#define NEEDS        20 /* of zip that a reader must know */
#define NEEDS_64     45
#define MADE_ON_UNIX (3 << 8)
#define MODE         (0100644U << 16) /* a plain file, rw-r--r-- */
#define DATE         0x21             /* 1980-01-01 */
#define TAG_64       1
#define IN_64        UINT32_MAX /* what a short field says when the long one counts */

/* A record being put together, little-endian. */
struct record {
    size_t n;
    unsigned char b[160];
};

static void
put(struct record *r, uint64_t v, unsigned bytes)
{
    assert(r->n + bytes <= sizeof(r->b));
    for (unsigned i = 0; i < bytes; i++)
        r->b[r->n++] = (unsigned char)(v >> (8 * i));
}

static void
put_name(struct record *r, const char *name)
{
    size_t n = strlen(name);

    assert(n <= ZIP_MAX_NAME && r->n + n <= sizeof(r->b));
    memcpy(r->b + r->n, name, n);
    r->n += n;
}

static bool
is_large(uint64_t v)
{
    return v >= IN_64;
}

/* v where it fits, else the mark that it stands elsewhere. */
static void
put_short(struct record *r, uint64_t v)
{
    put(r, is_large(v) ? IN_64 : v, 4);
}

uint32_t
zip_crc(uint32_t crc, const void *p, size_t n)
{
    static const uint32_t nibble[16] = {
        0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4,
        0x4db26158, 0x5005713c, 0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
        0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c,
    };
    const unsigned char *b = p;

    crc = ~crc;
    for (size_t i = 0; i < n; i++) {
        crc = nibble[(crc ^ b[i]) & 15] ^ (crc >> 4);
        crc = nibble[(crc ^ (b[i] >> 4)) & 15] ^ (crc >> 4);
    }
    return ~crc;
}

/* Version to name, method, time, date, sum: what both kinds of header share. */
static void
put_common(struct record *r, const struct zip_member *m, bool long_fields)
{
    put(r, long_fields ? NEEDS_64 : NEEDS, 2);
    put(r, 0, 2); /* flags */
    put(r, 0, 2); /* method: stored */
    put(r, 0, 2); /* time */
    put(r, DATE, 2);
    put(r, m->crc, 4);
    put_short(r, m->bytes); /* compressed */
    put_short(r, m->bytes);
    put(r, strlen(m->name), 2);
}

static enum err_code
send(struct zip *z, const struct record *r, struct err *err)
{
    return zip_write(z, r->b, r->n, err);
}

enum err_code
zip_write(struct zip *z, const void *p, size_t n, struct err *err)
{
    z->at += n;
    return sink_write(z->to, p, n, err);
}

enum err_code
zip_begin(struct zip *z, const char *name, uint64_t bytes, uint32_t crc,
          struct err *err)
{
    struct record r = { 0 };
    bool large = is_large(bytes);
    struct zip_member *m = &z->member[z->n];

    assert(z->n < ZIP_MAX_MEMBERS);
    z->n++;
    *m = (struct zip_member){ .name = name, .at = z->at, .bytes = bytes, .crc = crc };
    put(&r, 0x04034b50, 4);
    put_common(&r, m, large);
    put(&r, large ? 20 : 0, 2);
    put_name(&r, name);
    if (large) {
        put(&r, TAG_64, 2);
        put(&r, 16, 2);
        put(&r, bytes, 8);
        put(&r, bytes, 8);
    }
    return send(z, &r, err);
}

/* A member's line in the directory. */
static enum err_code
send_entry(struct zip *z, const struct zip_member *m, struct err *err)
{
    unsigned extra = (is_large(m->bytes) ? 16 : 0) + (is_large(m->at) ? 8 : 0);
    struct record r = { 0 };

    put(&r, 0x02014b50, 4);
    put(&r, MADE_ON_UNIX | (extra > 0 ? NEEDS_64 : NEEDS), 2);
    put_common(&r, m, extra > 0);
    put(&r, extra > 0 ? extra + 4 : 0, 2);
    put(&r, 0, 2); /* comment */
    put(&r, 0, 2); /* disk */
    put(&r, 0, 2); /* internal attributes */
    put(&r, MODE, 4);
    put_short(&r, m->at);
    put_name(&r, m->name);
    if (extra > 0) {
        put(&r, TAG_64, 2);
        put(&r, extra, 2);
    }
    if (is_large(m->bytes)) {
        put(&r, m->bytes, 8);
        put(&r, m->bytes, 8);
    }
    if (is_large(m->at))
        put(&r, m->at, 8);
    return send(z, &r, err);
}

/* The long end of the directory, and where it stands. */
static void
put_long_end(struct record *r, const struct zip *z, uint64_t begin, uint64_t bytes)
{
    put(r, 0x06064b50, 4);
    put(r, 44, 8);       /* bytes that follow in this record */
    put(r, NEEDS_64, 2); /* made by */
    put(r, NEEDS_64, 2);
    put(r, 0, 8); /* this disk, the directory's disk */
    put(r, z->n, 8);
    put(r, z->n, 8);
    put(r, bytes, 8);
    put(r, begin, 8);
    put(r, 0x07064b50, 4);
    put(r, 0, 4);
    put(r, z->at, 8);
    put(r, 1, 4); /* disks */
}

enum err_code
zip_end(struct zip *z, struct err *err)
{
    uint64_t begin = z->at, bytes;
    struct record r = { 0 };
    enum err_code rc = ERR_OK;

    for (size_t i = 0; rc == ERR_OK && i < z->n; i++)
        rc = send_entry(z, &z->member[i], err);
    bytes = z->at - begin;
    if (is_large(begin))
        put_long_end(&r, z, begin, bytes);
    put(&r, 0x06054b50, 4);
    put(&r, 0, 4); /* this disk, the directory's disk */
    put(&r, z->n, 2);
    put(&r, z->n, 2);
    put_short(&r, bytes);
    put_short(&r, begin);
    put(&r, 0, 2); /* comment */
    return rc == ERR_OK ? send(z, &r, err) : rc;
}
