/*
 * map_table.h - the films of the map of tastes as a table: where each lies, how often
 * it was rated, its bias.
 */
#ifndef MLT_UI_TUI_MAP_TABLE_H
#define MLT_UI_TUI_MAP_TABLE_H

#include "ui/draw/scatter.h"
#include "ui/tui/list.h"
#include "ui/tui/shown.h"

#include <stdint.h>

struct map_table {
    const struct scatter_point *point; /* (n of the list) borrowed */
    const uint32_t *film;              /* (n of the list) rows, borrowed */
    const char *across, *up;           /* names of the two directions */
};

/* Draw the rows that are seen on the whole canvas. */
void map_table_draw(const struct map_table *t, const struct list *l,
                    const struct shown *s, const struct canvas *cv);

#endif
