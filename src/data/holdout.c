/* holdout.c - the held-out set of a reading; see holdout.h. */
#include "config.h"

#include "src/data/holdout.h"

#include "src/base/mem.h"
#include "src/data/split.h"

#include <inttypes.h>

/* What is at hand on the way. */
struct holdout {
    uint64_t *bits; /* of positions */
    const struct intake *in;
    const struct numbers *user, *item;
    const struct dataset_options *opt;
};

/* Bits by data row to bits by position. */
static void
rows_to_positions(struct holdout *h, const uint64_t *by_row)
{
    uint64_t row = 0, at = 0;

    for (size_t i = 0; i < h->in->n_pieces; i++) {
        const struct piece *p = &h->in->piece[i];
        uint32_t k = 0;

        for (uint32_t j = 0; j < p->n_rows; j++, row++) {
            if (k < p->n_rejected && p->rejected[k] == j) {
                k++;
                continue;
            }
            if (split_bit(by_row, row))
                h->bits[at / 64] |= (uint64_t)1 << at % 64;
            at++;
        }
    }
}

static enum err_code
take_by_row(struct holdout *h, struct split_file *sf, struct err *err)
{
    uint64_t *by_row = NULL;
    enum err_code rc = split_file_rows(sf, h->in->n_rows, &by_row, err);

    if (rc == ERR_OK)
        rows_to_positions(h, by_row);
    mem_free(by_row);
    return rc;
}

/* A message about a rating that the split does not have. */
static enum err_code
not_in_split(const struct holdout *h, uint32_t user, uint32_t item, struct err *err)
{
    const struct ids *ids[2] = { &h->user->all, &h->item->all };
    uint32_t number[2] = { user, item };
    char text[2][64];

    for (int c = 0; c < 2; c++)
        ids_show(ids[c], number[c], text[c], sizeof(text[c]));
    return err_set(err, ERR_DATA,
                   "%s: no line (or too few) for user %s and item %s, expected one for "
                   "each rating",
                   h->opt->split_file, text[0], text[1]);
}

/* Look the ratings of a piece up, whose first is at position *at of the file. */
static enum err_code
take_piece(struct holdout *h, struct split_file *sf, const struct piece *p,
           uint64_t *at, struct err *err)
{
    const uint32_t *users = h->user->of[p->reader], *items = h->item->of[p->reader];
    size_t j = 0;

    for (uint32_t k = 0; k < p->n_runs; k++)
        for (uint32_t i = 0; i < p->run[k].n; i++, j++, (*at)++) {
            uint32_t user = users[p->run[k].user], item = items[p->film[j]];
            int held_out = split_file_take(sf, user, item);

            if (held_out < 0)
                return not_in_split(h, user, item, err);
            h->bits[*at / 64] |= (uint64_t)held_out << *at % 64;
        }
    return ERR_OK;
}

static enum err_code
take_by_ids(struct holdout *h, struct split_file *sf, struct err *err)
{
    uint64_t at = 0;
    enum err_code rc = split_file_ids(sf, &h->user->all, &h->item->all, err);

    for (size_t i = 0; rc == ERR_OK && i < h->in->n_pieces; i++)
        rc = take_piece(h, sf, &h->in->piece[i], &at, err);
    if (rc == ERR_OK && split_file_left(sf) > 0)
        rc = err_set(err, ERR_DATA,
                     "%s: more lines than ratings, %" PRIu64
                     " too many; expected one for each rating",
                     h->opt->split_file, split_file_left(sf));
    return rc;
}

static enum err_code
from_file(struct holdout *h, struct err *err)
{
    struct split_file *sf = NULL;
    enum err_code rc = split_file_open(&sf, h->opt->split_file, err);

    if (rc == ERR_OK)
        rc = split_file_by_row(sf) ? take_by_row(h, sf, err) : take_by_ids(h, sf, err);
    split_file_close(sf);
    return rc;
}

enum err_code
holdout_find(uint64_t **ret, const struct intake *in, const struct numbers *user,
             const struct numbers *item, const struct dataset_options *opt,
             struct pool *pool, struct err *err)
{
    size_t n = (size_t)in->n;
    struct holdout h = { .in = in, .user = user, .item = item, .opt = opt };
    enum err_code rc;

    h.bits = mem_new(split_words(n), sizeof(*h.bits));
    if (h.bits == NULL)
        return err_nomem(err, n / 8, "the split");
    if (opt->split_file != NULL)
        rc = from_file(&h, err);
    else
        rc = split_draw(h.bits, n, (size_t)(opt->valid_part * (double)n), opt->seed,
                        pool, err);
    if (rc != ERR_OK) {
        mem_free(h.bits);
        return rc;
    }
    *ret = h.bits;
    return ERR_OK;
}
