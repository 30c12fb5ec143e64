/*
 * form.h - settings as rows of a table: name, value, what it means; each value is
 * checked as it is typed, by the same table that options of the line are made of.
 *
 * A form has no settings of its own: it shows and changes a struct that its caller
 * owns, through the offsets of the option table.
 */
#ifndef MLT_UI_TUI_FORM_H
#define MLT_UI_TUI_FORM_H

#include "src/base/err.h"
#include "ui/cli/options.h"
#include "ui/draw/canvas.h"
#include "ui/tui/action.h"
#include "ui/tui/field.h"

#include <stdbool.h>
#include <stddef.h>

#define FORM_LINES 3 /* below the rows: what the value means, and what it must be */

struct form {
    const struct option *rows; /* (n) borrowed */
    size_t n;
    size_t cursor, top;
    struct field field; /* open: the row under the cursor is edited */
    bool wrong;         /* what is typed is refused: err */
    struct err err;
};

/* The value of an option's field as one would type it. */
void form_value(const struct option *o, const void *settings, char *out, size_t cap);

/* There are `height` lines; the cursor is kept in view. */
void form_fit(struct form *f, int height);

/* Use an action: up, down, first, last, a click move the cursor (a click leaves the row
 * that is edited); select begins to edit; left and right take the value before or after
 * of a choice: *settings is changed and *ret_changed set. False: it was none of those.
 */
bool form_act(struct form *f, void *settings, enum action a, const struct input *in,
              bool *ret_changed);

/* Leave the row that is edited, if one is, as it was. */
void form_leave(struct form *f);

/* Give an input to the row that is edited; true: used. *ret_changed: enter was pressed
 * on a value that can be. */
bool form_type(struct form *f, void *settings, const struct input *in,
               bool *ret_changed);

/* Draw rows, and below them the sentence of the one under the cursor. */
void form_draw(const struct form *f, const void *settings, const struct canvas *cv);

#endif
