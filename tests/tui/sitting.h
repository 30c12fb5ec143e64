/*
 * sitting.h - a panel or overlay with its frame, driven by keys as the app drives it,
 * on a canvas and without a terminal.
 */
#ifndef MLT_TESTS_TUI_SITTING_H
#define MLT_TESTS_TUI_SITTING_H

#include "tests/tui/worlds.h"
#include "ui/draw/canvas.h"
#include "ui/tui/panel.h"

#include <stdbool.h>

struct sitting {
    const struct world *world;
    enum panel_id panel;
    enum overlay_id overlay;
    const struct panel_ops *ops; /* of the one that gets the keys */
    void *state;                 /* owned */
    int w, h;
    char say[1024];
    struct wish wish; /* the last one */
};

/* Sit down before panel or overlay `name` ("movies", "help") in a world. */
void sitting_open(struct sitting *s, const char *name, const struct world *w, int width,
                  int height);
void sitting_close(struct sitting *s);

/* The same at 120×40 in one of the worlds, with a home (home.h) of its own; and leave.
 */
void sitting_begin(struct sitting *s, const char *name, enum worlds world);
void sitting_end(struct sitting *s);

/* The screen has another size. */
void sitting_resize(struct sitting *s, int width, int height);

/* The world has become another. */
void sitting_turn(struct sitting *s, const struct world *w);

/* Press keys: their names with blanks between, as scripts have them, and 'text' typed
 * as it stands between single quotes. */
void sitting_press(struct sitting *s, const char *keys);

/* One input; the mouse counts from the panel's corner. */
void sitting_input(struct sitting *s, const struct input *in);

/* Draw the frame and what is in it on the whole canvas, which has the screen's size. */
void sitting_draw(const struct sitting *s, const struct canvas *cv);

/* What is on the screen, in UTF-8 with Braille dots; to be freed with mem_free. */
char *sitting_text(const struct sitting *s);
/* Is that text on the screen? */
bool sitting_shows(const struct sitting *s, const char *what);

#endif
