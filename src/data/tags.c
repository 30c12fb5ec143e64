/* tags.c - reading words that people gave films; see tags.h. */
#include "config.h"

#include "src/data/tags.h"

#include "src/base/mem.h"
#include "src/base/text.h"
#include "src/data/filmid.h"
#include "src/data/layout.h"
#include "src/data/records.h"

#include <string.h>

enum { TAGS_FILM, TAGS_NAME, TAGS_COLUMNS };

struct reader {
    struct tags *t;
    struct source *src;
    struct dialect dialect;
    bool has_header, may_be_latin1;
    int at[TAGS_COLUMNS]; /* place of each field, from 0 */
    unsigned n_fields;
};

/* ---- where the fields are ---- */

static enum err_code
find_columns(struct reader *r, struct block *b, struct err *err)
{
    static const struct header_names names = { .name = { "movieId", "tag" },
                                               .must = { true, true } };
    struct header h;
    enum err_code rc = source_next(r->src, b, err);

    if (rc == ERR_OK)
        rc = header_find(&h, &names, b->text, b->len, err);
    if (rc != ERR_OK)
        return rc;
    if (h.missing != NULL)
        return header_fault(&h, b->text, b->len, source_name(r->src),
                            "expected userId,movieId,tag; without the file films have "
                            "no tags",
                            err);
    r->dialect = h.dialect;
    r->has_header = true;
    r->n_fields = h.n_fields;
    r->at[TAGS_FILM] = h.at[TAGS_FILM];
    r->at[TAGS_NAME] = h.at[TAGS_NAME];
    source_rewind(r->src);
    source_set_quotes(r->src, dialect_quote_delim(&r->dialect));
    return ERR_OK;
}

static enum err_code
find_shape(struct reader *r, enum tags_format format, struct block *b, struct err *err)
{
    static const struct dialect dat = { .delim = "::" };

    if (format == TAGS_CSV)
        return find_columns(r, b, err);
    r->dialect = dat;
    r->n_fields = 4;
    r->at[TAGS_FILM] = 1;
    r->at[TAGS_NAME] = 2;
    r->may_be_latin1 = true;
    return ERR_OK;
}

/* ---- rows ---- */

static enum err_code
reserve(struct tags *t, struct err *err)
{
    const size_t more = 2 * t->cap + 4096;
    uint32_t *film = NULL, *name = NULL;

    if (t->n < t->cap)
        return ERR_OK;
    film = mem_resize(t->film_of, more, sizeof(*film));
    if (film != NULL)
        t->film_of = film;
    name = mem_resize(t->name_of, more, sizeof(*name));
    if (name != NULL)
        t->name_of = name;
    if (film == NULL || name == NULL)
        return err_nomem(err, more * 8, "tags");
    t->cap = more;
    return ERR_OK;
}

/* The field without the blanks around it. */
static struct csv_field
trim(struct csv_field f)
{
    while (f.len > 0 && (*f.s == ' ' || *f.s == '\t')) {
        f.s++;
        f.len--;
    }
    while (f.len > 0 && (f.s[f.len - 1] == ' ' || f.s[f.len - 1] == '\t'))
        f.len--;
    return f;
}

/* One tagging of a name that is neither too long nor anything but UTF-8. */
static enum err_code
add_tagging(struct tags *t, uint32_t film, const char *name, size_t len,
            struct err *err)
{
    char text[TAGS_MAX_BYTES + 1], ascii[TAGS_MAX_BYTES + 1], *folded = NULL;
    const char *word = ascii;
    enum err_code rc = reserve(t, err);

    if (rc != ERR_OK)
        return rc;
    memcpy(text, name, len);
    text[len] = '\0';
    if (!text_fold_ascii(text, len, ascii)) {
        word = folded = text_fold(text);
        if (folded == NULL)
            return err_nomem(err, len + 1, "a tag");
    }
    rc = ids_add_text(&t->name, word, strlen(word), &t->name_of[t->n], err);
    mem_free(folded);
    t->film_of[t->n] = film;
    t->n += rc == ERR_OK;
    return rc;
}

static enum err_code
add_row(void *arg, const struct record *rec, struct csv_fault *fault, struct err *err)
{
    struct reader *r = arg;
    const struct csv_field *f = rec->f;
    const struct csv_field *cell = &f[r->at[TAGS_NAME]];
    const struct csv_field name = trim(*cell);
    const bool is_utf8 = text_is_utf8(name.s, name.len);
    char utf8[2 * TAGS_MAX_BYTES + 1];
    const struct csv_field *id = &f[r->at[TAGS_FILM]];
    uint32_t film = 0;
    size_t len;
    enum err_code rc =
        filmid_check(&r->t->film, id, (unsigned)r->at[TAGS_FILM] + 1, fault);

    if (rc == ERR_OK)
        rc = filmid_add(&r->t->film, id, &film, err);
    if (rc != ERR_OK)
        return rc;
    if (name.len == 0)
        return csv_fault_set(fault, (unsigned)r->at[TAGS_NAME] + 1, "tag", cell,
                             "a word");
    if (!is_utf8 && !r->may_be_latin1)
        return csv_fault_set(fault, (unsigned)r->at[TAGS_NAME] + 1, "tag", cell,
                             "text in UTF-8");
    if (name.len > TAGS_MAX_BYTES)
        return ERR_OK;
    if (is_utf8)
        return add_tagging(r->t, film, name.s, name.len, err);
    len = text_from_latin1(name.s, name.len, utf8);
    return len <= TAGS_MAX_BYTES ? add_tagging(r->t, film, utf8, len, err) : ERR_OK;
}

static enum err_code
read_all(struct reader *r, enum tags_format format, struct block *b, struct err *err)
{
    struct records how = { .file = source_name(r->src), .row = add_row, .arg = r };
    enum err_code rc = find_shape(r, format, b, err);

    if (rc != ERR_OK)
        return rc;
    how.dialect = &r->dialect;
    how.has_header = r->has_header;
    how.n_fields = r->n_fields;
    return records_read(&how, r->src, b, &r->t->rejects, err);
}

enum err_code
tags_read(struct tags **ret, struct source *src, enum tags_format format, bool text_ids,
          struct err *err)
{
    struct reader r = { .src = src, .t = mem_new(1, sizeof(*r.t)) };
    struct block b = { 0 };
    enum err_code rc;

    if (r.t == NULL)
        return err_nomem(err, sizeof(*r.t), "tags");
    ids_init(&r.t->film, !text_ids);
    ids_init(&r.t->name, false);
    rc = rejects_init(&r.t->rejects, err);
    if (rc == ERR_OK)
        rc = block_init(&b, err);
    if (rc == ERR_OK)
        rc = read_all(&r, format, &b, err);
    block_done(&b);
    if (rc == ERR_OK)
        *ret = r.t;
    else
        tags_free(r.t);
    return rc;
}

void
tags_free(struct tags *t)
{
    if (t == NULL)
        return;
    ids_done(&t->film);
    ids_done(&t->name);
    mem_free(t->film_of);
    mem_free(t->name_of);
    rejects_done(&t->rejects);
    mem_free(t);
}
