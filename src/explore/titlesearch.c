/*
 * titlesearch.c - which films have a text in their title; see titlesearch.h.
 *
 * Folded titles lie in a row, a NUL between two. A text has no NUL, so a match never
 * reaches from one title into the next.
 */
#include "config.h"

#include "src/explore/titlesearch.h"

#include "src/base/mem.h"
#include "src/base/strtab.h"
#include "src/base/text.h"

#include <string.h>

struct titlesearch {
    struct strtab folded; /* (n + 1) as catalog.title */
};

static enum err_code
fold_all(struct strtab *ret, const struct strtab *title, struct err *err)
{
    enum err_code rc = ERR_OK;

    for (size_t i = 0; i < title->n && rc == ERR_OK; i++) {
        char *folded = text_fold(strtab_get(title, i));

        rc = folded != NULL ? strtab_add(ret, folded, strlen(folded), err)
                            : err_nomem(err, strtab_len(title, i) + 1, "a title");
        mem_free(folded);
    }
    return rc;
}

enum err_code
titlesearch_new(struct titlesearch **ret, const struct catalog *c, struct err *err)
{
    struct titlesearch *t = mem_new(1, sizeof(*t));
    enum err_code rc;

    if (t == NULL)
        return err_nomem(err, sizeof(*t), "a search of titles");
    rc = fold_all(&t->folded, &c->title, err);
    if (rc != ERR_OK) {
        titlesearch_free(t);
        return rc;
    }
    *ret = t;
    return ERR_OK;
}

void
titlesearch_free(struct titlesearch *t)
{
    if (t == NULL)
        return;
    strtab_done(&t->folded);
    mem_free(t);
}

/* The row, from `lo` on, whose title lies at offset `at` of the bytes: looked for in
 * steps that double, since it is near where many titles have the text. */
static size_t
row_at(const struct strtab *folded, size_t lo, uint64_t at)
{
    size_t step = 1, hi = lo + 1;

    while (hi < folded->n && folded->start[hi] <= at) {
        lo = hi;
        step *= 2;
        hi = folded->n - lo > step ? lo + step : folded->n;
    }
    while (hi - lo > 1) {
        size_t mid = lo + (hi - lo) / 2;

        if (folded->start[mid] <= at)
            lo = mid;
        else
            hi = mid;
    }
    return lo;
}

uint32_t
titlesearch_next(const struct titlesearch *t, const char *folded, uint32_t row)
{
    const struct strtab *f = &t->folded;
    const char *from, *at;

    if ((size_t)row + 1 >= f->n)
        return 0;
    from = strtab_get(f, row + 1);
    at = memmem(from, (size_t)(f->start[f->n] - f->start[row + 1]), folded,
                strlen(folded));
    return at != NULL ? (uint32_t)row_at(f, row + 1, (uint64_t)(at - f->bytes)) : 0;
}
