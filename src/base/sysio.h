/*
 * sysio.h - the system calls that save and read files, in one place.
 *
 * Each restarts after EINTR, and a test may make any of them fail: every fallible
 * call has to be seen failing. Results and errno are the system's.
 */
#ifndef MLT_BASE_SYSIO_H
#define MLT_BASE_SYSIO_H

#include <dirent.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum sysio_call {
    SYSIO_OPEN,
    SYSIO_READ,
    SYSIO_WRITE,
    SYSIO_FSYNC,
    SYSIO_CLOSE,
    SYSIO_RENAME,
    SYSIO_UNLINK,
    SYSIO_TRUNCATE,
    SYSIO_MKDIR,
    SYSIO_RMDIR,
    SYSIO_SYMLINK,
    SYSIO_OPENDIR,
    SYSIO_READDIR,
    SYSIO_SPACE
};

/*
 * Asked before each call: 0 lets it happen, an errno makes it fail with that. Of a
 * read or write it may lower *bytes, so that the call comes back short; of SYSIO_SPACE
 * it may, so that there is less room.
 */
typedef int sysio_hook(void *arg, enum sysio_call call, size_t *bytes);

/* For tests: install a hook, NULL to remove it, while no other thread does I/O. */
void sysio_set_hook(sysio_hook *hook, void *arg);

/* open(2), always with O_CLOEXEC. */
int sysio_open(const char *path, int flags, mode_t mode);

/* One write(2): may write less than n bytes. */
ssize_t sysio_write(int fd, const void *p, size_t n);

/* Write all n bytes; 0, or -1 with errno. */
int sysio_write_all(int fd, const void *p, size_t n);

/* Write all n bytes at `offset`, leaving the file's own place; 0, or -1 with errno. */
int sysio_write_at(int fd, const void *p, size_t n, uint64_t offset);

/* Read n bytes from `offset`; fewer come back only at the end of the file; -1 with
 * errno. */
ssize_t sysio_read_all(int fd, void *ret, size_t n, uint64_t offset);

int sysio_fsync(int fd);
/* Closes whatever it returns. */
int sysio_close(int fd);
int sysio_rename(const char *from, const char *to);
int sysio_unlink(const char *path);
int sysio_truncate(int fd, uint64_t bytes);
int sysio_mkdir(const char *path, mode_t mode);
int sysio_rmdir(const char *path);
int sysio_symlink(const char *target, const char *path);

/* opendir(3): NULL with errno. closedir(3) gives it back. */
DIR *sysio_opendir(const char *path);

/* The next name in an open folder, "." and ".." left out; it lasts until the next call.
 * NULL when there are no more, with errno 0, or when it cannot be read, with errno. */
const char *sysio_next_name(DIR *d);

/* Bytes that the user may still write where `path` is; 0, or -1 with errno. */
int sysio_free_bytes(const char *path, uint64_t *ret);

/* fsync the folder that holds `path`, whose slashes at the end do not count, so that a
 * name made or renamed there lasts. */
int sysio_fsync_parent(const char *path);

#endif
