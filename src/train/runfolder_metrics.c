/*
 * runfolder_metrics.c - reading metrics.jsonl back; see runfolder.h.
 *
 * Line by line through one block of fixed size, so that a file takes no more memory
 * than its records do, however long it is and whatever stands in it.
 */
#include "config.h"

#include "src/base/mem.h"
#include "src/base/sysio.h"
#include "src/train/runfolder_impl.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define LINE_MOST ((size_t)64 << 10) /* bytes; a record's line has some 200 */

/* The file as far as it has been read. */
struct lines {
    int fd;
    const char *path;          /* borrowed */
    uint64_t at;               /* bytes read */
    uint64_t n;                /* lines taken */
    size_t have;               /* bytes of `text` */
    char text[LINE_MOST];      /* from the start of a line on */
    char where[PATH_MAX + 24]; /* "path:line" */
};

/* Room for one more in a list that grows by doubling. */
static void *
grow(void *list, size_t n, size_t size)
{
    if (n != 0 && (n < 16 || (n & (n - 1)) != 0))
        return list;
    return mem_resize(list, n == 0 ? 16 : 2 * n, size);
}

static enum err_code
take_step(struct run *r, const json_t *line, const char *where, struct err *err)
{
    struct step_record *list = grow(r->steps, r->n_steps, sizeof(*list));
    enum err_code rc;

    if (list == NULL)
        return err_nomem(err, 2 * r->n_steps * sizeof(*list), where);
    r->steps = list;
    rc = jsonfields_read(line, run_step_fields, run_step_n_fields, &list[r->n_steps],
                         where, err);
    if (rc == ERR_OK &&
        list[r->n_steps].step <= (r->n_steps > 0 ? list[r->n_steps - 1].step : 0))
        rc = err_set(err, ERR_FORMAT, "%s: key \"step\" does not rise", where);
    r->n_steps += rc == ERR_OK;
    return rc;
}

static enum err_code
take_epoch(struct run *r, const json_t *line, const char *where, struct err *err)
{
    struct epoch_record *list = grow(r->epochs, r->n_epochs, sizeof(*list));
    enum err_code rc;

    if (list == NULL)
        return err_nomem(err, 2 * r->n_epochs * sizeof(*list), where);
    r->epochs = list;
    rc = jsonfields_read(line, run_epoch_fields, run_epoch_n_fields, &list[r->n_epochs],
                         where, err);
    if (rc == ERR_OK && list[r->n_epochs].epoch != r->n_epochs + 1)
        rc = err_set(err, ERR_FORMAT, "%s: key \"epoch\" is %u, expected %zu", where,
                     list[r->n_epochs].epoch, r->n_epochs + 1);
    r->n_epochs += rc == ERR_OK;
    return rc;
}

static enum err_code
take_line(struct run *r, const char *line, size_t len, const char *where,
          struct err *err)
{
    struct jsondoc doc = { 0 };
    enum err_code rc = jsondoc_parse(&doc, line, len, where, err);

    if (rc == ERR_OK)
        rc = json_object_get(doc.root, "epoch") != NULL
                 ? take_epoch(r, doc.root, where, err)
                 : take_step(r, doc.root, where, err);
    jsondoc_done(&doc);
    return rc;
}

/* Each whole line of the text; what follows the last one moves to the front. */
static enum err_code
take_lines(struct run *r, struct lines *l, struct err *err)
{
    const char *at = l->text, *end = l->text + l->have;
    enum err_code rc = ERR_OK;

    while (rc == ERR_OK && at < end) {
        const char *nl = memchr(at, '\n', (size_t)(end - at));

        if (nl == NULL)
            break;
        snprintf(l->where, sizeof(l->where), "%s:%" PRIu64, l->path, ++l->n);
        rc = take_line(r, at, (size_t)(nl - at), l->where, err);
        at = nl + 1;
    }
    l->have = (size_t)(end - at);
    memmove(l->text, at, l->have);
    return rc;
}

/* What comes after the last newline was never finished. */
static enum err_code
read_lines(struct run *r, struct lines *l, struct err *err)
{
    enum err_code rc = ERR_OK;
    ssize_t got;

    do {
        if (l->have == LINE_MOST)
            return err_set(err, ERR_FORMAT,
                           "%s:%" PRIu64 ": a line of more than %zu bytes, expected a "
                           "record",
                           l->path, l->n + 1, LINE_MOST);
        got = sysio_read_all(l->fd, l->text + l->have, LINE_MOST - l->have, l->at);
        if (got < 0)
            return err_set(err, ERR_IO, "%s: cannot read: %s", l->path,
                           strerror(errno));
        l->at += (uint64_t)got;
        l->have += (size_t)got;
        rc = take_lines(r, l, err);
    } while (rc == ERR_OK && got > 0);
    return rc;
}

static enum err_code
read_file(struct run *r, struct lines *l, const char *path, struct err *err)
{
    struct stat st;
    enum err_code rc;

    l->path = path;
    l->fd = sysio_open(l->path, O_RDONLY | O_NONBLOCK, 0);
    if (l->fd < 0 && errno == ENOENT)
        return ERR_OK;
    if (l->fd < 0)
        return err_set(err, ERR_IO, "%s: %s", l->path, strerror(errno));
    if (fstat(l->fd, &st) != 0 || !S_ISREG(st.st_mode))
        rc = err_set(err, ERR_IO, "%s: not a file", l->path);
    else
        rc = read_lines(r, l, err);
    sysio_close(l->fd);
    return rc;
}

enum err_code
run_read_metrics(struct run *r, struct err *err)
{
    struct lines *l = NULL;
    char *path = NULL;
    enum err_code rc = path_join(&path, r->path, RUN_METRICS_FILE, err);

    if (rc == ERR_OK && (l = mem_new(1, sizeof(*l))) == NULL)
        rc = err_nomem(err, sizeof(*l), path);
    if (rc == ERR_OK)
        rc = read_file(r, l, path, err);
    mem_free(l);
    mem_free(path);
    return rc;
}
