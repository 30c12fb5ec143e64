/*
 * picture.h - a canvas as a drawing in SVG, for a page or a friend.
 *
 * Letters are text; what charts are made of (Braille dots, blocks, rules) is drawn, so
 * that it looks the same whatever font there is. Colours are classes of a style sheet:
 * a dark page gets a dark drawing.
 */
#ifndef MLT_UI_DRAW_PICTURE_H
#define MLT_UI_DRAW_PICTURE_H

#include "src/base/err.h"
#include "src/base/sink.h"
#include "ui/draw/canvas.h"

/* Errors are those of the sink. */
ERR_MUST_CHECK enum err_code picture_write(const struct canvas *cv,
                                           const struct sink *to, struct err *err);

#endif
