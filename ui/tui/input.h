/*
 * input.h - what a person did: a key, or the mouse; and its name ("ctrl-l", "space"),
 * by which the action table, the help, scripts and remapping speak of it.
 */
#ifndef MLT_UI_TUI_INPUT_H
#define MLT_UI_TUI_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Keys with names of their own. */
#define INPUT_LIST(X)          \
    X(UP, "up")                \
    X(DOWN, "down")            \
    X(LEFT, "left")            \
    X(RIGHT, "right")          \
    X(PAGE_UP, "pgup")         \
    X(PAGE_DOWN, "pgdn")       \
    X(HOME, "home")            \
    X(END, "end")              \
    X(ENTER, "enter")          \
    X(ESC, "esc")              \
    X(TAB, "tab")              \
    X(BACKTAB, "shift-tab")    \
    X(BACKSPACE, "backspace")  \
    X(DELETE, "delete")        \
    X(CLICK, "click")          \
    X(DOUBLE_CLICK, "2-click") \
    X(WHEEL_UP, "wheel-up")    \
    X(WHEEL_DOWN, "wheel-down")

#define X(id, name) INPUT_##id,
enum input_kind {
    INPUT_NONE, /* nothing, or a key that we have no name for */
    INPUT_CHAR, /* a character: ch */
    INPUT_CTRL, /* a control key: ch is its letter */
    INPUT_LIST(X) INPUT_KINDS
};
#undef X

struct input {
    enum input_kind kind;
    uint32_t ch; /* Unicode scalar of INPUT_CHAR, letter of INPUT_CTRL */
    int x, y;    /* of the mouse: cell of the whole screen */
};

#define INPUT_NAME_MAX 16

/* "enter", "space", "ctrl-l", "é"; "" for INPUT_NONE. Returns out. */
const char *input_name(const struct input *in, char out[INPUT_NAME_MAX]);

/* The input of a name of `len` bytes; false when there is none of it. */
bool input_parse(struct input *ret, const char *name, size_t len);

/* Of the mouse? */
bool input_is_mouse(const struct input *in);

/* The same key? Where the mouse is does not matter. */
bool input_same(const struct input *a, const struct input *b);

#endif
