/* runfolder_write.c - the writer of a run; see runfolder.h. */
#include "config.h"

#include "src/train/runfolder.h"

#include "src/base/atomicfile.h"
#include "src/base/folder.h"
#include "src/base/mem.h"
#include "src/base/sysio.h"
#include "src/model/modelfile.h"
#include "src/model/ratingsfile.h"
#include "src/train/runfolder_impl.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

struct run_writer {
    char *dir;            /* owned */
    char *metrics_path;   /* owned */
    int metrics;          /* open for appending, and locked; -1: not yet */
    uint64_t metrics_len; /* bytes of whole lines in it */
    bool torn;            /* after them lies the beginning of another */
    struct jsontext text; /* what is written next; kept for its memory */
};

/* 0 when nothing is in this folder, ENOTEMPTY, or the errno of reading it. */
static int
why_not_empty(const char *dir)
{
    DIR *d = sysio_opendir(dir);
    int why;

    if (d == NULL)
        return errno;
    why = sysio_next_name(d) != NULL ? ENOTEMPTY : errno;
    closedir(d);
    return why;
}

static enum err_code
make_folder(const char *dir, struct err *err)
{
    enum err_code rc = folder_make(dir, err);
    int why;

    if (rc != ERR_OK)
        return rc;
    why = why_not_empty(dir);
    if (why == 0)
        return ERR_OK;
    if (why == ENOTEMPTY)
        return err_set(err, ERR_STATE,
                       "%s: the folder is not empty: choose another name for the run, "
                       "or remove what is in it",
                       dir);
    sysio_rmdir(dir); /* unless something is in it */
    return err_set(err, ERR_IO, "%s: cannot read: %s", dir, strerror(why));
}

static enum err_code
make_metrics(struct run_writer *w, struct err *err)
{
    w->metrics =
        sysio_open(w->metrics_path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND, 0666);
    if (w->metrics < 0)
        return err_set(err, errno == EEXIST ? ERR_STATE : ERR_IO, "%s: %s",
                       w->metrics_path, strerror(errno));
    if (run_lock(w->metrics) != 0)
        return err_set(err, ERR_IO,
                       "%s: cannot lock: %s; put the run on another file system with "
                       "--out",
                       w->metrics_path, strerror(errno));
    return ERR_OK;
}

/* Take back what run_writer_new has made in the folder, and the folder unless somebody
 * else has put something into it. */
static void
unmake(struct run_writer *w)
{
    char *info = NULL;

    if (w->metrics >= 0)
        sysio_unlink(w->metrics_path);
    if (w->metrics >= 0 && path_join(&info, w->dir, RUN_INFO_FILE, NULL) == ERR_OK)
        sysio_unlink(info);
    mem_free(info);
    sysio_rmdir(w->dir);
}

static enum err_code
start(struct run_writer *w, const char *dir, const struct run_info *info,
      struct err *err)
{
    enum err_code rc = path_join(&w->metrics_path, dir, RUN_METRICS_FILE, err);

    w->dir = mem_strdup(dir);
    if (w->dir == NULL)
        return err_nomem(err, strlen(dir), dir);
    if (rc == ERR_OK)
        rc = make_folder(dir, err);
    if (rc != ERR_OK)
        return rc;
    rc = make_metrics(w, err);
    if (rc == ERR_OK)
        rc = run_writer_info(w, info, err);
    if (rc != ERR_OK)
        unmake(w);
    return rc;
}

enum err_code
run_writer_new(struct run_writer **ret, const char *dir, const struct run_info *info,
               struct err *err)
{
    struct run_writer *w = mem_new(1, sizeof(*w));
    enum err_code rc;

    if (w == NULL)
        return err_nomem(err, sizeof(*w), dir);
    w->metrics = -1;
    rc = start(w, dir, info, err);
    if (rc == ERR_OK)
        *ret = w;
    else
        run_writer_free(w);
    return rc;
}

void
run_writer_free(struct run_writer *w)
{
    if (w == NULL)
        return;
    if (w->metrics >= 0)
        sysio_close(w->metrics);
    jsontext_done(&w->text);
    mem_free(w->metrics_path);
    mem_free(w->dir);
    mem_free(w);
}

enum err_code
run_writer_check_room(const struct run_writer *w, const struct catalog *c, unsigned k,
                      const struct ratings *r, struct err *err)
{
    const uint64_t needed = modelfile_bytes(c, k) + ratingsfile_bytes(r);
    uint64_t free_bytes;

    if (sysio_free_bytes(w->dir, &free_bytes) != 0 || free_bytes >= needed)
        return ERR_OK;
    return err_set(
        err, ERR_IO,
        "%s: the run will take about %.1f MB and only %.1f MB are free: make "
        "room before it is saved",
        w->dir, (double)needed / 1e6, (double)free_bytes / 1e6);
}

static void
put_line(struct jsontext *t, const struct jsonfield *f, size_t n, const void *from)
{
    jsontext_open(t, NULL, '{');
    jsonfields_write(t, f, n, from);
    jsontext_close(t, '}');
    jsontext_newline(t);
}

/* Cut off what is not a whole line: nothing may follow it. */
static bool
cut_torn(struct run_writer *w)
{
    if (w->torn)
        w->torn = sysio_truncate(w->metrics, w->metrics_len) != 0;
    return !w->torn;
}

/* Append the text with one write(2), so that a reader sees whole lines; what a full
 * disk leaves of it is cut off again, at the latest before the next text. */
static enum err_code
append_text(struct run_writer *w, struct err *err)
{
    const size_t n = w->text.len;
    enum err_code rc = jsontext_check(&w->text, err);
    ssize_t done;

    if (rc != ERR_OK)
        return rc;
    done = cut_torn(w) ? sysio_write(w->metrics, w->text.bytes, n) : -1;
    if (done == (ssize_t)n) {
        w->metrics_len += n;
        return ERR_OK;
    }
    if (done < 0)
        return err_set(err, ERR_IO, "%s: cannot write: %s", w->metrics_path,
                       strerror(errno));
    w->torn = done > 0;
    (void)cut_torn(w);
    return err_set(err, ERR_IO,
                   "%s: only %zd of %zu bytes could be written: is the disk "
                   "full?",
                   w->metrics_path, done, n);
}

enum err_code
run_writer_steps(struct run_writer *w, const struct step_record *s, size_t n,
                 struct err *err)
{
    if (n == 0)
        return ERR_OK;
    jsontext_reset(&w->text);
    for (size_t i = 0; i < n; i++)
        put_line(&w->text, run_step_fields, run_step_n_fields, &s[i]);
    return append_text(w, err);
}

enum err_code
run_writer_epoch(struct run_writer *w, const struct epoch_record *e, struct err *err)
{
    jsontext_reset(&w->text);
    put_line(&w->text, run_epoch_fields, run_epoch_n_fields, e);
    return append_text(w, err);
}

enum err_code
run_writer_model(struct run_writer *w, const struct model *m, const struct catalog *c,
                 struct err *err)
{
    char *path = NULL;
    enum err_code rc = path_join(&path, w->dir, RUN_MODEL_FILE, err);

    if (rc == ERR_OK)
        rc = modelfile_save(path, m, c, err);
    mem_free(path);
    return rc;
}

enum err_code
run_writer_ratings(struct run_writer *w, const struct ratings *r, struct err *err)
{
    char *path = NULL;
    enum err_code rc = path_join(&path, w->dir, RUN_RATINGS_FILE, err);

    if (rc == ERR_OK)
        rc = ratingsfile_save(path, r, err);
    mem_free(path);
    return rc;
}

enum err_code
run_writer_info(struct run_writer *w, const struct run_info *info, struct err *err)
{
    char *path = NULL;
    enum err_code rc;

    if (info->ended != 0 && sysio_fsync(w->metrics) != 0)
        return err_set(err, ERR_IO, "%s: cannot write: %s", w->metrics_path,
                       strerror(errno));
    jsontext_reset(&w->text);
    put_line(&w->text, run_info_fields, run_info_n_fields, info);
    rc = jsontext_check(&w->text, err);
    if (rc == ERR_OK)
        rc = path_join(&path, w->dir, RUN_INFO_FILE, err);
    if (rc == ERR_OK)
        rc = atomicfile_save(path, w->text.bytes, w->text.len, err);
    mem_free(path);
    return rc;
}
