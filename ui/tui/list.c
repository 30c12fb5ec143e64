/* list.c - a table of any number of rows; see list.h. */
#include "config.h"

#include "ui/tui/list.h"

#include "src/base/text.h"

#include <string.h>

#define GAP         2 /* cells between columns */
#define MARK        1 /* cells at the left for the cursor's mark */
#define COLUMNS_MAX 16

void
list_fit(struct list *l, size_t n, int height)
{
    l->n = n;
    l->seen = height > 1 ? (size_t)(height - 1) : 0;
    list_go(l, l->cursor);
}

void
list_go(struct list *l, size_t row)
{
    l->cursor = l->n == 0 ? 0 : row < l->n ? row : l->n - 1;
    if (l->cursor < l->top)
        l->top = l->cursor;
    if (l->seen > 0 && l->cursor >= l->top + l->seen)
        l->top = l->cursor - l->seen + 1;
    if (l->top + l->seen > l->n) /* no empty lines below while there are rows above */
        l->top = l->n > l->seen ? l->n - l->seen : 0;
}

static void
move_by(struct list *l, size_t rows, bool down)
{
    if (down)
        list_go(l, l->cursor + rows);
    else
        list_go(l, l->cursor > rows ? l->cursor - rows : 0);
}

bool
list_act(struct list *l, enum action a, const struct input *in)
{
    size_t page = l->seen > 1 ? l->seen - 1 : 1;

    switch (a) {
    case ACTION_UP:
    case ACTION_DOWN:
        move_by(l, in->kind == INPUT_WHEEL_UP || in->kind == INPUT_WHEEL_DOWN ? 3 : 1,
                a == ACTION_DOWN);
        return true;
    case ACTION_PAGE_UP:
    case ACTION_PAGE_DOWN:
        move_by(l, page, a == ACTION_PAGE_DOWN);
        return true;
    case ACTION_FIRST:
        list_go(l, 0);
        return true;
    case ACTION_LAST:
        list_go(l, l->n);
        return true;
    case ACTION_CLICK:
        if (in->y < 1 || (size_t)(in->y - 1) >= l->seen ||
            l->top + (size_t)(in->y - 1) >= l->n)
            return false;
        list_go(l, l->top + (size_t)(in->y - 1));
        return true;
    default:
        return false;
    }
}

/* ---- where the columns are ---------------------------------------------------------
 */

struct place {
    int x[COLUMNS_MAX], cells[COLUMNS_MAX]; /* 0 cells: left out */
};

static int
cells_wanted(const struct list_table *t, int max_rank)
{
    int sum = MARK;

    for (size_t c = 0; c < t->n; c++)
        if (t->column[c].rank <= max_rank)
            sum += t->column[c].cells + GAP;
    return sum;
}

static struct place
place_columns(const struct list_table *t, int width)
{
    struct place p = { .x = { 0 } };
    int max_rank = 0, x = MARK, spare, sharing = 0;

    for (size_t c = 0; c < t->n; c++)
        if (t->column[c].rank > max_rank)
            max_rank = t->column[c].rank;
    while (max_rank > 0 && cells_wanted(t, max_rank) > width)
        max_rank--;
    spare = width - cells_wanted(t, max_rank);
    for (size_t c = 0; c < t->n; c++)
        sharing += t->column[c].flex && t->column[c].rank <= max_rank;
    for (size_t c = 0; c < t->n && c < COLUMNS_MAX; c++) {
        const struct list_column *column = &t->column[c];

        if (column->rank > max_rank)
            continue;
        p.x[c] = x;
        p.cells[c] = column->cells;
        if (column->flex) {
            p.cells[c] += spare / sharing;
            spare -= spare / sharing--;
        }
        if (p.cells[c] < 1)
            p.cells[c] = 1;
        x += p.cells[c] + GAP;
    }
    return p;
}

int
list_column_at(const struct list_table *t, int x, int width)
{
    struct place p = place_columns(t, width);

    for (size_t c = 0; c < t->n && c < COLUMNS_MAX; c++)
        if (p.cells[c] > 0 && x >= p.x[c] && x < p.x[c] + p.cells[c] + GAP)
            return (int)c;
    return -1;
}

/* ---- drawing -----------------------------------------------------------------------
 */

static void
draw_text(const struct canvas *cv, const struct place *p, size_t c, int y,
          unsigned style, bool right, const char *text)
{
    if (right)
        canvas_text_right(cv, p->x[c], y, p->cells[c], style, text);
    else
        canvas_text(cv, p->x[c], y, p->cells[c], style, text);
}

static void
draw_head(const struct list_table *t, const struct place *p, const struct canvas *cv)
{
    for (size_t c = 0; c < t->n && c < COLUMNS_MAX; c++) {
        const struct list_column *column = &t->column[c];
        unsigned style = t->sorted == (int)c ? STYLE_ACCENT : STYLE_DIM;

        if (p->cells[c] == 0)
            continue;
        draw_text(cv, p, c, 0, style, column->right, column->head);
        if (t->sorted == (int)c) {
            int n = (int)strlen(column->head);
            int x = column->right ? p->x[c] + p->cells[c] : p->x[c] + n;

            canvas_glyph(cv, x, 0, STYLE_ACCENT, t->down ? "▼" : "▲",
                         t->down ? "v" : "^");
        }
    }
}

/* Leave out the parts at the end of a text that have no room, if one of them has, and
 * say so. */
static void
drop_parts(const struct canvas *cv, char text[LIST_CELL_MAX], const char *between,
           int cells)
{
    const char *more = cv->utf8 ? " …" : " ~";
    bool all = (int)text_width(text) <= cells;

    while (!all && (int)text_width(text) + 2 > cells) {
        char *last = NULL;

        for (char *at = strstr(text, between); at != NULL; at = strstr(at + 1, between))
            last = at;
        if (last == NULL)
            return;
        *last = '\0';
    }
    if (!all && strlen(text) + strlen(more) < LIST_CELL_MAX)
        strcat(text, more);
}

static void
draw_row(const struct list *l, const struct list_table *t, const struct place *p,
         const struct canvas *cv, size_t row)
{
    int y = 1 + (int)(row - l->top);

    for (size_t c = 0; c < t->n && c < COLUMNS_MAX; c++) {
        char text[LIST_CELL_MAX] = "";
        unsigned style = STYLE_TEXT;

        if (p->cells[c] == 0)
            continue;
        t->cell(t->arg, row, c, text, &style);
        if (t->column[c].between != NULL)
            drop_parts(cv, text, t->column[c].between, p->cells[c]);
        draw_text(cv, p, c, y, style, t->column[c].right, text);
    }
    if (row != l->cursor)
        return;
    canvas_glyph(cv, 0, y, STYLE_ACCENT, "▏", ">");
    if (!t->dull)
        canvas_select(cv, (struct rect){ 1, y, cv->w - 1, 1 });
}

void
list_draw(const struct list *l, const struct list_table *t, const struct canvas *cv)
{
    struct place p = place_columns(t, cv->w);

    if (cv->h > 0)
        draw_head(t, &p, cv);
    for (size_t row = l->top; row < l->n && row < l->top + l->seen; row++)
        draw_row(l, t, &p, cv, row);
}
