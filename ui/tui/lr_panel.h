/*
 * lr_panel.h - what the files of the learning-rate panel share; nobody else includes
 * it. panel_lr.c keeps up and acts, lr_draw.c draws.
 */
#ifndef MLT_UI_TUI_LR_PANEL_H
#define MLT_UI_TUI_LR_PANEL_H

#include "src/train/lrfind.h"
#include "ui/cli/lradvice.h"
#include "ui/draw/ticks.h"
#include "ui/tui/action.h"
#include "ui/tui/list.h"
#include "ui/tui/world.h"

#include <stdbool.h>
#include <stddef.h>

#define LR_BELOW 7 /* lines below the plot: cursor, advice, a warning */

struct lr {
    double cursor; /* rate; NaN: none */
    struct axis x, y;
    bool zoomed, log_y, table;
    struct list points;
    struct finding f;
    size_t batch; /* ratings of each of its batches; 0: not known */
    int w, h;
};

/* What goes to each suggestion. */
extern const enum action lr_jump[LRADVICE_COUNT];

/* The recorded point nearest to a rate: its place, or n without one. */
size_t lr_point(const struct finding *f, double rate);

/* All of it; f.n > 0. */
void lr_draw_panel(const struct lr *l, const struct world *w, const struct canvas *cv);

#endif
