/* scatter.c - points on two axes; see scatter.h. */
#include "config.h"

#include "ui/draw/scatter.h"

#include "src/base/text.h"
#include "ui/draw/plot.h"

#include <math.h>
#include <string.h>

#define LABEL_MIN 4  /* cells of a label that is worth drawing */
#define LABEL_MAX 26 /* cells that one label takes at most, */
#define LABEL_OF  3  /* and what part of the width */

static bool
is_inside(const struct scatter *s, const struct scatter_point *p)
{
    double x = axis_part(&s->x, p->x), y = axis_part(&s->y, p->y);

    return x >= 0 && x <= 1 && y >= 0 && y <= 1;
}

/* The cell of a part of each axis, or the dot with `sx` and `sy` dots a cell. */
static int
column_of(const struct scatter *s, const struct canvas *cv, double x, int sx)
{
    return (int)lrint(axis_part(&s->x, x) * (cv->w * sx - 1));
}

static int
line_of(const struct scatter *s, const struct canvas *cv, double y, int sy)
{
    return cv->h * sy - 1 - (int)lrint(axis_part(&s->y, y) * (cv->h * sy - 1));
}

/* The cell that the dot of a point is in. */
static void
find_cell(const struct scatter *s, const struct canvas *cv,
          const struct scatter_point *p, int *ret_x, int *ret_y)
{
    int sx = plot_dots_across(cv), sy = plot_dots_down(cv);

    *ret_x = column_of(s, cv, p->x, sx) / sx;
    *ret_y = line_of(s, cv, p->y, sy) / sy;
}

static void
draw_cross(const struct scatter *s, const struct canvas *cv)
{
    double x = axis_part(&s->x, 0), y = axis_part(&s->y, 0);

    if (y >= 0 && y <= 1)
        for (int i = 0; i < cv->w; i++)
            canvas_glyph(cv, i, line_of(s, cv, 0, 1), STYLE_DIM, "╌", "-");
    if (x >= 0 && x <= 1)
        for (int i = 0; i < cv->h; i++)
            canvas_glyph(cv, column_of(s, cv, 0, 1), i, STYLE_DIM, "╎", ":");
}

/* What the ends of the axes mean, at their ends. */
static void
draw_ends(const struct scatter *s, const struct canvas *cv)
{
    int y = cv->h / 2, x = cv->w / 2;

    if (axis_part(&s->y, 0) >= 0 && axis_part(&s->y, 0) <= 1)
        y = line_of(s, cv, 0, 1);
    if (axis_part(&s->x, 0) >= 0 && axis_part(&s->x, 0) <= 1)
        x = column_of(s, cv, 0, 1);
    if (s->left != NULL)
        canvas_text(cv, 0, y, cv->w / 2 - 1, STYLE_ACCENT, s->left);
    if (s->right != NULL)
        canvas_text_right(cv, cv->w / 2, y, cv->w - cv->w / 2, STYLE_ACCENT, s->right);
    if (s->up != NULL)
        canvas_text(cv, x + 1, 0, cv->w - x - 1, STYLE_ACCENT, s->up);
    if (s->down != NULL)
        canvas_text(cv, x + 1, cv->h - 1, cv->w - x - 1, STYLE_ACCENT, s->down);
}

/* Are the cells [x, x + n) of a line free of all but dots and the cross? */
static bool
is_free(const struct canvas *cv, int x, int y, int n)
{
    if (y < 0 || y >= cv->h || x < 0 || x + n > cv->w)
        return false;
    for (int i = x; i < x + n; i++) {
        const struct cell *c = &cv->cell[(ptrdiff_t)y * cv->stride + i];

        if (c->style != STYLE_DIM && strcmp(c->text, " ") != 0)
            return false;
    }
    return true;
}

/* A label in cells [x, x + n) and a blank on each side of it, over dots and the cross:
 * a text that ran into dots could not be read. */
static void
put_label(const struct canvas *cv, int x, int y, int n, unsigned style,
          const char *label)
{
    struct canvas room = canvas_part(cv, (struct rect){ x - 1, y, n + 2, 1 });

    canvas_clear(&room);
    canvas_text(cv, x, y, n, style, label);
}

/* The label right of its dot, else left of it, where it has room; no other label then
 * lies over the dot. */
static void
draw_label(const struct scatter *s, const struct canvas *cv,
           const struct scatter_point *p, unsigned style, bool always)
{
    char shown[256];
    int x, y, n;

    if (p->label == NULL)
        return;
    find_cell(s, cv, p, &x, &y);
    (void)text_display(p->label, shown, sizeof(shown));
    n = (int)text_width(shown);
    n = n < LABEL_MAX ? n : LABEL_MAX;
    if (n > cv->w / LABEL_OF && !always)
        n = cv->w / LABEL_OF;
    if (n < LABEL_MIN && !always)
        return;
    if (is_free(cv, x + 1, y, n + 2))
        put_label(cv, x + 2, y, n, style, p->label);
    else if (is_free(cv, x - n - 2, y, n + 2))
        put_label(cv, x - n - 1, y, n, style, p->label);
    else if (!always)
        return;
    else
        canvas_text(cv, x + n + 2 <= cv->w ? x + 2 : cv->w - n, y, n, style, p->label);
    canvas_restyle(cv, (struct rect){ x, y, 1, 1 }, style);
}

size_t
scatter_draw(const struct scatter *s, const struct canvas *cv)
{
    int sx = plot_dots_across(cv), sy = plot_dots_down(cv);
    size_t outside = 0;

    if (cv->w == 0 || cv->h == 0)
        return 0;
    draw_cross(s, cv);
    for (size_t i = s->n; i-- > 0;) {
        const struct scatter_point *p = &s->point[i];

        if (is_inside(s, p))
            plot_dot(cv, column_of(s, cv, p->x, sx), line_of(s, cv, p->y, sy),
                     STYLE_DIM, ".");
        else
            outside++;
    }
    draw_ends(s, cv);
    if (s->marked < s->n && is_inside(s, &s->point[s->marked])) {
        const struct scatter_point *p = &s->point[s->marked];
        int x, y;

        draw_label(s, cv, p, STYLE_HEAD, true);
        find_cell(s, cv, p, &x, &y);
        canvas_glyph(cv, x, y, STYLE_B, "◆", "@");
    }
    for (size_t i = 0; i < s->n; i++)
        if (i != s->marked && is_inside(s, &s->point[i]))
            draw_label(s, cv, &s->point[i], STYLE_TEXT, false);
    return outside;
}

size_t
scatter_next(const struct scatter *s, int dx, int dy)
{
    double best = INFINITY, x0, y0;
    size_t found = s->marked;

    if (s->marked >= s->n)
        return s->marked;
    x0 = axis_part(&s->x, s->point[s->marked].x);
    y0 = axis_part(&s->y, s->point[s->marked].y);
    for (size_t i = 0; i < s->n; i++) {
        double x = axis_part(&s->x, s->point[i].x) - x0;
        double y = axis_part(&s->y, s->point[i].y) - y0;
        double along = x * dx + y * dy, across = fabs(x * dy) + fabs(y * dx);
        double distance = hypot(x, y);

        if (i != s->marked && along > 0 && across <= along && distance < best) {
            best = distance;
            found = i;
        }
    }
    return found;
}

size_t
scatter_at(const struct scatter *s, const struct canvas *cv, int x, int y)
{
    double best = INFINITY;
    size_t found = s->n;

    for (size_t i = 0; i < s->n; i++) {
        double dx = column_of(s, cv, s->point[i].x, 1) - x;
        double dy = 2. * (line_of(s, cv, s->point[i].y, 1) - y); /* cells are tall */

        if (is_inside(s, &s->point[i]) && hypot(dx, dy) < best) {
            best = hypot(dx, dy);
            found = i;
        }
    }
    return found;
}
