/* userpick.c - choosing a user; see userpick.h. */
#include "config.h"

#include "ui/tui/userpick.h"

#include "src/base/mem.h"
#include "src/base/text.h"
#include "src/explore/films.h"
#include "ui/cli/number.h"
#include "ui/tui/naming.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define HEAD_LINES 2
#define NO_GENRE   UINT32_MAX
#define WORD_LEAST 2 /* letters from which on a word is looked for */

void
userpick_open(struct userpick *p)
{
    field_open(&p->word, "");
    p->stale = true;
}

void
userpick_done(struct userpick *p)
{
    users_done(&p->all);
    mem_free(p->likers);
    mem_free(p->room);
}

/* ---- what the word means -----------------------------------------------------------
 */

/* The genre that begins with the word, or NO_GENRE. */
static uint32_t
genre_of(const struct catalog *c, const char *word)
{
    for (uint32_t g = 0; g < c->genre.n; g++) {
        const char *name = strtab_get(&c->genre, g);
        size_t n = strlen(word);

        if (n <= strlen(name) && n < 64) {
            char head[64];

            snprintf(head, sizeof(head), "%.*s", (int)n, name);
            if (text_distance(head, word, 0) == 0)
                return g;
        }
    }
    return NO_GENRE;
}

/* The most rated film whose title holds the word, or 0. */
static enum err_code
find_film(uint32_t *ret, const struct shown *s, const char *word, struct err *err)
{
    struct films_query q = {
        .sort = FILMS_BY_RATINGS, .search = word, .titles = s->titles, .limit = 1
    };
    struct films films;
    enum err_code rc = films_list(&films, s->catalog, s->model, &q, err);

    if (rc != ERR_OK)
        return rc;
    *ret = films.n > 0 ? films.row[0] : 0;
    films_done(&films);
    return ERR_OK;
}

static enum err_code
find_meaning(struct userpick *p, const struct shown *s, struct err *err)
{
    const char *word = p->word.text;
    uint32_t user = word[0] != '\0' ? catalog_find_user(s->catalog, word) : 0;
    uint32_t genre = NO_GENRE;
    enum err_code rc;

    p->of = USERPICK_ALL;
    p->what = 0;
    if (user != 0) {
        p->of = USERPICK_ID;
        p->what = user;
        return ERR_OK;
    }
    if (strlen(word) < WORD_LEAST)
        return ERR_OK;
    genre = genre_of(s->catalog, word);
    if (genre != NO_GENRE) {
        p->of = USERPICK_GENRE;
        p->what = genre;
        return likers_of_genre(p->likers, USERPICK_LIKERS, &p->n_likers, s->catalog,
                               s->ratings, genre, err);
    }
    rc = find_film(&p->what, s, word, err);
    if (rc != ERR_OK)
        return rc;
    p->of = USERPICK_FILM;
    p->n_likers = 0;
    if (p->what == 0)
        return ERR_OK;
    return likers_of_film(p->likers, USERPICK_LIKERS, &p->n_likers, s->ratings, p->what,
                          err);
}

/* ---- keeping up --------------------------------------------------------------------
 */

static size_t
n_rows(const struct userpick *p)
{
    switch (p->of) {
    case USERPICK_ALL:
        return p->all.n;
    case USERPICK_ID:
        return 1;
    default:
        return p->n_likers;
    }
}

static uint32_t
user_at(const struct userpick *p, size_t row)
{
    switch (p->of) {
    case USERPICK_ALL:
        return p->all.row[row];
    case USERPICK_ID:
        return p->what;
    default:
        return p->likers[row].user;
    }
}

uint32_t
userpick_user(const struct userpick *p)
{
    return p->list.cursor < n_rows(p) ? user_at(p, p->list.cursor) : 0;
}

/* All users in their order, and room for the rest. */
static enum err_code
find_all(struct userpick *p, const struct shown *s, struct err *err)
{
    struct users_query q = { .sort = p->sort };
    struct users fresh;
    enum err_code rc;

    if (p->likers == NULL)
        p->likers = mem_new(USERPICK_LIKERS, sizeof(*p->likers));
    mem_free(p->room);
    p->room = mem_new(s->catalog->genre.n + 1, sizeof(*p->room));
    if (p->likers == NULL || p->room == NULL)
        return err_nomem(err, USERPICK_LIKERS * sizeof(*p->likers), "a list of users");
    rc = users_list(&fresh, s->model, s->ratings, &q, err);
    if (rc != ERR_OK)
        return rc;
    users_done(&p->all);
    p->all = fresh;
    return ERR_OK;
}

static size_t
lines_to_know(const struct userpick *p)
{
    return p->list.seen < USERPICK_SEEN ? p->list.seen : USERPICK_SEEN;
}

/* The genres of the users in the lines that are seen. */
static void
find_likes(struct userpick *p, const struct shown *s)
{
    p->first = p->list.top;
    p->n_likes = lines_to_know(p);
    for (size_t i = 0; i < p->n_likes; i++) {
        size_t n = 0;

        if (p->first + i < p->list.n)
            n = users_likings(p->room, s->catalog, s->ratings,
                              user_at(p, p->first + i));
        for (size_t k = 0; k < USERPICK_GENRES; k++)
            p->likes[i][k] =
                k < n && p->room[k].above >= USERS_LIKE ? p->room[k].genre : NO_GENRE;
    }
}

enum err_code
userpick_update(struct userpick *p, const struct shown *s, int height, struct err *err)
{
    bool fresh = p->stale || p->version != s->version;
    enum err_code rc = ERR_OK;

    if (fresh)
        rc = find_all(p, s, err);
    if (rc == ERR_OK && fresh)
        rc = find_meaning(p, s, err);
    if (rc != ERR_OK)
        return rc;
    p->version = s->version;
    p->stale = false;
    list_fit(&p->list, n_rows(p), height - HEAD_LINES);
    if (fresh || p->first != p->list.top || p->n_likes < lines_to_know(p))
        find_likes(p, s);
    return ERR_OK;
}

/* ---- inputs ------------------------------------------------------------------------
 */

enum field_said
userpick_type(struct userpick *p, const struct input *in)
{
    enum field_said said;

    if (in->kind == INPUT_TAB) {
        p->sort = (enum users_sort)((p->sort + 1) % USERS_SORT_COUNT);
        p->stale = true;
        list_go(&p->list, 0);
        return FIELD_MOVED;
    }
    said = field_type(&p->word, in);
    if (said == FIELD_CHANGED) {
        p->stale = true;
        list_go(&p->list, 0);
    }
    return said;
}

bool
userpick_act(struct userpick *p, enum action a, const struct input *in)
{
    struct input below = *in;

    below.y -= HEAD_LINES;
    return list_act(&p->list, a, &below);
}

/* ---- drawing -----------------------------------------------------------------------
 */

struct cells {
    const struct userpick *p;
    const struct shown *s;
};

static void
format_likes(const struct cells *c, size_t row, char out[LIST_CELL_MAX])
{
    size_t n = 0, line = row - c->p->first;

    for (size_t k = 0;
         row >= c->p->first && line < c->p->n_likes && k < USERPICK_GENRES; k++)
        if (c->p->likes[line][k] != NO_GENRE)
            n += (size_t)snprintf(
                out + n, LIST_CELL_MAX - n, "%s%.100s", n > 0 ? ", " : "",
                strtab_get(&c->s->catalog->genre, c->p->likes[line][k]));
}

static void
user_cell(const void *arg, size_t row, size_t column, char out[LIST_CELL_MAX],
          unsigned *style)
{
    const struct cells *c = arg;
    uint32_t u = user_at(c->p, row);
    char text[NUMBER_MAX];

    switch (column) {
    case 0:
        snprintf(out, LIST_CELL_MAX, "%s", idcol_text(&c->s->catalog->user, u, text));
        break;
    case 1:
        number_grouped(text, (int64_t)users_n_ratings(c->s->ratings, u));
        snprintf(out, LIST_CELL_MAX, "%s", text);
        break;
    case 2:
        snprintf(out, LIST_CELL_MAX, "%.2f", users_mean(c->s->ratings, u));
        break;
    case 3:
        snprintf(out, LIST_CELL_MAX, "%+.2f", (double)c->s->model->bu[u]);
        break;
    case 4:
        if (c->p->of == USERPICK_GENRE)
            snprintf(out, LIST_CELL_MAX, "%+.2f", c->p->likers[row].value);
        else if (c->p->of == USERPICK_FILM)
            snprintf(out, LIST_CELL_MAX, "%g", c->p->likers[row].value);
        *style = STYLE_ACCENT;
        break;
    default:
        format_likes(c, row, out);
        *style = STYLE_DIM;
        break;
    }
}

/* What is listed, in words. */
static void
draw_what(const struct userpick *p, const struct shown *s, const struct canvas *cv)
{
    char n[NUMBER_MAX];
    int x = 1;

    number_grouped(n, (int64_t)n_rows(p));
    switch (p->of) {
    case USERPICK_ALL:
        x += canvas_printf(cv, x, 1, STYLE_DIM,
                           "%s users; type an id, a genre they like, a film they rated",
                           n);
        break;
    case USERPICK_ID:
        x += canvas_text(cv, x, 1, cv->w, STYLE_DIM, "this id");
        break;
    case USERPICK_GENRE:
        x += canvas_printf(cv, x, 1, STYLE_TEXT,
                           "who rates %s most above their own mean (stars)",
                           strtab_get(&s->catalog->genre, p->what));
        break;
    case USERPICK_FILM:
        if (p->what == 0)
            x += canvas_text(cv, x, 1, cv->w, STYLE_WARN,
                             "no user, genre or film is called that");
        else
            x += canvas_printf(cv, x, 1, STYLE_TEXT, "who rated %s, and how",
                               strtab_get(&s->catalog->title, p->what));
        break;
    }
    if (p->of == USERPICK_ALL && cv->w - x > 14)
        canvas_text_right(cv, x, 1, cv->w - x - 1, STYLE_DIM, "tab sorts");
}

void
userpick_draw(const struct userpick *p, const struct shown *s, const struct canvas *cv)
{
    static const struct list_column columns[] = {
        { .head = "user", .cells = 8, .right = true },
        { .head = "ratings", .cells = 8, .right = true },
        { .head = "mean", .cells = 5, .right = true },
        { .head = "bias", .cells = 6, .right = true, .rank = 1 },
        { .head = "likes it", .cells = 8, .right = true },
        { .head = "likes", .cells = 16, .flex = true, .rank = 2, .between = ", " },
    };
    static const int column_of[USERS_SORT_COUNT] = { [USERS_BY_RATINGS] = 1,
                                                     [USERS_BY_MEAN] = 2,
                                                     [USERS_BY_BIAS] = 3,
                                                     [USERS_BY_USER] = 0 };
    struct canvas rows =
        canvas_part(cv, (struct rect){ 0, HEAD_LINES, cv->w, cv->h - HEAD_LINES });
    struct cells cells = { p, s };
    struct list_column shown[6];
    struct list_table table = {
        .column = shown,
        .n = 6,
        .cell = user_cell,
        .arg = &cells,
        .sorted = p->of == USERPICK_ALL ? column_of[p->sort] : -1,
        .down = p->sort != USERS_BY_USER,
    };

    memcpy(shown, columns, sizeof(columns));
    if (p->of == USERPICK_FILM)
        shown[4].head = "stars";
    if (p->of == USERPICK_ALL || p->of == USERPICK_ID)
        shown[4].head = "";
    field_draw(&p->word, cv, 1, 0, cv->w - 2, "user: ");
    draw_what(p, s, cv);
    list_draw(&p->list, &table, &rows);
}
