/*
 * foldin_apart.h - users folded in from their own training ratings, beside what
 * training made of them. Needs no CUnit: a program of tests/long uses it, too.
 */
#ifndef MLT_TESTS_EXPLORE_FOLDIN_APART_H
#define MLT_TESTS_EXPLORE_FOLDIN_APART_H

#include "src/data/ratings.h"
#include "src/explore/foldin.h"
#include "src/model/model.h"

#include <stddef.h>
#include <stdint.h>

/* Sums over users and their films. */
struct foldin_apart {
    size_t users, films, held_out;
    double apart;           /* squares of what parts both predictions of all films */
    double trained, folded; /* squares of their errors in what was held out */
};

/* The training ratings of user u; room for as many as he has. */
size_t foldin_apart_ratings(const struct ratings *r, uint32_t u,
                            struct foldin_rating *ret);

/* Add user u, who is z (k + 1) when folded in. */
void foldin_apart_add(struct foldin_apart *sum, const struct model *m,
                      const struct ratings *r, uint32_t u, const double *z);

#endif
