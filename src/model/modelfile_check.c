/* modelfile_check.c - what a model file promises; see modelfile_check.h. */
#include "config.h"

#include "src/model/modelfile_check.h"

#include "src/base/mem.h"
#include "src/base/text.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#define MAX_YEAR 9999

static enum err_code
check_table(const float *w, uint64_t rows, unsigned columns, const char *name,
            const char *path, struct err *err)
{
    for (uint64_t i = 0; i < rows * columns; i++)
        if (!isfinite(w[i]))
            return err_set(err, ERR_NUMERIC, "%s: %s holds %f in row %llu, column %u",
                           path, name, (double)w[i], (unsigned long long)(i / columns),
                           (unsigned)(i % columns));
    return ERR_OK;
}

enum err_code
modelfile_check_weights(const struct model *m, const char *path, struct err *err)
{
    const uint64_t m1 = (uint64_t)m->n_users + 1, n1 = (uint64_t)m->n_items + 1;
    enum err_code rc = check_table(m->U, m1, m->k, "u_weight.weight", path, err);

    if (rc == ERR_OK)
        rc = check_table(m->I, n1, m->k, "i_weight.weight", path, err);
    if (rc == ERR_OK)
        rc = check_table(m->bu, m1, 1, "u_bias.weight", path, err);
    if (rc == ERR_OK)
        rc = check_table(m->bi, n1, 1, "i_bias.weight", path, err);
    if (rc == ERR_OK && !(isfinite(m->y_lo) && isfinite(m->y_hi) && m->y_lo < m->y_hi))
        rc = err_set(err, ERR_NUMERIC, "%s: mltui.y_range is %g to %g", path,
                     (double)m->y_lo, (double)m->y_hi);
    return rc;
}

/* Does each text end in a NUL, hold no other, and is UTF-8? */
static bool
texts_hold(const struct strtab *t)
{
    if (t->n == 0)
        return true;
    if (t->start[0] != 0 || t->start[t->n] > t->cap_bytes)
        return false;
    /* They rise to the last, so that all are inside, before any is looked at. */
    for (size_t i = 0; i < t->n; i++)
        if (t->start[i + 1] <= t->start[i])
            return false;
    for (size_t i = 0; i < t->n; i++)
        if (t->bytes[t->start[i + 1] - 1] != '\0' ||
            !text_is_utf8(strtab_get(t, i), strtab_len(t, i)))
            return false;
    return true;
}

static bool
texts_rise(const struct strtab *t, size_t from)
{
    for (size_t i = from + 1; i < t->n; i++)
        if (strcmp(strtab_get(t, i - 1), strtab_get(t, i)) >= 0)
            return false;
    return true;
}

/* Are the ids texts, or numbers, that rise from place `from` on? */
static bool
ids_rise(const struct idcol *c, size_t from)
{
    if (!c->numeric)
        return texts_hold(&c->text) && texts_rise(&c->text, from);
    for (size_t i = from + 1; i < c->n; i++)
        if (c->num[i - 1] >= c->num[i])
            return false;
    return true;
}

/* Lists that follow each other, row 0's empty, with places below `most` in them. */
static bool
lists_hold(const struct listcol *l, uint32_t rows, size_t most)
{
    if (l->start[0] != 0 || l->start[1] != 0)
        return false;
    for (uint32_t i = 1; i < rows; i++)
        if (l->start[i + 1] < l->start[i])
            return false;
    for (uint32_t k = 0; k < l->start[rows]; k++)
        if (l->value[k] >= most)
            return false;
    return true;
}

/* Each film has ids, the lowest first, and each id is one film's; `seen` has a zero
 * for each id. */
static bool
item_ids_hold(const struct catalog *c, unsigned char *seen)
{
    const struct listcol *l = &c->id_of;

    if (!lists_hold(l, c->n_items + 1, c->item_id.n) ||
        l->start[c->n_items + 1] != c->item_id.n)
        return false;
    for (uint32_t row = 1; row <= c->n_items; row++) {
        if (l->start[row] == l->start[row + 1])
            return false;
        for (uint32_t k = l->start[row]; k < l->start[row + 1]; k++)
            if (seen[l->value[k]]++ != 0 ||
                (k > l->start[row] && l->value[k - 1] >= l->value[k]))
                return false;
    }
    return true;
}

static enum err_code
check_item_ids(const struct catalog *c, const char *path, struct err *err)
{
    unsigned char *seen = mem_new(c->item_id.n, 1);
    enum err_code rc = ERR_OK;

    if (seen == NULL)
        return err_nomem(err, c->item_id.n, path);
    if (!item_ids_hold(c, seen))
        rc = err_set(err, ERR_FORMAT,
                     "%s: mltui.item_ids: not every film has ids of its "
                     "own, the lowest first",
                     path);
    mem_free(seen);
    return rc;
}

/* What is wrong with the numbers of a film, or NULL. */
static const char *
wrong_with_film(const struct catalog *c, uint32_t row)
{
    if (c->year[row] < 0 || c->year[row] > MAX_YEAR)
        return "mltui.year is not within 0 … 9999";
    if (c->count[row] > INT32_MAX)
        return "mltui.count is negative";
    if (c->count[row] > 0 ? !isfinite(c->mean[row]) : isinf(c->mean[row]))
        return "mltui.mean is not a finite number";
    return NULL;
}

static bool
imdb_holds(const struct catalog *c)
{
    for (size_t i = 0; c->imdb != NULL && i < c->item_id.n; i++)
        if (c->imdb[i] < 0)
            return false;
    return true;
}

/* What is wrong with the texts, ids and genres, or NULL. */
static const char *
wrong_with_names(const struct catalog *c)
{
    if (!ids_rise(&c->user, 1))
        return "mltui.user_id: ids do not rise from row 1 on";
    if (!ids_rise(&c->item_id, 0))
        return "mltui.item_id: ids do not rise";
    if (!imdb_holds(c))
        return "mltui.imdb is negative";
    if (!texts_hold(&c->title))
        return "mltui.title: not texts in UTF-8, each ended by a NUL";
    if (!texts_hold(&c->genre) || !texts_rise(&c->genre, 0))
        return "mltui.genre: not names that rise";
    if (!lists_hold(&c->genre_of, c->n_items + 1, c->genre.n))
        return "mltui.item_genres: not lists of places in mltui.genre";
    if (!texts_hold(&c->tag) || !texts_rise(&c->tag, 0))
        return "mltui.tag: not names that rise";
    if (c->tag.n > 0 ? !lists_hold(&c->tag_of, c->n_items + 1, c->tag.n)
                     : c->tag_of.start != NULL)
        return "mltui.item_tags: not lists of places in mltui.tag";
    return NULL;
}

enum err_code
modelfile_check_catalog(const struct catalog *c, const char *path, struct err *err)
{
    const char *wrong = wrong_with_names(c);

    if (wrong != NULL)
        return err_set(err, ERR_FORMAT, "%s: %s", path, wrong);
    for (uint32_t row = 0; row <= c->n_items; row++) {
        wrong = wrong_with_film(c, row);
        if (wrong != NULL)
            return err_set(err, ERR_FORMAT, "%s: %s in row %u", path, wrong, row);
    }
    return check_item_ids(c, path, err);
}
