/*
 * split.h - which ratings are held out.
 *
 * Positions are those of the ratings in the file, from 0, rejected rows left out. A set
 * of positions is an array of bits, bit (p % 64) of word p / 64.
 */
#ifndef MLT_DATA_SPLIT_H
#define MLT_DATA_SPLIT_H

#include "src/base/err.h"
#include "src/base/pool.h"
#include "src/data/ids.h"
#include "src/data/source.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static inline size_t
split_words(size_t n)
{
    return (n + 63) / 64;
}

static inline bool
split_bit(const uint64_t *bits, size_t at)
{
    return (bits[at / 64] >> (at % 64) & 1) != 0;
}

/*
 * A uniformly random set of `cut` of n positions, a function of (seed, n, cut) alone:
 * each position has a 32-bit key, word p % 4 of the random block at p / 4 of stream
 * RNG_SPLIT; the smallest are taken, of equal keys the first. bits (split_words(n)) are
 * zero and are filled. ERR_NOMEM.
 */
ERR_MUST_CHECK enum err_code split_draw(uint64_t *bits, size_t n, size_t cut,
                                        uint64_t seed, struct pool *pool,
                                        struct err *err);

/* A split that somebody else made, as a file. */
struct split_file;

/*
 * Open it and see which form it has: a line of 0 or 1 for each data row of the ratings,
 * or a header with user, item and valid. ERR_NOTFOUND, ERR_IO, ERR_NOMEM.
 */
ERR_MUST_CHECK enum err_code split_file_open(struct split_file **ret, const char *path,
                                             struct err *err);
void split_file_close(struct split_file *sf);

/* Does it go by the rows of the ratings file (else by their ids)? */
bool split_file_by_row(const struct split_file *sf);

/* Of a split by row: a bit for each of n_rows rows, owned by the caller. ERR_DATA: a
 * line is neither 0 nor 1, or there are not n_rows. */
ERR_MUST_CHECK enum err_code split_file_rows(struct split_file *sf, uint64_t n_rows,
                                             uint64_t **ret, struct err *err);

/* Of a split by ids: read it, with the numbers that ids have in these tables, borrowed.
 * ERR_DATA: a line is wrong or names somebody who rated nothing. */
ERR_MUST_CHECK enum err_code split_file_ids(struct split_file *sf,
                                            const struct ids *user,
                                            const struct ids *item, struct err *err);

/* Take the line for a rating of a film by a user: for the same two once more, the next
 * line. Is it held out: 1, 0, or -1 when there is no such line. */
int split_file_take(struct split_file *sf, uint32_t user, uint32_t item);

/* Lines that no rating took. */
uint64_t split_file_left(const struct split_file *sf);

#endif
