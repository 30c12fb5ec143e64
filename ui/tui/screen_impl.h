/* screen_impl.h - what the files of the screen share; nobody else includes it, so that
 * curses stays theirs. */
#ifndef MLT_UI_TUI_SCREEN_IMPL_H
#define MLT_UI_TUI_SCREEN_IMPL_H

#include "ui/tui/screen.h"

#include <curses.h>

struct screen {
    SCREEN *curses;
    struct canvas shown; /* what is on the terminal; its size is the terminal's */
    attr_t look[THEME_COUNT][STYLE_COUNT];
    short pair[THEME_COUNT][STYLE_COUNT];
    enum theme theme;
    bool utf8, colour;
    struct input click; /* the last one, and when it was */
    double click_s;
};

#endif
