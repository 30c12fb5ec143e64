/* empty.h - what a panel that needs a model shows while there is none. */
#ifndef MLT_UI_TUI_EMPTY_H
#define MLT_UI_TUI_EMPTY_H

#include "ui/tui/action.h"
#include "ui/tui/world.h"
#include "ui/draw/canvas.h"

/* The sentence of the panel, and what to do next, with the key. */
void empty_draw(const struct world *w, const struct canvas *cv, const char *about);

/* Why an action of a panel that shows a model cannot be done without one; NULL: there
 * is one, or it is no action of that panel's own. */
const char *empty_why_not(const struct world *w, enum panel_id panel, enum action a);

#endif
