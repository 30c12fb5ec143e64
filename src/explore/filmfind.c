/* filmfind.c - which film a person means; see filmfind.h. */
#include "config.h"

#include "src/explore/filmfind.h"

#include "src/base/mem.h"
#include "src/base/text.h"
#include "src/explore/rank.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define SHOWN      6   /* of several films, in the message */
#define TITLE_MOST 80  /* bytes of a title there */
#define ID_MOST    24  /* bytes of an id */
#define STEM_MAX   128 /* bytes of a title compared for likeness, its NUL included */
#define FEW_EDITS  4   /* most that make one title of another */

/* What stands after `prefix`, or NULL where `word` does not begin with it. */
static const char *
after(const char *word, const char *prefix)
{
    size_t len = strlen(prefix);

    return strncmp(word, prefix, len) == 0 ? word + len : NULL;
}

/* Films with this title, or a part of it (`folded` by text_fold); all of them into
 * `entry` (n_items) by how often they are rated. */
static size_t
gather(struct ranked *entry, const struct catalog *c, const char *title,
       const char *folded)
{
    size_t n = 0;

    for (uint32_t i = 1; i <= c->n_items; i++) {
        const char *is = strtab_get(&c->title, i);

        if (folded != NULL ? text_contains_folded(is, folded) : strcmp(is, title) == 0)
            entry[n++] = (struct ranked){ c->count[i], i };
    }
    return n;
}

/* The title without its year and without an article behind a comma. */
static void
stem_of(char stem[STEM_MAX], const char *title)
{
    static const char *const article[] = { ", The", ", A", ", An" };
    const char *year = strstr(title, " (");
    size_t len = year != NULL ? (size_t)(year - title) : strlen(title);

    for (size_t i = 0; i < sizeof(article) / sizeof(article[0]); i++) {
        size_t tail = strlen(article[i]);

        if (len > tail && memcmp(title + len - tail, article[i], tail) == 0)
            len -= tail;
    }
    snprintf(stem, STEM_MAX, "%.*s", len < STEM_MAX ? (int)len : STEM_MAX - 1, title);
}

/* Row of the film whose stem takes the fewest edits, at most a third of the word's
 * letters, or 0. */
static uint32_t
nearest_film(const struct catalog *c, const char *word)
{
    size_t len = strlen(word);
    unsigned limit = len / 3 < FEW_EDITS ? (unsigned)(len / 3) : FEW_EDITS;
    uint32_t nearest = 0;
    char stem[STEM_MAX];

    for (uint32_t i = 1; i <= c->n_items && limit > 0; i++) {
        unsigned edits;

        stem_of(stem, strtab_get(&c->title, i));
        edits = text_distance(word, stem, limit);
        if (edits <= limit) {
            nearest = i;
            limit = edits - 1; /* only a nearer one from now on; never 0 edits: that
                                  would have been part of the title */
        }
    }
    return nearest;
}

static enum err_code
fail_none(const struct catalog *c, const char *word, struct err *err)
{
    uint32_t near = nearest_film(c, word);

    if (near == 0)
        return err_set(err, ERR_NOTFOUND,
                       "no film '%s'; expected an id, a title or a part of one "
                       "('mltui movies RUN --search TEXT' lists titles)",
                       word);
    return err_set(err, ERR_NOTFOUND, "no film '%s'; did you mean '%s'?", word,
                   strtab_get(&c->title, near));
}

/* Several films: list the best known of them. */
static enum err_code
fail_several(const struct catalog *c, const char *word, struct ranked *entry, size_t n,
             struct err *err)
{
    size_t shown = rank_best(entry, n, SHOWN, c), used = 0;
    char list[SHOWN * (TITLE_MOST + ID_MOST + 16)] = "", buf[24];

    for (size_t i = 0; i < shown; i++) {
        const char *title = strtab_get(&c->title, entry[i].row);
        const char *id = catalog_item_id(c, entry[i].row, buf);

        used += (size_t)snprintf(list + used, sizeof(list) - used, "%s%.*s (id:%.*s)",
                                 i > 0 ? "; " : "", (int)text_head(title, TITLE_MOST),
                                 title, (int)text_head(id, ID_MOST), id);
    }
    return err_set(err, ERR_NOTFOUND,
                   "'%s' can be %zu films%s: %s; give more of the title, or id:ID",
                   word, n, n > shown ? ", among them" : "", list);
}

enum err_code
filmfind(uint32_t *ret_row, const struct catalog *c, const char *word, struct err *err)
{
    const char *id = after(word, "id:"), *title = after(word, "title:");
    uint32_t row = title == NULL ? catalog_find_item(c, id != NULL ? id : word) : 0;
    struct ranked *entry;
    char *folded;
    size_t n;
    enum err_code rc = ERR_OK;

    if (row != 0) {
        *ret_row = row;
        return ERR_OK;
    }
    if (id != NULL)
        return err_set(err, ERR_NOTFOUND,
                       "no film has the id '%s'; expected one of the data's own", id);
    title = title != NULL ? title : word;
    entry = mem_new(c->n_items, sizeof(*entry));
    folded = text_fold(title);
    if (entry == NULL || folded == NULL) {
        rc = err_nomem(err, c->n_items * sizeof(*entry), "a search for a film");
        goto out;
    }
    n = gather(entry, c, title, NULL);
    if (n == 0 && *folded != '\0')
        n = gather(entry, c, title, folded);
    if (n == 0)
        rc = fail_none(c, title, err);
    else if (n > 1)
        rc = fail_several(c, title, entry, n, err);
    else
        *ret_row = entry[0].row;
out:
    mem_free(folded);
    mem_free(entry);
    return rc;
}
