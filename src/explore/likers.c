/* likers.c - the users who like something; see likers.h. */
#include "config.h"

#include "src/explore/likers.h"

#include "src/base/mem.h"
#include "src/explore/users.h"

#include <stdbool.h>
#include <stdlib.h>

struct entry {
    double value;
    uint64_t n; /* ratings of the user, where that decides */
    uint32_t user;
};

static int
compare(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;

    if (x->value != y->value)
        return x->value > y->value ? -1 : 1;
    if (x->n != y->n)
        return x->n > y->n ? -1 : 1;
    return x->user < y->user ? -1 : x->user > y->user;
}

/* The first of them in order; the entries are sorted in place. */
static size_t
take_first(struct liker *ret, size_t room, struct entry *entry, size_t n)
{
    qsort(entry, n, sizeof(*entry), compare);
    n = n < room ? n : room;
    for (size_t i = 0; i < n; i++)
        ret[i] = (struct liker){ entry[i].user, entry[i].value };
    return n;
}

/* How much above his own mean user u rates the films that are marked; false: he rated
 * none of them. */
static bool
liking_of(double *ret, const struct ratings *r, uint32_t u, const bool *marked)
{
    double all = 0, some = 0, mean;
    size_t n = 0, n_all = (size_t)users_n_ratings(r, u);

    for (uint64_t at = r->start[u]; at < r->start[u + 1]; at++) {
        double stars = (double)ratings_stars(r, at);

        all += stars;
        if (marked[ratings_item(r, at)]) {
            some += stars;
            n++;
        }
    }
    if (n == 0)
        return false;
    mean = all / (double)n_all;
    *ret = (some - (double)n * mean) / (double)(n + USERS_SHRINK);
    return true;
}

static void
mark_genre(bool *marked, const struct catalog *c, uint32_t genre)
{
    for (uint32_t row = 1; row <= c->n_items; row++)
        marked[row] = listcol_has(&c->genre_of, row, genre);
}

enum err_code
likers_of_genre(struct liker *ret, size_t room, size_t *ret_n, const struct catalog *c,
                const struct ratings *r, uint32_t genre, struct err *err)
{
    struct entry *entry = mem_new(r->n_users, sizeof(*entry));
    bool *marked = mem_new((size_t)c->n_items + 1, sizeof(*marked));
    enum err_code rc = ERR_OK;
    size_t n = 0;

    if (entry == NULL || marked == NULL) {
        rc = err_nomem(err, r->n_users * sizeof(*entry), "a list of users");
    } else {
        mark_genre(marked, c, genre);
        for (uint32_t u = 1; u <= r->n_users; u++)
            if (liking_of(&entry[n].value, r, u, marked))
                entry[n++].user = u;
        *ret_n = take_first(ret, room, entry, n);
    }
    mem_free(entry);
    mem_free(marked);
    return rc;
}

enum err_code
likers_of_film(struct liker *ret, size_t room, size_t *ret_n, const struct ratings *r,
               uint32_t film, struct err *err)
{
    struct entry *entry = mem_new(r->n_users, sizeof(*entry));
    size_t n = 0;

    if (entry == NULL)
        return err_nomem(err, r->n_users * sizeof(*entry), "a list of users");
    for (uint32_t u = 1; u <= r->n_users; u++)
        for (uint64_t at = r->start[u + 1]; at-- > r->start[u];)
            if (ratings_item(r, at) == film) {
                entry[n++] = (struct entry){ (double)ratings_stars(r, at),
                                             users_n_ratings(r, u), u };
                break;
            }
    *ret_n = take_first(ret, room, entry, n);
    mem_free(entry);
    return ERR_OK;
}
