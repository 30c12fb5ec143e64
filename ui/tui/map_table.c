/* map_table.c - the map of tastes as a table; see map_table.h. */
#include "config.h"

#include "ui/tui/map_table.h"

#include "ui/cli/number.h"

#include <stdio.h>

struct cells {
    const struct map_table *t;
    const struct shown *s;
};

static void
film_cell(const void *arg, size_t row, size_t column, char out[LIST_CELL_MAX],
          unsigned *style)
{
    const struct cells *c = arg;
    const struct scatter_point *p = &c->t->point[row];
    uint32_t film = c->t->film[row];
    float bias = c->s->model->bi[film];
    char n[NUMBER_MAX];

    switch (column) {
    case 0:
        snprintf(out, LIST_CELL_MAX, "%s", p->label);
        break;
    case 1:
    case 2:
        snprintf(out, LIST_CELL_MAX, "%+.2f", column == 1 ? p->x : p->y);
        *style = STYLE_ACCENT;
        break;
    case 3:
        number_grouped(n, c->s->catalog->count[film]);
        snprintf(out, LIST_CELL_MAX, "%s", n);
        break;
    default:
        snprintf(out, LIST_CELL_MAX, "%+.3f", (double)bias);
        *style = bias >= 0 ? STYLE_GOOD : STYLE_BAD;
        break;
    }
}

void
map_table_draw(const struct map_table *t, const struct list *l, const struct shown *s,
               const struct canvas *cv)
{
    const struct list_column columns[] = {
        { .head = "film", .cells = 12, .flex = true },
        { .head = t->across, .cells = 9, .right = true },
        { .head = t->up, .cells = 9, .right = true },
        { .head = "ratings", .cells = 7, .right = true, .rank = 2 },
        { .head = "bias", .cells = 6, .right = true, .rank = 1 },
    };
    struct cells cells = { t, s };
    struct list_table table = {
        .column = columns, .n = 5, .cell = film_cell, .arg = &cells, .sorted = -1
    };

    list_draw(l, &table, cv);
}
