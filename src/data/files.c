/* files.c - which files a path to data means; see files.h. */
#include "config.h"

#include "src/data/files.h"

#include "src/base/mem.h"
#include "src/base/path.h"
#include "src/base/strtab.h"
#include "src/data/unzip.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The formats, in the order in which a folder is searched. */
static const struct {
    const char *ratings;
    enum ratings_format ratings_format;
    const char *movies;
    enum movies_format movies_format;
    const char *tags; /* or NULL */
    enum tags_format tags_format;
    const char *links; /* or NULL */
} formats[] = {
    { "ratings.csv", RATINGS_HEADER, "movies.csv", MOVIES_CSV, "tags.csv", TAGS_CSV,
      "links.csv" },
    { "ratings.dat", RATINGS_DAT, "movies.dat", MOVIES_DAT, "tags.dat", TAGS_DAT,
      NULL },
    { "u.data", RATINGS_U_DATA, "u.item", MOVIES_U_ITEM, NULL, TAGS_NONE, NULL },
};

#define N_FORMATS (sizeof(formats) / sizeof(formats[0]))

void
data_files_done(struct data_files *f)
{
    mem_free(f->zip);
    mem_free(f->ratings);
    mem_free(f->movies);
    mem_free(f->tags);
    mem_free(f->links);
    *f = (struct data_files){ 0 };
}

/* The path if there is something, else it is freed and NULL. */
static char *
if_there(char *path)
{
    if (path == NULL || path_exists(path))
        return path;
    mem_free(path);
    return NULL;
}

/* The file of this name (or NULL) beside the ratings, NULL where there is none. */
static enum err_code
find_beside(char **ret, const struct data_files *f, const char *name, struct err *err)
{
    enum err_code rc = name != NULL ? path_beside(ret, f->ratings, name, err) : ERR_OK;

    if (rc == ERR_OK)
        *ret = if_there(*ret);
    return rc;
}

/* Set the files of movies, tags and links when they are beside the ratings. */
static enum err_code
find_others(struct data_files *f, size_t format, struct err *err)
{
    enum err_code rc = find_beside(&f->movies, f, formats[format].movies, err);

    f->movies_format = formats[format].movies_format;
    f->tags_format = formats[format].tags_format;
    if (rc == ERR_OK)
        rc = find_beside(&f->tags, f, formats[format].tags, err);
    return rc == ERR_OK ? find_beside(&f->links, f, formats[format].links, err) : rc;
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
            return find_others(f, i, err);
    }
    if (access(path, X_OK) != 0)
        return err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
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
    return find_others(f, format, err);
}

/* ---- in a zip ---- */

/* The names of its regular members. */
static enum err_code
list_members(struct strtab *ret, const char *path, struct err *err)
{
    struct unzip *z = NULL;
    struct unzip_member m = { 0 };
    enum err_code rc = unzip_open(&z, path, err);

    if (rc == ERR_OK)
        rc = unzip_next(z, &m, err);
    while (rc == ERR_OK && m.name != NULL) {
        if (m.regular)
            rc = strtab_add(ret, m.name, strlen(m.name), err);
        if (rc == ERR_OK)
            rc = unzip_next(z, &m, err);
    }
    unzip_close(z);
    return rc;
}

/* Is a member NAME or FOLDER/NAME? */
static bool
is_called(const char *member, const char *name)
{
    const char *slash = strchr(member, '/');

    return slash != member && strcmp(slash != NULL ? slash + 1 : member, name) == 0;
}

/* The first member for which it is so, and the one after it; NULL without. */
static void
find_two(const struct strtab *members, const char *name,
         bool (*is)(const char *member, const char *name), const char *ret[2])
{
    size_t n = 0;

    ret[0] = ret[1] = NULL;
    for (size_t i = 0; n < 2 && i < members->n; i++)
        if (is(strtab_get(members, i), name))
            ret[n++] = strtab_get(members, i);
}

static enum err_code
two_of_them(const char *path, const char *const member[2], struct err *err)
{
    return err_set(err, ERR_FORMAT,
                   "%s: both %s and %s are in it, expected one; unpack it and name the "
                   "one you mean",
                   path, member[0], member[1]);
}

static bool
is_same(const char *member, const char *name)
{
    return strcmp(member, name) == 0;
}

/* The member of this name (or NULL) in the folder of the ratings, NULL without. */
static enum err_code
find_member(char **ret, const struct data_files *f, const struct strtab *members,
            const char *name, struct err *err)
{
    const char *two[2];
    enum err_code rc = name != NULL ? path_beside(ret, f->ratings, name, err) : ERR_OK;

    if (rc != ERR_OK || name == NULL)
        return rc;
    find_two(members, *ret, is_same, two);
    if (two[1] != NULL)
        return two_of_them(f->zip, two, err);
    if (two[0] == NULL) {
        mem_free(*ret);
        *ret = NULL;
    }
    return ERR_OK;
}

/* The members of movies, tags and links in the folder of the ratings, when they are
 * there. */
static enum err_code
find_other_members(struct data_files *f, const struct strtab *members, size_t format,
                   struct err *err)
{
    enum err_code rc = find_member(&f->movies, f, members, formats[format].movies, err);

    f->movies_format = formats[format].movies_format;
    f->tags_format = formats[format].tags_format;
    if (rc == ERR_OK)
        rc = find_member(&f->tags, f, members, formats[format].tags, err);
    return rc == ERR_OK ? find_member(&f->links, f, members, formats[format].links, err)
                        : rc;
}

/* Choose among the members; `columns` go with a ratings.csv alone. */
static enum err_code
choose_members(struct data_files *f, const struct strtab *members, bool columns,
               struct err *err)
{
    for (size_t i = 0; i < (columns ? 1 : N_FORMATS); i++) {
        const char *two[2];

        find_two(members, formats[i].ratings, is_called, two);
        if (two[1] != NULL)
            return two_of_them(f->zip, two, err);
        if (two[0] == NULL)
            continue;
        f->ratings = mem_strdup(two[0]);
        f->ratings_format = formats[i].ratings_format;
        return f->ratings != NULL ? find_other_members(f, members, i, err)
                                  : err_nomem(err, strlen(two[0]), "a path");
    }
    return err_set(err, ERR_NOTFOUND,
                   "%s: no ratings.csv%s in this zip, at its top or in a folder there; "
                   "unpack it and name the file itself",
                   f->zip, columns ? "" : ", ratings.dat or u.data");
}

static enum err_code
find_in_zip(struct data_files *f, const char *path, bool columns, struct err *err)
{
    struct strtab members = { 0 };
    enum err_code rc;

    f->zip = mem_strdup(path);
    if (f->zip == NULL)
        return err_nomem(err, strlen(path), "a path");
    rc = list_members(&members, path, err);
    if (rc == ERR_OK)
        rc = choose_members(f, &members, columns, err);
    strtab_done(&members);
    return rc;
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
    if (S_ISDIR(st.st_mode))
        rc = find_in_folder(&f, path, err);
    else if (S_ISREG(st.st_mode) && unzip_is_one(path))
        rc = find_in_zip(&f, path, columns, err);
    else
        rc = find_file(&f, path, columns, err);
    if (rc != ERR_OK) {
        data_files_done(&f);
        return rc;
    }
    *ret = f;
    return ERR_OK;
}

enum err_code
data_files_open(struct source **ret, const struct data_files *f, const char *file,
                struct err *err)
{
    return f->zip != NULL ? source_open_member(ret, f->zip, file, '\0', err)
                          : source_open(ret, file, '\0', err);
}
