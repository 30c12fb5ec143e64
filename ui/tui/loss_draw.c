/* loss_draw.c - the losses of a run as a plot: drawing; see loss_plot.h. */
#include "config.h"

#include "ui/tui/loss_plot.h"

#include "src/base/text.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define STRIP_LINES 2 /* of the learning rate and the momentum */
#define BASELINES   2
#define OUTSIDE_MAX 96  /* bytes of what is said of points outside */
#define LEGEND_MAX  128 /* bytes of a line */
#define CHART_LEAST 8   /* lines, or there is no legend */

/* Earlier runs are told apart by a colour and a letter. */
static const struct {
    unsigned style;
    const char *letter;
} marks_of_past[PAST_MAX] = {
    { STYLE_C, "a" }, { STYLE_D, "b" }, { STYLE_WARN, "c" }, { STYLE_DIM, "d" }
};

/* ---- words -------------------------------------------------------------------------
 */

/* "loss  train .4812  valid .5344", or what the crosshair stands on. */
static void
draw_heading(const struct loss_plot *p, const struct canvas *cv)
{
    const struct loss_curve *c = &p->own;
    size_t at = loss_plot_point(p);
    int x = 1 + canvas_printf(cv, 1, 0, STYLE_HEAD, "loss ");

    if (at < c->n) {
        x += canvas_printf(cv, x, 0, STYLE_ACCENT, "step %.0f ", c->step[at]);
        x += canvas_printf(cv, x, 0, STYLE_TEXT, "smoothed %.4f", c->smooth[at]);
        if (cv->w - x > 22)
            x += canvas_printf(cv, x, 0, STYLE_TEXT, "  raw %.3f to %.3f", c->lo[at],
                               c->hi[at]);
        if (cv->w - x > 30)
            canvas_printf(cv, x, 0, STYLE_TEXT, "  rate %.3g  momentum %.3f", c->lr[at],
                          c->mom[at]);
        return;
    }
    if (c->n > 0)
        x += canvas_printf(cv, x, 0, STYLE_A, " train %.4f", c->smooth[c->n - 1]);
    if (c->best < c->n_valid)
        canvas_printf(cv, x, 0, STYLE_B, "  valid %.4f", c->valid[c->best]);
}

/* Put more behind a text, two blanks between; what has no room is cut. */
static void
add_words(char text[OUTSIDE_MAX], const char *fmt, ...)
{
    size_t n = strlen(text);
    va_list args;

    n += (size_t)snprintf(text + n, OUTSIDE_MAX - n, "%s", n > 0 ? "  " : "");
    n = n < OUTSIDE_MAX ? n : OUTSIDE_MAX - 1;
    va_start(args, fmt);
    vsnprintf(text + n, OUTSIDE_MAX - n, fmt, args);
    va_end(args);
}

/* What lies outside the field is said, not left out in silence. Returns the cells of
 * the line that are left of it. */
static int
draw_outside(const struct plot_outside *out, const struct yardstick_losses *yard,
             const struct axis *y, const struct canvas *cv)
{
    const char *up = cv->utf8 ? "↑" : "^";
    char text[OUTSIDE_MAX] = "";
    size_t n;

    if (yard->mean > y->hi)
        add_words(text, "global mean %.3f %s", yard->mean, up);
    if (out->above > 0)
        add_words(text, "%zu point%s %s", out->above, out->above == 1 ? "" : "s", up);
    if (out->below > 0)
        add_words(text, "%zu below", out->below);
    if (text[0] == '\0')
        return cv->w;
    canvas_text_right(cv, cv->w / 2, 0, cv->w - cv->w / 2 - 1, STYLE_DIM, text);
    n = text_width(text);
    return n + 2 < (size_t)(cv->w - cv->w / 2) ? cv->w - (int)n - 2 : cv->w / 2 - 1;
}

/* "a 0.7712 rate 0.003, 2 epochs, 100 factors": an earlier run in the legend, its best
 * validation first. */
static void
format_past(const struct loss_plot *p, const struct world *w, size_t i,
            char out[LEGEND_MAX])
{
    const struct loss_curve *c = &p->past[i];
    const struct curve *of = &w->past[i];
    char loss[32] = "";

    if (c->best < c->n_valid)
        snprintf(loss, sizeof(loss), "%.4f ", c->valid[c->best]);
    snprintf(out, LEGEND_MAX, "%s %s%.60s", marks_of_past[i].letter, loss,
             of->settings != NULL ? of->settings : of->name);
}

/* Which curve is which: in lines of their own, beside each other where they have room.
 * On no canvas (NULL) they are counted. */
static int
draw_legend(const struct loss_plot *p, const struct world *w, int width,
            const struct canvas *cv)
{
    int x = 1, y = 0;

    for (size_t i = 0; i < p->n_past; i++) {
        char text[LEGEND_MAX];
        int n;

        format_past(p, w, i, text);
        n = (int)text_width(text);
        if (x > 1 && x + n > width - 1) {
            x = 1;
            y++;
        }
        if (cv != NULL)
            canvas_text(cv, x, y, width - x - 1, marks_of_past[i].style, text);
        x += n + 3;
    }
    return p->n_past > 0 ? y + 1 : 0;
}

/* ---- curves ------------------------------------------------------------------------
 */

/* Curves of a run: joined losses and its validations. */
static size_t
add_series(struct plot_series *to, const struct loss_curve *c, unsigned style,
           const char *letter)
{
    bool own = letter == NULL;
    size_t n = 0;

    if (c->n > 0)
        to[n++] = (struct plot_series){ .x = c->step,
                                        .y = c->smooth,
                                        .lo = own ? c->lo : NULL,
                                        .hi = own ? c->hi : NULL,
                                        .n = c->n,
                                        .style = style,
                                        .ascii = own ? "*" : letter };
    if (c->n_valid > 0)
        to[n++] = (struct plot_series){ .x = c->at,
                                        .y = c->valid,
                                        .n = c->n_valid,
                                        .points = true,
                                        .style = own ? STYLE_B : style,
                                        .glyph = own ? "◆" : letter,
                                        .ascii = own ? "V" : letter };
    return n;
}

/* One of the one-cycle's two curves as a line of dots, from its least to its most. */
static void
draw_cycle(const struct loss_plot *p, const double *value, unsigned style,
           const char *ascii, const struct canvas *field)
{
    struct axis y = { .lo = INFINITY, .hi = -INFINITY };
    int w = field->w * plot_dots_across(field), h = field->h * plot_dots_down(field);
    size_t at = 0;

    for (size_t i = 0; i < p->own.n; i++)
        axis_hold(&y, value[i]);
    axis_settle(&y, 0);
    for (int x = 0; x < w; x++) { /* of each column the point that comes next */
        double step = axis_value(&p->x, (double)x / (w > 1 ? w - 1 : 1));

        while (at + 1 < p->own.n && p->own.step[at] < step)
            at++;
        if (step >= p->own.step[0] && step <= p->own.step[p->own.n - 1])
            plot_dot(field, x, (int)((1 - axis_part(&y, value[at])) * (h - 1)), style,
                     ascii);
    }
}

/* The one-cycle below the curve, on the same steps. */
static void
draw_strip(const struct loss_plot *p, const struct canvas *cv)
{
    struct canvas field = canvas_part(
        cv, (struct rect){ PLOT_LABEL, 0, cv->w - PLOT_LABEL, STRIP_LINES });

    if (p->own.n == 0)
        return;
    canvas_text(cv, 0, 0, PLOT_LABEL - 1, STYLE_C, " mom.");
    canvas_text(cv, 0, 1, PLOT_LABEL - 1, STYLE_D, " rate");
    draw_cycle(p, p->own.mom, STYLE_C, "'", &field);
    draw_cycle(p, p->own.lr, STYLE_D, ".", &field);
}

/* Ends of epochs, and the baselines. */
static size_t
add_rules(struct plot_rule *to, const struct loss_plot *p, const struct world *w)
{
    size_t n = 0;

    for (size_t i = 0; i + 1 < p->own.n_valid || (i < p->own.n_valid && w->busy); i++)
        to[n++] = (struct plot_rule){ .at = p->own.at[i],
                                      .upright = true,
                                      .style = STYLE_DIM };
    to[n++] = (struct plot_rule){ .at = w->yardstick.mean,
                                  .label = " global mean ",
                                  .style = STYLE_DIM };
    to[n++] = (struct plot_rule){ .at = w->yardstick.biases,
                                  .label = " biases only ",
                                  .style = STYLE_DIM };
    return n;
}

void
loss_plot_draw(const struct loss_plot *p, const struct world *w,
               const struct canvas *cv)
{
    int strip = cv->h >= 14 ? STRIP_LINES : 0;
    int lines = draw_legend(p, w, cv->w, NULL),
        legend = cv->h - 1 - strip - lines >= CHART_LEAST ? lines : 0;
    struct canvas names = canvas_part(cv, (struct rect){ 0, 1, cv->w, legend });
    struct canvas chart = canvas_part(
        cv, (struct rect){ 0, 1 + legend, cv->w, cv->h - 1 - strip - legend });
    struct canvas below =
        canvas_part(cv, (struct rect){ 0, cv->h - strip, cv->w, strip });
    struct plot_series series[2 * (PAST_MAX + 1)];
    struct plot_rule rules[LOSS_EPOCHS + BASELINES];
    struct plot_mark best;
    struct plot plot = { .x = p->x,
                         .y = p->y,
                         .series = series,
                         .rules = rules,
                         .n_rules = add_rules(rules, p, w),
                         .marks = &best,
                         .cursor = p->cursor,
                         .x_name = "step" };
    struct plot_outside outside;
    struct canvas head = canvas_part(cv, (struct rect){ 0, 0, cv->w, 1 });

    for (size_t i = p->n_past; i-- > 0;)
        plot.n_series += add_series(series + plot.n_series, &p->past[i],
                                    marks_of_past[i].style, marks_of_past[i].letter);
    plot.n_series += add_series(series + plot.n_series, &p->own, STYLE_A, NULL);
    if (p->own.best < p->own.n_valid) {
        best = (struct plot_mark){ p->own.at[p->own.best], p->own.valid[p->own.best],
                                   "★", "B", STYLE_B };
        plot.n_marks = 1;
    }
    plot_draw(&plot, &chart, &outside);
    if (isnan(p->cursor) || cv->w >= 110)
        head.w = draw_outside(&outside, &w->yardstick, &p->y, cv);
    draw_heading(p, &head);
    if (legend > 0)
        (void)draw_legend(p, w, cv->w, &names);
    if (strip > 0)
        draw_strip(p, &below);
}
