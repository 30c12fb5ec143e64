/* numbers.c - one numbering of ids; see numbers.h. */
#include "config.h"

#include "src/data/numbers.h"

#include "src/base/mem.h"

static const struct ids *
table_of(const struct intake *in, unsigned reader, enum layout_column which)
{
    const struct rows *r = &in->reader[reader];

    return which == COLUMN_USER ? &r->user : &r->item;
}

static enum err_code
merge_reader(struct numbers *nu, const struct ids *from, unsigned reader,
             struct err *err)
{
    uint32_t *of = mem_new(from->n, sizeof(*of));
    enum err_code rc = ERR_OK;

    if (of == NULL)
        return err_nomem(err, from->n * sizeof(*of), "a table of ids");
    nu->of[reader] = of;
    for (size_t i = 0; rc == ERR_OK && i < from->n; i++)
        rc = ids_add_from(&nu->all, from, i, &of[i], err);
    return rc;
}

enum err_code
numbers_merge(struct numbers *ret, const struct intake *in, enum layout_column which,
              struct err *err)
{
    enum err_code rc = ERR_OK;

    *ret = (struct numbers){ .n_readers = in->n_readers };
    ids_init(&ret->all, !in->layout.text[which]);
    ret->of = mem_new(in->n_readers, sizeof(*ret->of));
    if (ret->of == NULL)
        return err_nomem(err, in->n_readers * sizeof(*ret->of), "a table of ids");
    for (unsigned r = 0; rc == ERR_OK && r < in->n_readers; r++)
        rc = merge_reader(ret, table_of(in, r, which), r, err);
    return rc;
}

void
numbers_to_rows(struct numbers *nu, const struct intake *in, enum layout_column which,
                const uint32_t *row)
{
    for (unsigned r = 0; r < nu->n_readers; r++) {
        size_t n = table_of(in, r, which)->n;

        for (size_t i = 0; i < n; i++)
            nu->of[r][i] = row[nu->of[r][i]];
    }
}

void
numbers_done(struct numbers *nu)
{
    for (unsigned r = 0; nu->of != NULL && r < nu->n_readers; r++)
        mem_free(nu->of[r]);
    mem_free(nu->of);
    ids_done(&nu->all);
    *nu = (struct numbers){ 0 };
}
