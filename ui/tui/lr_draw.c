/* lr_draw.c - the learning-rate panel as it is drawn. */
#include "config.h"

#include "ui/draw/plot.h"
#include "ui/tui/lr_panel.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

const enum action lr_jump[LRADVICE_COUNT] = { [LRADVICE_VALLEY] = ACTION_TO_VALLEY,
                                              [LRADVICE_SLIDE] = ACTION_TO_SLIDE,
                                              [LRADVICE_MINIMUM] = ACTION_TO_MINIMUM,
                                              [LRADVICE_STEEP] = ACTION_TO_STEEP };

size_t
lr_point(const struct finding *f, double rate)
{
    size_t best = f->n;

    for (size_t i = 0; i < f->n && rate > 0; i++)
        if (best == f->n || fabs(log(f->lr[i] / rate)) < fabs(log(f->lr[best] / rate)))
            best = i;
    return best;
}

/* ---- the curve ---------------------------------------------------------------------
 */

/* A cell of the field that a mark takes. */
struct spot {
    int column, line;
};

/* Move a mark to the nearest cell of its column that none of n others has, upwards
 * first: suggestions may coincide, and each is to be seen. */
static void
keep_apart(struct spot *mark, const struct spot *other, size_t n, int lines)
{
    int line = mark->line;

    for (int step = 0; step < 2 * lines; step++) {
        bool taken = false;

        mark->line = line + (step % 2 == 1 ? -(step + 1) / 2 : step / 2);
        for (size_t k = 0; k < n; k++)
            taken |= other[k].column == mark->column && other[k].line == mark->line;
        if (!taken && mark->line >= 0 && mark->line < lines)
            return;
    }
    mark->line = line;
}

/* The marks of the suggestions, on the curve that is drawn in the field. */
static size_t
find_marks(struct plot_mark ret[LRADVICE_COUNT], const struct lr *l,
           const struct canvas *field)
{
    int across = plot_dots_across(field), down = plot_dots_down(field);
    double right = field->w * across - 1, top = field->h * down - 1; /* dots */
    struct lradvice a[LRADVICE_COUNT];
    struct spot spot[LRADVICE_COUNT];
    size_t n = 0;

    lradvice_of(a, &l->f, l->batch);
    for (int i = 0; i < LRADVICE_COUNT; i++) {
        double x = axis_part(&l->x, a[i].rate);
        double y =
            axis_part(&l->y, l->f.smooth[lr_point(&l->f, a[i].rate) % LRFIND_STEPS]);

        if (isnan(a[i].rate) || !(x >= 0 && x <= 1) || !(y >= 0 && y <= 1))
            continue;
        spot[n] = (struct spot){ (int)lrint(x * right) / across,
                                 ((int)top - (int)lrint(y * top)) / down };
        keep_apart(&spot[n], spot, n, field->h);
        y = 1 - (spot[n].line * down + down / 2) / top;
        ret[n++] = (struct plot_mark){ a[i].rate, axis_value(&l->y, y), a[i].glyph,
                                       a[i].ascii, STYLE_B };
    }
    return n;
}

static void
draw_curve(const struct lr *l, const struct canvas *cv, bool busy)
{
    struct canvas chart = canvas_part(cv, (struct rect){ 0, 1, cv->w, cv->h - 1 });
    struct canvas field = plot_field(&chart);
    struct plot_series curve = {
        .x = l->f.lr, .y = l->f.smooth, .n = l->f.n, .style = STYLE_A, .ascii = "*"
    };
    struct plot_mark marks[LRADVICE_COUNT];
    struct plot plot = { .x = l->x,
                         .y = l->y,
                         .series = &curve,
                         .n_series = 1,
                         .marks = marks,
                         .cursor = l->cursor,
                         .x_name = "rate" };
    struct plot_outside out;
    char text[32];

    if (!busy && field.w > 1 && field.h > 1)
        plot.n_marks = find_marks(marks, l, &field);
    canvas_text(cv, 1, 0, cv->w - 1, STYLE_HEAD, "smoothed loss by learning rate");
    plot_draw(&plot, &chart, &out);
    if (out.above == 0 || cv->w < 60)
        return;
    snprintf(text, sizeof(text), "%zu point%s %s", out.above, out.above == 1 ? "" : "s",
             cv->utf8 ? "↑" : "^");
    canvas_text_right(cv, cv->w / 2, 0, cv->w - cv->w / 2 - 1, STYLE_DIM, text);
}

/* ---- below it ----------------------------------------------------------------------
 */

static void
draw_cursor(const struct lr *l, const struct canvas *cv)
{
    size_t at = lr_point(&l->f, l->cursor);
    const char *enter = cv->w >= 96 ? "enter trains with this rate" : "enter trains";
    int n = (int)strlen(enter), x = 1;
    struct canvas left = canvas_part(cv, (struct rect){ 0, 0, cv->w - n - 3, 1 });

    if (at == l->f.n)
        return;
    x += canvas_text(&left, x, 0, left.w, STYLE_HEAD, "cursor ");
    x += canvas_printf(&left, x, 0, STYLE_ACCENT, "%.2e", l->cursor);
    canvas_printf(&left, x, 0, STYLE_TEXT, "   smoothed loss %.4f   raw %.4f",
                  l->f.smooth[at], l->f.loss[at]);
    canvas_text_right(cv, cv->w - n - 1, 0, n, STYLE_KEY, enter);
}

/* The suggestions, and in the last lines whether to trust them. */
static void
draw_advice(const struct lr *l, const struct canvas *cv)
{
    bool noisy = lradvice_is_noisy(l->batch);
    char warning[LRADVICE_TEXT];
    struct lradvice a[LRADVICE_COUNT];

    lradvice_of(a, &l->f, l->batch);
    for (int i = 0; i < LRADVICE_COUNT; i++) {
        struct input key;
        char name[INPUT_NAME_MAX] = "";
        int y = (noisy ? 1 : 2) + i;

        if (action_key(lr_jump[i], 0, &key))
            input_name(&key, name);
        canvas_text(cv, 1, y, 1, STYLE_KEY, name);
        canvas_glyph(cv, 3, y, STYLE_B, a[i].glyph, a[i].ascii);
        canvas_text(cv, 5, y, 8, STYLE_TEXT, a[i].name);
        if (isnan(a[i].rate))
            canvas_printf(cv, 14, y, STYLE_DIM, "none: %s", a[i].why);
        else
            canvas_printf(cv, 14, y, STYLE_TEXT, "%-9.2e %s", a[i].rate, a[i].what);
    }
    if (noisy)
        canvas_words(cv, 1, 1 + LRADVICE_COUNT, STYLE_WARN,
                     lradvice_warning(warning, l->batch));
}

/* While it sweeps: where it is, and what it looks for. */
static void
draw_sweep(const struct lr *l, const struct canvas *cv)
{
    size_t last = l->f.n - 1;

    canvas_printf(cv, 1, 0, STYLE_ACCENT, "batch %zu of %d   rate %.2e   smoothed %.4f",
                  l->f.n, LRFIND_STEPS, l->f.lr[last], l->f.smooth[last]);
    canvas_words(
        cv, 1, 2, STYLE_DIM,
        "It ends after a hundred batches, or when the loss is four times its "
        "best. Then four rates are suggested: in the middle of the fall, at its "
        "end, below its lowest point, where it is steepest.");
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

void
lr_draw_panel(const struct lr *l, const struct world *w, const struct canvas *cv)
{
    int below = cv->h >= 8 + LR_BELOW ? LR_BELOW : 1;
    struct canvas chart = canvas_part(cv, (struct rect){ 0, 0, cv->w, cv->h - below });
    struct canvas rest =
        canvas_part(cv, (struct rect){ 0, cv->h - below, cv->w, below });

    if (l->table)
        draw_table(l, &chart);
    else
        draw_curve(l, &chart, w->busy);
    if (w->busy && w->now.state == SESSION_FINDING) {
        draw_sweep(l, &rest);
        return;
    }
    draw_cursor(l, &rest);
    draw_advice(l, &rest);
}
