/*
 * unzip.c - members of a zip, through libarchive; see unzip.h.
 *
 * Only the reader that goes by the archive's directory is asked for: the one that reads
 * from the front would trust sizes that come after the data, or none at all. libarchive
 * gets its bytes from our descriptor, so that a rewound archive is still the same file.
 */
#include "config.h"

#include "src/data/unzip.h"

#include "src/base/mem.h"
#include "src/base/sysio.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define BUFFER ((size_t)256 << 10)

struct unzip {
    char *path; /* owned */
    int fd;
    uint64_t bytes;          /* of the archive */
    uint64_t at;             /* where libarchive reads next */
    int read_errno;          /* of the read that failed, or 0 */
    char *buffer;            /* (BUFFER) owned: what libarchive has of the file */
    struct archive *archive; /* owned; NULL: to be begun again */
    struct archive_entry
        *entry;         /* borrowed from archive; the current member, or NULL */
    unsigned n_members; /* passed so far */
    char *member;       /* owned: name of the member found, for messages */
    uint64_t left;      /* its bytes that were not read yet */
};

/* ---- what libarchive calls ---- */

static la_ssize_t
on_read(struct archive *a, void *arg, const void **ret)
{
    struct unzip *z = arg;
    ssize_t got = sysio_read_all(z->fd, z->buffer, BUFFER, z->at);

    if (got < 0) {
        z->read_errno = errno;
        archive_set_error(a, errno, "%s", "cannot read");
        return ARCHIVE_FATAL;
    }
    z->at += (uint64_t)got;
    *ret = z->buffer;
    return got;
}

static la_int64_t
on_seek(struct archive *a, void *arg, la_int64_t offset, int whence)
{
    struct unzip *z = arg;
    int64_t from = whence == SEEK_SET   ? 0
                   : whence == SEEK_CUR ? (int64_t)z->at
                                        : (int64_t)z->bytes;

    (void)a;
    if (__builtin_add_overflow(from, offset, &from) || from < 0)
        return ARCHIVE_FATAL;
    z->at = (uint64_t)from;
    return from;
}

/* ---- errors ---- */

/* What libarchive complains about, as ours. `what` follows the name. */
static enum err_code
fault(const struct unzip *z, const char *member, const char *what, struct err *err)
{
    const char *why = archive_error_string(z->archive);

    if (z->read_errno != 0)
        return err_set(err, ERR_IO, "%s: %s", z->path, strerror(z->read_errno));
    if (archive_errno(z->archive) == ENOMEM)
        return err_nomem(err, z->bytes, "a zip");
    if (why == NULL)
        why = "no reason given";
    return err_set(err, ERR_FORMAT, "%s%s%s: %s (%.*s); get the archive again", z->path,
                   member != NULL ? ":" : "", member != NULL ? member : "", what,
                   (int)strcspn(why, "\n"), why);
}

/* ---- opening ---- */

bool
unzip_is_one(const char *path)
{
    size_t len = strlen(path);
    char magic[4] = "";
    int fd;

    if (len > 4 && strcasecmp(path + len - 4, ".zip") == 0)
        return true;
    fd = sysio_open(path, O_RDONLY | O_NONBLOCK, 0);
    if (fd < 0)
        return false;
    if (sysio_read_all(fd, magic, sizeof(magic), 0) != (ssize_t)sizeof(magic))
        magic[0] = '\0';
    sysio_close(fd);
    return memcmp(magic, "PK\3\4", 4) == 0 || memcmp(magic, "PK\5\6", 4) == 0;
}

static enum err_code
open_file(struct unzip *z, struct err *err)
{
    struct stat st;

    z->fd = sysio_open(z->path, O_RDONLY | O_NONBLOCK, 0);
    if (z->fd < 0 || fstat(z->fd, &st) != 0)
        return err_set(err, errno == ENOENT || errno == ENOTDIR ? ERR_NOTFOUND : ERR_IO,
                       "%s: %s", z->path, strerror(errno));
    if (!S_ISREG(st.st_mode))
        return err_set(err, ERR_IO, "%s: not a regular file, expected a zip", z->path);
    z->bytes = (uint64_t)st.st_size;
    return ERR_OK;
}

enum err_code
unzip_open(struct unzip **ret, const char *path, struct err *err)
{
    struct unzip *z = mem_new(1, sizeof(*z));
    enum err_code rc;

    if (z == NULL)
        return err_nomem(err, sizeof(*z), "a zip");
    z->fd = -1;
    z->path = mem_strdup(path);
    z->buffer = mem_new(BUFFER, 1);
    rc = z->path != NULL && z->buffer != NULL ? open_file(z, err)
                                              : err_nomem(err, BUFFER, "a zip");
    if (rc != ERR_OK) {
        unzip_close(z);
        return rc;
    }
    *ret = z;
    return ERR_OK;
}

void
unzip_rewind(struct unzip *z)
{
    archive_read_free(z->archive);
    z->archive = NULL;
    z->entry = NULL;
    z->at = 0;
    z->read_errno = 0;
    z->n_members = 0;
    z->left = 0;
}

void
unzip_close(struct unzip *z)
{
    if (z == NULL)
        return;
    unzip_rewind(z);
    if (z->fd >= 0)
        sysio_close(z->fd);
    mem_free(z->member);
    mem_free(z->buffer);
    mem_free(z->path);
    mem_free(z);
}

static enum err_code
begin(struct unzip *z, struct err *err)
{
    struct archive *a = z->archive = archive_read_new();

    if (a == NULL)
        return err_nomem(err, BUFFER, "a zip");
    if (archive_read_support_format_zip_seekable(a) != ARCHIVE_OK ||
        archive_read_set_read_callback(a, on_read) != ARCHIVE_OK ||
        archive_read_set_seek_callback(a, on_seek) != ARCHIVE_OK ||
        archive_read_set_callback_data(a, z) != ARCHIVE_OK ||
        archive_read_open1(a) != ARCHIVE_OK)
        return fault(z, NULL, "not a whole zip: its directory, at the end, is missing",
                     err);
    return ERR_OK;
}

/* ---- members ---- */

/* Does the directory promise more than such an archive can hold? */
static enum err_code
check_size(const struct unzip *z, const struct unzip_member *m, struct err *err)
{
    if (m->size < UNZIP_RATIO_FROM || m->size / UNZIP_MOST_RATIO < z->bytes)
        return ERR_OK;
    return err_set(err, ERR_FORMAT,
                   "%s:%s: %" PRIu64 " bytes of %" PRIu64 " packed ones, more than %d "
                   "times as many: no ratings pack so well, it is left alone",
                   z->path, m->name, m->size, z->bytes, UNZIP_MOST_RATIO);
}

enum err_code
unzip_next(struct unzip *z, struct unzip_member *ret, struct err *err)
{
    enum err_code rc = z->archive == NULL ? begin(z, err) : ERR_OK;
    const char *name;
    int status;

    if (rc != ERR_OK)
        return rc;
    *ret = (struct unzip_member){ 0 };
    z->entry = NULL;
    status = archive_read_next_header(z->archive, &z->entry);
    if (status == ARCHIVE_EOF)
        return ERR_OK;
    if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
        return fault(z, NULL, "damaged, its directory cannot be read", err);
    if (++z->n_members > UNZIP_MOST_MEMBERS)
        return err_set(err, ERR_FORMAT, "%s: more than %d files in it, expected a few",
                       z->path, UNZIP_MOST_MEMBERS);
    name = archive_entry_pathname(z->entry);
    ret->name = name != NULL ? name : "(a name that this locale cannot show)";
    ret->size = (uint64_t)archive_entry_size(z->entry);
    ret->regular = archive_entry_filetype(z->entry) == AE_IFREG &&
                   archive_entry_size_is_set(z->entry);
    return check_size(z, ret, err);
}

/* Make the current member the one that is read. */
static enum err_code
found(struct unzip *z, const struct unzip_member *m, struct err *err)
{
    char *name = mem_strdup(m->name);

    if (name == NULL)
        return err_nomem(err, strlen(m->name), "a name");
    mem_free(z->member);
    z->member = name;
    z->left = m->size;
    if (archive_entry_is_encrypted(z->entry))
        return err_set(err, ERR_FORMAT,
                       "%s:%s: encrypted; unpack it with its password and name the "
                       "folder",
                       z->path, z->member);
    return ERR_OK;
}

enum err_code
unzip_find(struct unzip *z, const char *name, uint64_t *ret_size, struct err *err)
{
    struct unzip_member m;

    unzip_rewind(z);
    do {
        enum err_code rc = unzip_next(z, &m, err);

        if (rc != ERR_OK)
            return rc;
        if (m.name != NULL && m.regular && strcmp(m.name, name) == 0) {
            *ret_size = m.size;
            return found(z, &m, err);
        }
    } while (m.name != NULL);
    return err_set(err, ERR_NOTFOUND, "%s: no %s in it", z->path, name);
}

/* Nothing may follow the last byte; libarchive compares the checksum when it is asked.
 */
static enum err_code
check_end(struct unzip *z, struct err *err)
{
    char more;
    la_ssize_t got = archive_read_data(z->archive, &more, 1);

    if (got < 0)
        return fault(z, z->member, "damaged", err);
    if (got > 0)
        return err_set(err, ERR_FORMAT,
                       "%s:%s: longer than the archive's directory says; get the "
                       "archive again",
                       z->path, z->member);
    return ERR_OK;
}

enum err_code
unzip_read(struct unzip *z, void *to, size_t n, size_t *ret_n, struct err *err)
{
    size_t want = n < z->left ? n : (size_t)z->left, done = 0;
    enum err_code rc = ERR_OK;

    while (done < want) {
        la_ssize_t got = archive_read_data(z->archive, (char *)to + done, want - done);

        if (got < 0)
            return fault(z, z->member, "damaged", err);
        if (got == 0)
            return err_set(err, ERR_FORMAT,
                           "%s:%s: %" PRIu64 " bytes shorter than the archive's "
                           "directory says; get the archive again",
                           z->path, z->member, z->left - done);
        done += (size_t)got;
    }
    z->left -= done;
    if (z->left == 0)
        rc = check_end(z, err);
    if (rc == ERR_OK)
        *ret_n = done;
    return rc;
}
