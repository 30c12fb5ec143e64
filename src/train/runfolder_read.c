/* runfolder_read.c - reading a run back; see runfolder.h. */
#include "config.h"

#include "src/train/runfolder.h"

#include "src/base/mem.h"
#include "src/base/sysio.h"
#include "src/model/modelfile.h"
#include "src/model/ratingsfile.h"
#include "src/train/runfolder_impl.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#define INFO_MOST ((size_t)1 << 20) /* bytes of a run.json */

/* A whole file in memory, owned by the caller. ERR_NOTFOUND when it is not there. */
static enum err_code
read_file(char **ret, size_t *ret_n, const char *path, size_t most, struct err *err)
{
    int fd = sysio_open(path, O_RDONLY | O_NONBLOCK, 0);
    enum err_code rc = ERR_OK;
    char *bytes = NULL;
    struct stat st;
    ssize_t n = 0;

    if (fd < 0)
        return err_set(err, errno == ENOENT ? ERR_NOTFOUND : ERR_IO, "%s: %s", path,
                       strerror(errno));
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
        rc = err_set(err, ERR_IO, "%s: not a file", path);
    else if ((uint64_t)st.st_size > most)
        rc = err_set(err, ERR_FORMAT,
                     "%s: %lld bytes are too many, expected at most %zu", path,
                     (long long)st.st_size, most);
    else if ((bytes = mem_new((size_t)st.st_size, 1)) == NULL)
        rc = err_nomem(err, (uint64_t)st.st_size, path);
    else if ((n = sysio_read_all(fd, bytes, (size_t)st.st_size, 0)) < 0)
        rc = err_set(err, ERR_IO, "%s: cannot read: %s", path, strerror(errno));
    sysio_close(fd);
    if (rc != ERR_OK) {
        mem_free(bytes);
        return rc;
    }
    *ret = bytes;
    *ret_n = (size_t)n;
    return ERR_OK;
}

static enum err_code
read_info(struct run *r, struct err *err)
{
    struct jsondoc doc = { 0 };
    char *path = NULL, *text = NULL;
    size_t len = 0;
    enum err_code rc = path_join(&path, r->path, RUN_INFO_FILE, err);

    if (rc == ERR_OK)
        rc = read_file(&text, &len, path, INFO_MOST, err);
    if (rc == ERR_NOTFOUND)
        err_set(err, rc, "%s: no run: it has no " RUN_INFO_FILE, r->path);
    if (rc == ERR_OK)
        rc = jsondoc_parse(&doc, text, len, path, err);
    if (rc == ERR_OK)
        rc = jsonfields_read(doc.root, run_info_fields, run_info_n_fields, &r->info,
                             path, err);
    jsondoc_done(&doc);
    mem_free(text);
    mem_free(path);
    if (rc == ERR_OK &&
        (r->info.state == RUN_TRAINING || r->info.state == RUN_PAUSED) &&
        !run_is_locked(r->path))
        r->info.state = RUN_CRASHED;
    return rc;
}

/* The path of a file of the run, or NULL in *ret when it is not there. */
static enum err_code
find_file(char **ret, const struct run *r, const char *name, struct err *err)
{
    char *path = NULL;
    enum err_code rc = path_join(&path, r->path, name, err);
    struct stat st;

    if (rc == ERR_OK && stat(path, &st) == 0) {
        *ret = path;
        return ERR_OK;
    }
    if (rc == ERR_OK && errno != ENOENT)
        rc = err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
    mem_free(path);
    return rc;
}

static enum err_code
read_model(struct run *r, struct err *err)
{
    char *path = NULL;
    enum err_code rc = find_file(&path, r, RUN_MODEL_FILE, err);

    if (path != NULL)
        rc = modelfile_load(&r->model, &r->catalog, path, err);
    mem_free(path);
    return rc;
}

static enum err_code
read_ratings(struct run *r, struct err *err)
{
    char *path = NULL;
    enum err_code rc = find_file(&path, r, RUN_RATINGS_FILE, err);

    if (path != NULL)
        rc = ratingsfile_load(&r->ratings, path, err);
    mem_free(path);
    return rc;
}

static enum err_code
check_sizes(const struct run *r, struct err *err)
{
    if (r->model == NULL || r->ratings == NULL ||
        (r->model->n_users == r->ratings->n_users &&
         r->model->n_items == r->ratings->n_items))
        return ERR_OK;
    return err_set(err, ERR_FORMAT,
                   "%s: the model has %u users and %u films, the ratings %u and %u",
                   r->path, r->model->n_users, r->model->n_items, r->ratings->n_users,
                   r->ratings->n_items);
}

static void
measure(struct run *r)
{
    for (const char *const *name = run_files; *name != NULL; name++) {
        char *path = NULL;
        struct stat st;

        if (path_join(&path, r->path, *name, NULL) == ERR_OK && stat(path, &st) == 0)
            r->bytes += (uint64_t)st.st_size;
        mem_free(path);
    }
}

static enum err_code
open_folder(struct run *r, unsigned parts, struct err *err)
{
    enum err_code rc = read_info(r, err);

    if (rc == ERR_OK && (parts & RUN_METRICS) != 0)
        rc = run_read_metrics(r, err);
    if (rc == ERR_OK && (parts & RUN_MODEL) != 0)
        rc = read_model(r, err);
    if (rc == ERR_OK && (parts & RUN_RATINGS) != 0)
        rc = read_ratings(r, err);
    if (rc == ERR_OK)
        rc = check_sizes(r, err);
    if (rc == ERR_OK)
        measure(r);
    return rc;
}

/* A model file alone: its sizes are all that is known of the run. */
static enum err_code
open_file(struct run *r, uint64_t bytes, struct err *err)
{
    enum err_code rc = modelfile_load(&r->model, &r->catalog, r->path, err);

    if (rc != ERR_OK)
        return rc;
    r->bytes = bytes;
    r->info.state = RUN_DONE;
    r->info.n_users = r->model->n_users;
    r->info.n_items = r->model->n_items;
    r->info.factors = r->model->k;
    r->info.y_lo = r->model->y_lo;
    r->info.y_hi = r->model->y_hi;
    return ERR_OK;
}

enum err_code
run_open(struct run **ret, const char *path, unsigned parts, struct err *err)
{
    struct run *r = mem_new(1, sizeof(*r));
    enum err_code rc;
    struct stat st;

    if (r == NULL)
        return err_nomem(err, sizeof(*r), path);
    r->path = mem_strdup(path);
    if (r->path == NULL)
        rc = err_nomem(err, strlen(path), path);
    else if (stat(path, &st) != 0)
        rc = err_set(err, errno == ENOENT ? ERR_NOTFOUND : ERR_IO, "%s: %s", path,
                     strerror(errno));
    else if (S_ISDIR(st.st_mode))
        rc = open_folder(r, parts, err);
    else
        rc = open_file(r, (uint64_t)st.st_size, err);
    if (rc == ERR_OK)
        *ret = r;
    else
        run_free(r);
    return rc;
}

void
run_free(struct run *r)
{
    if (r == NULL)
        return;
    jsonfields_free(run_info_fields, run_info_n_fields, &r->info);
    mem_free(r->path);
    mem_free(r->epochs);
    mem_free(r->steps);
    model_free(r->model);
    catalog_free(r->catalog);
    ratings_free(r->ratings);
    mem_free(r);
}
