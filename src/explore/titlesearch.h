/*
 * titlesearch.h - which films have a text in their title, asked again and again, as one
 * types: all titles are folded once, into one block of bytes that a search goes
 * through.
 *
 * It finds what text_contains finds, title by title. Letters: n films.
 */
#ifndef MLT_EXPLORE_TITLESEARCH_H
#define MLT_EXPLORE_TITLESEARCH_H

#include "src/base/err.h"
#include "src/data/catalog.h"

#include <stdint.h>

struct titlesearch;

/* Fold the titles of a catalog, which is not needed afterwards: about their bytes and 8
 * (n + 1) more. ERR_NOMEM. Any thread. */
ERR_MUST_CHECK enum err_code titlesearch_new(struct titlesearch **ret,
                                             const struct catalog *c, struct err *err);
/* NULL is fine. */
void titlesearch_free(struct titlesearch *t);

/* The first row after `row` (0: of all) whose title has a text, which text_fold has
 * made `folded`; 0 when there is none. Several threads may ask at once. */
uint32_t titlesearch_next(const struct titlesearch *t, const char *folded,
                          uint32_t row);

#endif
