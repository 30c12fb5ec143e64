/* path.c - names of files; see path.h. */
#include "config.h"

#include "src/base/path.h"

#include "src/base/mem.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The first len bytes of `folder`, a slash where it needs one, and a name. */
static enum err_code
join(char **ret, const char *folder, size_t len, const char *name, struct err *err)
{
    const bool slash = len > 0 && folder[len - 1] != '/';
    const size_t cap = len + slash + strlen(name) + 1;
    char *p = mem_new(cap, 1);

    if (p == NULL)
        return err_nomem(err, cap, "a path");
    snprintf(p, cap, "%.*s%s%s", (int)len, folder, slash ? "/" : "", name);
    *ret = p;
    return ERR_OK;
}

enum err_code
path_join(char **ret, const char *folder, const char *name, struct err *err)
{
    return join(ret, folder, strlen(folder), name, err);
}

enum err_code
path_beside(char **ret, const char *path, const char *name, struct err *err)
{
    return join(ret, path, path_folder_len(path), name, err);
}

enum err_code
path_xdg(char **ret, const char *variable, const char *otherwise, const char *below,
         struct err *err)
{
    const char *base = getenv(variable), *home = getenv("HOME");
    char *made = NULL;
    enum err_code rc;

    if (base != NULL && base[0] == '/')
        return path_join(ret, base, below, err);
    if (home == NULL || home[0] != '/')
        return err_set(err, ERR_NOTFOUND,
                       "no folder for mltui's files: neither %s nor HOME is set to an "
                       "absolute path",
                       variable);
    rc = path_join(&made, home, otherwise, err);
    if (rc == ERR_OK)
        rc = path_join(ret, made, below, err);
    mem_free(made);
    return rc;
}

const char *
path_typed(const char *path, char *room)
{
    const char *home = getenv("HOME");

    if (path[0] != '~' || (path[1] != '/' && path[1] != '\0') || home == NULL ||
        snprintf(room, PATH_MAX, "%s%s", home, path + 1) >= PATH_MAX)
        return path;
    return room;
}

const char *
path_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash != NULL && slash[1] != '\0' ? slash + 1 : path;
}

size_t
path_folder_len(const char *path)
{
    size_t len = strlen(path);

    while (len > 0 && path[len - 1] == '/')
        len--;
    while (len > 0 && path[len - 1] != '/')
        len--;
    return len;
}

bool
path_exists(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0;
}
