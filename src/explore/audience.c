/* audience.c - who rated each film; see audience.h. */
#include "config.h"

#include "src/explore/audience.h"

#include "src/base/mem.h"

#include <string.h>

struct audience {
    uint32_t n_users;
    size_t n_bars;
    struct summary_bar all[AUDIENCE_BARS]; /* of all ratings */
    uint32_t *count; /* (n + 1, n_bars) owned: by film and stars */
    uint32_t *users; /* (n + 1) owned: who rated it; once each */
};

/* One pass; `last` (n + 1, zeros) remembers the user who rated a film last. */
static void
count(struct audience *a, const struct summary_scale *scale, const struct ratings *r,
      uint32_t *last)
{
    for (uint32_t u = 1; u <= r->n_users; u++)
        for (uint64_t at = r->start[u]; at < r->start[u + 1]; at++) {
            uint32_t film = ratings_item(r, at);

            a->count[film * a->n_bars + summary_bar_of(scale, r, at)]++;
            a->users[film] += last[film] != u;
            last[film] = u;
        }
}

/* The sums over all films. */
static void
add_films(struct audience *a, uint32_t n_items)
{
    for (size_t film = 1; film <= n_items; film++)
        for (size_t b = 0; b < a->n_bars; b++)
            a->all[b].count += a->count[film * a->n_bars + b];
}

enum err_code
audience_new(struct audience **ret, const struct ratings *r, struct err *err)
{
    const size_t rows = (size_t)r->n_items + 1;
    struct audience *a = mem_new(1, sizeof(*a));
    struct summary_scale scale;
    uint32_t *last = mem_new(rows, sizeof(*last));

    if (a == NULL || last == NULL)
        goto nomem;
    summary_scale_init(&scale, r, a->all, AUDIENCE_BARS);
    a->n_users = r->n_users;
    a->n_bars = scale.n;
    a->count = mem_new(rows * scale.n, sizeof(*a->count));
    a->users = mem_new(rows, sizeof(*a->users));
    if (a->count == NULL || a->users == NULL)
        goto nomem;
    count(a, &scale, r, last);
    add_films(a, r->n_items);
    mem_free(last);
    *ret = a;
    return ERR_OK;
nomem:
    mem_free(last);
    audience_free(a);
    return err_nomem(err, rows * AUDIENCE_BARS * sizeof(uint32_t),
                     "who rated which film");
}

void
audience_free(struct audience *a)
{
    if (a == NULL)
        return;
    mem_free(a->count);
    mem_free(a->users);
    mem_free(a);
}

size_t
audience_histogram(const struct audience *a, uint32_t film,
                   struct summary_bar ret[AUDIENCE_BARS])
{
    memcpy(ret, a->all, a->n_bars * sizeof(*ret));
    for (size_t b = 0; b < a->n_bars && film != 0; b++)
        ret[b].count = a->count[film * a->n_bars + b];
    return a->n_bars;
}

double
audience_share(const struct audience *a, uint32_t film)
{
    return (double)a->users[film] / a->n_users;
}
