/* loss_plot.c - the losses of a run as a plot; see loss_plot.h. */
#include "config.h"

#include "ui/tui/loss_plot.h"

#include <math.h>

#define SETTLED .02 /* of the run: what comes before may leave the field at the top */
#define YOUNG   .25 /* of what there is: until then that alone may */
#define MARGIN  .06 /* of the heights, above and below */

/* ---- taking the points over
 * ---------------------------------------------------------- */

/* The step at which an epoch ended, from the steps an epoch has; a run that was stopped
 * ended before. */
static double
epoch_end(const struct curve *c, unsigned epoch)
{
    double last = c->n > 0 ? (double)c->at[c->n - 1].step : INFINITY;

    if (c->n_epochs_all == 0)
        return NAN;
    return fmin((double)c->n_steps / c->n_epochs_all * epoch, last);
}

static void
take_epochs(struct loss_curve *to, const struct curve *c)
{
    size_t first = c->n_epochs > LOSS_EPOCHS ? c->n_epochs - LOSS_EPOCHS : 0;
    double least = INFINITY;

    to->n_valid = 0;
    to->best = LOSS_EPOCHS;
    for (size_t e = first; e < c->n_epochs; e++) {
        size_t i = to->n_valid++;

        to->at[i] = epoch_end(c, c->epochs[e].epoch);
        to->valid[i] = c->epochs[e].valid_loss;
        if (to->valid[i] < least) {
            least = to->valid[i];
            to->best = i;
        }
    }
}

/* A run on disk may have more records than there are points: neighbours are joined. */
static void
take_curve(struct loss_curve *to, const struct curve *c)
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
    take_epochs(to, c);
}

static void
hold_curve(struct loss_plot *p, const struct loss_curve *c, double n_steps)
{
    double last = c->n > 0 ? c->step[c->n - 1] : 0;
    double from = c->n < 8 ? 0 : fmin(SETTLED * n_steps, YOUNG * last);

    for (size_t i = 0; i < c->n; i++)
        if (c->step[i] >= from)
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
    axis_hold(&p->all_y, w->yardstick.biases); /* what is to be beaten is seen */
    axis_settle(&p->all_x, 0);
    axis_settle(&p->all_y, MARGIN);
    if (!p->zoomed || p->x.log != p->log_x)
        p->x = p->all_x;
    else if (p->x.hi > p->all_x.hi) /* of a longer run */
        axis_pan(&p->x, 0, &p->all_x);
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
    take_curve(&p->own, &w->curve);
    p->n_past = w->n_past;
    for (size_t i = 0; i < w->n_past; i++)
        take_curve(&p->past[i], &w->past[i]);
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
        return p->own.n > 0;
    case ACTION_FIRST:
    case ACTION_LAST:
        if (p->own.n == 0)
            return false;
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
