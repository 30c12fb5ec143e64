/*
 * output.h - what a command prints on stdout: text, JSON or CSV from one description.
 *
 * A command says its rows once; the form is chosen by --json and --csv.
 *
 *   table at the top      JSON array of objects; CSV header and rows; text table
 *   fields at the top     JSON object; one CSV row; text lines "label  value"
 *   table below a key     JSON array of objects; CSV columns key.column, values joined
 *                         by "|"; text table
 *   objects in a list     JSON array of objects; one CSV row each
 *
 * CSV is quoted as RFC 4180 says, with "\n" line ends. NaN and value_null() are null in
 * JSON, nothing in CSV and "-" in text. Text shows strings in display form (text.h),
 * JSON escapes what could drive a terminal, CSV keeps bytes unless it goes to a
 * terminal. JSON and CSV tables are written row by row; a text table is kept until its
 * end, to be laid out in the width of the terminal (COLUMNS, else the terminal's own;
 * no limit where stdout is not a terminal).
 *
 * Errors (no memory, a full disk) are kept and come out of output_finish: calls after
 * an error do nothing, so a command need not check each. One thread at a time.
 */
#ifndef MLT_UI_CLI_OUTPUT_H
#define MLT_UI_CLI_OUTPUT_H

#include "src/base/err.h"
#include "src/data/catalog.h"
#include "ui/cli/term.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum output_form { OUTPUT_TEXT, OUTPUT_JSON, OUTPUT_CSV };

enum value_type {
    VALUE_NULL,
    VALUE_INT,
    VALUE_UINT, /* a seed: above 2^63 - 1 JSON has an integer that some readers round */
    VALUE_REAL, /* a double, shortest digits that read back the same */
    VALUE_F32,  /* a float, shortest digits that read back the same float */
    VALUE_TEXT,
    VALUE_BOOL,
    VALUE_TERM, /* a named number: {"name":…,"value":…} in JSON, "name=value" else */
    VALUE_LIST  /* JSON array; joined by "|" in CSV and by "," in text */
};

/* One value; strings and lists are borrowed for the call. */
struct value {
    enum value_type type;
    enum ink ink;  /* colour by meaning in text, INK_NONE by default */
    bool keep_end; /* where text has too little room the beginning is cut */
    union {
        int64_t i;
        uint64_t u;
        double d;
        const char *s;
        bool b;
        struct {
            const struct value *item;
            size_t n;
        } list;
        struct {
            const char *name;
            double value;
        } term;
    };
};

static inline struct value
value_null(void)
{
    return (struct value){ .type = VALUE_NULL };
}

static inline struct value
value_int(int64_t i)
{
    return (struct value){ .type = VALUE_INT, .i = i };
}

static inline struct value
value_uint(uint64_t u)
{
    return (struct value){ .type = VALUE_UINT, .u = u };
}

static inline struct value
value_real(double d)
{
    return (struct value){ .type = VALUE_REAL, .d = d };
}

static inline struct value
value_f32(float f)
{
    return (struct value){ .type = VALUE_F32, .d = f };
}

/* NULL is null. */
static inline struct value
value_text(const char *s)
{
    return (struct value){ .type = s != NULL ? VALUE_TEXT : VALUE_NULL, .s = s };
}

/* A text that its end tells apart. */
static inline struct value
value_path(const char *s)
{
    struct value v = value_text(s);

    v.keep_end = true;
    return v;
}

static inline struct value
value_bool(bool b)
{
    return (struct value){ .type = VALUE_BOOL, .b = b };
}

static inline struct value
value_term(const char *name, double value)
{
    return (struct value){ .type = VALUE_TERM, .term = { name, value } };
}

static inline struct value
value_list(const struct value *item, size_t n)
{
    return (struct value){ .type = VALUE_LIST, .list = { item, n } };
}

/* The id at position i: an integer where all ids are, else text. */
static inline struct value
value_id(const struct idcol *c, size_t i)
{
    return c->numeric ? value_int(c->num[i]) : value_text(strtab_get(&c->text, i));
}

/* The id of the film in a row: of several, the lowest. */
static inline struct value
value_film_id(const struct catalog *c, uint32_t row)
{
    return value_id(&c->item_id, c->id_of.value[c->id_of.start[row]]);
}

/* The same value in the colour of a meaning. */
static inline struct value
value_in(enum ink ink, struct value v)
{
    v.ink = ink;
    return v;
}

/* How text shows a value; JSON and CSV do not care. */
enum column_form {
    FORM_TEXT,   /* as it is, to the left */
    FORM_INT,    /* 1999; to the right, as all below */
    FORM_COUNT,  /* 25,000,095 */
    FORM_REAL,   /* .digits after the point */
    FORM_SIGNED, /* the same with + or - */
    FORM_SHORT,  /* three or four significant digits: 0.00303, 1e-07 */
    FORM_BYTES,  /* 1.2 GB */
    FORM_TIME    /* Unix seconds as 2026-11-24 20:03, local time */
};

struct column {
    const char *key;  /* in JSON and CSV; NULL: only in text */
    const char *head; /* heading or label in text; NULL: only in JSON and CSV */
    enum column_form form;
    unsigned char digits; /* FORM_REAL, FORM_SIGNED */
    unsigned char
        flex; /* cut with "…" when the terminal is narrow; 2 before 1; 0: never */
    unsigned char drop; /* left out when it is too narrow; 1 first; 0: never */
};

#define COLUMNS_MAX 24

struct output;

/* Write to `to` (borrowed). ERR_NOMEM. */
ERR_MUST_CHECK enum err_code output_new(struct output **ret, FILE *to,
                                        enum output_form form, const struct term *term,
                                        struct err *err);

/* A table: key NULL at the top or in a list; the columns outlive the table. Each row
 * has a value a column. */
void output_table_begin(struct output *o, const char *key, const struct column *columns,
                        size_t n);
void output_row(struct output *o, const struct value *values);
void output_table_end(struct output *o);

/* An object: key NULL at the top or in a list. Fields stand in an object. */
void output_object_begin(struct output *o, const char *key);
void output_fields(struct output *o, const struct column *columns, size_t n,
                   const struct value *values);
void output_object_end(struct output *o);

/* A list of objects at the top; text separates them by an empty line. In CSV all
 * objects of a list have the same fields. */
void output_list_begin(struct output *o);
void output_list_end(struct output *o);

/* A line in text (display form is made here; a line longer than the terminal is wrapped
 * between words), nothing in JSON and CSV. */
void output_say(struct output *o, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* An empty line in text. */
void output_gap(struct output *o);

/* The form, for what only text has (a plot), and the terminal it goes to. */
enum output_form output_form(const struct output *o);
const struct term *output_term(const struct output *o);
/* Raw stream of text that is already fit for the terminal: plots. */
FILE *output_stream(struct output *o);

/* Has something gone wrong? A long loop may end early. */
bool output_failed(const struct output *o);

/* Was it that the reader of a pipe has left? */
bool output_reader_left(const struct output *o);

/* Flush and say what went wrong, once: ERR_IO, ERR_NOMEM. */
ERR_MUST_CHECK enum err_code output_finish(struct output *o, struct err *err);
void output_free(struct output *o);

#endif
