/*
 * output_text.c - output as text: tables, and fields as lines "label  value".
 *
 * Neighbouring fields are kept until something else comes, so that their values stand
 * below each other.
 */
#include "config.h"

#include "src/base/text.h"
#include "ui/cli/output_impl.h"
#include "ui/cli/table.h"
#include "ui/cli/wrap.h"

#include <stdarg.h>
#include <string.h>

struct text_state {
    struct table table;  /* the table that is open */
    struct table fields; /* kept "label  value" lines */
    bool has_fields;     /* `fields` is in use */
    bool printed;        /* something stands above */
    bool in_list;
};

const size_t output_text_size = sizeof(struct text_state);

static const struct column field_columns[] = {
    { .head = "", .form = FORM_TEXT },
    { .head = "", .form = FORM_TEXT, .flex = 1 },
};

static void
flush_fields(struct output *o)
{
    struct text_state *s = o->state;

    if (!s->has_fields)
        return;
    table_print(&s->fields, o->to, &o->term);
    table_done(&s->fields);
    s->has_fields = false;
    s->printed = true;
}

static void
text_table_begin(struct output *o, const char *key, const struct column *c, size_t n)
{
    struct text_state *s = o->state;

    (void)key;
    flush_fields(o);
    table_init(&s->table, c, n, false);
}

static void
text_row(struct output *o, const struct value *values)
{
    struct text_state *s = o->state;

    (void)!table_add(&s->table, values, &o->term, &o->err);
}

static void
text_table_end(struct output *o)
{
    struct text_state *s = o->state;

    table_print(&s->table, o->to, &o->term);
    s->printed |= s->table.n_rows > 0;
    table_done(&s->table);
}

static void
text_object_begin(struct output *o, const char *key)
{
    struct text_state *s = o->state;

    flush_fields(o);
    if (key == NULL && s->in_list && s->printed)
        fputc('\n', o->to);
}

static void
text_fields(struct output *o, const struct column *c, size_t n,
            const struct value *values)
{
    struct text_state *s = o->state;

    if (!s->has_fields)
        table_init(&s->fields, field_columns, 2, true);
    s->has_fields = true;
    for (size_t i = 0; i < n && o->err.code == ERR_OK; i++) {
        char cell[1024];
        struct value v;

        if (c[i].head == NULL)
            continue;
        table_cell(cell, sizeof(cell), &c[i], &values[i], &o->term);
        v = value_in(values[i].ink, value_text(cell));
        v.keep_end = values[i].keep_end;
        (void)!table_add(
            &s->fields,
            (const struct value[]){ value_in(INK_DIM, value_text(c[i].head)), v },
            &o->term, &o->err);
    }
}

static void
text_object_end(struct output *o)
{
    flush_fields(o);
}

static void
text_list_begin(struct output *o)
{
    ((struct text_state *)o->state)->in_list = true;
}

static void
text_list_end(struct output *o)
{
    ((struct text_state *)o->state)->in_list = false;
}

static void
text_done(struct output *o)
{
    struct text_state *s = o->state;

    table_done(&s->table);
    table_done(&s->fields);
}

const struct output_ops output_text_ops = {
    .table_begin = text_table_begin,
    .row = text_row,
    .table_end = text_table_end,
    .object_begin = text_object_begin,
    .fields = text_fields,
    .object_end = text_object_end,
    .list_begin = text_list_begin,
    .list_end = text_list_end,
    .done = text_done,
};

void
output_say(struct output *o, const char *fmt, ...)
{
    struct text_state *s = o->state;
    char raw[2048], shown[2 * sizeof(raw)];
    va_list ap;

    if (o->form != OUTPUT_TEXT || o->err.code != ERR_OK)
        return;
    flush_fields(o);
    va_start(ap, fmt);
    vsnprintf(raw, sizeof(raw), fmt, ap);
    va_end(ap);
    term_text(&o->term, raw, shown, sizeof(shown));
    if (o->term.width > 0 && text_width(shown) > o->term.width)
        wrap_text(o->to, shown, 0, 0, o->term.width);
    else
        fprintf(o->to, "%s\n", shown);
    s->printed = true;
}

void
output_gap(struct output *o)
{
    if (o->form == OUTPUT_TEXT && o->err.code == ERR_OK)
        fputc('\n', output_stream(o));
}

FILE *
output_stream(struct output *o)
{
    if (o->form == OUTPUT_TEXT && o->err.code == ERR_OK)
        flush_fields(o);
    return o->to;
}
