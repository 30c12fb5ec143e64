/* canvas.c - a grid of terminal cells; see canvas.h. */
#include "config.h"

#include "ui/draw/canvas.h"

#include "src/base/mem.h"
#include "src/base/text.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define TEXT_MAX 1024 /* bytes of a display form that are looked at */

static const struct cell blank = { .text = " ", .style = STYLE_TEXT, .width = 1 };

enum err_code
canvas_init(struct canvas *ret, int w, int h, enum glyphs glyphs, bool utf8,
            struct err *err)
{
    size_t n = (size_t)w * (size_t)h;
    struct cell *cell = mem_new(n, sizeof(*cell));
    struct canvas_cursor *cursor = mem_new(1, sizeof(*cursor));

    if (cell == NULL || cursor == NULL) {
        mem_free(cell);
        mem_free(cursor);
        return err_nomem(err, n * sizeof(*cell), "the screen's cells");
    }
    *ret = (struct canvas){
        .cell = cell,
        .stride = w,
        .w = w,
        .h = h,
        .glyphs = utf8 ? glyphs : GLYPHS_ASCII,
        .utf8 = utf8,
        .cursor = cursor,
    };
    canvas_clear(ret);
    return ERR_OK;
}

void
canvas_done(struct canvas *cv)
{
    mem_free(cv->cell);
    mem_free(cv->cursor);
    *cv = (struct canvas){ 0 };
}

/* The numbers of [at, at + n) that are within [0, room), as start and length. */
static void
clip(int *at, int *n, int room)
{
    int end = *at + *n < room ? *at + *n : room;

    *at = *at > 0 ? *at : 0;
    *n = end > *at ? end - *at : 0;
}

static struct rect
clip_rect(const struct canvas *cv, struct rect r)
{
    clip(&r.x, &r.w, cv->w);
    clip(&r.y, &r.h, cv->h);
    return r;
}

struct canvas
canvas_part(const struct canvas *cv, struct rect r)
{
    struct canvas part = *cv;

    r = clip_rect(cv, r);
    part.w = r.w;
    part.h = r.h;
    if (r.w == 0 || r.h == 0)
        return part;
    part.cell += (ptrdiff_t)r.y * cv->stride + r.x;
    part.x += r.x;
    part.y += r.y;
    return part;
}

static struct cell *
cell_at(const struct canvas *cv, int x, int y)
{
    return &cv->cell[(ptrdiff_t)y * cv->stride + x];
}

void
canvas_clear(const struct canvas *cv)
{
    for (int y = 0; y < cv->h; y++)
        for (int x = 0; x < cv->w; x++)
            *cell_at(cv, x, y) = blank;
}

/* A wide character loses its other half when one half is written over. */
static void
part_halves(const struct canvas *cv, int x, int y)
{
    struct cell *c = cell_at(cv, x, y);

    if (c->width == 0 && x > 0)
        c[-1] = (struct cell){ .text = " ", .style = c[-1].style, .width = 1 };
    if (c->width == 2 && x + 1 < cv->w)
        c[1] = (struct cell){ .text = " ", .style = c[1].style, .width = 1 };
}

/* Write one character of len bytes and 1 or 2 cells; it must fit into the line. */
static void
put(const struct canvas *cv, int x, int y, unsigned style, const char *text, size_t len,
    int width)
{
    for (int i = 0; i < width; i++) {
        part_halves(cv, x + i, y);
        *cell_at(cv, x + i, y) = (struct cell){ .style = (uint8_t)style };
    }
    memcpy(cell_at(cv, x, y)->text, text, len < CELL_BYTES ? len : CELL_BYTES - 1);
    cell_at(cv, x, y)->width = (uint8_t)width;
}

/* Write a display form that has been cut already; returns the cells it takes. */
static int
put_text(const struct canvas *cv, int x, int y, unsigned style, const char *text)
{
    int at = x;

    while (*text != '\0') {
        unsigned width;
        size_t len = text_next(text, &width);

        if (at >= 0 && width > 0 && at + (int)width <= cv->w)
            put(cv, at, y, style, text, len, (int)width);
        at += (int)width;
        text += len;
    }
    return at - x;
}

/* What may be shown of a text in `cells` cells, in out. */
static void
fit_text(const struct canvas *cv, const char *text, int cells, char out[TEXT_MAX])
{
    const char *mark = cv->utf8 ? "…" : "~";
    bool cut = text_display(text, out, TEXT_MAX) >= TEXT_MAX;
    size_t room = cells > 0 ? (size_t)cells : 0;

    if (!cv->utf8)
        text_to_ascii(out);
    if (cut && text_width(out) <= room)
        room = text_width(out) - 1;
    text_cut(out, TEXT_MAX, room, mark);
}

int
canvas_text(const struct canvas *cv, int x, int y, int cells, unsigned style,
            const char *text)
{
    char shown[TEXT_MAX];

    if (y < 0 || y >= cv->h || x >= cv->w)
        return 0;
    fit_text(cv, text, cells < cv->w - x ? cells : cv->w - x, shown);
    return put_text(cv, x, y, style, shown);
}

void
canvas_text_right(const struct canvas *cv, int x, int y, int cells, unsigned style,
                  const char *text)
{
    char shown[TEXT_MAX];

    if (y < 0 || y >= cv->h)
        return;
    fit_text(cv, text, cells, shown);
    put_text(cv, x + cells - (int)text_width(shown), y, style, shown);
}

int
canvas_printf(const struct canvas *cv, int x, int y, unsigned style, const char *fmt,
              ...)
{
    char text[TEXT_MAX];
    va_list args;

    va_start(args, fmt);
    vsnprintf(text, sizeof(text), fmt, args);
    va_end(args);
    return canvas_text(cv, x, y, cv->w - x, style, text);
}

int
canvas_whole(const struct canvas *cv, int x, int y, unsigned style, const char *fmt,
             ...)
{
    char text[TEXT_MAX];
    va_list args;

    va_start(args, fmt);
    vsnprintf(text, sizeof(text), fmt, args);
    va_end(args);
    if (x + (int)text_width(text) > cv->w)
        return 0;
    return canvas_text(cv, x, y, cv->w - x, style, text);
}

int
canvas_words(const struct canvas *cv, int x, int y, unsigned style, const char *text)
{
    char word[TEXT_MAX];
    int at = x;

    while (*text != '\0') {
        int n = (int)strcspn(text, " "), cells;

        snprintf(word, sizeof(word), "%.*s", n, text);
        cells = (int)text_width(word);
        if (at > x && at + cells > cv->w) {
            at = x;
            y++;
        }
        canvas_text(cv, at, y, cv->w - at, style, word);
        at += cells + 1;
        text += n + (int)strspn(text + n, " ");
    }
    return y + 1;
}

void
canvas_glyph(const struct canvas *cv, int x, int y, unsigned style, const char *glyph,
             const char *ascii)
{
    const char *text = cv->glyphs == GLYPHS_ASCII ? ascii : glyph;

    if (x >= 0 && x < cv->w && y >= 0 && y < cv->h)
        put(cv, x, y, style, text, strlen(text), 1);
}

void
canvas_rule(const struct canvas *cv, int y, const char *title)
{
    for (int x = 0; x < cv->w; x++)
        canvas_glyph(cv, x, y, STYLE_DIM, "─", "-");
    if (title[0] != '\0' && cv->w > 6) {
        int n = canvas_text(cv, 4, y, cv->w - 6, STYLE_HEAD, title);

        canvas_text(cv, 3, y, 1, STYLE_TEXT, " ");
        canvas_text(cv, 4 + n, y, 1, STYLE_TEXT, " ");
    }
}

void
canvas_bar(const struct canvas *cv, int x, int y, int cells, unsigned style,
           double part)
{
    static const char *const eighth[] = { " ", "▏", "▎", "▍", "▌", "▋", "▊", "▉" };
    double filled = fmin(fmax(part, 0), 1) * cells; /* NaN: 0 */
    int whole = (int)filled, rest = (int)((filled - whole) * 8);

    for (int i = 0; i < cells; i++) {
        if (i < whole)
            canvas_glyph(cv, x + i, y, style, "█", "#");
        else if (i == whole && rest > 0)
            canvas_glyph(cv, x + i, y, style, eighth[rest], rest >= 4 ? "=" : ".");
        else
            canvas_glyph(cv, x + i, y, STYLE_DIM, "·", ".");
    }
}

void
canvas_restyle(const struct canvas *cv, struct rect r, unsigned style)
{
    r = clip_rect(cv, r);
    for (int y = r.y; y < r.y + r.h; y++)
        for (int x = r.x; x < r.x + r.w; x++)
            cell_at(cv, x, y)->style = (uint8_t)style;
}

void
canvas_select(const struct canvas *cv, struct rect r)
{
    r = clip_rect(cv, r);
    for (int y = r.y; y < r.y + r.h; y++)
        for (int x = r.x; x < r.x + r.w; x++)
            cell_at(cv, x, y)->style |= STYLE_SELECTED;
}

void
canvas_show_cursor(const struct canvas *cv, int x, int y)
{
    if (x >= 0 && x < cv->w && y >= 0 && y < cv->h)
        *cv->cursor = (struct canvas_cursor){ cv->x + x, cv->y + y, true };
}

/* Cells of line y up to its last that is not blank. */
static int
line_end(const struct canvas *cv, int y)
{
    int end = cv->w;

    while (end > 0 && strcmp(cell_at(cv, end - 1, y)->text, " ") == 0)
        end--;
    return end;
}

char *
canvas_print(const struct canvas *cv)
{
    size_t cap = (size_t)cv->h * ((size_t)cv->w * CELL_BYTES + 1) + 1;
    char *out = mem_new(cap, 1), *at = out;

    if (out == NULL)
        return NULL;
    for (int y = 0; y < cv->h; y++) {
        int end = line_end(cv, y);

        for (int x = 0; x < end; x++)
            at = stpcpy(at, cell_at(cv, x, y)->text);
        *at++ = '\n';
    }
    *at = '\0';
    return out;
}
