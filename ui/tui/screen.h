/*
 * screen.h - the terminal: the only file that knows curses.
 *
 * A screen takes the terminal over (alternate screen, no echo, mouse), shows canvases
 * and gives inputs; whatever happens, screen_close puts the terminal back. curses is
 * not thread-safe: one thread calls everything here.
 */
#ifndef MLT_UI_TUI_SCREEN_H
#define MLT_UI_TUI_SCREEN_H

#include "src/base/err.h"
#include "ui/draw/canvas.h"
#include "ui/tui/input.h"

#include <stdbool.h>

struct screen;

/* Sets of colours, all of the terminal's own sixteen, so that its theme decides. */
#define THEME_LIST(X)          \
    X(COLOUR, "colour")        \
    X(BRIGHT, "high contrast") \
    X(MONO, "one colour")

#define X(id, name) THEME_##id,
enum theme { THEME_LIST(X) THEME_COUNT };
#undef X

const char *theme_name(enum theme t);

/* Take the terminal over. ERR_UNAVAILABLE when standard input or output is none, or
 * TERM names one that cannot move its cursor; the message says what to do. */
ERR_MUST_CHECK enum err_code screen_open(struct screen **ret, enum theme theme,
                                         struct err *err);
/* Put the terminal back; NULL is fine. */
void screen_close(struct screen *s);

/* Give the terminal back for a while, as it was; and take it over again. */
void screen_leave(struct screen *s);
void screen_return(struct screen *s);

/* May characters beyond ASCII be shown? */
bool screen_utf8(const struct screen *s);

/* Readable when there may be input. */
int screen_fd(const struct screen *s);

/* The size now, at least 1 x 1; after SIGWINCH it may be another. */
void screen_size(struct screen *s, int *ret_w, int *ret_h);

void screen_set_theme(struct screen *s, enum theme t);

/* Show a canvas of the screen's size: only cells that changed since the last one are
 * written. `whole`: trust nothing that is on the terminal. ERR_NOMEM. */
ERR_MUST_CHECK enum err_code screen_show(struct screen *s, const struct canvas *cv,
                                         bool whole, struct err *err);

/* The next input that has arrived, without waiting; INPUT_NONE when there is none.
 * *ret_gone turns true when the terminal is gone. */
struct input screen_read(struct screen *s, bool *ret_gone);

#endif
