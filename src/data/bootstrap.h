/*
 * bootstrap.h - how often each rating is drawn in an epoch with replacement; a module
 * of the sampler.
 *
 * N places that draw one of T ratings each hold every rating about N / T times. Here it
 * is the ratings that draw: each a number of copies of its own, Poisson with a mean
 * just above N / T. Given that M copies came out, they are spread as M draws with
 * replacement, and so are N of them taken at random (the rest is left out when slots
 * are levelled). So ratings are visited in order, which takes a tenth of the time. M is
 * below N once in 30,000 epochs: then all is drawn again, which favours no rating.
 */
#ifndef MLT_DATA_BOOTSTRAP_H
#define MLT_DATA_BOOTSTRAP_H

#include <stddef.h>
#include <stdint.h>

#define BOOTSTRAP_MOST 32 /* copies of a rating */

struct bootstrap {
    uint32_t below[BOOTSTRAP_MOST]; /* a word above the j-th means more than j copies */
    unsigned n;
};

/* For n_wanted places and n_train >= n_wanted ratings. */
void bootstrap_init(struct bootstrap *b, size_t n_train, size_t n_wanted);

/* Copies of n ratings by their random words (n). */
void bootstrap_counts(const struct bootstrap *b, const uint32_t *word, size_t n,
                      uint32_t *ret);

#endif
