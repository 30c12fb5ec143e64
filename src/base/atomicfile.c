/*
 * atomicfile.c - a file that is replaced whole or not at all; see atomicfile.h.
 *
 * The unfinished version of FOLDER/NAME is FOLDER/.NAME.PID-N.tmp: hidden, of one
 * process, and made with O_EXCL, so that two writers never share one.
 */
#include "config.h"

#include "src/base/atomicfile.h"

#include "src/base/mem.h"
#include "src/base/sysio.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define SUFFIX   ".tmp"
#define TRIES    1000
#define NAME_ADD 48 /* a dot, the process, a number, the suffix */

struct atomicfile {
    int fd;     /* -1 once closed */
    char *path; /* owned */
    char *temp; /* owned; empty once there is nothing to remove */
};

static void
name_temp(struct atomicfile *f, unsigned number)
{
    const char *slash = strrchr(f->path, '/');
    size_t folder = slash == NULL ? 0 : (size_t)(slash - f->path) + 1;

    snprintf(f->temp, strlen(f->path) + NAME_ADD, "%.*s.%s.%ld-%u" SUFFIX, (int)folder,
             f->path, f->path + folder, (long)getpid(), number);
}

static enum err_code
create(struct atomicfile *f, struct err *err)
{
    for (unsigned i = 0; i < TRIES; i++) {
        name_temp(f, i);
        f->fd = sysio_open(f->temp, O_WRONLY | O_CREAT | O_EXCL, 0666);
        if (f->fd >= 0)
            return ERR_OK;
        if (errno != EEXIST)
            break;
    }
    f->temp[0] = '\0';
    return err_set(err, ERR_IO, "%s: cannot create: %s", f->path, strerror(errno));
}

enum err_code
atomicfile_open(struct atomicfile **ret, const char *path, struct err *err)
{
    struct atomicfile *f = mem_new(1, sizeof(*f));
    enum err_code rc;

    if (f == NULL)
        return err_nomem(err, sizeof(*f), path);
    f->fd = -1;
    f->path = mem_strdup(path);
    f->temp = mem_new(strlen(path) + NAME_ADD, 1);
    rc = f->path != NULL && f->temp != NULL ? create(f, err)
                                            : err_nomem(err, strlen(path), path);
    if (rc == ERR_OK)
        *ret = f;
    else
        atomicfile_close(f);
    return rc;
}

enum err_code
atomicfile_write(struct atomicfile *f, const void *p, size_t n, struct err *err)
{
    if (sysio_write_all(f->fd, p, n) != 0)
        return err_set(err, ERR_IO, "%s: cannot write: %s", f->path, strerror(errno));
    return ERR_OK;
}

static enum err_code
sink_to_file(void *arg, const void *p, size_t n, struct err *err)
{
    return atomicfile_write(arg, p, n, err);
}

struct sink
atomicfile_sink(struct atomicfile *f)
{
    return (struct sink){ .write = sink_to_file, .arg = f };
}

enum err_code
atomicfile_commit(struct atomicfile *f, struct err *err)
{
    int fd = f->fd;

    if (sysio_fsync(fd) != 0)
        return err_set(err, ERR_IO, "%s: cannot write: %s", f->path, strerror(errno));
    f->fd = -1;
    if (sysio_close(fd) != 0)
        return err_set(err, ERR_IO, "%s: cannot write: %s", f->path, strerror(errno));
    if (sysio_rename(f->temp, f->path) != 0)
        return err_set(err, ERR_IO, "%s: cannot replace: %s", f->path, strerror(errno));
    f->temp[0] = '\0';
    if (sysio_fsync_parent(f->path) != 0)
        return err_set(err, ERR_IO, "%s: written, but its folder cannot be synced: %s",
                       f->path, strerror(errno));
    return ERR_OK;
}

void
atomicfile_close(struct atomicfile *f)
{
    if (f == NULL)
        return;
    if (f->fd >= 0)
        sysio_close(f->fd);
    if (f->temp != NULL && f->temp[0] != '\0')
        sysio_unlink(f->temp);
    mem_free(f->path);
    mem_free(f->temp);
    mem_free(f);
}

enum err_code
atomicfile_save(const char *path, const void *p, size_t n, struct err *err)
{
    struct atomicfile *f = NULL;
    enum err_code rc = atomicfile_open(&f, path, err);

    if (rc == ERR_OK)
        rc = atomicfile_write(f, p, n, err);
    if (rc == ERR_OK)
        rc = atomicfile_commit(f, err);
    atomicfile_close(f);
    return rc;
}

static const char *
skip_digits(const char *s)
{
    while (isdigit((unsigned char)*s))
        s++;
    return s;
}

bool
atomicfile_is_leftover(const char *name, const char *of)
{
    size_t len = strlen(of);

    if (name[0] != '.' || strncmp(name + 1, of, len) != 0 || name[1 + len] != '.')
        return false;
    name = skip_digits(name + 2 + len);
    if (*name != '-')
        return false;
    return strcmp(skip_digits(name + 1), SUFFIX) == 0;
}
