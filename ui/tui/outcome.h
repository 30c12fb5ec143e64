/*
 * outcome.h - how a run has ended, and what to do next, in words. Pure.
 */
#ifndef MLT_UI_TUI_OUTCOME_H
#define MLT_UI_TUI_OUTCOME_H

#include "ui/draw/canvas.h"
#include "ui/tui/world.h"

#include <stdbool.h>

/* Lines at the foot of a training panel of this height: 0 where there is no room, or
 * no run of this sitting that has ended. */
int outcome_lines(const struct world *w, int height);

/* The best validation loss of the present or open run; NaN without one. */
double outcome_best_loss(const struct world *w);

/* Is it worse than one that needs no factors? False while that is not known. */
bool outcome_is_poor(const struct world *w);

/* What became of it, and the words to type or keys to press, in these lines. */
void outcome_draw(const struct world *w, const struct canvas *cv);

#endif
