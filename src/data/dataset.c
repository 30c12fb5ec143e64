/*
 * dataset.c - loading a data set; see dataset.h.
 *
 * Opens the files, finds the columns, lets the pool read ratings while one worker reads
 * the movies file, tags and links, and has the result assembled.
 */
#include "config.h"

#include "src/data/dataset.h"

#include "src/base/clock.h"
#include "src/base/mem.h"
#include "src/data/assemble.h"
#include "src/data/files.h"
#include "src/data/fingerprint.h"
#include "src/data/intake.h"
#include "src/data/links.h"
#include "src/data/movies.h"
#include "src/data/tags.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

/* One loading. */
struct loading {
    struct dataset *d;
    const struct dataset_options *opt;
    struct pool *pool;
    struct source *ratings; /* owned */
    struct layout layout;
    struct source *movies_src; /* owned, or NULL */
    enum movies_format movies_format;
    struct movies *movies;   /* owned; read by a worker of the pool */
    struct source *tags_src; /* owned, or NULL */
    enum tags_format tags_format;
    struct tags *tags;        /* owned; read by the same worker */
    struct source *links_src; /* owned, or NULL */
    struct links *links;      /* owned; read by that worker too */
    enum err_code side_rc;    /* how reading these three went */
    struct err side_err;
    struct intake *intake; /* owned */
};

struct dataset_options
dataset_defaults(void)
{
    return (struct dataset_options){ .item = DATASET_ITEM_TITLE,
                                     .valid_part = 0.1,
                                     .seed = 42,
                                     .y_lo = 0.5,
                                     .y_hi = 5.5,
                                     .max_rejects = -1 };
}

void
dataset_free(struct dataset *d)
{
    if (d == NULL)
        return;
    catalog_free(d->catalog);
    ratings_free(d->ratings);
    mem_free(d->path);
    mem_free(d->ratings_path);
    mem_free(d->movies_path);
    mem_free(d->tags_path);
    mem_free(d->links_path);
    mem_free(d->rejects);
    mem_free(d);
}

static void
loading_done(struct loading *ld)
{
    intake_free(ld->intake);
    movies_free(ld->movies);
    tags_free(ld->tags);
    links_free(ld->links);
    source_close(ld->ratings);
    source_close(ld->movies_src);
    source_close(ld->tags_src);
    source_close(ld->links_src);
    dataset_free(ld->d);
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

/* ---- what is read before the rest ---- */

static enum err_code
check_options(const struct dataset_options *opt, struct err *err)
{
    if (!(opt->valid_part >= 0 && opt->valid_part < 1))
        return err_set(err, ERR_ARG, "--valid %g: expected a part from 0 to below 1",
                       opt->valid_part);
    return ERR_OK;
}

/* Find the columns; a header is the first record of the file. */
static enum err_code
find_layout(struct loading *ld, enum ratings_format format, struct err *err)
{
    struct block b;
    enum err_code rc;

    if (format == RATINGS_U_DATA)
        ld->layout = layout_u_data();
    if (format == RATINGS_DAT)
        ld->layout = layout_dat();
    if (format != RATINGS_HEADER)
        return ERR_OK;
    rc = block_init(&b, err);
    if (rc == ERR_OK)
        rc = source_next(ld->ratings, &b, err);
    if (rc == ERR_OK)
        rc = layout_from_header(&ld->layout, ld->opt->columns, b.text, b.len,
                                source_name(ld->ratings), err);
    block_done(&b);
    if (rc == ERR_OK)
        source_set_quotes(ld->ratings, dialect_quote_delim(&ld->layout.dialect));
    return rc;
}

/* ---- reading ---- */

/* Run by one worker of the pool while the others read ratings. */
static void
read_others(void *arg)
{
    struct loading *ld = arg;
    const bool text_ids = ld->layout.text_allowed[COLUMN_ITEM];

    if (ld->movies_src != NULL)
        ld->side_rc = movies_read(&ld->movies, ld->movies_src, ld->movies_format,
                                  text_ids, &ld->side_err);
    if (ld->tags_src != NULL && ld->side_rc == ERR_OK)
        ld->side_rc = tags_read(&ld->tags, ld->tags_src, ld->tags_format, text_ids,
                                &ld->side_err);
    if (ld->links_src != NULL && ld->side_rc == ERR_OK)
        ld->side_rc = links_read(&ld->links, ld->links_src, text_ids, &ld->side_err);
}

static enum err_code
read_files(struct loading *ld, struct err *err)
{
    struct intake_options io = {
        .keep_rejected_rows = ld->opt->split_file != NULL,
        .cancel = ld->opt->cancel,
        .progress = ld->opt->progress,
        .progress_arg = ld->opt->progress_arg,
        .side = read_others,
        .side_arg = ld,
    };
    enum err_code rc =
        intake_read(&ld->intake, ld->ratings, &ld->layout, &io, ld->pool, err);

    if (rc == ERR_OK && ld->side_rc != ERR_OK) {
        rc = ld->side_rc;
        if (err != NULL)
            *err = ld->side_err;
    }
    return rc;
}

/* ---- the report ---- */

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

static enum err_code
report(struct loading *ld, struct err *err)
{
    struct dataset *d = ld->d;
    const struct intake *in = ld->intake;
    const struct movies *m = ld->movies;
    const struct tags *t = ld->tags;
    const struct links *l = ld->links;

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

static enum err_code
check_content(const struct loading *ld, struct err *err)
{
    const struct dataset *d = ld->d;
    enum err_code rc = dataset_check_rejects(d, ld->opt->max_rejects, err);

    if (rc != ERR_OK || ld->intake->n > 0)
        return rc;
    if (ld->intake->n_rejected > 0)
        return err_set(err, ERR_DATA,
                       "%s:%" PRIu64 ":%u: %s; none of %" PRIu64 " rows is a rating",
                       d->rejects->file, d->rejects->line, d->rejects->column,
                       d->rejects->reason, ld->intake->n_rows);
    return err_set(err, ERR_DATA,
                   "%s: no ratings in it, expected a row for each rating",
                   d->ratings_path);
}

static enum err_code
take_fingerprint(struct loading *ld, struct err *err)
{
    struct fingerprint f = { 0 };
    enum err_code rc = fingerprint_file(&f, source_size(ld->ratings), err);

    for (size_t i = 0; rc == ERR_OK && i < ld->intake->n_pieces; i++)
        rc = fingerprint_block(&f, ld->intake->piece[i].hash, err);
    if (rc == ERR_OK && ld->movies != NULL)
        rc = fingerprint_file(&f, source_size(ld->movies_src), err);
    for (size_t i = 0; rc == ERR_OK && ld->movies != NULL && i < ld->movies->n_blocks;
         i++)
        rc = fingerprint_block(&f, ld->movies->hash[i], err);
    fingerprint_end(&f, ld->d->fingerprint);
    return rc;
}

/* Everything after the files are open. */
static enum err_code
load(struct loading *ld, enum ratings_format format, struct err *err)
{
    enum err_code rc = find_layout(ld, format, err);

    if (rc == ERR_OK)
        rc = read_files(ld, err);
    if (rc == ERR_OK)
        rc = report(ld, err);
    if (rc == ERR_OK)
        rc = check_content(ld, err);
    if (rc == ERR_OK)
        rc = take_fingerprint(ld, err);
    if (rc == ERR_OK)
        rc = assemble(ld->d, ld->intake, ld->movies, ld->opt, ld->pool, err);
    if (rc == ERR_OK && ld->tags != NULL)
        rc = tags_to_catalog(ld->d->catalog, ld->tags, err);
    if (rc == ERR_OK && ld->links != NULL)
        rc = links_apply(ld->links, ld->d->catalog, err);
    return rc;
}

/* ---- files ---- */

static enum err_code
new_dataset(struct dataset **ret, const char *path, const char *ratings,
            const char *movies, const char *tags, const char *links, struct err *err)
{
    struct dataset *d = mem_new(1, sizeof(*d));

    if (d == NULL)
        return err_nomem(err, sizeof(*d), "a data set");
    d->path = mem_strdup(path);
    d->ratings_path = mem_strdup(ratings);
    d->movies_path = movies != NULL ? mem_strdup(movies) : NULL;
    d->tags_path = tags != NULL ? mem_strdup(tags) : NULL;
    d->links_path = links != NULL ? mem_strdup(links) : NULL;
    if (d->path == NULL || d->ratings_path == NULL ||
        (movies != NULL && d->movies_path == NULL) ||
        (tags != NULL && d->tags_path == NULL) ||
        (links != NULL && d->links_path == NULL)) {
        dataset_free(d);
        return err_nomem(err, strlen(path), "a data set");
    }
    *ret = d;
    return ERR_OK;
}

static enum err_code
open_files(struct loading *ld, const char *path, const struct data_files *f,
           struct err *err)
{
    enum err_code rc = data_files_open(&ld->ratings, f, f->ratings, err);

    if (rc == ERR_OK && f->movies != NULL)
        rc = data_files_open(&ld->movies_src, f, f->movies, err);
    if (rc == ERR_OK && f->tags != NULL)
        rc = data_files_open(&ld->tags_src, f, f->tags, err);
    if (rc == ERR_OK && f->links != NULL)
        rc = data_files_open(&ld->links_src, f, f->links, err);
    if (rc == ERR_OK)
        rc = new_dataset(&ld->d, path, source_name(ld->ratings),
                         f->movies != NULL ? source_name(ld->movies_src) : NULL,
                         f->tags != NULL ? source_name(ld->tags_src) : NULL,
                         f->links != NULL ? source_name(ld->links_src) : NULL, err);
    ld->movies_format = f->movies_format;
    ld->tags_format = f->tags_format;
    return rc;
}

static enum err_code
open_bytes(struct loading *ld, const struct dataset_bytes *b, struct err *err)
{
    const char *movies = b->movies != NULL ? "movies.csv" : NULL;
    enum err_code rc =
        new_dataset(&ld->d, b->name, "ratings.csv", movies, NULL, NULL, err);

    if (rc == ERR_OK)
        rc = source_open_bytes(&ld->ratings, "ratings.csv", b->ratings, b->ratings_len,
                               '\0', err);
    if (rc == ERR_OK && b->movies != NULL)
        rc = source_open_bytes(&ld->movies_src, "movies.csv", b->movies, b->movies_len,
                               '\0', err);
    ld->movies_format = MOVIES_CSV;
    return rc;
}

/* Load what is open, or fail with what opening said; frees the loading. */
static enum err_code
finish(struct loading *ld, enum err_code rc, enum ratings_format format, double begun,
       struct dataset **ret, struct err *err)
{
    if (rc == ERR_OK)
        rc = load(ld, format, err);
    if (rc == ERR_OK) {
        ld->d->load_s = clock_now_s() - begun;
        *ret = ld->d;
        ld->d = NULL;
    }
    loading_done(ld);
    return rc;
}

enum err_code
dataset_load(struct dataset **ret, const char *path, const struct dataset_options *opt,
             struct pool *pool, struct err *err)
{
    struct loading ld = { .opt = opt, .pool = pool };
    struct data_files f = { 0 };
    double begun = clock_now_s();
    enum err_code rc = check_options(opt, err);

    if (rc == ERR_OK)
        rc = data_files_find(&f, path, opt->columns != NULL, err);
    if (rc == ERR_OK)
        rc = open_files(&ld, path, &f, err);
    rc = finish(&ld, rc, f.ratings_format, begun, ret, err);
    data_files_done(&f);
    return rc;
}

enum err_code
dataset_load_bytes(struct dataset **ret, const struct dataset_bytes *b,
                   const struct dataset_options *opt, struct pool *pool,
                   struct err *err)
{
    struct loading ld = { .opt = opt, .pool = pool };
    double begun = clock_now_s();
    enum err_code rc = check_options(opt, err);

    if (rc == ERR_OK)
        rc = open_bytes(&ld, b, err);
    return finish(&ld, rc, RATINGS_HEADER, begun, ret, err);
}
