/* rows_agree.c - both ways through rating lines; see rows_agree.h. */
#include "config.h"

#include "tests/data/rows_agree.h"

#include "src/base/mem.h"
#include "src/data/plain.h"
#include "src/data/rows.h"
#include "src/data/source.h"

#include <stdlib.h>
#include <string.h>

#define MAX_FAULTS 64

static void
must(bool ok)
{
    if (!ok)
        abort(); /* no memory: this is a test */
}

static bool
same_ids(const struct ids *a, const struct ids *b)
{
    return a->n == b->n && (!a->numeric || a->n == 0 ||
                            memcmp(a->num, b->num, a->n * sizeof(*a->num)) == 0);
}

static bool
same_faults(const struct rows *a, const struct rows *b)
{
    if (a->n_faults != b->n_faults || a->n_rejected != b->n_rejected)
        return false;
    for (size_t i = 0; i < a->n_faults; i++)
        if (a->fault[i].line != b->fault[i].line ||
            a->fault[i].row != b->fault[i].row ||
            a->fault[i].fault.column != b->fault[i].fault.column ||
            strcmp(a->fault[i].fault.reason, b->fault[i].fault.reason) != 0)
            return false;
    return true;
}

static bool
same_rows(const struct rows *a, const struct rows *b)
{
    if (a->n != b->n || a->n_runs != b->n_runs || a->n_lines != b->n_lines ||
        a->n_rows != b->n_rows || a->first_time != b->first_time ||
        a->last_time != b->last_time || a->palette.n != b->palette.n ||
        a->found_many_stars != b->found_many_stars)
        return false;
    return memcmp(a->film, b->film, a->n * sizeof(*a->film)) == 0 &&
           memcmp(a->code, b->code, a->n) == 0 &&
           memcmp(a->run, b->run, a->n_runs * sizeof(*a->run)) == 0 &&
           memcmp(a->palette.value, b->palette.value, a->palette.n * sizeof(float)) ==
               0 &&
           same_ids(&a->user, &b->user) && same_ids(&a->item, &b->item) &&
           same_faults(a, b);
}

bool
rows_agree(const struct layout *layout, const char *s, size_t len, size_t block,
           size_t *ret_n_plain)
{
    struct rows plain, slow;
    struct source *src = NULL;
    struct block b;
    size_t n_plain = 0;
    bool same = true;

    must(source_open_bytes(&src, "rows", s, len, dialect_quote_delim(&layout->dialect),
                           NULL) == ERR_OK);
    source_set_block(src, block);
    must(block_init(&b, NULL) == ERR_OK);
    must(rows_init(&plain, layout, MAX_FAULTS, false, NULL) == ERR_OK);
    must(rows_init(&slow, layout, MAX_FAULTS, false, NULL) == ERR_OK);
    slow.plain = false;
    do {
        must(source_next(src, &b, NULL) == ERR_OK);
        must(rows_read(&plain, b.text, b.len, b.first, NULL) == ERR_OK);
        must(rows_read(&slow, b.text, b.len, b.first, NULL) == ERR_OK);
        same = same_rows(&plain, &slow);
        n_plain += plain.plain ? plain.n : 0;
    } while (same && b.n_bytes > 0);
    rows_done(&plain);
    rows_done(&slow);
    block_done(&b);
    source_close(src);
    if (ret_n_plain != NULL)
        *ret_n_plain = n_plain;
    return same;
}
