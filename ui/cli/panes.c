/* panes.c - two blocks of lines beside each other; see panes.h. */
#include "config.h"

#include "ui/cli/panes.h"

#include "src/base/text.h"
#include "ui/cli/bars.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define GAP        2 /* blanks between the panes */
#define NAME_CELLS 16
#define BAR_CELLS  12

void
pane_add(struct pane *p, const char *fmt, ...)
{
    char line[PANES_CELL_MAX];
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(line, sizeof(line), fmt, ap);
    va_end(ap);
    (void)!strtab_add(&p->line, line, strlen(line), &p->err);
}

void
pane_add_bar(struct pane *p, const struct output *o, const char *name,
             const char *number, double part)
{
    char cell[PANES_CELL_MAX], bar[3 * BAR_CELLS + 1];

    panes_cell(cell, o, name, NAME_CELLS);
    bars_draw(bar, sizeof(bar), part, BAR_CELLS, output_term(o)->glyphs);
    pane_add(p, "%s %s %s", cell, number, bar);
}

static void
pane_done(struct pane *p)
{
    strtab_done(&p->line);
    *p = (struct pane){ 0 };
}

void
panes_cell(char out[PANES_CELL_MAX], const struct output *o, const char *text,
           unsigned cells)
{
    size_t used;

    term_text(output_term(o), text, out, PANES_CELL_MAX);
    text_cut(out, PANES_CELL_MAX, cells, output_term(o)->cut);
    used = strlen(out);
    for (size_t at = text_width(out); at < cells && used + 1 < PANES_CELL_MAX; at++)
        out[used++] = ' ';
    out[used] = '\0';
}

/* Line i of a pane in so many cells, padded unless it is the last of its line. */
static void
print_line(struct output *o, const struct pane *p, size_t i, unsigned cells, bool pad)
{
    const struct term *term = output_term(o);
    const enum ink ink = i == 0 ? INK_HEAD : INK_NONE;
    char cell[PANES_CELL_MAX];
    size_t end;

    panes_cell(cell, o, i < p->line.n ? strtab_get(&p->line, i) : "", cells);
    for (end = strlen(cell); !pad && end > 0 && cell[end - 1] == ' ';)
        cell[--end] = '\0';
    fprintf(output_stream(o), "%s%s%s", term_ink(term, ink), cell,
            term_ink_end(term, ink));
}

static void
print_one(struct output *o, const struct pane *p, unsigned width)
{
    for (size_t i = 0; i < p->line.n; i++) {
        print_line(o, p, i, width, false);
        fputc('\n', output_stream(o));
    }
}

static void
print_both(struct output *o, const struct pane *left, const struct pane *right,
           unsigned cells, unsigned width)
{
    const size_t n = left->line.n > right->line.n ? left->line.n : right->line.n;

    for (size_t i = 0; i < n; i++) {
        const bool more = i < right->line.n;

        print_line(o, left, i, cells, more);
        if (more) {
            fprintf(output_stream(o), "%*s", GAP, "");
            print_line(o, right, i, width - cells - GAP, false);
        }
        fputc('\n', output_stream(o));
    }
}

/* Beside each other if there is room. */
static void
print_pair(struct output *o, const struct pane *left, const struct pane *right)
{
    const unsigned width =
        output_term(o)->width != 0 ? output_term(o)->width : PANES_WIDTH;
    const bool has_left = left->line.n > 1, has_right = right->line.n > 1;

    if (has_left || has_right)
        output_gap(o);
    if (has_left && has_right && width >= PANES_LEFT + GAP + PANES_LEFT / 2) {
        print_both(o, left, right, PANES_LEFT, width);
        return;
    }
    if (has_left)
        print_one(o, left, width);
    if (has_left && has_right)
        output_gap(o);
    if (has_right)
        print_one(o, right, width);
}

enum err_code
panes_print(struct output *o, pane_fill *const fill[][2], size_t n, const void *page,
            struct err *err)
{
    enum err_code rc = ERR_OK;

    for (size_t i = 0; rc == ERR_OK && i < n; i++) {
        struct pane pane[2] = { 0 };

        for (int side = 0; rc == ERR_OK && side < 2; side++) {
            fill[i][side](&pane[side], o, page);
            rc = pane[side].err.code;
            if (rc != ERR_OK && err != NULL)
                *err = pane[side].err;
        }
        if (rc == ERR_OK)
            print_pair(o, &pane[0], &pane[1]);
        pane_done(&pane[0]);
        pane_done(&pane[1]);
    }
    return rc;
}
