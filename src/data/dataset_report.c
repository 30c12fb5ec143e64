/* dataset_report.c - what was found in a data set; see dataset_report.h. */
#include "config.h"

#include "src/data/dataset_report.h"

#include "src/base/mem.h"

#include <inttypes.h>

static void
report_times(struct dataset *d, const struct intake *in)
{
    d->first_time = INT64_MAX;
    d->last_time = INT64_MIN;
    for (unsigned i = 0; i < in->n_readers; i++) {
        const struct rows *r = &in->reader[i];

        d->first_time = r->first_time < d->first_time ? r->first_time : d->first_time;
        d->last_time = r->last_time > d->last_time ? r->last_time : d->last_time;
    }
}

/* Append what was rejected of a file, under the name that the data set keeps for it. */
static void
report_rejects(struct dataset *d, const struct reject *r, size_t n, const char *file)
{
    for (size_t i = 0; i < n && d->n_rejects_kept < REJECTS_KEPT; i++) {
        d->rejects[d->n_rejects_kept] = r[i];
        d->rejects[d->n_rejects_kept++].file = file;
    }
}

/* The same and the rows of a file beside the ratings, which may be missing. */
static void
report_rows(struct dataset *d, const struct rejects *r, const char *file)
{
    if (r == NULL)
        return;
    d->n_lines += r->n_rows;
    d->n_rejected += r->n;
    report_rejects(d, r->row, r->n_kept, file);
}

enum err_code
dataset_report(struct dataset *d, const struct dataset_parts *p, struct err *err)
{
    const struct intake *in = p->ratings;
    const struct movies *m = p->movies;
    const struct tags *t = p->tags;
    const struct links *l = p->links;

    d->rejects = mem_new(REJECTS_KEPT, sizeof(*d->rejects));
    if (d->rejects == NULL)
        return err_nomem(err, REJECTS_KEPT * sizeof(*d->rejects), "rejects");
    d->n_tags = t != NULL ? t->rejects.n_rows - t->rejects.n : 0;
    d->n_titles = m != NULL ? m->title.n : 0;
    report_times(d, in);
    d->n_lines = in->n_rows;
    d->n_rejected = in->n_rejected;
    report_rejects(d, in->reject, in->n_kept, d->ratings_path);
    report_rows(d, m != NULL ? &m->rejects : NULL, d->movies_path);
    report_rows(d, t != NULL ? &t->rejects : NULL, d->tags_path);
    report_rows(d, l != NULL ? &l->rejects : NULL, d->links_path);
    return ERR_OK;
}

enum err_code
dataset_check_rejects(const struct dataset *d, long max_rejects, struct err *err)
{
    uint64_t most = d->n_lines / 100 > 10 ? d->n_lines / 100 : 10;
    const struct reject *r = d->rejects;

    if (max_rejects >= 0)
        most = (uint64_t)max_rejects;
    if (d->n_rejected <= most)
        return ERR_OK;
    return err_set(err, ERR_DATA,
                   "%s:%" PRIu64 ":%u: %s; %" PRIu64 " of %" PRIu64
                   " rows rejected, at most %" PRIu64
                   " are allowed; mend the file or raise --max-rejects",
                   r->file, r->line, r->column, r->reason, d->n_rejected, d->n_lines,
                   most);
}

enum err_code
dataset_check_content(const struct dataset *d, const struct intake *ratings,
                      long max_rejects, struct err *err)
{
    enum err_code rc = dataset_check_rejects(d, max_rejects, err);

    if (rc != ERR_OK || ratings->n > 0)
        return rc;
    if (ratings->n_rejected > 0)
        return err_set(err, ERR_DATA,
                       "%s:%" PRIu64 ":%u: %s; none of %" PRIu64 " rows is a rating",
                       d->rejects->file, d->rejects->line, d->rejects->column,
                       d->rejects->reason, ratings->n_rows);
    return err_set(err, ERR_DATA,
                   "%s: no ratings in it, expected a row for each rating",
                   d->ratings_path);
}
