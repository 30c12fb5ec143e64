/*
 * searchlist.h - a list below the field that narrows it, which an overlay is made of:
 * the field has the keys, and the cursor of the list moves beside it. What is listed is
 * the owner's, who says list_fit when it has changed.
 */
#ifndef MLT_UI_TUI_SEARCHLIST_H
#define MLT_UI_TUI_SEARCHLIST_H

#include "ui/tui/field.h"
#include "ui/tui/list.h"
#include "ui/tui/panel.h"

#include <stdbool.h>

struct searchlist {
    struct field field; /* open as long as the list is there */
    struct list list;
};

/* Begin with an empty field. */
void searchlist_open(struct searchlist *s);

/* The row under the cursor was taken: by enter, or a double click. */
typedef void searchlist_take(const void *owner, struct wish *wish);

/* An input for the field; false: it has no use for it. When the text changes the cursor
 * goes to the first row; esc, and backspace in the empty field, wish for the end. */
bool searchlist_type(struct searchlist *s, const struct input *in,
                     searchlist_take *take, const void *owner, struct wish *wish);

/* An action that the field has left; the mouse's place counts from the list's head. */
bool searchlist_act(struct searchlist *s, enum action a, const struct input *in,
                    searchlist_take *take, const void *owner, struct wish *wish);

#endif
