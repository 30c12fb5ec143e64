/*
 * output_csv.c - output as CSV (RFC 4180, "\n" line ends).
 *
 * A table at the top is written row by row. An object is one row, kept until its end:
 * fields of objects in it are named outer.inner, a table in it gives a column for each
 * of its own, with the values of its rows joined by "|". The header is written once.
 */
#include "config.h"

#include "src/base/mem.h"
#include "ui/cli/output_impl.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

#define DEPTH_MAX 4

/* A growing string. */
struct buffer {
    char *s; /* owned; NULL while empty */
    size_t len, cap;
};

struct cell {
    struct buffer name, text;
};

struct csv_state {
    struct cell *cells; /* (n_cells) of the object that is open; owned */
    size_t n_cells, cap_cells;
    size_t table_at;   /* first cell of the table that is open in it */
    size_t table_rows; /* rows it has had */
    unsigned depth;    /* open objects */
    const char *prefix[DEPTH_MAX];
    bool headed; /* the header is written */
};

const size_t output_csv_size = sizeof(struct csv_state);

/* ---- buffers ------------------------------------------------------------------ */

static void
append(struct output *o, struct buffer *b, const char *s)
{
    size_t n = strlen(s);

    if (o->err.code != ERR_OK)
        return;
    if (b->len + n + 1 > b->cap) {
        size_t cap = 2 * b->cap + n + 32;
        char *grown = mem_resize(b->s, cap, 1);

        if (grown == NULL) {
            err_nomem(&o->err, cap, "a row of CSV");
            return;
        }
        b->s = grown;
        b->cap = cap;
    }
    memcpy(b->s + b->len, s, n + 1);
    b->len += n;
}

static void
append_value(struct output *o, struct buffer *b, const struct value *v)
{
    char number[NUMBER_MAX];

    if (output_scalar(v, number)) {
        append(o, b, number);
    } else if (v->type == VALUE_TEXT) {
        append(o, b, v->s);
    } else if (v->type == VALUE_TERM) {
        append(o, b, v->term.name);
        append(o, b, "=");
        append_value(o, b, &(struct value){ .type = VALUE_REAL, .d = v->term.value });
    } else {
        for (size_t i = 0; i < v->list.n; i++) {
            if (i > 0)
                append(o, b, "|");
            append_value(o, b, &v->list.item[i]);
        }
    }
}

/* ---- writing ------------------------------------------------------------------ */

/* A field, quoted where it must be. A terminal gets the display form. */
static void
write_field(struct output *o, const char *s)
{
    char shown[4096];

    if (o->term.tty) {
        term_text(&o->term, s, shown, sizeof(shown));
        s = shown;
    }
    if (s[strcspn(s, ",\"\r\n")] == '\0') {
        fputs(s, o->to);
        return;
    }
    fputc('"', o->to);
    for (; *s != '\0'; s++) {
        if (*s == '"')
            fputc('"', o->to);
        fputc(*s, o->to);
    }
    fputc('"', o->to);
}

/* ---- cells of the object that is open ----------------------------------------- */

static struct cell *
add_cell(struct output *o, const char *table, const char *key)
{
    struct csv_state *s = o->state;
    struct cell *c;

    if (s->n_cells == s->cap_cells) {
        size_t cap = 2 * s->cap_cells + 16;
        struct cell *grown = mem_resize(s->cells, cap, sizeof(*grown));

        if (grown == NULL) {
            err_nomem(&o->err, cap * sizeof(*grown), "a row of CSV");
            return NULL;
        }
        s->cells = grown;
        s->cap_cells = cap;
    }
    c = &s->cells[s->n_cells++];
    *c = (struct cell){ 0 };
    for (unsigned i = 0; i < s->depth; i++) {
        if (s->prefix[i] != NULL) {
            append(o, &c->name, s->prefix[i]);
            append(o, &c->name, ".");
        }
    }
    if (table != NULL) {
        append(o, &c->name, table);
        append(o, &c->name, ".");
    }
    append(o, &c->name, key);
    return c;
}

static void
free_cells(struct csv_state *s)
{
    for (size_t i = 0; i < s->n_cells; i++) {
        mem_free(s->cells[i].name.s);
        mem_free(s->cells[i].text.s);
    }
    s->n_cells = 0;
}

static void
write_cells(struct output *o, bool names)
{
    struct csv_state *s = o->state;

    for (size_t i = 0; i < s->n_cells; i++) {
        const struct buffer *b = names ? &s->cells[i].name : &s->cells[i].text;

        if (i > 0)
            fputc(',', o->to);
        write_field(o, b->s != NULL ? b->s : "");
    }
    fputc('\n', o->to);
}

/* ---- the form ----------------------------------------------------------------- */

static void
csv_table_begin(struct output *o, const char *key, const struct column *c, size_t n)
{
    struct csv_state *s = o->state;
    bool first = true;

    s->table_at = s->n_cells;
    s->table_rows = 0;
    for (size_t i = 0; i < n && o->err.code == ERR_OK; i++) {
        if (c[i].key == NULL)
            continue;
        if (s->depth > 0) {
            (void)add_cell(o, key, c[i].key);
            continue;
        }
        if (!first)
            fputc(',', o->to);
        write_field(o, c[i].key);
        first = false;
    }
    if (s->depth == 0)
        fputc('\n', o->to);
}

/* Print a row of the table at the top. */
static void
write_row(struct output *o, const struct value *values)
{
    struct buffer b = { 0 };
    bool first = true;

    for (size_t i = 0; i < o->n_columns; i++) {
        if (o->columns[i].key == NULL)
            continue;
        if (!first)
            fputc(',', o->to);
        first = false;
        b.len = 0;
        append(o, &b, "");
        append_value(o, &b, &values[i]);
        if (o->err.code != ERR_OK)
            break;
        write_field(o, b.s);
    }
    fputc('\n', o->to);
    mem_free(b.s);
}

static void
csv_row(struct output *o, const struct value *values)
{
    struct csv_state *s = o->state;
    struct cell *c = s->cells + s->table_at;

    if (s->depth == 0) {
        write_row(o, values);
        return;
    }
    for (size_t i = 0; i < o->n_columns; i++) {
        if (o->columns[i].key == NULL)
            continue;
        if (s->table_rows > 0)
            append(o, &c->text, "|");
        append_value(o, &c->text, &values[i]);
        c++;
    }
    s->table_rows++;
}

static void
csv_nothing(struct output *o)
{
    (void)o;
}

static void
csv_object_begin(struct output *o, const char *key)
{
    struct csv_state *s = o->state;

    assert(s->depth < DEPTH_MAX);
    s->prefix[s->depth++] = key;
}

static void
csv_fields(struct output *o, const struct column *c, size_t n,
           const struct value *values)
{
    for (size_t i = 0; i < n && o->err.code == ERR_OK; i++) {
        struct cell *cell = c[i].key != NULL ? add_cell(o, NULL, c[i].key) : NULL;

        if (cell != NULL)
            append_value(o, &cell->text, &values[i]);
    }
}

static void
csv_object_end(struct output *o)
{
    struct csv_state *s = o->state;

    if (--s->depth > 0)
        return;
    if (!s->headed)
        write_cells(o, true);
    s->headed = true;
    write_cells(o, false);
    free_cells(s);
}

static void
csv_done(struct output *o)
{
    struct csv_state *s = o->state;

    free_cells(s);
    mem_free(s->cells);
}

const struct output_ops output_csv_ops = {
    .table_begin = csv_table_begin,
    .row = csv_row,
    .table_end = csv_nothing,
    .object_begin = csv_object_begin,
    .fields = csv_fields,
    .object_end = csv_object_end,
    .list_begin = csv_nothing,
    .list_end = csv_nothing,
    .done = csv_done,
};
