/* filter.c - which films: making filters and asking them; see filter.h. */
#include "config.h"

#include "src/explore/filter.h"

#include "src/base/mem.h"
#include "src/base/text.h"
#include "src/explore/filter_tree.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum err_code
filter_new(struct filter **ret, const char *text, const struct catalog *c,
           const struct model *m, enum filter_seen seen, struct err *err)
{
    size_t len = strlen(text);
    struct filter *f;
    enum err_code rc;

    assert(c->n_items == m->n_items);
    if (len > FILTER_MAX_BYTES)
        return err_set(err, ERR_ARG, "the filter has %zu bytes; expected at most %d",
                       len, FILTER_MAX_BYTES);
    if (!text_is_utf8(text, len))
        return err_set(err, ERR_ARG, "the filter is not UTF-8 text");
    f = mem_new(1, sizeof(*f));
    if (f == NULL)
        return err_nomem(err, sizeof(*f), "a filter");
    *f = (struct filter){ .catalog = c, .model = m, .root = FILTER_NONE };
    f->node = mem_new(2 * len, sizeof(*f->node));
    f->strings = mem_new(2 * len + 1, 1);
    if (f->node == NULL || f->strings == NULL)
        rc = err_nomem(err, 2 * len * sizeof(*f->node), "a filter");
    else
        rc = filter_parse(f, text, seen, err);
    if (rc == ERR_OK)
        *ret = f;
    else
        filter_free(f);
    return rc;
}

void
filter_free(struct filter *f)
{
    if (f == NULL)
        return;
    for (uint32_t i = 0; i < f->n_nodes; i++)
        mem_free(f->node[i].text);
    mem_free(f->node);
    mem_free(f->strings);
    mem_free(f);
}

static double
value_of(const struct filter *f, enum filter_field field, uint32_t row)
{
    switch (field) {
    case FIELD_YEAR:
        return f->catalog->year[row] != 0 ? f->catalog->year[row] : NAN;
    case FIELD_N:
        return f->catalog->count[row];
    case FIELD_MEAN:
        return (double)f->catalog->mean[row];
    case FIELD_BIAS:
        return (double)f->model->bi[row];
    case FIELD_GENRE:
    case FIELD_TITLE:
        break;
    }
    return NAN;
}

static bool match_node(const struct filter *f, uint32_t at, uint32_t row, bool seen);

/* Is there a child whose answer is `wanted`? */
static bool
some_child(const struct filter *f, uint32_t at, uint32_t row, bool seen, bool wanted)
{
    for (uint32_t i = f->node[at].child; i != FILTER_NONE; i = f->node[i].next)
        if (match_node(f, i, row, seen) == wanted)
            return true;
    return false;
}

static bool
match_node(const struct filter *f, uint32_t at, uint32_t row, bool seen)
{
    const struct filter_node *node = &f->node[at];
    double value;

    switch (node->kind) {
    case KIND_ALL:
        return !some_child(f, at, row, seen, false);
    case KIND_ANY:
        return some_child(f, at, row, seen, true);
    case KIND_NOT:
        return !match_node(f, node->child, row, seen);
    case KIND_SEEN:
        return seen;
    case KIND_TITLE:
        return text_contains_folded(strtab_get(&f->catalog->title, row), node->text);
    case KIND_GENRE:
        return listcol_has(&f->catalog->genre_of, row, node->genre);
    case KIND_NUMBER:
        value = value_of(f, node->field, row);
        return node->lo <= value && value <= node->hi;
    }
    return false;
}

bool
filter_match(const struct filter *f, uint32_t row, bool seen)
{
    return f == NULL || f->root == FILTER_NONE || match_node(f, f->root, row, seen);
}
