/* rejects.c - rows that were left out; see rejects.h. */
#include "config.h"

#include "src/data/rejects.h"

#include "src/base/mem.h"
#include "src/data/csvread.h"

#include <string.h>

enum err_code
rejects_init(struct rejects *r, struct err *err)
{
    *r = (struct rejects){ .row = mem_new(REJECTS_KEPT, sizeof(*r->row)) };
    return r->row != NULL ? ERR_OK
                          : err_nomem(err, REJECTS_KEPT * sizeof(*r->row), "rejects");
}

void
rejects_done(struct rejects *r)
{
    mem_free(r->row);
    *r = (struct rejects){ 0 };
}

void
rejects_add(struct rejects *r, const char *file, uint64_t line,
            const struct csv_fault *fault)
{
    struct reject *to = &r->row[r->n_kept];

    r->n++;
    if (r->n_kept == REJECTS_KEPT)
        return;
    *to = (struct reject){ .file = file, .line = line, .column = fault->column };
    _Static_assert(sizeof(to->reason) == sizeof(fault->reason), "one is copied");
    memcpy(to->reason, fault->reason, sizeof(to->reason));
    r->n_kept++;
}
