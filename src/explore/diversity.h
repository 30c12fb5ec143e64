/*
 * diversity.h - a list that does not say the same ten times: maximal marginal relevance
 * (Carbonell & Goldstein 1998, "The use of MMR, diversity-based reranking").
 */
#ifndef MLT_EXPLORE_DIVERSITY_H
#define MLT_EXPLORE_DIVERSITY_H

#include "src/explore/rank.h"
#include "src/model/model.h"

#include <stddef.h>

/*
 * Of n films, best first by key, bring min(want, n) to the front, in the order in which
 * they are chosen, and return how many. The first stays the first; then always the film
 * i with the highest
 *
 *   (1 - d)·(key_i - key_n) / (key_1 - key_n) - d·max over chosen j of cos(I[i], I[j]),
 *
 * of equal ones the one that stood higher. d is in [0, 1]: 0 keeps the order, 1 looks
 * at likeness alone. similar (n) is overwritten. O(n · want · k). Any thread.
 */
size_t diversity_pick(const struct model *m, struct ranked *film, size_t n, size_t want,
                      double d, double *similar);

#endif
