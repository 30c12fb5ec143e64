/* unpack.c - files of a MovieLens zip in a folder; see unpack.h. */
#include "config.h"

#include "src/data/unpack.h"

#include "src/base/mem.h"
#include "src/base/path.h"
#include "src/base/strtab.h"
#include "src/base/sysio.h"
#include "src/data/files.h"
#include "src/data/unzip.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>

#define BLOCK ((size_t)256 << 10)

/* What is taken, of every edition. genome-scores.csv, 435 MB, is not read by mltui. */
static const char *const known[] = {
    "ratings.csv",  "movies.csv", "links.csv",  "tags.csv",
    "ratings.dat",  "movies.dat", "tags.dat",   "users.dat",
    "u.data",       "u.item",     "u.user",     "u.genre",
    "u.occupation", "README",     "README.txt", "README.html",
};

#define N_KNOWN (sizeof(known) / sizeof(known[0]))

struct unpacking {
    const char *path;   /* of the zip */
    const char *folder; /* where to */
    const struct unpack_watch *watch;
    struct unzip *zip; /* owned */
    struct strtab
        names;     /* of the members taken; their files' names are the last part */
    size_t prefix; /* bytes of a member's name before its file's name */
    char *buffer;  /* (BLOCK) owned */
    uint64_t done, total;
};

static bool
is_known(const char *name)
{
    for (size_t i = 0; i < N_KNOWN; i++)
        if (strcmp(name, known[i]) == 0)
            return true;
    return false;
}

/* Take a member that is beside the ratings, has a known name and is a file. */
static enum err_code
consider(struct unpacking *u, const struct unzip_member *m, const char *ratings,
         struct err *err)
{
    if (!m->regular || strncmp(m->name, ratings, u->prefix) != 0 ||
        !is_known(m->name + u->prefix))
        return ERR_OK;
    if (m->size > UNPACK_MOST || u->total + m->size > UNPACK_MOST)
        return err_set(err, ERR_FORMAT,
                       "%s: more than %" PRIu64 " bytes unpacked, expected a data set",
                       u->path, UNPACK_MOST);
    u->total += m->size;
    return strtab_add(&u->names, m->name, strlen(m->name), err);
}

static enum err_code
choose(struct unpacking *u, struct err *err)
{
    struct data_files files = { 0 };
    struct unzip_member m = { 0 };
    const char *slash;
    enum err_code rc = data_files_find(&files, u->path, false, err);

    if (rc != ERR_OK)
        return rc;
    slash = strchr(files.ratings, '/');
    u->prefix = slash != NULL ? (size_t)(slash - files.ratings) + 1 : 0;
    do {
        rc = unzip_next(u->zip, &m, err);
        if (rc == ERR_OK && m.name != NULL)
            rc = consider(u, &m, files.ratings, err);
    } while (rc == ERR_OK && m.name != NULL);
    data_files_done(&files);
    return rc;
}

static enum err_code
check_room(const struct unpacking *u, struct err *err)
{
    uint64_t free_bytes;

    if (sysio_free_bytes(u->folder, &free_bytes) != 0)
        return err_set(err, ERR_IO, "%s: %s", u->folder, strerror(errno));
    if (free_bytes < u->total)
        return err_set(err, ERR_IO,
                       "%s: unpacking takes %.0f MB, %.0f MB are free; make room",
                       u->folder, (double)u->total / 1e6, (double)free_bytes / 1e6);
    return ERR_OK;
}

/* ---- one file ---- */

static enum err_code
copy(struct unpacking *u, const char *path, int fd, struct err *err)
{
    size_t n = BLOCK;
    enum err_code rc = ERR_OK;

    while (rc == ERR_OK && n == BLOCK) {
        rc = unzip_read(u->zip, u->buffer, BLOCK, &n, err);
        if (rc == ERR_OK && sysio_write_all(fd, u->buffer, n) != 0)
            rc = err_set(err, ERR_IO, "%s: cannot write: %s", path, strerror(errno));
        if (rc != ERR_OK)
            return rc;
        u->done += n;
        if (u->watch->progress(u->watch->arg, u->done, u->total))
            rc = err_set(err, ERR_STATE, "%s: stopped while it was unpacked", u->path);
    }
    if (rc == ERR_OK && sysio_fsync(fd) != 0)
        rc = err_set(err, ERR_IO, "%s: cannot write: %s", path, strerror(errno));
    return rc;
}

static enum err_code
unpack_member(struct unpacking *u, const char *member, struct err *err)
{
    uint64_t size;
    char *path = NULL;
    int fd;
    enum err_code rc = unzip_find(u->zip, member, &size, err);

    if (rc != ERR_OK)
        return rc;
    rc = path_join(&path, u->folder, member + u->prefix, err);
    if (rc != ERR_OK)
        return rc;
    fd = sysio_open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0666);
    if (fd < 0)
        rc = err_set(err, ERR_IO, "%s: cannot create: %s", path, strerror(errno));
    else
        rc = copy(u, path, fd, err);
    if (fd >= 0 && sysio_close(fd) != 0 && rc == ERR_OK)
        rc = err_set(err, ERR_IO, "%s: cannot write: %s", path, strerror(errno));
    mem_free(path);
    return rc;
}

/* The names in the folder last, too. */
static enum err_code
sync_folder(const struct unpacking *u, struct err *err)
{
    char *inside = NULL;
    enum err_code rc = path_join(&inside, u->folder, "x", err);

    if (rc != ERR_OK)
        return rc;
    if (sysio_fsync_parent(inside) != 0)
        rc = err_set(err, ERR_IO, "%s: %s", u->folder, strerror(errno));
    mem_free(inside);
    return rc;
}

enum err_code
unpack_zip(const char *zip, const char *folder, const struct unpack_watch *watch,
           struct err *err)
{
    struct unpacking u = { .path = zip, .folder = folder, .watch = watch };
    enum err_code rc;

    u.buffer = mem_new(BLOCK, 1);
    rc = u.buffer != NULL ? unzip_open(&u.zip, zip, err)
                          : err_nomem(err, BLOCK, "unpacking");
    if (rc == ERR_OK)
        rc = choose(&u, err);
    if (rc == ERR_OK)
        rc = check_room(&u, err);
    for (size_t i = 0; rc == ERR_OK && i < u.names.n; i++)
        rc = unpack_member(&u, strtab_get(&u.names, i), err);
    if (rc == ERR_OK)
        rc = sync_folder(&u, err);
    unzip_close(u.zip);
    strtab_done(&u.names);
    mem_free(u.buffer);
    return rc;
}

enum err_code
unpack_remove(const char *folder, struct err *err)
{
    for (size_t i = 0; i < N_KNOWN; i++) {
        char *path = NULL;
        enum err_code rc = path_join(&path, folder, known[i], err);

        if (rc != ERR_OK)
            return rc;
        sysio_unlink(path); /* what stays makes the rmdir fail */
        mem_free(path);
    }
    if (sysio_rmdir(folder) != 0 && errno != ENOENT)
        return err_set(err, ERR_IO, "%s: cannot remove: %s", folder, strerror(errno));
    return ERR_OK;
}
