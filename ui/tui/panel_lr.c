/*
 * panel_lr.c - the learning-rate finder: its curve as it sweeps, the four suggestions
 * marked and explained, and a cursor whose rate a run can be begun with.
 */
#include "config.h"

#include "ui/draw/plot.h"
#include "ui/tui/list.h"
#include "ui/tui/panel.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define SETTLED     10 /* points before the smoothed loss means something */
#define OVERSHOOT   .5 /* of the fall: how far above its start the curve is drawn */
#define N_ADVICE    4
#define BELOW       7  /* lines below the plot: cursor, advice */
#define NOISY_BATCH 64 /* from here down the curve is mostly noise */

struct lr {
    double cursor; /* rate; NaN: none */
    struct axis x, y;
    bool zoomed, log_y, table;
    struct list points;
    struct finding f;
    int w, h;
};

/* A suggestion: its mark, its place, what it is. */
struct advice {
    enum action action;
    const char *name, *glyph, *ascii, *what;
    double rate;     /* NaN: none */
    const char *why; /* there is none */
};

static void
advice_of(struct advice ret[N_ADVICE], const struct suggestions *s)
{
    ret[0] = (struct advice){ ACTION_TO_VALLEY,
                              "valley",
                              "●",
                              "V",
                              "the middle of the longest fall: take this one",
                              s->valley,
                              s->why_valley };
    ret[1] = (struct advice){ ACTION_TO_SLIDE,
                              "slide",
                              "◆",
                              "S",
                              "the last steep place before it turns up: bold",
                              s->slide,
                              s->why_slide };
    ret[2] = (struct advice){ ACTION_TO_MINIMUM,
                              "minimum",
                              "■",
                              "M",
                              "a tenth of the rate with the lowest loss",
                              s->minimum,
                              s->why_minimum };
    ret[3] = (struct advice){ ACTION_TO_STEEP,
                              "steep",
                              "▲",
                              "T",
                              "where it falls fastest: often too careful",
                              s->steep,
                              s->why_steep };
}

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
    list_fit(&l->points, l->f.n, height > BELOW ? height - BELOW : height);
    return ERR_OK;
}

/* The recorded rate nearest to the cursor: its place, or n. */
static size_t
point_of(const struct lr *l)
{
    size_t best = l->f.n;

    for (size_t i = 0; i < l->f.n && !isnan(l->cursor); i++)
        if (best == l->f.n ||
            fabs(log(l->f.lr[i] / l->cursor)) < fabs(log(l->f.lr[best] / l->cursor)))
            best = i;
    return best;
}

/* ---- drawing
 * ------------------------------------------------------------------------- */

static void
draw_advice(const struct lr *l, const struct canvas *cv)
{
    struct advice a[N_ADVICE];
    size_t at = point_of(l);

    advice_of(a, &l->f.found);
    if (at < l->f.n) {
        int x = 1 + canvas_text(cv, 1, 0, cv->w, STYLE_HEAD, "cursor ");

        x += canvas_printf(cv, x, 0, STYLE_ACCENT, "%.2e", l->cursor);
        canvas_printf(cv, x, 0, STYLE_TEXT, "   smoothed loss %.4f   raw %.4f",
                      l->f.smooth[at], l->f.loss[at]);
        canvas_text_right(cv, cv->w - 18, 0, 17, STYLE_KEY, "enter trains");
    }
    for (int i = 0; i < N_ADVICE; i++) {
        struct input key;
        char name[INPUT_NAME_MAX] = "";
        int y = 2 + i;

        if (action_key(a[i].action, 0, &key))
            input_name(&key, name);
        canvas_text(cv, 1, y, 1, STYLE_KEY, name);
        canvas_glyph(cv, 3, y, STYLE_B, a[i].glyph, a[i].ascii);
        canvas_text(cv, 5, y, 8, STYLE_TEXT, a[i].name);
        if (isnan(a[i].rate))
            canvas_printf(cv, 14, y, STYLE_DIM, "none: %s", a[i].why);
        else
            canvas_printf(cv, 14, y, STYLE_TEXT, "%-9.2e %s", a[i].rate, a[i].what);
    }
}

static void
draw_curve(const struct lr *l, const struct canvas *cv, bool busy)
{
    struct plot_series curve = {
        .x = l->f.lr, .y = l->f.smooth, .n = l->f.n, .style = STYLE_A, .ascii = "*"
    };
    struct plot_mark marks[N_ADVICE];
    struct plot plot = { .x = l->x,
                         .y = l->y,
                         .series = &curve,
                         .n_series = 1,
                         .marks = marks,
                         .cursor = l->cursor,
                         .x_name = "rate" };
    struct advice a[N_ADVICE];
    struct canvas chart = canvas_part(cv, (struct rect){ 0, 1, cv->w, cv->h - 1 });

    advice_of(a, &l->f.found);
    for (int i = N_ADVICE - 1; i >= 0 && !busy;
         i--) { /* the first is drawn last, on top */
        size_t at = 0;

        if (isnan(a[i].rate))
            continue;
        for (size_t k = 0; k < l->f.n; k++)
            if (fabs(log(l->f.lr[k] / a[i].rate)) < fabs(log(l->f.lr[at] / a[i].rate)))
                at = k;
        marks[plot.n_marks++] = (struct plot_mark){ a[i].rate, l->f.smooth[at],
                                                    a[i].glyph, a[i].ascii, STYLE_B };
    }
    canvas_text(cv, 1, 0, cv->w - 1, STYLE_HEAD, "smoothed loss by learning rate");
    plot_draw(&plot, &chart, NULL);
}

static void
point_cell(const void *arg, size_t row, size_t column, char out[LIST_CELL_MAX],
           unsigned *style)
{
    const struct lr *l = arg;
    const double *const of[] = { l->f.lr, l->f.smooth, l->f.loss };

    (void)style;
    snprintf(out, LIST_CELL_MAX, column == 0 ? "%.3e" : "%.5f", of[column][row]);
}

static void
draw_table(const struct lr *l, const struct canvas *cv)
{
    static const struct list_column columns[] = {
        { .head = "rate", .cells = 10, .right = true },
        { .head = "smoothed", .cells = 10, .right = true },
        { .head = "loss", .cells = 10, .right = true },
    };
    struct list_table table = {
        .column = columns, .n = 3, .cell = point_cell, .arg = l, .sorted = -1
    };

    list_draw(&l->points, &table, cv);
}

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
    canvas_text(cv, 1, y + 1, 1, STYLE_KEY, "F");
    canvas_text(cv, 3, y + 1, cv->w - 4, STYLE_TEXT, "begins; it takes a moment");
}

static void
lr_draw(const void *state, const struct world *w, const struct canvas *cv)
{
    const struct lr *l = state;
    int below = cv->h >= 8 + BELOW ? BELOW : 1;
    struct canvas chart = canvas_part(cv, (struct rect){ 0, 0, cv->w, cv->h - below });
    struct canvas rest =
        canvas_part(cv, (struct rect){ 0, cv->h - below + (below > 1), cv->w, below });
    size_t batch = w->plan != NULL ? w->plan->batch : SIZE_MAX;

    if (l->f.n == 0) {
        draw_empty(w, cv);
        return;
    }
    if (l->table)
        draw_table(l, &chart);
    else
        draw_curve(l, &chart, w->busy);
    if (w->busy)
        return;
    draw_advice(l, &rest);
    if (batch <= NOISY_BATCH && below > 1)
        canvas_printf(&rest, 1, 1, STYLE_WARN,
                      "batches of %zu are few ratings: this curve is mostly noise",
                      batch);
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
    case ACTION_TABLE:
    case ACTION_ZOOM_IN:
    case ACTION_ZOOM_OUT:
    case ACTION_ZOOM_ALL:
    case ACTION_LOG_Y:
        return l->f.n > 0 ? NULL : "there is no curve yet: F finds one";
    default:
        return NULL;
    }
}

static void
move_cursor(struct lr *l, int by)
{
    size_t at = point_of(l);

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
    struct advice all[N_ADVICE];

    advice_of(all, &l->f.found);
    for (int i = 0; i < N_ADVICE; i++) {
        if (all[i].action != a)
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
        break;
    case ACTION_FIRST:
    case ACTION_LAST:
        if (l->f.n > 0)
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
        break;
    case ACTION_TABLE:
        l->table = !l->table;
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
