/* films.c - a sorted, filtered view of all films; see films.h. */
#include "config.h"

#include "src/explore/films.h"

#include "src/base/mem.h"
#include "src/base/text.h"
#include "src/explore/rank.h"

#include <assert.h>
#include <math.h>
#include <string.h>

static const struct {
    const char *name;
    bool high_first;
} sorts[] = {
#define X(id, name, high_first) { name, high_first },
    FILMS_SORT_LIST(X)
#undef X
};

const char *
films_sort_name(enum films_sort sort)
{
    assert(sort < FILMS_SORT_COUNT);
    return sorts[sort].name;
}

/* The first row after `row` that has the text in its title (`folded` by text_fold;
 * NULL: any row); 0: none has. */
static uint32_t
next_found(const struct catalog *c, const struct titlesearch *titles,
           const char *folded, uint32_t row)
{
    if (folded != NULL && titles != NULL)
        return titlesearch_next(titles, folded, row);
    while (row++ < c->n_items)
        if (folded == NULL || text_contains_folded(strtab_get(&c->title, row), folded))
            return row;
    return 0;
}

static bool
passes(const struct catalog *c, uint32_t row, const struct films_query *q)
{
    return c->count[row] != 0 && c->count[row] >= q->min_ratings &&
           filter_match(q->filter, row, false);
}

/* The value that the films are sorted by. Titles are no numbers: see number_titles. */
static double
value_of(const struct catalog *c, const struct model *m, uint32_t row,
         enum films_sort sort)
{
    switch (sort) {
    case FILMS_BY_BIAS:
        return (double)m->bi[row];
    case FILMS_BY_MEAN:
        return (double)c->mean[row];
    case FILMS_BY_RATINGS:
        return c->count[row];
    case FILMS_BY_YEAR:
        return c->year[row] != 0 ? c->year[row] : NAN;
    case FILMS_BY_TITLE:
    case FILMS_SORT_COUNT:
        break;
    }
    return 0;
}

/* Are the entries in order of title, as rows are where films of a title are one? */
static bool
titles_rise(const struct ranked *entry, size_t n, const struct catalog *c)
{
    for (size_t i = 1; i < n; i++)
        if (rank_compare_titles(c, entry[i - 1].row, entry[i].row) > 0)
            return false;
    return true;
}

/* Put the entries in order of their titles and number them by it, equal titles alike.
 */
static void
number_titles(struct ranked *entry, size_t n, const struct catalog *c)
{
    double number = 0;

    if (!titles_rise(entry, n, c))
        rank_best(entry, n, n, c);
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && strcmp(strtab_get(&c->title, entry[i - 1].row),
                            strtab_get(&c->title, entry[i].row)) != 0)
            number++;
        entry[i].key = number;
    }
}

/* Fill `entry` with the films that pass, in order of rows; *ret_n says how many. */
static enum err_code
gather(struct ranked *entry, size_t *ret_n, const struct catalog *c,
       const struct model *m, const struct films_query *q, struct err *err)
{
    char *folded = q->search != NULL ? text_fold(q->search) : NULL;
    size_t n = 0;

    if (q->search != NULL && folded == NULL)
        return err_nomem(err, strlen(q->search) + 1, "a search");
    for (uint32_t i = 0; (i = next_found(c, q->titles, folded, i)) != 0;)
        if (passes(c, i, q))
            entry[n++] = (struct ranked){ value_of(c, m, i, q->sort), i };
    mem_free(folded);
    *ret_n = n;
    return ERR_OK;
}

/* Give the films of `entry` their final keys, high ones first. */
static void
set_order(struct ranked *entry, size_t n, const struct catalog *c,
          const struct films_query *q)
{
    if (q->sort == FILMS_BY_TITLE)
        number_titles(entry, n, c);
    if (sorts[q->sort].high_first == q->reverse)
        for (size_t i = 0; i < n; i++)
            entry[i].key = -entry[i].key;
}

/* Put the best `limit` (0: all) in order; how many there are. Behind the entries there
 * is room for as many. */
static size_t
rank(struct ranked *entry, size_t n, size_t limit, const struct catalog *c)
{
    if (limit != 0 && limit < n / 2)
        return rank_best(entry, n, limit, c);
    rank_all(entry, entry + n, n, c);
    return limit != 0 && limit < n ? limit : n;
}

enum err_code
films_list(struct films *ret, const struct catalog *c, const struct model *m,
           const struct films_query *q, struct err *err)
{
    struct ranked *entry = mem_new(2 * (size_t)c->n_items, sizeof(*entry));
    uint32_t *row = NULL;
    size_t n = 0, best = 0;
    enum err_code rc;

    assert(q->sort < FILMS_SORT_COUNT && m->n_items == c->n_items);
    if (entry == NULL)
        return err_nomem(err, 2 * c->n_items * sizeof(*entry), "a list of films");
    rc = gather(entry, &n, c, m, q, err);
    if (rc != ERR_OK)
        goto out;
    set_order(entry, n, c, q);
    best = rank(entry, n, q->limit, c);
    row = mem_new(best, sizeof(*row));
    if (row == NULL) {
        rc = err_nomem(err, best * sizeof(*row), "a list of films");
        goto out;
    }
    for (size_t i = 0; i < best; i++)
        row[i] = entry[i].row;
    *ret = (struct films){ .row = row, .n = best, .n_match = n };
out:
    mem_free(entry);
    return rc;
}

void
films_done(struct films *f)
{
    mem_free(f->row);
    *f = (struct films){ 0 };
}
