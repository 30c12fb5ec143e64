/*
 * epochs.h - fastai's table of epochs, the one under way with what is known of it.
 * Pure.
 */
#ifndef MLT_UI_TUI_EPOCHS_H
#define MLT_UI_TUI_EPOCHS_H

#include "ui/draw/canvas.h"
#include "ui/tui/world.h"

/* Rows that there are, the one of the present epoch included. */
size_t epochs_rows(const struct world *w);

/* Draw head and rows on the whole canvas: the newest where there is no room for all. */
void epochs_draw(const struct world *w, const struct canvas *cv);

#endif
