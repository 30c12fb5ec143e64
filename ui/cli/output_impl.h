/* output_impl.h - what output.c and its three forms share; nobody else includes it. */
#ifndef MLT_UI_CLI_OUTPUT_IMPL_H
#define MLT_UI_CLI_OUTPUT_IMPL_H

#include "ui/cli/number.h"
#include "ui/cli/output.h"

/* One form of output. Every function may call output_fail; none is called after that.
 */
struct output_ops {
    void (*table_begin)(struct output *o, const char *key, const struct column *c,
                        size_t n);
    void (*row)(struct output *o, const struct value *values);
    void (*table_end)(struct output *o);
    void (*object_begin)(struct output *o, const char *key);
    void (*fields)(struct output *o, const struct column *c, size_t n,
                   const struct value *values);
    void (*object_end)(struct output *o);
    void (*list_begin)(struct output *o);
    void (*list_end)(struct output *o);
    void (*done)(struct output *o); /* free the form's state */
};

struct output {
    const struct output_ops *ops;
    FILE *to; /* borrowed */
    enum output_form form;
    struct term term;
    void *state;      /* the form's own; owned */
    struct err err;   /* the first error, code ERR_OK while there is none */
    bool reader_left; /* and it was a broken pipe */
    /* the table that is open */
    const struct column *columns;
    size_t n_columns;
};

extern const struct output_ops output_text_ops, output_json_ops, output_csv_ops;
extern const size_t output_text_size, output_json_size, output_csv_size;

/* A number, a truth or null as JSON and CSV write it ("" for null); false for strings
 * and lists. */
bool output_scalar(const struct value *v, char out[NUMBER_MAX]);

#endif
