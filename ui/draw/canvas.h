/*
 * canvas.h - a grid of terminal cells that panels draw into.
 *
 * A canvas is a window on cells that somebody owns; canvas_part gives a smaller window,
 * and nothing drawn through a window ever lands outside it. Text that comes from data
 * is shown in its display form (text.h), so no title can drive the terminal. Nothing
 * here allocates but canvas_init, and nothing fails.
 */
#ifndef MLT_UI_DRAW_CANVAS_H
#define MLT_UI_DRAW_CANVAS_H

#include "src/base/err.h"
#include "ui/draw/style.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CELL_BYTES 14 /* a character, two marks on it, and a NUL */

struct cell {
    char text[CELL_BYTES]; /* UTF-8; "" for the right half of a wide character */
    uint8_t style;         /* enum style, perhaps with STYLE_SELECTED */
    uint8_t width;         /* 1 or 2; 0 for a right half */
};

/* What charts are made of: dots of 2 x 4, or 2 x 2 in a cell, or plain characters. */
enum glyphs { GLYPHS_ASCII, GLYPHS_BLOCK, GLYPHS_BRAILLE, GLYPHS_COUNT };

struct rect {
    int x, y, w, h;
};

/* Where the terminal's own cursor goes; shared by all windows on the same cells. */
struct canvas_cursor {
    int x, y; /* on the whole screen */
    bool shown;
};

struct canvas {
    struct cell *cell; /* its cell at 0,0; borrowed but in the canvas of canvas_init */
    int stride;        /* cells from one line to the next */
    int x, y;          /* place on the whole screen */
    int w, h;
    enum glyphs glyphs;
    bool utf8; /* else only ASCII reaches a cell */
    struct canvas_cursor *cursor;
};

/* A canvas of its own, blank; w, h >= 0. ERR_NOMEM. */
ERR_MUST_CHECK enum err_code canvas_init(struct canvas *ret, int w, int h,
                                         enum glyphs glyphs, bool utf8,
                                         struct err *err);
/* Free the cells of canvas_init; a zeroed struct is fine. */
void canvas_done(struct canvas *cv);

/* The part of `cv` that lies in `r`, cut where r leaves it; perhaps empty. */
struct canvas canvas_part(const struct canvas *cv, struct rect r);

/* Blank every cell. */
void canvas_clear(const struct canvas *cv);

/*
 * Write text from column x of line y into at most `cells` cells; text that is longer
 * ends in "…" ("~"). Returns the cells used. What lies left of column 0 or beyond the
 * window is not drawn.
 */
int canvas_text(const struct canvas *cv, int x, int y, int cells, unsigned style,
                const char *text);
/* The same with its end at the right of the `cells` cells. */
void canvas_text_right(const struct canvas *cv, int x, int y, int cells, unsigned style,
                       const char *text);
/* The same from a format, to the window's right edge. */
int canvas_printf(const struct canvas *cv, int x, int y, unsigned style,
                  const char *fmt, ...) __attribute__((format(printf, 5, 6)));

/* The same if all of it has room, else nothing: for what says nothing when it is cut.
 */
int canvas_whole(const struct canvas *cv, int x, int y, unsigned style, const char *fmt,
                 ...) __attribute__((format(printf, 5, 6)));

/* Write the words of a text from line y on, as many lines as it takes, between column x
 * and the right edge; the line after the last. */
int canvas_words(const struct canvas *cv, int x, int y, unsigned style,
                 const char *text);

/* Put one of our own glyphs (one cell wide) at x, y: `ascii` where glyphs may not be
 * used. */
void canvas_glyph(const struct canvas *cv, int x, int y, unsigned style,
                  const char *glyph, const char *ascii);

/* A horizontal rule over a whole line, with a title in it ("" for none). */
void canvas_rule(const struct canvas *cv, int y, const char *title);

/* A bar of `cells` cells of which `part` (0 … 1) is filled, in eighths of a cell. */
void canvas_bar(const struct canvas *cv, int x, int y, int cells, unsigned style,
                double part);

/* Give the cells of a rectangle another style, keeping their text; or add a flag. */
void canvas_restyle(const struct canvas *cv, struct rect r, unsigned style);
void canvas_select(const struct canvas *cv, struct rect r);

/* Show the terminal's cursor at x, y of this window (when that lies inside). */
void canvas_show_cursor(const struct canvas *cv, int x, int y);

/* The whole canvas as lines of text, blanks at line ends left out; owned by the caller
 * (mem_free), NULL without memory. */
char *canvas_print(const struct canvas *cv);

#endif
