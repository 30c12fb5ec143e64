/*
 * layout.h - where things are on a screen of a given size. Pure; any size from 1 x 1.
 */
#ifndef MLT_UI_TUI_LAYOUT_H
#define MLT_UI_TUI_LAYOUT_H

#include "ui/draw/canvas.h"

#define LAYOUT_FULL_W 40 /* from this size on there are tabs and hints */
#define LAYOUT_FULL_H 12
#define LAYOUT_BODY_W 16 /* and from this on a panel; below it, one line */
#define LAYOUT_BODY_H 4

struct layout {
    struct rect tabs;   /* one line, or empty */
    struct rect status; /* one line, never empty */
    struct rect body;   /* the panel, or empty */
    struct rect hint;   /* one line, or empty */
};

struct layout layout_of(int w, int h);

#endif
