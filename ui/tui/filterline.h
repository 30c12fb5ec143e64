/*
 * filterline.h - a filter (explore/filter.h) as it is typed: the field, and below it
 * what is wrong, with the place in the field marked. Pure.
 */
#ifndef MLT_UI_TUI_FILTERLINE_H
#define MLT_UI_TUI_FILTERLINE_H

#include "src/base/err.h"
#include "ui/draw/canvas.h"
#include "ui/tui/field.h"

/* Lines that it takes: 2 while something is wrong with what is typed (wrong->code). */
int filterline_height(const struct field *f, const struct err *wrong);

/* Draw it from the first line of the canvas on. */
void filterline_draw(const struct field *f, const struct err *wrong,
                     const struct canvas *cv);

/* As field_type; enter on a filter that is wrong leaves it open. */
enum field_said filterline_type(struct field *f, const struct err *wrong,
                                const struct input *in);

#endif
