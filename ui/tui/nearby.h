/*
 * nearby.h - what could be opened: recent runs, data sets in the data folder and in the
 * present folder, the sample.
 */
#ifndef MLT_UI_TUI_NEARBY_H
#define MLT_UI_TUI_NEARBY_H

#include "src/base/err.h"

#include <stddef.h>
#include <stdint.h>

enum nearby_kind { NEARBY_RUN, NEARBY_SAMPLE, NEARBY_DATA };

struct nearby {
    enum nearby_kind kind;
    char word[512];    /* what opens it */
    char state[16];    /* of a run: "done", "crashed" */
    char data[256];    /* of a run: what it was trained on */
    double valid_loss; /* of a run: the best; NaN without one */
    int64_t started;   /* of a run: Unix seconds */
};

#define NEARBY_MAX  64
#define NEARBY_RUNS 12 /* runs that are looked at, the newest */

/* Look, and list runs first, the newest first. What cannot be read is passed over.
 * Returns how many. */
size_t nearby_find(struct nearby ret[NEARBY_MAX]);

#endif
