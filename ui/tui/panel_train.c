/*
 * panel_train.c - training: the settings of the next run, and the live curves of the
 * present one. While a run goes on the curve has all the room; else the settings stand
 * beside it.
 */
#include "config.h"

#include "ui/cli/number.h"
#include "ui/tui/epochs.h"
#include "ui/tui/form.h"
#include "ui/tui/list.h"
#include "ui/tui/loss_plot.h"
#include "ui/tui/outcome.h"
#include "ui/tui/panel.h"
#include "ui/tui/train_settings.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define FORM_CELLS  34
#define EPOCH_LINES 5 /* of the epochs' table, its head included */

struct train {
    struct form form;
    struct train_config config; /* the form's, given to the desk when it changes */
    struct loss_plot plot;
    bool table; /* the points as numbers in place of the plot */
    struct list points;
    uint64_t opened; /* world.opened: what the plot is of */
    int w, h;
};

/* Where things are in a panel of this size. */
struct places {
    struct rect form, plot, epochs, outcome;
};

static struct places
place(const struct world *w, int width, int height)
{
    size_t rows = epochs_rows(w);
    int end = outcome_lines(w, height);
    int lines = (int)rows + 1 < EPOCH_LINES ? (int)rows + 1 : EPOCH_LINES;
    int form = w->busy ? 0 : FORM_CELLS, rest = height - end;
    struct places p = { .outcome = { 0, rest, width, end } };

    if (form > 0 && width < FORM_CELLS + 30) /* no room for both: settings first */
        form = width;
    if (rows == 0 || height < 14)
        lines = 0;
    p.form = (struct rect){ 0, 0, form, rest };
    p.plot = (struct rect){ form, 0, width - form, rest - lines };
    p.epochs = (struct rect){ form, rest - lines, width - form, lines };
    return p;
}

static enum err_code
train_open(void *state, struct err *err)
{
    struct train *t = state;

    (void)err;
    t->form.rows = train_settings();
    t->form.n = train_settings_count();
    t->plot.cursor = NAN;
    return ERR_OK;
}

static enum err_code
train_update(void *state, const struct world *w, int width, int height, struct err *err)
{
    struct train *t = state;
    struct places p = place(w, width, height);

    (void)err;
    t->w = width;
    t->h = height;
    if (p.form.w == 0)
        form_leave(&t->form);
    if (!t->form.field.open)
        t->config = w->config;
    if (t->opened != w->opened) { /* another curve is seen whole */
        t->plot.zoomed = false;
        t->plot.cursor = NAN;
        t->opened = w->opened;
    }
    form_fit(&t->form, p.form.h);
    loss_plot_update(&t->plot, w);
    list_fit(&t->points, t->plot.own.n, p.plot.h);
    return ERR_OK;
}

/* ---- drawing
 * ------------------------------------------------------------------------- */

static void
point_cell(const void *arg, size_t row, size_t column, char out[LIST_CELL_MAX],
           unsigned *style)
{
    const struct loss_curve *c = arg;
    const double *const of[] = { c->step, c->smooth, c->lo, c->hi, c->lr, c->mom };
    static const char *const form[] = {
        "%.0f", "%.4f", "%.4f", "%.4f", "%.3g", "%.4f"
    };

    (void)style;
    snprintf(out, LIST_CELL_MAX, form[column], of[column][row]);
}

static void
draw_points(const struct train *t, const struct canvas *cv)
{
    static const struct list_column columns[] = {
        { .head = "step", .cells = 9, .right = true },
        { .head = "smoothed", .cells = 9, .right = true },
        { .head = "lowest", .cells = 8, .right = true, .rank = 1 },
        { .head = "highest", .cells = 8, .right = true, .rank = 1 },
        { .head = "rate", .cells = 9, .right = true },
        { .head = "momentum", .cells = 9, .right = true, .rank = 2 },
    };
    struct list_table table = {
        .column = columns, .n = 6, .cell = point_cell, .arg = &t->plot.own, .sorted = -1
    };

    list_draw(&t->points, &table, cv);
}

/* What a run with these settings will be, where the curve is to come. */
static void
draw_plan(const struct world *w, const struct canvas *cv)
{
    const struct plan *p = w->plan;
    char n[NUMBER_MAX], v[NUMBER_MAX], b[NUMBER_MAX], need[NUMBER_MAX];
    int y = 1;

    canvas_text(cv, 2, y++, cv->w - 2, STYLE_HEAD,
                w->busy ? "this run, at its first batches" : "the next run");
    if (w->wrong != NULL)
        canvas_words(cv, 2, y++, STYLE_BAD, w->wrong);
    if (p == NULL) {
        if (w->wrong == NULL)
            canvas_text(cv, 2, y, cv->w - 2, STYLE_DIM,
                        w->name != NULL ? "its data are read when it begins"
                                        : "ctrl-o opens data to train on");
        return;
    }
    number_grouped(n, (int64_t)p->n_train);
    number_grouped(v, (int64_t)p->n_valid);
    number_grouped(b, (int64_t)p->n_batches);
    number_bytes(need, (double)p->need_bytes);
    canvas_printf(cv, 2, y++, STYLE_TEXT, "%s ratings to train on", n);
    canvas_printf(cv, 2, y++, STYLE_TEXT, "%s held out to validate with", v);
    canvas_printf(cv, 2, y++, STYLE_TEXT, "batches of %zu, %s an epoch", p->batch, b);
    canvas_printf(cv, 2, y++, STYLE_TEXT, "on %s, %u thread%s, in %s", p->ops->name,
                  p->threads, p->threads == 1 ? "" : "s", need);
    y++;
    if (w->busy)
        return;
    canvas_text(cv, 2, y, 1, STYLE_KEY, "T");
    canvas_text(cv, 4, y++, cv->w - 4, STYLE_TEXT, "trains; the curve is drawn here");
    canvas_text(cv, 2, y, 1, STYLE_KEY, "F");
    canvas_text(cv, 4, y++, cv->w - 4, STYLE_TEXT, "finds a learning rate first");
}

static void
train_draw(const void *state, const struct world *w, const struct canvas *cv)
{
    const struct train *t = state;
    struct places p = place(w, cv->w, cv->h);
    struct canvas form = canvas_part(cv, p.form), plot = canvas_part(cv, p.plot);
    struct canvas epochs = canvas_part(cv, p.epochs);
    struct canvas outcome = canvas_part(cv, p.outcome);

    if (form.w > 0)
        form_draw(&t->form, &t->config, &form);
    if (outcome.h > 0)
        outcome_draw(w, &outcome);
    if (plot.w == 0)
        return;
    if (w->curve.n == 0)
        draw_plan(w, &plot);
    else if (t->table)
        draw_points(t, &plot);
    else
        loss_plot_draw(&t->plot, w, &plot);
    if (epochs.h > 0)
        epochs_draw(w, &epochs);
}

/* ---- acting
 * -------------------------------------------------------------------------- */

static void
wish_config(const struct train *t, bool changed, struct wish *wish)
{
    if (!changed)
        return;
    wish->kind = WISH_CONFIG;
    wish->config = t->config;
}

static const char *
train_why_not(const void *state, const struct world *w, enum action a)
{
    const struct train *t = state;

    switch (a) {
    case ACTION_ZOOM_OUT:
    case ACTION_ZOOM_ALL:
        if (w->curve.n > 0)
            return t->plot.zoomed ? NULL : "the whole curve is shown";
        return "there is no curve yet: T trains";
    case ACTION_TABLE:
    case ACTION_ZOOM_IN:
    case ACTION_LOG_X:
    case ACTION_LOG_Y:
        return w->curve.n > 0 ? NULL : "there is no curve yet: T trains";
    case ACTION_COMPARE:
        return w->name != NULL ? NULL : "nothing is open";
    default:
        return NULL;
    }
}

/* Up, down and enter are the form's while it is there; the rest is the plot's. */
static enum action
train_act(void *state, const struct world *w, enum action a, const struct input *in,
          struct wish *wish)
{
    struct train *t = state;
    struct places p = place(w, t->w, t->h);
    struct canvas field = { .w = p.plot.w, .h = p.plot.h };
    struct input there = *in;
    bool in_form = in->x < p.form.w || p.plot.w == 0, changed = false;
    bool for_form =
        p.form.w > 0 && (a == ACTION_UP || a == ACTION_DOWN || a == ACTION_SELECT ||
                         ((a == ACTION_CLICK || a == ACTION_DOUBLE_CLICK) && in_form));

    there.x -= p.plot.x;
    if (a == ACTION_TABLE) {
        t->table = !t->table;
        return ACTION_NONE;
    }
    if (a == ACTION_COMPARE) {
        wish->kind = WISH_COMPARE;
        return ACTION_NONE;
    }
    if (t->table && p.plot.w > 0 && !for_form && list_act(&t->points, a, &there))
        return ACTION_NONE;
    if (p.form.w > 0 && (a == ACTION_LEFT || a == ACTION_RIGHT) &&
        t->form.rows[t->form.cursor].choices != NULL)
        for_form = true;
    if (for_form && form_act(&t->form, &t->config, a, in, &changed)) {
        wish_config(t, changed, wish);
        return ACTION_NONE;
    }
    if (!loss_plot_act(&t->plot, a, &there, &field))
        return a;
    if (a == ACTION_LOG_X || a == ACTION_LOG_Y)
        wish_say(wish, "steps on a %s scale, losses on a %s one",
                 t->plot.log_x ? "logarithmic" : "linear",
                 t->plot.log_y ? "logarithmic" : "linear");
    return ACTION_NONE;
}

static bool
train_type(void *state, const struct world *w, const struct input *in,
           struct wish *wish)
{
    struct train *t = state;
    bool changed = false;
    bool used = form_type(&t->form, &t->config, in, &changed);

    (void)w;
    wish_config(t, changed, wish);
    return used;
}

static const struct hint *
train_hints(const void *state, const struct world *w, bool *ret_only)
{
    static const struct hint edit[] = { { "enter", "sets it" },
                                        { "esc", "as it was" },
                                        { NULL, NULL } };
    static const struct hint form[] = { { "enter", "changes it" }, { NULL, NULL } };
    const struct train *t = state;

    *ret_only = t->form.field.open;
    return t->form.field.open ? edit : w->busy ? NULL : form;
}

const struct panel_ops panel_train = {
    .title = "Train",
    .about = "a run learns factors and biases from the ratings; watch its loss fall",
    .state_size = sizeof(struct train),
    .open = train_open,
    .update = train_update,
    .draw = train_draw,
    .why_not = train_why_not,
    .act = train_act,
    .type = train_type,
    .hints = train_hints,
};
