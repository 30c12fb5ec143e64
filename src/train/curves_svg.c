/*
 * curves_svg.c - the recorded losses of a run as a drawing; see curves.h.
 *
 * Colours are classes of a style sheet, so that a dark page gets a dark drawing. Long
 * runs are drawn in at most POINTS_MAX points: neighbouring records are merged, and the
 * least and the greatest of each point stay.
 */
#include "config.h"

#include "src/train/curves.h"

#include "src/base/mem.h"
#include "src/base/path.h"
#include "src/base/text.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define WIDTH      800
#define HEIGHT     450
#define LEFT       64
#define RIGHT      24
#define TOP        78
#define BOTTOM     50
#define POINTS_MAX 1000
#define X_TICKS    8
#define Y_TICKS    8
#define LOSS_MOST  1e60 /* what is above is drawn as little as what is no number */
#define FLAT       1e-6 /* part of a loss that the drawing spans, at least */

static const char style[] =
    "<style>\n"
    "svg { font: 13px system-ui, sans-serif }\n"
    "text { fill: #333 }\n"
    ".title { font-size: 18px; font-weight: 600; fill: #111 }\n"
    ".paper { fill: #fff }\n"
    ".grid { stroke: #ddd; fill: none }\n"
    ".axis { stroke: #777; fill: none }\n"
    ".raw { fill: #4a7fb5; fill-opacity: .25 }\n"
    ".train { stroke: #1f5f99; stroke-width: 2; stroke-linejoin: round; fill: none }\n"
    ".valid { fill: #c2410c; stroke: #fff }\n"
    "@media (prefers-color-scheme: dark) {\n"
    "  text { fill: #bbb }\n"
    "  .title { fill: #eee }\n"
    "  .paper { fill: #16181c }\n"
    "  .grid { stroke: #33373d }\n"
    "  .axis { stroke: #888 }\n"
    "  .raw { fill: #7fb2e5 }\n"
    "  .train { stroke: #7fb2e5 }\n"
    "  .valid { fill: #fb923c; stroke: #16181c }\n"
    "}\n"
    "</style>\n";

struct range {
    double lo, hi;
};

/* One drawn point of the training curve. */
struct point {
    double step, min, max, smooth;
};

struct drawing {
    struct sinktext *to;
    const struct run *run;
    struct range x, y;
    struct point *point; /* (n) owned */
    size_t n;
};

/* ---- what to draw ------------------------------------------------------------- */

static enum err_code
merge_records(struct drawing *d, struct err *err)
{
    const struct run *r = d->run;
    const size_t span = r->n_steps / POINTS_MAX + 1;

    d->point = mem_new(r->n_steps / span + 1, sizeof(*d->point));
    if (d->point == NULL)
        return err_nomem(err, (r->n_steps / span + 1) * sizeof(*d->point), "a drawing");
    for (size_t i = 0; i < r->n_steps; i++) {
        const struct step_record *s = &r->steps[i];
        struct point *p = &d->point[i / span];

        if (i % span == 0)
            *p = (struct point){ .min = NAN, .max = NAN };
        p->step = (double)s->step;
        p->min = fmin(p->min, s->min); /* the other where one is NaN */
        p->max = fmax(p->max, s->max);
        p->smooth = s->smooth;
        d->n = i / span + 1;
    }
    return ERR_OK;
}

static bool
is_drawn(double loss)
{
    return fabs(loss) <= LOSS_MOST;
}

static void
widen(struct range *r, double v)
{
    if (is_drawn(v)) {
        r->lo = fmin(r->lo, v);
        r->hi = fmax(r->hi, v);
    }
}

static void
find_ranges(struct drawing *d)
{
    const struct run *r = d->run;
    double margin;

    d->x = (struct range){ 0, 1 };
    d->y = (struct range){ INFINITY, -INFINITY };
    for (size_t i = 0; i < d->n; i++) {
        widen(&d->x, d->point[i].step);
        widen(&d->y, d->point[i].min);
        widen(&d->y, d->point[i].max);
        widen(&d->y, d->point[i].smooth);
    }
    for (size_t e = 0; e < r->n_epochs; e++) {
        widen(&d->x, curves_epoch_step(r, r->epochs[e].epoch));
        widen(&d->y, r->epochs[e].valid_loss);
    }
    if (d->y.lo > d->y.hi)
        d->y = (struct range){ 0, 1 };
    margin = d->y.hi > d->y.lo ? .04 * (d->y.hi - d->y.lo) : .5;
    margin = fmax(margin, FLAT * fmax(fabs(d->y.lo), fabs(d->y.hi)));
    d->y.lo -= margin;
    d->y.hi += margin;
}

static double
x_of(const struct drawing *d, double step)
{
    return LEFT + (step - d->x.lo) / (d->x.hi - d->x.lo) * (WIDTH - LEFT - RIGHT);
}

static double
y_of(const struct drawing *d, double loss)
{
    return HEIGHT - BOTTOM -
           (loss - d->y.lo) / (d->y.hi - d->y.lo) * (HEIGHT - TOP - BOTTOM);
}

/* ---- texts and axes ----------------------------------------------------------- */

/* Text in display form, in which no control character is left, as XML wants it. */
static void
put_text(struct sinktext *t, const char *s)
{
    char shown[1024];

    (void)text_display(s, shown, sizeof(shown));
    for (const char *p = shown; *p != '\0'; p++) {
        if (*p == '&')
            sinktext_put(t, "&amp;");
        else if (*p == '<')
            sinktext_put(t, "&lt;");
        else if (*p == '>')
            sinktext_put(t, "&gt;");
        else
            sinktext_bytes(t, p, 1);
    }
}

static void
put_title(struct drawing *d, const char *title)
{
    const struct run_info *i = &d->run->info;
    struct sinktext *t = d->to;

    sinktext_put(t, "<title>Losses of ");
    put_text(t, title);
    sinktext_put(t, "</title>\n");
    sinktext_put(t, style);
    sinktext_printf(t, "<rect class=\"paper\" width=\"%d\" height=\"%d\"/>\n", WIDTH,
                    HEIGHT);
    sinktext_printf(t, "<text class=\"title\" x=\"%d\" y=\"30\">", LEFT);
    put_text(t, title);
    sinktext_put(t, "</text>\n");
    sinktext_printf(t, "<text x=\"%d\" y=\"50\">", LEFT);
    /* A picture is shown to others, whom the folders of this machine do not concern. */
    put_text(t, path_name(i->data != NULL ? i->data : ""));
    sinktext_printf(t, ": %u factors, batch %zu, learning rate %g, weight decay %g",
                    i->factors, i->batch, i->lr, i->wd);
    sinktext_put(t, "</text>\n");
}

/* 1, 2 or 5 times a power of ten, so that about n steps fit the range. */
static double
round_step(const struct range *r, unsigned n)
{
    double raw = (r->hi - r->lo) / n, ten = pow(10, floor(log10(raw)));
    double lead = raw / ten;

    return ten * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
}

static void
put_x_axis(const struct drawing *d)
{
    double step = fmax(1, round_step(&d->x, X_TICKS));
    const int bottom = HEIGHT - BOTTOM;

    for (double v = 0; v <= d->x.hi; v += step) {
        double x = x_of(d, v);

        sinktext_printf(
            d->to,
            "<path class=\"axis\" d=\"M%.1f %d v5\"/>"
            "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.0f</text>\n",
            x, bottom, x, bottom + 20, v);
    }
    sinktext_printf(d->to, "<path class=\"axis\" d=\"M%d %d H%d\"/>\n", LEFT, bottom,
                    WIDTH - RIGHT);
    sinktext_printf(d->to,
                    "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">batch</text>\n",
                    (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10);
}

static void
put_y_axis(const struct drawing *d)
{
    double step = round_step(&d->y, Y_TICKS), first = ceil(d->y.lo / step);
    int digits = step < 1 ? (int)-floor(log10(step) + 1e-9) : 0;

    for (double i = first; i * step <= d->y.hi; i++) {
        double y = y_of(d, i * step);

        sinktext_printf(d->to,
                        "<path class=\"grid\" d=\"M%d %.1f H%d\"/>"
                        "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">",
                        LEFT, y, WIDTH - RIGHT, LEFT - 8, y + 4);
        sinktext_printf(d->to, step < 1e5 ? "%.*f</text>\n" : "%.*g</text>\n",
                        step < 1e5 ? digits : 8, i * step + 0.0);
    }
    sinktext_printf(d->to,
                    "<text transform=\"translate(16 %d) rotate(-90)\" "
                    "text-anchor=\"middle\">loss (mean squared error)</text>\n",
                    (TOP + HEIGHT - BOTTOM) / 2);
}

/* ---- curves ------------------------------------------------------------------- */

/* Forth along the greatest losses, back along the least. */
static void
put_envelope(const struct drawing *d)
{
    bool begun = false;

    sinktext_put(d->to, "<path class=\"raw\" d=\"");
    for (size_t i = 0; i < 2 * d->n; i++) {
        const struct point *p = &d->point[i < d->n ? i : 2 * d->n - 1 - i];
        double loss = i < d->n ? p->max : p->min;

        if (!is_drawn(loss))
            continue;
        sinktext_printf(d->to, "%c%.1f %.1f", begun ? 'L' : 'M', x_of(d, p->step),
                        y_of(d, loss));
        begun = true;
    }
    sinktext_put(d->to, begun ? "Z\"/>\n" : "\"/>\n");
}

static void
put_smooth(const struct drawing *d)
{
    bool joined = false;

    sinktext_put(d->to, "<path class=\"train\" d=\"");
    for (size_t i = 0; i < d->n; i++) {
        const struct point *p = &d->point[i];
        bool there = is_drawn(p->smooth);

        if (there)
            sinktext_printf(d->to, "%c%.1f %.1f", joined ? 'L' : 'M', x_of(d, p->step),
                            y_of(d, p->smooth));
        joined = there;
    }
    sinktext_put(d->to, "\"/>\n");
}

/* A dot for each validation; a viewer that has a pointer shows its title. */
static void
put_validations(const struct drawing *d)
{
    for (size_t i = 0; i < d->run->n_epochs; i++) {
        const struct epoch_record *e = &d->run->epochs[i];

        if (!is_drawn(e->valid_loss))
            continue;
        sinktext_printf(d->to,
                        "<circle class=\"valid\" cx=\"%.1f\" cy=\"%.1f\" r=\"5\">"
                        "<title>epoch %u: validation loss %.6f, RMSE %.6f</title>"
                        "</circle>\n",
                        x_of(d, curves_epoch_step(d->run, e->epoch)),
                        y_of(d, e->valid_loss), e->epoch, e->valid_loss,
                        sqrt(e->valid_loss));
    }
}

static void
put_legend(const struct drawing *d)
{
    sinktext_printf(d->to, "<g transform=\"translate(%d 70)\">\n", LEFT);
    sinktext_put(d->to, "<rect class=\"raw\" x=\"0\" y=\"-10\" width=\"18\" "
                        "height=\"10\"/><text x=\"24\">training: least to "
                        "greatest</text>\n"
                        "<path class=\"train\" d=\"M210 -5 h18\"/>"
                        "<text x=\"234\">smoothed</text>\n"
                        "<circle class=\"valid\" cx=\"334\" cy=\"-5\" r=\"5\"/>"
                        "<text x=\"346\">validation</text>\n</g>\n");
}

enum err_code
curves_write_svg(const struct sink *to, const struct run *r, const char *title,
                 struct err *err)
{
    struct sinktext t = { .to = to };
    struct drawing d = { .to = &t, .run = r };
    enum err_code rc;

    if (r->n_steps + r->n_epochs == 0)
        return err_set(err, ERR_STATE, "%s: no losses are recorded yet", r->path);
    rc = merge_records(&d, err);
    if (rc != ERR_OK)
        return rc;
    find_ranges(&d);
    sinktext_printf(&t,
                    "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" "
                    "viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\">\n",
                    WIDTH, HEIGHT, WIDTH, HEIGHT);
    put_title(&d, title);
    put_legend(&d);
    put_y_axis(&d);
    put_x_axis(&d);
    put_envelope(&d);
    put_smooth(&d);
    put_validations(&d);
    sinktext_put(&t, "</svg>\n");
    mem_free(d.point);
    return sinktext_end(&t, err);
}
