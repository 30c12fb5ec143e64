/*
 * lradvice.h - what a learning-rate range test advises, in words: the four places on
 * its curve with their marks, and whether to trust them. Both faces say the same. Pure.
 */
#ifndef MLT_UI_CLI_LRADVICE_H
#define MLT_UI_CLI_LRADVICE_H

#include "src/train/lrfind.h"

#include <stdbool.h>
#include <stddef.h>

/* In this order; the first is the one to take, where the curve can be trusted. */
enum lradvice_id {
    LRADVICE_VALLEY,
    LRADVICE_SLIDE,
    LRADVICE_MINIMUM,
    LRADVICE_STEEP,
    LRADVICE_COUNT
};

struct lradvice {
    const char *name;
    const char *glyph, *ascii; /* its mark on the curve */
    double rate;               /* NaN: none */
    const char *why;           /* there is none */
    const char *what;          /* it is */
};

/* The suggestions of a test whose batches had `batch` ratings (0: not known). */
void lradvice_of(struct lradvice ret[LRADVICE_COUNT], const struct finding *f,
                 size_t batch);

/*
 * The range test sees 100 batches. On ml-latest-small, over ten seeds, its valley lies
 * between .0063 and .048 with batches of 64, .0052 and .033 with 128, .0044 and .016
 * with 256; the rates that validate best are .003, .004 and .006.
 */
#define LRADVICE_MIN_BATCH 256

/* Are batches of so many ratings (0: not known) too small to trust the curve? */
bool lradvice_is_noisy(size_t batch);

#define LRADVICE_TEXT 160 /* bytes of the warning, the NUL included */

/* Then this says so, and which rate to begin with. Returns ret. */
const char *lradvice_warning(char ret[LRADVICE_TEXT], size_t batch);

#endif
