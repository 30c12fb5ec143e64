/* links.c - IMDb's numbers of films; see links.h. */
#include "config.h"

#include "src/data/links.h"

#include "src/base/mem.h"
#include "src/base/text.h"
#include "src/data/csvread.h"
#include "src/data/layout.h"

#include <stdio.h>
#include <string.h>

enum { LINK_ID, LINK_IMDB };

struct reader {
    struct links *l;
    struct source *src;
    struct header header;
    struct csvread *csv; /* owned; NULL: the header has not our columns */
    uint64_t line;
    size_t cap; /* room in imdb */
};

int32_t
links_imdb_number(const char *s)
{
    uint64_t number = 0;

    s += strncmp(s, "tt", 2) == 0 ? 2 : 0;
    return text_u64(s, &number) && number <= INT32_MAX ? (int32_t)number : -1;
}

static void
reject(struct reader *r, const struct csv_fault *fault)
{
    struct links *l = r->l;

    l->n_rejected++;
    if (l->n_kept == DATASET_REJECTS_KEPT)
        return;
    l->reject[l->n_kept] = (struct reject){ .file = source_name(r->src),
                                            .line = r->line,
                                            .column = fault->column };
    memcpy(l->reject[l->n_kept++].reason, fault->reason, sizeof(fault->reason));
}

/* Room for one more number. */
static enum err_code
make_room(struct reader *r, struct err *err)
{
    size_t cap = 2 * r->cap + 1024;
    int32_t *p;

    if (r->l->id.n < r->cap)
        return ERR_OK;
    p = mem_resize(r->l->imdb, cap, sizeof(*p));
    if (p == NULL)
        return err_nomem(err, cap * sizeof(*p), "links");
    r->l->imdb = p;
    r->cap = cap;
    return ERR_OK;
}

static enum err_code
add_link(struct reader *r, const struct field *id, const struct field *imdb,
         struct csv_fault *fault, struct err *err)
{
    const unsigned id_column = (unsigned)r->header.at[LINK_ID] + 1;
    struct ids *ids = &r->l->id;
    int32_t number = links_imdb_number(imdb->s);
    uint32_t at = 0;
    int64_t num = 0;
    enum err_code rc;

    if (ids->numeric ? !ids_parse(id->s, id->len, &num)
                     : id->len == 0 || !text_is_utf8(id->s, id->len))
        return csv_fault_set(fault, id_column, "movie id", id, "an id of movies.csv");
    if (imdb->len == 0)
        return ERR_OK; /* not known */
    if (number < 0)
        return csv_fault_set(fault, (unsigned)r->header.at[LINK_IMDB] + 1, "imdb id",
                             imdb, "digits, as in 0133093");
    if (ids_find(ids, id->s, id->len) != IDS_NONE)
        return csv_fault_set(fault, id_column, "movie id", id, "one row for each id");
    rc = make_room(r, err);
    if (rc == ERR_OK)
        rc = ids->numeric ? ids_add_num(ids, num, &at, err)
                          : ids_add_text(ids, id->s, id->len, &at, err);
    if (rc == ERR_OK)
        r->l->imdb[at] = number;
    return rc;
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
    r->l->n_rows++;
    if (rc == ERR_OK && n != r->header.n_fields)
        rc = csv_fault_count(&fault, n, r->header.n_fields);
    if (rc == ERR_OK)
        rc = add_link(r, &f[r->header.at[LINK_ID]], &f[r->header.at[LINK_IMDB]], &fault,
                      err);
    if (rc == ERR_DATA)
        reject(r, &fault);
    return rc == ERR_DATA ? ERR_OK : rc;
}

/* Take the columns from the header; without them that is one row rejected. */
static enum err_code
read_header(struct reader *r, const struct block *b, struct err *err)
{
    static const struct header_names names = { .name = { "movieId", "imdbId" },
                                               .must = { true, true } };
    enum err_code rc = header_find(&r->header, &names, b->text, b->len, err);

    if (rc != ERR_OK)
        return rc;
    if (r->header.missing == NULL && b->len > 0)
        return csvread_new(&r->csv, &r->header.dialect, err);
    if (b->len > 0) {
        struct csv_fault fault = { .column = 1 };

        snprintf(fault.reason, sizeof(fault.reason),
                 "no column %s in the header, expected movieId,imdbId,tmdbId",
                 r->header.missing);
        r->line = 1;
        r->l->n_rows++;
        reject(r, &fault);
    }
    return ERR_OK;
}

static enum err_code
read_text(struct reader *r, const struct block *b, struct err *err)
{
    char delim = dialect_quote_delim(&r->header.dialect);
    const char *s = b->text;
    size_t len = b->len;
    bool header = b->first;
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
read_all(struct reader *r, struct err *err)
{
    struct block b = { 0 };
    enum err_code rc = block_init(&b, err);

    if (rc == ERR_OK)
        rc = source_next(r->src, &b, err);
    if (rc == ERR_OK)
        rc = read_header(r, &b, err);
    source_rewind(r->src);
    if (r->csv != NULL)
        source_set_quotes(r->src, dialect_quote_delim(&r->header.dialect));
    r->line = 1;
    while (rc == ERR_OK && r->csv != NULL) {
        rc = source_next(r->src, &b, err);
        if (rc != ERR_OK || b.n_bytes == 0)
            break;
        rc = read_text(r, &b, err);
    }
    block_done(&b);
    return rc;
}

enum err_code
links_read(struct links **ret, struct source *src, bool text_ids, struct err *err)
{
    struct reader r = { .src = src, .l = mem_new(1, sizeof(*r.l)) };
    enum err_code rc;

    if (r.l == NULL)
        return err_nomem(err, sizeof(*r.l), "links");
    ids_init(&r.l->id, !text_ids);
    r.l->reject = mem_new(DATASET_REJECTS_KEPT, sizeof(*r.l->reject));
    rc = r.l->reject != NULL
             ? read_all(&r, err)
             : err_nomem(err, DATASET_REJECTS_KEPT * sizeof(*r.l->reject), "links");
    csvread_free(r.csv);
    if (rc == ERR_OK)
        *ret = r.l;
    else
        links_free(r.l);
    return rc;
}

void
links_free(struct links *l)
{
    if (l == NULL)
        return;
    ids_done(&l->id);
    mem_free(l->imdb);
    mem_free(l->reject);
    mem_free(l);
}

enum err_code
links_apply(const struct links *l, struct catalog *c, struct err *err)
{
    int32_t *imdb = mem_new(c->item_id.n, sizeof(*imdb));
    bool any = false;

    if (imdb == NULL)
        return err_nomem(err, c->item_id.n * sizeof(*imdb), "links");
    for (size_t i = 0; i < c->item_id.n; i++) {
        char buf[24];
        const char *id = idcol_text(&c->item_id, i, buf);
        uint32_t at = ids_find(&l->id, id, strlen(id));

        imdb[i] = at != IDS_NONE ? l->imdb[at] : 0;
        any |= imdb[i] != 0;
    }
    if (any)
        c->imdb = imdb;
    else
        mem_free(imdb);
    return ERR_OK;
}
