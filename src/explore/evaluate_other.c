/* evaluate_other.c - the ratings of other data in a model's rows; see evaluate.h. */
#include "config.h"

#include "src/explore/evaluate.h"

#include "src/base/mem.h"

/* Row of the model for each row of other data, 0 where it has none. */
struct rows {
    uint32_t *user, *film;
};

static enum err_code
find_rows(struct rows *rows, struct evaluate_skipped *skipped,
          const struct catalog *model_catalog, const struct catalog *c, struct err *err)
{
    char id[24];
    uint32_t *row_at = NULL;
    enum err_code rc = catalog_item_rows(&row_at, model_catalog, err);

    if (rc != ERR_OK)
        return rc;

    for (uint32_t u = 1; u <= c->n_users; u++) {
        rows->user[u] = catalog_find_user(model_catalog, idcol_text(&c->user, u, id));
        skipped->users += rows->user[u] == 0;
    }
    for (uint32_t i = 1; i <= c->n_items; i++) {
        size_t at = catalog_item_place(model_catalog, catalog_item_id(c, i, id));

        rows->film[i] = at < model_catalog->item_id.n ? row_at[at] : 0;
        skipped->films += rows->film[i] == 0;
    }
    mem_free(row_at);
    return ERR_OK;
}

/* Copy the ratings whose rows are known. to->start[u] begins as the place of the first
 * rating of user u and is put right afterwards. */
static void
copy_ratings(struct ratings *to, const struct ratings *r, const struct rows *rows)
{
    for (uint32_t u = 1; u <= r->n_users; u++)
        for (uint64_t at = r->start[u]; at < r->start[u + 1]; at++) {
            const uint32_t film = rows->film[ratings_item(r, at)];
            uint64_t place;

            if (rows->user[u] == 0 || film == 0)
                continue;
            place = to->start[rows->user[u]]++;
            to->item[place] = film | RATINGS_HELD_OUT;
            to->stars[place] = ratings_stars(r, at);
        }
    for (uint32_t u = to->n_users + 1; u > 0; u--)
        to->start[u] = to->start[u - 1];
    to->start[0] = 0;
    to->n_held_out = to->n;
}

/* Ratings that stay, by the model's user: counts[u + 1]; the sum is returned. */
static uint64_t
count_ratings(const struct ratings *r, const struct rows *rows, uint64_t *counts)
{
    uint64_t n = 0;

    for (uint32_t u = 1; u <= r->n_users; u++)
        for (uint64_t at = r->start[u]; at < r->start[u + 1]; at++)
            if (rows->user[u] != 0 && rows->film[ratings_item(r, at)] != 0) {
                counts[rows->user[u] + 1]++;
                n++;
            }
    return n;
}

enum err_code
evaluate_other(struct ratings **ret, struct evaluate_skipped *ret_skipped,
               const struct catalog *model_catalog, const struct catalog *c,
               const struct ratings *r, struct err *err)
{
    const uint32_t m = model_catalog->n_users;
    struct rows rows = { mem_new((size_t)c->n_users + 1, sizeof(*rows.user)),
                         mem_new((size_t)c->n_items + 1, sizeof(*rows.film)) };
    uint64_t *counts = mem_new((size_t)m + 2, sizeof(*counts)), n;
    struct evaluate_skipped skipped = { 0 };
    struct ratings *to = NULL;
    enum err_code rc;

    if (rows.user == NULL || rows.film == NULL || counts == NULL) {
        rc = err_nomem(err, (m + 2) * sizeof(*counts), "the other data");
        goto out;
    }
    rc = find_rows(&rows, &skipped, model_catalog, c, err);
    if (rc != ERR_OK)
        goto out;
    n = count_ratings(r, &rows, counts);
    rc = ratings_new(&to, n, m, model_catalog->n_items, false, err);
    if (rc != ERR_OK)
        goto out;
    for (uint32_t u = 0; u <= m; u++)
        to->start[u + 1] = to->start[u] + counts[u + 1];
    copy_ratings(to, r, &rows);
    skipped.ratings = r->n - n;
    *ret = to;
    *ret_skipped = skipped;
out:
    mem_free(rows.user);
    mem_free(rows.film);
    mem_free(counts);
    return rc;
}
