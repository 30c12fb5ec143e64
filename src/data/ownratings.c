/*
 * ownratings.c - somebody's own ratings from a file; see ownratings.h.
 *
 * The file is read as the small ones of a data set are (records.h).
 */
#include "config.h"

#include "src/data/ownratings.h"

#include "src/base/mem.h"
#include "src/base/text.h"
#include "src/data/layout.h"
#include "src/data/links.h"
#include "src/data/ownratings_form.h"
#include "src/data/records.h"
#include "src/data/source.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* A reading. */
struct reader {
    struct ownratings *o;
    const struct catalog *catalog;
    struct titles *titles; /* owned */
    struct source *src;    /* borrowed */
    struct ownratings_form form;
    struct ownratings_scale scale; /* of the data */
    double lo, hi;                 /* of the file */
    char *joined;                  /* (SOURCE_MAX_RECORD + 1) owned: a film in fields */
    char *user;                    /* owned; whose ratings these are, or NULL */
    bool several;                  /* they are not one user's */
    size_t cap;                    /* room for ratings */
};

struct ownratings_scale
ownratings_scale_of(const struct ratings *r)
{
    struct ownratings_scale s = { 0, 0 };
    const float *v = r->code != NULL ? r->value : r->stars;
    size_t n = r->code != NULL ? r->n_values : r->n;

    for (size_t i = 0; i < n; i++) {
        s.lo = i == 0 || (double)v[i] < s.lo ? (double)v[i] : s.lo;
        s.hi = i == 0 || (double)v[i] > s.hi ? (double)v[i] : s.hi;
    }
    return s;
}

/* ---- one line ----------------------------------------------------------------- */

/* A line as its fields say it. */
struct row {
    struct csv_field film;
    struct csv_field rating;
    struct csv_field imdb; /* .s NULL: there is none */
    unsigned film_column, rating_column;
    int year;
};

/* Fields 0 … n - 1 with the delimiters between them, as they stood in the file. */
static struct csv_field
join(struct reader *r, const struct csv_field *f, size_t n)
{
    size_t used = 0;

    for (size_t i = 0; i < n && used + f[i].len + 1 <= SOURCE_MAX_RECORD; i++) {
        if (i > 0)
            r->joined[used++] = r->form.dialect.delim[0];
        memcpy(r->joined + used, f[i].s, f[i].len);
        used += f[i].len;
    }
    r->joined[used] = '\0';
    return (struct csv_field){ r->joined, used };
}

/* The year in a field: 0 where there is none. */
static int
year_of(const struct csv_field *f)
{
    uint64_t year = 0;

    return text_u64(f->s, &year) && year <= 9999 ? (int)year : 0;
}

static enum err_code
pick_fields(struct reader *r, struct row *row, const struct csv_field *f, size_t n,
            struct csv_fault *fault)
{
    const int *at = r->form.at;

    if (r->form.n_fields == 0) {
        if (n < 2)
            return csv_fault_set(fault, 1, "line", &f[0], "a film, a comma, a rating");
        *row = (struct row){ .film = join(r, f, n - 1),
                             .rating = f[n - 1],
                             .film_column = 1,
                             .rating_column = (unsigned)n };
        return ERR_OK;
    }
    if (n != r->form.n_fields)
        return csv_fault_count(fault, n, r->form.n_fields);
    *row = (struct row){ .film = f[at[OWN_FILM]],
                         .rating = f[at[OWN_RATING]],
                         .film_column = (unsigned)at[OWN_FILM] + 1,
                         .rating_column = (unsigned)at[OWN_RATING] + 1 };
    if (at[OWN_YEAR] != COLUMN_ABSENT)
        row->year = year_of(&f[at[OWN_YEAR]]);
    if (at[OWN_IMDB] != COLUMN_ABSENT)
        row->imdb = f[at[OWN_IMDB]];
    return ERR_OK;
}

static enum err_code
check_row(const struct reader *r, const struct row *row, double *ret,
          struct csv_fault *fault)
{
    char expected[80];

    if (row->film.len == 0)
        return csv_fault_set(fault, row->film_column, "film", &row->film,
                             "a title or an id");
    if (!text_is_utf8(row->film.s, row->film.len))
        return csv_fault_set(fault, row->film_column, "film", &row->film,
                             "text in UTF-8");
    if (text_double(row->rating.s, ret) && *ret >= r->lo && *ret <= r->hi)
        return ERR_OK;
    snprintf(expected, sizeof(expected), "a number from %g to %g", r->lo, r->hi);
    return csv_fault_set(fault, row->rating_column, "rating", &row->rating, expected);
}

/* The film with IMDb's id "tt…"; 0 where it is none, or nobody's. */
static uint32_t
find_imdb(const struct reader *r, const char *s)
{
    int32_t number = s != NULL && strncmp(s, "tt", 2) == 0 ? links_imdb_number(s) : -1;

    return number > 0 ? catalog_find_imdb(r->catalog, number) : 0;
}

static struct titles_found
one_film(uint32_t row)
{
    return (struct titles_found){ row, 1, { row }, 1 };
}

/* Which film an export means: by IMDb's id, else by a title whose film has none. */
static void
find_exported(const struct reader *r, const struct row *row, struct titles_found *ret)
{
    uint32_t film = find_imdb(r, row->imdb.s);

    if (film != 0) {
        *ret = one_film(film);
        return;
    }
    titles_find(r->titles, row->film.s, row->year, ret);
    if (row->imdb.s != NULL && ret->row != 0 &&
        catalog_knows_imdb(r->catalog, ret->row))
        ret->row = 0; /* another film of that name: it has an id, and not this one */
}

/* Which film a person means who wrote an id or a title. */
static void
find_named(const struct reader *r, const struct row *row, struct titles_found *ret)
{
    const char *s = row->film.s;
    bool id = strncmp(s, "id:", 3) == 0, title = strncmp(s, "title:", 6) == 0;
    uint32_t film = title ? 0 : catalog_find_item(r->catalog, id ? s + 3 : s);

    if (film == 0 && !title && !id)
        film = find_imdb(r, s);
    if (film != 0)
        *ret = one_film(film);
    else if (id)
        *ret = (struct titles_found){ 0 };
    else
        titles_find(r->titles, title ? s + 6 : s, row->year, ret);
}

/* Stars of the data for a rating of the file. */
static float
to_stars(const struct reader *r, double rating)
{
    double part = r->hi > r->lo ? (rating - r->lo) / (r->hi - r->lo) : 0;

    if (r->form.hi == 0)
        return (float)rating;
    return (float)(r->scale.lo + part * (r->scale.hi - r->scale.lo));
}

static enum err_code
add_rating(struct reader *r, uint64_t line, const struct row *row, double rating,
           struct err *err)
{
    struct ownratings *o = r->o;
    struct ownrating *own;

    if (o->n == r->cap) {
        size_t cap = 2 * r->cap + 256;
        struct ownrating *p = mem_resize(o->rating, cap, sizeof(*p));

        if (p == NULL)
            return err_nomem(err, cap * sizeof(*p), "own ratings");
        o->rating = p;
        r->cap = cap;
    }
    own = &o->rating[o->n];
    *own = (struct ownrating){ .line = line,
                               .column = row->film_column,
                               .year = row->year,
                               .stars = to_stars(r, rating) };
    if (r->form.title_only)
        find_exported(r, row, &own->found);
    else
        find_named(r, row, &own->found);
    o->n_matched += own->found.row != 0;
    o->n++;
    return strtab_add(&o->film, row->film.s, row->film.len, err);
}

/* A data set's ratings are those of many, told apart by the first that are another
 * user's. That ends the reading: no line behind it is of any use. */
static enum err_code
check_user(struct reader *r, const struct record *rec, struct err *err)
{
    const struct csv_field *user = &rec->f[r->form.user];
    char expected[96], first[32];
    struct csv_fault fault;

    if (r->user == NULL) {
        r->user = mem_strdup(user->s);
        return r->user != NULL ? ERR_OK : err_nomem(err, user->len, "own ratings");
    }
    if (strcmp(r->user, user->s) == 0)
        return ERR_OK;
    r->several = true;
    text_display(r->user, first, sizeof(first));
    snprintf(expected, sizeof(expected), "\"%s\" as in the lines before it", first);
    csv_fault_set(&fault, (unsigned)r->form.user + 1, "user", user, expected);
    err_set(err, ERR_DATA,
            "%s:%" PRIu64 ":%u: %s: these are ratings of several people; keep the "
            "lines of one, or train on them all",
            r->o->path, rec->line, fault.column, fault.reason);
    return ERR_STATE; /* of all, not of this row alone; read_all has the code */
}

static enum err_code
read_row(void *arg, const struct record *rec, struct csv_fault *fault, struct err *err)
{
    struct reader *r = arg;
    struct row row = { .year = 0 };
    double rating = 0;
    enum err_code rc;

    if (rec->n == 1 && rec->f[0].len == 0)
        return ERR_OK;
    rc = pick_fields(r, &row, rec->f, rec->n, fault);
    if (rc == ERR_OK && r->form.user != COLUMN_ABSENT)
        rc = check_user(r, rec, err);
    if (rc == ERR_OK && r->form.may_lack && row.rating.len == 0) {
        r->o->n_unrated++;
        return ERR_OK;
    }
    if (rc == ERR_OK)
        rc = check_row(r, &row, &rating, fault);
    return rc == ERR_OK ? add_rating(r, rec->line, &row, rating, err) : rc;
}

/* ---- the file ----------------------------------------------------------------- */

/* Take the form from the first block, and what depends on it. */
static enum err_code
begin(struct reader *r, struct block *b, struct err *err)
{
    enum err_code rc = source_next(r->src, b, err);

    if (rc == ERR_OK)
        rc = ownratings_form_find(&r->form, b->text, b->len, err);
    if (rc == ERR_OK)
        rc = titles_new(&r->titles, r->catalog, err);
    if (rc != ERR_OK)
        return rc;
    source_rewind(r->src);
    source_set_quotes(r->src, dialect_quote_delim(&r->form.dialect));
    r->joined = mem_new(SOURCE_MAX_RECORD + 1, 1);
    if (r->joined == NULL)
        return err_nomem(err, SOURCE_MAX_RECORD + 1, "own ratings");
    r->o->form = r->form.name;
    r->lo = r->form.hi > 0 ? r->form.lo : r->scale.lo;
    r->hi = r->form.hi > 0 ? r->form.hi : r->scale.hi;
    return ERR_OK;
}

static enum err_code
read_all(struct reader *r, struct err *err)
{
    struct records how = {
        .dialect = &r->form.dialect, .file = r->o->path, .row = read_row, .arg = r
    };
    struct block b = { 0 };
    enum err_code rc = block_init(&b, err);

    if (rc == ERR_OK)
        rc = rejects_init(&r->o->rejects, err);
    if (rc == ERR_OK)
        rc = begin(r, &b, err);
    how.has_header = r->form.has_header;
    if (rc == ERR_OK)
        rc = records_read(&how, r->src, &b, &r->o->rejects, err);
    block_done(&b);
    return r->several ? ERR_DATA : rc;
}

static enum err_code
check_content(const struct ownratings *o, struct err *err)
{
    const struct reject *r = o->rejects.row;

    if (o->n > 0)
        return ERR_OK;
    if (o->rejects.n > 0)
        return err_set(err, ERR_DATA,
                       "%s:%" PRIu64 ":%u: %s; none of %" PRIu64 " lines is a rating",
                       o->path, r->line, r->column, r->reason, o->rejects.n);
    return err_set(err, ERR_DATA,
                   "%s: no ratings in it; expected lines such as Heat (1995),4.5 or an "
                   "export of IMDb or Letterboxd",
                   o->path);
}

/* Read a source, which is closed. */
static enum err_code
read_source(struct ownratings **ret, struct source *src, const char *path,
            const struct catalog *c, struct ownratings_scale scale, struct err *err)
{
    struct reader r = { .catalog = c, .src = src, .scale = scale };
    enum err_code rc = ERR_OK;

    r.o = mem_new(1, sizeof(*r.o));
    if (r.o != NULL)
        r.o->path = mem_strdup(path);
    if (r.o == NULL || r.o->path == NULL)
        rc = err_nomem(err, sizeof(*r.o), "own ratings");
    if (rc == ERR_OK)
        rc = read_all(&r, err);
    if (rc == ERR_OK)
        rc = check_content(r.o, err);
    source_close(src);
    titles_free(r.titles);
    mem_free(r.joined);
    mem_free(r.user);
    if (rc == ERR_OK)
        *ret = r.o;
    else
        ownratings_free(r.o);
    return rc;
}

enum err_code
ownratings_read(struct ownratings **ret, const char *path, const struct catalog *c,
                struct ownratings_scale scale, struct err *err)
{
    struct source *src = NULL;
    enum err_code rc = source_open(&src, path, '\0', err);

    return rc == ERR_OK ? read_source(ret, src, path, c, scale, err) : rc;
}

enum err_code
ownratings_read_bytes(struct ownratings **ret, const char *name, const char *bytes,
                      size_t len, const struct catalog *c,
                      struct ownratings_scale scale, struct err *err)
{
    struct source *src = NULL;
    enum err_code rc = source_open_bytes(&src, name, bytes, len, '\0', err);

    return rc == ERR_OK ? read_source(ret, src, name, c, scale, err) : rc;
}

void
ownratings_free(struct ownratings *o)
{
    if (o == NULL)
        return;
    mem_free(o->rating);
    strtab_done(&o->film);
    rejects_done(&o->rejects);
    mem_free(o->path);
    mem_free(o);
}
