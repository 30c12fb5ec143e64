/*
 * outcome.h - how a run has ended, and what to do next, in words. Pure.
 */
#ifndef MLT_UI_TUI_OUTCOME_H
#define MLT_UI_TUI_OUTCOME_H

#include "ui/draw/canvas.h"
#include "ui/tui/world.h"

#include <stdbool.h>

#define OUTCOME_LINES 2

/* Is there a run of this sitting that has ended? */
bool outcome_is(const struct world *w);

/* What became of it, and the words to type or keys to press, in OUTCOME_LINES. */
void outcome_draw(const struct world *w, const struct canvas *cv);

#endif
