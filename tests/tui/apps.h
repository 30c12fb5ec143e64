/*
 * apps.h - the app without a terminal, on a canvas of APPS_W x APPS_H: keys in, cells
 * out. Any failure ends the test.
 */
#ifndef MLT_TESTS_TUI_APPS_H
#define MLT_TESTS_TUI_APPS_H

#include "ui/tui/app_impl.h"

#define APPS_W 120
#define APPS_H 40

/* An app as app_run makes it, but for the screen, before this panel. */
void apps_open(struct app *a, struct desk *d, enum panel_id panel);
void apps_close(struct app *a);

/* Bring the panel up to date and draw a frame on a->canvas. */
void apps_redraw(struct app *a);

/* Press a key by its name, and redraw. */
void apps_press(struct app *a, const char *name);

/* A desk where `path` has been opened, or (NULL) nothing. */
struct desk *apps_desk(const char *path);

/* A desk whose run is paused; desks_init is called for it. */
struct desk *apps_paused_desk(void);

#endif
