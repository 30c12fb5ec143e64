/* tails.c - the long tails of a data set; see tails.h. */
#include "config.h"

#include "ui/tui/tails.h"

#include "src/base/mem.h"

#include <math.h>
#include <stdlib.h>

#define FEW 5

static int
most_first(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x < y) - (x > y);
}

/* The curve of n counts, which are sorted here; those of 0 do not count. */
static struct tail
tail_of(uint32_t *count, size_t n)
{
    struct tail t = { .n = 0 };
    size_t last = 0;

    qsort(count, n, sizeof(*count), most_first);
    while (t.n_all < n && count[t.n_all] > 0)
        t.n_all++;
    if (t.n_all == 0)
        return t;
    t.median = count[t.n_all / 2];
    for (uint32_t i = 0; i < t.n_all; i++)
        t.n_few += count[i] < FEW;
    for (size_t i = 0; i < TAIL_POINTS; i++) {
        double part = (double)i / (TAIL_POINTS - 1);
        size_t rank = (size_t)lrint(pow(t.n_all, part));

        if (rank == last)
            continue;
        last = rank;
        t.rank[t.n] = (double)rank;
        t.count[t.n++] = count[rank - 1];
    }
    return t;
}

enum err_code
tails_find(struct tails *ret, const struct ratings *r, const struct catalog *c,
           struct err *err)
{
    uint32_t *film = mem_new((size_t)r->n_items + 1, sizeof(*film));
    uint32_t *user = mem_new((size_t)r->n_users + 1, sizeof(*user));
    enum err_code rc = ERR_OK;

    if (film == NULL || user == NULL) {
        rc =
            err_nomem(err, ((size_t)r->n_items + r->n_users) * sizeof(*film), "counts");
        goto out;
    }
    for (uint32_t i = 1; i <= r->n_items; i++)
        film[i] = c->count[i];
    for (uint32_t u = 1; u <= r->n_users; u++)
        user[u] = (uint32_t)(r->start[u + 1] - r->start[u]);
    ret->films = tail_of(film + 1, r->n_items);
    ret->users = tail_of(user + 1, r->n_users);
out:
    mem_free(film);
    mem_free(user);
    return rc;
}
