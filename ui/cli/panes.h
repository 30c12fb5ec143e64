/*
 * panes.h - two short blocks of lines beside each other, where the terminal is wide
 * enough, else one below the other.
 */
#ifndef MLT_UI_CLI_PANES_H
#define MLT_UI_CLI_PANES_H

#include "src/base/err.h"
#include "src/base/strtab.h"
#include "ui/cli/output.h"

#define PANES_WIDTH 80 /* cells where the terminal does not say */

/* A zeroed one is empty. Without memory a line is missing, and panes_print says so. */
struct pane {
    struct strtab line; /* owned; the first is a heading */
    struct err err;
};

/* Add a line, of any characters: what may reach the terminal is made when printed. */
void pane_add(struct pane *p, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Print both, empty them and free what they hold; the left one is `cells` wide. Nothing
 * is printed of a pane that has only its heading. ERR_NOMEM. */
ERR_MUST_CHECK enum err_code panes_print(struct output *o, struct pane *left,
                                         struct pane *right, unsigned cells,
                                         struct err *err);

/* Free the lines; a zeroed pane is fine. */
void pane_done(struct pane *p);

/* A number of cells of text, cut or padded with blanks, into out. */
#define PANES_CELL_MAX 512
void panes_cell(char out[PANES_CELL_MAX], const struct output *o, const char *text,
                unsigned cells);

#endif
