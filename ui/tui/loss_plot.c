/* loss_plot.c - the losses of a run as a plot; see loss_plot.h. */
#include "config.h"

#include "ui/tui/loss_plot.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define SETTLED     .02 /* of the run: what comes before may leave the field at the top */
#define STRIP_LINES 2   /* of the learning rate, with its heading */
#define MARGIN      .06 /* of the heights, above and below */
#define BASELINES   2

/* ---- taking the points over
 * ---------------------------------------------------------- */

/* The step at which an epoch ended, from the steps an epoch has. */
static double
epoch_end(const struct curve *c, unsigned epoch, unsigned n_epochs)
{
    return n_epochs > 0 ? (double)c->n_steps / n_epochs * epoch : NAN;
}

static void
take_epochs(struct loss_curve *to, const struct curve *c, unsigned n_epochs)
{
    size_t first = c->n_epochs > LOSS_EPOCHS ? c->n_epochs - LOSS_EPOCHS : 0;
    double least = INFINITY;

    to->n_valid = 0;
    to->best = LOSS_EPOCHS;
    for (size_t e = first; e < c->n_epochs; e++) {
        size_t i = to->n_valid++;

        to->at[i] = epoch_end(c, c->epochs[e].epoch, n_epochs);
        to->valid[i] = c->epochs[e].valid_loss;
        if (to->valid[i] < least) {
            least = to->valid[i];
            to->best = i;
        }
    }
}

/* A run on disk may have more records than there are points: neighbours are joined. */
static void
take_curve(struct loss_curve *to, const struct curve *c, unsigned n_epochs)
{
    size_t every = c->n / HISTORY_POINTS + 1;

    to->n = 0;
    for (size_t i = 0; i < c->n; i++) {
        const struct step_record *r = &c->at[i];
        size_t k = i / every;

        if (i % every == 0) {
            to->lo[k] = r->min;
            to->hi[k] = r->max;
            to->n = k + 1;
        }
        to->lo[k] = fmin(to->lo[k], r->min);
        to->hi[k] = fmax(to->hi[k], r->max);
        to->step[k] = (double)r->step;
        to->smooth[k] = r->smooth;
        to->lr[k] = r->lr;
        to->mom[k] = r->mom;
    }
    take_epochs(to, c, n_epochs);
}

static void
hold_curve(struct loss_plot *p, const struct loss_curve *c, double n_steps)
{
    for (size_t i = 0; i < c->n; i++)
        if (c->step[i] >= SETTLED * n_steps || c->n < 8)
            axis_hold(&p->all_y, c->smooth[i]);
    for (size_t i = 0; i < c->n_valid; i++)
        axis_hold(&p->all_y, c->valid[i]);
}

static void
find_axes(struct loss_plot *p, const struct world *w)
{
    double last = p->own.n > 0 ? p->own.step[p->own.n - 1] : 1;

    p->all_x = (struct axis){ .lo = p->log_x ? 1 : 0,
                              .hi = fmax((double)w->curve.n_steps, last),
                              .log = p->log_x,
                              .whole = true };
    p->all_y = (struct axis){ .lo = INFINITY, .hi = -INFINITY, .log = p->log_y };
    hold_curve(p, &p->own, (double)w->curve.n_steps);
    for (size_t i = 0; i < p->n_past; i++) {
        axis_hold(&p->all_x, p->past[i].n > 0 ? p->past[i].step[p->past[i].n - 1] : 1);
        hold_curve(p, &p->past[i], (double)w->past[i].n_steps);
    }
    axis_settle(&p->all_x, 0);
    axis_settle(&p->all_y, MARGIN);
    if (!p->zoomed || p->x.log != p->log_x)
        p->x = p->all_x;
    p->y = p->all_y;
}

/* Where zoomed in, the heights are those of what is seen. */
static void
fit_heights(struct loss_plot *p)
{
    struct axis y = { .lo = INFINITY, .hi = -INFINITY, .log = p->log_y };

    for (size_t i = 0; i < p->own.n; i++)
        if (p->own.step[i] >= p->x.lo && p->own.step[i] <= p->x.hi) {
            axis_hold(&y, p->own.lo[i]);
            axis_hold(&y, p->own.hi[i]);
        }
    if (y.lo <= y.hi) {
        axis_settle(&y, MARGIN);
        p->y = y;
    }
}

void
loss_plot_update(struct loss_plot *p, const struct world *w)
{
    if (p->own.n == 0 && p->all_x.hi == 0) /* the first time */
        p->cursor = NAN;
    take_curve(&p->own, &w->curve, w->now.n_epochs);
    p->n_past = w->n_past;
    for (size_t i = 0; i < w->n_past; i++)
        take_curve(&p->past[i], &w->past[i],
                   w->past[i].n_epochs > 0 ? (unsigned)w->past[i].n_epochs : 1);
    find_axes(p, w);
    if (p->zoomed)
        fit_heights(p);
    if (p->own.n == 0)
        p->cursor = NAN;
}

/* ---- actions
 * ------------------------------------------------------------------------- */

size_t
loss_plot_point(const struct loss_plot *p)
{
    size_t best = p->own.n;

    for (size_t i = 0; i < p->own.n; i++)
        if (best == p->own.n ||
            fabs(p->own.step[i] - p->cursor) < fabs(p->own.step[best] - p->cursor))
            best = i;
    return isnan(p->cursor) ? p->own.n : best;
}

static void
move_cursor(struct loss_plot *p, int by)
{
    size_t at = loss_plot_point(p), n = p->own.n;

    if (n == 0)
        return;
    if (at == n)
        at = by > 0 ? 0 : n - 1; /* it comes in from that side */
    else if (by < 0)
        at -= at > 0;
    else
        at += at + 1 < n;
    p->cursor = p->own.step[at];
    if (p->cursor < p->x.lo || p->cursor > p->x.hi)
        axis_pan(&p->x, axis_part(&p->x, p->cursor) - .5, &p->all_x);
}

static void
zoom(struct loss_plot *p, double factor)
{
    double about = isnan(p->cursor) ? axis_value(&p->x, .5) : p->cursor;

    axis_zoom(&p->x, factor, about, &p->all_x);
    p->zoomed = p->x.lo > p->all_x.lo || p->x.hi < p->all_x.hi;
}

static void
point_at(struct loss_plot *p, const struct input *in, const struct canvas *cv)
{
    struct plot plot = { .x = p->x };

    if (p->own.n == 0)
        return;
    p->cursor = plot_x_at(&plot, cv, in->x);
    p->cursor = p->own.step[loss_plot_point(p)];
}

bool
loss_plot_act(struct loss_plot *p, enum action a, const struct input *in,
              const struct canvas *cv)
{
    switch (a) {
    case ACTION_LEFT:
    case ACTION_RIGHT:
        move_cursor(p, a == ACTION_LEFT ? -1 : 1);
        return true;
    case ACTION_FIRST:
    case ACTION_LAST:
        p->cursor = NAN;
        move_cursor(p, a == ACTION_FIRST ? 1 : -1);
        return true;
    case ACTION_ZOOM_IN:
        zoom(p, .5);
        return true;
    case ACTION_ZOOM_OUT:
        zoom(p, 2);
        return true;
    case ACTION_ZOOM_ALL:
        p->zoomed = false;
        return true;
    case ACTION_LOG_X:
        p->log_x = !p->log_x;
        return true;
    case ACTION_LOG_Y:
        p->log_y = !p->log_y;
        return true;
    case ACTION_CLICK:
        point_at(p, in, cv);
        return true;
    case ACTION_CANCEL:
        if (isnan(p->cursor))
            return false;
        p->cursor = NAN;
        return true;
    default:
        return false;
    }
}

/* ---- drawing
 * ------------------------------------------------------------------------- */

/* "loss   smoothed .4812   valid .5344★", or what the crosshair stands on. */
static void
draw_heading(const struct loss_plot *p, const struct canvas *cv)
{
    const struct loss_curve *c = &p->own;
    size_t at = loss_plot_point(p);
    int x = 1 + canvas_printf(cv, 1, 0, STYLE_HEAD, "loss ");

    if (at < c->n) {
        x += canvas_printf(cv, x, 0, STYLE_ACCENT, "step %.0f ", c->step[at]);
        canvas_printf(cv, x, 0, STYLE_TEXT,
                      "smoothed %.4f  raw %.3f to %.3f  rate %.3g  momentum %.3f",
                      c->smooth[at], c->lo[at], c->hi[at], c->lr[at], c->mom[at]);
        return;
    }
    if (c->n > 0)
        x += canvas_printf(cv, x, 0, STYLE_A, " train %.4f", c->smooth[c->n - 1]);
    if (c->best < c->n_valid)
        x += canvas_printf(cv, x, 0, STYLE_B, "  valid %.4f", c->valid[c->best]);
    for (size_t i = 0; i < p->n_past && i < 2; i++)
        if (p->past[i].best < p->past[i].n_valid)
            x += canvas_printf(cv, x, 0, i == 0 ? STYLE_C : STYLE_D, "  %s %.4f",
                               i == 0 ? "before" : "earlier",
                               p->past[i].valid[p->past[i].best]);
}

/* What lies outside the field is said, not left out in silence. */
static void
draw_outside(const struct plot_outside *out, const struct canvas *cv)
{
    char text[96];

    if (out->above + out->below == 0)
        return;
    if (out->below == 0)
        snprintf(text, sizeof(text), "%zu points above", out->above);
    else
        snprintf(text, sizeof(text), "%zu points above, %zu below", out->above,
                 out->below);
    canvas_text_right(cv, 0, 0, cv->w - 1, STYLE_DIM, text);
}

/* Curves of a run: joined losses and its validations. */
static size_t
add_series(struct plot_series *to, const struct loss_curve *c, unsigned style, bool own)
{
    size_t n = 0;

    if (c->n > 0)
        to[n++] = (struct plot_series){ .x = c->step,
                                        .y = c->smooth,
                                        .lo = own ? c->lo : NULL,
                                        .hi = own ? c->hi : NULL,
                                        .n = c->n,
                                        .style = style,
                                        .ascii = own ? "*" : "." };
    if (c->n_valid > 0)
        to[n++] = (struct plot_series){ .x = c->at,
                                        .y = c->valid,
                                        .n = c->n_valid,
                                        .points = true,
                                        .style = own ? STYLE_B : style,
                                        .glyph = own ? "◆" : "◇",
                                        .ascii = own ? "V" : "v" };
    return n;
}

/* The one-cycle below the curve, on the same steps. */
static void
draw_strip(const struct loss_plot *p, const struct canvas *cv)
{
    struct axis y = { .lo = 0, .hi = 0 };
    struct canvas field = canvas_part(
        cv, (struct rect){ PLOT_LABEL, 0, cv->w - PLOT_LABEL, STRIP_LINES });
    int w = field.w * plot_dots_across(&field), h = field.h * plot_dots_down(&field);

    for (size_t i = 0; i < p->own.n; i++)
        axis_hold(&y, p->own.lr[i]);
    if (y.hi <= 0)
        return;
    canvas_text(cv, 1, 0, PLOT_LABEL, STYLE_DIM, "rate");
    for (size_t i = 0; i < p->own.n; i++) {
        double part = axis_part(&p->x, p->own.step[i]);

        if (part >= 0 && part <= 1)
            plot_dot(&field, (int)(part * (w - 1)),
                     (int)((1 - axis_part(&y, p->own.lr[i])) * (h - 1)), STYLE_D, ".");
    }
}

void
loss_plot_draw(const struct loss_plot *p, const struct world *w,
               const struct canvas *cv)
{
    int strip = cv->h >= 14 ? STRIP_LINES : 0;
    struct canvas chart =
        canvas_part(cv, (struct rect){ 0, 1, cv->w, cv->h - 1 - strip });
    struct canvas below =
        canvas_part(cv, (struct rect){ 0, cv->h - strip, cv->w, strip });
    struct plot_series series[2 * (PAST_MAX + 1)];
    struct plot_rule rules[LOSS_EPOCHS + BASELINES];
    struct plot_mark best;
    struct plot plot = { .x = p->x,
                         .y = p->y,
                         .series = series,
                         .rules = rules,
                         .marks = &best,
                         .cursor = p->cursor,
                         .x_name = "step" };
    struct plot_outside outside;

    for (size_t i = p->n_past; i-- > 0;)
        plot.n_series += add_series(series + plot.n_series, &p->past[i],
                                    i == 0   ? STYLE_C
                                    : i == 1 ? STYLE_D
                                             : STYLE_DIM,
                                    false);
    plot.n_series += add_series(series + plot.n_series, &p->own, STYLE_A, true);
    for (size_t i = 0; i + 1 < p->own.n_valid || (i < p->own.n_valid && w->busy); i++)
        rules[plot.n_rules++] = (struct plot_rule){ .at = p->own.at[i],
                                                    .upright = true,
                                                    .style = STYLE_DIM };
    if (p->own.best < p->own.n_valid) {
        best = (struct plot_mark){ p->own.at[p->own.best], p->own.valid[p->own.best],
                                   "★", "B", STYLE_B };
        plot.n_marks = 1;
    }
    draw_heading(p, cv);
    plot_draw(&plot, &chart, &outside);
    draw_outside(&outside, cv);
    if (strip > 0)
        draw_strip(p, &below);
}
