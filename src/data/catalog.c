/* catalog.c - users and films; see catalog.h. */
#include "config.h"

#include "src/data/catalog.h"

#include "src/base/mem.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
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
    listcol_done(&c->genre_of);
    strtab_done(&c->genre);
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

/* An id as a number, the way the file would write it: no sign, blank or zero before. */
static bool
parse_id(const char *s, int64_t *ret)
{
    char *end;

    if (*s < '0' || *s > '9' || (*s == '0' && s[1] != '\0'))
        return false;
    errno = 0;
    *ret = strtoll(s, &end, 10);
    return errno == 0 && *end == '\0';
}

uint32_t
catalog_find_user(const struct catalog *c, const char *id)
{
    uint32_t lo = 1, hi = c->n_users + 1;
    int64_t want = 0;

    if (c->user.numeric && !parse_id(id, &want))
        return 0;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        int64_t have = c->user.numeric ? c->user.num[mid] : 0;
        int cmp = c->user.numeric ? (have > want) - (have < want)
                                  : strcmp(strtab_get(&c->user.text, mid), id);

        if (cmp == 0)
            return mid;
        if (cmp < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return 0;
}

uint32_t
catalog_find_item(const struct catalog *c, const char *id)
{
    int64_t want = 0;

    if (c->item_id.numeric && !parse_id(id, &want))
        return 0;
    for (uint32_t row = 1; row <= c->n_items; row++)
        for (uint32_t k = c->id_of.start[row]; k < c->id_of.start[row + 1]; k++) {
            uint32_t at = c->id_of.value[k];

            if (c->item_id.numeric ? c->item_id.num[at] == want
                                   : strcmp(strtab_get(&c->item_id.text, at), id) == 0)
                return row;
        }
    return 0;
}

const char *
catalog_item_id(const struct catalog *c, uint32_t row, char buf[24])
{
    return idcol_text(&c->item_id, c->id_of.value[c->id_of.start[row]], buf);
}
