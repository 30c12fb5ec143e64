/* output.c - one description, three forms; see output.h. */
#include "config.h"

#include "ui/cli/output.h"

#include "src/base/mem.h"
#include "src/base/shortest.h"
#include "ui/cli/output_impl.h"

#include <assert.h>
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <string.h>

enum err_code
output_new(struct output **ret, FILE *to, enum output_form form,
           const struct term *term, struct err *err)
{
    static const struct {
        const struct output_ops *ops;
        const size_t *size;
    } forms[] = {
        [OUTPUT_TEXT] = { &output_text_ops, &output_text_size },
        [OUTPUT_JSON] = { &output_json_ops, &output_json_size },
        [OUTPUT_CSV] = { &output_csv_ops, &output_csv_size },
    };
    struct output *o = mem_new(1, sizeof(*o));

    if (o == NULL)
        return err_nomem(err, sizeof(*o), "output");
    *o = (struct output){
        .ops = forms[form].ops, .to = to, .form = form, .term = *term
    };
    o->state = mem_new(1, *forms[form].size);
    if (o->state == NULL) {
        mem_free(o);
        return err_nomem(err, *forms[form].size, "output");
    }
    *ret = o;
    return ERR_OK;
}

/* What was printed so far stands before what will be said on standard error, where
 * both go to one file. */
static void
flush(struct output *o)
{
    if (o->err.code == ERR_OK)
        (void)fflush(o->to); /* notice() sees whether it could */
}

/* Keep why the stream failed. */
static void
fail(struct output *o)
{
    o->reader_left = errno == EPIPE;
    err_set(&o->err, ERR_IO, "standard output: %s", strerror(errno));
}

/* Keep what the stream says now. */
static void
notice(struct output *o)
{
    if (o->err.code == ERR_OK && ferror(o->to))
        fail(o);
}

void
output_table_begin(struct output *o, const char *key, const struct column *columns,
                   size_t n)
{
    assert(o->columns == NULL && n <= COLUMNS_MAX);
    o->columns = columns;
    o->n_columns = n;
    if (o->err.code == ERR_OK)
        o->ops->table_begin(o, key, columns, n);
    notice(o);
}

void
output_row(struct output *o, const struct value *values)
{
    assert(o->columns != NULL);
    if (o->err.code == ERR_OK)
        o->ops->row(o, values);
    notice(o);
}

void
output_table_end(struct output *o)
{
    if (o->err.code == ERR_OK)
        o->ops->table_end(o);
    o->columns = NULL;
    flush(o);
    notice(o);
}

void
output_object_begin(struct output *o, const char *key)
{
    if (o->err.code == ERR_OK)
        o->ops->object_begin(o, key);
    notice(o);
}

void
output_fields(struct output *o, const struct column *columns, size_t n,
              const struct value *values)
{
    if (o->err.code == ERR_OK)
        o->ops->fields(o, columns, n, values);
    notice(o);
}

void
output_object_end(struct output *o)
{
    if (o->err.code == ERR_OK)
        o->ops->object_end(o);
    flush(o);
    notice(o);
}

void
output_list_begin(struct output *o)
{
    if (o->err.code == ERR_OK)
        o->ops->list_begin(o);
    notice(o);
}

void
output_list_end(struct output *o)
{
    if (o->err.code == ERR_OK)
        o->ops->list_end(o);
    notice(o);
}

enum output_form
output_form(const struct output *o)
{
    return o->form;
}

const struct term *
output_term(const struct output *o)
{
    return &o->term;
}

bool
output_failed(const struct output *o)
{
    return o->err.code != ERR_OK;
}

bool
output_reader_left(const struct output *o)
{
    return o->reader_left;
}

enum err_code
output_finish(struct output *o, struct err *err)
{
    if (o->err.code == ERR_OK && fflush(o->to) != 0)
        fail(o);
    if (o->err.code != ERR_OK && err != NULL)
        *err = o->err;
    return o->err.code;
}

void
output_free(struct output *o)
{
    if (o == NULL)
        return;
    o->ops->done(o);
    mem_free(o->state);
    mem_free(o);
}

bool
output_scalar(const struct value *v, char out[NUMBER_MAX])
{
    out[0] = '\0';
    switch (v->type) {
    case VALUE_NULL:
        return true;
    case VALUE_INT:
        snprintf(out, NUMBER_MAX, "%lld", (long long)v->i);
        return true;
    case VALUE_UINT:
        snprintf(out, NUMBER_MAX, "%llu", (unsigned long long)v->u);
        return true;
    case VALUE_REAL:
        if (isfinite(v->d))
            shortest_f64(out, v->d);
        return true;
    case VALUE_F32:
        if (isfinite(v->d))
            shortest_f32(out, (float)v->d);
        return true;
    case VALUE_BOOL:
        strcpy(out, v->b ? "true" : "false");
        return true;
    default:
        return false;
    }
}
