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
#include "src/data/dataset_report.h"
#include "src/data/files.h"
#include "src/data/fingerprint.h"
#include "src/data/intake.h"
#include "src/data/links.h"
#include "src/data/movies.h"
#include "src/data/tags.h"

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
    struct dataset_parts parts;
    enum err_code rc = find_layout(ld, format, err);

    if (rc == ERR_OK)
        rc = read_files(ld, err);
    parts = (struct dataset_parts){ ld->intake, ld->movies, ld->tags, ld->links };
    if (rc == ERR_OK)
        rc = dataset_report(ld->d, &parts, err);
    if (rc == ERR_OK)
        rc = dataset_check_content(ld->d, ld->intake, ld->opt->max_rejects, err);
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
