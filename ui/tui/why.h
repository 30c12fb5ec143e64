/*
 * why.h - why a film is recommended to a user: the exact logit as a sum of named terms,
 * and the nearest films that the user rated. Made in update, drawn anywhere.
 */
#ifndef MLT_UI_TUI_WHY_H
#define MLT_UI_TUI_WHY_H

#include "src/base/err.h"
#include "src/explore/explain.h"
#include "src/model/model.h"
#include "ui/draw/canvas.h"
#include "ui/tui/shown.h"

#include <stddef.h>
#include <stdint.h>

#define WHY_TASTES    3 /* directions that are named; the others are summed up */
#define WHY_NEAR      6 /* films the user rated */
#define WHY_LINES     4
#define WHY_TALL      8    /* lines from which on the terms are bars */
#define WHY_BETWEEN   ", " /* the terms of why_short */
#define WHY_SHORT_MAX 128

struct why {
    uint32_t film;
    struct explanation sum;
    unsigned direction[WHY_TASTES]; /* the largest terms, in order of size */
    double taste[WHY_TASTES];       /* (n_tastes) logit */
    size_t n_tastes;
    double rest; /* all other directions together */
    struct neighbour near[WHY_NEAR];
    size_t n_near;
};

/* Explain user row u and film row i; ERR_NOMEM. Directions must be there. */
ERR_MUST_CHECK enum err_code why_find(struct why *ret, const struct shown *s,
                                      uint32_t u, uint32_t i, struct err *err);

/* "film +.41, War +.31": the film's term and the largest others, WHY_BETWEEN them. */
void why_short(char out[WHY_SHORT_MAX], const struct shown *s, uint32_t u, uint32_t i);

/* All terms with their sum, as bars where there are WHY_TALL lines, and the near films
 * that the user rated, in at least WHY_LINES lines. The terms as they are shown add up
 * to the sum as it is shown: the last one takes the rounding. */
void why_draw(const struct why *why, const struct shown *s, const struct canvas *cv);

#endif
