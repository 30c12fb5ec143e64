/* summary.c - a data set at first sight; see summary.h. */
#include "config.h"

#include "src/data/summary.h"

#include "src/base/mem.h"

#include <stdlib.h>

static void
find_range(const struct ratings *r, double *ret_lo, double *ret_hi)
{
    *ret_lo = *ret_hi = r->n > 0 ? ratings_stars(r, 0) : 0;
    for (size_t i = 1; i < r->n; i++) {
        double v = ratings_stars(r, i);

        *ret_lo = v < *ret_lo ? v : *ret_lo;
        *ret_hi = v > *ret_hi ? v : *ret_hi;
    }
}

static bool
is_part(const struct ratings *r, const struct summary_part *p, uint64_t at)
{
    return p->film == 0 || ratings_item(r, at) == p->film;
}

void
summary_scale_init(struct summary_scale *ret, const struct ratings *r,
                   struct summary_bar *bars, size_t max_bars)
{
    struct summary_scale s = { .ranges = r->code == NULL || r->n_values > max_bars };
    double hi = 0;

    s.n = s.ranges ? max_bars : r->n_values;
    if (s.ranges)
        find_range(r, &s.lo, &hi);
    s.width = (hi - s.lo) / (double)max_bars;
    for (size_t b = 0; b < s.n; b++)
        bars[b] =
            (struct summary_bar){ .rating = s.ranges ? s.lo + ((double)b + .5) * s.width
                                                     : (double)r->value[b] };
    *ret = s;
}

size_t
summary_histogram_of(const struct ratings *r, const struct summary_part *p,
                     struct summary_bar *bars, size_t max_bars)
{
    struct summary_scale s;

    summary_scale_init(&s, r, bars, max_bars);
    for (uint64_t i = p->from; i < p->to; i++)
        if (is_part(r, p, i))
            bars[summary_bar_of(&s, r, i)].count++;
    return s.n;
}

size_t
summary_histogram(const struct ratings *r, struct summary_bar *bars, size_t max_bars)
{
    const struct summary_part all = { 0, r->n, 0 };

    return summary_histogram_of(r, &all, bars, max_bars);
}

static int
by_size(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

/* Sort the n counts and read the tail off them. */
static void
read_tail(struct summary_tail *ret, uint32_t *count, uint32_t n)
{
    double all = 0, top = 0;
    uint32_t n_top = n / 10 + (n % 10 > 0), n_few = 0;

    *ret = (struct summary_tail){ .n = n };
    if (n == 0)
        return;
    qsort(count, n, sizeof(*count), by_size);
    for (uint32_t i = 0; i < n; i++) {
        all += count[i];
        top += i >= n - n_top ? count[i] : 0;
        n_few += count[i] < SUMMARY_FEW;
    }
    ret->least = count[0];
    ret->median = count[(n - 1) / 2];
    ret->most = count[n - 1];
    ret->mean = all / n;
    ret->n_few = n_few;
    ret->top_share = top / all;
}

enum err_code
summary_items(struct summary_tail *ret, const struct dataset *d, struct err *err)
{
    uint32_t n = d->catalog->n_items;
    uint32_t *count = mem_new(n, sizeof(*count));

    if (count == NULL)
        return err_nomem(err, n * sizeof(*count), "counts of films");
    for (uint32_t i = 0; i < n; i++)
        count[i] = d->catalog->count[i + 1];
    read_tail(ret, count, n);
    mem_free(count);
    return ERR_OK;
}

enum err_code
summary_users(struct summary_tail *ret, const struct dataset *d, struct err *err)
{
    uint32_t n = d->catalog->n_users;
    uint32_t *count = mem_new(n, sizeof(*count));

    if (count == NULL)
        return err_nomem(err, n * sizeof(*count), "counts of users");
    for (uint32_t u = 0; u < n; u++)
        count[u] = (uint32_t)(d->ratings->start[u + 2] - d->ratings->start[u + 1]);
    read_tail(ret, count, n);
    mem_free(count);
    return ERR_OK;
}

double
summary_density(const struct dataset *d)
{
    return (double)d->ratings->n / d->catalog->n_users / d->catalog->n_items;
}
