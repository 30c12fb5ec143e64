/*
 * plot.c - a line plot on a canvas; see plot.h.
 *
 * Dots are kept nowhere but in the cells: to set one, the glyph that a cell has is read
 * as dots, the new one is added, and the glyph of all of them is written back.
 */
#include "config.h"

#include "ui/draw/plot.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- dots --------------------------------------------------------------------------
 */

/* Bit 1: upper left, 2: upper right, 4: lower left, 8: lower right. */
static const char *const quadrants[16] = { " ", "▘", "▝", "▀", "▖", "▌", "▞", "▛",
                                           "▗", "▚", "▐", "▜", "▄", "▙", "▟", "█" };

int
plot_dots_across(const struct canvas *cv)
{
    return cv->glyphs == GLYPHS_ASCII ? 1 : 2;
}

int
plot_dots_down(const struct canvas *cv)
{
    return cv->glyphs == GLYPHS_BRAILLE ? 4 : cv->glyphs == GLYPHS_BLOCK ? 2 : 1;
}

/* The dots of a Braille glyph (U+2800 … U+28FF); 0 for another. */
static unsigned
braille_bits(const char *text)
{
    const unsigned char *b = (const unsigned char *)text;

    if (b[0] != 0xe2 || (b[1] & 0xfc) != 0xa0)
        return 0;
    return (unsigned)(b[1] & 3) << 6 | (b[2] & 0x3f);
}

static unsigned
quadrant_bits(const char *text)
{
    for (unsigned i = 0; i < 16; i++)
        if (strcmp(text, quadrants[i]) == 0)
            return i;
    return 0;
}

void
plot_dot(const struct canvas *f, int x, int y, unsigned style, const char *ascii)
{
    static const unsigned char bit[4][2] = {
        { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 }, { 0x40, 0x80 }
    };
    int sx = plot_dots_across(f), sy = plot_dots_down(f);
    int cx = x / sx, cy = y / sy;
    const struct cell *cell;
    const char *old; /* dim dots give way, so that a line is seen in its envelope */

    if (x < 0 || y < 0 || cx >= f->w || cy >= f->h)
        return;
    cell = &f->cell[(ptrdiff_t)cy * f->stride + cx];
    old = cell->style == STYLE_DIM && style != STYLE_DIM ? " " : cell->text;
    if (f->glyphs == GLYPHS_BRAILLE) {
        unsigned dots = braille_bits(old) | bit[y % 4][x % 2];
        char text[4] = { (char)0xe2, (char)(0xa0 | dots >> 6),
                         (char)(0x80 | (dots & 0x3f)), '\0' };

        canvas_glyph(f, cx, cy, style, text, ascii);
    } else {
        unsigned dots = quadrant_bits(old) | 1u << (y % 2 * 2 + x % 2);

        canvas_glyph(f, cx, cy, style, quadrants[dots], ascii);
    }
}

/* ---- where things are --------------------------------------------------------------
 */

struct canvas
plot_field(const struct canvas *cv)
{
    return canvas_part(
        cv, (struct rect){ PLOT_LABEL, 0, cv->w - PLOT_LABEL, cv->h - PLOT_BELOW });
}

double
plot_x_at(const struct plot *p, const struct canvas *cv, int x)
{
    int w = cv->w - PLOT_LABEL;

    return axis_value(&p->x, w > 1 ? (double)(x - PLOT_LABEL) / (w - 1) : 0);
}

/* The field in dots. */
struct field {
    const struct plot *p;
    struct canvas cv;
    int w, h; /* dots */
};

/* The dot of a part of an axis with n dots; far outside it stays outside. */
static int
dot_of(double part, int n)
{
    return (int)lrint(fmin(fmax(part, -2), 3) * (n - 1));
}

static int
dot_x(const struct field *f, double x)
{
    return dot_of(axis_part(&f->p->x, x), f->w);
}

/* Dots count down from the top. */
static int
dot_y(const struct field *f, double y)
{
    return f->h - 1 - dot_of(axis_part(&f->p->y, y), f->h);
}

static bool
can_be_drawn(const struct field *f, double x, double y)
{
    return isfinite(axis_part(&f->p->x, x)) && isfinite(axis_part(&f->p->y, y));
}

/* ---- series ------------------------------------------------------------------------
 */

static void
draw_line(const struct field *f, int x0, int y0, int x1, int y1,
          const struct plot_series *s)
{
    int dx = abs(x1 - x0), dy = abs(y1 - y0), n = dx > dy ? dx : dy;

    for (int i = 0; i <= n; i++) {
        double t = n > 0 ? (double)i / n : 0;

        plot_dot(&f->cv, x0 + (int)lrint(t * (x1 - x0)), y0 + (int)lrint(t * (y1 - y0)),
                 s->style, s->ascii);
    }
}

/* Upright strokes from the least to the most of each point; neighbours in one column
 * lie over each other, so that no spike is lost. */
static void
draw_envelope(const struct field *f, const struct plot_series *s)
{
    struct plot_series dim = *s;

    dim.style = STYLE_DIM;
    dim.ascii = ":";
    for (size_t i = 0; i < s->n; i++) {
        int x;

        if (!can_be_drawn(f, s->x[i], s->lo[i]) || !can_be_drawn(f, s->x[i], s->hi[i]))
            continue;
        x = dot_x(f, s->x[i]);
        if (x >= 0 && x < f->w)
            draw_line(f, x, dot_y(f, s->lo[i]), x, dot_y(f, s->hi[i]), &dim);
    }
}

/* A cross at the bottom where a value is no number, or has no end. */
static void
mark_gap(const struct field *f, double x, double y)
{
    double part = axis_part(&f->p->x, x);

    if (!isfinite(y) && part >= 0 && part <= 1)
        canvas_glyph(&f->cv, dot_x(f, x) / plot_dots_across(&f->cv), f->cv.h - 1,
                     STYLE_BAD, "✗", "x");
}

static void
draw_joined(const struct field *f, const struct plot_series *s)
{
    bool joined = false;
    int last_x = 0, last_y = 0;

    for (size_t i = 0; i < s->n; i++) {
        int x, y;

        if (!can_be_drawn(f, s->x[i], s->y[i])) {
            joined = false;
            mark_gap(f, s->x[i], s->y[i]);
            continue;
        }
        x = dot_x(f, s->x[i]);
        y = dot_y(f, s->y[i]);
        draw_line(f, joined ? last_x : x, joined ? last_y : y, x, y, s);
        last_x = x;
        last_y = y;
        joined = true;
    }
}

static void
put_glyph(const struct field *f, double x, double y, unsigned style, const char *glyph,
          const char *ascii)
{
    int dx, dy;

    if (!can_be_drawn(f, x, y))
        return;
    dx = dot_x(f, x);
    dy = dot_y(f, y);
    if (dx >= 0 && dx < f->w && dy >= 0 && dy < f->h)
        canvas_glyph(&f->cv, dx / plot_dots_across(&f->cv), dy / plot_dots_down(&f->cv),
                     style, glyph, ascii);
}

static void
draw_series(const struct field *f, const struct plot_series *s)
{
    if (s->points)
        for (size_t i = 0; i < s->n; i++)
            put_glyph(f, s->x[i], s->y[i], s->style, s->glyph, s->ascii);
    else
        draw_joined(f, s);
}

static struct plot_outside
count_outside(const struct plot *p)
{
    struct plot_outside out = { 0 };

    for (size_t k = 0; k < p->n_series; k++)
        for (size_t i = 0; i < p->series[k].n; i++) {
            const struct plot_series *s = &p->series[k];
            double x = axis_part(&p->x, s->x[i]), y = axis_part(&p->y, s->y[i]);

            if (!isfinite(x) || !isfinite(y))
                continue;
            if (x < 0 || x > 1)
                out.beside++;
            else if (y < 0)
                out.below++;
            else if (y > 1)
                out.above++;
        }
    return out;
}

/* ---- axes, rules, crosshair
 * ---------------------------------------------------------- */

static void
draw_y_axis(const struct field *f, const struct canvas *cv)
{
    struct ticks t;

    for (int y = 0; y < f->cv.h; y++)
        canvas_glyph(cv, PLOT_LABEL - 1, y, STYLE_DIM, "│", "|");
    ticks_find(&t, &f->p->y, f->cv.h / 2 > 1 ? f->cv.h / 2 : 1);
    for (int i = 0; i < t.n; i++) {
        int y = dot_y(f, t.at[i]) / plot_dots_down(&f->cv);

        canvas_text_right(cv, 0, y, PLOT_LABEL - 1, STYLE_DIM, t.label[i]);
        canvas_glyph(cv, PLOT_LABEL - 1, y, STYLE_DIM, "┤", "+");
    }
}

static void
draw_x_axis(const struct field *f, const struct canvas *cv)
{
    int y = cv->h - PLOT_BELOW, end = PLOT_LABEL;
    int name = f->p->x_name != NULL ? (int)strlen(f->p->x_name) : 0;
    struct ticks t;

    canvas_glyph(cv, PLOT_LABEL - 1, y, STYLE_DIM, "└", "+");
    for (int x = PLOT_LABEL; x < cv->w; x++)
        canvas_glyph(cv, x, y, STYLE_DIM, "─", "-");
    canvas_text_right(cv, cv->w - name, y + 1, name, STYLE_DIM,
                      name > 0 ? f->p->x_name : "");
    ticks_find(&t, &f->p->x, f->cv.w / 9 > 1 ? f->cv.w / 9 : 1);
    for (int i = 0; i < t.n; i++) {
        int x = PLOT_LABEL + dot_x(f, t.at[i]) / plot_dots_across(&f->cv);
        int n = (int)strlen(t.label[i]), from = x - n / 2;

        canvas_glyph(cv, x, y, STYLE_DIM, "┬", "+");
        if (from < end || from + n > cv->w - (name > 0 ? name + 1 : 0))
            continue;
        canvas_text(cv, from, y + 1, n, STYLE_DIM, t.label[i]);
        end = from + n + 1;
    }
}

static bool
is_blank(const struct canvas *cv, int x, int y)
{
    return x >= 0 && x < cv->w && y >= 0 && y < cv->h &&
           strcmp(cv->cell[(ptrdiff_t)y * cv->stride + x].text, " ") == 0;
}

/* Blank, or a dash of the rule itself? */
static bool
is_free(const struct canvas *cv, int x, int y, unsigned style)
{
    const struct cell *c;

    if (x < 0 || x >= cv->w || y < 0 || y >= cv->h)
        return false;
    c = &cv->cell[(ptrdiff_t)y * cv->stride + x];
    return strcmp(c->text, " ") == 0 ||
           (c->style == style && (strcmp(c->text, "╌") == 0 || c->text[0] == '-'));
}

/* The label of a level rule: at the right end, or at the left where only that is free
 * of curves. */
static void
draw_label(const struct field *f, int y, const struct plot_rule *r)
{
    int n = (int)strlen(r->label), x = f->cv.w - 1 - n;
    bool right = true, left = true;

    for (int i = 0; i < n; i++) {
        right = right && is_free(&f->cv, x + i, y, r->style);
        left = left && is_free(&f->cv, 1 + i, y, r->style);
    }
    canvas_text(&f->cv, right || !left ? x : 1, y, n, r->style, r->label);
}

/* A broken line through the cells that are blank: curves stay whole. */
static void
draw_rule(const struct field *f, const struct plot_rule *r)
{
    const struct axis *a = r->upright ? &f->p->x : &f->p->y;
    double part = axis_part(a, r->at);
    int at, n;

    if (!(part >= 0 && part <= 1))
        return;
    at = r->upright ? dot_x(f, r->at) / plot_dots_across(&f->cv)
                    : dot_y(f, r->at) / plot_dots_down(&f->cv);
    n = r->upright ? f->cv.h : f->cv.w;
    for (int i = 0; i < n; i++) {
        int x = r->upright ? at : i, y = r->upright ? i : at;

        if (is_blank(&f->cv, x, y) && (r->upright || i % 2 == 0))
            canvas_glyph(&f->cv, x, y, r->style, r->upright ? "╎" : "╌",
                         r->upright ? "|" : "-");
    }
    if (r->label != NULL && !r->upright)
        draw_label(f, at, r);
    else if (r->label != NULL)
        canvas_text(&f->cv, at + 1, 0, f->cv.w, r->style, r->label);
}

static void
draw_crosshair(const struct field *f)
{
    double part = axis_part(&f->p->x, f->p->cursor);
    int x;

    if (!(part >= 0 && part <= 1))
        return;
    x = dot_x(f, f->p->cursor) / plot_dots_across(&f->cv);
    for (int y = 0; y < f->cv.h; y++)
        if (is_blank(&f->cv, x, y))
            canvas_glyph(&f->cv, x, y, STYLE_ACCENT, "┆", "|");
    canvas_select(&f->cv, (struct rect){ x, 0, 1, f->cv.h });
}

void
plot_draw(const struct plot *p, const struct canvas *cv, struct plot_outside *ret)
{
    struct field f = { .p = p, .cv = plot_field(cv) };

    if (ret != NULL)
        *ret = count_outside(p);
    if (cv->w < PLOT_LABEL + 4 || cv->h < PLOT_BELOW + 2)
        return;
    f.w = f.cv.w * plot_dots_across(cv);
    f.h = f.cv.h * plot_dots_down(cv);
    draw_y_axis(&f, cv);
    draw_x_axis(&f, cv);
    for (size_t i = 0; i < p->n_series; i++)
        if (p->series[i].lo != NULL)
            draw_envelope(&f, &p->series[i]);
    for (size_t i = 0; i < p->n_series; i++)
        draw_series(&f, &p->series[i]);
    for (size_t i = 0; i < p->n_rules; i++)
        draw_rule(&f, &p->rules[i]);
    for (size_t i = 0; i < p->n_marks; i++)
        put_glyph(&f, p->marks[i].x, p->marks[i].y, p->marks[i].style,
                  p->marks[i].glyph, p->marks[i].ascii);
    if (!isnan(p->cursor))
        draw_crosshair(&f);
}
