/* links.c - IMDb's numbers of films; see links.h. */
#include "config.h"

#include "src/data/links.h"

#include "src/base/mem.h"
#include "src/base/text.h"
#include "src/data/filmid.h"
#include "src/data/layout.h"
#include "src/data/records.h"

#include <stdio.h>
#include <string.h>

enum { LINK_ID, LINK_IMDB };

struct reader {
    struct links *l;
    struct source *src;
    struct header header;
    size_t cap; /* room in imdb */
};

int32_t
links_imdb_number(const char *s)
{
    uint64_t number = 0;

    s += strncmp(s, "tt", 2) == 0 ? 2 : 0;
    return text_u64(s, &number) && number <= INT32_MAX ? (int32_t)number : -1;
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

/* A row of the file. */
static enum err_code
add_link(void *arg, const struct record *rec, struct csv_fault *fault, struct err *err)
{
    struct reader *r = arg;
    const struct csv_field *id = &rec->f[r->header.at[LINK_ID]];
    const struct csv_field *imdb = &rec->f[r->header.at[LINK_IMDB]];
    const unsigned id_column = (unsigned)r->header.at[LINK_ID] + 1;
    struct ids *ids = &r->l->id;
    int32_t number = links_imdb_number(imdb->s);
    uint32_t at = 0;
    enum err_code rc = filmid_check(ids, id, id_column, fault);

    if (rc != ERR_OK)
        return rc;
    if (imdb->len == 0)
        return ERR_OK; /* not known */
    if (number < 0)
        return csv_fault_set(fault, (unsigned)r->header.at[LINK_IMDB] + 1, "imdb id",
                             imdb, "digits, as in 0133093");
    if (ids_find(ids, id->s, id->len) != IDS_NONE)
        return csv_fault_set(fault, id_column, "movie id", id, "one row for each id");
    rc = make_room(r, err);
    if (rc == ERR_OK)
        rc = filmid_add(ids, id, &at, err);
    if (rc == ERR_OK)
        r->l->imdb[at] = number;
    return rc;
}

/* The header has not our columns: that is one row rejected. */
static void
reject_header(struct reader *r)
{
    struct csv_fault fault = { .column = 1 };

    snprintf(fault.reason, sizeof(fault.reason),
             "no column %s in the header, expected movieId,imdbId,tmdbId",
             r->header.missing);
    r->l->rejects.n_rows++;
    rejects_add(&r->l->rejects, source_name(r->src), 1, &fault);
}

static enum err_code
read_all(struct reader *r, struct block *b, struct err *err)
{
    static const struct header_names names = { .name = { "movieId", "imdbId" },
                                               .must = { true, true } };
    struct records how = { .dialect = &r->header.dialect,
                           .has_header = true,
                           .file = source_name(r->src),
                           .row = add_link,
                           .arg = r };
    enum err_code rc = source_next(r->src, b, err);

    if (rc == ERR_OK)
        rc = header_find(&r->header, &names, b->text, b->len, err);
    if (rc != ERR_OK || b->len == 0)
        return rc;
    if (r->header.missing != NULL) {
        reject_header(r);
        return ERR_OK;
    }
    source_rewind(r->src);
    source_set_quotes(r->src, dialect_quote_delim(&r->header.dialect));
    how.n_fields = r->header.n_fields;
    return records_read(&how, r->src, b, &r->l->rejects, err);
}

enum err_code
links_read(struct links **ret, struct source *src, bool text_ids, struct err *err)
{
    struct reader r = { .src = src, .l = mem_new(1, sizeof(*r.l)) };
    struct block b = { 0 };
    enum err_code rc;

    if (r.l == NULL)
        return err_nomem(err, sizeof(*r.l), "links");
    ids_init(&r.l->id, !text_ids);
    rc = rejects_init(&r.l->rejects, err);
    if (rc == ERR_OK)
        rc = block_init(&b, err);
    if (rc == ERR_OK)
        rc = read_all(&r, &b, err);
    block_done(&b);
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
    rejects_done(&l->rejects);
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
