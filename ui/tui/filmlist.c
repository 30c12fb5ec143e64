/* filmlist.c - a list of films; see filmlist.h. */
#include "config.h"

#include "ui/tui/filmlist.h"

#include "src/base/mem.h"
#include "ui/cli/number.h"
#include "ui/tui/naming.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const struct list_column columns[] = {
    { .head = "#", .cells = 5, .right = true, .rank = 3 },
    { .head = "title", .cells = 22, .flex = true },
    { .head = "year", .cells = 4, .right = true, .rank = 2 },
    { .head = "genres", .cells = 16, .flex = true, .rank = 4, .between = ", " },
    { .head = "ratings", .cells = 7, .right = true, .rank = 1 },
    { .head = "mean", .cells = 4, .right = true, .rank = 2 },
    { .head = "bias", .cells = 6, .right = true },
};

#define FEW       5 /* ratings: a mean of fewer says little */
#define N_COLUMNS (sizeof(columns) / sizeof(columns[0]))

/* The column whose order each sort is. */
static const int column_of[FILMS_SORT_COUNT] = { [FILMS_BY_BIAS] = 6,
                                                 [FILMS_BY_MEAN] = 5,
                                                 [FILMS_BY_RATINGS] = 4,
                                                 [FILMS_BY_TITLE] = 1,
                                                 [FILMS_BY_YEAR] = 2 };

/* ---- the rows
 * ------------------------------------------------------------------------ */

/* The place of a film in the rows, or n. */
static size_t
place_of(const struct filmlist *f, uint32_t film)
{
    size_t i = 0;

    while (i < f->films.n && f->films.row[i] != film)
        i++;
    return i;
}

static enum err_code
find_films(struct filmlist *f, const struct shown *s, struct err *err)
{
    struct films_query q = { .sort = f->sort,
                             .reverse = f->reverse,
                             .titles = s->titles };
    struct filter *filter;
    struct films films = { .n = 0 };
    size_t at;
    enum err_code rc = filterline_make(&f->filter, s->catalog, s->model,
                                       FILTER_WITHOUT_SEEN, &filter, err);

    if (rc != ERR_OK)
        return rc;
    q.filter = filter;
    q.search = f->search.text[0] != '\0' ? f->search.text : NULL;
    rc = films_list(&films, s->catalog, s->model, &q, err);
    filter_free(filter);
    if (rc != ERR_OK)
        return rc;
    films_done(&f->films);
    f->films = films;
    at = place_of(f, f->film);
    f->list.n = films.n;
    list_go(&f->list, at < films.n ? at : 0);
    return ERR_OK;
}

int
filmlist_head_lines(const struct filmlist *f)
{
    return f->search.open ? 1 : filterline_height(&f->filter);
}

enum err_code
filmlist_update(struct filmlist *f, const struct shown *s, int width, int height,
                struct err *err)
{
    f->w = width;
    if (f->stale || f->version != s->version) {
        enum err_code rc = find_films(f, s, err);

        if (rc != ERR_OK)
            return rc;
        f->version = s->version;
        f->stale = false;
    }
    list_fit(&f->list, f->films.n, height - filmlist_head_lines(f));
    f->film = f->films.n > 0 ? f->films.row[f->list.cursor] : 0;
    return ERR_OK;
}

void
filmlist_done(struct filmlist *f)
{
    films_done(&f->films);
}

/* ---- actions
 * ------------------------------------------------------------------------- */

static void
sort_by(struct filmlist *f, enum films_sort sort, bool reverse)
{
    f->sort = sort;
    f->reverse = reverse;
    f->stale = true;
}

/* The best first, then the worst, then the best. */
static void
best_or_worst(struct filmlist *f)
{
    bool worst = f->sort == FILMS_BY_BIAS && !f->reverse;

    sort_by(f, FILMS_BY_BIAS, worst);
    f->film = 0; /* to the top */
    list_go(&f->list, 0);
}

/* A click on a head: its order, or turned if it was that already. */
static bool
click_head(struct filmlist *f, int x)
{
    struct list_table table = { .column = columns, .n = N_COLUMNS };
    int column = list_column_at(&table, x, f->w);

    for (int sort = 0; sort < FILMS_SORT_COUNT; sort++)
        if (column_of[sort] == column) {
            sort_by(f, (enum films_sort)sort, (int)f->sort == sort && !f->reverse);
            return true;
        }
    return false;
}

bool
filmlist_act(struct filmlist *f, enum action a, const struct input *in)
{
    struct input below = *in;

    below.y -= filmlist_head_lines(f);
    if (a == ACTION_CLICK && below.y == 0)
        return click_head(f, in->x);
    switch (a) {
    case ACTION_SEARCH: /* what is typed into the filter stays, to be mended later */
        f->filter.field.open = false;
        field_open(&f->search, f->search.text);
        return true;
    case ACTION_FILTER:
        f->search.open = false;
        field_open(&f->filter.field, f->filter.field.text);
        return true;
    case ACTION_SORT:
        sort_by(f, (enum films_sort)((f->sort + 1) % FILMS_SORT_COUNT), false);
        return true;
    case ACTION_REVERSE:
        sort_by(f, f->sort, !f->reverse);
        return true;
    case ACTION_BEST_WORST:
        best_or_worst(f);
        return true;
    default:
        if (!list_act(&f->list, a, &below))
            return false;
        f->film = f->films.n > 0 ? f->films.row[f->list.cursor] : 0;
        return true;
    }
}

bool
filmlist_type(struct filmlist *f, const struct input *in)
{
    return field_ask(&f->search, in, &f->stale) ||
           filterline_type(&f->filter, in, &f->stale);
}

void
filmlist_go(struct filmlist *f, uint32_t film)
{
    size_t at = place_of(f, film);

    f->film = film;
    if (at < f->films.n) {
        list_go(&f->list, at);
        return;
    }
    f->search = (struct field){ .open = false };
    f->filter = (struct filterline){ .wrong.code = ERR_OK };
    f->stale = true;
}

/* ---- drawing
 * ------------------------------------------------------------------------- */

/* Do so few ratings make the highest mean that it says little? */
static bool
is_mean_of_few(const struct filmlist *f, const struct catalog *c)
{
    return f->sort == FILMS_BY_MEAN && !f->reverse && f->films.n > 0 &&
           f->filter.field.text[0] == '\0' && c->count[f->films.row[0]] < FEW;
}

/* What the order says, where it needs words. */
static const char *
order_text(const struct filmlist *f, const struct catalog *c)
{
    if (is_mean_of_few(f, c))
        return "few rated the first: \\ n>20 leaves such out";
    if (f->sort != FILMS_BY_BIAS)
        return "";
    return f->reverse ? "the worst first: liked less than their kind"
                      : "the best first: liked more than their kind";
}

static void
draw_head(const struct filmlist *f, const struct catalog *c, const struct canvas *cv)
{
    const char *order = order_text(f, c);
    char shown[NUMBER_MAX];
    int x = 1;

    if (f->search.open) {
        field_draw(&f->search, cv, 1, 0, cv->w - 2, "search: ");
        return;
    }
    if (filterline_is_shown(&f->filter)) {
        filterline_draw(&f->filter, cv);
        return;
    }
    number_grouped(shown, (int64_t)f->films.n_match);
    x += canvas_printf(cv, x, 0, STYLE_TEXT, "%s films", shown);
    if (f->search.text[0] != '\0')
        x +=
            canvas_printf(cv, x, 0, STYLE_ACCENT, "  title has \"%s\"", f->search.text);
    if (f->filter.field.text[0] != '\0')
        x += canvas_printf(cv, x, 0, STYLE_ACCENT, "  %s", f->filter.field.text);
    if (f->list.top > 0) { /* a new order keeps the cursor on its film */
        number_grouped(shown, (int64_t)f->list.cursor + 1);
        x += canvas_printf(cv, x, 0, STYLE_DIM, ", here no. %s", shown);
    }
    if (cv->w - x - 3 >= (int)strlen(order))
        canvas_text_right(cv, x, 0, cv->w - x - 1, STYLE_DIM, order);
}

static void
join_genres(const struct catalog *c, uint32_t row, char out[LIST_CELL_MAX])
{
    size_t n = 0;

    out[0] = '\0';
    for (uint32_t i = c->genre_of.start[row];
         i < c->genre_of.start[row + 1] && n < LIST_CELL_MAX; i++)
        n += (size_t)snprintf(out + n, LIST_CELL_MAX - n, "%s%s", n > 0 ? ", " : "",
                              strtab_get(&c->genre, c->genre_of.value[i]));
}

struct cells {
    const struct filmlist *f;
    const struct shown *s;
};

static void
film_cell(const void *arg, size_t row, size_t column, char out[LIST_CELL_MAX],
          unsigned *style)
{
    const struct cells *cells = arg;
    const struct catalog *c = cells->s->catalog;
    uint32_t film = cells->f->films.row[row];
    float bias = cells->s->model->bi[film];
    char n[NUMBER_MAX], name[NAMING_MAX];

    switch (column) {
    case 0:
        snprintf(out, LIST_CELL_MAX, "%zu", row + 1);
        *style = STYLE_DIM;
        break;
    case 1:
        snprintf(out, LIST_CELL_MAX, "%s", naming_film(name, c, film));
        break;
    case 2:
        if (c->year[film] != 0)
            snprintf(out, LIST_CELL_MAX, "%d", c->year[film]);
        break;
    case 3:
        join_genres(c, film, out);
        *style = STYLE_DIM;
        break;
    case 4:
        number_grouped(n, c->count[film]);
        snprintf(out, LIST_CELL_MAX, "%s", n);
        break;
    case 5:
        if (!isnan(c->mean[film]))
            snprintf(out, LIST_CELL_MAX, "%.2f", (double)c->mean[film]);
        break;
    default:
        snprintf(out, LIST_CELL_MAX, "%+.3f", (double)bias);
        *style = bias >= 0 ? STYLE_GOOD : STYLE_BAD;
        break;
    }
}

void
filmlist_draw(const struct filmlist *f, const struct shown *s, bool dull,
              const struct canvas *cv)
{
    int top = filmlist_head_lines(f);
    struct canvas rows = canvas_part(cv, (struct rect){ 0, top, cv->w, cv->h - top });
    struct cells cells = { f, s };
    bool high_first = f->sort != FILMS_BY_TITLE && f->sort != FILMS_BY_YEAR;
    struct list_table table = { .column = columns,
                                .n = N_COLUMNS,
                                .cell = film_cell,
                                .arg = &cells,
                                .sorted = column_of[f->sort],
                                .down = high_first != f->reverse,
                                .dull = dull };

    draw_head(f, s->catalog, cv);
    list_draw(&f->list, &table, &rows);
    if (f->films.n == 0)
        canvas_text(&rows, 2, 1, cv->w - 3, STYLE_DIM,
                    f->filter.field.text[0] != '\0'
                        ? "no film passes: \\ then esc lets all of them in again"
                        : "no film passes: / then esc lets all of them in again");
}
