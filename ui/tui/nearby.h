/*
 * nearby.h - what could be opened: recent runs, the sample, data sets in the data
 * folder and in the present folder, and those that could be fetched.
 */
#ifndef MLT_UI_TUI_NEARBY_H
#define MLT_UI_TUI_NEARBY_H

#include "src/base/err.h"

#include <stddef.h>
#include <stdint.h>

enum nearby_kind { NEARBY_RUN, NEARBY_SAMPLE, NEARBY_DATA, NEARBY_FETCH };

struct nearby {
    enum nearby_kind kind;
    char word[512]; /* what opens it */
    char state[16]; /* of a run: "done", "crashed" */
    char data[256]; /* of a run: what it was trained on */
    double lr;      /* of a run; 0 where it is not known */
    unsigned epochs, factors;
    double valid_loss; /* of a run: the best; NaN without one */
    int64_t started;   /* of a run: Unix seconds */
    uint64_t bytes; /* of data: of its ratings or archive; to be fetched: of the zip */
    uint64_t n_ratings; /* to be fetched */
};

#define NEARBY_MAX  64
#define NEARBY_RUNS 12 /* runs that are looked at, the newest */

/* Look, and list runs first, the newest first, then the sample, data, and what could be
 * fetched and is not here. What cannot be read is passed over.
 * Returns how many. */
size_t nearby_find(struct nearby ret[NEARBY_MAX]);

#endif
