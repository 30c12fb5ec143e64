/*
 * list.h - a table of any number of rows with a cursor; only rows that are seen are
 * asked for.
 *
 * The list knows places, not what is there: a panel that sorts or filters finds the
 * new place of the row under the cursor and says list_go.
 */
#ifndef MLT_UI_TUI_LIST_H
#define MLT_UI_TUI_LIST_H

#include "ui/tui/action.h"
#include "ui/draw/canvas.h"

#include <stdbool.h>
#include <stddef.h>

struct list {
    size_t n;      /* rows */
    size_t cursor; /* < n, or 0 */
    size_t top;    /* the first row that is seen */
    size_t seen;   /* rows there is room for, without the head */
};

#define LIST_CELL_MAX 512

struct list_column {
    const char *head;
    int cells;  /* width; of a column that has `flex`, the least */
    bool right; /* numbers: to the right */
    bool flex;  /* shares what the others leave with the other ones that have it */
    int rank;   /* where there is no room, columns of high rank go first; 0 never */
    const char *between; /* of the parts of its texts, or NULL: a part that has no room
                            is left out whole */
};

/* What a table shows. */
struct list_table {
    const struct list_column *column; /* (n) */
    size_t n;
    /* Text of a cell, from data or ours, into out; *style may be changed. */
    void (*cell)(const void *arg, size_t row, size_t column, char out[LIST_CELL_MAX],
                 unsigned *style);
    const void *arg;
    int sorted; /* the column in whose order the rows are, or -1 */
    bool down;  /* high values first */
    bool dull;  /* the cursor is not here now: it is marked, not reversed */
};

/* There are n rows, and `height` lines for the table with its head; cursor and top are
 * kept where they can be. */
void list_fit(struct list *l, size_t n, int height);

/* Put the cursor on a row, in view. */
void list_go(struct list *l, size_t row);

/* Use an action that moves the cursor, a click (in->y counts from the head) included;
 * false: it was none. */
bool list_act(struct list *l, enum action a, const struct input *in);

/* Draw head and rows on the whole canvas. */
void list_draw(const struct list *l, const struct list_table *t,
               const struct canvas *cv);

/* The column of a table that is drawn at x on a canvas of this width, or -1. */
int list_column_at(const struct list_table *t, int x, int width);

#endif
