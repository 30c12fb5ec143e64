/*
 * movies.c - the films of a movies file; see movies.h.
 *
 * One thread reads the whole file, a few MiB, while the others read ratings. Genres are
 * numbered as they come and put in byte order at the end.
 */
#include "config.h"

#include "src/data/movies.h"

#include "src/base/mem.h"
#include "src/base/text.h"
#include "src/data/csvread.h"
#include "src/data/layout.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOVIE_ID, MOVIE_TITLE, MOVIE_GENRES };

#define ITEM_FLAGS 19 /* genres of u.item, a field of 0 or 1 each */

static const char *const item_genre[ITEM_FLAGS] = {
    "unknown",   "Action",   "Adventure",   "Animation", "Children's",
    "Comedy",    "Crime",    "Documentary", "Drama",     "Fantasy",
    "Film-Noir", "Horror",   "Musical",     "Mystery",   "Romance",
    "Sci-Fi",    "Thriller", "War",         "Western"
};

/* Where the fields are. */
struct shape {
    struct dialect dialect;
    bool has_header;
    int at[3];      /* id, title, genres; the last may be COLUMN_ABSENT */
    int first_flag; /* of u.item, else COLUMN_ABSENT */
    unsigned n_fields;
};

/* A reading of a movies file. */
struct reader {
    struct movies *m;
    struct source *src;
    struct shape shape;
    struct csvread *csv;
    bool latin1;
    uint64_t line;    /* of the record, from 1 */
    char *utf8;       /* (2 * SOURCE_MAX_RECORD + 1) owned: a converted title */
    struct ids genre; /* names in the order in which they came */
    size_t cap_start; /* room in genre_of.start */
    size_t cap_value; /* room in genre_of.value */
    size_t n_values;
};

void
movies_free(struct movies *m)
{
    if (m == NULL)
        return;
    ids_done(&m->id);
    strtab_done(&m->title);
    listcol_done(&m->genre_of);
    strtab_done(&m->genre);
    mem_free(m->by_title);
    mem_free(m->reject);
    mem_free(m->hash);
    mem_free(m);
}

static enum err_code
shape_from_header(struct shape *ret, const char *s, size_t len, const char *file,
                  struct err *err)
{
    static const struct header_names names = { .name = { "movieId", "title", "genres" },
                                               .must = { true, true, false } };
    struct header h;
    enum err_code rc = header_find(&h, &names, s, len, err);

    if (rc != ERR_OK)
        return rc;
    if (h.missing != NULL)
        return header_fault(
            &h, s, len, file,
            "expected movieId,title,genres; without the file titles are "
            "ids",
            err);
    *ret = (struct shape){ .dialect = h.dialect,
                           .has_header = true,
                           .at = { h.at[0], h.at[1], h.at[2] },
                           .first_flag = COLUMN_ABSENT,
                           .n_fields = h.n_fields };
    return ERR_OK;
}

static enum err_code
shape_find(struct shape *ret, struct source *src, enum movies_format format,
           struct block *b, struct err *err)
{
    enum err_code rc;

    *ret = (struct shape){ .at = { 0, 1, 2 },
                           .first_flag = COLUMN_ABSENT,
                           .n_fields = 3,
                           .dialect.delim = "::" };
    if (format == MOVIES_U_ITEM)
        *ret = (struct shape){ .at = { 0, 1, COLUMN_ABSENT },
                               .first_flag = 5,
                               .n_fields = 5 + ITEM_FLAGS,
                               .dialect.delim = "|" };
    if (format != MOVIES_CSV)
        return ERR_OK;
    rc = source_next(src, b, err);
    if (rc == ERR_OK)
        rc = shape_from_header(ret, b->text, b->len, source_name(src), err);
    source_rewind(src);
    return rc;
}

/* Is the file not UTF-8 and of a format that may be Latin-1? */
static enum err_code
find_latin1(struct reader *r, enum movies_format format, struct block *b,
            struct err *err)
{
    enum err_code rc;

    if (format == MOVIES_CSV)
        return ERR_OK;
    do {
        rc = source_next(r->src, b, err);
        if (rc == ERR_OK && !text_is_utf8(b->text, b->len))
            r->latin1 = true;
    } while (rc == ERR_OK && b->n_bytes > 0);
    source_rewind(r->src);
    return rc;
}

/* Double the room of an array when n elements fill it. */
static enum err_code
make_room(void **p, size_t *cap, size_t n, size_t size, struct err *err)
{
    size_t more = 2 * *cap + 1024;
    void *q;

    if (n < *cap)
        return ERR_OK;
    q = mem_resize(*p, more, size);
    if (q == NULL)
        return err_nomem(err, more * size, "films");
    *p = q;
    *cap = more;
    return ERR_OK;
}

static enum err_code
add_genre(struct reader *r, const char *s, size_t len, struct err *err)
{
    struct listcol *l = &r->m->genre_of;
    uint32_t at;
    enum err_code rc;

    if (len == 0 || (len == 18 && memcmp(s, "(no genres listed)", len) == 0))
        return ERR_OK;
    rc = ids_add_text(&r->genre, s, len, &at, err);
    if (rc == ERR_OK)
        rc = make_room((void **)&l->value, &r->cap_value, r->n_values,
                       sizeof(*l->value), err);
    if (rc == ERR_OK)
        l->value[r->n_values++] = at;
    return rc;
}

static enum err_code
add_flags(struct reader *r, const struct field *f, struct err *err)
{
    enum err_code rc = ERR_OK;

    for (int i = 0; rc == ERR_OK && i < ITEM_FLAGS; i++)
        if (f[i].s[0] == '1')
            rc = add_genre(r, item_genre[i], strlen(item_genre[i]), err);
    return rc;
}

/* The id of a row whose fields are as many as they should be; ERR_DATA: rejected. */
static enum err_code
add_movie_id(struct reader *r, const struct field *id, struct csv_fault *fault,
             struct err *err)
{
    struct ids *ids = &r->m->id;
    unsigned column = (unsigned)r->shape.at[MOVIE_ID] + 1;
    uint32_t at;
    int64_t num;

    if (id->len == 0)
        return csv_fault_set(fault, column, "movie id", id, "an id");
    if (ids->numeric && !ids_parse(id->s, id->len, &num))
        return csv_fault_set(fault, column, "movie id", id,
                             "a whole number from 0 to 9223372036854775807");
    if (!ids->numeric && !text_is_utf8(id->s, id->len))
        return csv_fault_set(fault, column, "movie id", id, "text in UTF-8");
    if (ids_find(ids, id->s, id->len) != IDS_NONE)
        return csv_fault_set(fault, column, "movie id", id, "one row for each id");
    return ids->numeric ? ids_add_num(ids, num, &at, err)
                        : ids_add_text(ids, id->s, id->len, &at, err);
}

static enum err_code
check_text(const struct reader *r, const struct field *f, int column, const char *name,
           struct csv_fault *fault)
{
    if (f->len == 0)
        return csv_fault_set(fault, (unsigned)column + 1, name, f, "some text");
    if (!r->latin1 && !text_is_utf8(f->s, f->len))
        return csv_fault_set(fault, (unsigned)column + 1, name, f, "text in UTF-8");
    return ERR_OK;
}

/* The field in UTF-8; a converted one dies with the next call. */
static struct field
as_utf8(struct reader *r, const struct field *f)
{
    if (!r->latin1)
        return *f;
    return (struct field){ .s = r->utf8,
                           .len = text_from_latin1(f->s, f->len, r->utf8) };
}

static enum err_code
add_genres(struct reader *r, const struct field *f, struct err *err)
{
    enum err_code rc = ERR_OK;

    for (const char *s = as_utf8(r, f).s; rc == ERR_OK && s != NULL;) {
        const char *bar = strchr(s, '|');

        rc = add_genre(r, s, bar != NULL ? (size_t)(bar - s) : strlen(s), err);
        s = bar != NULL ? bar + 1 : NULL;
    }
    return rc;
}

static enum err_code
add_title(struct reader *r, const struct field *f, struct err *err)
{
    struct field title = as_utf8(r, f);

    return strtab_add(&r->m->title, title.s, title.len, err);
}

static enum err_code
add_movie(struct reader *r, const struct field *f, struct csv_fault *fault,
          struct err *err)
{
    const struct shape *sh = &r->shape;
    const struct field *genres =
        sh->at[MOVIE_GENRES] != COLUMN_ABSENT ? &f[sh->at[MOVIE_GENRES]] : NULL;
    struct listcol *l = &r->m->genre_of;
    enum err_code rc;

    rc = check_text(r, &f[sh->at[MOVIE_TITLE]], sh->at[MOVIE_TITLE], "title", fault);
    if (rc == ERR_OK && genres != NULL && genres->len > 0)
        rc = check_text(r, genres, sh->at[MOVIE_GENRES], "genres", fault);
    if (rc == ERR_OK)
        rc = add_movie_id(r, &f[sh->at[MOVIE_ID]], fault, err);
    if (rc == ERR_OK)
        rc = add_title(r, &f[sh->at[MOVIE_TITLE]], err);
    if (rc == ERR_OK && genres != NULL)
        rc = add_genres(r, genres, err);
    if (rc == ERR_OK && sh->first_flag != COLUMN_ABSENT)
        rc = add_flags(r, &f[sh->first_flag], err);
    if (rc == ERR_OK)
        rc = make_room((void **)&l->start, &r->cap_start, r->m->title.n + 1,
                       sizeof(*l->start), err);
    if (rc == ERR_OK)
        l->start[r->m->title.n] = (uint32_t)r->n_values;
    return rc;
}

static void
reject(struct reader *r, const struct csv_fault *fault)
{
    struct movies *m = r->m;

    m->n_rejected++;
    if (m->n_kept == DATASET_REJECTS_KEPT)
        return;
    m->reject[m->n_kept] = (struct reject){ .file = source_name(r->src),
                                            .line = r->line,
                                            .column = fault->column };
    memcpy(m->reject[m->n_kept++].reason, fault->reason, sizeof(fault->reason));
}

static enum err_code
read_record(struct reader *r, const char *s, size_t len, struct err *err)
{
    const struct field *f;
    struct csv_fault fault;
    size_t n;
    enum err_code rc = csvread_record(r->csv, s, len, &f, &n, &fault, err);

    if (rc == ERR_OK && n == 0)
        return ERR_OK;
    r->m->n_rows++;
    if (rc == ERR_OK && n != r->shape.n_fields)
        rc = csv_fault_count(&fault, n, r->shape.n_fields);
    if (rc == ERR_OK)
        rc = add_movie(r, f, &fault, err);
    if (rc == ERR_DATA)
        reject(r, &fault);
    return rc == ERR_DATA ? ERR_OK : rc;
}

static enum err_code
read_text(struct reader *r, const char *s, size_t len, bool header, struct err *err)
{
    char delim = dialect_quote_delim(&r->shape.dialect);
    enum err_code rc = ERR_OK;

    while (rc == ERR_OK && len > 0) {
        size_t n = source_record_end(s, len, delim, true);

        if (!header)
            rc = read_record(r, s, n, err);
        header = false;
        for (size_t i = 0; i < n; i++)
            r->line += s[i] == '\n';
        s += n;
        len -= n;
    }
    return rc;
}

static enum err_code
read_all(struct reader *r, struct block *b, struct err *err)
{
    struct movies *m = r->m;
    size_t cap = 0;
    enum err_code rc;

    r->line = 1;
    do {
        rc = source_next(r->src, b, err);
        if (rc == ERR_OK && b->n_bytes > 0)
            rc = make_room((void **)&m->hash, &cap, m->n_blocks, sizeof(*m->hash), err);
        if (rc == ERR_OK && b->n_bytes > 0) {
            m->hash[m->n_blocks++] = b->hash;
            rc = read_text(r, b->text, b->len, b->first && r->shape.has_header, err);
        }
    } while (rc == ERR_OK && b->n_bytes > 0);
    return rc;
}

/* Genres in byte order, and the lists with the new positions. */
static enum err_code
sort_genres(struct reader *r, struct err *err)
{
    struct movies *m = r->m;
    uint32_t *order = NULL, *place = mem_new(r->genre.n, sizeof(*place));
    enum err_code rc = place != NULL ? ids_sorted(&r->genre, &order, err)
                                     : err_nomem(err, r->genre.n * 4, "genres");

    for (size_t i = 0; rc == ERR_OK && i < r->genre.n; i++) {
        const struct strtab *names = &r->genre.text;

        place[order[i]] = (uint32_t)i;
        rc = strtab_add(&m->genre, strtab_get(names, order[i]),
                        strtab_len(names, order[i]), err);
    }
    for (size_t i = 0; rc == ERR_OK && i < r->n_values; i++)
        m->genre_of.value[i] = place[m->genre_of.value[i]];
    mem_free(order);
    mem_free(place);
    return rc;
}

static int
by_title(const void *a, const void *b, void *arg)
{
    const struct strtab *t = arg;
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    int cmp = strcmp(strtab_get(t, x), strtab_get(t, y));

    return cmp != 0 ? cmp : (x > y) - (x < y);
}

static enum err_code
sort_titles(struct movies *m, struct err *err)
{
    m->by_title = mem_new(m->title.n, sizeof(*m->by_title));
    if (m->by_title == NULL)
        return err_nomem(err, m->title.n * sizeof(*m->by_title), "titles");
    for (size_t i = 0; i < m->title.n; i++)
        m->by_title[i] = (uint32_t)i;
    qsort_r(m->by_title, m->title.n, sizeof(*m->by_title), by_title, &m->title);
    return ERR_OK;
}

static enum err_code
reader_init(struct reader *r, enum movies_format format, struct block *b, bool text_ids,
            struct err *err)
{
    struct movies *m = r->m;
    enum err_code rc = shape_find(&r->shape, r->src, format, b, err);

    if (rc == ERR_OK)
        rc = find_latin1(r, format, b, err);
    if (rc == ERR_OK)
        rc = csvread_new(&r->csv, &r->shape.dialect, err);
    if (rc != ERR_OK)
        return rc;
    ids_init(&m->id, !text_ids);
    r->utf8 = mem_new(2 * SOURCE_MAX_RECORD + 1, 1);
    m->reject = mem_new(DATASET_REJECTS_KEPT, sizeof(*m->reject));
    if (r->utf8 == NULL || m->reject == NULL)
        return err_nomem(err, 2 * SOURCE_MAX_RECORD, "reading films");
    return make_room((void **)&m->genre_of.start, &r->cap_start, 0,
                     sizeof(*m->genre_of.start), err);
}

enum err_code
movies_read(struct movies **ret, struct source *src, enum movies_format format,
            bool text_ids, struct err *err)
{
    struct reader r = { .src = src, .m = mem_new(1, sizeof(*r.m)) };
    struct block b = { 0 };
    enum err_code rc;

    if (r.m == NULL)
        return err_nomem(err, sizeof(*r.m), "films");
    rc = block_init(&b, err);
    if (rc == ERR_OK)
        rc = reader_init(&r, format, &b, text_ids, err);
    if (rc == ERR_OK)
        rc = read_all(&r, &b, err);
    if (rc == ERR_OK)
        rc = sort_genres(&r, err);
    if (rc == ERR_OK)
        rc = sort_titles(r.m, err);
    block_done(&b);
    csvread_free(r.csv);
    ids_done(&r.genre);
    mem_free(r.utf8);
    if (rc != ERR_OK) {
        movies_free(r.m);
        return rc;
    }
    *ret = r.m;
    return ERR_OK;
}

uint32_t
movies_find(const struct movies *m, const struct ids *ids, size_t i)
{
    char buf[24];

    if (!ids->numeric)
        return ids_find(&m->id, strtab_get(&ids->text, i), strtab_len(&ids->text, i));
    if (m->id.numeric)
        return ids_find_num(&m->id, ids->num[i]);
    return ids_find(&m->id, buf,
                    (size_t)snprintf(buf, sizeof(buf), "%" PRId64, ids->num[i]));
}

int
movies_year(const char *title)
{
    const char *open = strrchr(title, '(');
    int year = 0;
    size_t i = 1;

    if (open == NULL)
        return 0;
    for (; i <= 4; i++) {
        if (open[i] < '0' || open[i] > '9')
            return 0;
        year = 10 * year + (open[i] - '0');
    }
    if (open[i] == '-')
        i++;
    else if (strncmp(open + i, "\xe2\x80\x93", 3) == 0)
        i += 3;
    if (i > 5)
        i += strspn(open + i, "0123456789");
    return open[i] == ')' && open[i + 1 + strspn(open + i + 1, " ")] == '\0' ? year : 0;
}
