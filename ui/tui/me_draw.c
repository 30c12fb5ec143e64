/* me_draw.c - the panel of one's own ratings as it is drawn. */
#include "config.h"

#include "ui/cli/number.h"
#include "ui/tui/me_panel.h"
#include "ui/tui/naming.h"

#include <math.h>
#include <stdio.h>

#define BESIDE_FROM 60 /* cells from which on two lists have room beside each other */
#define BELOW_FROM  6  /* lines from which on they have it one below the other */
#define KEYS        "right, left: more stars or fewer"

/* Where the parts of a line of what to see next are: the prediction stands at its end,
 * away from the other list's films. */
#define ROSE_AT  1
#define TITLE_AT 5
#define TAIL     11 /* cells of year and prediction */

struct me_places
me_place(const struct me *m, int width, int height)
{
    int request = request_height(&m->request), top = 1 + request;
    int rest = height > top ? height - top : 0, half = width / 2;
    struct me_places at = { .head = { 0, 0, width, 1 },
                            .request = { 0, 1, width, request },
                            .left = { 0, top, width, rest } };

    if (width >= BESIDE_FROM) {
        at.left.w = half;
        at.right = (struct rect){ half, top, width - half, rest };
    } else if (rest >= BELOW_FROM) {
        at.left.h = (rest + 1) / 2;
        at.right = (struct rect){ 0, top + at.left.h, width, rest / 2 };
    }
    return at;
}

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
    bool searched = m->search.text[0] != '\0' && !m->search.open;
    char head[FIELD_MAX + 16];
    const struct list_column columns[] = {
        { .head = "you", .cells = 4, .right = true },
        { .head = searched ? head : "films to rate", .cells = 12, .flex = true },
        { .head = "year", .cells = 4, .right = true, .rank = 1 },
    };
    struct cells cells = { m, s };
    struct list_table table = {
        .column = columns, .n = 3, .cell = film_cell, .arg = &cells, .sorted = -1
    };

    snprintf(head, sizeof(head), "title has \"%s\"", m->search.text);
    list_draw(&m->list, &table, cv);
    if (m->list.n == 0)
        canvas_text(cv, 2, 1, cv->w - 3, STYLE_DIM, "no film is called that");
}

static void
draw_rose(const struct canvas *cv, int y, int rose)
{
    char text[NAMING_MAX];

    canvas_text(cv, ROSE_AT, y, 3, rose > 0 ? STYLE_GOOD : STYLE_BAD,
                rose == ME_WANTED ? "new" : naming_rise(text, rose, cv->utf8));
}

static void
draw_right(const struct me *m, const struct shown *s, const struct canvas *cv)
{
    int tail = cv->w - TAIL;

    canvas_text(cv, TITLE_AT, 0, tail - TITLE_AT, STYLE_DIM, "to see next");
    canvas_text(cv, tail + 1, 0, TAIL - 1, STYLE_DIM, "year pred");
    for (size_t i = 0; i < m->n && 1 + (int)i < cv->h; i++) {
        int y = 1 + (int)i, year = s->catalog->year[m->right[i]];
        char name[NAMING_MAX];

        draw_rose(cv, y, m->rose[i]);
        canvas_text(cv, TITLE_AT, y, tail - TITLE_AT, STYLE_TEXT,
                    naming_film(name, s->catalog, m->right[i]));
        if (year != 0)
            canvas_printf(cv, tail + 1, y, STYLE_DIM, "%d", year);
        canvas_printf(cv, tail + 6, y, STYLE_ACCENT, "%.2f", m->predicted[i]);
    }
    if (m->n == 0)
        canvas_words(cv, 1, 1, STYLE_DIM,
                     m->request.filter.field.text[0] != '\0'
                         ? "no film passes the filter: \\ then esc clears it"
                         : "none: you have rated all films");
}

/* How many ratings are known, or the field that is open. */
static void
draw_head(const struct me *m, const struct canvas *cv)
{
    char n[NUMBER_MAX];
    size_t here = 0;
    int x = 1;

    if (m->search.open) {
        field_draw(&m->search, cv, 1, 0, cv->w - 2, "film: ");
        return;
    }
    if (m->import.open) {
        field_draw(&m->import, cv, 1, 0, cv->w - 2,
                   "ratings of IMDb, Letterboxd or title,rating: ");
        return;
    }
    for (size_t i = 0; i < m->mine.n; i++)
        here += m->mine.rating[i].row != 0;
    x += canvas_printf(cv, x, 0, STYLE_HEAD, "you ");
    if (here == 0) {
        x += canvas_whole(cv, x, 0, STYLE_TEXT, "have rated nothing yet");
        x += canvas_whole(cv, x, 0, STYLE_TEXT, ": right and left give stars");
        x += canvas_whole(cv, x, 0, STYLE_TEXT, ", / finds a film");
    } else {
        number_grouped(n, (int64_t)here);
        x += canvas_printf(cv, x, 0, STYLE_TEXT, "rated %s film%s", n,
                           here == 1 ? "" : "s");
    }
    if (m->mine.n > here)
        x += canvas_whole(cv, x, 0, STYLE_DIM, " (and %zu that these data lack)",
                          m->mine.n - here);
    if (here == 0)
        return;
    x += canvas_whole(cv, x, 0, STYLE_DIM, "   bias %+.2f",
                      (double)m->one.model.bu[ONEUSER_ROW]);
    if (cv->w - x > (int)sizeof(KEYS) + 2)
        canvas_text_right(cv, x, 0, cv->w - x - 1, STYLE_DIM, KEYS);
}

void
me_draw_panel(const struct me *m, const struct shown *s, const struct canvas *cv)
{
    struct me_places at = me_place(m, cv->w, cv->h);
    struct canvas head = canvas_part(cv, at.head);
    struct canvas request = canvas_part(cv, at.request);
    struct canvas left = canvas_part(cv, at.left), right = canvas_part(cv, at.right);

    draw_head(m, &head);
    request_draw(&m->request, "unseen", &request);
    draw_left(m, s, &left);
    if (at.right.x > 0) {
        for (int y = 0; y < right.h; y++)
            canvas_glyph(&right, 0, y, STYLE_DIM, "│", "|");
        right = canvas_part(&right, (struct rect){ 1, 0, right.w - 1, right.h });
    }
    draw_right(m, s, &right);
}
