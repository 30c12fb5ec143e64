/* vt.c - what a terminal would show; see vt.h. */
#include "config.h"

#include "tests/bench/vt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistr.h>
#include <uniwidth.h>

void
vt_init(struct vt *v)
{
    *v = (struct vt){ .bottom = VT_H - 1 };
    for (int y = 0; y < VT_H; y++)
        for (int x = 0; x < VT_W; x++)
            v->cell[y][x] = ' ';
}

static int
within(int at, int end)
{
    return at < 0 ? 0 : at >= end ? end - 1 : at;
}

static void
blank(struct vt *v, int y, int from, int to)
{
    for (int x = from; x < to && x < VT_W; x++)
        v->cell[y][x] = ' ';
}

/* Rows top … of the scrolling region go up (n > 0) or down. */
static void
scroll(struct vt *v, int top, int n)
{
    for (int i = top; i <= v->bottom; i++) {
        int y = n > 0 ? i : v->bottom - (i - top), from = y + n;

        if (from >= top && from <= v->bottom)
            memcpy(v->cell[y], v->cell[from], sizeof(v->cell[y]));
        else
            blank(v, y, 0, VT_W);
    }
}

static void
line_feed(struct vt *v)
{
    if (v->y == v->bottom)
        scroll(v, v->top, 1);
    else
        v->y = within(v->y + 1, VT_H);
}

static void
put(struct vt *v, uint32_t uc)
{
    int w = uc_width(uc, "UTF-8");

    if (w <= 0)
        return;
    v->last = uc;
    if (v->x + w > VT_W) {
        v->x = 0;
        line_feed(v);
    }
    v->cell[v->y][v->x] = uc;
    if (w == 2)
        v->cell[v->y][v->x + 1] = 0;
    v->x += w;
}

/* ---- sequences ------------------------------------------------------------------- */

static void
erase_line(struct vt *v, int how)
{
    blank(v, v->y, how == 0 ? v->x : 0, how == 1 ? v->x + 1 : VT_W);
}

static void
erase_screen(struct vt *v, int how)
{
    if (how == 0)
        erase_line(v, 0);
    for (int y = how == 0 ? v->y + 1 : 0; y < VT_H; y++)
        blank(v, y, 0, VT_W);
}

/* Take n cells out at the cursor, or put n blank ones in. */
static void
shift(struct vt *v, int n, int in)
{
    uint32_t *at = &v->cell[v->y][v->x];
    size_t room = (size_t)(VT_W - v->x), by = (size_t)n < room ? (size_t)n : room;

    if (in) {
        memmove(at + by, at, (room - by) * sizeof(*at));
        blank(v, v->y, v->x, v->x + (int)by);
    } else {
        memmove(at, at + by, (room - by) * sizeof(*at));
        blank(v, v->y, VT_W - (int)by, VT_W);
    }
}

/* What a control sequence asks: its last byte, and its first two numbers, 0 where none.
 */
struct ask {
    char end; /* which names it */
    int a, b;
    int n; /* a, or 1 where it is 0 */
};

static void
ask_place(struct vt *v, const struct ask *q)
{
    v->y = within(q->n - 1, VT_H);
    v->x = within(q->b > 0 ? q->b - 1 : 0, VT_W);
}

static void
ask_up_or_down(struct vt *v, const struct ask *q)
{
    v->y = within(v->y + (q->end == 'A' ? -q->n : q->n), VT_H);
}

static void
ask_right_or_left(struct vt *v, const struct ask *q)
{
    v->x = within(within(v->x, VT_W) + (q->end == 'C' ? q->n : -q->n), VT_W);
}

static void
ask_column(struct vt *v, const struct ask *q)
{
    v->x = within(q->n - 1, VT_W);
}

static void
ask_line(struct vt *v, const struct ask *q)
{
    v->y = within(q->n - 1, VT_H);
}

static void
ask_erase_screen(struct vt *v, const struct ask *q)
{
    erase_screen(v, q->a);
}

static void
ask_erase_line(struct vt *v, const struct ask *q)
{
    erase_line(v, q->a);
}

static void
ask_erase_cells(struct vt *v, const struct ask *q)
{
    blank(v, v->y, v->x, v->x + q->n);
}

static void
ask_shift(struct vt *v, const struct ask *q)
{
    shift(v, q->n, q->end == '@');
}

static void
ask_scroll(struct vt *v, const struct ask *q)
{
    scroll(v, v->top, q->end == 'S' ? q->n : -q->n);
}

static void
ask_lines(struct vt *v, const struct ask *q)
{
    scroll(v, v->y, q->end == 'M' ? q->n : -q->n);
}

static void
ask_region(struct vt *v, const struct ask *q)
{
    v->top = within(q->n - 1, VT_H);
    v->bottom = within(q->b > 0 ? q->b - 1 : VT_H - 1, VT_H);
    v->x = v->y = 0;
}

static void
ask_again(struct vt *v, const struct ask *q)
{
    for (int i = 0; i < q->n; i++)
        put(v, v->last);
}

/* Looks, modes and the window's title change no cell. */
static void
ask_nothing(struct vt *v, const struct ask *q)
{
    (void)v;
    (void)q;
}

static void (*const asks[128])(struct vt *v, const struct ask *q) = {
    ['H'] = ask_place,         ['A'] = ask_up_or_down,    ['B'] = ask_up_or_down,
    ['C'] = ask_right_or_left, ['D'] = ask_right_or_left, ['G'] = ask_column,
    ['d'] = ask_line,          ['J'] = ask_erase_screen,  ['K'] = ask_erase_line,
    ['X'] = ask_erase_cells,   ['P'] = ask_shift,         ['@'] = ask_shift,
    ['S'] = ask_scroll,        ['T'] = ask_scroll,        ['L'] = ask_lines,
    ['M'] = ask_lines,         ['r'] = ask_region,        ['b'] = ask_again,
    ['m'] = ask_nothing,       ['h'] = ask_nothing,       ['l'] = ask_nothing,
    ['t'] = ask_nothing,
};

/* A whole control sequence: "[12;4H", without its ESC. */
static void
control(struct vt *v)
{
    const unsigned char end = (unsigned char)v->seq[v->n_seq - 1];
    struct ask q = { .end = (char)end };
    char *rest;

    q.a = (int)strtol(v->seq + 1, &rest, 10);
    q.b = *rest == ';' ? (int)strtol(rest + 1, NULL, 10) : 0;
    q.n = q.a > 0 ? q.a : 1;
    if (end < sizeof(asks) / sizeof(asks[0]) && asks[end] != NULL) {
        asks[end](v, &q);
        return;
    }
    v->unknown++;
    snprintf(v->stranger, sizeof(v->stranger), "%s", v->seq);
}

/* One more byte of a sequence; what is whole is done. */
static void
sequence(struct vt *v, char c)
{
    if (v->n_seq + 1 < sizeof(v->seq))
        v->seq[v->n_seq++] = c;
    v->seq[v->n_seq] = '\0';
    if (v->n_seq == 2 && strchr("[()", c) != NULL) /* more is to come */
        return;
    if (v->n_seq == 2) {
        if (c == 'M' && v->y == v->top)
            scroll(v, v->top, -1);
        else if (c == 'M')
            v->y = within(v->y - 1, VT_H);
        v->unknown += strchr("=>78M", c) == NULL;
        v->n_seq = 0;
    } else if (v->seq[1] != '[') { /* a set of characters */
        v->n_seq = 0;
    } else if (c >= '@' && c <= '~') {
        memmove(v->seq, v->seq + 1, v->n_seq);
        v->n_seq--;
        control(v);
        v->n_seq = 0;
    }
}

/* ---- bytes ------------------------------------------------------------------------
 */

static void
take_byte(struct vt *v, unsigned char c)
{
    if (v->n_seq > 0) {
        sequence(v, (char)c);
    } else if (v->uc_rest > 0) {
        v->uc = v->uc << 6 | (c & 0x3f);
        if (--v->uc_rest == 0)
            put(v, v->uc);
    } else if (c >= 0xc0) {
        v->uc_rest = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : 1;
        v->uc = c & (0x3fu >> v->uc_rest);
    } else if (c == 0x1b) {
        v->seq[v->n_seq++] = (char)c;
    } else if (c == '\r') {
        v->x = 0;
    } else if (c == '\n') {
        line_feed(v);
    } else if (c == '\b') {
        v->x = within(within(v->x, VT_W) - 1, VT_W);
    } else if (c >= ' ') {
        put(v, c);
    }
}

void
vt_feed(struct vt *v, const char *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        take_byte(v, (unsigned char)bytes[i]);
}

uint64_t
vt_hash(const struct vt *v, int first, int last)
{
    uint64_t h = 14695981039346656037u; /* FNV-1a */

    for (int y = first; y <= last; y++)
        for (int x = 0; x < VT_W; x++)
            h = (h ^ v->cell[y][x]) * 1099511628211u;
    return h;
}

void
vt_row(const struct vt *v, int y, char *out)
{
    for (int x = 0; x < VT_W; x++) {
        int n = v->cell[y][x] != 0 ? u8_uctomb((uint8_t *)out, v->cell[y][x], 4) : 0;

        out += n > 0 ? n : 0;
    }
    *out = '\0';
}
