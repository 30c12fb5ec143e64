/* records.c - all rows of a small file; see records.h. */
#include "config.h"

#include "src/data/records.h"

/* A reading. */
struct reader {
    const struct records *how; /* borrowed */
    struct csvread *csv;       /* owned */
    struct rejects *rejects;   /* borrowed */
    uint64_t line;             /* of the record, from 1 */
};

static enum err_code
read_record(struct reader *r, const char *s, size_t len, struct err *err)
{
    const struct records *how = r->how;
    struct record rec = { .line = r->line };
    struct csv_fault fault;
    enum err_code rc = csvread_record(r->csv, s, len, &rec.f, &rec.n, &fault, err);

    if (rc == ERR_OK && rec.n == 0)
        return ERR_OK;
    r->rejects->n_rows++;
    if (rc == ERR_OK && how->n_fields != 0 && rec.n != how->n_fields)
        rc = csv_fault_count(&fault, rec.n, how->n_fields);
    if (rc == ERR_OK)
        rc = how->row(how->arg, &rec, &fault, err);
    if (rc == ERR_DATA)
        rejects_add(r->rejects, how->file, r->line, &fault);
    return rc == ERR_DATA ? ERR_OK : rc;
}

static enum err_code
read_block(struct reader *r, const struct block *b, struct err *err)
{
    const char delim = dialect_quote_delim(r->how->dialect);
    bool header = b->first && r->how->has_header;
    const char *s = b->text;
    size_t len = b->len;
    enum err_code rc = ERR_OK;

    while (rc == ERR_OK && len > 0) {
        const size_t n = source_record_end(s, len, delim, true);

        if (!header)
            rc = read_record(r, s, n, err);
        header = false;
        for (size_t i = 0; i < n; i++)
            r->line += s[i] == '\n';
        s += n;
        len -= n;
    }
    return rc;
}

enum err_code
records_read(const struct records *how, struct source *src, struct block *b,
             struct rejects *rejects, struct err *err)
{
    struct reader r = { .how = how, .rejects = rejects, .line = 1 };
    enum err_code rc = csvread_new(&r.csv, how->dialect, err);

    while (rc == ERR_OK) {
        rc = source_next(src, b, err);
        if (rc != ERR_OK || b->n_bytes == 0)
            break;
        if (how->block != NULL)
            how->block(how->arg, b);
        rc = read_block(&r, b, err);
    }
    csvread_free(r.csv);
    return rc;
}
