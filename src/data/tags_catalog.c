/*
 * tags_catalog.c - which tags a catalog keeps, and on which films; see tags.h.
 *
 * A film may be given a tag by many; it has it once. Taggings are put in order of tag,
 * then film, so that the films of each tag are counted and listed by one walk. There
 * are a million of them in MovieLens 25M: they are put in order by counting.
 */
#include "config.h"

#include "src/data/tags.h"

#include "src/base/mem.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* A tag on a film. */
struct tagging {
    uint32_t name, row;
};

struct keeping {
    struct catalog *c;
    const struct tags *t;
    struct tagging *tagging; /* (n) owned: rising, each once */
    struct tagging *spare;   /* (t->n) owned: for putting them in order */
    size_t *start;           /* (max(names, rows) + 1) owned: for that too */
    size_t n;
    uint32_t *n_films; /* (names) owned: films that have each tag */
    uint32_t *order;   /* (names) owned: tags by number of films, then name */
    uint32_t *place;   /* (names) owned: in c->tag, plus one; 0: not kept */
};

static inline uint32_t
key_of(const struct tagging *t, bool by_row)
{
    return by_row ? t->row : t->name;
}

/* Copy n taggings in order of one key below n_keys, equals as they came. */
static void
spread(const struct keeping *k, struct tagging *to, const struct tagging *from,
       size_t n, bool by_row, size_t n_keys)
{
    size_t *start = k->start;

    memset(start, 0, (n_keys + 1) * sizeof(*start));
    for (size_t i = 0; i < n; i++)
        start[key_of(&from[i], by_row) + 1]++;
    for (size_t i = 0; i < n_keys; i++)
        start[i + 1] += start[i];
    for (size_t i = 0; i < n; i++)
        to[start[key_of(&from[i], by_row)]++] = from[i];
}

/* Put n taggings in order of name (below n_names), then row (below n_rows). */
static void
put_in_order(const struct keeping *k, size_t n, size_t n_names, size_t n_rows)
{
    spread(k, k->spare, k->tagging, n, true, n_rows);
    spread(k, k->tagging, k->spare, n, false, n_names);
}

/* Rows of the films by the numbers of their ids; 0 where nobody rated it. */
static enum err_code
find_rows(uint32_t **ret, const struct keeping *k, struct err *err)
{
    const struct ids *ids = &k->t->film;
    uint32_t *row = mem_new(ids->n, sizeof(*row)), *row_at = NULL;
    enum err_code rc = row != NULL ? catalog_item_rows(&row_at, k->c, err)
                                   : err_nomem(err, ids->n * sizeof(*row), "tags");

    for (size_t i = 0; rc == ERR_OK && i < ids->n; i++) {
        char id[64];
        size_t at;

        ids_show(ids, i, id, sizeof(id));
        at = catalog_item_place(k->c, ids->numeric ? id : strtab_get(&ids->text, i));
        row[i] = at < k->c->item_id.n ? row_at[at] : 0;
    }
    mem_free(row_at);
    if (rc == ERR_OK)
        *ret = row;
    else
        mem_free(row);
    return rc;
}

/* Taggings of films that are there, in order, each once. */
static enum err_code
gather(struct keeping *k, struct err *err)
{
    const struct tags *t = k->t;
    uint32_t *row = NULL;
    size_t n = 0;
    enum err_code rc = find_rows(&row, k, err);

    if (rc != ERR_OK)
        return rc;
    for (size_t i = 0; i < t->n; i++)
        if (row[t->film_of[i]] != 0)
            k->tagging[n++] = (struct tagging){ t->name_of[i], row[t->film_of[i]] };
    mem_free(row);
    put_in_order(k, n, t->name.n, (size_t)k->c->n_items + 1);
    for (size_t i = 0; i < n; i++)
        if (k->n == 0 ||
            memcmp(&k->tagging[k->n - 1], &k->tagging[i], sizeof(*k->tagging)) != 0)
            k->tagging[k->n++] = k->tagging[i];
    for (size_t i = 0; i < k->n; i++)
        k->n_films[k->tagging[i].name]++;
    return ERR_OK;
}

/* qsort_r: on most films first, equals by name. */
static int
compare_use(const void *a, const void *b, void *arg)
{
    const struct keeping *k = arg;
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    if (k->n_films[x] != k->n_films[y])
        return k->n_films[x] > k->n_films[y] ? -1 : 1;
    return strcmp(strtab_get(&k->t->name.text, x), strtab_get(&k->t->name.text, y));
}

/* qsort_r: by name. */
static int
compare_names(const void *a, const void *b, void *arg)
{
    const struct strtab *names = arg;

    return strcmp(strtab_get(names, *(const uint32_t *)a),
                  strtab_get(names, *(const uint32_t *)b));
}

/* Choose the tags to keep and put their names, in byte order, into the catalog. */
static enum err_code
choose(struct keeping *k, struct err *err)
{
    const struct strtab *names = &k->t->name.text;
    size_t n = 0;
    enum err_code rc = ERR_OK;

    for (size_t i = 0; i < names->n; i++)
        k->order[i] = (uint32_t)i;
    qsort_r(k->order, names->n, sizeof(*k->order), compare_use, k);
    while (n < names->n && n < TAGS_KEPT && k->n_films[k->order[n]] >= TAGS_MIN_FILMS)
        n++;
    qsort_r(k->order, n, sizeof(*k->order), compare_names, (void *)names);
    for (size_t i = 0; rc == ERR_OK && i < n; i++) {
        rc = strtab_add(&k->c->tag, strtab_get(names, k->order[i]),
                        strtab_len(names, k->order[i]), err);
        k->place[k->order[i]] = (uint32_t)i + 1;
    }
    return rc;
}

/* The tags of each film, rising. */
static enum err_code
list(struct keeping *k, struct err *err)
{
    struct catalog *c = k->c;
    const size_t rows = (size_t)c->n_items + 1;
    size_t n = 0, kept = 0;

    for (size_t i = 0; i < k->n; i++) {
        const uint32_t place = k->place[k->tagging[i].name];

        if (place > 0)
            k->tagging[kept++] = (struct tagging){ k->tagging[i].row, place - 1 };
    }
    c->tag_of.start = mem_new(rows + 1, sizeof(*c->tag_of.start));
    c->tag_of.value = mem_new(kept, sizeof(*c->tag_of.value));
    if (c->tag_of.start == NULL || c->tag_of.value == NULL)
        return err_nomem(err, (rows + kept) * sizeof(*c->tag_of.value), "tags");
    /* Now the film is the first of a pair and the place of its tag the second. */
    put_in_order(k, kept, rows, c->tag.n);
    for (uint32_t row = 0; row < rows; row++) {
        c->tag_of.start[row] = (uint32_t)n;
        for (; n < kept && k->tagging[n].name == row; n++)
            c->tag_of.value[n] = k->tagging[n].row;
    }
    c->tag_of.start[rows] = (uint32_t)n;
    return ERR_OK;
}

enum err_code
tags_to_catalog(struct catalog *c, const struct tags *t, struct err *err)
{
    const size_t names = t->name.n, rows = (size_t)c->n_items + 1;
    struct keeping k = { .c = c, .t = t };
    enum err_code rc = ERR_OK;

    k.tagging = mem_new(t->n, sizeof(*k.tagging));
    k.spare = mem_new(t->n, sizeof(*k.spare));
    k.start = mem_new((names > rows ? names : rows) + 1, sizeof(*k.start));
    k.n_films = mem_new(names, sizeof(*k.n_films));
    k.order = mem_new(names, sizeof(*k.order));
    k.place = mem_new(names, sizeof(*k.place));
    if (k.tagging == NULL || k.spare == NULL || k.start == NULL || k.n_films == NULL ||
        k.order == NULL || k.place == NULL)
        rc = err_nomem(err, 2 * t->n * sizeof(*k.tagging), "tags");
    if (rc == ERR_OK)
        rc = gather(&k, err);
    if (rc == ERR_OK)
        rc = choose(&k, err);
    if (rc == ERR_OK && c->tag.n > 0)
        rc = list(&k, err);
    mem_free(k.tagging);
    mem_free(k.spare);
    mem_free(k.start);
    mem_free(k.n_films);
    mem_free(k.order);
    mem_free(k.place);
    return rc;
}
