/* factors_draw.c - the factors' panel as it is drawn. */
#include "config.h"

#include "ui/cli/number.h"
#include "src/base/text.h"
#include "ui/tui/factors_panel.h"
#include "ui/tui/map_table.h"
#include "ui/tui/naming.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define LEFT_CELLS 38
#define LEFT_WIDE  46
#define MAP_LEAST  30
#define ENDS_LINES (2 * FACTORS_END + 3) /* both ends with their headings */
#define BAR_CELLS  4

bool
factors_is_whole(const struct factors *f)
{
    return f->x.lo <= f->all_x.lo && f->x.hi >= f->all_x.hi && f->y.lo <= f->all_y.lo &&
           f->y.hi >= f->all_y.hi;
}

struct factors_places
factors_place(const struct factors *f, int width, int height)
{
    int left = width >= 110 ? LEFT_WIDE : LEFT_CELLS;
    int line = height > 8, rest = height - line, ends;
    int outside = rest > 4 && !f->table && !factors_is_whole(f);

    if (width < left + MAP_LEAST) /* no room for both */
        left = f->inside || f->table ? 0 : width;
    ends = rest > ENDS_LINES + 4 ? ENDS_LINES : 0;
    return (struct factors_places){
        .list = { 0, 0, left, rest - ends },
        .ends = { 0, rest - ends, left, ends },
        .map = { left, 0, width - left, rest - outside },
        .outside = { left, rest - outside, width - left, outside },
        .line = { 0, rest, width, line },
    };
}

struct scatter
factors_map(const struct factors *f)
{
    return (struct scatter){ .x = f->x,
                             .y = f->y,
                             .point = f->point,
                             .n = f->n,
                             .marked = f->inside ? f->marked : SIZE_MAX };
}

/* ---- the directions ----------------------------------------------------------------
 */

struct cells {
    const struct directions *d;
    bool glyphs; /* more than ASCII may be used */
};

/* "22.0 % ▇▇▇▇": a share as a number and as a bar, the largest one's full. */
static void
share_cell(const struct cells *c, const struct direction *one, char out[LIST_CELL_MAX])
{
    double most = c->d->of[0].share;
    int cells = most > 0 ? (int)lrint(one->share / most * BAR_CELLS) : 0;
    size_t n = (size_t)snprintf(out, LIST_CELL_MAX, "%4.1f %% ", 100 * one->share);

    for (int i = 0; i < cells; i++)
        n += (size_t)snprintf(out + n, LIST_CELL_MAX - n, c->glyphs ? "▇" : "#");
}

static void
direction_cell(const void *arg, size_t row, size_t column, char out[LIST_CELL_MAX],
               unsigned *style)
{
    const struct cells *c = arg;
    const struct direction *one = &c->d->of[row];

    switch (column) {
    case 0:
        snprintf(out, LIST_CELL_MAX, "%u", one->factor);
        *style = STYLE_DIM;
        break;
    case 1:
        snprintf(out, LIST_CELL_MAX, "%s", directions_name(c->d, (unsigned)row));
        *style = one->match.clear ? STYLE_TEXT : STYLE_DIM;
        break;
    case 2:
        if (!isnan(one->match.correlation))
            snprintf(out, LIST_CELL_MAX, "%+.2f", one->match.correlation);
        *style = STYLE_DIM;
        break;
    default:
        share_cell(c, one, out);
        *style = STYLE_A;
        break;
    }
}

static void
draw_list(const struct factors *f, const struct directions *d, const struct canvas *cv)
{
    static const struct list_column columns[] = {
        { .head = "#", .cells = 3, .right = true },
        { .head = "name", .cells = 8, .flex = true },
        { .head = "corr.", .cells = 5, .right = true },
        { .head = "share", .cells = 7 + BAR_CELLS },
    };
    struct cells cells = { d, cv->glyphs != GLYPHS_ASCII };
    struct list_table table = { .column = columns,
                                .n = 4,
                                .cell = direction_cell,
                                .arg = &cells,
                                .sorted = -1,
                                .dull = f->inside || f->table };

    list_draw(&f->list, &table, cv);
}

static void
draw_end(const struct factors *f, const struct shown *s, int low,
         const struct canvas *cv, int y)
{
    const struct directions *d = factors_directions(f, s);
    char name[NAMING_MAX];

    naming_direction(name, d, (unsigned)f->across);
    if (d->of[f->across].match.clear)
        canvas_printf(cv, 1, y, STYLE_ACCENT, "%s %s", low == 1 ? "least" : "most",
                      name);
    else
        canvas_printf(cv, 1, y, STYLE_ACCENT, "the %s end of %s",
                      low == 1 ? "low" : "high", name);
    for (size_t i = 0; i < f->n_end[low]; i++)
        canvas_text(cv, 3, y + 1 + (int)i, cv->w - 4, STYLE_TEXT,
                    naming_film(name, s->catalog, f->end[low][i]));
}

/* ---- the map -----------------------------------------------------------------------
 */

static void
draw_map(const struct factors *f, const struct directions *d, const struct canvas *cv,
         const struct canvas *below)
{
    struct scatter map = factors_map(f);
    char name[NAMING_MAX], right[64], up[64];
    size_t outside;

    naming_direction(name, d, (unsigned)f->across);
    snprintf(right, sizeof(right), "%.40s %s", name, cv->utf8 ? "→" : ">");
    naming_direction(name, d, (unsigned)f->up);
    snprintf(up, sizeof(up), "%s %.40s", cv->utf8 ? "↑" : "^", name);
    map.right = right;
    map.up = up;
    outside = scatter_draw(&map, cv);
    if (outside > 0)
        canvas_printf(below, 1, 0, STYLE_DIM, "%zu film%s outside; 0 shows all",
                      outside, outside == 1 ? "" : "s");
}

static void
draw_table(const struct factors *f, const struct shown *s, const struct canvas *cv)
{
    const struct directions *d = factors_directions(f, s);
    char across[NAMING_MAX], up[NAMING_MAX];
    struct map_table table = {
        .point = f->point,
        .film = f->film,
        .across = naming_direction(across, d, (unsigned)f->across),
        .up = naming_direction(up, d, (unsigned)f->up),
    };

    map_table_draw(&table, &f->films, s, cv);
}

/* The film under the cursor and where it lies; or how to get there. */
static void
draw_line(const struct factors *f, const struct shown *s, const struct canvas *cv)
{
    const struct directions *d = factors_directions(f, s);
    uint32_t film = f->marked < f->n ? f->film[f->marked] : 0;
    char across[NAMING_MAX], up[NAMING_MAX], values[160];
    int n;
    int x = 1;

    if (f->search.open) {
        field_draw(&f->search, cv, 1, 0, cv->w - 2, "film: ");
        return;
    }
    if (!f->inside || film == 0) {
        number_grouped(values, (int64_t)f->n);
        x += canvas_printf(cv, x, 0, STYLE_DIM, "%s",
                           f->raw ? "factors as trained" : "principal directions");
        x += canvas_whole(cv, x, 0, STYLE_DIM, " of the %s best-known films", values);
        canvas_whole(cv, x, 0, STYLE_DIM, "; enter walks on the map");
        return;
    }
    snprintf(values, sizeof(values), "%.40s %+.2f   %.40s %+.2f   bias %+.3f",
             naming_direction(across, d, (unsigned)f->across), f->point[f->marked].x,
             naming_direction(up, d, (unsigned)f->up), f->point[f->marked].y,
             (double)s->model->bi[film]);
    n = (int)text_width(values);
    canvas_glyph(cv, 1, 0, STYLE_B, "◆", "@");
    canvas_text(cv, 3, 0, cv->w - 6 - n, STYLE_HEAD,
                strtab_get(&s->catalog->title, film));
    canvas_text_right(cv, cv->w - 1 - n, 0, n, STYLE_TEXT, values);
}

void
factors_draw_panel(const struct factors *f, const struct shown *s,
                   const struct canvas *cv)
{
    const struct directions *d = factors_directions(f, s);
    struct factors_places at = factors_place(f, cv->w, cv->h);
    struct canvas list = canvas_part(cv, at.list), ends = canvas_part(cv, at.ends);
    struct canvas map = canvas_part(cv, at.map), line = canvas_part(cv, at.line);
    struct canvas outside = canvas_part(cv, at.outside);

    if (list.w > 0)
        draw_list(f, d, &list);
    if (ends.w > 0 && ends.h > 0) {
        draw_end(f, s, 0, &ends, 1);
        draw_end(f, s, 1, &ends, 2 + FACTORS_END);
    }
    if (map.w > 0 && f->table)
        draw_table(f, s, &map);
    else if (map.w > 0)
        draw_map(f, d, &map, &outside);
    if (line.h > 0)
        draw_line(f, s, &line);
}
