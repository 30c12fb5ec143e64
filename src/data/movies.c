/* movies.c - films by id, and what a title says; see movies.h. */
#include "config.h"

#include "src/data/movies.h"

#include "src/base/mem.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

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
    rejects_done(&m->rejects);
    mem_free(m->hash);
    mem_free(m);
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

/* What follows the dash of a span and the year it ends with; p: there is no dash. */
static const char *
skip_span(const char *p)
{
    if (*p == '-')
        p++;
    else if (strncmp(p, "\xe2\x80\x93", 3) == 0) /* an en dash */
        p += 3;
    else
        return p;
    return p + strspn(p, "0123456789 ");
}

int
movies_year(const char *title)
{
    const char *p = strrchr(title, '(');
    int year = 0;

    if (p == NULL)
        return 0;
    p++;
    for (const char *end = p + 4; p < end; p++) {
        if (*p < '0' || *p > '9')
            return 0;
        year = 10 * year + (*p - '0');
    }
    p = skip_span(p);
    return *p == ')' && p[1 + strspn(p + 1, " ")] == '\0' ? year : 0;
}
