/*
 * textplot.c - a line plot of characters; see textplot.h.
 *
 * Values are mapped to dots: 2 x 4 of them in a cell of Braille, one in a cell of
 * ASCII. Points and marks are written over the dots as whole characters.
 */
#include "config.h"

#include "ui/cli/textplot.h"

#include "src/base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LABEL_CELLS 7                 /* of the vertical axis */
#define LEFT        (LABEL_CELLS + 2) /* cells before the field */
#define BESIDE      2                 /* lines not of the field: axis, labels */
#define TICK_MAX    64                /* bytes of one label */
#define LABELS_MAX  512               /* cells of the horizontal axis that get labels */

/* Values from lo to hi. */
struct range {
    double lo, hi;
};

/* The field that curves are drawn in. */
struct field {
    unsigned w, h;       /* cells */
    unsigned sx, sy;     /* dots in a cell, across and down */
    struct range x, y;   /* x in log10 where the axis is logarithmic */
    unsigned char *dots; /* (h, w) Braille bits */
    const char **over;   /* (h, w) a character over them, or NULL */
};

/* ---- ranges ------------------------------------------------------------------- */

static double
x_of(const struct textplot *p, double x)
{
    return p->log_x ? log10(x) : x;
}

static void
widen(struct range *r, double v)
{
    r->lo = fmin(r->lo, v);
    r->hi = fmax(r->hi, v);
}

/* Ranges of all points that can be drawn; false when there is none. */
static bool
find_ranges(const struct textplot *p, struct field *f)
{
    f->x = f->y = (struct range){ INFINITY, -INFINITY };
    for (size_t s = 0; s < p->n_series; s++) {
        for (size_t i = 0; i < p->series[s].n; i++) {
            double x = x_of(p, p->series[s].x[i]), y = p->series[s].y[i];

            if (isfinite(x) && isfinite(y)) {
                widen(&f->x, x);
                widen(&f->y, y);
            }
        }
    }
    if (f->x.lo > f->x.hi)
        return false;
    if (f->x.lo == f->x.hi)
        f->x = (struct range){ f->x.lo - .5, f->x.hi + .5 };
    if (f->y.lo == f->y.hi)
        f->y = (struct range){ f->y.lo - .5, f->y.hi + .5 };
    return true;
}

/* 1, 2 or 5 times a power of ten, so that at most n steps fit the range. */
static double
nice_step(const struct range *r, unsigned n)
{
    double raw = (r->hi - r->lo) / (n > 0 ? n : 1);
    double ten = pow(10, floor(log10(raw)));
    double lead = raw / ten;

    return ten * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
}

/* The i-th multiple of step in the range; false after the last. */
static bool
tick_value(const struct range *r, double step, unsigned i, double *ret)
{
    double v = (ceil(r->lo / step - 1e-6) + i) * step;

    *ret = fmin(fmax(v, r->lo), r->hi);
    return i < LABELS_MAX && v <= r->hi + step * 1e-6;
}

/* ---- drawing in the field ----------------------------------------------------- */

static long
dot_of(double v, const struct range *r, unsigned dots)
{
    double part = (v - r->lo) / (r->hi - r->lo); /* NaN when the range overflows */

    return lrint((part > 0 ? fmin(part, 1) : 0) * (dots - 1));
}

static void
set_dot(struct field *f, long x, long up, const char *ascii)
{
    static const unsigned char bits[4][2] = {
        { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 }, { 0x40, 0x80 }
    };
    unsigned long down = f->h * f->sy - 1 - (unsigned long)up;
    unsigned long cell = down / f->sy * f->w + (unsigned long)x / f->sx;

    if (f->sx == 1)
        f->over[cell] = ascii;
    else
        f->dots[cell] |= bits[down % 4][x % 2];
}

static void
draw_line(struct field *f, long x0, long y0, long x1, long y1, const char *ascii)
{
    long dx = labs(x1 - x0), dy = labs(y1 - y0);
    long n = dx > dy ? dx : dy;

    for (long i = 0; i <= n; i++) {
        double t = n > 0 ? (double)i / (double)n : 0;

        set_dot(f, x0 + lrint(t * (double)(x1 - x0)), y0 + lrint(t * (double)(y1 - y0)),
                ascii);
    }
}

static void
put_over(struct field *f, long x, long up, const char *s)
{
    f->over[(f->h - 1 - (unsigned long)up / f->sy) * f->w + (unsigned long)x / f->sx] =
        s;
}

static void
draw_series(struct field *f, const struct textplot *p, const struct textplot_series *s)
{
    bool joined = false;
    long last_x = 0, last_y = 0;

    for (size_t i = 0; i < s->n; i++) {
        double vx = x_of(p, s->x[i]), vy = s->y[i];
        long x, y;

        if (!isfinite(vx) || !isfinite(vy)) {
            joined = false;
            continue;
        }
        x = dot_of(vx, &f->x, f->w * f->sx);
        y = dot_of(vy, &f->y, f->h * f->sy);
        if (s->points)
            put_over(f, x, y, p->glyphs ? s->glyph : s->ascii);
        else
            draw_line(f, joined ? last_x : x, joined ? last_y : y, x, y, s->ascii);
        last_x = x;
        last_y = y;
        joined = true;
    }
}

/* Height of a series at x between its points; NaN outside. */
static double
height_at(const struct textplot *p, const struct textplot_series *s, double x)
{
    for (size_t i = 0; i < s->n; i++) {
        double b = x_of(p, s->x[i]), a = i > 0 ? x_of(p, s->x[i - 1]) : b;

        if (x > b)
            continue;
        if (x == b)
            return s->y[i];
        return x >= a ? s->y[i - 1] + (x - a) / (b - a) * (s->y[i] - s->y[i - 1]) : NAN;
    }
    return NAN;
}

static void
draw_mark(struct field *f, const struct textplot *p, const struct textplot_mark *m)
{
    double x = x_of(p, m->x);
    double y = p->n_series > 0 ? height_at(p, &p->series[0], x) : NAN;

    if (isfinite(x) && isfinite(y))
        put_over(f, dot_of(x, &f->x, f->w * f->sx), dot_of(y, &f->y, f->h * f->sy),
                 p->glyphs ? m->glyph : m->ascii);
}

/* ---- axes and printing -------------------------------------------------------- */

/* A tick's text, with as many digits as its step needs and LABEL_CELLS have room for.
 */
static void
tick_label(char out[TICK_MAX], double v, double step)
{
    double places = fmax(0, -floor(log10(step) + 1e-9));
    int digits = 4;

    if (fabs(v) < step / 1e6)
        v = 0;
    if (places <= 5 && snprintf(out, TICK_MAX, "%.*f", (int)places, v) <= LABEL_CELLS)
        return;
    while (snprintf(out, TICK_MAX, "%.*g", digits, v) > LABEL_CELLS && digits > 1)
        digits--;
}

/* Print a Braille cell: U+2800 and the dots. */
static void
print_dots(FILE *to, unsigned char dots)
{
    if (dots == 0)
        fputc(' ', to);
    else
        fprintf(to, "\xe2%c%c", 0xa0 | dots >> 6, 0x80 | (dots & 0x3f));
}

/* The tick that belongs to line `row` of the field, if any. */
static bool
tick_at(const struct field *f, unsigned row, double step, char label[TICK_MAX])
{
    double v;

    for (unsigned i = 0; tick_value(&f->y, step, i, &v); i++) {
        if (f->h - 1 - (unsigned long)dot_of(v, &f->y, f->h * f->sy) / f->sy == row) {
            tick_label(label, v, step);
            return true;
        }
    }
    return false;
}

static void
print_field(FILE *to, const struct textplot *p, const struct field *f)
{
    double step = nice_step(&f->y, f->h / 2);

    for (unsigned row = 0; row < f->h; row++) {
        char label[TICK_MAX] = "";
        bool tick = tick_at(f, row, step, label);
        unsigned end = f->w;

        while (end > 0 && f->dots[row * f->w + end - 1] == 0 &&
               f->over[row * f->w + end - 1] == NULL)
            end--;
        fprintf(to, "%*s %s", LABEL_CELLS, label,
                p->glyphs ? (tick ? "┤" : "│") : (tick ? "+" : "|"));
        for (unsigned x = 0; x < end; x++) {
            if (f->over[row * f->w + x] != NULL)
                fputs(f->over[row * f->w + x], to);
            else
                print_dots(to, f->dots[row * f->w + x]);
        }
        fputc('\n', to);
    }
}

/* Labels of the horizontal axis, one below each tick; those that would touch are left
 * out with their ticks. */
struct x_axis {
    char labels[LABELS_MAX]; /* blanks between */
    size_t used;             /* cells up to the end of the last label */
    bool tick[LABELS_MAX];
};

static void
lay_out_x(struct x_axis *a, const struct textplot *p, const struct field *f)
{
    double step = nice_step(&f->x, f->w / (p->log_x ? 6 : 10));
    double v;

    if (p->log_x || p->whole_x)
        step = fmax(step, 1);
    *a = (struct x_axis){ 0 };
    memset(a->labels, ' ', sizeof(a->labels));
    for (unsigned i = 0; tick_value(&f->x, step, i, &v); i++) {
        size_t at = (size_t)dot_of(v, &f->x, f->w * f->sx) / f->sx;
        char label[TICK_MAX];
        size_t n;

        if (p->log_x)
            snprintf(label, sizeof(label), "1e%.0f", v);
        else
            tick_label(label, v, step);
        n = strlen(label);
        if ((a->used > 0 && at < a->used + 2) || at + n > LABELS_MAX || at + n > f->w)
            continue;
        memcpy(a->labels + at, label, n);
        a->tick[at] = true;
        a->used = at + n;
    }
}

static void
print_x_axis(FILE *to, const struct textplot *p, const struct field *f)
{
    struct x_axis a;

    lay_out_x(&a, p, f);
    fprintf(to, "%*s%s", LEFT - 1, "", p->glyphs ? "└" : "+");
    for (unsigned x = 0; x < f->w; x++) {
        bool tick = x < LABELS_MAX && a.tick[x];

        fputs(p->glyphs ? (tick ? "┬" : "─") : (tick ? "+" : "-"), to);
    }
    fprintf(to, "\n%*s%.*s", LEFT, "", (int)a.used, a.labels);
    fputc('\n', to);
}

/* ---- the whole ---------------------------------------------------------------- */

enum err_code
textplot_draw(FILE *to, const struct textplot *p, struct err *err)
{
    struct field f = { .sx = p->glyphs ? 2 : 1, .sy = p->glyphs ? 4 : 1 };
    size_t cells;
    enum err_code rc = ERR_OK;

    f.w = (p->width > TEXTPLOT_MIN_WIDTH ? p->width : TEXTPLOT_MIN_WIDTH) - LEFT;
    f.h = (p->height > TEXTPLOT_MIN_HEIGHT ? p->height : TEXTPLOT_MIN_HEIGHT) - BESIDE;
    cells = (size_t)f.w * f.h;
    if (!find_ranges(p, &f))
        return ERR_OK;
    f.dots = mem_new(cells, sizeof(*f.dots));
    f.over = mem_new(cells, sizeof(*f.over));
    if (f.dots == NULL || f.over == NULL) {
        rc = err_nomem(err, cells * (sizeof(*f.dots) + sizeof(*f.over)), "a plot");
        goto out;
    }
    for (size_t i = 0; i < p->n_series; i++)
        draw_series(&f, p, &p->series[i]);
    for (size_t i = 0; i < p->n_marks; i++)
        draw_mark(&f, p, &p->marks[i]);
    print_field(to, p, &f);
    print_x_axis(to, p, &f);
out:
    mem_free(f.dots);
    mem_free(f.over);
    return rc;
}
