/*
 * lr_panel.h - what the files of the learning-rate panel share; nobody else includes
 * it. panel_lr.c keeps up and acts, lr_draw.c draws.
 */
#ifndef MLT_UI_TUI_LR_PANEL_H
#define MLT_UI_TUI_LR_PANEL_H

#include "src/train/lrfind.h"
#include "ui/draw/ticks.h"
#include "ui/tui/action.h"
#include "ui/tui/list.h"
#include "ui/tui/world.h"

#include <stdbool.h>
#include <stddef.h>

#define LR_ADVICE 4
#define LR_BELOW  7 /* lines below the plot: cursor, advice, a warning */

struct lr {
    double cursor; /* rate; NaN: none */
    struct axis x, y;
    bool zoomed, log_y, table;
    struct list points;
    struct finding f;
    int w, h;
};

/* A suggestion: its mark, its place, what it is. */
struct lr_advice {
    enum action action;
    const char *name, *glyph, *ascii, *what;
    double rate;     /* NaN: none */
    const char *why; /* there is none */
};

void lr_advice_of(struct lr_advice ret[LR_ADVICE], const struct suggestions *s);

/* The recorded point nearest to a rate: its place, or n without one. */
size_t lr_point(const struct finding *f, double rate);

/* All of it; f.n > 0. */
void lr_draw_panel(const struct lr *l, const struct world *w, const struct canvas *cv);

#endif
