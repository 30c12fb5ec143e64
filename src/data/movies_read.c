/*
 * movies_read.c - reading a movies file; see movies.h.
 *
 * One thread reads the whole file, a few MiB, while the others read ratings. Genres are
 * numbered as they come and put in byte order at the end.
 */
#include "config.h"

#include "src/data/movies.h"

#include "src/base/mem.h"
#include "src/base/text.h"
#include "src/data/filmid.h"
#include "src/data/movies_shape.h"
#include "src/data/records.h"

#include <stdlib.h>
#include <string.h>

/* A reading of a movies file. */
struct reader {
    struct movies *m;
    struct source *src;
    struct movies_shape shape;
    bool latin1;
    char *utf8;       /* (2 * SOURCE_MAX_RECORD + 1) owned: a converted title */
    struct ids genre; /* names in the order in which they came */
    size_t cap_start; /* room in genre_of.start */
    size_t cap_value; /* room in genre_of.value */
    size_t n_values;
};

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

/* Append v to an array of n numbers with room for *cap. */
static enum err_code
append(uint32_t **array, size_t *cap, size_t n, uint32_t v, struct err *err)
{
    if (n == *cap) {
        size_t more = 2 * *cap + 1024;
        uint32_t *p = mem_resize(*array, more, sizeof(*p));

        if (p == NULL)
            return err_nomem(err, more * sizeof(*p), "films");
        *array = p;
        *cap = more;
    }
    (*array)[n] = v;
    return ERR_OK;
}

static enum err_code
add_genre(struct reader *r, const char *s, size_t len, struct err *err)
{
    uint32_t at;
    enum err_code rc;

    if (len == 0 || (len == 18 && memcmp(s, "(no genres listed)", len) == 0))
        return ERR_OK;
    rc = ids_add_text(&r->genre, s, len, &at, err);
    if (rc == ERR_OK)
        rc = append(&r->m->genre_of.value, &r->cap_value, r->n_values, at, err);
    r->n_values += rc == ERR_OK;
    return rc;
}

/* The genres of the films read so far are complete. */
static enum err_code
end_genres(struct reader *r, struct err *err)
{
    return append(&r->m->genre_of.start, &r->cap_start, r->m->title.n,
                  (uint32_t)r->n_values, err);
}

static enum err_code
add_flags(struct reader *r, const struct csv_field *f, struct err *err)
{
    enum err_code rc = ERR_OK;

    for (int i = 0; rc == ERR_OK && i < MOVIES_FLAGS; i++)
        if (f[i].s[0] == '1')
            rc = add_genre(r, movies_flag[i], strlen(movies_flag[i]), err);
    return rc;
}

/* The id of a row whose fields are as many as they should be; ERR_DATA: rejected. */
static enum err_code
add_movie_id(struct reader *r, const struct csv_field *id, struct csv_fault *fault,
             struct err *err)
{
    const unsigned column = (unsigned)r->shape.at[MOVIES_ID] + 1;
    uint32_t at;
    enum err_code rc = filmid_check(&r->m->id, id, column, fault);

    if (rc != ERR_OK)
        return rc;
    if (ids_find(&r->m->id, id->s, id->len) != IDS_NONE)
        return csv_fault_set(fault, column, "movie id", id, "one row for each id");
    return filmid_add(&r->m->id, id, &at, err);
}

static enum err_code
check_text(const struct reader *r, const struct csv_field *f, int column,
           const char *name, struct csv_fault *fault)
{
    if (f->len == 0)
        return csv_fault_set(fault, (unsigned)column + 1, name, f, "some text");
    if (!r->latin1 && !text_is_utf8(f->s, f->len))
        return csv_fault_set(fault, (unsigned)column + 1, name, f, "text in UTF-8");
    return ERR_OK;
}

/* The field in UTF-8; a converted one dies with the next call. */
static struct csv_field
as_utf8(struct reader *r, const struct csv_field *f)
{
    if (!r->latin1)
        return *f;
    return (struct csv_field){ .s = r->utf8,
                               .len = text_from_latin1(f->s, f->len, r->utf8) };
}

static enum err_code
add_genres(struct reader *r, const struct csv_field *f, struct err *err)
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
add_title(struct reader *r, const struct csv_field *f, struct err *err)
{
    struct csv_field title = as_utf8(r, f);

    return strtab_add(&r->m->title, title.s, title.len, err);
}

/* A row of the file. */
static enum err_code
add_movie(void *arg, const struct record *rec, struct csv_fault *fault, struct err *err)
{
    struct reader *r = arg;
    const struct movies_shape *sh = &r->shape;
    const struct csv_field *f = rec->f;
    const struct csv_field *genres =
        sh->at[MOVIES_GENRES] != COLUMN_ABSENT ? &f[sh->at[MOVIES_GENRES]] : NULL;
    enum err_code rc;

    rc = check_text(r, &f[sh->at[MOVIES_TITLE]], sh->at[MOVIES_TITLE], "title", fault);
    if (rc == ERR_OK && genres != NULL && genres->len > 0)
        rc = check_text(r, genres, sh->at[MOVIES_GENRES], "genres", fault);
    if (rc == ERR_OK)
        rc = add_movie_id(r, &f[sh->at[MOVIES_ID]], fault, err);
    if (rc == ERR_OK)
        rc = add_title(r, &f[sh->at[MOVIES_TITLE]], err);
    if (rc == ERR_OK && genres != NULL)
        rc = add_genres(r, genres, err);
    if (rc == ERR_OK && sh->first_flag != COLUMN_ABSENT)
        rc = add_flags(r, &f[sh->first_flag], err);
    return rc == ERR_OK ? end_genres(r, err) : rc;
}

static void
take_hash(void *arg, const struct block *b)
{
    struct movies *m = ((struct reader *)arg)->m;

    m->hash[m->n_blocks++] = b->hash;
}

static enum err_code
read_all(struct reader *r, struct block *b, struct err *err)
{
    const struct records how = { .dialect = &r->shape.dialect,
                                 .has_header = r->shape.has_header,
                                 .n_fields = r->shape.n_fields,
                                 .file = source_name(r->src),
                                 .row = add_movie,
                                 .block = take_hash,
                                 .arg = r };

    return records_read(&how, r->src, b, &r->m->rejects, err);
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
    enum err_code rc = movies_shape_find(&r->shape, r->src, format, b, err);

    if (rc == ERR_OK)
        rc = find_latin1(r, format, b, err);
    if (rc == ERR_OK)
        rc = rejects_init(&m->rejects, err);
    if (rc != ERR_OK)
        return rc;
    ids_init(&m->id, !text_ids);
    r->utf8 = mem_new(2 * SOURCE_MAX_RECORD + 1, 1);
    m->hash = mem_new((size_t)source_n_blocks(r->src), sizeof(*m->hash));
    if (r->utf8 == NULL || m->hash == NULL)
        return err_nomem(err, 2 * SOURCE_MAX_RECORD, "reading films");
    return end_genres(r, err);
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
    ids_done(&r.genre);
    mem_free(r.utf8);
    if (rc != ERR_OK) {
        movies_free(r.m);
        return rc;
    }
    *ret = r.m;
    return ERR_OK;
}
