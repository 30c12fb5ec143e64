/* locate.c - what the DATA word of a command line means; see locate.h. */
#include "config.h"

#include "src/data/locate.h"

#include "src/base/mem.h"
#include "src/base/text.h"
#include "src/data/synth.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static char *
format3(const char *a, const char *b, const char *c)
{
    size_t n = strlen(a) + strlen(b) + strlen(c) + 1;
    char *p = mem_new(n, 1);

    if (p != NULL)
        snprintf(p, n, "%s%s%s", a, b, c);
    return p;
}

enum err_code
locate_data_folder(char **ret, struct err *err)
{
    const char *xdg = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    bool absolute = xdg != NULL && xdg[0] == '/'; /* others are to be ignored */
    char *p;

    if (!absolute && (home == NULL || home[0] == '\0'))
        return err_set(err, ERR_NOTFOUND,
                       "no data folder: neither XDG_DATA_HOME nor HOME is set");
    p = absolute ? format3(xdg, "/mltui", "")
                 : format3(home, "/.local/share", "/mltui");
    if (p == NULL)
        return err_nomem(err, 256, "the data folder");
    *ret = p;
    return ERR_OK;
}

static bool
exists(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0;
}

/* What a word means: *ret_path is owned, NULL for the sample; ERR_NOTFOUND without a
 * message: nothing. */
static enum err_code
resolve(char **ret_path, const char *word, struct err *err)
{
    char *folder = NULL, *path = NULL;
    enum err_code rc;

    *ret_path = NULL;
    if (exists(word)) {
        *ret_path = mem_strdup(word);
        return *ret_path != NULL ? ERR_OK : err_nomem(err, strlen(word), "a path");
    }
    if (strcmp(word, "sample") == 0)
        return ERR_OK;
    if (strchr(word, '/') != NULL || word[0] == '\0')
        return ERR_NOTFOUND;
    rc = locate_data_folder(&folder, err);
    if (rc != ERR_OK)
        return rc;
    path = format3(folder, "/", word);
    mem_free(folder);
    if (path == NULL)
        return err_nomem(err, strlen(word), "a path");
    if (!exists(path)) {
        mem_free(path);
        return ERR_NOTFOUND;
    }
    *ret_path = path;
    return ERR_OK;
}

bool
locate_is_data(const char *word)
{
    char *path = NULL;
    bool found = resolve(&path, word, NULL) == ERR_OK;

    mem_free(path);
    return found;
}

#define NAMES_MAX 256

/* Names that could have been meant: those in the data folder, and the sample. */
struct names {
    char *name[NAMES_MAX]; /* owned */
    size_t n;
};

static void
add_name(struct names *names, const char *name)
{
    if (names->n < NAMES_MAX && name[0] != '.' &&
        (names->name[names->n] = mem_strdup(name)) != NULL)
        names->n++;
}

static void
list_names(struct names *names, const char *folder)
{
    DIR *dir = opendir(folder);

    add_name(names, "sample");
    for (struct dirent *e; dir != NULL && (e = readdir(dir)) != NULL;)
        add_name(names, e->d_name);
    if (dir != NULL)
        closedir(dir);
}

/* Nothing has this name: say what is near and what could be typed. */
static enum err_code
not_found(const char *word, struct err *err)
{
    struct names names = { .n = 0 };
    char *folder = NULL;
    const char *near;
    enum err_code rc = locate_data_folder(&folder, err);

    if (rc != ERR_OK && rc != ERR_NOTFOUND)
        return rc;
    list_names(&names, folder != NULL ? folder : "");
    near = text_nearest(word, (const char *const *)names.name, names.n);
    err_set(err, ERR_NOTFOUND,
            "'%s' is neither a path, nor sample, nor a name in %s; name a folder with "
            "ratings.csv, or try 'sample'%s%s%s",
            word, folder != NULL ? folder : "a data folder",
            near != NULL ? "; did you mean '" : "", near != NULL ? near : "",
            near != NULL ? "'?" : "");
    for (size_t i = 0; i < names.n; i++)
        mem_free(names.name[i]);
    mem_free(folder);
    return ERR_NOTFOUND;
}

enum err_code
locate_load(struct dataset **ret, const char *word, const struct dataset_options *opt,
            struct pool *pool, struct err *err)
{
    struct synth_options sample = synth_sample();
    char *path = NULL;
    enum err_code rc = resolve(&path, word, err);

    if (rc == ERR_NOTFOUND && strchr(word, '/') != NULL)
        return dataset_load(ret, word, opt, pool, err); /* says why it is no path */
    if (rc == ERR_NOTFOUND)
        return not_found(word, err);
    if (rc != ERR_OK)
        return rc;
    rc = path != NULL ? dataset_load(ret, path, opt, pool, err)
                      : synth_load(ret, &sample, opt, pool, err);
    mem_free(path);
    return rc;
}
