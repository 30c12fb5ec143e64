/*
 * field.h - a line of text that is typed: UTF-8, with a cursor. Plain data; a zeroed
 * field is empty.
 */
#ifndef MLT_UI_TUI_FIELD_H
#define MLT_UI_TUI_FIELD_H

#include "ui/draw/canvas.h"
#include "ui/tui/input.h"

#include <stdbool.h>
#include <stddef.h>

#define FIELD_MAX 256 /* bytes, the NUL included */

struct field {
    char text[FIELD_MAX]; /* valid UTF-8 */
    size_t len, at;       /* bytes; the cursor stands before byte `at` */
    bool open;            /* it gets the keys */
};

/* Begin to edit `text` (cut to what fits), the cursor at its end. */
void field_open(struct field *f, const char *text);

enum field_said {
    FIELD_IGNORED, /* no key of a field: up, down, tab, … */
    FIELD_MOVED,   /* cursor or nothing */
    FIELD_CHANGED,
    FIELD_TAKEN, /* enter; the field is closed, its text stays */
    FIELD_LEFT   /* esc, or backspace in an empty field; closed */
};

/*
 * Give an input to an open field: characters, left, right, home, end, backspace,
 * delete, ctrl-a, ctrl-e, ctrl-b, ctrl-f (as in shells), ctrl-w (a word back), ctrl-u
 * (all before), ctrl-k (all after), enter, esc. Backspace in an empty field leaves it.
 */
enum field_said field_type(struct field *f, const struct input *in);

/*
 * The same for a field whose text is a question that is asked while it is typed, if it
 * is open: true when the input was used. *stale becomes true with another text; leaving
 * the field empties it.
 */
bool field_ask(struct field *f, const struct input *in, bool *stale);

/* Draw `prompt` and the field into one line, from column x on; the part around the
 * cursor where all is too long. An open field shows the terminal's cursor. */
void field_draw(const struct field *f, const struct canvas *cv, int x, int y, int cells,
                const char *prompt);

#endif
