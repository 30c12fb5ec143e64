/*
 * titles.h - which film a title means that somebody else wrote down.
 *
 * Sites write one film in different ways: "Matrix, The" and "The Matrix", "Amélie" and
 * "Amelie", a foreign title or its translation. A film has the names that its title
 * holds: all of it, what stands before the first parenthesis, and what stands in each
 * ("a.k.a." aside), its year left out and an article behind a comma moved to the front.
 * Names are equal when their letters and digits are, case and accents aside (text_key),
 * with "The", "A" or "An" in front or without. Where the year is known, a name may also
 * be what stands before a colon: "Star Wars" of 1977.
 */
#ifndef MLT_DATA_TITLES_H
#define MLT_DATA_TITLES_H

#include "src/base/err.h"
#include "src/data/catalog.h"

#include <stddef.h>
#include <stdint.h>

#define TITLES_NEAR 3

struct titles;

/* What a title can mean. */
struct titles_found {
    uint32_t row;               /* the film; 0: none, or several */
    size_t n;                   /* films that it can be; 0: none */
    uint32_t near[TITLES_NEAR]; /* some of the several; or films of similar titles */
    size_t n_near;
};

/* Index the films of a catalog, which is borrowed. Tens of milliseconds for 62,000.
 * ERR_NOMEM. */
ERR_MUST_CHECK enum err_code titles_new(struct titles **ret, const struct catalog *c,
                                        struct err *err);
void titles_free(struct titles *t);

/*
 * The film that `title` (UTF-8) means, of `year` or, where that is 0, of the year that
 * the title ends with, if any. A film of that year is taken before one of a year beside
 * it (sites differ by one), and no other; films of one title and year are one, the most
 * rated. Without a year all films of the name count. One thread at a time.
 */
void titles_find(struct titles *t, const char *title, int year,
                 struct titles_found *ret);

#endif
