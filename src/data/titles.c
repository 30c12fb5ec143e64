/*
 * titles.c - which film a title means; see titles.h.
 *
 * Keys of names are numbered by a table of ids; the films of a key are a list. The
 * nearest titles are found by edits between keys, tried only where length and letters
 * allow few enough.
 */
#include "config.h"

#include "src/data/titles.h"

#include "src/base/mem.h"
#include "src/base/text.h"
#include "src/data/ids.h"
#include "src/data/movies.h"
#include "src/data/titles_names.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define FEW_EDITS 5 /* most that make a title similar */
#define NONE      UINT32_MAX

struct entry {
    uint32_t row;
    uint32_t next; /* entry of the same key, or NONE */
    enum name_kind kind;
};

struct titles {
    const struct catalog *catalog; /* borrowed */
    struct ids key;                /* text: the keys of all names */
    uint32_t *first;               /* (cap_keys) first entry of a key */
    size_t cap_keys;
    struct entry *entry; /* (n) */
    size_t n, cap;
    uint32_t *main;    /* (n_items + 1) number of the key of the main name */
    uint32_t *letters; /* (n_items + 1) letters_of it; 0: there is none */
};

/* ---- the index ---------------------------------------------------------------- */

/* A bit for each letter or digit that is in a key. */
static uint32_t
letters_of(const char *key)
{
    uint32_t letters = 1; /* never 0 */

    for (; *key != '\0'; key++)
        letters |= (uint32_t)1 << ((unsigned char)*key & 31);
    return letters;
}

static enum err_code
make_room(struct titles *t, struct err *err)
{
    if (t->key.n == t->cap_keys) {
        size_t cap = 2 * t->cap_keys + 1024;
        uint32_t *p = mem_resize(t->first, cap, sizeof(*p));

        if (p == NULL)
            return err_nomem(err, cap * sizeof(*p), "titles");
        for (size_t i = t->cap_keys; i < cap; i++)
            p[i] = NONE;
        t->first = p;
        t->cap_keys = cap;
    }
    if (t->n == t->cap) {
        size_t cap = 2 * t->cap + 1024;
        struct entry *p = mem_resize(t->entry, cap, sizeof(*p));

        if (p == NULL)
            return err_nomem(err, cap * sizeof(*p), "titles");
        t->entry = p;
        t->cap = cap;
    }
    return ERR_OK;
}

/* The film has this key too, unless it has it already. */
static enum err_code
add_key(struct titles *t, uint32_t row, const char *key, enum name_kind kind,
        struct err *err)
{
    uint32_t number = 0;
    enum err_code rc = make_room(t, err);

    if (rc == ERR_OK)
        rc = ids_add_text(&t->key, key, strlen(key), &number, err);
    if (rc != ERR_OK)
        return rc;
    for (uint32_t e = t->first[number]; e != NONE; e = t->entry[e].next)
        if (t->entry[e].row == row)
            return ERR_OK;
    t->entry[t->n] = (struct entry){ row, t->first[number], kind };
    t->first[number] = (uint32_t)t->n++;
    return ERR_OK;
}

static enum err_code
add_film(struct titles *t, uint32_t row, struct err *err)
{
    struct title_name name[TITLES_NAMES];
    size_t n = titles_split(name, strtab_get(&t->catalog->title, row));
    char key[TITLES_KEY];
    enum err_code rc = ERR_OK;

    for (size_t i = 0; rc == ERR_OK && i < n; i++) {
        if (titles_key(&name[i], key) == 0)
            continue;
        rc = add_key(t, row, key, name[i].kind, err);
        if (rc == ERR_OK && (i == 0 || (i == 1 && name[i].kind == NAME_OTHER))) {
            t->letters[row] = letters_of(key);
            t->main[row] = ids_find(&t->key, key, strlen(key));
        }
    }
    for (size_t i = 0; rc == ERR_OK && i < n; i++)
        if (name[i].kind != NAME_BEGIN && titles_bare_key(&name[i], key))
            rc = add_key(t, row, key, NAME_BARE, err);
    return rc;
}

enum err_code
titles_new(struct titles **ret, const struct catalog *c, struct err *err)
{
    struct titles *t = mem_new(1, sizeof(*t));
    enum err_code rc = ERR_OK;

    if (t == NULL)
        return err_nomem(err, sizeof(*t), "titles");
    t->catalog = c;
    ids_init(&t->key, false);
    t->letters = mem_new((size_t)c->n_items + 1, sizeof(*t->letters));
    t->main = mem_new((size_t)c->n_items + 1, sizeof(*t->main));
    if (t->letters == NULL || t->main == NULL)
        rc = err_nomem(err, c->n_items * sizeof(*t->main), "titles");
    for (uint32_t row = 1; rc == ERR_OK && row <= c->n_items; row++)
        rc = add_film(t, row, err);
    if (rc == ERR_OK)
        *ret = t;
    else
        titles_free(t);
    return rc;
}

void
titles_free(struct titles *t)
{
    if (t == NULL)
        return;
    ids_done(&t->key);
    mem_free(t->first);
    mem_free(t->entry);
    mem_free(t->letters);
    mem_free(t->main);
    mem_free(t);
}

/* ---- finding ------------------------------------------------------------------ */

/* How well a film of a key fits: 0 is best; -1: not at all. */
static int
misfit(const struct titles *t, const struct entry *e, int year)
{
    int its = t->catalog->year[e->row], off = 0;

    if (e->kind == NAME_BEGIN && (year == 0 || its != year))
        return -1;
    if (year != 0 && its != 0)
        off = its > year ? its - year : year - its;
    if (off > 1)
        return -1;
    return 4 * off + (int)e->kind;
}

/* Do two films have one title? Then they are one film with two ids. */
static bool
same_film(const struct catalog *c, uint32_t a, uint32_t b)
{
    return strcmp(strtab_get(&c->title, a), strtab_get(&c->title, b)) == 0;
}

/* Take a film that fits as well as those before it: the more rated comes first. */
static void
take(const struct catalog *c, struct titles_found *f, uint32_t row)
{
    size_t at = f->n_near;

    for (size_t i = 0; i < f->n_near; i++)
        if (same_film(c, f->near[i], row)) {
            if (c->count[row] > c->count[f->near[i]])
                f->near[i] = row;
            return;
        }
    f->n++;
    while (at > 0 && c->count[f->near[at - 1]] < c->count[row])
        at--;
    if (at == TITLES_NEAR)
        return;
    f->n_near += f->n_near < TITLES_NEAR;
    memmove(&f->near[at + 1], &f->near[at], (f->n_near - 1 - at) * sizeof(f->near[0]));
    f->near[at] = row;
}

/* The films of a key that fit best, if they fit better than what is there. */
static void
look_up(const struct titles *t, const char *key, int year, int *best,
        struct titles_found *f)
{
    uint32_t number = ids_find(&t->key, key, strlen(key));

    if (number == IDS_NONE)
        return;
    for (uint32_t e = t->first[number]; e != NONE; e = t->entry[e].next) {
        int how = misfit(t, &t->entry[e], year);

        if (how < 0 || (*best >= 0 && how > *best))
            continue;
        if (how < *best || *best < 0)
            *f = (struct titles_found){ 0 };
        *best = how;
        take(t->catalog, f, t->entry[e].row);
    }
}

/* Edits that make `name` of `key`, as many as `limit` or more; a key that a name begins
 * with counts as two. `letters` are those that only one of them has. */
static unsigned
count_edits(const char *key, size_t len, const char *name, uint32_t letters,
            unsigned limit)
{
    size_t its = strlen(name), longer = its > len ? its - len : len - its;

    if (len >= 4 && longer > 2 && strncmp(name, key, len) == 0)
        return 2;
    if (longer > limit || __builtin_popcount(letters) > (int)(2 * limit))
        return limit + 1;
    return text_distance(key, name, limit);
}

/* Films whose main name takes few edits: the fewest first, of equal ones the most
 * rated. */
static void
find_near(const struct titles *t, const char *key, struct titles_found *f)
{
    const struct catalog *c = t->catalog;
    const size_t len = strlen(key);
    const unsigned limit = len / 4 + 1 < FEW_EDITS ? (unsigned)len / 4 + 1 : FEW_EDITS;
    const uint32_t letters = letters_of(key);
    unsigned cost[TITLES_NEAR];

    for (uint32_t row = 1; row <= c->n_items; row++) {
        size_t at = f->n_near;
        unsigned edits;

        if (t->letters[row] == 0)
            continue;
        edits = count_edits(key, len, strtab_get(&t->key.text, t->main[row]),
                            t->letters[row] ^ letters, limit);
        while (at > 0 &&
               (cost[at - 1] > edits ||
                (cost[at - 1] == edits && c->count[f->near[at - 1]] < c->count[row])))
            at--;
        if (edits > limit || at == TITLES_NEAR)
            continue;
        f->n_near += f->n_near < TITLES_NEAR;
        memmove(&f->near[at + 1], &f->near[at],
                (f->n_near - 1 - at) * sizeof(f->near[0]));
        memmove(&cost[at + 1], &cost[at], (f->n_near - 1 - at) * sizeof(cost[0]));
        f->near[at] = row;
        cost[at] = edits;
    }
}

void
titles_find(struct titles *t, const char *title, int year, struct titles_found *ret)
{
    struct title_name name[TITLES_NAMES];
    size_t n = titles_split(name, title);
    char key[TITLES_KEY];
    int best = -1;

    *ret = (struct titles_found){ 0 };
    year = year != 0 ? year : movies_year(title);
    for (size_t i = 0; i < n && best < 0; i++)
        if (name[i].kind != NAME_BEGIN && titles_key(&name[i], key) > 0)
            look_up(t, key, year, &best, ret);
    for (size_t i = 0; i < n && best < 0; i++)
        if (name[i].kind != NAME_BEGIN && titles_bare_key(&name[i], key))
            look_up(t, key, year, &best, ret);
    if (ret->n == 1)
        ret->row = ret->near[0];
    else if (ret->n == 0 && n > 0 && titles_key(&name[0], key) > 0)
        find_near(t, key, ret);
}
