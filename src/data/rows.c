/*
 * rows.c - records to typed rows; see rows.h.
 *
 * This file has the way through csvread, which decides what is right, and the loop over
 * a block. plain.c has the short way.
 */
#include "config.h"

#include "src/data/rows.h"

#include "src/base/mem.h"
#include "src/base/text.h"
#include "src/data/plain.h"
#include "src/data/source.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* Shortest row that is taken: "1,1,1\n"; one that is rejected may be a byte. */
#define ROW_MIN_BYTES 6

/* One row by its fields. */
struct row {
    const struct csv_field *id[2]; /* user, film */
    int64_t num[2];                /* the same where the column is integers */
    float stars;
    int64_t time;
};

static void
free_columns(struct rows *r)
{
    mem_free(r->film);
    mem_free(r->run);
    mem_free(r->stars);
    mem_free(r->code);
    mem_free(r->fault_row);
    r->film = r->fault_row = NULL;
    r->run = NULL;
    r->stars = NULL;
    r->code = NULL;
    r->room = 0;
}

/* Room for all rows that may stand in `len` bytes; what was there goes. */
static enum err_code
make_room(struct rows *r, size_t len, struct err *err)
{
    size_t n = len / ROW_MIN_BYTES + 1;

    if (n <= r->room)
        return ERR_OK;
    free_columns(r);
    r->film = mem_new(n, sizeof(*r->film));
    r->run = mem_new(n, sizeof(*r->run));
    if (r->layout->float_stars)
        r->stars = mem_new(n, sizeof(*r->stars));
    else
        r->code = mem_new(n, sizeof(*r->code));
    if (r->keep_fault_rows)
        r->fault_row = mem_new(len + 1, sizeof(*r->fault_row));
    if (r->film == NULL || r->run == NULL || (r->code == NULL && r->stars == NULL) ||
        (r->keep_fault_rows && r->fault_row == NULL))
        return err_nomem(err, n * 16, "a block of rows");
    r->room = n;
    return ERR_OK;
}

enum err_code
rows_init(struct rows *r, const struct layout *layout, size_t keep_faults,
          bool keep_fault_rows, struct err *err)
{
    enum err_code rc;

    *r = (struct rows){ .layout = layout,
                        .plain = plain_applies(layout),
                        .keep_faults = keep_faults,
                        .keep_fault_rows = keep_fault_rows,
                        .first_time = INT64_MAX,
                        .last_time = INT64_MIN };
    ids_init(&r->user, !layout->text[COLUMN_USER]);
    ids_init(&r->item, !layout->text[COLUMN_ITEM]);
    rc = csvread_new(&r->csv, &layout->dialect, err);
    r->fault = mem_new(keep_faults, sizeof(*r->fault));
    if (rc == ERR_OK && r->fault == NULL)
        rc = err_nomem(err, keep_faults * sizeof(*r->fault), "rejected rows");
    if (rc != ERR_OK)
        rows_done(r);
    return rc;
}

void
rows_done(struct rows *r)
{
    csvread_free(r->csv);
    ids_done(&r->user);
    ids_done(&r->item);
    free_columns(r);
    mem_free(r->fault);
    *r = (struct rows){ 0 };
}

/* An id field; in a column of integers that is not one, either a fault or, where the
 * column may be text, a reason to read the file again. */
static enum err_code
read_id(struct rows *r, enum layout_column c, const struct csv_field *f,
        struct row *row, struct csv_fault *fault)
{
    static const char *const names[2] = { "user id", "film id" };
    unsigned column = (unsigned)r->layout->at[c] + 1;

    row->id[c] = f;
    if (f->len == 0)
        return csv_fault_set(fault, column, names[c], f, "an id");
    if (!r->layout->text[c] && ids_parse(f->s, f->len, &row->num[c]))
        return ERR_OK;
    if (!r->layout->text[c] && !r->layout->text_allowed[c])
        return csv_fault_set(fault, column, names[c], f,
                             "a whole number from 0 to 9223372036854775807");
    if (!text_is_utf8(f->s, f->len))
        return csv_fault_set(fault, column, names[c], f, "text in UTF-8");
    r->found_text[c] |= !r->layout->text[c];
    return ERR_OK;
}

static enum err_code
read_stars(struct rows *r, const struct csv_field *f, struct row *row,
           struct csv_fault *fault)
{
    double v;

    if (!text_double(f->s, &v) || !(fabs(v) <= FLT_MAX))
        return csv_fault_set(fault, (unsigned)r->layout->at[COLUMN_RATING] + 1,
                             "rating", f, "a finite number such as 3.5");
    row->stars = (float)v + 0.0f; /* -0 and 0 are one value */
    return ERR_OK;
}

static enum err_code
read_time(struct rows *r, const struct csv_field *f, struct row *row,
          struct csv_fault *fault)
{
    if (!text_i64(f->s, &row->time))
        return csv_fault_set(fault, (unsigned)r->layout->at[COLUMN_TIME] + 1, "time", f,
                             "whole seconds since 1970");
    return ERR_OK;
}

/* The fields as a row, or the first fault. */
static enum err_code
read_fields(struct rows *r, const struct csv_field *f, size_t n, struct row *row,
            struct csv_fault *fault)
{
    const int *at = r->layout->at;
    enum err_code rc;

    if (n != r->layout->n_fields)
        return csv_fault_count(fault, n, r->layout->n_fields);
    rc = read_id(r, COLUMN_USER, &f[at[COLUMN_USER]], row, fault);
    if (rc == ERR_OK)
        rc = read_id(r, COLUMN_ITEM, &f[at[COLUMN_ITEM]], row, fault);
    if (rc == ERR_OK)
        rc = read_stars(r, &f[at[COLUMN_RATING]], row, fault);
    if (rc == ERR_OK && at[COLUMN_TIME] != COLUMN_ABSENT)
        rc = read_time(r, &f[at[COLUMN_TIME]], row, fault);
    return rc;
}

bool
rows_code(struct rows *r, float stars, uint8_t *ret)
{
    struct palette *p = &r->palette;
    unsigned i = 0;

    while (i < p->n && p->value[i] != stars)
        i++;
    if (i == RATINGS_MAX_VALUES)
        return false;
    if (i == p->n)
        p->value[p->n++] = stars;
    *ret = (uint8_t)i;
    return true;
}

static enum err_code
add_id(struct ids *t, const struct row *row, enum layout_column c, uint32_t *ret,
       struct err *err)
{
    return t->numeric ? ids_add_num(t, row->num[c], ret, err)
                      : ids_add_text(t, row->id[c]->s, row->id[c]->len, ret, err);
}

static enum err_code
add_row(struct rows *r, const struct row *row, struct err *err)
{
    uint32_t user;
    enum err_code rc = add_id(&r->user, row, COLUMN_USER, &user, err);

    if (rc == ERR_OK)
        rc = add_id(&r->item, row, COLUMN_ITEM, &r->film[r->n], err);
    if (rc != ERR_OK)
        return rc;
    if (r->stars != NULL)
        r->stars[r->n] = row->stars;
    else if (!rows_code(r, row->stars, &r->code[r->n]))
        r->found_many_stars = true;
    if (r->layout->at[COLUMN_TIME] != COLUMN_ABSENT) {
        r->first_time = row->time < r->first_time ? row->time : r->first_time;
        r->last_time = row->time > r->last_time ? row->time : r->last_time;
    }
    if (r->n_runs == 0 || r->run[r->n_runs - 1].user != user)
        r->run[r->n_runs++] = (struct run){ .user = user };
    r->run[r->n_runs - 1].n++;
    r->n++;
    return ERR_OK;
}

static void
reject(struct rows *r, const struct csv_fault *fault)
{
    if (r->n_faults < r->keep_faults)
        r->fault[r->n_faults++] =
            (struct row_fault){ .line = r->n_lines, .row = r->n_rows, .fault = *fault };
    if (r->keep_fault_rows)
        r->fault_row[r->n_rejected] = r->n_rows;
    r->n_rejected++;
}

/* One record through csvread. A column that turned out to be text, or too many stars,
 * end the reading: what is added then is thrown away with the rest. */
static enum err_code
read_record(struct rows *r, const char *s, size_t len, struct err *err)
{
    const struct csv_field *field;
    size_t n;
    struct row row = { 0 };
    struct csv_fault fault;
    enum err_code rc = csvread_record(r->csv, s, len, &field, &n, &fault, err);

    if (rc == ERR_OK && n == 0)
        return ERR_OK;
    if (rc == ERR_OK)
        rc = read_fields(r, field, n, &row, &fault);
    if (rc == ERR_DATA)
        reject(r, &fault);
    else if (rc == ERR_OK && !r->found_text[0] && !r->found_text[1])
        rc = add_row(r, &row, err);
    if (rc == ERR_OK || rc == ERR_DATA)
        r->n_rows++;
    return rc == ERR_DATA ? ERR_OK : rc;
}

static uint32_t
count_lines(const char *s, size_t len)
{
    uint32_t n = 0;

    for (const char *end = s + len; s < end; n++)
        s = (const char *)memchr(s, '\n', (size_t)(end - s)) + 1;
    return n;
}

enum err_code
rows_read(struct rows *r, const char *text, size_t len, bool first, struct err *err)
{
    char delim = dialect_quote_delim(&r->layout->dialect);
    const char *p = text, *end = text + len;
    bool header = first && r->layout->has_header;
    enum err_code rc = make_room(r, len, err);

    r->n = r->n_runs = r->n_faults = 0;
    r->n_lines = r->n_rows = r->n_rejected = 0;
    while (rc == ERR_OK && p < end) {
        size_t record;

        if (r->plain && !header)
            p += plain_read(r, p, (size_t)(end - p));
        if (p == end)
            break;
        record = source_record_end(p, (size_t)(end - p), delim, true);
        if (!header)
            rc = read_record(r, p, record, err);
        header = false;
        r->n_lines += count_lines(p, record);
        p += record;
    }
    return rc;
}
