/* runs_new.c - names for new runs, and links to those written elsewhere. */
#include "config.h"

#include "src/train/runfolder.h"

#include "src/base/folder.h"
#include "src/base/mem.h"
#include "src/base/sysio.h"
#include "src/train/runfolder_impl.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define NAME_MOST 40   /* bytes of the data's name */
#define TRIES     1000 /* runs of one name */

/* The last part of a path without suffix, of letters, digits, '-' and '_' only. */
static void
short_name(char ret[NAME_MOST + 1], const char *data)
{
    size_t end = strlen(data), start, n = 0;

    while (end > 0 && data[end - 1] == '/')
        end--;
    for (start = end; start > 0 && data[start - 1] != '/';)
        start--;
    for (size_t i = start; i < end && n < NAME_MOST; i++) {
        const unsigned char c = (unsigned char)data[i];

        if (c == '.' && n > 0)
            break;
        if (c != '.')
            ret[n++] = isalnum(c) || c == '_' ? (char)c : '-';
    }
    ret[n] = '\0';
    if (n == 0)
        snprintf(ret, NAME_MOST + 1, "run");
}

/* folder/name, or folder/name-2, … : the first that is not there. */
static enum err_code
free_path(char **ret, const char *folder, const char *name, struct err *err)
{
    const size_t cap = strlen(folder) + strlen(name) + 16;
    char *path = mem_new(cap, 1);
    struct stat st;

    if (path == NULL)
        return err_nomem(err, cap, "a path");
    snprintf(path, cap, "%s/%s", folder, name);
    for (int i = 2; i <= TRIES && lstat(path, &st) == 0; i++)
        snprintf(path, cap, "%s/%s-%d", folder, name, i);
    *ret = path;
    return ERR_OK;
}

enum err_code
runs_new_path(char **ret, const char *data, struct err *err)
{
    char name[32 + NAME_MOST + 1], *folder = NULL;
    const time_t now = time(NULL);
    struct tm tm = { 0 };
    size_t n;
    enum err_code rc = runs_folder(&folder, err);

    if (rc != ERR_OK)
        return rc;
    localtime_r(&now, &tm);
    n = strftime(name, 32, "%Y-%m-%d-%H%M-", &tm);
    short_name(name + n, data);
    rc = free_path(ret, folder, name, err);
    mem_free(folder);
    return rc;
}

/* Do two paths lead to the same folder? */
static bool
same_place(const char *a, const char *b)
{
    struct stat s, t;

    return stat(a, &s) == 0 && stat(b, &t) == 0 && s.st_dev == t.st_dev &&
           s.st_ino == t.st_ino;
}

static enum err_code
is_listed(bool *ret, const char *path, struct err *err)
{
    char **paths = NULL;
    size_t n = 0;
    enum err_code rc = runs_list(&paths, &n, err);

    *ret = false;
    for (size_t i = 0; rc == ERR_OK && i < n; i++)
        *ret |= same_place(paths[i], path);
    runs_list_free(paths);
    return rc;
}

static enum err_code
make_link(const char *folder, const char *target, struct err *err)
{
    const char *slash = strrchr(target, '/');
    char *link = NULL;
    enum err_code rc =
        free_path(&link, folder, slash[1] != '\0' ? slash + 1 : "run", err);

    if (rc == ERR_OK && sysio_symlink(target, link) != 0)
        rc = err_set(err, ERR_IO, "%s: cannot make a link to the run: %s", link,
                     strerror(errno));
    if (rc == ERR_OK && sysio_fsync_parent(link) != 0)
        rc = err_set(err, ERR_IO, "%s: made, but its folder cannot be synced: %s", link,
                     strerror(errno));
    mem_free(link);
    return rc;
}

enum err_code
runs_link(const char *path, struct err *err)
{
    char *folder = NULL, *target = NULL;
    bool listed = false;
    enum err_code rc = is_listed(&listed, path, err);

    if (rc != ERR_OK || listed)
        return rc;
    rc = runs_folder(&folder, err);
    if (rc == ERR_OK && (target = realpath(path, NULL)) == NULL)
        rc = err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
    if (rc == ERR_OK)
        rc = folder_make(folder, err);
    if (rc == ERR_OK)
        rc = make_link(folder, target, err);
    free(target);
    mem_free(folder);
    return rc;
}
