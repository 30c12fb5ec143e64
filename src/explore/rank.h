/*
 * rank.h - films in order of a key: the one order that all lists of films share.
 *
 * High keys first, NaN last, equal keys by title (bytes), then by id. The order is
 * total, so a list is the same however it was found.
 */
#ifndef MLT_EXPLORE_RANK_H
#define MLT_EXPLORE_RANK_H

#include "src/data/catalog.h"

#include <stddef.h>
#include <stdint.h>

struct ranked {
    double key;
    uint32_t row; /* of the film, from 1 */
};

/* Title, then id (numbers by value, text by bytes): < 0 when film a comes before b. */
int rank_compare_titles(const struct catalog *c, uint32_t a, uint32_t b);

/*
 * Bring the best min(want, n) of the n entries to the front, in order, and return how
 * many these are. The others follow in no order. O(n + h log want) for h entries that
 * were ever among the best so far: cheap when want is small. Any thread.
 */
size_t rank_best(struct ranked *entry, size_t n, size_t want, const struct catalog *c);

/*
 * Put all n entries in that order; `room` (n entries) is written over. O(n), and
 * comparisons of titles only between equal keys. Any thread.
 */
void rank_all(struct ranked *entry, struct ranked *room, size_t n,
              const struct catalog *c);

/*
 * One more entry for the best `room` of a stream, of which heap[] holds n so far, the
 * last of them in order at heap[0] once n is `room`; returns the new n. rank_best puts
 * them in order at the end.
 */
size_t rank_offer(struct ranked *heap, size_t n, size_t room, struct ranked e,
                  const struct catalog *c);

#endif
