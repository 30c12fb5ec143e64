/*
 * output_json.c - output as JSON (RFC 8259), written as it comes.
 *
 * Rows of a table at the top stand on a line each. What could drive a terminal is
 * escaped in strings, which changes no string; bytes that are not UTF-8 become U+FFFD.
 */
#include "config.h"

#include "ui/cli/output_impl.h"

#include <assert.h>
#include <string.h>
#include <unictype.h>
#include <unistr.h>

#define DEPTH_MAX 8

struct json_state {
    unsigned depth;           /* open arrays and objects */
    unsigned n_in[DEPTH_MAX]; /* members written at each depth */
};

const size_t output_json_size = sizeof(struct json_state);

/* ---- strings ------------------------------------------------------------------ */

static bool
must_escape(ucs4_t uc)
{
    return uc < 0x20 || uc == 0x7f ||
           uc_is_general_category_withtable(
               uc, UC_CATEGORY_MASK_Cc | UC_CATEGORY_MASK_Cf | UC_CATEGORY_MASK_Zl |
                       UC_CATEGORY_MASK_Zp);
}

static void
escape(FILE *to, ucs4_t uc)
{
    if (uc >= 0x10000)
        fprintf(to, "\\u%04x\\u%04x", 0xd800 + (unsigned)((uc - 0x10000) >> 10),
                0xdc00 + (unsigned)((uc - 0x10000) & 0x3ff));
    else if (uc == '\n')
        fputs("\\n", to);
    else if (uc == '\t')
        fputs("\\t", to);
    else
        fprintf(to, "\\u%04x", (unsigned)uc);
}

static void
write_string(FILE *to, const char *s)
{
    fputc('"', to);
    while (*s != '\0') {
        ucs4_t uc;
        int n = u8_strmbtouc(&uc, (const uint8_t *)s);

        if (n <= 0)
            fputs("\xef\xbf\xbd", to);
        else if (uc == '"' || uc == '\\')
            fprintf(to, "\\%c", (int)uc);
        else if (must_escape(uc))
            escape(to, uc);
        else
            fwrite(s, 1, (size_t)n, to);
        s += n > 0 ? n : 1;
    }
    fputc('"', to);
}

static void
write_value(FILE *to, const struct value *v)
{
    char number[NUMBER_MAX];

    if (output_scalar(v, number)) {
        fputs(number[0] != '\0' ? number : "null", to);
    } else if (v->type == VALUE_TEXT) {
        write_string(to, v->s);
    } else if (v->type == VALUE_TERM) {
        fputs("{\"name\":", to);
        write_string(to, v->term.name);
        fputs(",\"value\":", to);
        write_value(to, &(struct value){ .type = VALUE_REAL, .d = v->term.value });
        fputc('}', to);
    } else {
        fputc('[', to);
        for (size_t i = 0; i < v->list.n; i++) {
            if (i > 0)
                fputc(',', to);
            write_value(to, &v->list.item[i]);
        }
        fputc(']', to);
    }
}

/* ---- structure ---------------------------------------------------------------- */

/* Begin a member: a comma where one is before it, its key where it has one. */
static void
member(struct output *o, const char *key)
{
    struct json_state *s = o->state;

    if (s->depth > 0 && s->n_in[s->depth - 1]++ > 0)
        fputs(s->depth == 1 ? ",\n" : ",", o->to);
    if (key != NULL) {
        write_string(o->to, key);
        fputc(':', o->to);
    }
}

static void
open_with(struct output *o, const char *key, char bracket)
{
    struct json_state *s = o->state;

    member(o, key);
    assert(s->depth < DEPTH_MAX);
    fputc(bracket, o->to);
    s->n_in[s->depth++] = 0;
    if (s->depth == 1)
        fputc('\n', o->to);
}

static void
close_with(struct output *o, char bracket)
{
    struct json_state *s = o->state;

    assert(s->depth > 0);
    s->depth--;
    if (s->depth == 0 && s->n_in[0] > 0)
        fputc('\n', o->to);
    fputc(bracket, o->to);
    if (s->depth == 0)
        fputc('\n', o->to);
}

static void
json_fields(struct output *o, const struct column *c, size_t n,
            const struct value *values)
{
    for (size_t i = 0; i < n; i++) {
        if (c[i].key == NULL)
            continue;
        member(o, c[i].key);
        write_value(o->to, &values[i]);
    }
}

static void
json_row(struct output *o, const struct value *values)
{
    open_with(o, NULL, '{');
    json_fields(o, o->columns, o->n_columns, values);
    close_with(o, '}');
}

static void
json_table_begin(struct output *o, const char *key, const struct column *c, size_t n)
{
    (void)c, (void)n;
    open_with(o, key, '[');
}

static void
json_array_end(struct output *o)
{
    close_with(o, ']');
}

static void
json_object_begin(struct output *o, const char *key)
{
    open_with(o, key, '{');
}

static void
json_object_end(struct output *o)
{
    close_with(o, '}');
}

static void
json_list_begin(struct output *o)
{
    open_with(o, NULL, '[');
}

static void
json_done(struct output *o)
{
    (void)o;
}

const struct output_ops output_json_ops = {
    .table_begin = json_table_begin,
    .row = json_row,
    .table_end = json_array_end,
    .object_begin = json_object_begin,
    .fields = json_fields,
    .object_end = json_object_end,
    .list_begin = json_list_begin,
    .list_end = json_array_end,
    .done = json_done,
};
