/* picture.c - a canvas as SVG; see picture.h. */
#include "config.h"

#include "ui/draw/picture.h"

#include <stdbool.h>
#include <string.h>
#include <unistr.h>

/* A cell, and a margin around all of them, in pixels. */
#define CELL_W 8
#define CELL_H 16
#define MARGIN 8

static const char style_sheet[] =
    "<style>\n"
    "text { font: 13px ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace;"
    " white-space: pre }\n"
    "path { stroke: none }\n"
    ".dots { stroke-width: 2; stroke-linecap: round; fill: none }\n"
    ".paper { fill: #fff; stroke: #d0d7de }\n"
    ".selected { fill: #dbe7f3 }\n"
    ".HEAD, .KEY { font-weight: 600 }\n"
    ".TEXT, .HEAD { fill: #1f2328 }\n"
    ".DIM { fill: #6e7781 }\n"
    ".KEY, .ACCENT, .A { fill: #1f5f99 }\n"
    ".GOOD, .D { fill: #1a7f37 }\n"
    ".BAD { fill: #c4281c }\n"
    ".WARN, .B { fill: #b45309 }\n"
    ".C { fill: #8250df }\n"
    ".dots.TEXT { stroke: #1f2328 }\n"
    ".dots.DIM { stroke: #8c959f }\n"
    ".dots.ACCENT, .dots.A { stroke: #4a7fb5 }\n"
    ".dots.GOOD, .dots.D { stroke: #1a7f37 }\n"
    ".dots.BAD { stroke: #c4281c }\n"
    ".dots.WARN, .dots.B { stroke: #c2410c }\n"
    ".dots.C { stroke: #8250df }\n"
    ".dots { fill: none !important }\n"
    "@media (prefers-color-scheme: dark) {\n"
    "  .paper { fill: #16181c; stroke: #33373d }\n"
    "  .selected { fill: #2a3a4d }\n"
    "  .TEXT, .HEAD { fill: #dde1e6 }\n"
    "  .DIM { fill: #8b949e }\n"
    "  .KEY, .ACCENT, .A { fill: #7fb2e5 }\n"
    "  .GOOD, .D { fill: #56d364 }\n"
    "  .BAD { fill: #ff7b72 }\n"
    "  .WARN, .B { fill: #fb923c }\n"
    "  .C { fill: #bc8cff }\n"
    "  .dots.TEXT { stroke: #dde1e6 }\n"
    "  .dots.DIM { stroke: #6e7681 }\n"
    "  .dots.ACCENT, .dots.A { stroke: #4f86bd }\n"
    "  .dots.GOOD, .dots.D { stroke: #56d364 }\n"
    "  .dots.BAD { stroke: #ff7b72 }\n"
    "  .dots.WARN, .dots.B { stroke: #fb923c }\n"
    "  .dots.C { stroke: #bc8cff }\n"
    "}\n"
    "</style>\n";

static const char *const class_of[STYLE_COUNT] = {
#define X(name) [STYLE_##name] = #name,
    STYLE_LIST(X)
#undef X
};

/* A filled part of a cell, in sixteenths of its width and height. */
struct box {
    unsigned char x, y, w, h;
};

/* What is drawn for a character that is neither Braille nor an eighth of a block. */
static const struct shape {
    const char *text;
    struct box box[2];
} shapes[] = {
    { "│", { { 7, 0, 2, 16 } } },
    { "─", { { 0, 7, 16, 1 } } },
    { "┤", { { 7, 0, 2, 16 }, { 0, 7, 7, 1 } } },
    { "└", { { 7, 0, 2, 8 }, { 9, 7, 7, 1 } } },
    { "┬", { { 0, 7, 16, 1 }, { 7, 8, 2, 8 } } },
    { "┆", { { 7, 1, 2, 5 }, { 7, 9, 2, 5 } } },
    { "╎", { { 7, 2, 2, 4 }, { 7, 10, 2, 4 } } },
    { "╌", { { 1, 7, 6, 1 }, { 9, 7, 6, 1 } } },
    { "▀", { { 0, 0, 16, 8 } } },
    { "▌", { { 0, 0, 8, 16 } } },
    { "▐", { { 8, 0, 8, 16 } } },
    { "▘", { { 0, 0, 8, 8 } } },
    { "▝", { { 8, 0, 8, 8 } } },
    { "▖", { { 0, 8, 8, 8 } } },
    { "▗", { { 8, 8, 8, 8 } } },
    { "▚", { { 0, 0, 8, 8 }, { 8, 8, 8, 8 } } },
    { "▞", { { 8, 0, 8, 8 }, { 0, 8, 8, 8 } } },
    { "▙", { { 0, 0, 8, 16 }, { 8, 8, 8, 8 } } },
    { "▛", { { 0, 0, 8, 16 }, { 8, 0, 8, 8 } } },
    { "▜", { { 0, 0, 16, 8 }, { 8, 8, 8, 8 } } },
    { "▟", { { 8, 0, 8, 16 }, { 0, 8, 8, 8 } } },
};

/* ---- what a cell holds --------------------------------------------------------------
 */

static const struct cell *
cell_at(const struct canvas *cv, int x, int y)
{
    return &cv->cell[(ptrdiff_t)y * cv->stride + x];
}

static unsigned
style_of(const struct cell *c)
{
    return c->style & ~(unsigned)STYLE_SELECTED;
}

static ucs4_t
char_of(const struct cell *c)
{
    ucs4_t uc;

    return u8_strmbtouc(&uc, (const uint8_t *)c->text) > 0 ? uc : ' ';
}

/* The dots of a Braille character, a bit each, or 0. */
static unsigned
dots_of(const struct cell *c)
{
    ucs4_t uc = char_of(c);

    return uc > 0x2800 && uc <= 0x28ff ? uc - 0x2800 : 0;
}

/* The boxes a cell is drawn with; none: its character is text. */
static struct shape
shape_of(const struct cell *c)
{
    ucs4_t uc = char_of(c);
    struct shape s = { .text = NULL };

    for (size_t i = 0; i < sizeof(shapes) / sizeof(*shapes); i++)
        if (strcmp(shapes[i].text, c->text) == 0)
            return shapes[i];
    if (uc >= 0x2581 && uc <= 0x2588) { /* so many eighths from below */
        unsigned char h = (unsigned char)((uc - 0x2580) * 2);

        s.box[0] = (struct box){ 0, (unsigned char)(16 - h), 16, h };
    } else if (uc > 0x2588 && uc <= 0x258f) { /* from the left */
        s.box[0] = (struct box){ 0, 0, (unsigned char)((0x2590 - uc) * 2), 16 };
    }
    return s;
}

static bool
is_text(const struct cell *c)
{
    return c->width > 0 && c->text[0] != ' ' && c->text[0] != '\0' && dots_of(c) == 0 &&
           shape_of(c).box[0].w == 0;
}

static bool
is_drawn(const struct cell *c)
{
    return dots_of(c) == 0 && shape_of(c).box[0].w > 0;
}

static bool
is_dotted(const struct cell *c)
{
    return dots_of(c) != 0;
}

/* ---- shapes -----------------------------------------------------------------------
 */

/* The 2 x 4 dots of a cell, in the order of the bits of a Braille character. */
static void
put_dots(struct sinktext *t, const struct cell *c, int left, int top)
{
    static const struct {
        int x, y;
    } place[] = { { 2, 2 }, { 2, 6 },  { 2, 10 }, { 6, 2 },
                  { 6, 6 }, { 6, 10 }, { 2, 14 }, { 6, 14 } };

    for (unsigned i = 0; i < 8; i++)
        if ((dots_of(c) & 1u << i) != 0)
            sinktext_printf(t, "M%d %dh.1", left + place[i].x, top + place[i].y);
}

static void
put_boxes(struct sinktext *t, const struct cell *c, int left, int top)
{
    const struct shape s = shape_of(c);

    for (unsigned i = 0; i < 2 && s.box[i].w > 0; i++)
        sinktext_printf(t, "M%g %dh%gv%dh-%gz", left + s.box[i].x * CELL_W / 16.,
                        top + s.box[i].y, s.box[i].w * CELL_W / 16., s.box[i].h,
                        s.box[i].w * CELL_W / 16.);
}

/* One path of all cells of a style that are drawn in this way. */
static void
put_path(struct sinktext *t, const struct canvas *cv, unsigned style,
         const char *class_before, bool (*is)(const struct cell *),
         void (*put)(struct sinktext *, const struct cell *, int, int))
{
    bool begun = false;

    for (int y = 0; y < cv->h; y++) {
        for (int x = 0; x < cv->w; x++) {
            const struct cell *c = cell_at(cv, x, y);

            if (style_of(c) != style || !is(c))
                continue;
            if (!begun)
                sinktext_printf(t, "<path class=\"%s%s\" d=\"", class_before,
                                class_of[style]);
            begun = true;
            put(t, c, x * CELL_W, y * CELL_H);
        }
    }
    if (begun)
        sinktext_put(t, "\"/>\n");
}

/* ---- text -------------------------------------------------------------------------
 */

static void
put_escaped(struct sinktext *t, const char *s)
{
    const char *named = s[0] == '&' ? "&amp;" : s[0] == '<' ? "&lt;" : NULL;

    sinktext_put(t, named != NULL ? named : s);
}

/* Does a text of this style go on at column x, perhaps after one blank? */
static bool
goes_on(const struct canvas *cv, int x, int y, unsigned style)
{
    const struct cell *c;

    if (x >= cv->w)
        return false;
    c = cell_at(cv, x, y);
    if (strcmp(c->text, " ") == 0 && x + 1 < cv->w)
        c = cell_at(cv, x + 1, y);
    return style_of(c) == style && (is_text(c) || c->width == 0);
}

/* Text of one style from column x on; the column after it. Its length is given, so that
 * any font lands in the columns. */
static int
put_run(struct sinktext *t, const struct canvas *cv, int x, int y)
{
    const unsigned style = style_of(cell_at(cv, x, y));
    int end = x + 1;

    while (goes_on(cv, end, y, style))
        end++;
    sinktext_printf(t, "<text class=\"%s\" x=\"%d\" y=\"%d\" textLength=\"%d\">",
                    class_of[style], x * CELL_W, y * CELL_H + 12, (end - x) * CELL_W);
    for (int i = x; i < end; i++)
        put_escaped(t, cell_at(cv, i, y)->text);
    sinktext_put(t, "</text>\n");
    return end;
}

static void
put_line(struct sinktext *t, const struct canvas *cv, int y)
{
    for (int x = 0; x < cv->w;) {
        if (is_text(cell_at(cv, x, y)))
            x = put_run(t, cv, x, y);
        else
            x++;
    }
}

/* What lies behind cells that are selected. */
static void
put_selected(struct sinktext *t, const struct canvas *cv, int y)
{
    for (int x = 0, end; x < cv->w; x = end + 1) {
        for (end = x; end < cv->w; end++)
            if ((cell_at(cv, end, y)->style & STYLE_SELECTED) == 0)
                break;
        if (end > x)
            sinktext_printf(
                t,
                "<rect class=\"selected\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>\n",
                x * CELL_W, y * CELL_H, (end - x) * CELL_W, CELL_H);
    }
}

enum err_code
picture_write(const struct canvas *cv, const struct sink *to, struct err *err)
{
    const int width = cv->w * CELL_W + 2 * MARGIN, height = cv->h * CELL_H + 2 * MARGIN;
    struct sinktext t = { .to = to };

    sinktext_printf(&t,
                    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" "
                    "height=\"%d\" viewBox=\"0 0 %d %d\">\n",
                    width, height, width, height);
    sinktext_put(&t, style_sheet);
    sinktext_printf(&t,
                    "<rect class=\"paper\" width=\"%d\" height=\"%d\" rx=\"6\"/>\n"
                    "<g transform=\"translate(%d %d)\">\n",
                    width, height, MARGIN, MARGIN);
    for (int y = 0; y < cv->h; y++)
        put_selected(&t, cv, y);
    for (unsigned style = 0; style < STYLE_COUNT; style++) {
        put_path(&t, cv, style, "dots ", is_dotted, put_dots);
        put_path(&t, cv, style, "", is_drawn, put_boxes);
    }
    for (int y = 0; y < cv->h; y++)
        put_line(&t, cv, y);
    sinktext_put(&t, "</g>\n</svg>\n");
    return sinktext_end(&t, err);
}
