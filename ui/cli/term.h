/* term.h - what the stream at hand can show: width, glyphs, colour by meaning. */
#ifndef MLT_UI_CLI_TERM_H
#define MLT_UI_CLI_TERM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum color_when { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

enum ink {
    INK_NONE,
    INK_HEAD,   /* headings */
    INK_GOOD,   /* the best, a gain */
    INK_BAD,    /* the worst, a loss, a mistake */
    INK_DIM,    /* less important */
    INK_ACCENT, /* look here */
    INK_COUNT
};

struct term {
    bool tty;    /* a terminal */
    bool utf8;   /* the locale's characters are UTF-8 */
    bool glyphs; /* block and Braille characters may be used */
    bool colour;
    bool cursor;     /* a line may be drawn again over itself */
    unsigned width;  /* cells; 0: no limit */
    const char *cut; /* one cell that ends a text that was cut */
};

/* Facts about a stream. `plain` rules glyphs, colour and cursor out; NO_COLOR and
 * TERM=dumb rule out colour unless it is COLOR_ALWAYS. Width is that of COLUMNS, else
 * of the terminal. */
struct term term_of(FILE *f, bool plain, enum color_when when);

/* The width now: a window may have changed. */
unsigned term_width(FILE *f);

/* What may be printed of a string: its display form (text.h), in ASCII on a terminal
 * that has no UTF-8, cut with the mark at cap - 1 bytes. */
void term_text(const struct term *t, const char *s, char *out, size_t cap);

/* Escape that begins an ink, and that ends any; "" without colour. */
const char *term_ink(const struct term *t, enum ink ink);
const char *term_ink_end(const struct term *t, enum ink ink);

#endif
