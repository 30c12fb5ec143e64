/* filmlist.c - a list of films; see filmlist.h. */
#include "config.h"

#include "ui/tui/filmlist.h"

#include "src/base/mem.h"
#include "ui/cli/number.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- the rows
 * ------------------------------------------------------------------------ */

/* The filter that is typed, or NULL for none; one that is wrong filters nothing and is
 * told. */
static enum err_code
make_filter(struct filmlist *f, const struct shown *s, struct filter **ret,
            struct err *err)
{
    enum err_code rc;

    *ret = NULL;
    f->wrong.code = ERR_OK;
    if (f->filter.text[0] == '\0')
        return ERR_OK;
    rc = filter_new(ret, f->filter.text, s->catalog, s->model, FILTER_WITHOUT_SEEN,
                    &f->wrong);
    if (rc == ERR_ARG)
        return ERR_OK;
    if (rc != ERR_OK)
        *err = f->wrong;
    return rc;
}

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
    struct films_query q = { .sort = f->sort, .reverse = f->reverse };
    struct filter *filter;
    struct films films = { .n = 0 };
    size_t at;
    enum err_code rc = make_filter(f, s, &filter, err);

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

enum err_code
filmlist_update(struct filmlist *f, const struct shown *s, int height, struct err *err)
{
    if (f->stale || f->version != s->version) {
        enum err_code rc = find_films(f, s, err);

        if (rc != ERR_OK)
            return rc;
        f->version = s->version;
        f->stale = false;
    }
    list_fit(&f->list, f->films.n, height);
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

bool
filmlist_act(struct filmlist *f, enum action a, const struct input *in)
{
    switch (a) {
    case ACTION_SEARCH:
        field_open(&f->search, f->search.text);
        return true;
    case ACTION_FILTER:
        field_open(&f->filter, f->filter.text);
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
        if (!list_act(&f->list, a, in))
            return false;
        f->film = f->films.n > 0 ? f->films.row[f->list.cursor] : 0;
        return true;
    }
}

bool
filmlist_type(struct filmlist *f, const struct input *in)
{
    struct field *field = f->search.open ? &f->search : &f->filter;

    if (!field->open)
        return false;
    switch (field_type(field, in)) {
    case FIELD_LEFT: /* as it was before there was one */
        field->text[0] = '\0';
        field->len = field->at = 0;
        f->stale = true;
        return true;
    case FIELD_CHANGED:
        f->stale = true;
        return true;
    case FIELD_TAKEN:
    case FIELD_MOVED:
        return true;
    default:
        return false;
    }
}

static void
clear_field(struct field *f)
{
    *f = (struct field){ .open = false };
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
    clear_field(&f->search);
    clear_field(&f->filter);
    f->stale = true;
}

/* ---- drawing
 * ------------------------------------------------------------------------- */

void
filmlist_draw_head(const struct filmlist *f, const struct shown *s,
                   const struct canvas *cv)
{
    char shown[NUMBER_MAX];
    int x = 1;

    (void)s;
    if (f->search.open || f->filter.open) {
        bool search = f->search.open;

        field_draw(search ? &f->search : &f->filter, cv, 1, 0, cv->w - 2,
                   search ? "search: " : "filter: ");
        if (!search && f->wrong.code != ERR_OK)
            canvas_text_right(cv, cv->w / 2, 0, cv->w - cv->w / 2 - 1, STYLE_BAD,
                              f->wrong.msg);
        return;
    }
    number_grouped(shown, (int64_t)f->films.n_match);
    x += canvas_printf(cv, x, 0, STYLE_TEXT, "%s films", shown);
    if (f->search.text[0] != '\0')
        x +=
            canvas_printf(cv, x, 0, STYLE_ACCENT, "  title has \"%s\"", f->search.text);
    if (f->filter.text[0] != '\0')
        x += canvas_printf(cv, x, 0, f->wrong.code != ERR_OK ? STYLE_BAD : STYLE_ACCENT,
                           "  %s",
                           f->wrong.code != ERR_OK ? f->wrong.msg : f->filter.text);
    if (cv->w - x > 18)
        canvas_text_right(cv, x, 0, cv->w - x - 1, STYLE_DIM,
                          f->sort != FILMS_BY_BIAS ? ""
                          : f->reverse ? "the least liked beyond their taste"
                                       : "the best liked beyond taste");
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
    char n[NUMBER_MAX];

    switch (column) {
    case 0:
        snprintf(out, LIST_CELL_MAX, "%zu", row + 1);
        *style = STYLE_DIM;
        break;
    case 1:
        snprintf(out, LIST_CELL_MAX, "%s", strtab_get(&c->title, film));
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
    static const struct list_column columns[] = {
        { .head = "#", .cells = 5, .right = true, .rank = 3 },
        { .head = "title", .cells = 24, .flex = true },
        { .head = "year", .cells = 4, .right = true, .rank = 2 },
        { .head = "genres", .cells = 14, .rank = 4 },
        { .head = "ratings", .cells = 7, .right = true, .rank = 1 },
        { .head = "mean", .cells = 4, .right = true, .rank = 2 },
        { .head = "bias", .cells = 6, .right = true },
    };
    static const int column_of[FILMS_SORT_COUNT] = { [FILMS_BY_BIAS] = 6,
                                                     [FILMS_BY_MEAN] = 5,
                                                     [FILMS_BY_RATINGS] = 4,
                                                     [FILMS_BY_TITLE] = 1,
                                                     [FILMS_BY_YEAR] = 2 };
    struct cells cells = { f, s };
    bool high_first = f->sort != FILMS_BY_TITLE && f->sort != FILMS_BY_YEAR;
    struct list_table table = { .column = columns,
                                .n = sizeof(columns) / sizeof(columns[0]),
                                .cell = film_cell,
                                .arg = &cells,
                                .sorted = column_of[f->sort],
                                .down = high_first != f->reverse,
                                .dull = dull };

    list_draw(&f->list, &table, cv);
    if (f->films.n == 0)
        canvas_text(cv, 2, 1, cv->w - 3, STYLE_DIM,
                    "no film passes; esc in the field lets all of them in again");
}
