/* catalog.c - users and films; see catalog.h. */
#include "config.h"

#include "src/data/catalog.h"

#include "src/base/mem.h"
#include "src/data/ids.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum err_code
catalog_new(struct catalog **ret, struct err *err)
{
    struct catalog *c = mem_new(1, sizeof(*c));

    if (c == NULL)
        return err_nomem(err, sizeof(*c), "a catalog");
    *ret = c;
    return ERR_OK;
}

void
idcol_done(struct idcol *c)
{
    mem_free(c->num);
    strtab_done(&c->text);
    *c = (struct idcol){ 0 };
}

void
listcol_done(struct listcol *c)
{
    mem_free(c->start);
    mem_free(c->value);
    *c = (struct listcol){ 0 };
}

void
catalog_free(struct catalog *c)
{
    if (c == NULL)
        return;
    idcol_done(&c->user);
    strtab_done(&c->title);
    mem_free(c->year);
    listcol_done(&c->id_of);
    idcol_done(&c->item_id);
    mem_free(c->imdb);
    listcol_done(&c->genre_of);
    strtab_done(&c->genre);
    listcol_done(&c->tag_of);
    strtab_done(&c->tag);
    mem_free(c->count);
    mem_free(c->mean);
    mem_free(c);
}

const char *
idcol_text(const struct idcol *c, size_t i, char buf[24])
{
    if (!c->numeric)
        return strtab_get(&c->text, i);
    snprintf(buf, 24, "%" PRId64, c->num[i]);
    return buf;
}

/* Place of an id among places [first, c->n), which rise; c->n when it is not there. */
static size_t
find_id(const struct idcol *c, size_t first, const char *id)
{
    size_t lo = first, hi = c->n;
    int64_t want = 0;

    if (c->numeric && !ids_parse(id, strlen(id), &want))
        return c->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        int cmp = c->numeric ? (c->num[mid] > want) - (c->num[mid] < want)
                             : strcmp(strtab_get(&c->text, mid), id);

        if (cmp == 0)
            return mid;
        if (cmp < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return c->n;
}

uint32_t
catalog_find_user(const struct catalog *c, const char *id)
{
    size_t row = find_id(&c->user, 1, id);

    return row < c->user.n ? (uint32_t)row : 0;
}

/* Row of the film that has the id at place `at`. Each id is in one list. Titles order
 * the lists, so this is a walk along integers: some microseconds for all of MovieLens.
 */
static uint32_t
row_of(const struct catalog *c, size_t at)
{
    uint32_t k = 0, row = 0;

    while (c->id_of.value[k] != at)
        k++;
    while (c->id_of.start[row + 1] <= k)
        row++;
    return row;
}

uint32_t
catalog_find_item(const struct catalog *c, const char *id)
{
    size_t at = find_id(&c->item_id, 0, id);

    return at < c->item_id.n ? row_of(c, at) : 0;
}

size_t
catalog_item_place(const struct catalog *c, const char *id)
{
    return find_id(&c->item_id, 0, id);
}

enum err_code
catalog_item_rows(uint32_t **ret, const struct catalog *c, struct err *err)
{
    uint32_t *row_at = mem_new(c->item_id.n, sizeof(*row_at));

    if (row_at == NULL)
        return err_nomem(err, c->item_id.n * sizeof(*row_at), "rows of films");
    for (uint32_t row = 1; row <= c->n_items; row++)
        for (uint32_t k = c->id_of.start[row]; k < c->id_of.start[row + 1]; k++)
            row_at[c->id_of.value[k]] = row;
    *ret = row_at;
    return ERR_OK;
}

uint32_t
catalog_find_imdb(const struct catalog *c, int32_t number)
{
    size_t at = 0;

    if (c->imdb == NULL || number == 0)
        return 0;
    while (at < c->item_id.n && c->imdb[at] != number)
        at++;
    return at < c->item_id.n ? row_of(c, at) : 0;
}

bool
catalog_knows_imdb(const struct catalog *c, uint32_t row)
{
    for (uint32_t k = c->id_of.start[row]; k < c->id_of.start[row + 1]; k++)
        if (c->imdb != NULL && c->imdb[c->id_of.value[k]] != 0)
            return true;
    return false;
}

const char *
catalog_item_id(const struct catalog *c, uint32_t row, char buf[24])
{
    return idcol_text(&c->item_id, c->id_of.value[c->id_of.start[row]], buf);
}
