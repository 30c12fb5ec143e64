/*
 * assemble.c - the data set out of what was read; see assemble.h.
 *
 * Ratings are copied by user; of one user they keep the order of the file. In a file
 * that is sorted by user, as MovieLens's are, this is a copy from front to back. Where
 * each run of ratings goes is found first, so that pieces are copied in parallel and
 * the result does not depend on who copies them.
 */
#include "config.h"

#include "src/data/assemble.h"

#include "src/base/mem.h"
#include "src/data/filmrows.h"
#include "src/data/holdout.h"
#include "src/data/numbers.h"
#include "src/data/split.h"
#include "src/data/tally.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* What is at hand on the way. */
struct assembly {
    struct dataset *d;
    struct intake *in;
    const struct movies *movies;
    const struct dataset_options *opt;
    struct pool *pool;
    struct numbers user, item; /* first numbers, later rows */
    uint64_t *held_out;        /* (split_words(in->n)) owned: positions in the file */
    uint64_t *position;        /* (n_pieces) owned: of each piece's first rating */
    uint8_t (*code)[RATINGS_MAX_VALUES]; /* (n_readers) owned: codes of the data set */
    atomic_size_t next;                  /* piece to be copied */
};

/* ---- rows ---- */

static enum err_code
find_positions(struct assembly *a, struct err *err)
{
    uint64_t at = 0;

    a->position = mem_new(a->in->n_pieces, sizeof(*a->position));
    if (a->position == NULL)
        return err_nomem(err, a->in->n_pieces * sizeof(*a->position), "ratings");
    for (size_t i = 0; i < a->in->n_pieces; i++) {
        a->position[i] = at;
        at += a->in->piece[i].n;
    }
    return ERR_OK;
}

static enum err_code
user_rows(struct assembly *a, struct err *err)
{
    const struct ids *ids = &a->user.all;
    uint32_t *order = NULL, *row = mem_new(ids->n, sizeof(*row));
    enum err_code rc = row != NULL ? ids_sorted(ids, &order, err)
                                   : err_nomem(err, ids->n * sizeof(*row), "users");

    if (rc == ERR_OK)
        rc = filmrows_ids(&a->d->catalog->user, ids, order, true, err);
    if (rc == ERR_OK) {
        for (size_t i = 0; i < ids->n; i++)
            row[order[i]] = (uint32_t)i + 1;
        a->d->catalog->n_users = (uint32_t)ids->n;
        numbers_to_rows(&a->user, a->in, COLUMN_USER, row);
    }
    mem_free(order);
    mem_free(row);
    return rc;
}

static enum err_code
item_rows(struct assembly *a, struct err *err)
{
    uint32_t *row = NULL;
    enum err_code rc =
        filmrows_make(a->d->catalog, &row, &a->item.all, a->movies, a->opt->item, err);

    if (rc == ERR_OK)
        numbers_to_rows(&a->item, a->in, COLUMN_ITEM, row);
    mem_free(row);
    return rc;
}

/* ---- stars ---- */

static int
by_value(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;

    return (x > y) - (x < y);
}

static bool
has_value(const float *value, size_t n, float v)
{
    for (size_t i = 0; i < n; i++)
        if (value[i] == v)
            return true;
    return false;
}

/* All distinct stars of the readers, rising; false when there are too many for codes.
 */
static bool
merge_palettes(const struct intake *in, float *value, unsigned *ret_n)
{
    unsigned n = 0;

    for (unsigned r = 0; r < in->n_readers; r++) {
        const struct palette *p = &in->reader[r].palette;

        for (unsigned i = 0; i < p->n; i++) {
            if (has_value(value, n, p->value[i]))
                continue;
            if (n == RATINGS_MAX_VALUES)
                return false;
            value[n++] = p->value[i];
        }
    }
    qsort(value, n, sizeof(*value), by_value);
    *ret_n = n;
    return true;
}

static void
map_codes(struct assembly *a, const float *value, unsigned n)
{
    for (unsigned r = 0; r < a->in->n_readers; r++) {
        const struct palette *p = &a->in->reader[r].palette;

        for (unsigned i = 0; i < p->n; i++)
            for (unsigned v = 0; v < n; v++)
                if (value[v] == p->value[i])
                    a->code[r][i] = (uint8_t)v;
    }
}

/* Room for the ratings, and how each reader's codes are written in them. */
static enum err_code
make_ratings(struct assembly *a, struct err *err)
{
    float value[RATINGS_MAX_VALUES] = { 0 };
    unsigned n_values = 0;
    bool coded = !a->in->layout.float_stars && merge_palettes(a->in, value, &n_values);
    const struct catalog *c = a->d->catalog;
    enum err_code rc;

    a->code = mem_new(a->in->n_readers, sizeof(*a->code));
    if (a->code == NULL)
        return err_nomem(err, a->in->n_readers * sizeof(*a->code), "ratings");
    rc = ratings_new(&a->d->ratings, (size_t)a->in->n, c->n_users, c->n_items, coded,
                     err);
    if (rc == ERR_OK && coded) {
        memcpy(a->d->ratings->value, value, n_values * sizeof(*value));
        a->d->ratings->n_values = n_values;
        map_codes(a, value, n_values);
    }
    return rc;
}

/* ---- the copy ---- */

/* Find where each user's ratings start, and in place of each run's user where the run
 * goes. */
static enum err_code
place_runs(struct assembly *a, struct err *err)
{
    struct ratings *r = a->d->ratings;
    uint64_t *next = mem_new((size_t)r->n_users + 2, sizeof(*next));

    if (next == NULL)
        return err_nomem(err, r->n_users * sizeof(*next), "ratings");
    for (size_t i = 0; i < a->in->n_pieces; i++) {
        const struct piece *p = &a->in->piece[i];

        for (uint32_t k = 0; k < p->n_runs; k++)
            r->start[a->user.of[p->reader][p->run[k].user] + 1] += p->run[k].n;
    }
    for (uint32_t u = 0; u <= r->n_users; u++)
        r->start[u + 1] += r->start[u];
    memcpy(next, r->start, ((size_t)r->n_users + 2) * sizeof(*next));
    for (size_t i = 0; i < a->in->n_pieces; i++) {
        const struct piece *p = &a->in->piece[i];

        for (uint32_t k = 0; k < p->n_runs; k++) {
            uint64_t *to = &next[a->user.of[p->reader][p->run[k].user]];

            p->run[k].user = (uint32_t)*to;
            *to += p->run[k].n;
        }
    }
    mem_free(next);
    return ERR_OK;
}

/* Stars i of a piece to rating `to`. */
static void
copy_stars(struct ratings *r, size_t to, const struct piece *p, size_t i, uint32_t n,
           const struct palette *palette, const uint8_t *code)
{
    if (r->code != NULL)
        for (uint32_t k = 0; k < n; k++)
            r->code[to + k] = code[p->code[i + k]];
    else if (p->code != NULL)
        for (uint32_t k = 0; k < n; k++)
            r->stars[to + k] = palette->value[p->code[i + k]];
    else
        memcpy(r->stars + to, p->stars + i, n * sizeof(*r->stars));
}

static void
copy_piece(struct assembly *a, const struct piece *p, uint64_t position)
{
    struct ratings *r = a->d->ratings;
    const struct palette *palette = &a->in->reader[p->reader].palette;
    const uint32_t *row = a->item.of[p->reader];
    size_t i = 0;

    for (uint32_t k = 0; k < p->n_runs; k++) {
        uint32_t n = p->run[k].n, *item = r->item + p->run[k].user;

        for (uint32_t j = 0; j < n; j++) {
            uint64_t at = position + i + j;

            item[j] = row[p->film[i + j]] | (uint32_t)split_bit(a->held_out, at) << 31;
        }
        copy_stars(r, p->run[k].user, p, i, n, palette, a->code[p->reader]);
        i += n;
    }
}

/* A worker of assemble: copies pieces and gives them back. */
static void
copy_pieces(void *arg, unsigned id, unsigned n)
{
    struct assembly *a = arg;
    size_t i;

    (void)id;
    (void)n;
    while ((i = atomic_fetch_add(&a->next, 1)) < a->in->n_pieces) {
        copy_piece(a, &a->in->piece[i], a->position[i]);
        intake_drop(&a->in->piece[i]);
    }
}

static size_t
count_bits(const uint64_t *bits, size_t n_words)
{
    size_t n = 0;

    for (size_t i = 0; i < n_words; i++)
        n += (size_t)__builtin_popcountll(bits[i]);
    return n;
}

static enum err_code
fill_ratings(struct assembly *a, struct err *err)
{
    enum err_code rc = make_ratings(a, err);

    if (rc == ERR_OK)
        rc = place_runs(a, err);
    if (rc != ERR_OK)
        return rc;
    a->d->ratings->n_held_out = count_bits(a->held_out, split_words((size_t)a->in->n));
    pool_run(a->pool, copy_pieces, a);
    return ERR_OK;
}

enum err_code
assemble(struct dataset *d, struct intake *in, const struct movies *movies,
         const struct dataset_options *opt, struct pool *pool, struct err *err)
{
    struct assembly a = {
        .d = d, .in = in, .movies = movies, .opt = opt, .pool = pool
    };
    enum err_code rc = catalog_new(&d->catalog, err);

    if (rc == ERR_OK)
        rc = find_positions(&a, err);
    if (rc == ERR_OK)
        rc = numbers_merge(&a.user, in, COLUMN_USER, err);
    if (rc == ERR_OK)
        rc = numbers_merge(&a.item, in, COLUMN_ITEM, err);
    if (rc == ERR_OK)
        rc = holdout_find(&a.held_out, in, &a.user, &a.item, opt, pool, err);
    if (rc == ERR_OK)
        rc = user_rows(&a, err);
    if (rc == ERR_OK)
        rc = item_rows(&a, err);
    if (rc == ERR_OK)
        rc = fill_ratings(&a, err);
    if (rc == ERR_OK)
        rc = tally(d, opt->y_lo, opt->y_hi, pool, err);
    numbers_done(&a.user);
    numbers_done(&a.item);
    mem_free(a.held_out);
    mem_free(a.position);
    mem_free(a.code);
    return rc;
}
