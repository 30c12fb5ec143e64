/* users_draw.c - the users' panel as it is drawn. */
#include "config.h"

#include "src/base/text.h"
#include "ui/cli/number.h"
#include "ui/draw/plot.h"
#include "ui/tui/naming.h"
#include "ui/tui/users_panel.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define LIKES         3  /* genres that the head names */
#define PICTURE_CELLS 46 /* of held-out ratings, where the panel is as wide as: */
#define PICTURE_FROM  110

struct users_places
users_place(const struct users_panel *p, int width, int height)
{
    int head = 1 + request_height(&p->request);
    int why = height >= 44 ? WHY_TALL : WHY_LINES;
    int foot = height >= head + why + 7 ? why + 1 : 0;
    int picture = p->held_out && width >= PICTURE_FROM ? PICTURE_CELLS : 0;

    return (struct users_places){
        .head = { 0, 0, width, head },
        .rows = { 0, head, width - picture, height - head - foot },
        .picture = { width - picture, head, picture, height - head - foot },
        .rule = { 0, height - foot, width, foot > 0 },
        .why = { 0, height - foot + 1, width, foot > 0 ? why : 0 },
    };
}

/* "likes Film-Noir, War": genres rated well above the user's own mean, as many as have
 * room. */
static int
draw_likes(const struct users_panel *p, const struct shown *s, const struct canvas *cv,
           int x)
{
    const char *before = "  likes ";

    for (size_t i = 0; i < p->n_liking && i < LIKES; i++, before = ", ") {
        const char *genre = strtab_get(&s->catalog->genre, p->liking[i].genre);
        int cells = (int)(text_width(before) + text_width(genre));

        if (p->liking[i].above < USERS_LIKE || x + cells >= cv->w)
            break;
        x += canvas_text(cv, x, 0, cells, STYLE_DIM, before);
        x += canvas_text(cv, x, 0, cells, STYLE_ACCENT, genre);
    }
    return x;
}

static void
draw_head(const struct users_panel *p, const struct shown *s, const struct canvas *cv)
{
    char id[24], n[NUMBER_MAX], place[NUMBER_MAX];
    int x = 1;

    number_grouped(n, (int64_t)users_n_ratings(s->ratings, p->user));
    number_grouped(place, (int64_t)p->place + 1);
    x += canvas_printf(cv, x, 0, STYLE_HEAD, "user %s",
                       idcol_text(&s->catalog->user, p->user, id));
    x += canvas_whole(cv, x, 0, STYLE_TEXT, "  %s ratings (no. %s)", n, place);
    x += canvas_whole(cv, x, 0, STYLE_TEXT, "  mean %.2f",
                      users_mean(s->ratings, p->user));
    x += canvas_whole(cv, x, 0, STYLE_TEXT, "  bias %+.2f",
                      (double)s->model->bu[p->user]);
    x = draw_likes(p, s, cv, x);
    number_grouped(n, (int64_t)p->n_rmse);
    if (!isnan(p->rmse) && cv->w - x > 38)
        canvas_printf(cv, x, 0, STYLE_DIM, "   off by %.2f stars on %s held out",
                      p->rmse, n);
}

/* What is listed, and how it was asked for. */
static void
draw_question(const struct users_panel *p, const struct canvas *cv, int y)
{
    struct canvas line = canvas_part(cv, (struct rect){ 0, y, cv->w, cv->h - y });
    char n[NUMBER_MAX];

    if (!p->held_out) {
        request_draw(&p->request, p->request.query.seen ? "all films" : "unseen",
                     &line);
        return;
    }
    number_grouped(n, (int64_t)p->n_rmse);
    canvas_printf(&line, 1, 0, STYLE_DIM,
                  "%s held-out ratings, the worst misses first; rmse %.3f stars", n,
                  p->rmse);
}

struct cells {
    const struct users_panel *p;
    const struct shown *s;
    bool utf8;
};

/* Cells that both kinds of rows have. */
static void
common_cell(const struct cells *c, size_t row, size_t column, char out[LIST_CELL_MAX],
            unsigned *style)
{
    const struct user_row *r = &c->p->row[row];
    const struct catalog *catalog = c->s->catalog;
    char name[NAMING_MAX];

    switch (column) {
    case 0:
        snprintf(out, LIST_CELL_MAX, "%zu", row + 1);
        *style = STYLE_DIM;
        break;
    case 1:
        snprintf(out, LIST_CELL_MAX, "%s%s", naming_film(name, catalog, r->film),
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
    char rise[NAMING_MAX];

    switch (column) {
    case 4:
        snprintf(out, LIST_CELL_MAX, "%s", naming_rise(rise, r->rose, c->utf8));
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
        { .head = "why", .cells = 30, .flex = true, .rank = 1, .between = WHY_BETWEEN },
    };
    static const struct list_column held_out[] = {
        { .head = "#", .cells = 3, .right = true },
        { .head = "film", .cells = 20, .flex = true },
        { .head = "year", .cells = 4, .right = true, .rank = 1 },
        { .head = "pred", .cells = 4, .right = true },
        { .head = "given", .cells = 5, .right = true },
        { .head = "off by", .cells = 6, .right = true },
    };
    struct cells cells = { p, s, cv->utf8 };
    struct list_table table = { .column = p->held_out ? held_out : recommended,
                                .n = 6,
                                .cell = p->held_out ? held_out_cell : recommended_cell,
                                .arg = &cells,
                                .sorted = -1 };

    list_draw(&p->list, &table, cv);
    if (p->n == 0)
        canvas_text(cv, 2, 1, cv->w - 3, STYLE_DIM,
                    p->held_out ? "none of this user's ratings was held out"
                                : "no film passes the filter: \\ then esc clears it");
}

/* Held-out ratings as points, what was predicted across, what was given up; a good
 * model has them about the diagonal. */
static void
draw_picture(const struct users_panel *p, const struct shown *s,
             const struct canvas *cv)
{
    double ends[2] = { (double)s->model->y_lo, (double)s->model->y_hi };
    struct plot_series series[] = {
        { .x = ends, .y = ends, .n = 2, .style = STYLE_DIM, .ascii = "." },
        { .x = p->predicted,
          .y = p->given,
          .n = p->n_points,
          .points = true,
          .style = STYLE_A,
          .glyph = "•",
          .ascii = "o" },
    };
    struct plot plot = { .x = { .lo = ends[0], .hi = ends[1] },
                         .y = { .lo = ends[0], .hi = ends[1] },
                         .series = series,
                         .n_series = 2,
                         .cursor = NAN,
                         .x_name = "predicted" };
    struct canvas chart = canvas_part(cv, (struct rect){ 0, 1, cv->w - 1, cv->h - 1 });

    if (cv->w == 0)
        return;
    canvas_text(cv, 4, 0, cv->w - 4, STYLE_HEAD, "given");
    canvas_text(cv, 10, 0, cv->w - 10, STYLE_DIM, "by predicted; the line: equal");
    plot_draw(&plot, &chart, NULL);
}

void
users_draw_panel(const struct users_panel *p, const struct shown *s,
                 const struct canvas *cv)
{
    struct users_places at = users_place(p, cv->w, cv->h);
    struct canvas rows = canvas_part(cv, at.rows), rule = canvas_part(cv, at.rule);
    struct canvas picture = canvas_part(cv, at.picture);
    struct canvas why = canvas_part(cv, at.why);

    if (p->pick.word.open) {
        userpick_draw(&p->pick, s, cv);
        return;
    }
    draw_head(p, s, cv);
    draw_question(p, cv, 1);
    draw_rows(p, s, &rows);
    draw_picture(p, s, &picture);
    if (p->why_film == 0 || rule.h == 0)
        return;
    canvas_rule(&rule, 0, strtab_get(&s->catalog->title, p->why_film));
    why_draw(&p->why, s, &why);
}
