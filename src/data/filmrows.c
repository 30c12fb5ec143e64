/*
 * filmrows.c - rows of films; see filmrows.h.
 *
 * The movies file is sorted by title already, so the rated films come in the order of
 * their titles by walking it; ids without a film are sorted and merged in.
 */
#include "config.h"

#include "src/data/filmrows.h"

#include "src/base/mem.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is at hand while the rows are made. Films are named by their number in ids. */
struct making {
    struct catalog *c;
    const struct ids *ids;
    const struct movies *movies; /* or NULL */
    uint32_t *by_id;             /* (n) numbers by rising id */
    uint32_t *film;              /* (n) film of the movies file, or IDS_NONE */
    uint32_t *order;             /* (n) numbers in the order of rows */
    uint32_t *row;               /* (n) row of each number */
    struct strtab text; /* (n) ids as text, by number: titles where there is no film */
};

static void
making_done(struct making *mk)
{
    mem_free(mk->by_id);
    mem_free(mk->film);
    mem_free(mk->order);
    mem_free(mk->row);
    strtab_done(&mk->text);
}

static const char *
title_of(const struct making *mk, uint32_t number)
{
    return mk->film[number] != IDS_NONE
               ? strtab_get(&mk->movies->title, mk->film[number])
               : strtab_get(&mk->text, number);
}

static enum err_code
id_texts(struct making *mk, struct err *err)
{
    const struct ids *ids = mk->ids;
    enum err_code rc = ERR_OK;

    for (size_t i = 0; rc == ERR_OK && i < ids->n; i++) {
        char buf[24];
        int len = 0;

        if (mk->film[i] != IDS_NONE) /* it has a title: no text is needed */
            rc = strtab_add(&mk->text, "", 0, err);
        else if (!ids->numeric)
            rc = strtab_add(&mk->text, strtab_get(&ids->text, i),
                            strtab_len(&ids->text, i), err);
        else {
            len = snprintf(buf, sizeof(buf), "%" PRId64, ids->num[i]);
            rc = strtab_add(&mk->text, buf, (size_t)len, err);
        }
    }
    return rc;
}

static enum err_code
making_init(struct making *mk, struct err *err)
{
    size_t n = mk->ids->n;
    enum err_code rc = ids_sorted(mk->ids, &mk->by_id, err);

    if (rc != ERR_OK)
        return rc;
    mk->film = mem_new(n, sizeof(*mk->film));
    mk->order = mem_new(n, sizeof(*mk->order));
    mk->row = mem_new(n, sizeof(*mk->row));
    if (mk->film == NULL || mk->order == NULL || mk->row == NULL)
        return err_nomem(err, n * 12, "rows of films");
    for (size_t i = 0; i < n; i++)
        mk->film[i] =
            mk->movies != NULL ? movies_find(mk->movies, mk->ids, i) : IDS_NONE;
    return id_texts(mk, err);
}

static int
by_text(const void *a, const void *b, void *arg)
{
    const struct strtab *t = arg;

    return strcmp(strtab_get(t, *(const uint32_t *)a),
                  strtab_get(t, *(const uint32_t *)b));
}

/* Numbers of rated films in the order of their titles, of one title in that of the
 * movies file; returns how many. */
static enum err_code
known_by_title(const struct making *mk, uint32_t *ret, size_t *ret_n, struct err *err)
{
    size_t n_movies = mk->movies != NULL ? mk->movies->title.n : 0, n = 0;
    uint32_t *number = mem_new(n_movies, sizeof(*number)); /* plus one; 0: not rated */

    if (number == NULL)
        return err_nomem(err, n_movies * sizeof(*number), "rows of films");
    for (size_t i = 0; i < mk->ids->n; i++)
        if (mk->film[i] != IDS_NONE)
            number[mk->film[i]] = (uint32_t)i + 1;
    for (size_t i = 0; i < n_movies; i++) {
        uint32_t at = number[mk->movies->by_title[i]];

        if (at != 0)
            ret[n++] = at - 1;
    }
    mem_free(number);
    *ret_n = n;
    return ERR_OK;
}

/* Merge the known films and the sorted unknown ones, both in order. */
static void
merge_by_title(struct making *mk, const uint32_t *known, size_t n_known,
               const uint32_t *unknown, size_t n_unknown)
{
    size_t k = 0, u = 0;

    for (size_t i = 0; i < mk->ids->n; i++) {
        bool take_known =
            u == n_unknown || (k < n_known && strcmp(title_of(mk, known[k]),
                                                     title_of(mk, unknown[u])) <= 0);

        mk->order[i] = take_known ? known[k++] : unknown[u++];
    }
}

static enum err_code
order_by_title(struct making *mk, struct err *err)
{
    size_t n = mk->ids->n, n_known = 0, n_unknown = 0;
    uint32_t *known = mem_new(n, sizeof(*known)),
             *unknown = mem_new(n, sizeof(*unknown));
    enum err_code rc;

    if (known == NULL || unknown == NULL)
        rc = err_nomem(err, n * sizeof(*known), "rows of films");
    else
        rc = known_by_title(mk, known, &n_known, err);
    if (rc == ERR_OK) {
        for (size_t i = 0; i < n; i++)
            if (mk->film[i] == IDS_NONE)
                unknown[n_unknown++] = (uint32_t)i;
        qsort_r(unknown, n_unknown, sizeof(*unknown), by_text, &mk->text);
        merge_by_title(mk, known, n_known, unknown, n_unknown);
    }
    mem_free(known);
    mem_free(unknown);
    return rc;
}

/* Give rows to the numbers in order, and titles to the rows. */
static enum err_code
number_rows(struct making *mk, bool merge, struct err *err)
{
    struct catalog *c = mk->c;
    const char *last = NULL;
    enum err_code rc = strtab_add(&c->title, "", 0, err);

    for (size_t i = 0; rc == ERR_OK && i < mk->ids->n; i++) {
        const char *title = title_of(mk, mk->order[i]);

        if (!merge || last == NULL || strcmp(last, title) != 0) {
            rc = strtab_add(&c->title, title, strlen(title), err);
            c->n_items++;
        }
        last = title;
        mk->row[mk->order[i]] = c->n_items;
    }
    return rc;
}

enum err_code
filmrows_ids(struct idcol *ret, const struct ids *ids, const uint32_t *order, bool na,
             struct err *err)
{
    enum err_code rc = ERR_OK;

    ret->n = ids->n + na;
    ret->numeric = ids->numeric;
    if (ids->numeric) {
        ret->num = mem_new(ret->n, sizeof(*ret->num));
        if (ret->num == NULL)
            return err_nomem(err, ret->n * sizeof(*ret->num), "ids");
        for (size_t i = 0; i < ids->n; i++)
            ret->num[i + na] = ids->num[order[i]];
        return ERR_OK;
    }
    if (na)
        rc = strtab_add(&ret->text, "", 0, err);
    for (size_t i = 0; rc == ERR_OK && i < ids->n; i++)
        rc = strtab_add(&ret->text, strtab_get(&ids->text, order[i]),
                        strtab_len(&ids->text, order[i]), err);
    return rc;
}

static enum err_code
list_new(struct listcol *l, size_t n_rows, size_t n_values, struct err *err)
{
    l->start = mem_new(n_rows + 1, sizeof(*l->start));
    l->value = mem_new(n_values, sizeof(*l->value));
    if (l->start == NULL || l->value == NULL)
        return err_nomem(err, (n_rows + n_values) * sizeof(*l->value),
                         "lists of films");
    return ERR_OK;
}

/* Ids of each row, rising: positions in item_id, which is in the order of by_id. */
static enum err_code
list_ids(struct making *mk, struct err *err)
{
    struct listcol *l = &mk->c->id_of;
    size_t n_rows = (size_t)mk->c->n_items + 1;
    enum err_code rc = list_new(l, n_rows + 1, mk->ids->n, err);

    if (rc != ERR_OK)
        return rc;
    /* start[row + 2] counts, then start[row + 1] is where the row's next id goes. */
    for (size_t i = 0; i < mk->ids->n; i++)
        l->start[mk->row[i] + 2]++;
    for (size_t row = 0; row < n_rows; row++)
        l->start[row + 1] += l->start[row];
    for (size_t i = 0; i < mk->ids->n; i++)
        l->value[l->start[mk->row[mk->by_id[i]] + 1]++] = (uint32_t)i;
    return ERR_OK;
}

/* Append the genres of a film that the row from `first` on does not have yet. */
static void
add_genres(const struct movies *m, uint32_t film, uint32_t *value, uint32_t first,
           uint32_t *n)
{
    for (uint32_t k = m->genre_of.start[film]; k < m->genre_of.start[film + 1]; k++) {
        uint32_t at = first;

        while (at < *n && value[at] != m->genre_of.value[k])
            at++;
        if (at == *n)
            value[(*n)++] = m->genre_of.value[k];
    }
}

static enum err_code
list_genres(struct making *mk, struct err *err)
{
    struct catalog *c = mk->c;
    const struct movies *m = mk->movies;
    size_t most = m != NULL ? m->genre_of.start[m->title.n] : 0;
    uint32_t n = 0;
    enum err_code rc = list_new(&c->genre_of, (size_t)c->n_items + 1, most, err);

    for (uint32_t row = 1; rc == ERR_OK && row <= c->n_items; row++) {
        c->genre_of.start[row] = n;
        for (uint32_t k = c->id_of.start[row]; k < c->id_of.start[row + 1]; k++) {
            uint32_t film = mk->film[mk->by_id[c->id_of.value[k]]];

            if (film != IDS_NONE)
                add_genres(m, film, c->genre_of.value, c->genre_of.start[row], &n);
        }
    }
    if (rc == ERR_OK)
        c->genre_of.start[c->n_items + 1] = n;
    for (size_t i = 0; rc == ERR_OK && m != NULL && i < m->genre.n; i++)
        rc = strtab_add(&c->genre, strtab_get(&m->genre, i), strtab_len(&m->genre, i),
                        err);
    return rc;
}

static enum err_code
find_years(struct catalog *c, struct err *err)
{
    c->year = mem_new((size_t)c->n_items + 1, sizeof(*c->year));
    if (c->year == NULL)
        return err_nomem(err, c->n_items * sizeof(*c->year), "years");
    for (uint32_t row = 1; row <= c->n_items; row++)
        c->year[row] = (int16_t)movies_year(strtab_get(&c->title, row));
    return ERR_OK;
}

static enum err_code
make_rows(struct making *mk, enum dataset_item item, struct err *err)
{
    enum err_code rc = ERR_OK;

    if (mk->ids->n > INT32_MAX)
        return err_set(err, ERR_UNAVAILABLE, "more than %d films", INT32_MAX);
    if (item == DATASET_ITEM_TITLE)
        rc = order_by_title(mk, err);
    else
        memcpy(mk->order, mk->by_id, mk->ids->n * sizeof(*mk->order));
    if (rc == ERR_OK)
        rc = number_rows(mk, item == DATASET_ITEM_TITLE, err);
    if (rc == ERR_OK)
        rc = filmrows_ids(&mk->c->item_id, mk->ids, mk->by_id, false, err);
    if (rc == ERR_OK)
        rc = list_ids(mk, err);
    if (rc == ERR_OK)
        rc = list_genres(mk, err);
    if (rc == ERR_OK)
        rc = find_years(mk->c, err);
    return rc;
}

enum err_code
filmrows_make(struct catalog *c, uint32_t **ret_row, const struct ids *ids,
              const struct movies *movies, enum dataset_item item, struct err *err)
{
    struct making mk = { .c = c, .ids = ids, .movies = movies };
    enum err_code rc = making_init(&mk, err);

    if (rc == ERR_OK)
        rc = make_rows(&mk, item, err);
    if (rc == ERR_OK) {
        *ret_row = mk.row;
        mk.row = NULL;
    }
    making_done(&mk);
    return rc;
}
