/*
 * panel_lr.c - the learning-rate finder: its curve as it sweeps, the four suggestions
 * marked and explained, and a cursor whose rate a run can be begun with.
 */
#include "config.h"

#include "ui/draw/plot.h"
#include "ui/tui/lr_panel.h"
#include "ui/tui/panel.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define SETTLED   10 /* points before the smoothed loss means something */
#define OVERSHOOT .5 /* of the fall: how far above its start the curve is drawn */

/* ---- keeping up
 * ---------------------------------------------------------------------- */

/* Where the loss explodes it would press the rest flat: the field ends a little above
 * the height that it fell from. */
static void
find_heights(struct lr *l)
{
    double high = -INFINITY, low = INFINITY;
    size_t bottom = l->f.n > SETTLED ? SETTLED : 0;

    l->y = (struct axis){ .lo = INFINITY, .hi = -INFINITY, .log = l->log_y };
    for (size_t i = bottom; i < l->f.n; i++)
        if (l->f.smooth[i] < low) {
            low = l->f.smooth[i];
            bottom = i;
        }
    for (size_t i = 0; i <= bottom && i < l->f.n; i++)
        high = fmax(high, l->f.smooth[i]);
    axis_hold(&l->y, low);
    axis_hold(&l->y, high + OVERSHOOT * (high - low));
    axis_settle(&l->y, .05);
}

static enum err_code
lr_update(void *state, const struct world *w, int width, int height, struct err *err)
{
    struct lr *l = state;
    bool fresh = w->finding->n < l->f.n || l->f.n == 0;

    (void)err;
    l->f = *w->finding;
    if (fresh || w->busy) /* the settings may become others */
        l->batch = w->plan != NULL ? w->plan->batch : 0;
    l->w = width;
    l->h = height;
    if (fresh) {
        l->cursor = NAN;
        l->zoomed = false;
    }
    if (isnan(l->cursor) && l->f.n > 0 && !w->busy)
        l->cursor = l->f.found.valley;
    if (!l->zoomed)
        l->x = (struct axis){ .lo = 1e-7, .hi = 10, .log = true };
    find_heights(l);
    list_fit(&l->points, l->f.n, height > LR_BELOW ? height - LR_BELOW : height);
    return ERR_OK;
}

/* ---- drawing
 * ------------------------------------------------------------------------- */

static void
draw_empty(const struct world *w, const struct canvas *cv)
{
    int y =
        canvas_words(cv, 1, 1, STYLE_TEXT,
                     "Which learning rate? Too low learns nothing, too high never "
                     "settles. The finder trains a hundred batches at rates rising "
                     "from 1e-7 to 10, from the first weights, and draws the loss: a "
                     "good rate lies in the middle of the long fall. Nothing of the "
                     "test is kept.");

    if (w->name == NULL && !w->loading.active) {
        canvas_text(cv, 1, y + 1, cv->w - 2, STYLE_DIM,
                    "First open some data: ctrl-o.");
        return;
    }
    if (w->busy) {
        canvas_text(cv, 1, y + 1, cv->w - 2, STYLE_DIM,
                    w->now.state == SESSION_FINDING
                        ? "The first batches are made ready."
                        : "A run is going on.");
        return;
    }
    canvas_text(cv, 1, y + 1, 1, STYLE_KEY, "F");
    canvas_text(cv, 3, y + 1, cv->w - 4, STYLE_TEXT, "begins; it takes a moment");
}

static void
lr_draw(const void *state, const struct world *w, const struct canvas *cv)
{
    const struct lr *l = state;

    if (l->f.n == 0)
        draw_empty(w, cv);
    else
        lr_draw_panel(l, w, cv);
}

/* ---- acting
 * -------------------------------------------------------------------------- */

static const char *
lr_why_not(const void *state, const struct world *w, enum action a)
{
    const struct lr *l = state;

    switch (a) {
    case ACTION_TO_VALLEY:
    case ACTION_TO_SLIDE:
    case ACTION_TO_MINIMUM:
    case ACTION_TO_STEEP:
        if (w->busy)
            return "the sweep goes on";
        return l->f.n > 0 ? NULL : "there is no curve yet: F finds one";
    case ACTION_ZOOM_OUT:
    case ACTION_ZOOM_ALL:
        if (l->f.n > 0)
            return l->zoomed ? NULL : "the whole curve is shown";
        return "there is no curve yet: F finds one";
    case ACTION_TABLE:
    case ACTION_ZOOM_IN:
    case ACTION_LOG_Y:
        return l->f.n > 0 ? NULL : "there is no curve yet: F finds one";
    default:
        return NULL;
    }
}

static void
move_cursor(struct lr *l, int by)
{
    size_t at = lr_point(&l->f, l->cursor);

    if (l->f.n == 0)
        return;
    if (at == l->f.n)
        at = 0;
    else if (by < 0)
        at -= at > 0;
    else if (by > 0)
        at += at + 1 < l->f.n;
    l->cursor = l->f.lr[at];
}

static void
jump(struct lr *l, enum action a, struct wish *wish)
{
    struct lradvice all[LRADVICE_COUNT];

    lradvice_of(all, &l->f, l->batch);
    for (int i = 0; i < LRADVICE_COUNT; i++) {
        if (lr_jump[i] != a)
            continue;
        if (isnan(all[i].rate))
            wish_say(wish, "no %s: %s", all[i].name, all[i].why);
        else
            l->cursor = all[i].rate;
    }
}

static void
zoom(struct lr *l, double factor)
{
    static const struct axis all = { .lo = 1e-7, .hi = 10, .log = true };

    axis_zoom(&l->x, factor, isnan(l->cursor) ? axis_value(&l->x, .5) : l->cursor,
              &all);
    l->zoomed = l->x.lo > all.lo * 1.001 || l->x.hi < all.hi * .999;
}

/* The rate as it is shown, so that a run can be repeated from what was read. */
static double
shown_rate(double rate)
{
    char text[32];

    snprintf(text, sizeof(text), "%.2e", rate);
    return strtod(text, NULL);
}

static void
train_here(const struct lr *l, const struct world *w, struct wish *wish)
{
    if (isnan(l->cursor) || w->busy) {
        wish_say(wish, "%s", w->busy ? "a run is going on" : "no rate is marked");
        return;
    }
    wish->kind = WISH_TRAIN;
    wish->config = w->config;
    wish->config.lr = shown_rate(l->cursor);
}

static enum action
lr_act(void *state, const struct world *w, enum action a, const struct input *in,
       struct wish *wish)
{
    struct lr *l = state;
    struct canvas cv = { .w = l->w, .h = l->h };
    struct plot plot = { .x = l->x };

    if (l->table && list_act(&l->points, a, in)) {
        if (l->points.cursor < l->f.n)
            l->cursor = l->f.lr[l->points.cursor];
        return ACTION_NONE;
    }
    switch (a) {
    case ACTION_LEFT:
    case ACTION_RIGHT:
        move_cursor(l, a == ACTION_LEFT ? -1 : 1);
        return l->f.n > 0 ? ACTION_NONE : a;
    case ACTION_FIRST:
    case ACTION_LAST:
        if (l->f.n == 0)
            return a;
        l->cursor = l->f.lr[a == ACTION_FIRST ? 0 : l->f.n - 1];
        break;
    case ACTION_TO_VALLEY:
    case ACTION_TO_SLIDE:
    case ACTION_TO_MINIMUM:
    case ACTION_TO_STEEP:
        jump(l, a, wish);
        break;
    case ACTION_ZOOM_IN:
        zoom(l, .5);
        break;
    case ACTION_ZOOM_OUT:
        zoom(l, 2);
        break;
    case ACTION_ZOOM_ALL:
        l->zoomed = false;
        break;
    case ACTION_LOG_Y:
        l->log_y = !l->log_y;
        wish_say(wish, "losses on a %s scale", l->log_y ? "logarithmic" : "linear");
        break;
    case ACTION_TABLE:
        l->table = !l->table;
        list_go(&l->points, lr_point(&l->f, l->cursor));
        break;
    case ACTION_CLICK:
        l->cursor = plot_x_at(&plot, &cv, in->x);
        move_cursor(l, 0);
        break;
    case ACTION_SELECT:
    case ACTION_DOUBLE_CLICK:
        train_here(l, w, wish);
        break;
    default:
        return a;
    }
    return ACTION_NONE;
}

const struct panel_ops panel_lr = {
    .title = "LR",
    .about = "which learning rate to take: the loss at a hundred rising rates",
    .state_size = sizeof(struct lr),
    .update = lr_update,
    .draw = lr_draw,
    .why_not = lr_why_not,
    .act = lr_act,
};
