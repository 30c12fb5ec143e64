/* strtab.c - many strings in one block; see strtab.h. */
#include "config.h"

#include "src/base/strtab.h"

#include "src/base/mem.h"

#include <string.h>

static enum err_code
reserve(struct strtab *t, size_t len, struct err *err)
{
    size_t used = t->n > 0 ? (size_t)t->start[t->n] : 0;

    if (t->start == NULL || t->n + 1 > t->cap_n) {
        size_t cap = t->cap_n * 2 + 16;
        uint64_t *start = mem_resize(t->start, cap + 1, sizeof(*start));

        if (start == NULL)
            return err_nomem(err, (cap + 1) * sizeof(*start), "a table of strings");
        t->start = start;
        t->cap_n = cap;
    }
    if (used + len + 1 > t->cap_bytes) {
        size_t cap = t->cap_bytes * 2 + len + 64;
        char *bytes = mem_resize(t->bytes, cap, 1);

        if (bytes == NULL)
            return err_nomem(err, cap, "a table of strings");
        t->bytes = bytes;
        t->cap_bytes = cap;
    }
    return ERR_OK;
}

enum err_code
strtab_add(struct strtab *t, const char *s, size_t len, struct err *err)
{
    enum err_code rc = reserve(t, len, err);

    if (rc != ERR_OK)
        return rc;
    memcpy(t->bytes + t->start[t->n], s, len);
    t->bytes[t->start[t->n] + len] = '\0';
    t->start[t->n + 1] = t->start[t->n] + len + 1;
    t->n++;
    return ERR_OK;
}

void
strtab_done(struct strtab *t)
{
    mem_free(t->start);
    mem_free(t->bytes);
    *t = (struct strtab){ 0 };
}
