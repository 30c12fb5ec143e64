/*
 * synth_folder.c - writes a synthetic data set as a folder that appears whole or not at
 * all; see synth.h.
 */
#include "config.h"

#include "src/base/mem.h"
#include "src/base/path.h"
#include "src/base/sysio.h"
#include "src/data/synth.h"
#include "src/data/synth_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Folders that killed runs may have left beside the target. */
#define MAX_LEFTOVERS 100

static const struct synth_file *const files[] = {
    &synth_ratings_file,     &synth_movies_file,      &synth_links_file,
    &synth_truth_films_file, &synth_truth_users_file,
};

#define N_FILES (sizeof(files) / sizeof(files[0]))

/* The folder that is renamed at the end. Its path has room for a file's name, so that
 * nothing needs memory to be removed. */
struct partial {
    char *path; /* owned */
    size_t len; /* bytes of the folder's own name */
};

#define NAME_ROOM 64 /* ".partial-99/truth-films.csv" and its NUL */

/* An open file of the folder, for messages too. */
struct target {
    const char *dir; /* as the user named it */
    const char *name;
    int fd;
};

static enum err_code
complain(const struct target *t, struct err *err)
{
    bool full = errno == ENOSPC || errno == EDQUOT;

    return err_set(err, ERR_IO, "%s/%s: %s%s", t->dir, t->name, strerror(errno),
                   full ? "; make room, write elsewhere, or ask for fewer ratings (a "
                          "million take 28 MB)"
                        : "");
}

static enum err_code
put_in_file(void *arg, uint64_t offset, const char *bytes, size_t n, struct err *err)
{
    const struct target *t = arg;

    if (sysio_write_at(t->fd, bytes, n, offset) != 0)
        return complain(t, err);
    return ERR_OK;
}

/* The path of a file in the folder, and of the folder alone; until the next call. */
static const char *
file_path(struct partial *p, const struct synth_file *file)
{
    snprintf(p->path + p->len, NAME_ROOM, "/%s", file->name);
    return p->path;
}

static const char *
folder_path(struct partial *p)
{
    p->path[p->len] = '\0';
    return p->path;
}

static enum err_code
write_file(const struct synth_file *file, const struct synth_world *w, const char *dir,
           struct partial *partial, struct pool *pool, const struct synth_watch *watch,
           struct err *err)
{
    struct target t = { dir, file->name, -1 };
    uint64_t bytes;
    enum err_code rc;

    t.fd = sysio_open(file_path(partial, file), O_WRONLY | O_CREAT | O_EXCL, 0666);
    if (t.fd < 0)
        return complain(&t, err);
    rc = synth_file_render(file, w, pool, watch, put_in_file, &t, &bytes, err);
    if (rc == ERR_OK && sysio_fsync(t.fd) != 0)
        rc = complain(&t, err);
    if (sysio_close(t.fd) != 0 && rc == ERR_OK)
        rc = complain(&t, err);
    return rc;
}

/* Nothing may be there but an empty folder. The rename would find out too, but only
 * after all the work. */
static enum err_code
check_target(const char *dir, struct err *err)
{
    const struct dirent *e;
    DIR *d;

    if (dir[0] == '\0')
        return err_set(err, ERR_ARG, "'' names no folder; expected a path");
    d = opendir(dir);
    if (d == NULL && errno == ENOENT)
        return ERR_OK;
    if (d == NULL && errno == ENOTDIR && access(dir, F_OK) == 0)
        return err_set(err, ERR_STATE,
                       "%s: is there and is no folder; choose another name", dir);
    if (d == NULL)
        return err_set(err, ERR_IO, "%s: %s", dir, strerror(errno));
    do
        e = readdir(d);
    while (e != NULL && (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0));
    closedir(d);
    if (e != NULL)
        return err_set(err, ERR_STATE,
                       "%s: is there and not empty; choose another name, or remove it",
                       dir);
    return ERR_OK;
}

/* Make the folder that is renamed at the end; its path is the caller's. */
static enum err_code
make_partial(struct partial *ret, const char *dir, struct err *err)
{
    const size_t cap = strlen(dir) + 2 * NAME_ROOM;
    int why = EEXIST;

    ret->path = mem_new(cap, 1);
    if (ret->path == NULL)
        return err_nomem(err, cap, "a path");
    for (unsigned i = 0; i < MAX_LEFTOVERS && why == EEXIST; i++) {
        ret->len = (size_t)snprintf(ret->path, cap, "%s.partial-%u", dir, i);
        why = sysio_mkdir(ret->path, 0777) == 0 ? 0 : errno;
    }
    if (why == 0)
        return ERR_OK;
    mem_free(ret->path);
    if (why == EEXIST)
        return err_set(err, ERR_IO, "%s: too many unfinished %s.partial-*; remove them",
                       dir, dir);
    if (why == ENOENT)
        return err_set(err, ERR_IO,
                       "%s: the folder it shall stand in is not there; make it first",
                       dir);
    return err_set(err, ERR_IO, "%s: %s", dir, strerror(why));
}

/* Remove what a failed run has written: our files and our folder, nothing else. */
static void
remove_partial(struct partial *p)
{
    for (size_t k = 0; k < N_FILES; k++)
        sysio_unlink(file_path(p, files[k]));
    sysio_rmdir(folder_path(p));
}

/* Make the names in the folder last, give it its name, and make that last. */
static enum err_code
publish(struct partial *p, const char *dir, struct err *err)
{
    if (sysio_fsync_parent(file_path(p, files[0])) == 0 &&
        sysio_rename(folder_path(p), dir) == 0)
        return sysio_fsync_parent(dir) == 0
                   ? ERR_OK
                   : err_set(err, ERR_IO, "%s: %s", dir, strerror(errno));
    if (errno == ENOTEMPTY || errno == EEXIST)
        return err_set(err, ERR_STATE, "%s: somebody else made it meanwhile", dir);
    return err_set(err, ERR_IO, "%s: %s", dir, strerror(errno));
}

/* `dir` without slashes behind it, owned by the caller. */
static enum err_code
trim_slashes(char **ret, const char *dir, struct err *err)
{
    size_t n = strlen(dir);
    enum err_code rc = path_join(ret, "", dir, err);

    while (rc == ERR_OK && n > 1 && (*ret)[n - 1] == '/')
        (*ret)[--n] = '\0';
    return rc;
}

static enum err_code
write_folder(const char *dir, const struct synth_world *w, struct pool *pool,
             const struct synth_watch *watch, struct err *err)
{
    struct partial partial = { 0 };
    enum err_code rc = make_partial(&partial, dir, err);

    if (rc != ERR_OK)
        return rc;
    for (size_t k = 0; k < N_FILES && rc == ERR_OK; k++)
        rc = write_file(files[k], w, dir, &partial, pool, watch, err);
    if (rc == ERR_OK)
        rc = publish(&partial, dir, err);
    if (rc != ERR_OK)
        remove_partial(&partial);
    mem_free(partial.path);
    return rc;
}

enum err_code
synth_write(const char *dir, const struct synth_options *so, struct pool *pool,
            const struct synth_watch *watch, struct err *err)
{
    struct synth_world *w = NULL;
    char *path = NULL;
    enum err_code rc = synth_check(so, err);

    if (rc == ERR_OK)
        rc = trim_slashes(&path, dir, err);
    if (rc == ERR_OK)
        rc = check_target(path, err);
    if (rc == ERR_OK)
        rc = synth_world_new(&w, so, err);
    if (rc == ERR_OK)
        rc = write_folder(path, w, pool, watch, err);
    synth_world_free(w);
    mem_free(path);
    return rc;
}
