/*
 * filmcard.h - the card of one film: what the model and the ratings say of it, and the
 * films nearest to it. Made in update, drawn anywhere.
 */
#ifndef MLT_UI_TUI_FILMCARD_H
#define MLT_UI_TUI_FILMCARD_H

#include "src/base/err.h"
#include "src/explore/moviecard.h"
#include "src/explore/similar.h"
#include "ui/draw/canvas.h"
#include "ui/tui/shown.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FILMCARD_SIMILAR 12 /* nearest films kept */
#define FILMCARD_HEAD    5  /* lines above them, the rule included */

struct filmcard {
    uint32_t film; /* row, 0: none yet */
    uint64_t version;
    unsigned floor; /* place in the table of floors, see filmcard_next_floor */
    struct moviecard card;
    struct similar near[FILMCARD_SIMILAR]; /* (n_near) with enough ratings */
    int rose[FILMCARD_SIMILAR]; /* places that each has risen since the model before; 0
                                   for one that was not among them */
    size_t n_near;
    bool flat; /* its factors are all 0: no film is nearer than another */
};

/* Make the card of a film, unless it is made. ERR_NOMEM. */
ERR_MUST_CHECK enum err_code filmcard_update(struct filmcard *f, const struct shown *s,
                                             uint32_t film, struct err *err);

/* Ratings that a film must have to be among the nearest: SIMILAR_MIN_RATINGS at first,
 * as for `mltui movie`, then more, then any. The card is to be made anew. */
void filmcard_next_floor(struct filmcard *f);

/* The nearest film that is drawn at a place of the canvas, or n_near. */
size_t filmcard_at(const struct filmcard *f, const struct canvas *cv, int x, int y);

/* Draw it on the whole canvas; `marked` of the nearest films is under the cursor
 * (n_near or more: none). */
void filmcard_draw(const struct filmcard *f, const struct shown *s, size_t marked,
                   const struct canvas *cv);

#endif
