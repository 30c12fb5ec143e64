/* locate.c - what the DATA word of a command line means; see locate.h. */
#include "config.h"

#include "src/data/locate.h"

#include "src/base/mem.h"
#include "src/base/path.h"
#include "src/base/text.h"
#include "src/data/files.h"
#include "src/data/movielens.h"
#include "src/data/synth.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

enum err_code
locate_data_folder(char **ret, struct err *err)
{
    return path_xdg(ret, "XDG_DATA_HOME", ".local/share", "mltui", err);
}

/* What a word means: *ret_path is owned, NULL for the sample; ERR_NOTFOUND without a
 * message: nothing. */
static enum err_code
resolve(char **ret_path, const char *word, struct err *err)
{
    char *folder = NULL, *path = NULL;
    enum err_code rc;

    *ret_path = NULL;
    if (path_exists(word))
        return path_join(ret_path, "", word, err);
    if (strcmp(word, "sample") == 0)
        return ERR_OK;
    if (strchr(word, '/') != NULL || word[0] == '\0')
        return ERR_NOTFOUND;
    rc = locate_data_folder(&folder, err);
    if (rc == ERR_OK)
        rc = path_join(&path, folder, word, err);
    mem_free(folder);
    if (rc != ERR_OK)
        return rc;
    if (!path_exists(path)) {
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

/* The name that is nearest to what was typed, so far. */
struct nearest {
    const char *word; /* what was typed, borrowed */
    char *path;       /* what to type instead; owned, or NULL */
};

/* Can this be opened as data, as far as names tell? */
static bool
looks_like_data(const char *path)
{
    static const char *const suffixes[] = { ".csv", ".dat", ".data", ".zip" };
    const char *dot = strrchr(path_name(path), '.');
    struct data_files f = { 0 };
    struct stat st;

    if (stat(path, &st) != 0)
        return false;
    if (S_ISDIR(st.st_mode)) {
        bool found = data_files_find(&f, path, false, NULL) == ERR_OK;

        data_files_done(&f);
        return found;
    }
    for (size_t i = 0; dot != NULL && i < sizeof(suffixes) / sizeof(*suffixes); i++)
        if (strcmp(dot, suffixes[i]) == 0)
            return true;
    return false;
}

/* Take `name`, typed as `path`, if it is nearer than what there is. */
static void
take_nearer(struct nearest *n, const char *name, const char *path)
{
    const char *const both[] = { n->path != NULL ? path_name(n->path) : name, name };
    const char *best = text_nearest(path_name(n->word), both, 2);
    char *copy;

    if (best != name)
        return;
    copy = mem_strdup(path);
    if (copy == NULL)
        return; /* a proposal less */
    mem_free(n->path);
    n->path = copy;
}

/* Look through a folder. Its names are typed as they are, or, when `whole`, with the
 * folder before them. Errors mean a proposal less. */
static void
look_in(struct nearest *n, const char *folder, bool whole)
{
    DIR *dir = opendir(folder[0] != '\0' ? folder : ".");
    struct dirent *e;

    while (dir != NULL && (e = readdir(dir)) != NULL) {
        const char *one = e->d_name;
        char *path = NULL;

        /* Asking for the name first spares looking into most of what is there. */
        if (one[0] == '.' || text_nearest(path_name(n->word), &one, 1) == NULL)
            continue;
        if (path_join(&path, folder, one, NULL) == ERR_OK && looks_like_data(path))
            take_nearer(n, one, whole ? path : one);
        mem_free(path);
    }
    if (dir != NULL)
        closedir(dir);
}

/* A path to nothing: add what is near it in its folder to what is said. */
static enum err_code
no_such_path(const char *word, struct err *err)
{
    struct nearest n = { .word = word };
    char *folder = NULL;

    if (path_beside(&folder, word, "", NULL) == ERR_OK)
        look_in(&n, folder, true);
    mem_free(folder);
    if (n.path != NULL)
        err_set(err, ERR_NOTFOUND, "%s: %s; did you mean '%s'?", word, strerror(ENOENT),
                n.path);
    mem_free(n.path);
    return ERR_NOTFOUND;
}

char *
locate_nearest(const char *word)
{
    struct nearest n = { .word = word };
    char *folder = NULL;

    if (strchr(word, '/') != NULL || word[0] == '\0')
        return NULL;
    look_in(&n, "", false);
    if (locate_data_folder(&folder, NULL) == ERR_OK)
        look_in(&n, folder, false);
    mem_free(folder);
    take_nearer(&n, "sample", "sample");
    for (const struct movielens *m = movielens_list; m->name != NULL; m++)
        take_nearer(&n, m->name, m->name);
    return n.path;
}

/* Nothing has this name: say what is near and what could be typed. */
static enum err_code
no_such_name(const char *word, struct err *err)
{
    char *folder = NULL, *near;
    enum err_code rc = locate_data_folder(&folder, err);

    if (rc != ERR_OK && rc != ERR_NOTFOUND)
        return rc;
    if (movielens_find(word) != NULL) {
        mem_free(folder);
        return err_set(err, ERR_NOTFOUND,
                       "'%s' is not here yet; 'mltui fetch %s' downloads it", word,
                       word);
    }
    near = locate_nearest(word);
    err_set(err, ERR_NOTFOUND,
            "'%s' is neither a path, nor sample, nor a name in %s; %s%s%s", word,
            folder != NULL ? folder : "a data folder",
            near != NULL ? "did you mean '"
                         : "name a folder with ratings.csv, or try 'sample'",
            near != NULL ? near : "", near != NULL ? "'?" : "");
    mem_free(near);
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

    if (rc == ERR_NOTFOUND && strchr(word, '/') == NULL)
        return no_such_name(word, err);
    if (rc == ERR_NOTFOUND) {
        rc = dataset_load(ret, word, opt, pool, err); /* says why it is no path */
        return rc == ERR_NOTFOUND ? no_such_path(word, err) : rc;
    }
    if (rc != ERR_OK)
        return rc;
    rc = path != NULL ? dataset_load(ret, path, opt, pool, err)
                      : synth_load(ret, &sample, opt, pool, err);
    mem_free(path);
    return rc;
}
