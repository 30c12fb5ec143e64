/*
 * synth.h - a data set of our own in MovieLens form, of any size, with planted truth.
 *
 * Films have genres, an era and a quality; users have a mean, tastes made of genres
 * and eras, and an activity; popularity and activity have MovieLens's long tails. The
 * stars that user u gives film i are
 *
 *   r = 3.46 + mean_u + quality_i + sum over genres g of taste_ug * part_ig
 *         + era_u * era_i + noise,
 *
 * rounded to half stars 0.5 … 5 (whole stars are the more frequent, and the only ones
 * before 18 February 2003, as in MovieLens). Every number is a pure function of the
 * seed and its place, so the bytes do not depend on the number of threads.
 *
 * A folder holds
 *   ratings.csv      userId,movieId,rating,timestamp   by user, then by film
 *   movies.csv       movieId,title,genres
 *   links.csv        movieId,imdbId,tmdbId             invented numbers
 *   truth-films.csv  movieId,weight,quality,era,GENRE…  weight: relative popularity,
 *                    0 for the films that nobody rates; GENRE…: the film's parts,
 *                    whose squares add up to 1 (all 0 where it lists no genre)
 *   truth-users.csv  userId,ratings,mean,era,GENRE…     GENRE…: the user's tastes
 * with the terms of the formula above in stars, to three decimals.
 */
#ifndef MLT_DATA_SYNTH_H
#define MLT_DATA_SYNTH_H

#include "src/base/err.h"
#include "src/base/pool.h"
#include "src/data/dataset.h"

#include <stdatomic.h>
#include <stdint.h>

#define SYNTH_MAX_USERS 100000000
#define SYNTH_MAX_ITEMS 10000000

struct synth_options {
    uint32_t n_users; /* m, 1 … SYNTH_MAX_USERS; each rates at least one film */
    uint32_t n_items; /* n, 2 … SYNTH_MAX_ITEMS films in movies.csv; 5 % stay unrated */
    uint64_t n_ratings; /* R, exact; at most 80 % of the films for one user */
    uint64_t seed;
};

/* Whom a long run tells how far it is, and who may end it. All may be NULL. */
struct synth_watch {
    void (*progress)(void *arg, uint64_t done, uint64_t total); /* ratings; from the
                                                                 * calling thread */
    void *arg;
    const atomic_bool *cancel; /* polled by every worker */
};

/* ML-25M's shape: 162,541 users, 62,423 films, 25,000,095 ratings, seed 42. */
struct synth_options synth_defaults(void);

/* About ml-1m's size: the built-in sample. */
struct synth_options synth_sample(void);

/* Do the numbers fit together? ERR_ARG says which does not, and what would. */
ERR_MUST_CHECK enum err_code synth_check(const struct synth_options *so,
                                         struct err *err);

/*
 * Write the five files into folder `dir`, which is made (its parent must be there). All
 * is written to a folder beside it that is renamed at the end, so that `dir` appears
 * whole or not at all. ERR_ARG: as synth_check; ERR_STATE: `dir` is there and not
 * empty, or `cancel` turned true; ERR_IO: a file cannot be written (no space left).
 * `watch` may be NULL.
 */
ERR_MUST_CHECK enum err_code
synth_write(const char *dir, const struct synth_options *so, struct pool *pool,
            const struct synth_watch *watch, struct err *err);

/* The same ratings.csv and movies.csv in memory, loaded by dataset_load_bytes under
 * the name "sample": nothing touches the disk. `opt->cancel` ends it early. */
ERR_MUST_CHECK enum err_code synth_load(struct dataset **ret,
                                        const struct synth_options *so,
                                        const struct dataset_options *opt,
                                        struct pool *pool, struct err *err);

#endif
