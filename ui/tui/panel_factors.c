/*
 * panel_factors.c - the directions of taste: their names, both ends' films, and a map
 * of the best-known films on two of them.
 *
 * The left side lists directions, the right one is the map of the direction under the
 * cursor (across) and the next one (up). Enter goes into the map, where arrows go from
 * film to film.
 */
#include "config.h"

#include "src/base/text.h"
#include "ui/draw/scatter.h"
#include "ui/tui/empty.h"
#include "ui/tui/field.h"
#include "ui/tui/list.h"
#include "ui/tui/map_table.h"
#include "ui/tui/panel.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define LEFT_CELLS 36
#define END_FILMS  3
#define ENDS_LINES (2 * END_FILMS + 4) /* both ends with their headings */

struct factors {
    struct list list;
    bool raw; /* the factors as trained, in place of principal directions */
    struct directions as_trained; /* of the shown model; zeroed until asked for */
    uint64_t version;             /* of the model that all below is of */
    size_t across, up;            /* directions of the map, and of the ends */
    struct scatter_point point[CENTRE_FILMS]; /* (n) the best-known films */
    uint32_t film[CENTRE_FILMS];
    size_t n;
    uint32_t end[2][END_FILMS]; /* films at the high and low ends */
    size_t n_end[2];
    struct axis all_x, all_y, x, y;
    bool inside; /* the cursor is in the map */
    size_t marked;
    bool table;        /* the films of the map as a table, in its place */
    struct list films; /* (n) its rows */
    struct field search;
    int w, h;
};

/* The directions that are listed. */
static const struct directions *
directions_of(const struct factors *f, const struct shown *s)
{
    return f->raw ? &f->as_trained : &s->directions;
}

static void
factors_close(void *state)
{
    directions_done(&((struct factors *)state)->as_trained);
}

/* ---- keeping up
 * ---------------------------------------------------------------------- */

/* The place of a film on the map, or n. */
static size_t
place_of(const struct factors *f, uint32_t film)
{
    size_t i = 0;

    while (i < f->n && f->film[i] != film)
        i++;
    return i;
}

static void
take_points(struct factors *f, const struct shown *s, const struct directions *d)
{
    uint32_t film = f->marked < f->n ? f->film[f->marked] : 0;

    f->n = s->centre.n;
    f->all_x = f->all_y = (struct axis){ .lo = INFINITY, .hi = -INFINITY };
    for (size_t i = 0; i < f->n; i++) {
        uint32_t row = s->centre.row[i];

        f->film[i] = row;
        f->point[i] = (struct scatter_point){
            .x = directions_value(d, s->model, row, (unsigned)f->across),
            .y = directions_value(d, s->model, row, (unsigned)f->up),
            .label = strtab_get(&s->catalog->title, row),
        };
        axis_hold(&f->all_x, f->point[i].x);
        axis_hold(&f->all_y, f->point[i].y);
    }
    axis_settle(&f->all_x, .04);
    axis_settle(&f->all_y, .06);
    f->x = f->all_x;
    f->y = f->all_y;
    f->marked = film != 0 ? place_of(f, film) : 0;
    if (f->marked == f->n)
        f->marked = 0;
}

static enum err_code
take_ends(struct factors *f, const struct shown *s, const struct directions *d,
          struct err *err)
{
    for (int low = 0; low < 2; low++) {
        enum err_code rc =
            directions_end(f->end[low], END_FILMS, &f->n_end[low], d, s->model,
                           s->catalog, (unsigned)f->across, low == 0, err);

        if (rc != ERR_OK)
            return rc;
    }
    return ERR_OK;
}

/* The factors as trained are looked for when they are asked for. */
static enum err_code
find_as_trained(struct factors *f, const struct shown *s, struct err *err)
{
    directions_done(&f->as_trained);
    f->as_trained = (struct directions){ 0 };
    if (!f->raw)
        return ERR_OK;
    return directions_init(&f->as_trained, s->model, s->catalog, &s->centre,
                           DIRECTIONS_RAW, err);
}

static enum err_code
factors_update(void *state, const struct world *w, int width, int height,
               struct err *err)
{
    struct factors *f = state;
    const struct shown *s = w->shown;
    const struct directions *d;
    bool fresh;
    enum err_code rc = ERR_OK;

    f->w = width;
    f->h = height;
    if (s == NULL)
        return ERR_OK;
    fresh = f->version != s->version;
    if (fresh)
        rc = find_as_trained(f, s, err);
    if (rc != ERR_OK)
        return rc;
    d = directions_of(f, s);
    f->version = s->version;
    list_fit(&f->list, d->k, height - ENDS_LINES > 3 ? height - ENDS_LINES : height);
    list_fit(&f->films, s->centre.n, height);
    if (!fresh && f->list.cursor == f->across)
        return ERR_OK;
    f->across = f->list.cursor;
    f->up = d->k > 1 ? (f->across + 1) % d->k : f->across;
    take_points(f, s, d);
    return take_ends(f, s, d, err);
}

/* ---- drawing
 * ------------------------------------------------------------------------- */

static void
direction_cell(const void *arg, size_t row, size_t column, char out[LIST_CELL_MAX],
               unsigned *style)
{
    const struct directions *d = arg;
    const struct direction *one = &d->of[row];

    switch (column) {
    case 0:
        snprintf(out, LIST_CELL_MAX, "%u", one->factor);
        *style = STYLE_DIM;
        break;
    case 1:
        snprintf(out, LIST_CELL_MAX, "%s", directions_name(d, (unsigned)row));
        *style = one->match.clear ? STYLE_TEXT : STYLE_DIM;
        break;
    case 2:
        if (!isnan(one->match.correlation))
            snprintf(out, LIST_CELL_MAX, "%+.2f", one->match.correlation);
        *style = STYLE_DIM;
        break;
    default:
        snprintf(out, LIST_CELL_MAX, "%.1f %%", 100 * one->share);
        break;
    }
}

static void
draw_end(const struct factors *f, const struct shown *s, int low,
         const struct canvas *cv, int y)
{
    const struct directions *d = directions_of(f, s);

    canvas_printf(cv, 1, y, STYLE_ACCENT, "%s %s", low == 1 ? "least" : "most",
                  directions_name(d, (unsigned)f->across));
    for (size_t i = 0; i < f->n_end[low]; i++)
        canvas_text(cv, 3, y + 1 + (int)i, cv->w - 4, STYLE_TEXT,
                    strtab_get(&s->catalog->title, f->end[low][i]));
}

static void
draw_left(const struct factors *f, const struct shown *s, const struct canvas *cv)
{
    static const struct list_column columns[] = {
        { .head = "#", .cells = 3, .right = true },
        { .head = "name", .cells = 12, .flex = true },
        { .head = "corr.", .cells = 5, .right = true },
        { .head = "share", .cells = 6, .right = true },
    };
    const struct directions *d = directions_of(f, s);
    struct list_table table = { .column = columns,
                                .n = 4,
                                .cell = direction_cell,
                                .arg = d,
                                .sorted = -1,
                                .dull = f->inside || f->table };
    bool ends = cv->h - ENDS_LINES > 3;
    struct canvas rows = canvas_part(
        cv, (struct rect){ 0, 0, cv->w, ends ? cv->h - ENDS_LINES : cv->h });

    list_draw(&f->list, &table, &rows);
    if (!ends)
        return;
    draw_end(f, s, 0, cv, cv->h - ENDS_LINES + 1);
    draw_end(f, s, 1, cv, cv->h - ENDS_LINES + 3 + END_FILMS);
}

static struct scatter
scatter_of(const struct factors *f)
{
    return (struct scatter){ .x = f->x,
                             .y = f->y,
                             .point = f->point,
                             .n = f->n,
                             .marked = f->inside ? f->marked : SIZE_MAX };
}

static void
draw_map(const struct factors *f, const struct shown *s, const struct canvas *cv)
{
    const struct directions *d = directions_of(f, s);
    struct scatter map = scatter_of(f);
    char right[64], up[64];
    size_t outside;

    snprintf(right, sizeof(right), "%.40s %s", directions_name(d, (unsigned)f->across),
             cv->utf8 ? "→" : ">");
    snprintf(up, sizeof(up), "%s %.40s", cv->utf8 ? "↑" : "^",
             directions_name(d, (unsigned)f->up));
    map.right = right;
    map.up = up;
    outside = scatter_draw(&map, cv);
    if (outside > 0)
        canvas_printf(cv, 0, cv->h - 1, STYLE_DIM, "%zu films outside", outside);
}

static void
draw_table(const struct factors *f, const struct shown *s, const struct canvas *cv)
{
    const struct directions *d = directions_of(f, s);
    struct map_table table = { .point = f->point,
                               .film = f->film,
                               .across = directions_name(d, (unsigned)f->across),
                               .up = directions_name(d, (unsigned)f->up) };

    map_table_draw(&table, &f->films, s, cv);
}

static void
draw_search(const struct factors *f, const struct canvas *cv)
{
    struct canvas line = canvas_part(cv, (struct rect){ 0, cv->h - 1, cv->w, 1 });

    canvas_clear(&line);
    field_draw(&f->search, &line, 1, 0, cv->w - 2, "film: ");
}

static int
left_cells(const struct factors *f, int width)
{
    if (width >= LEFT_CELLS + 30)
        return LEFT_CELLS;
    return f->inside || f->table ? 0 : width; /* no room for both */
}

static void
factors_draw(const void *state, const struct world *w, const struct canvas *cv)
{
    const struct factors *f = state;
    int left = left_cells(f, cv->w);
    struct canvas list = canvas_part(cv, (struct rect){ 0, 0, left, cv->h });
    struct canvas map = canvas_part(cv, (struct rect){ left, 0, cv->w - left, cv->h });

    if (w->shown == NULL) {
        empty_draw(
            w, cv,
            "What the model learned about taste: the directions in which films "
            "differ most, each with a name where a genre or an era goes with it, "
            "and a map of the best-known films.");
        return;
    }
    draw_left(f, w->shown, &list);
    if (f->table)
        draw_table(f, w->shown, &map);
    else
        draw_map(f, w->shown, &map);
    if (f->search.open)
        draw_search(f, cv);
}

/* ---- acting
 * -------------------------------------------------------------------------- */

/* The map moves along when the marked film lies outside. */
static void
keep_in_view(struct factors *f)
{
    double x = axis_part(&f->x, f->point[f->marked].x);
    double y = axis_part(&f->y, f->point[f->marked].y);

    if (x < 0 || x > 1)
        axis_pan(&f->x, x - .5, &f->all_x);
    if (y < 0 || y > 1)
        axis_pan(&f->y, y - .5, &f->all_y);
}

static void
go_to(struct factors *f, size_t at)
{
    f->inside = true;
    f->marked = at;
    list_go(&f->films, at);
    keep_in_view(f);
}

static void
zoom(struct factors *f, double factor)
{
    axis_zoom(&f->x, factor, f->point[f->marked].x, &f->all_x);
    axis_zoom(&f->y, factor, f->point[f->marked].y, &f->all_y);
}

static void
say_film(const struct factors *f, const struct shown *s, struct wish *wish)
{
    const struct directions *d = directions_of(f, s);

    wish_say(wish, "%s: %s %+.2f, %s %+.2f, bias %+.3f",
             strtab_get(&s->catalog->title, f->film[f->marked]),
             directions_name(d, (unsigned)f->across), f->point[f->marked].x,
             directions_name(d, (unsigned)f->up), f->point[f->marked].y,
             (double)s->model->bi[f->film[f->marked]]);
}

static bool
act_on_map(struct factors *f, const struct world *w, enum action a, struct wish *wish)
{
    static const struct {
        enum action action;
        int dx, dy;
    } moves[] = { { ACTION_LEFT, -1, 0 },
                  { ACTION_RIGHT, 1, 0 },
                  { ACTION_UP, 0, 1 },
                  { ACTION_DOWN, 0, -1 } };
    struct scatter map = scatter_of(f);

    for (int i = 0; i < 4; i++)
        if (moves[i].action == a) {
            go_to(f, scatter_next(&map, moves[i].dx, moves[i].dy));
            say_film(f, w->shown, wish);
            return true;
        }
    switch (a) {
    case ACTION_SELECT:
        *wish = (struct wish){ .kind = WISH_SHOW_FILM,
                               .panel = PANEL_MOVIES,
                               .row = f->film[f->marked] };
        return true;
    case ACTION_CANCEL:
        f->inside = false;
        return true;
    default:
        return false;
    }
}

/* The table: its rows are walked, and what was marked in it is marked on the map. */
static bool
act_on_table(struct factors *f, enum action a, const struct input *in,
             struct wish *wish)
{
    struct input there = *in;

    there.x -= left_cells(f, f->w);
    if (there.x >= 0 && list_act(&f->films, a, &there)) {
        go_to(f, f->films.cursor);
        return true;
    }
    if (a == ACTION_SELECT || a == ACTION_DOUBLE_CLICK) {
        *wish = (struct wish){ .kind = WISH_SHOW_FILM,
                               .panel = PANEL_MOVIES,
                               .row = f->film[f->films.cursor] };
        return true;
    }
    if (a == ACTION_CANCEL)
        f->table = f->inside = false;
    return a == ACTION_CANCEL;
}

static void
click(struct factors *f, const struct world *w, const struct input *in,
      struct wish *wish)
{
    int left = left_cells(f, f->w);
    struct scatter map = scatter_of(f);
    struct canvas cv = { .w = f->w - left, .h = f->h };
    size_t at;

    if (in->x < left) {
        f->inside = false;
        (void)list_act(&f->list, ACTION_CLICK, in);
        return;
    }
    at = scatter_at(&map, &cv, in->x - left, in->y);
    if (at < f->n) {
        go_to(f, at);
        say_film(f, w->shown, wish);
    }
}

/* Is the whole map in view? */
static bool
is_whole(const struct factors *f)
{
    return f->x.lo <= f->all_x.lo && f->x.hi >= f->all_x.hi && f->y.lo <= f->all_y.lo &&
           f->y.hi >= f->all_y.hi;
}

static const char *
factors_why_not(const void *state, const struct world *w, enum action a)
{
    const struct factors *f = state;

    if ((action_list[a].where & IN(FACTORS)) == 0 || action_list[a].where == IN_ALL)
        return NULL;
    if (w->shown == NULL)
        return "there is no model yet: T trains one";
    switch (a) {
    case ACTION_ZOOM_IN:
    case ACTION_ZOOM_OUT:
    case ACTION_ZOOM_ALL:
        if (f->table)
            return "the map is shown as a table: t goes back";
        return a != ACTION_ZOOM_IN && is_whole(f) ? "the whole map is shown" : NULL;
    case ACTION_NEXT_AXIS:
        return f->list.cursor + 1 < f->list.n ? NULL : "that is the last direction";
    case ACTION_PREVIOUS_AXIS:
        return f->list.cursor > 0 ? NULL : "that is the first direction";
    default:
        return NULL;
    }
}

static enum action
factors_act(void *state, const struct world *w, enum action a, const struct input *in,
            struct wish *wish)
{
    struct factors *f = state;

    if (w->shown == NULL || f->n == 0)
        return a;
    if (f->table && act_on_table(f, a, in, wish))
        return ACTION_NONE;
    if (!f->table && f->inside && act_on_map(f, w, a, wish))
        return ACTION_NONE;
    switch (a) {
    case ACTION_TABLE:
        f->table = !f->table;
        list_go(&f->films, f->marked);
        return ACTION_NONE;
    case ACTION_SELECT:
        f->inside = true;
        say_film(f, w->shown, wish);
        return ACTION_NONE;
    case ACTION_CLICK:
        click(f, w, in, wish);
        return ACTION_NONE;
    case ACTION_ZOOM_IN:
    case ACTION_ZOOM_OUT:
        zoom(f, a == ACTION_ZOOM_IN ? .6 : 1 / .6);
        return ACTION_NONE;
    case ACTION_ZOOM_ALL:
        f->x = f->all_x;
        f->y = f->all_y;
        return ACTION_NONE;
    case ACTION_RAW:
        f->raw = !f->raw;
        f->version = 0;
        return ACTION_NONE;
    case ACTION_NEXT_AXIS:
    case ACTION_PREVIOUS_AXIS:
        return list_act(&f->list, a == ACTION_NEXT_AXIS ? ACTION_DOWN : ACTION_UP, in)
                   ? ACTION_NONE
                   : a;
    case ACTION_SEARCH:
        field_open(&f->search, "");
        return ACTION_NONE;
    default:
        return list_act(&f->list, a, in) ? ACTION_NONE : a;
    }
}

/* Go to the best-known film whose title holds what is typed. */
static void
jump(struct factors *f)
{
    for (size_t i = 0; i < f->n; i++)
        if (text_contains(f->point[i].label, f->search.text)) {
            go_to(f, i);
            return;
        }
}

static bool
factors_type(void *state, const struct world *w, const struct input *in,
             struct wish *wish)
{
    struct factors *f = state;
    enum field_said said;

    if (!f->search.open || w->shown == NULL)
        return false;
    said = field_type(&f->search, in);
    if (said == FIELD_CHANGED)
        jump(f);
    if (said == FIELD_TAKEN)
        say_film(f, w->shown, wish);
    return said != FIELD_IGNORED;
}

static void
factors_show(void *state, const struct world *w, const struct wish *wish)
{
    struct factors *f = state;
    size_t at;
    struct err err;

    if (w->shown == NULL || factors_update(f, w, f->w, f->h, &err) != ERR_OK)
        return;
    at = place_of(f, wish->row);
    if (at < f->n)
        go_to(f, at);
}

const struct panel_ops panel_factors = {
    .title = "Factors",
    .about = "the directions of taste that were learned, and a map of films",
    .state_size = sizeof(struct factors),
    .close = factors_close,
    .update = factors_update,
    .draw = factors_draw,
    .why_not = factors_why_not,
    .act = factors_act,
    .type = factors_type,
    .show = factors_show,
};
