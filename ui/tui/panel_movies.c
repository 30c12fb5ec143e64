/*
 * panel_movies.c - every film with its bias; below the list the card of the film under
 * the cursor, whose nearest films can be walked through.
 */
#include "config.h"

#include "ui/tui/empty.h"
#include "ui/tui/filmcard.h"
#include "ui/tui/filmlist.h"
#include "ui/tui/panel.h"

#include <string.h>

#define CARD_LINES (FILMCARD_HEAD + 4)
#define LIST_LEAST 6 /* lines of the list beside a card */

struct movies {
    uint64_t films; /* shown.films: those that all below is of */
    struct filmlist list;
    struct filmcard card;
    bool no_card;  /* it was closed */
    bool inside;   /* the cursor is among the nearest films */
    size_t marked; /* of them */
    int w, h;
};

static void
movies_close(void *state)
{
    filmlist_done(&((struct movies *)state)->list);
}

/* Other films begin at the top, without what was asked of the ones before. */
static void
take_films(struct movies *m, const struct shown *s)
{
    if (m->films == s->films)
        return;
    filmlist_done(&m->list);
    *m = (struct movies){ .films = s->films, .w = m->w, .h = m->h };
}

/* Lines of the card in a panel of this height; 0: none. */
static int
card_lines(const struct movies *m, int height)
{
    int lines = height >= 30 ? CARD_LINES + 3 : CARD_LINES;

    return m->no_card || height < lines + LIST_LEAST ? 0 : lines;
}

static enum err_code
movies_update(void *state, const struct world *w, int width, int height,
              struct err *err)
{
    struct movies *m = state;
    enum err_code rc;

    m->w = width;
    m->h = height;
    if (w->shown == NULL)
        return ERR_OK;
    take_films(m, w->shown);
    rc =
        filmlist_update(&m->list, w->shown, width, height - card_lines(m, height), err);
    if (rc == ERR_OK && card_lines(m, height) > 0)
        rc = filmcard_update(&m->card, w->shown, m->list.film, err);
    m->inside = m->inside && card_lines(m, height) > 0 && m->list.film != 0 &&
                m->marked < m->card.n_near;
    return rc;
}

static void
movies_draw(const void *state, const struct world *w, const struct canvas *cv)
{
    const struct movies *m = state;
    int lines = card_lines(m, cv->h);
    struct canvas list = canvas_part(cv, (struct rect){ 0, 0, cv->w, cv->h - lines });
    struct canvas card =
        canvas_part(cv, (struct rect){ 0, cv->h - lines, cv->w, lines });

    if (w->shown == NULL) {
        empty_draw(w, cv,
                   "Every film with its bias: how much more (or less) it is "
                   "liked than its kind of film would be by the same people.");
        return;
    }
    filmlist_draw(&m->list, w->shown, m->inside, &list);
    if (lines > 0 && m->list.film != 0)
        filmcard_draw(&m->card, w->shown, m->inside ? m->marked : SIZE_MAX, &card);
}

static const char *
movies_why_not(const void *state, const struct world *w, enum action a)
{
    const struct movies *m = state;

    if (a == ACTION_FLOOR && w->shown != NULL && card_lines(m, m->h) == 0)
        return m->no_card ? "no film's card is shown: enter opens it"
                          : "the screen is too low for a film's card";
    return empty_why_not(w, PANEL_MOVIES, a);
}

/* The film that is meant: the marked one of the card, else that under the cursor. */
static uint32_t
film_meant(const struct movies *m)
{
    return m->inside ? m->card.near[m->marked].row : m->list.film;
}

/* Inside the card: walk, jump, leave. */
static bool
act_inside(struct movies *m, enum action a)
{
    switch (a) {
    case ACTION_UP:
        m->marked -= m->marked > 0;
        return true;
    case ACTION_DOWN:
        m->marked += m->marked + 1 < m->card.n_near;
        return true;
    case ACTION_SELECT:
    case ACTION_DOUBLE_CLICK:
        filmlist_go(&m->list, film_meant(m));
        m->marked = 0;
        return true;
    case ACTION_CANCEL:
    case ACTION_BACK:
        m->inside = false;
        return true;
    default:
        return false;
    }
}

/* Enter opens the card, then goes into it. */
static void
enter_card(struct movies *m, struct wish *wish)
{
    m->no_card = false;
    if (card_lines(m, m->h) == 0) {
        wish_say(wish, "the screen is too low for a film's card: %d lines are needed",
                 CARD_LINES + LIST_LEAST + 3);
        return;
    }
    m->inside = m->card.n_near > 0;
    m->marked = 0;
}

/* A click: on a near film of the card, which is gone to, or on the list. */
static bool
click(struct movies *m, enum action a, const struct input *in)
{
    int lines = card_lines(m, m->h);
    struct canvas card = { .w = m->w, .h = lines };
    size_t at = filmcard_at(&m->card, &card, in->x, in->y - (m->h - lines));

    if (in->y < m->h - lines)
        return filmlist_act(&m->list, a, in);
    if (at < m->card.n_near) {
        m->inside = true;
        m->marked = at;
    }
    return true;
}

static enum action
movies_act(void *state, const struct world *w, enum action a, const struct input *in,
           struct wish *wish)
{
    struct movies *m = state;

    if (w->shown == NULL)
        return a;
    if (input_is_mouse(in) && in->y < m->h - card_lines(m, m->h))
        m->inside = false;
    if (m->inside && act_inside(m, a))
        return ACTION_NONE;
    switch (a) {
    case ACTION_CLICK:
        return click(m, a, in) ? ACTION_NONE : a;
    case ACTION_SELECT:
    case ACTION_DOUBLE_CLICK:
        enter_card(m, wish);
        return ACTION_NONE;
    case ACTION_CANCEL:
        if (m->no_card)
            return a;
        m->no_card = true;
        return ACTION_NONE;
    case ACTION_FLOOR:
        filmcard_next_floor(&m->card);
        return ACTION_NONE;
    case ACTION_SHOW_FACTORS:
        *wish = (struct wish){ .kind = WISH_SHOW_FILM,
                               .panel = PANEL_FACTORS,
                               .row = film_meant(m) };
        return ACTION_NONE;
    case ACTION_RATE:
        *wish = (struct wish){ .kind = WISH_RATE, .row = film_meant(m) };
        return ACTION_NONE;
    default:
        m->inside = false;
        return filmlist_act(&m->list, a, in) ? ACTION_NONE : a;
    }
}

static bool
movies_type(void *state, const struct world *w, const struct input *in,
            struct wish *wish)
{
    (void)w;
    (void)wish;
    return filmlist_type(&((struct movies *)state)->list, in);
}

static void
movies_show(void *state, const struct world *w, const struct wish *wish)
{
    struct movies *m = state;

    if (w->shown != NULL)
        take_films(m, w->shown);
    m->no_card = m->inside = false;
    filmlist_go(&m->list, wish->row);
}

static const struct hint *
movies_hints(const void *state, const struct world *w, bool *ret_only)
{
    static const struct hint search[] = {
        { "enter", "keep" }, { "esc", "all films" }, { "down", "walks" }, { NULL, NULL }
    };
    static const struct hint inside[] = { { "enter", "goes there" },
                                          { "esc", "back to the list" },
                                          { NULL, NULL } };
    static const struct hint below[] = { { "home", "the first" }, { NULL, NULL } };
    const struct movies *m = state;

    (void)w;
    *ret_only = m->list.search.open || m->list.filter.field.open;
    if (*ret_only || m->inside)
        return *ret_only ? search : inside;
    return m->list.list.top > 0 ? below : NULL;
}

const struct panel_ops panel_movies = {
    .title = "Movies",
    .about = "every film, with its bias: how far it is liked beyond its taste",
    .state_size = sizeof(struct movies),
    .close = movies_close,
    .update = movies_update,
    .draw = movies_draw,
    .why_not = movies_why_not,
    .act = movies_act,
    .type = movies_type,
    .hints = movies_hints,
    .show = movies_show,
};
