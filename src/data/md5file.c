/* md5file.c - the MD5 of a file, through nettle; see md5file.h. */
#include "config.h"

#include "src/data/md5file.h"

#include "src/base/mem.h"
#include "src/base/sysio.h"

#include <ctype.h>
#include <errno.h>
#include <nettle/md5.h>
#include <stdio.h>
#include <string.h>

#define BLOCK ((size_t)1 << 20)

static enum err_code
hash_file(struct md5_ctx *md5, int fd, const char *path, uint64_t bytes, void *buffer,
          bool (*progress)(void *arg, uint64_t done, uint64_t total), void *arg,
          struct err *err)
{
    for (uint64_t at = 0; at < bytes;) {
        size_t want = bytes - at < BLOCK ? (size_t)(bytes - at) : BLOCK;
        ssize_t got = sysio_read_all(fd, buffer, want, at);

        if (got < 0 || (size_t)got != want)
            return err_set(err, ERR_IO, "%s: %s", path,
                           got < 0 ? strerror(errno) : "it became shorter meanwhile");
        md5_update(md5, want, buffer);
        at += want;
        if (progress(arg, at, bytes))
            return err_set(err, ERR_STATE, "%s: stopped while it was checked", path);
    }
    return ERR_OK;
}

enum err_code
md5_of_file(char ret[MD5_TEXT], int fd, const char *path, uint64_t bytes,
            bool (*progress)(void *arg, uint64_t done, uint64_t total), void *arg,
            struct err *err)
{
    struct md5_ctx md5;
    unsigned char digest[MD5_DIGEST_SIZE];
    void *buffer = mem_new(BLOCK, 1);
    enum err_code rc;

    if (buffer == NULL)
        return err_nomem(err, BLOCK, "a checksum");
    md5_init(&md5);
    rc = hash_file(&md5, fd, path, bytes, buffer, progress, arg, err);
    mem_free(buffer);
    if (rc != ERR_OK)
        return rc;
    md5_digest(&md5, sizeof(digest), digest);
    for (size_t i = 0; i < sizeof(digest); i++)
        snprintf(ret + 2 * i, 3, "%02x", digest[i]);
    return ERR_OK;
}

bool
md5_in_text(char ret[MD5_TEXT], const char *text, size_t n)
{
    size_t run = 0; /* letters and digits up to here */
    bool hex = true;

    for (size_t i = 0; i <= n; i++) {
        unsigned char c = i < n ? (unsigned char)text[i] : ' ';

        if (isalnum(c)) {
            hex = (run == 0 || hex) && isxdigit(c);
            run++;
        } else if (run == MD5_TEXT - 1 && hex) {
            for (size_t k = 0; k < run; k++)
                ret[k] = (char)tolower((unsigned char)text[i - run + k]);
            ret[run] = '\0';
            return true;
        } else {
            run = 0;
        }
    }
    return false;
}
