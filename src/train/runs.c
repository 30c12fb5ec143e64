/* runs.c - the runs folder: what is in it, and what a user's word means. */
#include "config.h"

#include "src/train/runfolder.h"

#include "src/base/mem.h"
#include "src/base/sysio.h"
#include "src/base/text.h"
#include "src/train/runfolder_impl.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* A run found in the runs folder. */
struct found {
    char *path;
    int64_t started; /* INT64_MIN where run.json cannot be read */
};

struct found_list {
    struct found *run;
    size_t n, cap;
};

enum err_code
runs_folder(char **ret, struct err *err)
{
    return path_xdg(ret, "XDG_STATE_HOME", ".local/state", "mltui/runs", err);
}

static void
found_done(struct found_list *l)
{
    for (size_t i = 0; i < l->n; i++)
        mem_free(l->run[i].path);
    mem_free(l->run);
}

static enum err_code
found_add(struct found_list *l, char *path, struct err *err)
{
    struct run *r = NULL;

    if (l->n == l->cap) {
        size_t cap = l->cap * 2 + 16;
        struct found *run = mem_resize(l->run, cap, sizeof(*run));

        if (run == NULL)
            return err_nomem(err, cap * sizeof(*run), "a list of runs");
        l->run = run;
        l->cap = cap;
    }
    l->run[l->n] = (struct found){ .path = path, .started = INT64_MIN };
    if (run_open(&r, path, 0, NULL) == ERR_OK)
        l->run[l->n].started = r->info.started;
    run_free(r);
    l->n++;
    return ERR_OK;
}

static bool
is_dangling(const char *path)
{
    struct stat st;

    return lstat(path, &st) == 0 && S_ISLNK(st.st_mode) && !run_is_there(path);
}

static bool
is_remains(const char *path)
{
    return is_dangling(path) || run_is_stillborn(path);
}

/* Add folder/name if it is wanted. */
static enum err_code
look_at(struct found_list *l, const char *folder, const char *name,
        bool (*wanted)(const char *path), struct err *err)
{
    char *path = NULL;
    enum err_code rc = path_join(&path, folder, name, err);

    if (rc == ERR_OK && wanted(path)) {
        rc = found_add(l, path, err);
        if (rc == ERR_OK)
            return ERR_OK; /* the path is the list's now */
    }
    mem_free(path);
    return rc;
}

static enum err_code
scan_open(struct found_list *l, const char *folder, DIR *d,
          bool (*wanted)(const char *path), struct err *err)
{
    enum err_code rc = ERR_OK;
    const char *name;

    while (rc == ERR_OK && (name = sysio_next_name(d)) != NULL)
        if (name[0] != '.')
            rc = look_at(l, folder, name, wanted, err);
    if (rc == ERR_OK && errno != 0)
        rc = err_set(err, ERR_IO, "%s: cannot read: %s", folder, strerror(errno));
    return rc;
}

/* All entries of the runs folder that `wanted` says yes to. */
static enum err_code
scan(struct found_list *l, bool (*wanted)(const char *path), struct err *err)
{
    char *folder = NULL;
    enum err_code rc = runs_folder(&folder, err);
    DIR *d = NULL;

    if (rc == ERR_OK)
        d = sysio_opendir(folder);
    if (d != NULL)
        rc = scan_open(l, folder, d, wanted, err);
    else if (rc == ERR_OK && errno != ENOENT)
        rc = err_set(err, ERR_IO, "%s: %s", folder, strerror(errno));
    if (d != NULL)
        closedir(d);
    mem_free(folder);
    return rc;
}

static int
newest_first(const void *a, const void *b)
{
    const struct found *s = a, *t = b;

    if (s->started != t->started)
        return s->started > t->started ? -1 : 1;
    return strverscmp(path_name(t->path), path_name(s->path));
}

static enum err_code
list(char ***ret, size_t *ret_n, bool (*wanted)(const char *path), struct err *err)
{
    struct found_list l = { 0 };
    char **paths = NULL;
    enum err_code rc = scan(&l, wanted, err);

    if (rc == ERR_OK && (paths = mem_new(l.n + 1, sizeof(*paths))) == NULL)
        rc = err_nomem(err, (l.n + 1) * sizeof(*paths), "a list of runs");
    if (rc != ERR_OK) {
        found_done(&l);
        return rc;
    }
    if (l.n > 0)
        qsort(l.run, l.n, sizeof(*l.run), newest_first);
    for (size_t i = 0; i < l.n; i++)
        paths[i] = l.run[i].path;
    mem_free(l.run);
    *ret = paths;
    *ret_n = l.n;
    return ERR_OK;
}

enum err_code
runs_list(char ***ret, size_t *ret_n, struct err *err)
{
    return list(ret, ret_n, run_is_there, err);
}

enum err_code
runs_list_remains(char ***ret, size_t *ret_n, struct err *err)
{
    return list(ret, ret_n, is_remains, err);
}

void
runs_list_free(char **paths)
{
    for (char **p = paths; p != NULL && *p != NULL; p++)
        mem_free(*p);
    mem_free(paths);
}

/* Without slashes at the end, which would hide that a path is a link. */
static enum err_code
copy(char **ret, const char *path, struct err *err)
{
    char *p = mem_strdup(path);

    if (p == NULL)
        return err_nomem(err, strlen(path) + 1, "a path");
    for (size_t n = strlen(p); n > 1 && p[n - 1] == '/'; n--)
        p[n - 1] = '\0';
    *ret = p;
    return ERR_OK;
}

static bool
is_model_file(const char *path)
{
    static const char suffix[] = ".safetensors";
    const size_t n = strlen(path), k = strlen(suffix);
    struct stat st;

    return n > k && strcmp(path + n - k, suffix) == 0 && stat(path, &st) == 0 &&
           !S_ISDIR(st.st_mode);
}

static enum err_code
resolve_latest(char **ret, struct err *err)
{
    char **paths = NULL;
    size_t n = 0;
    enum err_code rc = runs_list(&paths, &n, err);

    if (rc == ERR_OK)
        rc = n > 0 ? copy(ret, paths[0], err)
                   : err_set(err, ERR_NOTFOUND,
                             "there are no runs yet: 'mltui train sample' makes one");
    runs_list_free(paths);
    return rc;
}

char *
runs_nearest(const char *word)
{
    char **paths = NULL, *copied = NULL;
    const char **names = NULL;
    const char *near;
    size_t n = 0;

    if (runs_list(&paths, &n, NULL) == ERR_OK)
        names = mem_new(n + 1, sizeof(*names));
    for (size_t i = 0; names != NULL && i < n; i++)
        names[i] = path_name(paths[i]);
    if (names != NULL && n > 0)
        names[n++] = "latest";
    near = names != NULL ? text_nearest(word, names, n) : NULL;
    if (near != NULL)
        copied = mem_strdup(near);
    mem_free(names);
    runs_list_free(paths);
    return copied;
}

static enum err_code
no_such_run_at(const char *path, struct err *err)
{
    return err_set(err, ERR_NOTFOUND,
                   "%s: no run there: neither a folder with " RUN_INFO_FILE
                   " nor a .safetensors file",
                   path);
}

/* ERR_NOTFOUND for a name that no run has, with the nearest that one has. */
static enum err_code
no_such_run(const char *word, struct err *err)
{
    char *near = runs_nearest(word);

    if (near != NULL)
        err_set(err, ERR_NOTFOUND, "no run '%s'; did you mean '%s'?", word, near);
    else if (path_exists(word))
        (void)no_such_run_at(word, err);
    else
        err_set(err, ERR_NOTFOUND, "no run '%s'; 'mltui runs' lists what there is",
                word);
    mem_free(near);
    return ERR_NOTFOUND;
}

static enum err_code
resolve_name(char **ret, const char *word, struct err *err)
{
    char *folder = NULL, *path = NULL;
    enum err_code rc = runs_folder(&folder, err);

    if (rc == ERR_OK)
        rc = path_join(&path, folder, word, err);
    mem_free(folder);
    if (rc != ERR_OK)
        return rc;
    if (run_is_there(path)) {
        *ret = path;
        return ERR_OK;
    }
    rc = is_dangling(path) ? err_set(err, ERR_NOTFOUND,
                                     "%s: the link leads to no run any more; "
                                     "'mltui runs --prune' removes it",
                                     path)
                           : no_such_run(word, err);
    mem_free(path);
    return rc;
}

enum err_code
runs_resolve(char **ret, const char *word, struct err *err)
{
    if (run_is_there(word) || is_model_file(word))
        return copy(ret, word, err);
    if (strchr(word, '/') != NULL)
        return no_such_run_at(word, err);
    if (strcmp(word, "latest") == 0)
        return resolve_latest(ret, err);
    return resolve_name(ret, word, err);
}

enum err_code
runs_open(struct run **ret, const char *word, unsigned parts, struct err *err)
{
    char *path = NULL;
    enum err_code rc = runs_resolve(&path, word, err);

    if (rc == ERR_OK)
        rc = run_open(ret, path, parts, err);
    mem_free(path);
    return rc;
}
