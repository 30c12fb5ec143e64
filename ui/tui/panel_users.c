/*
 * panel_users.c - a user: who that is, what to see next and why, and how far off the
 * model was on the ratings that were held out.
 */
#include "config.h"

#include "src/base/mem.h"
#include "src/explore/users.h"
#include "ui/cli/number.h"
#include "ui/tui/empty.h"
#include "ui/tui/field.h"
#include "ui/tui/list.h"
#include "ui/tui/panel.h"
#include "ui/tui/why.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEAD_LINES 2
#define WANTED     100 /* films that are listed */
#define LIKES      3   /* genres that the head names */
#define STEP_MORE  .1  /* of diversity; popularity goes by twice that */
#define FOOT_LINES (WHY_LINES + 1)

/* A row: a recommended film, or a held-out rating. */
struct user_row {
    uint32_t film;
    double given; /* stars; NaN: not rated */
    double predicted;
    int rose; /* places since the model before */
    bool seen;
    char why[WHY_SHORT_MAX];
};

struct users_panel {
    uint32_t user; /* row, 0: none yet */
    uint64_t version;
    bool stale;
    bool held_out; /* list those ratings in place of recommendations */
    struct recommend_query query;
    struct field go, filter;
    struct err wrong;      /* of the filter */
    struct users activity; /* all users, the most active first; of `version` */
    size_t place;          /* of the user among them */
    struct user_row row[WANTED];
    size_t n;
    struct list list;
    struct users_liking *liking; /* (genres) owned */
    size_t n_liking;
    double rmse; /* over the user's held-out ratings; NaN without */
    size_t n_rmse;
    struct why why; /* of the row under the cursor */
    uint32_t why_film;
    int h;
};

static void
users_close(void *state)
{
    struct users_panel *p = state;

    users_done(&p->activity);
    mem_free(p->liking);
}

/* ---- keeping up
 * ---------------------------------------------------------------------- */

/* Another model, perhaps of other data: the users in order, the genres' room. */
static enum err_code
take_model(struct users_panel *p, const struct shown *s, struct err *err)
{
    struct users_query q = { .sort = USERS_BY_RATINGS };
    struct users fresh = { .n = 0 };
    struct users_liking *liking = mem_new(s->catalog->genre.n + 1, sizeof(*liking));
    enum err_code rc;

    if (liking == NULL)
        return err_nomem(err, s->catalog->genre.n * sizeof(*liking), "genres");
    rc = users_list(&fresh, s->model, s->ratings, &q, err);
    if (rc != ERR_OK) {
        mem_free(liking);
        return rc;
    }
    users_done(&p->activity);
    p->activity = fresh;
    mem_free(p->liking);
    p->liking = liking;
    if (p->user > s->model->n_users || p->user == 0)
        p->user = fresh.n > 0 ? fresh.row[0] : 0;
    return ERR_OK;
}

static void
find_place(struct users_panel *p)
{
    for (p->place = 0; p->place + 1 < p->activity.n; p->place++)
        if (p->activity.row[p->place] == p->user)
            return;
}

/* Where a film stood in the rows before, or n. */
static size_t
place_before(const struct user_row *old, size_t n, uint32_t film)
{
    size_t i = 0;

    while (i < n && old[i].film != film)
        i++;
    return i;
}

struct taking {
    struct users_panel *p;
    const struct shown *s;
    struct user_row *old; /* (n_old) of the same user and question, or none */
    size_t n_old;
};

static enum err_code
take_list(void *arg, uint32_t user, const struct recommendation *list, size_t n,
          struct err *err)
{
    struct taking *t = arg;

    (void)err;
    t->p->n = n;
    for (size_t i = 0; i < n; i++) {
        size_t before = place_before(t->old, t->n_old, list[i].row);

        t->p->row[i] = (struct user_row){
            .film = list[i].row,
            .given = NAN,
            .predicted = list[i].rating,
            .rose = before < t->n_old ? (int)before - (int)i : 0,
            .seen = list[i].seen,
        };
        if (t->s->has_directions)
            why_short(t->p->row[i].why, t->s, user, list[i].row);
    }
    return ERR_OK;
}

static enum err_code
find_recommended(struct users_panel *p, const struct shown *s, bool same_question,
                 struct err *err)
{
    struct user_row *old = mem_new(WANTED, sizeof(*old));
    struct taking t = { p, s, old, same_question ? p->n : 0 };
    struct filter *filter = NULL;
    enum err_code rc = ERR_OK;

    if (old == NULL)
        return err_nomem(err, WANTED * sizeof(*old), "a list");
    memcpy(old, p->row, sizeof(p->row));
    p->wrong.code = ERR_OK;
    if (p->filter.text[0] != '\0')
        rc = filter_new(&filter, p->filter.text, s->catalog, s->model, FILTER_WITH_SEEN,
                        &p->wrong);
    if (rc == ERR_ARG)
        rc = ERR_OK;
    p->query.filter = filter;
    p->query.limit = WANTED;
    if (rc == ERR_OK)
        rc = recommend_users(s->recommender, &p->user, 1, &p->query, NULL, take_list,
                             &t, err);
    filter_free(filter);
    p->query.filter = NULL;
    mem_free(old);
    return rc;
}

/* The worst predictions first: they tell most. */
static int
compare_misses(const void *a, const void *b)
{
    const struct user_row *x = a, *y = b;
    double dx = fabs(x->given - x->predicted), dy = fabs(y->given - y->predicted);

    return (dx < dy) - (dx > dy);
}

static enum err_code
find_held_out(struct users_panel *p, const struct shown *s, bool into_rows,
              struct err *err)
{
    uint64_t all = users_n_ratings(s->ratings, p->user);
    struct users_held_out *one = mem_new((size_t)all + 1, sizeof(*one));
    size_t n;

    if (one == NULL)
        return err_nomem(err, all * sizeof(*one), "ratings");
    n = users_held_out(one, s->model, s->ratings, p->user);
    p->rmse = users_rmse(s->model, s->ratings, p->user, p->user, &p->n_rmse);
    for (size_t i = 0; into_rows && i < n && i < WANTED; i++)
        p->row[i] = (struct user_row){ .film = one[i].row,
                                       .given = one[i].given,
                                       .predicted = one[i].predicted };
    if (into_rows) {
        p->n = n < WANTED ? n : WANTED;
        qsort(p->row, p->n, sizeof(p->row[0]), compare_misses);
    }
    mem_free(one);
    return ERR_OK;
}

static enum err_code
find_rows(struct users_panel *p, const struct shown *s, bool same_question,
          struct err *err)
{
    enum err_code rc;

    find_place(p);
    p->n_liking = users_likings(p->liking, s->catalog, s->ratings, p->user);
    p->why_film = 0;
    rc = find_held_out(p, s, p->held_out, err);
    if (rc == ERR_OK && !p->held_out)
        rc = find_recommended(p, s, same_question, err);
    return rc;
}

static enum err_code
find_why(struct users_panel *p, const struct shown *s, struct err *err)
{
    uint32_t film = p->n > 0 ? p->row[p->list.cursor].film : 0;
    enum err_code rc;

    if (film == 0 || film == p->why_film || !s->has_directions)
        return ERR_OK;
    rc = why_find(&p->why, s, p->user, film, err);
    if (rc == ERR_OK)
        p->why_film = film;
    return rc;
}

/* Lines of the foot in a panel of this height. */
static int
foot_lines(int height)
{
    return height >= HEAD_LINES + FOOT_LINES + 5 ? FOOT_LINES : 0;
}

static enum err_code
users_update(void *state, const struct world *w, int width, int height, struct err *err)
{
    struct users_panel *p = state;
    const struct shown *s = w->shown;
    enum err_code rc = ERR_OK;

    (void)width;
    p->h = height;
    if (s == NULL)
        return ERR_OK;
    if (p->version != s->version || p->stale) {
        bool same = !p->stale;

        if (p->version != s->version)
            rc = take_model(p, s, err);
        if (rc == ERR_OK && p->user != 0)
            rc = find_rows(p, s, same, err);
        if (rc != ERR_OK)
            return rc;
        p->version = s->version;
        p->stale = false;
    }
    list_fit(&p->list, p->n, height - HEAD_LINES - foot_lines(height));
    return find_why(p, s, err);
}

/* ---- drawing
 * ------------------------------------------------------------------------- */

/* "likes Film-Noir, War": genres rated well above the user's own mean. */
static int
draw_likes(const struct users_panel *p, const struct shown *s, const struct canvas *cv,
           int x)
{
    bool any = false;

    for (size_t i = 0; i < p->n_liking && i < LIKES; i++) {
        if (p->liking[i].above < USERS_LIKE)
            break;
        x += canvas_printf(cv, x, 0, STYLE_DIM, "%s", any ? ", " : "   likes ");
        x += canvas_text(cv, x, 0, cv->w - x, STYLE_ACCENT,
                         strtab_get(&s->catalog->genre, p->liking[i].genre));
        any = true;
    }
    return x;
}

static void
draw_head(const struct users_panel *p, const struct shown *s, const struct canvas *cv)
{
    char id[24], n[NUMBER_MAX], place[NUMBER_MAX];
    int x = 1;

    if (p->go.open) {
        field_draw(&p->go, cv, 1, 0, cv->w - 2, "user: ");
        return;
    }
    number_grouped(n, (int64_t)users_n_ratings(s->ratings, p->user));
    number_grouped(place, (int64_t)p->place + 1);
    x += canvas_printf(cv, x, 0, STYLE_HEAD, "user %s",
                       idcol_text(&s->catalog->user, p->user, id));
    x += canvas_printf(cv, x, 0, STYLE_TEXT, "   %s ratings (no. %s)   mean %.2f", n,
                       place, users_mean(s->ratings, p->user));
    x += canvas_printf(cv, x, 0, STYLE_TEXT, "   bias %+.2f",
                       (double)s->model->bu[p->user]);
    draw_likes(p, s, cv, x);
}

/* What is listed, and how it was asked for. */
static void
draw_question(const struct users_panel *p, const struct canvas *cv, int y)
{
    int x = 1;

    if (p->filter.open) {
        field_draw(&p->filter, cv, 1, y, cv->w - 2, "filter: ");
        if (p->wrong.code != ERR_OK)
            canvas_text_right(cv, cv->w / 2, y, cv->w - cv->w / 2 - 1, STYLE_BAD,
                              p->wrong.msg);
        return;
    }
    if (p->held_out) {
        canvas_printf(
            cv, x, y, STYLE_DIM,
            "%zu ratings were held out; what the model made of them, the worst "
            "misses first",
            p->n_rmse);
        return;
    }
    x += canvas_text(cv, x, y, 40, STYLE_DIM,
                     p->query.seen ? "all films, the best first" : "unseen films");
    if (p->query.diversity > 0)
        x += canvas_printf(cv, x, y, STYLE_ACCENT, "   diversity %.1f",
                           p->query.diversity);
    if (p->query.popularity != 0)
        x += canvas_printf(cv, x, y, STYLE_ACCENT, "   popularity %+.1f",
                           p->query.popularity);
    if (p->filter.text[0] != '\0')
        x += canvas_printf(cv, x, y, p->wrong.code != ERR_OK ? STYLE_BAD : STYLE_ACCENT,
                           "   %s",
                           p->wrong.code != ERR_OK ? p->wrong.msg : p->filter.text);
    if (!isnan(p->rmse))
        canvas_printf(cv, x, y, STYLE_DIM, "   rmse %.3f on %zu held out", p->rmse,
                      p->n_rmse);
}

struct cells {
    const struct users_panel *p;
    const struct shown *s;
};

/* Cells that both kinds of rows have. */
static void
common_cell(const struct cells *c, size_t row, size_t column, char out[LIST_CELL_MAX],
            unsigned *style)
{
    const struct user_row *r = &c->p->row[row];
    const struct catalog *catalog = c->s->catalog;

    switch (column) {
    case 0:
        snprintf(out, LIST_CELL_MAX, "%zu", row + 1);
        *style = STYLE_DIM;
        break;
    case 1:
        snprintf(out, LIST_CELL_MAX, "%s%s", strtab_get(&catalog->title, r->film),
                 r->seen ? " (seen)" : "");
        break;
    case 2:
        if (catalog->year[r->film] != 0)
            snprintf(out, LIST_CELL_MAX, "%d", catalog->year[r->film]);
        *style = STYLE_DIM;
        break;
    default:
        snprintf(out, LIST_CELL_MAX, "%.2f", r->predicted);
        *style = STYLE_ACCENT;
        break;
    }
}

static void
recommended_cell(const void *arg, size_t row, size_t column, char out[LIST_CELL_MAX],
                 unsigned *style)
{
    const struct cells *c = arg;
    const struct user_row *r = &c->p->row[row];

    switch (column) {
    case 4:
        if (r->rose != 0)
            snprintf(out, LIST_CELL_MAX, "%s%d", r->rose > 0 ? "▲" : "▼", abs(r->rose));
        *style = r->rose > 0 ? STYLE_GOOD : STYLE_BAD;
        break;
    case 5:
        snprintf(out, LIST_CELL_MAX, "%s", r->why);
        *style = STYLE_DIM;
        break;
    default:
        common_cell(c, row, column, out, style);
        break;
    }
}

static void
held_out_cell(const void *arg, size_t row, size_t column, char out[LIST_CELL_MAX],
              unsigned *style)
{
    const struct cells *c = arg;
    const struct user_row *r = &c->p->row[row];

    switch (column) {
    case 4:
        snprintf(out, LIST_CELL_MAX, "%g", r->given);
        break;
    case 5:
        snprintf(out, LIST_CELL_MAX, "%+.2f", r->predicted - r->given);
        *style = fabs(r->predicted - r->given) < 1 ? STYLE_GOOD : STYLE_BAD;
        break;
    default:
        common_cell(c, row, column, out, style);
        break;
    }
}

static void
draw_rows(const struct users_panel *p, const struct shown *s, const struct canvas *cv)
{
    static const struct list_column recommended[] = {
        { .head = "#", .cells = 3, .right = true },
        { .head = "film", .cells = 20, .flex = true },
        { .head = "year", .cells = 4, .right = true, .rank = 2 },
        { .head = "pred", .cells = 4, .right = true },
        { .head = "", .cells = 3, .rank = 3 },
        { .head = "why", .cells = 30, .rank = 1 },
    };
    static const struct list_column held_out[] = {
        { .head = "#", .cells = 3, .right = true },
        { .head = "film", .cells = 20, .flex = true },
        { .head = "year", .cells = 4, .right = true, .rank = 1 },
        { .head = "pred", .cells = 4, .right = true },
        { .head = "given", .cells = 5, .right = true },
        { .head = "off by", .cells = 6, .right = true },
    };
    struct cells cells = { p, s };
    struct list_table table = { .column = p->held_out ? held_out : recommended,
                                .n = 6,
                                .cell = p->held_out ? held_out_cell : recommended_cell,
                                .arg = &cells,
                                .sorted = -1 };

    list_draw(&p->list, &table, cv);
    if (p->n == 0)
        canvas_text(cv, 2, 1, cv->w - 3, STYLE_DIM,
                    p->held_out ? "none of this user's ratings was held out"
                                : "no film passes");
}

static void
users_draw(const void *state, const struct world *w, const struct canvas *cv)
{
    const struct users_panel *p = state;
    int foot = foot_lines(cv->h);
    struct canvas rows = canvas_part(
        cv, (struct rect){ 0, HEAD_LINES, cv->w, cv->h - HEAD_LINES - foot });
    struct canvas rule = canvas_part(cv, (struct rect){ 0, cv->h - foot, cv->w, 1 });
    struct canvas why =
        canvas_part(cv, (struct rect){ 0, cv->h - foot + 1, cv->w, WHY_LINES });

    if (w->shown == NULL) {
        empty_draw(
            w, cv,
            "Pick a user: what the model would recommend and exactly why, and how "
            "far off it was on the ratings it has not seen.");
        return;
    }
    if (p->user == 0)
        return;
    draw_head(p, w->shown, cv);
    draw_question(p, cv, 1);
    draw_rows(p, w->shown, &rows);
    if (foot == 0 || p->why_film == 0)
        return;
    canvas_rule(&rule, 0, strtab_get(&w->shown->catalog->title, p->why_film));
    why_draw(&p->why, w->shown, &why);
}

/* ---- acting
 * -------------------------------------------------------------------------- */

static const char *
users_why_not(const void *state, const struct world *w, enum action a)
{
    const struct users_panel *p = state;

    if (w->shown == NULL)
        return action_list[a].where == IN_ALL || (action_list[a].where & IN(USERS)) == 0
                   ? NULL
                   : "there is no model yet: T trains one";
    switch (a) {
    case ACTION_MORE_DIVERSE:
    case ACTION_LESS_DIVERSE:
    case ACTION_MORE_POPULAR:
    case ACTION_LESS_POPULAR:
    case ACTION_SHOW_SEEN:
        return p->held_out ? "held-out ratings are listed: u goes back" : NULL;
    case ACTION_SORT:
    case ACTION_REVERSE:
        return "the list is in the order of the predicted ratings";
    case ACTION_SEARCH:
        return "\\ filters: a word is part of a title";
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

static void
slide(struct users_panel *p, double *value, double by, double lo, struct wish *wish)
{
    *value = round(fmin(fmax(*value + by, lo), 1) * 10) / 10;
    p->stale = true;
    wish_say(wish,
             "diversity %.1f (0: the best alone, 1: as varied as can be)   "
             "popularity %+.1f (-1: the rare, 1: the known)",
             p->query.diversity, p->query.popularity);
}

static enum action
users_act(void *state, const struct world *w, enum action a, const struct input *in,
          struct wish *wish)
{
    struct users_panel *p = state;
    struct input below = *in;

    if (w->shown == NULL || p->user == 0)
        return a;
    below.y -= HEAD_LINES;
    switch (a) {
    case ACTION_GO_TO_USER:
        field_open(&p->go, "");
        return ACTION_NONE;
    case ACTION_FILTER:
        field_open(&p->filter, p->filter.text);
        return ACTION_NONE;
    case ACTION_NEXT_USER:
    case ACTION_PREVIOUS_USER:
        step(p, a == ACTION_NEXT_USER);
        return ACTION_NONE;
    case ACTION_SHOW_SEEN:
        p->query.seen = !p->query.seen;
        p->stale = true;
        return ACTION_NONE;
    case ACTION_SHOW_HELD_OUT:
        p->held_out = !p->held_out;
        p->stale = true;
        list_go(&p->list, 0);
        return ACTION_NONE;
    case ACTION_MORE_DIVERSE:
    case ACTION_LESS_DIVERSE:
        slide(p, &p->query.diversity, a == ACTION_MORE_DIVERSE ? STEP_MORE : -STEP_MORE,
              0, wish);
        return ACTION_NONE;
    case ACTION_MORE_POPULAR:
    case ACTION_LESS_POPULAR:
        slide(p, &p->query.popularity,
              2 * (a == ACTION_MORE_POPULAR ? STEP_MORE : -STEP_MORE), -1, wish);
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

/* The user whose id was typed. */
static void
go_to_user(struct users_panel *p, const struct shown *s, struct wish *wish)
{
    uint32_t row = catalog_find_user(s->catalog, p->go.text);
    char first[24], last[24];

    if (row != 0)
        choose(p, row);
    else
        wish_say(wish, "no user '%s' in these data; ids go from %s to %s", p->go.text,
                 idcol_text(&s->catalog->user, 1, first),
                 idcol_text(&s->catalog->user, s->catalog->n_users, last));
}

static bool
users_type(void *state, const struct world *w, const struct input *in,
           struct wish *wish)
{
    struct users_panel *p = state;
    struct field *field = p->go.open ? &p->go : &p->filter;

    if (!field->open || w->shown == NULL)
        return false;
    switch (field_type(field, in)) {
    case FIELD_TAKEN:
        if (field == &p->go)
            go_to_user(p, w->shown, wish);
        return true;
    case FIELD_LEFT:
        *field = (struct field){ .open = false };
        p->stale = true;
        return true;
    case FIELD_CHANGED:
        p->stale |= field == &p->filter;
        return true;
    case FIELD_MOVED:
        return true;
    default:
        return false;
    }
}

static void
users_show(void *state, const struct world *w, const struct wish *wish)
{
    (void)w;
    choose(state, wish->row);
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
    .show = users_show,
};
