/*
 * popularity.h - what being well known adds to a film's logit, in the measure of
 * biases.
 */
#ifndef MLT_EXPLORE_POPULARITY_H
#define MLT_EXPLORE_POPULARITY_H

#include "src/data/catalog.h"
#include "src/model/model.h"

/*
 * ret (n + 1) gets s·z of each film, where z is the standard score of log(1 + ratings)
 * among the rated films and s the standard deviation of their biases: a film that is
 * one deviation more popular gains as much as one whose bias is one deviation higher.
 * All 0 where the films are equally popular. Any thread.
 */
void popularity_weigh(double *ret, const struct model *m, const struct catalog *c);

#endif
