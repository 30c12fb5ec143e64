/*
 * synth.h - a data set of our own in MovieLens form, of any size, with planted truth.
 *
 * Users have tastes made of genres and eras, films have quality; activity and
 * popularity have MovieLens's long tails. A rating is a pure function of the seed and
 * its place, so the bytes do not depend on the number of threads.
 */
#ifndef MLT_DATA_SYNTH_H
#define MLT_DATA_SYNTH_H

#include "src/base/err.h"
#include "src/base/pool.h"
#include "src/data/dataset.h"

#include <stdbool.h>
#include <stdint.h>

struct synth_options {
    uint32_t n_users;   /* m >= 1 */
    uint32_t n_items;   /* films in movies.csv; about 5 % of them stay unrated */
    uint64_t n_ratings; /* R, exact; at most 80 % of the films for one user */
    uint64_t seed;
};

/* ML-25M's shape: 162,541 users, 62,423 films, 25,000,095 ratings, seed 42. */
struct synth_options synth_defaults(void);

/* About ml-1m's size: the built-in sample. */
struct synth_options synth_sample(void);

/*
 * Write ratings.csv, movies.csv, links.csv and truth files into folder `dir`, which is
 * made; ERR_STATE when it exists and is not empty; ERR_ARG when the numbers do not
 * fit; ERR_IO. `progress` (may be NULL) hears ratings done from the calling thread;
 * `cancel` (may be NULL) is polled: ERR_STATE, and nothing half-done is left.
 */
ERR_MUST_CHECK enum err_code
synth_write(const char *dir, const struct synth_options *so, struct pool *pool,
            void (*progress)(void *arg, uint64_t done, uint64_t total), void *arg,
            const volatile bool *cancel, struct err *err);

/* The same ratings.csv and movies.csv in memory, loaded: nothing touches the disk. */
ERR_MUST_CHECK enum err_code synth_load(struct dataset **ret,
                                        const struct synth_options *so,
                                        const struct dataset_options *opt,
                                        struct pool *pool, struct err *err);

#endif
