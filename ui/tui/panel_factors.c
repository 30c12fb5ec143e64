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
#include "ui/tui/panel.h"

static void
factors_close(void *state)
{
    directions_done(&((struct factors *)state)->as_trained);
}

/* Of other films the map is another one. */
static void
take_films(struct factors *f, const struct shown *s)
{
    if (f->films_of == s->films)
        return;
    factors_close(f);
    *f = (struct factors){ .films_of = s->films };
}

static enum err_code
factors_update(void *state, const struct world *w, int width, int height,
               struct err *err)
{
    struct factors *f = state;

    if (w->shown != NULL)
        take_films(f, w->shown);
    f->w = width;
    f->h = height;
    return w->shown != NULL ? factors_find(f, w->shown, err) : ERR_OK;
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
    if (f->table) /* beside its rows */
        return;
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

static const char *
factors_why_not(const void *state, const struct world *w, enum action a)
{
    const struct factors *f = state;

    if (w->shown == NULL)
        return empty_why_not(w, PANEL_FACTORS, a);
    switch (a) {
    case ACTION_ZOOM_IN:
    case ACTION_ZOOM_OUT:
    case ACTION_ZOOM_ALL:
        if (f->table)
            return "the map is shown as a table: t goes back";
        return a != ACTION_ZOOM_IN && factors_is_whole(f) ? "the whole map is shown"
                                                          : NULL;
    case ACTION_NEXT_AXIS:
        return f->list.cursor + 1 < f->list.n ? NULL : "that is the last direction";
    case ACTION_PREVIOUS_AXIS:
        return f->list.cursor > 0 ? NULL : "that is the first direction";
    default:
        return NULL;
    }
}

/* What is seen of the map, and how; false: it was another action. */
static bool
act_on_view(struct factors *f, enum action a)
{
    switch (a) {
    case ACTION_TABLE:
        f->table = !f->table;
        list_go(&f->films, f->marked);
        return true;
    case ACTION_ZOOM_IN:
    case ACTION_ZOOM_OUT:
        zoom(f, a == ACTION_ZOOM_IN ? .6 : 1 / .6);
        return true;
    case ACTION_ZOOM_ALL:
        f->x = f->all_x;
        f->y = f->all_y;
        return true;
    case ACTION_RAW:
        f->raw = !f->raw;
        f->version = 0;
        f->x = f->all_x;
        f->y = f->all_y;
        return true;
    default:
        return false;
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
    if (act_on_view(f, a))
        return ACTION_NONE;
    switch (a) {
    case ACTION_SELECT:
        f->inside = true;
        return ACTION_NONE;
    case ACTION_CLICK:
        click(f, in);
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
    at = factors_film_at(f, wish->row);
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
