/* download_sum.c - the checksum that an archive must have; see download_sum.h. */
#include "config.h"

#include "src/data/download_sum.h"

#include "src/data/download_place.h"
#include "src/data/http.h"

#include <stdio.h>
#include <string.h>

#define SUM_MOST 4096 /* bytes of a .md5 */

struct text {
    char bytes[SUM_MOST];
    size_t n;
    const struct download_sum *from;
};

static enum err_code
begin(void *arg, uint64_t from, uint64_t total, const char *validator, struct err *err)
{
    (void)arg, (void)from, (void)total, (void)validator, (void)err;
    return ERR_OK;
}

/* http_get keeps it to SUM_MOST bytes. */
static enum err_code
put(void *arg, const void *bytes, size_t n, struct err *err)
{
    struct text *t = arg;

    (void)err;
    memcpy(t->bytes + t->n, bytes, n);
    t->n += n;
    return ERR_OK;
}

static bool
poll_caller(void *arg)
{
    const struct text *t = arg;

    return t->from->poll(t->from->arg);
}

enum err_code
download_sum_find(char ret[MD5_TEXT], const struct movielens *m,
                  const struct download_sum *from, struct err *err)
{
    struct text text = { .from = from };
    char url[DOWNLOAD_URL_MAX + 8];
    const struct http_get get = { .url = url,
                                  .validator = "",
                                  .most = SUM_MOST,
                                  .stall_s = from->stall_s,
                                  .begin = begin,
                                  .put = put,
                                  .poll = poll_caller,
                                  .arg = &text };
    enum err_code rc;

    if (m->md5 != NULL) {
        memcpy(ret, m->md5, MD5_TEXT);
        return ERR_OK;
    }
    snprintf(url, sizeof(url), "%s.md5", from->url);
    rc = http_get(&get, err);
    if (rc == ERR_OK && !md5_in_text(ret, text.bytes, text.n))
        rc = err_set(err, ERR_FORMAT,
                     "%s: no MD5 in it, expected 32 hexadecimal digits", url);
    return rc;
}
