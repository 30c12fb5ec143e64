/* fingerprint.c - one value for a data set; see fingerprint.h. */
#include "config.h"

#include "src/data/fingerprint.h"

#include "src/base/mem.h"

#include <stdio.h>
#include <string.h>

static enum err_code
append(struct fingerprint *f, const void *bytes, size_t n, struct err *err)
{
    if (f->n + n > f->cap) {
        size_t cap = 2 * f->cap + 1024;
        unsigned char *p = mem_resize(f->bytes, cap, 1);

        if (p == NULL)
            return err_nomem(err, cap, "a fingerprint");
        f->bytes = p;
        f->cap = cap;
    }
    memcpy(f->bytes + f->n, bytes, n);
    f->n += n;
    return ERR_OK;
}

enum err_code
fingerprint_file(struct fingerprint *f, uint64_t length, struct err *err)
{
    unsigned char bytes[8];

    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)(length >> 8 * i);
    return append(f, bytes, sizeof(bytes), err);
}

enum err_code
fingerprint_block(struct fingerprint *f, XXH128_hash_t hash, struct err *err)
{
    XXH128_canonical_t canonical;

    XXH128_canonicalFromHash(&canonical, hash);
    return append(f, canonical.digest, sizeof(canonical.digest), err);
}

void
fingerprint_end(struct fingerprint *f, char ret[33])
{
    XXH128_canonical_t canonical;

    XXH128_canonicalFromHash(&canonical, XXH3_128bits(f->bytes, f->n));
    for (size_t i = 0; i < sizeof(canonical.digest); i++)
        snprintf(ret + 2 * i, 3, "%02x", canonical.digest[i]);
    mem_free(f->bytes);
    *f = (struct fingerprint){ 0 };
}
