/*
 * loss_plot.h - the losses of a run, and of earlier ones, as a plot: what the Train
 * panel draws. Holds the points in arrays of constant size; nothing is sampled when it
 * is drawn.
 */
#ifndef MLT_UI_TUI_LOSS_PLOT_H
#define MLT_UI_TUI_LOSS_PLOT_H

#include "src/train/recorder.h"
#include "ui/draw/plot.h"
#include "ui/tui/action.h"
#include "ui/tui/past.h"
#include "ui/tui/world.h"

#include <stdbool.h>
#include <stddef.h>

#define LOSS_EPOCHS 64 /* validations that are drawn, the newest */

/* The points of one run. */
struct loss_curve {
    double step[HISTORY_POINTS], smooth[HISTORY_POINTS];
    double lo[HISTORY_POINTS], hi[HISTORY_POINTS]; /* of the raw losses */
    double lr[HISTORY_POINTS], mom[HISTORY_POINTS];
    size_t n;
    double at[LOSS_EPOCHS], valid[LOSS_EPOCHS]; /* steps at epochs' ends */
    size_t n_valid;
    size_t best; /* of them; n_valid: none */
};

struct loss_plot {
    struct loss_curve own;
    struct loss_curve past[PAST_MAX];
    size_t n_past;
    struct axis all_x, all_y; /* of everything */
    struct axis x, y;         /* shown */
    bool zoomed;              /* x was chosen, and stays while points come in */
    bool log_x, log_y;
    double cursor; /* step under the crosshair; NaN: none */
};

/* Take the curves over from the world. */
void loss_plot_update(struct loss_plot *p, const struct world *w);

/* Zoom, pan, crosshair, scales; false: it was no such action. `cells` is the width of
 * the plot's canvas. */
bool loss_plot_act(struct loss_plot *p, enum action a, const struct input *in,
                   const struct canvas *cv);

/* The point of the own curve that the crosshair stands on: its place, or n. */
size_t loss_plot_point(const struct loss_plot *p);

/* Plot, its heading above, the strip of the learning rate below it. */
void loss_plot_draw(const struct loss_plot *p, const struct world *w,
                    const struct canvas *cv);

#endif
