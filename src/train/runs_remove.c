/*
 * runs_remove.c - removing a run; see runfolder.h.
 *
 * Only names that a run has are touched, and what was left of saving one that was
 * killed. The run's own lock is held meanwhile, so that nobody starts to write.
 */
#include "config.h"

#include "src/train/runfolder.h"

#include "src/base/atomicfile.h"
#include "src/base/mem.h"
#include "src/base/sysio.h"
#include "src/train/runfolder_impl.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

static bool
is_leftover(const char *name)
{
    for (const char *const *of = run_files; *of != NULL; of++)
        if (atomicfile_is_leftover(name, *of))
            return true;
    return false;
}

bool
run_is_stillborn(const char *dir)
{
    DIR *d = sysio_opendir(dir);
    bool only_ours = true;
    const char *name;
    size_t n = 0;
    int why;

    if (d == NULL)
        return false;
    for (; only_ours && (name = sysio_next_name(d)) != NULL; n++)
        only_ours = strcmp(name, RUN_METRICS_FILE) == 0 || is_leftover(name);
    why = only_ours ? errno : 0;
    closedir(d);
    return only_ours && why == 0 && n > 0 && !run_is_locked(dir);
}

static enum err_code
remove_file(const char *dir, const char *name, struct err *err)
{
    char *path = NULL;
    enum err_code rc = path_join(&path, dir, name, err);

    if (rc == ERR_OK && sysio_unlink(path) != 0 && errno != ENOENT)
        rc = err_set(err, ERR_IO, "%s: cannot remove: %s", path, strerror(errno));
    mem_free(path);
    return rc;
}

static enum err_code
remove_leftovers(const char *dir, struct err *err)
{
    DIR *d = sysio_opendir(dir);
    enum err_code rc = ERR_OK;
    const char *name;

    if (d == NULL)
        return err_set(err, ERR_IO, "%s: %s", dir, strerror(errno));
    while (rc == ERR_OK && (name = sysio_next_name(d)) != NULL)
        if (is_leftover(name))
            rc = remove_file(dir, name, err);
    if (rc == ERR_OK && errno != 0)
        rc = err_set(err, ERR_IO, "%s: cannot read: %s", dir, strerror(errno));
    closedir(d);
    return rc;
}

static enum err_code
remove_files(const char *dir, struct err *err)
{
    enum err_code rc = remove_leftovers(dir, err);

    for (const char *const *name = run_files; rc == ERR_OK && *name != NULL; name++)
        rc = remove_file(dir, *name, err);
    /* A folder with something of the user's in it stays. */
    if (rc == ERR_OK && sysio_rmdir(dir) != 0 && errno != ENOTEMPTY && errno != EEXIST)
        rc = err_set(err, ERR_IO, "%s: cannot remove: %s", dir, strerror(errno));
    return rc;
}

/* Hold the lock, into *ret_fd; -1 where the run has no metrics, hence no writer. */
static enum err_code
hold(int *ret_fd, const char *dir, struct err *err)
{
    char *path = NULL;
    enum err_code rc = path_join(&path, dir, RUN_METRICS_FILE, err);

    *ret_fd = -1;
    if (rc == ERR_OK)
        *ret_fd = sysio_open(path, O_RDWR | O_NONBLOCK, 0);
    if (rc == ERR_OK && *ret_fd < 0 && errno != ENOENT)
        rc = err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
    if (*ret_fd >= 0 && run_lock(*ret_fd) != 0)
        rc = errno == EAGAIN || errno == EACCES
                 ? err_set(err, ERR_STATE, "%s: it is training; stop it first", dir)
                 : err_set(err, ERR_IO, "%s: cannot lock: %s", path, strerror(errno));
    mem_free(path);
    return rc;
}

enum err_code
run_remove(const char *path, struct err *err)
{
    struct stat st;
    enum err_code rc;
    int fd;

    if (lstat(path, &st) != 0)
        return err_set(err, errno == ENOENT ? ERR_NOTFOUND : ERR_IO, "%s: %s", path,
                       strerror(errno));
    if (S_ISLNK(st.st_mode)) {
        if (sysio_unlink(path) != 0)
            return err_set(err, ERR_IO, "%s: cannot remove: %s", path, strerror(errno));
        return ERR_OK;
    }
    if (!run_is_there(path) && !run_is_stillborn(path))
        return err_set(err, ERR_NOTFOUND, "%s: no run: it has no " RUN_INFO_FILE, path);
    rc = hold(&fd, path, err);
    if (rc == ERR_OK)
        rc = remove_files(path, err);
    if (fd >= 0)
        sysio_close(fd);
    return rc;
}
