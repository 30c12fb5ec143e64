/* users.c - the users of a run; see users.h. */
#include "config.h"

#include "src/explore/users.h"

#include "src/base/mem.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const bool high_first[] = {
#define X(id, name, high) high,
    USERS_SORT_LIST(X)
#undef X
};

struct entry {
    double key;
    uint32_t row;
};

uint64_t
users_n_ratings(const struct ratings *r, uint32_t user)
{
    return r->start[user + 1] - r->start[user];
}

double
users_mean(const struct ratings *r, uint32_t user)
{
    double sum = 0;

    for (uint64_t at = r->start[user]; at < r->start[user + 1]; at++)
        sum += (double)ratings_stars(r, at);
    return sum / (double)users_n_ratings(r, user);
}

static double
key_of(const struct model *m, const struct ratings *r, uint32_t user,
       enum users_sort sort)
{
    switch (sort) {
    case USERS_BY_RATINGS:
        return (double)users_n_ratings(r, user);
    case USERS_BY_MEAN:
        return users_mean(r, user);
    case USERS_BY_BIAS:
        return (double)m->bu[user];
    case USERS_BY_USER:
    case USERS_SORT_COUNT:
        break;
    }
    return user; /* rows are in the order of ids */
}

/* qsort: the lowest key first, ties by id. */
static int
compare(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;

    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

enum err_code
users_list(struct users *ret, const struct model *m, const struct ratings *r,
           const struct users_query *q, struct err *err)
{
    struct entry *entry = mem_new(r->n_users, sizeof(*entry));
    uint32_t *row = NULL;
    size_t n = 0, best;
    bool turn;

    assert(q->sort < USERS_SORT_COUNT && m->n_users == r->n_users);
    turn = high_first[q->sort] != q->reverse;
    for (uint32_t u = 1; entry != NULL && u <= r->n_users; u++) {
        const uint64_t n_ratings = users_n_ratings(r, u);

        if (n_ratings > 0 && n_ratings >= q->min_ratings) {
            const double key = key_of(m, r, u, q->sort);

            entry[n++] = (struct entry){ turn ? -key : key, u };
        }
    }
    best = q->limit != 0 && q->limit < n ? q->limit : n;
    row = mem_new(best, sizeof(*row));
    if (entry == NULL || row == NULL) {
        mem_free(entry);
        mem_free(row);
        return err_nomem(err, r->n_users * sizeof(*entry), "a list of users");
    }
    qsort(entry, n, sizeof(*entry), compare);
    for (size_t i = 0; i < best; i++)
        row[i] = entry[i].row;
    mem_free(entry);
    *ret = (struct users){ .row = row, .n = best, .n_match = n };
    return ERR_OK;
}

void
users_done(struct users *u)
{
    mem_free(u->row);
    *u = (struct users){ 0 };
}

/* qsort: the most liked first, equals by name. */
static int
compare_likings(const void *a, const void *b)
{
    const struct users_liking *x = a, *y = b;

    if (x->above != y->above)
        return x->above > y->above ? -1 : 1;
    return x->genre < y->genre ? -1 : x->genre > y->genre;
}

size_t
users_likings(struct users_liking *ret, const struct catalog *c,
              const struct ratings *r, uint32_t user)
{
    const double mean = users_mean(r, user);
    size_t n = 0;

    for (uint32_t g = 0; g < c->genre.n; g++)
        ret[g] = (struct users_liking){ .genre = g };
    for (uint64_t at = r->start[user]; at < r->start[user + 1]; at++) {
        const uint32_t film = ratings_item(r, at);

        for (uint32_t k = c->genre_of.start[film]; k < c->genre_of.start[film + 1];
             k++) {
            struct users_liking *l = &ret[c->genre_of.value[k]];

            l->n++;
            l->mean += (double)ratings_stars(r, at);
        }
    }
    for (uint32_t g = 0; g < c->genre.n; g++) {
        struct users_liking l = ret[g];

        if (l.n == 0)
            continue;
        l.above = (l.mean - l.n * mean) / (l.n + USERS_SHRINK);
        l.mean /= l.n;
        ret[n++] = l;
    }
    qsort(ret, n, sizeof(*ret), compare_likings);
    return n;
}

size_t
users_held_out(struct users_held_out *ret, const struct model *m,
               const struct ratings *r, uint32_t user)
{
    size_t n = 0;

    for (uint64_t at = r->start[user]; at < r->start[user + 1]; at++) {
        const uint32_t film = ratings_item(r, at);

        if (ratings_held_out(r, at))
            ret[n++] = (struct users_held_out){
                .row = film,
                .given = (double)ratings_stars(r, at),
                .predicted = model_rating(m, model_logit(m, user, film)),
            };
    }
    return n;
}

double
users_rmse(const struct model *m, const struct ratings *r, uint32_t first,
           uint32_t last, size_t *ret_n)
{
    double sum = 0;
    size_t n = 0;

    for (uint32_t u = first; u <= last; u++)
        for (uint64_t at = r->start[u]; at < r->start[u + 1]; at++) {
            double off;

            if (!ratings_held_out(r, at))
                continue;
            off = model_rating(m, model_logit(m, u, ratings_item(r, at))) -
                  (double)ratings_stars(r, at);
            sum += off * off;
            n++;
        }
    *ret_n = n;
    return n > 0 ? sqrt(sum / (double)n) : NAN;
}
