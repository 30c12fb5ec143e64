/* files.c - which files a path to data means; see files.h. */
#include "config.h"

#include "src/data/files.h"

#include "src/base/mem.h"
#include "src/base/path.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

/* The formats, in the order in which a folder is searched. */
static const struct {
    const char *ratings;
    enum ratings_format ratings_format;
    const char *movies;
    enum movies_format movies_format;
} formats[] = {
    { "ratings.csv", RATINGS_HEADER, "movies.csv", MOVIES_CSV },
    { "ratings.dat", RATINGS_DAT, "movies.dat", MOVIES_DAT },
    { "u.data", RATINGS_U_DATA, "u.item", MOVIES_U_ITEM },
};

#define N_FORMATS (sizeof(formats) / sizeof(formats[0]))

void
data_files_done(struct data_files *f)
{
    mem_free(f->ratings);
    mem_free(f->movies);
    *f = (struct data_files){ 0 };
}

/* The path if there is something, else it is freed and NULL. */
static char *
if_there(char *path)
{
    if (path_exists(path))
        return path;
    mem_free(path);
    return NULL;
}

/* Set the movies file when there is one beside the ratings. */
static enum err_code
find_movies(struct data_files *f, size_t format, struct err *err)
{
    enum err_code rc = path_beside(&f->movies, f->ratings, formats[format].movies, err);

    if (rc != ERR_OK)
        return rc;
    f->movies = if_there(f->movies);
    f->movies_format = formats[format].movies_format;
    return ERR_OK;
}

static enum err_code
find_in_folder(struct data_files *f, const char *path, struct err *err)
{
    for (size_t i = 0; i < N_FORMATS; i++) {
        enum err_code rc = path_join(&f->ratings, path, formats[i].ratings, err);

        if (rc != ERR_OK)
            return rc;
        f->ratings = if_there(f->ratings);
        f->ratings_format = formats[i].ratings_format;
        if (f->ratings != NULL)
            return find_movies(f, i, err);
    }
    return err_set(err, ERR_NOTFOUND,
                   "%s: no ratings.csv, ratings.dat or u.data in this folder; name the "
                   "file itself",
                   path);
}

/* Which format a file's name means. */
static size_t
format_of_name(const char *name)
{
    size_t len = strlen(name);

    if (len > 4 && strcmp(name + len - 4, ".dat") == 0)
        return 1;
    return strcmp(name, "u.data") == 0 ? 2 : 0;
}

static enum err_code
find_file(struct data_files *f, const char *path, bool columns, struct err *err)
{
    const char *name = path_name(path);
    size_t format = columns ? 0 : format_of_name(name);

    f->ratings = mem_strdup(path);
    if (f->ratings == NULL)
        return err_nomem(err, strlen(path), "a path");
    f->ratings_format = formats[format].ratings_format;
    if (columns && strcmp(name, "ratings.csv") != 0)
        return ERR_OK;
    return find_movies(f, format, err);
}

enum err_code
data_files_find(struct data_files *ret, const char *path, bool columns, struct err *err)
{
    struct data_files f = { 0 };
    struct stat st;
    enum err_code rc;

    if (stat(path, &st) != 0)
        return err_set(err, errno == ENOENT || errno == ENOTDIR ? ERR_NOTFOUND : ERR_IO,
                       "%s: %s", path, strerror(errno));
    rc = S_ISDIR(st.st_mode) ? find_in_folder(&f, path, err)
                             : find_file(&f, path, columns, err);
    if (rc != ERR_OK) {
        data_files_done(&f);
        return rc;
    }
    *ret = f;
    return ERR_OK;
}
