/*
 * panes.h - two short blocks of lines beside each other, where the terminal is wide
 * enough, else one below the other; and a page of several such pairs.
 */
#ifndef MLT_UI_CLI_PANES_H
#define MLT_UI_CLI_PANES_H

#include "src/base/err.h"
#include "src/base/strtab.h"
#include "ui/cli/output.h"

#include <stddef.h>

#define PANES_WIDTH 80 /* cells where the terminal does not say */
#define PANES_LEFT  38 /* of the left half of a page */

/* A zeroed one is empty. Without memory a line is missing, and panes_print says so. */
struct pane {
    struct strtab line; /* owned; the first is a heading */
    struct err err;
};

/* Add a line, of any characters: what may reach the terminal is made when printed. */
void pane_add(struct pane *p, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Add a line of a name, a number as it shall be shown, and a bar for its `part` of 0 …
 * 1, as bars_draw. */
void pane_add_bar(struct pane *p, const struct output *o, const char *name,
                  const char *number, double part);

/* Adds the lines of a pane; `page` is what it tells of, the caller's. */
typedef void pane_fill(struct pane *p, const struct output *o, const void *page);

/* Print a page: n pairs of panes, the left ones PANES_LEFT wide, an empty line before
 * each pair. Nothing is printed of a pane that has only its heading. ERR_NOMEM. */
ERR_MUST_CHECK enum err_code panes_print(struct output *o, pane_fill *const fill[][2],
                                         size_t n, const void *page, struct err *err);

/* A number of cells of text, cut or padded with blanks, into out. */
#define PANES_CELL_MAX 512
void panes_cell(char out[PANES_CELL_MAX], const struct output *o, const char *text,
                unsigned cells);

#endif
