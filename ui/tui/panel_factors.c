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
#include "ui/tui/empty.h"
#include "ui/tui/factors_panel.h"
#include "ui/tui/naming.h"
#include "ui/tui/panel.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

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
        char name[NAMING_MAX];

        snprintf(f->label[i], FACTORS_LABEL, "%.*s",
                 (int)text_head(naming_film(name, s->catalog, row), FACTORS_LABEL - 1),
                 name);
        f->film[i] = row;
        f->point[i] = (struct scatter_point){
            .x = directions_value(d, s->model, row, (unsigned)f->across),
            .y = directions_value(d, s->model, row, (unsigned)f->up),
            .label = f->label[i],
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
            directions_end(f->end[low], FACTORS_END, &f->n_end[low], d, s->model,
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
    struct factors_places at;
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
    d = factors_directions(f, s);
    f->version = s->version;
    if (d->k == 0) { /* weights that are all alike have no directions */
        f->n = 0;
        return ERR_OK;
    }
    at = factors_place(f, width, height);
    list_fit(&f->list, d->k, at.list.h);
    list_fit(&f->films, s->centre.n, at.map.h);
    if (!fresh && f->list.cursor == f->across)
        return ERR_OK;
    f->across = f->list.cursor;
    f->up = d->k > 1 ? (f->across + 1) % d->k : f->across;
    take_points(f, s, d);
    return take_ends(f, s, d, err);
}

static void
factors_draw(const void *state, const struct world *w, const struct canvas *cv)
{
    if (w->shown == NULL)
        empty_draw(
            w, cv,
            "What the model learned about taste: the directions in which films "
            "differ most, each with a name where a genre or an era goes with it, "
            "and a map of the best-known films.");
    else if (((const struct factors *)state)->n == 0)
        canvas_words(cv, 1, 1, STYLE_WARN,
                     "These weights have no directions: the films are all alike yet.");
    else
        factors_draw_panel(state, w->shown, cv);
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

static bool
act_on_map(struct factors *f, enum action a, struct wish *wish)
{
    static const struct {
        enum action action;
        int dx, dy;
    } moves[] = { { ACTION_LEFT, -1, 0 },
                  { ACTION_RIGHT, 1, 0 },
                  { ACTION_UP, 0, 1 },
                  { ACTION_DOWN, 0, -1 } };
    struct scatter map = factors_map(f);

    for (int i = 0; i < 4; i++)
        if (moves[i].action == a) {
            go_to(f, scatter_next(&map, moves[i].dx, moves[i].dy));
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

    there.x -= factors_place(f, f->w, f->h).map.x;
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
click(struct factors *f, const struct input *in)
{
    struct rect map_at = factors_place(f, f->w, f->h).map;
    struct scatter map = factors_map(f);
    struct canvas cv = { .w = map_at.w, .h = map_at.h };
    size_t at;

    if (in->x < map_at.x) {
        f->inside = false;
        (void)list_act(&f->list, ACTION_CLICK, in);
        return;
    }
    at = scatter_at(&map, &cv, in->x - map_at.x, in->y);
    if (at < f->n)
        go_to(f, at);
}

/* The wheel over the map zooms. */
static bool
wheel(struct factors *f, const struct input *in)
{
    bool in_map = !f->table && in->x >= factors_place(f, f->w, f->h).map.x;

    if (!in_map || (in->kind != INPUT_WHEEL_UP && in->kind != INPUT_WHEEL_DOWN))
        return false;
    zoom(f, in->kind == INPUT_WHEEL_UP ? .8 : 1 / .8);
    return true;
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
    if (wheel(f, in))
        return ACTION_NONE;
    if (f->table && act_on_table(f, a, in, wish))
        return ACTION_NONE;
    if (!f->table && f->inside && act_on_map(f, a, wish))
        return ACTION_NONE;
    switch (a) {
    case ACTION_TABLE:
        f->table = !f->table;
        list_go(&f->films, f->marked);
        return ACTION_NONE;
    case ACTION_SELECT:
        f->inside = true;
        return ACTION_NONE;
    case ACTION_CLICK:
        click(f, in);
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

/* Go to the best-known film whose title holds what is typed; false: none does. */
static bool
jump(struct factors *f)
{
    for (size_t i = 0; i < f->n; i++)
        if (text_contains(f->point[i].label, f->search.text)) {
            go_to(f, i);
            return true;
        }
    return false;
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
    if (said == FIELD_CHANGED && !jump(f))
        wish_say(wish, "none of the %zu best-known films is called that", f->n);
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

static const struct hint *
factors_hints(const void *state, const struct world *w, bool *ret_only)
{
    static const struct hint search[] = { { "enter", "takes it" },
                                          { "esc", "closes" },
                                          { NULL, NULL } };
    static const struct hint inside[] = { { "enter", "the film's card" },
                                          { "esc", "back to the list" },
                                          { NULL, NULL } };
    static const struct hint list[] = { { "enter", "into the map" }, { NULL, NULL } };
    const struct factors *f = state;

    *ret_only = f->search.open;
    if (w->shown == NULL)
        return NULL;
    return f->search.open ? search : f->inside || f->table ? inside : list;
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
    .hints = factors_hints,
    .show = factors_show,
};
