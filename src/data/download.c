/*
 * download.c - from the publisher to the data folder; see download.h.
 *
 * Whether a part may be gone on with is asked of the server (If-Range); whether the
 * whole is right is asked of the checksum alone. So a server that mixes two versions,
 * or lies about lengths, costs time and no more: what does not have the sum is thrown
 * away, and fetched once more from the start when an older part was in it.
 */
#include "config.h"

#include "src/data/download.h"

#include "src/base/clock.h"
#include "src/base/folder.h"
#include "src/base/mem.h"
#include "src/base/sysio.h"
#include "src/data/download_part.h"
#include "src/data/download_place.h"
#include "src/data/download_sum.h"
#include "src/data/http.h"
#include "src/data/md5file.h"
#include "src/data/unpack.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define STALL_S 30
#define MOST    ((uint64_t)8 << 30) /* bytes of a zip */

struct download {
    const struct movielens *what;
    const struct download_options *opt;
    unsigned stall_s;
    struct download_place at;
    struct download_progress progress;
    char url[DOWNLOAD_URL_MAX];
    char md5[MD5_TEXT];
    struct download_part part;
    bool right; /* the part has the sum */
};

enum err_code
download_check(const struct movielens *m, struct err *err)
{
    (void)m, (void)err;
    return ERR_OK;
}

/* ---- what the caller hears ---- */

static bool
tell(struct download *d, enum download_phase phase, uint64_t done, uint64_t total)
{
    d->progress = (struct download_progress){ phase, done, total, d->part.from };
    return d->opt->progress != NULL && d->opt->progress(d->opt->arg, &d->progress);
}

static bool
poll_connecting(void *arg)
{
    return tell(arg, DOWNLOAD_CONNECTING, 0, 0);
}

static bool
poll_download(void *arg)
{
    struct download *d = arg;

    return tell(d, d->progress.phase, d->progress.done, d->progress.total);
}

static bool
tell_checking(void *arg, uint64_t done, uint64_t total)
{
    return tell(arg, DOWNLOAD_CHECKING, done, total);
}

static bool
tell_unpacking(void *arg, uint64_t done, uint64_t total)
{
    return tell(arg, DOWNLOAD_UNPACKING, done, total);
}

/* ---- the address ---- */

static enum err_code
make_url(struct download *d, struct err *err)
{
    const char *base = d->opt->base;
    size_t n;

    if (base == NULL)
        base = getenv("MLTUI_FETCH_BASE");
    if (base == NULL || base[0] == '\0')
        base = MOVIELENS_BASE;
    n = strlen(base);
    while (n > 0 && base[n - 1] == '/')
        n--;
    if (n + strlen(d->what->name) + sizeof("/.zip.md5") > sizeof(d->url))
        return err_set(err, ERR_ARG, "MLTUI_FETCH_BASE: an address of %zu bytes", n);
    snprintf(d->url, sizeof(d->url), "%.*s/%s.zip", (int)n, base, d->what->name);
    return ERR_OK;
}

/* ---- the zip ---- */

static enum err_code
check_room(struct download *d, uint64_t total, struct err *err)
{
    uint64_t zip = total != 0 ? total : d->what->bytes, free_bytes, needed;

    if (sysio_free_bytes(d->at.folder, &free_bytes) != 0)
        return err_set(err, ERR_IO, "%s: %s", d->at.folder, strerror(errno));
    needed = (zip > d->part.bytes ? zip - d->part.bytes : 0) + d->what->unpacked;
    if (free_bytes < needed)
        return err_set(err, ERR_IO,
                       "%s: %s takes about %.0f MB, the zip and what it unpacks to; "
                       "%.0f MB are free; make room",
                       d->at.folder, d->what->name, (double)needed / 1e6,
                       (double)free_bytes / 1e6);
    return ERR_OK;
}

/* The server sends the zip, or the rest of it from `from` on. */
static enum err_code
begin_zip(void *arg, uint64_t from, uint64_t total, const char *validator,
          struct err *err)
{
    struct download *d = arg;
    enum err_code rc = ERR_OK;

    if (from == 0 && d->part.bytes > 0)
        rc = download_part_empty(&d->part, err);
    if (rc == ERR_OK)
        rc = check_room(d, total, err);
    if (rc == ERR_OK && from == 0)
        rc = download_part_begin(&d->part, validator, err);
    if (rc == ERR_OK && tell(d, DOWNLOAD_LOADING, d->part.bytes, total))
        rc = err_set(err, ERR_STATE, "%s: stopped", d->url);
    return rc;
}

static enum err_code
put_zip(void *arg, const void *bytes, size_t n, struct err *err)
{
    struct download *d = arg;
    enum err_code rc = download_part_add(&d->part, bytes, n, err);

    d->progress.done = d->part.bytes;
    return rc;
}

static enum err_code
load(struct download *d, struct err *err)
{
    char validator[HTTP_VALIDATOR_MAX];
    struct http_get get = { .url = d->url,
                            .from = d->part.bytes,
                            .validator = validator,
                            .most = MOST,
                            .stall_s = d->stall_s,
                            .begin = begin_zip,
                            .put = put_zip,
                            .poll = poll_download,
                            .arg = d };

    /* The answer writes the new one while curl may still read the old. */
    memcpy(validator, d->part.validator, sizeof(validator));
    (void)tell(d, DOWNLOAD_CONNECTING, 0, 0);
    return http_get(&get, err);
}

/* Has the part the sum? ERR_FORMAT: no. */
static enum err_code
check_sum(struct download *d, struct err *err)
{
    char found[MD5_TEXT];
    enum err_code rc = md5_of_file(found, d->part.fd, d->at.part, d->part.bytes,
                                   tell_checking, d, err);

    if (rc == ERR_OK && strcmp(found, d->md5) != 0)
        rc = err_set(err, ERR_FORMAT,
                     "%s: %" PRIu64 " bytes with the MD5 %s came, the publisher says "
                     "%s; nothing was kept, try again later",
                     d->url, d->part.bytes, found, d->md5);
    return rc;
}

/* The whole zip with the right sum, or an empty part. */
static enum err_code
load_and_check(struct download *d, struct err *err)
{
    enum err_code rc = ERR_OK;

    for (bool again = true; rc == ERR_OK && again;) {
        struct err late;
        enum err_code right;

        rc = load(d, err);
        if (rc != ERR_OK)
            return rc;
        again =
            d->part.from > 0; /* the old part may be to blame: once more without it */
        right = check_sum(d, &late);
        d->right = right == ERR_OK;
        if (d->right)
            return ERR_OK;
        if (right == ERR_FORMAT)
            rc = download_part_empty(&d->part, err);
        if (rc == ERR_OK && (right != ERR_FORMAT || !again)) {
            if (err != NULL)
                *err = late;
            rc = right;
        }
    }
    return rc;
}

/* ---- the folder ---- */

static enum err_code
unpack(struct download *d, struct err *err)
{
    const struct unpack_watch watch = { tell_unpacking, d };
    enum err_code rc = unpack_remove(d->at.unpacking, err); /* of one who was killed */

    if (rc == ERR_OK && sysio_mkdir(d->at.unpacking, 0777) != 0)
        rc = err_set(err, ERR_IO, "%s: %s", d->at.unpacking, strerror(errno));
    if (rc == ERR_OK)
        rc = unpack_zip(d->at.part, d->at.unpacking, &watch, err);
    if (rc == ERR_OK && sysio_rename(d->at.unpacking, d->at.data) != 0)
        rc = err_set(err, ERR_IO, "%s: %s", d->at.data, strerror(errno));
    if (rc == ERR_OK && sysio_fsync_parent(d->at.data) != 0)
        rc = err_set(err, ERR_IO, "%s: %s", d->at.folder, strerror(errno));
    if (rc != ERR_OK)
        unpack_remove(d->at.unpacking, NULL);
    return rc;
}

/* ERR_STATE: something with the name of the data is no data. */
static enum err_code
check_target(const struct download *d, struct err *err)
{
    struct stat st;

    if (lstat(d->at.data, &st) != 0)
        return errno == ENOENT
                   ? ERR_OK
                   : err_set(err, ERR_IO, "%s: %s", d->at.data, strerror(errno));
    if (S_ISDIR(st.st_mode) && sysio_rmdir(d->at.data) == 0)
        return ERR_OK; /* it was empty */
    return err_set(err, ERR_STATE,
                   "%s: is there and holds no ratings; rename or remove it",
                   d->at.data);
}

/* A part of no use goes: empty, unpacked, or whole and no good archive. Of another the
 * message tells. */
static void
leave(struct download *d, enum err_code rc, struct err *err)
{
    double kilo = (double)d->part.bytes / 1e3;

    if (d->part.fd < 0)
        return;
    if (rc == ERR_OK || d->part.bytes == 0 ||
        (d->right && (rc == ERR_FORMAT || rc == ERR_NOTFOUND))) {
        download_part_remove(&d->part);
    } else if (err != NULL) {
        size_t n = strlen(err->msg);

        snprintf(err->msg + n, sizeof(err->msg) - n,
                 "; %.0f %s are kept, the same command goes on from there",
                 kilo < 1000 ? kilo : kilo / 1000, kilo < 1000 ? "kB" : "MB");
    }
    download_part_close(&d->part);
}

/* With the part locked. */
static enum err_code
fetch_locked(struct download *d, struct err *err)
{
    const struct download_sum from = { d->url, d->stall_s, poll_connecting, d };
    enum err_code rc = download_sum_find(d->md5, d->what, &from, err);

    if (rc == ERR_OK)
        rc = download_part_recall(&d->part, err);
    if (rc == ERR_OK)
        rc = load_and_check(d, err);
    if (rc == ERR_OK)
        rc = unpack(d, err);
    return rc;
}

static enum err_code
fetch(struct download *d, bool *ret_was_there, struct err *err)
{
    enum err_code rc;

    *ret_was_there = download_is_here(&d->at);
    if (*ret_was_there)
        return ERR_OK;
    rc = folder_make(d->at.folder, err);
    if (rc == ERR_OK)
        rc = check_target(d, err);
    if (rc == ERR_OK)
        rc = download_part_open(&d->part, d->what->name, err);
    if (rc != ERR_OK)
        return rc;
    *ret_was_there = download_is_here(&d->at); /* since we asked */
    return *ret_was_there ? ERR_OK : fetch_locked(d, err);
}

enum err_code
download_run(struct download_result *ret, const struct movielens *m,
             const struct download_options *opt, struct err *err)
{
    struct download d = { .what = m,
                          .opt = opt,
                          .stall_s = opt->stall_s != 0 ? opt->stall_s : STALL_S,
                          .part = { .at = &d.at, .url = d.url, .fd = -1 } };
    struct download_result r = { 0 };
    double began = clock_now_s();
    enum err_code rc = make_url(&d, err);

    if (rc == ERR_OK)
        rc = download_place_init(&d.at, m, opt->folder, err);
    if (rc == ERR_OK)
        rc = fetch(&d, &r.was_there, err);
    leave(&d, rc, err);
    if (rc == ERR_OK) {
        r.folder = d.at.data;
        d.at.data = NULL;
        r.bytes = d.part.bytes;
        r.from = d.part.from;
        r.seconds = clock_now_s() - began;
        *ret = r;
    }
    download_place_done(&d.at);
    return rc;
}
