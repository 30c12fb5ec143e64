/*
 * csvread.c - records to fields; see csvread.h.
 *
 * libcsv is given one record at a time, so that an error costs that record alone, and
 * only those with a quote in them. It passes NUL bytes through: they are refused here
 * before it sees them.
 */
#include "config.h"

#include "src/data/csvread.h"

#include "src/base/mem.h"
#include "src/base/text.h"
#include "src/data/source.h"

#include <csv.h>
#include <stdio.h>
#include <string.h>

struct csvread {
    struct dialect dialect;
    struct csv_parser parser;
    char *text;  /* (SOURCE_MAX_RECORD + CSV_MAX_FIELDS + 2) owned: field bytes */
    size_t used; /* of text */
    struct csv_field *field; /* (CSV_MAX_FIELDS) owned */
    size_t n;                /* fields of this record, counted on past CSV_MAX_FIELDS */
};

static int
never_space(unsigned char c)
{
    (void)c;
    return 0;
}

static int
line_feed(unsigned char c)
{
    return c == '\n';
}

static void *
grow(void *p, size_t n)
{
    return mem_resize(p, n, 1);
}

static void
start_parser(struct csvread *r)
{
    csv_init(&r->parser, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_delim(&r->parser, (unsigned char)r->dialect.delim[0]);
    csv_set_space_func(&r->parser, never_space);
    csv_set_term_func(&r->parser, line_feed);
    csv_set_realloc_func(&r->parser, grow);
    csv_set_free_func(&r->parser, mem_free);
    csv_set_blk_size(&r->parser, SOURCE_MAX_RECORD);
}

enum err_code
csvread_new(struct csvread **ret, const struct dialect *d, struct err *err)
{
    struct csvread *r = mem_new(1, sizeof(*r));

    if (r == NULL)
        return err_nomem(err, sizeof(*r), "a parser");
    r->dialect = *d;
    start_parser(r);
    r->text = mem_new(SOURCE_MAX_RECORD + CSV_MAX_FIELDS + 2, 1);
    r->field = mem_new(CSV_MAX_FIELDS, sizeof(*r->field));
    if (r->text == NULL || r->field == NULL) {
        csvread_free(r);
        return err_nomem(err, SOURCE_MAX_RECORD, "a parser");
    }
    *ret = r;
    return ERR_OK;
}

void
csvread_free(struct csvread *r)
{
    if (r == NULL)
        return;
    csv_free(&r->parser);
    mem_free(r->text);
    mem_free(r->field);
    mem_free(r);
}

static void
add_field(struct csvread *r, const char *s, size_t len)
{
    char *to = r->text + r->used;

    if (r->n++ >= CSV_MAX_FIELDS)
        return;
    memcpy(to, s, len);
    to[len] = '\0';
    r->field[r->n - 1] = (struct csv_field){ .s = to, .len = len };
    r->used += len + 1;
}

/* libcsv's call for each field. */
static void
on_field(void *s, size_t len, void *arg)
{
    add_field(arg, s != NULL ? s : "", len);
}

static void
split_plain(struct csvread *r, const char *s, size_t len)
{
    size_t width = strlen(r->dialect.delim);
    const char *end = s + len, *at;

    while ((at = memmem(s, (size_t)(end - s), r->dialect.delim, width)) != NULL) {
        add_field(r, s, (size_t)(at - s));
        s = at + width;
    }
    add_field(r, s, (size_t)(end - s));
}

/* Does the delimiter alone say where the fields are? Of what has no quote libcsv says
 * the same, five times slower. */
static bool
is_plain(const struct csvread *r, const char *s, size_t len)
{
    return !r->dialect.quoted ||
           (memchr(s, '"', len) == NULL && memchr(s, '\n', len) == NULL);
}

static enum err_code
fault(struct csv_fault *f, size_t column, const char *reason)
{
    f->column = (unsigned)column;
    snprintf(f->reason, sizeof(f->reason), "%s", reason);
    return ERR_DATA;
}

/* After a strict error the parser is of no use any more: begin a new one. */
static enum err_code
quote_fault(struct csvread *r, bool open, struct csv_fault *f, struct err *err)
{
    int why = csv_error(&r->parser);

    csv_free(&r->parser);
    start_parser(r);
    if (why == CSV_ENOMEM || why == CSV_ETOOBIG)
        return err_nomem(err, SOURCE_MAX_RECORD, "a record");
    return fault(
        f, r->n + 1,
        open ? "a quote that is opened here is not closed, expected \" at the end "
               "of the field"
             : "a quote inside the field, expected it doubled and the whole "
               "field in quotes");
}

/* Column of the field that holds byte `at`, by delimiters alone. */
static size_t
column_at(const struct csvread *r, const char *s, size_t at)
{
    size_t width = strlen(r->dialect.delim), column = 1;
    const char *p = s;

    while ((p = memmem(p, (size_t)(s + at - p), r->dialect.delim, width)) != NULL) {
        p += width;
        column++;
    }
    return column;
}

/* Bytes that no format of ours has. */
static enum err_code
check_bytes(const struct csvread *r, const char *s, size_t len, struct csv_fault *f)
{
    const char *bad;

    if (len > SOURCE_MAX_RECORD)
        return fault(f, 1, "a line of more than 65536 bytes, expected a short row");
    bad = memchr(s, '\0', len);
    if (bad != NULL)
        return fault(f, column_at(r, s, (size_t)(bad - s)),
                     "a NUL byte, expected text");
    return ERR_OK;
}

enum err_code
csvread_record(struct csvread *r, const char *s, size_t len,
               const struct csv_field **ret_fields, size_t *ret_n,
               struct csv_fault *ret_fault, struct err *err)
{
    enum err_code rc;

    len -= len > 0 && s[len - 1] == '\n';
    len -= len > 0 && s[len - 1] == '\r';
    r->n = r->used = 0;
    rc = check_bytes(r, s, len, ret_fault);
    if (rc != ERR_OK)
        return rc;
    if (len > 0 && is_plain(r, s, len))
        split_plain(r, s, len);
    else if (len > 0 && csv_parse(&r->parser, s, len, on_field, NULL, r) != len)
        return quote_fault(r, false, ret_fault, err);
    else if (len > 0 && csv_fini(&r->parser, on_field, NULL, r) != 0)
        return quote_fault(r, true, ret_fault, err);
    if (r->n > CSV_MAX_FIELDS)
        return fault(ret_fault, CSV_MAX_FIELDS + 1,
                     "more than 1024 fields, expected a short row");
    *ret_fields = r->field;
    *ret_n = r->n;
    return ERR_OK;
}

enum err_code
csv_fault_set(struct csv_fault *f, unsigned column, const char *name,
              const struct csv_field *found, const char *expected)
{
    char shown[44];

    text_display(found->s, shown, sizeof(shown));
    f->column = column;
    snprintf(f->reason, sizeof(f->reason), "%s \"%s\", expected %s", name, shown,
             expected);
    return ERR_DATA;
}

enum err_code
csv_fault_count(struct csv_fault *f, size_t n, unsigned expected)
{
    f->column = (unsigned)(n < expected ? n : expected) + 1;
    snprintf(f->reason, sizeof(f->reason), "%zu field%s, expected %u", n,
             n == 1 ? "" : "s", expected);
    return ERR_DATA;
}
