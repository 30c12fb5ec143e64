/*
 * panel_me.c - one's own ratings: on the left films to rate, those that tell most
 * first, on the right what one should see, moving as one rates.
 */
#include "config.h"

#include "src/base/mem.h"
#include "src/base/text.h"
#include "src/explore/oneuser.h"
#include "ui/tui/empty.h"
#include "ui/tui/field.h"
#include "ui/tui/list.h"
#include "ui/tui/mine.h"
#include "ui/tui/naming.h"
#include "ui/tui/panel.h"
#include "ui/tui/telling.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WANTED      60  /* films that are recommended */
#define FOUND_MAX   500 /* films that a search lists */
#define HEAD_LINES  2
#define FIRST_STARS 4.f /* that a film gets with the first press to the right */

struct me {
    uint64_t version; /* of the model that all below is of */
    bool stale;       /* a rating or the question has changed */
    struct mine mine;
    struct ownratings_scale scale;
    struct foldin_prior prior;
    struct oneuser one;
    uint32_t telling[CENTRE_FILMS];
    size_t n_telling;
    uint32_t left[CENTRE_FILMS + FOUND_MAX]; /* (list.n) films to rate */
    struct list list;
    struct field search, filter, import;
    struct err wrong; /* of the filter */
    struct recommend_query query;
    uint32_t right[WANTED]; /* (n) recommended */
    double predicted[WANTED];
    int rose[WANTED];
    size_t n;
    uint32_t asked; /* a film that another panel wants rated: the first of the left */
    int w;
};

static void
me_close(void *state)
{
    struct me *m = state;

    mine_done(&m->mine);
    foldin_prior_done(&m->prior);
    oneuser_done(&m->one);
}

/* ---- keeping up
 * ---------------------------------------------------------------------- */

static enum err_code
take_model(struct me *m, const struct shown *s, struct err *err)
{
    struct foldin_prior prior;
    enum err_code rc = foldin_prior_init(&prior, s->model, s->ratings, err);

    if (rc != ERR_OK)
        return rc;
    foldin_prior_done(&m->prior);
    m->prior = prior;
    m->scale = ownratings_scale_of(s->ratings);
    if (m->version != 0) /* of the films of another catalog */
        m->asked = 0;
    rc = mine_match(&m->mine, s->catalog, m->scale, err);
    if (rc ==
        ERR_NOTFOUND) /* no home to keep them in: they last as long as the sitting */
        rc = ERR_OK;
    return rc == ERR_OK ? telling_films(m->telling, &m->n_telling, s, err) : rc;
}

static void
add_left(struct me *m, uint32_t film)
{
    for (size_t i = 0; i < m->list.n; i++)
        if (m->left[i] == film)
            return;
    m->left[m->list.n++] = film;
}

/* What is on the left: what a search finds; else the film that was asked for, one's own
 * ratings, the newest first, and the films that tell most. */
static void
find_left(struct me *m, const struct shown *s)
{
    uint32_t under = m->list.cursor < m->list.n ? m->left[m->list.cursor] : 0;
    bool search = m->search.text[0] != '\0';

    m->list.n = 0;
    if (m->asked != 0 && !search)
        add_left(m, m->asked);
    for (size_t i = m->mine.n; !search && i-- > 0;)
        if (m->mine.rating[i].row != 0 && m->list.n < FOUND_MAX)
            add_left(m, m->mine.rating[i].row);
    for (size_t i = 0; !search && i < m->n_telling; i++)
        add_left(m, m->telling[i]);
    for (uint32_t row = 1; search && row <= s->catalog->n_items; row++)
        if (m->list.n < FOUND_MAX && s->catalog->count[row] > 0 &&
            text_contains(strtab_get(&s->catalog->title, row), m->search.text))
            m->left[m->list.n++] = row;
    for (size_t i = 0; i < m->list.n; i++)
        if (m->left[i] == under) {
            list_go(&m->list, i);
            return;
        }
    list_go(&m->list, 0);
}

/* Fold the ratings of this catalog in. */
static enum err_code
fold_in(struct me *m, const struct shown *s, struct err *err)
{
    struct foldin_rating *rating = mem_new(m->mine.n + 1, sizeof(*rating));
    struct oneuser one = { 0 };
    size_t n = 0;
    enum err_code rc;

    if (rating == NULL)
        return err_nomem(err, m->mine.n * sizeof(*rating), "your ratings");
    for (size_t i = 0; i < m->mine.n; i++)
        if (m->mine.rating[i].row != 0)
            rating[n++] = (struct foldin_rating){ m->mine.rating[i].row,
                                                  m->mine.rating[i].stars };
    rc = oneuser_init(&one, s->model, s->catalog, &m->prior, rating, n, err);
    mem_free(rating);
    if (rc != ERR_OK)
        return rc;
    oneuser_done(&m->one);
    m->one = one;
    return ERR_OK;
}

static enum err_code
take_list(void *arg, uint32_t user, const struct recommendation *list, size_t n,
          struct err *err)
{
    struct me *m = arg;
    uint32_t old[WANTED];
    size_t n_old = m->n;

    (void)user;
    (void)err;
    memcpy(old, m->right, sizeof(old));
    m->n = n;
    for (size_t i = 0; i < n; i++) {
        m->right[i] = list[i].row;
        m->predicted[i] = list[i].rating;
        m->rose[i] = n_old > 0 ? WANTED : 0; /* new among them */
        for (size_t k = 0; k < n_old; k++)
            if (old[k] == list[i].row)
                m->rose[i] = (int)k - (int)i;
    }
    return ERR_OK;
}

static enum err_code
find_right(struct me *m, const struct shown *s, struct err *err)
{
    struct recommender *r = NULL;
    struct filter *filter = NULL;
    const uint32_t user = ONEUSER_ROW;
    enum err_code rc = fold_in(m, s, err);

    m->wrong.code = ERR_OK;
    if (rc == ERR_OK)
        rc = recommender_new(&r, &m->one.model, &m->one.catalog, m->one.ratings, err);
    if (rc == ERR_OK && m->filter.text[0] != '\0' &&
        filter_new(&filter, m->filter.text, s->catalog, s->model, FILTER_WITH_SEEN,
                   &m->wrong) == ERR_NOMEM) {
        *err = m->wrong;
        rc = ERR_NOMEM;
    }
    m->query.filter = filter;
    m->query.limit = WANTED;
    if (rc == ERR_OK)
        rc = recommend_users(r, &user, 1, &m->query, NULL, take_list, m, err);
    m->query.filter = NULL;
    filter_free(filter);
    recommender_free(r);
    return rc;
}

static enum err_code
me_update(void *state, const struct world *w, int width, int height, struct err *err)
{
    struct me *m = state;
    const struct shown *s = w->shown;
    enum err_code rc = ERR_OK;

    m->w = width;
    if (s == NULL)
        return ERR_OK;
    if (m->version != s->version || m->stale) {
        if (m->version != s->version)
            rc = take_model(m, s, err);
        if (rc == ERR_OK)
            rc = find_right(m, s, err);
        if (rc != ERR_OK)
            return rc;
        m->version = s->version;
        m->stale = false;
        find_left(m, s);
    }
    list_fit(&m->list, m->list.n, height - HEAD_LINES);
    return ERR_OK;
}

/* ---- drawing
 * ------------------------------------------------------------------------- */

struct cells {
    const struct me *m;
    const struct shown *s;
};

static void
film_cell(const void *arg, size_t row, size_t column, char out[LIST_CELL_MAX],
          unsigned *style)
{
    const struct cells *c = arg;
    uint32_t film = c->m->left[row];
    float stars = mine_stars(&c->m->mine, film);
    char name[NAMING_MAX];

    if (column == 0) {
        if (!isnan(stars))
            snprintf(out, LIST_CELL_MAX, "%g", (double)stars);
        else
            snprintf(out, LIST_CELL_MAX, "-");
        *style = isnan(stars) ? STYLE_DIM : STYLE_ACCENT;
    } else if (column == 1) {
        snprintf(out, LIST_CELL_MAX, "%s", naming_film(name, c->s->catalog, film));
    } else if (c->s->catalog->year[film] != 0) {
        snprintf(out, LIST_CELL_MAX, "%d", c->s->catalog->year[film]);
        *style = STYLE_DIM;
    }
}

static void
draw_left(const struct me *m, const struct shown *s, const struct canvas *cv)
{
    static const struct list_column columns[] = {
        { .head = "you", .cells = 4, .right = true },
        { .head = "films to rate", .cells = 12, .flex = true },
        { .head = "year", .cells = 4, .right = true, .rank = 1 },
    };
    struct cells cells = { m, s };
    struct list_table table = {
        .column = columns, .n = 3, .cell = film_cell, .arg = &cells, .sorted = -1
    };

    list_draw(&m->list, &table, cv);
    if (m->list.n == 0)
        canvas_text(cv, 2, 1, cv->w - 3, STYLE_DIM, "no film is called that");
}

static void
draw_rose(const struct canvas *cv, int y, int rose)
{
    unsigned style = rose > 0 ? STYLE_GOOD : STYLE_BAD;

    if (rose == WANTED)
        canvas_text(cv, 6, y, 3, STYLE_GOOD, "new");
    else if (rose != 0)
        canvas_printf(cv, 6, y, style, "%s%d",
                      rose > 0   ? (cv->utf8 ? "▲" : "+")
                      : cv->utf8 ? "▼"
                                 : "-",
                      abs(rose));
}

static void
draw_right(const struct me *m, const struct shown *s, const struct canvas *cv)
{
    canvas_text(cv, 1, 0, cv->w - 1, STYLE_DIM, "pred     to see next");
    for (size_t i = 0; i < m->n && 1 + (int)i < cv->h; i++) {
        int y = 1 + (int)i, year = s->catalog->year[m->right[i]];
        char name[NAMING_MAX];

        canvas_printf(cv, 1, y, STYLE_ACCENT, "%.2f", m->predicted[i]);
        draw_rose(cv, y, m->rose[i]);
        canvas_text(cv, 10, y, cv->w - 16, STYLE_TEXT,
                    naming_film(name, s->catalog, m->right[i]));
        if (year != 0)
            canvas_printf(cv, cv->w - 5, y, STYLE_DIM, "%d", year);
    }
    if (m->n == 0)
        canvas_text(cv, 1, 1, cv->w - 2, STYLE_DIM, "no film passes the filter");
}

/* How many ratings are known, and the fields. */
static void
draw_head(const struct me *m, const struct canvas *cv)
{
    const struct field *open = m->search.open   ? &m->search
                               : m->filter.open ? &m->filter
                               : m->import.open ? &m->import
                                                : NULL;
    size_t here = 0;
    int x = 1;

    if (open != NULL) {
        field_draw(open, cv, 1, 0, cv->w - 2,
                   open == &m->search ? "film: "
                   : open == &m->filter
                       ? "filter: "
                       : "ratings of IMDb, Letterboxd or title,rating: ");
        return;
    }
    for (size_t i = 0; i < m->mine.n; i++)
        here += m->mine.rating[i].row != 0;
    x += canvas_printf(cv, x, 0, STYLE_HEAD, "you ");
    if (here == 0)
        x += canvas_text(cv, x, 0, cv->w - x, STYLE_TEXT,
                         "have rated nothing yet: right and left give stars, / finds a "
                         "film");
    else
        x += canvas_printf(cv, x, 0, STYLE_TEXT, "rated %zu film%s", here,
                           here == 1 ? "" : "s");
    if (m->mine.n > here)
        x += canvas_printf(cv, x, 0, STYLE_DIM, " (and %zu that these data lack)",
                           m->mine.n - here);
    if (here > 0)
        x += canvas_printf(cv, x, 0, STYLE_DIM, "   bias %+.2f",
                           (double)m->one.model.bu[ONEUSER_ROW]);
    if (m->query.diversity > 0)
        x += canvas_printf(cv, x, 0, STYLE_ACCENT, "   diversity %.1f",
                           m->query.diversity);
    if (m->query.popularity != 0)
        x += canvas_printf(cv, x, 0, STYLE_ACCENT, "   popularity %+.1f",
                           m->query.popularity);
    if (m->filter.text[0] != '\0')
        canvas_printf(cv, x, 0, m->wrong.code != ERR_OK ? STYLE_BAD : STYLE_ACCENT,
                      "   %s", m->wrong.code != ERR_OK ? m->wrong.msg : m->filter.text);
}

static void
me_draw(const void *state, const struct world *w, const struct canvas *cv)
{
    const struct me *m = state;
    int half = cv->w >= 60 ? cv->w / 2 : cv->w;
    struct canvas left =
        canvas_part(cv, (struct rect){ 0, HEAD_LINES, half, cv->h - HEAD_LINES });
    struct canvas right = canvas_part(
        cv, (struct rect){ half, HEAD_LINES, cv->w - half, cv->h - HEAD_LINES });

    if (w->shown == NULL) {
        empty_draw(w, cv,
                   "Rate some films and see at once what you would like. The films' "
                   "factors stay as they are; yours are solved for, in milliseconds.");
        return;
    }
    draw_head(m, cv);
    draw_left(m, w->shown, &left);
    draw_right(m, w->shown, &right);
}

/* ---- acting
 * -------------------------------------------------------------------------- */

/* The film under the cursor; 0: none. */
static uint32_t
film_here(const struct me *m)
{
    return m->list.n > 0 ? m->left[m->list.cursor] : 0;
}

static const char *
me_why_not(const void *state, const struct world *w, enum action a)
{
    const struct me *m = state;

    if (w->shown == NULL)
        return action_list[a].where == IN_ALL || (action_list[a].where & IN(ME)) == 0
                   ? NULL
                   : "there is no model yet: T trains one";
    if (a == ACTION_UNDO && m->mine.n_undo == 0)
        return "nothing to undo";
    if (a == ACTION_UNRATE &&
        (film_here(m) == 0 || isnan(mine_stars(&m->mine, film_here(m)))))
        return "you have not rated this film";
    return NULL;
}

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
        return more ? FIRST_STARS : FIRST_STARS - 1;
    now += more ? .5f : -.5f;
    return fminf(fmaxf(now, (float)m->scale.lo), (float)m->scale.hi);
}

static void
rate(struct me *m, const struct shown *s, uint32_t film, float stars, struct wish *wish)
{
    struct err err;

    say_error(wish, mine_rate(&m->mine, s->catalog, film, stars, &err), &err);
    m->stale = true;
}

static void
undo(struct me *m, const struct shown *s, struct wish *wish)
{
    struct err err;
    uint32_t row;

    say_error(wish, mine_undo(&m->mine, s->catalog, &row, &err), &err);
    if (row != 0 && wish->kind == WISH_NONE)
        wish_say(wish, "%s: as it was", strtab_get(&s->catalog->title, row));
    m->stale = true;
}

static void
slide(struct me *m, double *value, double by, double lo, struct wish *wish)
{
    *value = round(fmin(fmax(*value + by, lo), 1) * 10) / 10;
    m->stale = true;
    wish_say(wish, "diversity %.1f of 0 to 1, popularity %+.1f of -1 to 1",
             m->query.diversity, m->query.popularity);
}

static enum action
me_act(void *state, const struct world *w, enum action a, const struct input *in,
       struct wish *wish)
{
    struct me *m = state;
    struct input below = *in;
    uint32_t film;

    if (w->shown == NULL)
        return a;
    film = film_here(m);
    below.y -= HEAD_LINES;
    switch (a) {
    case ACTION_LEFT:
    case ACTION_RIGHT:
        if (film != 0)
            rate(m, w->shown, film,
                 next_stars(m, mine_stars(&m->mine, film), a == ACTION_RIGHT), wish);
        return ACTION_NONE;
    case ACTION_UNRATE:
        if (film != 0)
            rate(m, w->shown, film, NAN, wish);
        return ACTION_NONE;
    case ACTION_UNDO:
        undo(m, w->shown, wish);
        return ACTION_NONE;
    case ACTION_SEARCH:
        field_open(&m->search, "");
        return ACTION_NONE;
    case ACTION_FILTER:
        field_open(&m->filter, m->filter.text);
        return ACTION_NONE;
    case ACTION_IMPORT:
        field_open(&m->import, "");
        return ACTION_NONE;
    case ACTION_MORE_DIVERSE:
    case ACTION_LESS_DIVERSE:
        slide(m, &m->query.diversity, a == ACTION_MORE_DIVERSE ? .1 : -.1, 0, wish);
        return ACTION_NONE;
    case ACTION_MORE_POPULAR:
    case ACTION_LESS_POPULAR:
        slide(m, &m->query.popularity, a == ACTION_MORE_POPULAR ? .2 : -.2, -1, wish);
        return ACTION_NONE;
    case ACTION_SELECT:
        if (film != 0)
            *wish = (struct wish){ .kind = WISH_SHOW_FILM,
                                   .panel = PANEL_MOVIES,
                                   .row = film };
        return ACTION_NONE;
    case ACTION_CANCEL:
        if (m->search.text[0] == '\0')
            return a;
        m->search = (struct field){ .open = false };
        m->stale = true;
        return ACTION_NONE;
    default:
        return list_act(&m->list, a, &below) ? ACTION_NONE : a;
    }
}

/* Read a file of ratings and take over what it matches. */
static void
import(struct me *m, const struct shown *s, struct wish *wish)
{
    struct ownratings *own = NULL;
    struct err err;
    size_t n = 0;
    enum err_code rc =
        ownratings_read(&own, m->import.text, s->catalog, m->scale, &err);

    if (rc == ERR_OK)
        rc = mine_import(&m->mine, s->catalog, own, &n, &err);
    if (rc == ERR_OK)
        wish_say(
            wish,
            "%s: %zu of %zu lines matched a film; 'mltui recommend RUN --ratings %s' "
            "lists the others",
            own->form, n, own->n, m->import.text);
    say_error(wish, rc, &err);
    ownratings_free(own);
    m->stale = true;
}

static bool
me_type(void *state, const struct world *w, const struct input *in, struct wish *wish)
{
    struct me *m = state;
    struct field *field = m->search.open   ? &m->search
                          : m->filter.open ? &m->filter
                                           : &m->import;

    if (!field->open || w->shown == NULL)
        return false;
    switch (field_type(field, in)) {
    case FIELD_TAKEN:
        if (field == &m->import)
            import(m, w->shown, wish);
        return true;
    case FIELD_LEFT:
        *field = (struct field){ .open = false };
        m->stale = true;
        return true;
    case FIELD_CHANGED:
        m->stale |= field != &m->import;
        return true;
    case FIELD_MOVED:
        return true;
    default:
        return false;
    }
}

static void
me_show(void *state, const struct world *w, const struct wish *wish)
{
    struct me *m = state;

    (void)w;
    m->asked = wish->row;
    m->search = (struct field){ .open = false };
    m->list.cursor = 0;
    m->list.n = 0; /* the cursor goes to the film that is asked for */
    m->stale = true;
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
    .show = me_show,
};
