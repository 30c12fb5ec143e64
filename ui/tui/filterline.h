/*
 * filterline.h - a filter (explore/filter.h) as it is typed: the field, and below it
 * what is wrong, with the place in the field marked. Plain data; a zeroed one is empty.
 */
#ifndef MLT_UI_TUI_FILTERLINE_H
#define MLT_UI_TUI_FILTERLINE_H

#include "src/base/err.h"
#include "src/explore/filter.h"
#include "ui/draw/canvas.h"
#include "ui/tui/field.h"

#include <stdbool.h>

struct filterline {
    struct field field;
    struct err wrong; /* of what is typed; its code is ERR_OK where nothing is */
};

/* Compile what is typed (filter.h): NULL for nothing, and for what is wrong, which is
 * told and lets every film pass. ERR_NOMEM. */
ERR_MUST_CHECK enum err_code
filterline_make(struct filterline *f, const struct catalog *c, const struct model *m,
                enum filter_seen seen, struct filter **ret, struct err *err);

/* Give an input to the field, if it is open; true: used. *stale becomes true with
 * another filter; esc leaves none. Enter on one that is wrong leaves it open. */
bool filterline_type(struct filterline *f, const struct input *in, bool *stale);

/* Is the field to be drawn: is it open, or is there something wrong in it? */
bool filterline_is_shown(const struct filterline *f);

/* Lines that it takes: 2 while something is wrong. */
int filterline_height(const struct filterline *f);

/* Draw it from the first line of the canvas on. */
void filterline_draw(const struct filterline *f, const struct canvas *cv);

#endif
