/*
 * outcome.h - how a run has ended, and what to do next, in words. Pure.
 */
#ifndef MLT_UI_TUI_OUTCOME_H
#define MLT_UI_TUI_OUTCOME_H

#include "ui/draw/canvas.h"
#include "ui/tui/world.h"

/* Lines at the foot of a training panel of this height: 0 where there is no room, or
 * no run of this sitting that has ended. */
int outcome_lines(const struct world *w, int height);

/* What became of it, and the words to type or keys to press, in these lines. */
void outcome_draw(const struct world *w, const struct canvas *cv);

#endif
