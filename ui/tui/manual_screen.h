/* manual_screen.h - what mltui(1) says of the screen, made from its tables. */
#ifndef MLT_UI_TUI_MANUAL_SCREEN_H
#define MLT_UI_TUI_MANUAL_SCREEN_H

#include <stdio.h>

/* The sections KEYS, from the table of actions, and SCRIPTS, from the words of the
 * script language, in mdoc. */
void manual_screen(FILE *to);

#endif
