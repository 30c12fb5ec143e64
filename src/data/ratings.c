/* ratings.c - every rating once, by user; see ratings.h. */
#include "config.h"

#include "src/data/ratings.h"

#include "src/base/mem.h"

enum err_code
ratings_new(struct ratings **ret, size_t n, uint32_t n_users, uint32_t n_items,
            bool coded, struct err *err)
{
    struct ratings *r = mem_new(1, sizeof(*r));

    if (r == NULL)
        return err_nomem(err, sizeof(*r), "ratings");
    r->n = n;
    r->n_users = n_users;
    r->n_items = n_items;
    r->start = mem_new((size_t)n_users + 2, sizeof(*r->start));
    r->item = mem_new(n, sizeof(*r->item));
    r->value = mem_new(RATINGS_MAX_VALUES, sizeof(*r->value));
    if (coded)
        r->code = mem_new(n, sizeof(*r->code));
    else
        r->stars = mem_new(n, sizeof(*r->stars));
    if (r->start == NULL || r->item == NULL || r->value == NULL ||
        (r->code == NULL && r->stars == NULL)) {
        ratings_free(r);
        return err_nomem(err, n * (coded ? 5 : 8), "ratings");
    }
    *ret = r;
    return ERR_OK;
}

void
ratings_free(struct ratings *r)
{
    if (r == NULL)
        return;
    mem_free(r->start);
    mem_free(r->item);
    mem_free(r->code);
    mem_free(r->stars);
    mem_free(r->value);
    mem_free(r);
}
