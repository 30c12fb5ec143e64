/*
 * hintbar.h - the line of keys that do something now, what matters most first. A hint
 * can be clicked on. Pure.
 */
#ifndef MLT_UI_TUI_HINTBAR_H
#define MLT_UI_TUI_HINTBAR_H

#include "ui/tui/chrome.h"

/* Draw it on a canvas of one line. */
void hintbar_draw(const struct chrome *c, const struct canvas *cv);

/* The key of the hint at column x of a line this wide; false: there is none. */
bool hintbar_at(const struct chrome *c, int x, int width, struct input *ret);

#endif
