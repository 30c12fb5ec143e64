/*
 * panel_users.c - a user: who that is, what to see next and why, and how far off the
 * model was on the ratings that were held out.
 */
#include "config.h"

#include "src/base/mem.h"
#include "ui/tui/empty.h"
#include "ui/tui/panel.h"
#include "ui/tui/users_panel.h"

static void
users_close(void *state)
{
    struct users_panel *p = state;

    users_done(&p->activity);
    userpick_done(&p->pick);
    mem_free(p->liking);
}

/* ---- keeping up --------------------------------------------------------------------
 */

/* Of other data another user is shown, and nothing is asked for yet. */
static void
take_data(struct users_panel *p, const struct shown *s)
{
    if (p->films == s->films)
        return;
    users_close(p);
    *p = (struct users_panel){ .films = s->films, .w = p->w, .h = p->h };
}

static enum err_code
find_why(struct users_panel *p, const struct shown *s, struct err *err)
{
    uint32_t film = p->n > 0 ? p->row[p->list.cursor].film : 0;
    enum err_code rc;

    if (film == 0 || film == p->why_film)
        return ERR_OK;
    rc = why_find(&p->why, s, p->user, film, err);
    if (rc == ERR_OK)
        p->why_film = film;
    return rc;
}

static enum err_code
users_update(void *state, const struct world *w, int width, int height, struct err *err)
{
    struct users_panel *p = state;
    const struct shown *s = w->shown;
    enum err_code rc = ERR_OK;

    p->w = width;
    p->h = height;
    if (s == NULL)
        return ERR_OK;
    take_data(p, s);
    if (p->version != s->version || p->stale) {
        bool same = !p->stale;

        if (p->version != s->version)
            rc = users_take_model(p, s, err);
        if (rc == ERR_OK && p->user != 0)
            rc = users_find_rows(p, s, same, err);
        if (rc != ERR_OK)
            return rc;
        p->version = s->version;
        p->stale = false;
    }
    list_fit(&p->list, p->n, users_place(p, width, height).rows.h);
    rc = find_why(p, s, err);
    if (rc == ERR_OK && p->pick.word.open)
        rc = userpick_update(&p->pick, s, height, err);
    return rc;
}

static void
users_draw(const void *state, const struct world *w, const struct canvas *cv)
{
    const struct users_panel *p = state;

    if (w->shown == NULL)
        empty_draw(
            w, cv,
            "Pick a user: what the model would recommend and exactly why, and how "
            "far off it was on the ratings it has not seen.");
    else if (p->user != 0)
        users_draw_panel(p, w->shown, cv);
}

/* ---- acting
 * -------------------------------------------------------------------------- */

static const char *
users_why_not(const void *state, const struct world *w, enum action a)
{
    const struct users_panel *p = state;

    if (w->shown == NULL)
        return empty_why_not(w, PANEL_USERS, a);
    switch (a) {
    case ACTION_MORE_DIVERSE:
    case ACTION_LESS_DIVERSE:
    case ACTION_MORE_POPULAR:
    case ACTION_LESS_POPULAR:
    case ACTION_SHOW_SEEN:
    case ACTION_FILTER:
        return p->held_out ? "held-out ratings are listed: u goes back" : NULL;
    case ACTION_NEXT_USER:
        return p->place + 1 < p->activity.n ? NULL : "no user has fewer ratings";
    case ACTION_PREVIOUS_USER:
        return p->place > 0 ? NULL : "no user has more ratings";
    default:
        return NULL;
    }
}

static void
choose(struct users_panel *p, uint32_t user)
{
    p->user = user;
    p->stale = true;
    list_go(&p->list, 0);
}

static void
step(struct users_panel *p, bool next)
{
    if (p->activity.n == 0)
        return;
    if (next)
        p->place += p->place + 1 < p->activity.n;
    else
        p->place -= p->place > 0;
    choose(p, p->activity.row[p->place]);
}

/* While a user is chosen: move among them, or click on one. */
static bool
act_on_pick(struct users_panel *p, enum action a, const struct input *in)
{
    if (userpick_act(&p->pick, a, in))
        return true;
    if (a != ACTION_SELECT && a != ACTION_DOUBLE_CLICK)
        return false;
    p->pick.word.open = false;
    if (userpick_user(&p->pick) != 0)
        choose(p, userpick_user(&p->pick));
    return true;
}

static enum action
users_act(void *state, const struct world *w, enum action a, const struct input *in,
          struct wish *wish)
{
    struct users_panel *p = state;
    struct input below = *in;

    if (w->shown == NULL || p->user == 0)
        return a;
    if (p->pick.word.open)
        return act_on_pick(p, a, in) ? ACTION_NONE : a;
    if (request_act(&p->request, a, &p->stale, wish))
        return ACTION_NONE;
    below.y -= users_place(p, p->w, p->h).rows.y;
    switch (a) {
    case ACTION_GO_TO_USER:
    case ACTION_SEARCH:
        userpick_open(&p->pick);
        return ACTION_NONE;
    case ACTION_NEXT_USER:
    case ACTION_PREVIOUS_USER:
        step(p, a == ACTION_NEXT_USER);
        return ACTION_NONE;
    case ACTION_SHOW_SEEN:
        p->request.query.seen = !p->request.query.seen;
        p->stale = true;
        return ACTION_NONE;
    case ACTION_SHOW_HELD_OUT:
        p->held_out = !p->held_out;
        p->stale = true;
        list_go(&p->list, 0);
        return ACTION_NONE;
    case ACTION_SELECT:
    case ACTION_DOUBLE_CLICK:
    case ACTION_RATE:
        if (p->n == 0)
            return a;
        *wish = (struct wish){ .kind = a == ACTION_RATE ? WISH_RATE : WISH_SHOW_FILM,
                               .panel = PANEL_MOVIES,
                               .row = p->row[p->list.cursor].film };
        return ACTION_NONE;
    default:
        return list_act(&p->list, a, &below) ? ACTION_NONE : a;
    }
}

/* Keys while a user is chosen. */
static bool
type_pick(struct users_panel *p, const struct input *in)
{
    switch (userpick_type(&p->pick, in)) {
    case FIELD_TAKEN:
        if (userpick_user(&p->pick) != 0)
            choose(p, userpick_user(&p->pick));
        else
            p->pick.word.open = true;
        return true;
    case FIELD_IGNORED:
        return false;
    default:
        return true;
    }
}

static bool
users_type(void *state, const struct world *w, const struct input *in,
           struct wish *wish)
{
    struct users_panel *p = state;

    (void)wish;
    if (w->shown == NULL)
        return false;
    if (p->pick.word.open)
        return type_pick(p, in);
    return request_type(&p->request, in, &p->stale);
}

static void
users_show(void *state, const struct world *w, const struct wish *wish)
{
    struct users_panel *p = state;

    if (w->shown != NULL)
        take_data(p, w->shown);
    p->pick.word.open = false;
    choose(p, wish->row);
}

static const struct hint *
users_hints(const void *state, const struct world *w, bool *ret_only)
{
    static const struct hint pick[] = { { "enter", "takes this user" },
                                        { "tab", "another order" },
                                        { "esc", "back" },
                                        { NULL, NULL } };
    static const struct hint filter[] = { { "enter", "keep" },
                                          { "esc", "no filter" },
                                          { NULL, NULL } };
    const struct users_panel *p = state;

    (void)w;
    *ret_only = p->pick.word.open || p->request.filter.field.open;
    return p->pick.word.open ? pick : p->request.filter.field.open ? filter : NULL;
}

const struct panel_ops panel_users = {
    .title = "Users",
    .about = "a user: what to see next and why, and how far off the model was",
    .state_size = sizeof(struct users_panel),
    .close = users_close,
    .update = users_update,
    .draw = users_draw,
    .why_not = users_why_not,
    .act = users_act,
    .type = users_type,
    .hints = users_hints,
    .show = users_show,
};
