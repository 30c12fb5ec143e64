/*
 * panel_me.c - one's own ratings: on the left films to rate, those that tell most
 * first, on the right what one should see, moving as one rates.
 *
 * A film that is rated stays where it is, so that one goes down the list; when the list
 * is found anew, those that were rated come first.
 */
#include "config.h"

#include "src/base/path.h"
#include "src/base/text.h"
#include "ui/cli/number.h"
#include "ui/tui/empty.h"
#include "ui/tui/me_panel.h"
#include "ui/tui/panel.h"
#include "ui/tui/pathcomplete.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>

#define LACKING     3   /* films that are not found and named */
#define TITLE_MAX   60  /* bytes of such a name */
#define FIRST_STARS 4.f /* that a film gets with the first press to the right */

static void
me_close(void *state)
{
    struct me *m = state;

    mine_done(&m->mine);
    foldin_prior_done(&m->prior);
    oneuser_done(&m->one);
}

static enum err_code
me_update(void *state, const struct world *w, int width, int height, struct err *err)
{
    struct me *m = state;
    const struct shown *s = w->shown;
    enum err_code rc = ERR_OK;
    bool fresh;

    m->w = width;
    m->h = height;
    if (s == NULL)
        return ERR_OK;
    me_begin(m, s);
    fresh = m->version != s->version;
    if (fresh)
        rc = me_take_model(m, s, err);
    if (rc == ERR_OK && (fresh || m->right_stale))
        rc = me_find_right(m, s, err);
    if (rc != ERR_OK)
        return rc;
    if (fresh || m->left_stale)
        me_find_left(m, s);
    m->version = s->version;
    m->left_stale = m->right_stale = m->anew = false;
    list_fit(&m->list, m->list.n, me_place(m, width, height).left.h);
    return ERR_OK;
}

static void
me_draw(const void *state, const struct world *w, const struct canvas *cv)
{
    if (w->shown == NULL)
        empty_draw(w, cv,
                   "Rate some films and see at once what you would like. The films' "
                   "factors stay as they are; yours are solved for, in milliseconds.");
    else
        me_draw_panel(state, w->shown, cv);
}

static const char *
me_why_not(const void *state, const struct world *w, enum action a)
{
    const struct me *m = state;

    if (w->shown == NULL)
        return empty_why_not(w, PANEL_ME, a);
    if (a == ACTION_UNDO && m->mine.n_undo == 0)
        return "nothing to undo";
    if (a == ACTION_UNRATE &&
        (me_film(m) == 0 || isnan(mine_stars(&m->mine, me_film(m)))))
        return "you have not rated this film";
    return NULL;
}

/* ---- ratings -------------------------------------------------------------------- */

static void
say_error(struct wish *wish, enum err_code rc, const struct err *err)
{
    if (rc != ERR_OK)
        wish_say(wish, "%s", err->msg);
}

/* Half a star more or less, within the scale of the data. */
static float
next_stars(const struct me *m, float now, bool more)
{
    if (isnan(now))
        now = more ? FIRST_STARS : FIRST_STARS - 1;
    else
        now += more ? .5f : -.5f;
    return fminf(fmaxf(now, (float)m->scale.lo), (float)m->scale.hi);
}

static void
rate(struct me *m, const struct shown *s, float stars, struct wish *wish)
{
    struct err err;

    say_error(wish, mine_rate(&m->mine, s->catalog, me_film(m), stars, &err), &err);
    m->right_stale = true;
}

static void
rate_more(struct me *m, const struct shown *s, bool more, struct wish *wish)
{
    float now, next;

    if (me_film(m) == 0)
        return;
    now = mine_stars(&m->mine, me_film(m));
    next = next_stars(m, now, more);
    if (next == now)
        wish_say(wish, "%g stars are the %s that these data have", (double)next,
                 more ? "most" : "fewest");
    else
        rate(m, s, next, wish);
}

static void
undo(struct me *m, const struct shown *s, struct wish *wish)
{
    struct mine_undone was;
    struct err err;
    char n[NUMBER_MAX];
    enum err_code rc = mine_undo(&m->mine, s->catalog, &was, &err);

    number_grouped(n, (int64_t)was.n);
    if (was.n == 1)
        wish_say(wish, "%s: as it was", strtab_get(&s->catalog->title, was.row));
    else if (was.n > 1)
        wish_say(wish, "%s films as they were before the import", n);
    say_error(wish, rc, &err);
    m->left_stale = m->right_stale = true;
}

/* How many of its films were found, and the first that were not. */
static void
say_import(const struct ownratings *own, size_t n_found, const char *path,
           struct wish *wish)
{
    size_t n_lacking = own->n - n_found, named = 0, used = 0;
    char lacking[LACKING * (TITLE_MAX + 4)] = "", found[NUMBER_MAX], all[NUMBER_MAX];

    for (size_t i = 0; i < own->n && named < LACKING; i++) {
        const char *film = strtab_get(&own->film, i);

        if (own->rating[i].found.row == 0)
            used += (size_t)snprintf(lacking + used, sizeof(lacking) - used, "%s%.*s",
                                     named++ > 0 ? "; " : "",
                                     (int)text_head(film, TITLE_MAX), film);
    }
    number_grouped(found, (int64_t)n_found);
    number_grouped(all, (int64_t)own->n);
    if (n_lacking == 0)
        wish_say(wish, "%s: all of its %s films are here", own->form, all);
    else
        wish_say(wish,
                 "%s: %s of %s films are here, not %s%s; 'mltui recommend RUN "
                 "--ratings %s' lists all",
                 own->form, found, all, lacking, n_lacking > LACKING ? "; ..." : "",
                 path);
}

/* Read a file of ratings and take over what it matches. */
static void
import(struct me *m, const struct shown *s, struct wish *wish)
{
    struct ownratings *own = NULL;
    char home[PATH_MAX];
    struct err err;
    size_t n = 0;
    enum err_code rc = ownratings_read(&own, path_typed(m->import.text, home),
                                       s->catalog, m->scale, &err);

    if (rc == ERR_OK)
        rc = mine_import(&m->mine, s->catalog, own, &n, &err);
    if (rc == ERR_OK)
        say_import(own, n, m->import.text, wish);
    say_error(wish, rc, &err);
    ownratings_free(own);
    m->left_stale = m->right_stale = true;
}

/* Put a film on top of those to rate, the cursor on it. */
static void
ask_for(struct me *m, uint32_t film)
{
    m->asked = film;
    m->search = (struct field){ .open = false };
    m->list.n = 0;
    m->left_stale = true;
}

/* ---- actions -------------------------------------------------------------------- */

/* A click on a film to see next: one that was seen already, to be rated. */
static bool
click_right(struct me *m, const struct input *in)
{
    struct rect at = me_place(m, m->w, m->h).right;
    int row = in->y - at.y - 1;

    if (in->x < at.x || in->x >= at.x + at.w || row < -1)
        return false;
    if (row >= 0 && (size_t)row < m->n)
        ask_for(m, m->right[row]);
    return true;
}

static bool
act_on_list(struct me *m, enum action a, const struct input *in)
{
    struct input below = *in;

    if (a == ACTION_CLICK && click_right(m, in))
        return true;
    below.y -= me_place(m, m->w, m->h).left.y;
    return list_act(&m->list, a, &below);
}

/* Give stars, take them back, undo; false: it was none of these. */
static bool
act_on_ratings(struct me *m, const struct shown *s, enum action a, struct wish *wish)
{
    switch (a) {
    case ACTION_LEFT:
    case ACTION_RIGHT:
        rate_more(m, s, a == ACTION_RIGHT, wish);
        return true;
    case ACTION_UNRATE:
        rate(m, s, NAN, wish);
        return true;
    case ACTION_UNDO:
        undo(m, s, wish);
        return true;
    default:
        return false;
    }
}

static enum action
me_act(void *state, const struct world *w, enum action a, const struct input *in,
       struct wish *wish)
{
    struct me *m = state;

    if (w->shown == NULL)
        return a;
    if (act_on_ratings(m, w->shown, a, wish))
        return ACTION_NONE;
    if (request_act(&m->request, a, &m->anew, wish)) {
        m->right_stale |= m->anew;
        return ACTION_NONE;
    }
    switch (a) {
    case ACTION_SEARCH:
        field_open(&m->search, m->search.text);
        return ACTION_NONE;
    case ACTION_IMPORT:
        field_open(&m->import, "");
        return ACTION_NONE;
    case ACTION_SELECT:
    case ACTION_DOUBLE_CLICK:
        if (me_film(m) != 0)
            *wish = (struct wish){ .kind = WISH_SHOW_FILM,
                                   .panel = PANEL_MOVIES,
                                   .row = me_film(m) };
        return ACTION_NONE;
    case ACTION_CANCEL:
        if (m->search.text[0] == '\0')
            return a;
        m->search = (struct field){ .open = false };
        m->left_stale = true;
        return ACTION_NONE;
    default:
        return act_on_list(m, a, in) ? ACTION_NONE : a;
    }
}

static bool
type_import(struct me *m, const struct shown *s, const struct input *in,
            struct wish *wish)
{
    if (!m->import.open)
        return false;
    if (in->kind == INPUT_TAB) {
        pathcomplete_field(&m->import, 0, wish);
        return true;
    }
    switch (field_type(&m->import, in)) {
    case FIELD_IGNORED:
        return false;
    case FIELD_TAKEN:
        import(m, s, wish);
        return true;
    default:
        return true;
    }
}

/* The search is typed. One that finds nothing is not kept. */
static bool
type_search(struct me *m, const struct input *in, struct wish *wish)
{
    bool used = field_ask(&m->search, in, &m->left_stale);

    if (used && in->kind == INPUT_ENTER && m->list.n == 0) {
        wish_say(wish, "no film is called \"%s\"", m->search.text);
        m->search = (struct field){ .open = false };
        m->left_stale = true;
    }
    return used;
}

static bool
me_type(void *state, const struct world *w, const struct input *in, struct wish *wish)
{
    struct me *m = state;

    if (w->shown == NULL)
        return false;
    if (type_search(m, in, wish))
        return true;
    if (request_type(&m->request, in, &m->anew)) {
        m->right_stale |= m->anew;
        return true;
    }
    return type_import(m, w->shown, in, wish);
}

static const struct hint *
me_hints(const void *state, const struct world *w, bool *ret_only)
{
    static const struct hint search[] = {
        { "enter", "keep" }, { "esc", "all films" }, { "down", "walks" }, { NULL, NULL }
    };
    static const struct hint filter[] = { { "enter", "keep" },
                                          { "esc", "no filter" },
                                          { NULL, NULL } };
    static const struct hint import[] = { { "enter", "reads the file" },
                                          { "tab", "completes its name" },
                                          { "esc", "closes" },
                                          { NULL, NULL } };
    static const struct hint found[] = { { "esc", "all films" }, { NULL, NULL } };
    const struct me *m = state;
    bool asking = m->request.filter.field.open;

    *ret_only = m->search.open || m->import.open || asking;
    if (w->shown == NULL)
        return NULL;
    if (m->search.open)
        return search;
    if (asking || m->import.open)
        return asking ? filter : import;
    return m->search.text[0] != '\0' ? found : NULL;
}

static void
me_show(void *state, const struct world *w, const struct wish *wish)
{
    if (w->shown != NULL)
        me_begin(state, w->shown);
    ask_for(state, wish->row);
}

const struct panel_ops panel_me = {
    .title = "Me",
    .about = "rate some films: what you should see next changes as you do",
    .state_size = sizeof(struct me),
    .close = me_close,
    .update = me_update,
    .draw = me_draw,
    .why_not = me_why_not,
    .act = me_act,
    .type = me_type,
    .hints = me_hints,
    .show = me_show,
};
