/* sysio.c - the system calls that save and read files; see sysio.h. */
#include "config.h"

#include "src/base/sysio.h"

#include "src/base/path.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

/* Linux moves at most this many bytes in one call. */
#define MOST ((size_t)0x7ffff000)

static sysio_hook *hook;
static void *hook_arg;

/* Repeat a call that a signal interrupted; -1 of a hook that refuses counts as one. */
#define RESTART(result, kind, bytes, call)           \
    do {                                             \
        result = refused(kind, bytes) ? -1 : (call); \
    } while (result == -1 && errno == EINTR)

void
sysio_set_hook(sysio_hook *new_hook, void *arg)
{
    hook = new_hook;
    hook_arg = arg;
}

static bool
refused(enum sysio_call call, size_t *bytes)
{
    size_t none = 0;
    int why;

    if (hook == NULL)
        return false;
    why = hook(hook_arg, call, bytes != NULL ? bytes : &none);
    if (why != 0)
        errno = why;
    return why != 0;
}

int
sysio_open(const char *path, int flags, mode_t mode)
{
    int fd;

    RESTART(fd, SYSIO_OPEN, NULL, open(path, flags | O_CLOEXEC, mode));
    return fd;
}

ssize_t
sysio_write(int fd, const void *p, size_t n)
{
    ssize_t done;

    if (n > MOST)
        n = MOST;
    RESTART(done, SYSIO_WRITE, &n, write(fd, p, n));
    return done;
}

int
sysio_write_all(int fd, const void *p, size_t n)
{
    const char *at = p;

    while (n > 0) {
        ssize_t done = sysio_write(fd, at, n);

        if (done < 0)
            return -1;
        at += done;
        n -= (size_t)done;
    }
    return 0;
}

int
sysio_write_at(int fd, const void *p, size_t n, uint64_t offset)
{
    const char *at = p;

    while (n > 0) {
        size_t want = n < MOST ? n : MOST;
        ssize_t done;

        RESTART(done, SYSIO_WRITE, &want, pwrite(fd, at, want, (off_t)offset));
        if (done < 0)
            return -1;
        at += done;
        n -= (size_t)done;
        offset += (uint64_t)done;
    }
    return 0;
}

ssize_t
sysio_read_all(int fd, void *ret, size_t n, uint64_t offset)
{
    char *at = ret;
    size_t left = n;

    while (left > 0) {
        size_t want = left < MOST ? left : MOST;
        ssize_t done;

        RESTART(done, SYSIO_READ, &want, pread(fd, at, want, (off_t)offset));
        if (done < 0)
            return -1;
        if (done == 0)
            break;
        at += done;
        left -= (size_t)done;
        offset += (uint64_t)done;
    }
    return (ssize_t)(n - left);
}

int
sysio_fsync(int fd)
{
    int rc;

    RESTART(rc, SYSIO_FSYNC, NULL, fsync(fd));
    return rc;
}

int
sysio_close(int fd)
{
    bool no = refused(SYSIO_CLOSE, NULL);
    int why = errno;
    int rc = close(fd);

    /* Linux has given the descriptor up even when it says EINTR. */
    if (rc == -1 && errno == EINTR)
        rc = 0;
    if (no)
        errno = why;
    return no ? -1 : rc;
}

int
sysio_rename(const char *from, const char *to)
{
    int rc;

    RESTART(rc, SYSIO_RENAME, NULL, rename(from, to));
    return rc;
}

int
sysio_unlink(const char *path)
{
    int rc;

    RESTART(rc, SYSIO_UNLINK, NULL, unlink(path));
    return rc;
}

int
sysio_truncate(int fd, uint64_t bytes)
{
    int rc;

    RESTART(rc, SYSIO_TRUNCATE, NULL, ftruncate(fd, (off_t)bytes));
    return rc;
}

int
sysio_mkdir(const char *path, mode_t mode)
{
    int rc;

    RESTART(rc, SYSIO_MKDIR, NULL, mkdir(path, mode));
    return rc;
}

int
sysio_rmdir(const char *path)
{
    int rc;

    RESTART(rc, SYSIO_RMDIR, NULL, rmdir(path));
    return rc;
}

int
sysio_symlink(const char *target, const char *path)
{
    int rc;

    RESTART(rc, SYSIO_SYMLINK, NULL, symlink(target, path));
    return rc;
}

DIR *
sysio_opendir(const char *path)
{
    DIR *d;

    do {
        d = refused(SYSIO_OPENDIR, NULL) ? NULL : opendir(path);
    } while (d == NULL && errno == EINTR);
    return d;
}

const char *
sysio_next_name(DIR *d)
{
    struct dirent *e;

    do {
        errno = 0;
        e = refused(SYSIO_READDIR, NULL) ? NULL : readdir(d);
    } while (e != NULL ? strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0
                       : errno == EINTR);
    return e != NULL ? e->d_name : NULL;
}

/* Open the folder that holds `path`. */
static int
open_parent(const char *path)
{
    size_t len = path_folder_len(path);
    char dir[PATH_MAX];

    if (len >= sizeof(dir)) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(dir, path, len);
    dir[len] = '\0';
    return sysio_open(len > 0 ? dir : ".", O_RDONLY | O_DIRECTORY, 0);
}

int
sysio_free_bytes(const char *path, uint64_t *ret)
{
    struct statvfs v;
    size_t most = SIZE_MAX;
    uint64_t there;
    int rc;

    RESTART(rc, SYSIO_SPACE, &most, statvfs(path, &v));
    if (rc != 0)
        return rc;
    there = (uint64_t)v.f_bavail * v.f_frsize;
    *ret = there < most ? there : most;
    return 0;
}

int
sysio_fsync_parent(const char *path)
{
    int fd = open_parent(path);
    int rc;

    if (fd < 0)
        return -1;
    rc = sysio_fsync(fd);
    /* Some file systems have no fsync for folders: there is nothing to wait for. */
    if (rc != 0 && (errno == EINVAL || errno == EROFS))
        rc = 0;
    if (sysio_close(fd) != 0)
        rc = -1;
    return rc;
}
