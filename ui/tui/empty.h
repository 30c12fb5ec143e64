/* empty.h - what a panel that needs a model shows while there is none. */
#ifndef MLT_UI_TUI_EMPTY_H
#define MLT_UI_TUI_EMPTY_H

#include "ui/tui/world.h"
#include "ui/draw/canvas.h"

/* The sentence of the panel, and what to do next, with the key. */
void empty_draw(const struct world *w, const struct canvas *cv, const char *about);

#endif
