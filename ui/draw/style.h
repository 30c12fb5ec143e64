/*
 * style.h - how a cell looks, named by meaning; a theme says what a terminal does with
 * it. What matters is never told by colour alone: each series has a glyph of its own,
 * and what is selected is reversed.
 */
#ifndef MLT_UI_DRAW_STYLE_H
#define MLT_UI_DRAW_STYLE_H

#include <stdint.h>

#define STYLE_LIST(X)                                     \
    X(TEXT)   /* ordinary */                              \
    X(DIM)    /* rules, axes, what is less important */   \
    X(HEAD)   /* headings, the tab that is open */        \
    X(KEY)    /* a key in a hint */                       \
    X(ACCENT) /* look here */                             \
    X(GOOD)   /* the best, a gain, ready */               \
    X(BAD)    /* the worst, a loss, a mistake */          \
    X(WARN)   /* odd, but it goes on */                   \
    X(A)      /* the series of a chart, in their order */ \
    X(B)                                                  \
    X(C)                                                  \
    X(D)

#define X(name) STYLE_##name,
enum style { STYLE_LIST(X) STYLE_COUNT };
#undef X

/* Added to a style: the row or field under the cursor. */
#define STYLE_SELECTED 0x40

#endif
