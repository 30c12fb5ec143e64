/*
 * panel_data.c - the data: how much there is, how stars and ratings are spread, and
 * what was rejected.
 */
#include "config.h"

#include "ui/cli/number.h"
#include "ui/draw/chart.h"
#include "ui/draw/plot.h"
#include "ui/tui/empty.h"
#include "ui/tui/list.h"
#include "ui/tui/panel.h"
#include "ui/tui/tails.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define FACTS_CELLS 36
#define TOP_LINES   12 /* facts and histogram; the tails are below */
#define FIRST_ROWS  200

struct data_panel {
    uint64_t opened; /* of the world that all below was made of; 0: none yet */
    struct summary_bar bar[AUDIENCE_BARS];
    size_t n_bars;
    struct tails tails;
    bool table; /* the first ratings and the rejects, in place of the pictures */
    struct list list;
};

/* The ratings that are open: of the data, or of a run. */
static const struct ratings *
ratings_of(const struct world *w)
{
    if (w->data != NULL)
        return w->data->ratings;
    return w->shown != NULL ? w->shown->ratings : NULL;
}

static const struct catalog *
catalog_of(const struct world *w)
{
    return w->data != NULL ? w->data->catalog : w->shown->catalog;
}

/* Rows of the table: rejected rows first, then the first ratings. */
static size_t
n_rejects(const struct world *w)
{
    return w->data != NULL ? w->data->n_rejects_kept : 0;
}

static enum err_code
data_update(void *state, const struct world *w, int width, int height, struct err *err)
{
    struct data_panel *p = state;
    const struct ratings *r = ratings_of(w);
    size_t first = r != NULL && r->n < FIRST_ROWS ? r->n : FIRST_ROWS;

    (void)width;
    if (r == NULL)
        return ERR_OK;
    list_fit(&p->list, n_rejects(w) + first, height);
    if (p->opened == w->opened)
        return ERR_OK;
    p->n_bars = audience_histogram(w->audience, 0, p->bar);
    if (tails_find(&p->tails, r, catalog_of(w), err) != ERR_OK)
        return ERR_NOMEM;
    list_go(&p->list, 0);
    p->opened = w->opened;
    return ERR_OK;
}

/* ---- facts
 * --------------------------------------------------------------------------- */

/* "name   value", the number to the right. */
static void
draw_fact(const struct canvas *cv, int y, const char *name, unsigned style,
          const char *value)
{
    canvas_text(cv, 1, y, 14, STYLE_DIM, name);
    canvas_text_right(cv, 15, y, FACTS_CELLS - 17, style, value);
}

static void
draw_count(const struct canvas *cv, int y, const char *name, uint64_t n)
{
    char text[NUMBER_MAX];

    number_grouped(text, (int64_t)n);
    draw_fact(cv, y, name, STYLE_TEXT, text);
}

static void
draw_dates(const struct world *w, const struct canvas *cv, int y)
{
    char first[NUMBER_MAX], last[NUMBER_MAX], text[2 * NUMBER_MAX + 8];

    if (w->data == NULL || w->data->first_time > w->data->last_time)
        return;
    number_time(first, w->data->first_time);
    number_time(last, w->data->last_time);
    snprintf(text, sizeof(text), "%.7s to %.7s", first, last);
    draw_fact(cv, y, "given", STYLE_TEXT, text);
}

static void
draw_facts(const struct world *w, const struct canvas *cv)
{
    const struct ratings *r = ratings_of(w);
    double density = (double)r->n / ((double)r->n_users * r->n_items);
    char text[64];
    int y = 0;

    draw_count(cv, y++, "ratings", r->n);
    draw_count(cv, y++, "users", r->n_users);
    draw_count(cv, y++, "films", r->n_items);
    if (w->data != NULL && w->data->n_titles > r->n_items)
        draw_count(cv, y++, "never rated", w->data->n_titles - r->n_items);
    snprintf(text, sizeof(text), "%.3g %% of all pairs", 100 * density);
    draw_fact(cv, y++, "filled", STYLE_TEXT, text);
    draw_count(cv, y++, "held out", r->n_held_out);
    if (w->data == NULL)
        return;
    snprintf(text, sizeof(text), "%.3f", w->data->mean);
    draw_fact(cv, y++, "mean", STYLE_TEXT, text);
    draw_dates(w, cv, y++);
    number_grouped(text, (int64_t)w->data->n_rejected);
    draw_fact(cv, y++, "rejected rows",
              w->data->n_rejected > 0 ? STYLE_WARN : STYLE_TEXT, text);
    snprintf(text, sizeof(text), "%.2f s", w->data->load_s);
    draw_fact(cv, y, "read in", STYLE_DIM, text);
}

/* ---- pictures
 * ------------------------------------------------------------------------ */

/* Bars with the stars below them and the share above the axis' name. */
static void
draw_histogram(const struct data_panel *p, const struct canvas *cv)
{
    double part[AUDIENCE_BARS], most = 0;
    int cells = p->n_bars > 0 ? (cv->w - 2) / (int)p->n_bars - 1 : 0;
    struct canvas bars = canvas_part(cv, (struct rect){ 1, 1, cv->w - 2, cv->h - 2 });

    if (cells < 1)
        return;
    cells = cells > 5 ? 5 : cells;
    for (size_t i = 0; i < p->n_bars; i++)
        most = fmax(most, (double)p->bar[i].count);
    for (size_t i = 0; i < p->n_bars; i++)
        part[i] = (double)p->bar[i].count / most;
    canvas_text(cv, 1, 0, cv->w, STYLE_HEAD, "stars");
    chart_columns(&bars, STYLE_A, part, p->n_bars, cells);
    for (size_t i = 0; i < p->n_bars; i++) {
        char text[16];

        snprintf(text, sizeof(text), cells >= 3 ? "%.3g" : "%.2g", p->bar[i].rating);
        if ((int)strlen(text) <= cells + 1)
            canvas_text(cv, 1 + (int)i * (cells + 1), cv->h - 1, cells + 1, STYLE_DIM,
                        text);
    }
}

static void
draw_tails(const struct data_panel *p, const struct canvas *cv)
{
    const struct tail *f = &p->tails.films, *u = &p->tails.users;
    struct plot_series series[] = {
        { .x = f->rank, .y = f->count, .n = f->n, .style = STYLE_A, .ascii = "f" },
        { .x = u->rank, .y = u->count, .n = u->n, .style = STYLE_B, .ascii = "u" },
    };
    struct plot plot = {
        .x = { .lo = INFINITY, .hi = -INFINITY, .log = true, .whole = true },
        .y = { .lo = INFINITY, .hi = -INFINITY, .log = true },
        .series = series,
        .n_series = 2,
        .cursor = NAN,
        .x_name = "place",
    };
    struct canvas chart = canvas_part(cv, (struct rect){ 0, 1, cv->w, cv->h - 1 });
    int x = 1;

    for (int s = 0; s < 2; s++)
        for (size_t i = 0; i < series[s].n; i++) {
            axis_hold(&plot.x, series[s].x[i]);
            axis_hold(&plot.y, series[s].y[i]);
        }
    axis_settle(&plot.x, 0);
    axis_settle(&plot.y, .02);
    x += canvas_text(cv, x, 0, cv->w, STYLE_HEAD, "ratings of the n-th ");
    x += canvas_text(cv, x, 0, cv->w, STYLE_A, "film");
    x += canvas_text(cv, x, 0, cv->w, STYLE_DIM, " (f) and ");
    x += canvas_text(cv, x, 0, cv->w, STYLE_B, "user");
    canvas_text(cv, x, 0, cv->w - x, STYLE_DIM,
                " (u), most first; both axes logarithmic");
    plot_draw(&plot, &chart, NULL);
}

/* What that means for a model. */
static void
draw_sentence(const struct data_panel *p, const struct canvas *cv, int y)
{
    const struct tail *f = &p->tails.films, *u = &p->tails.users;
    char text[256];

    if (f->n_all == 0)
        return;
    snprintf(
        text, sizeof(text),
        "Half of the films have %u ratings or fewer, half of the users %u; %.0f %% of "
        "the films have under 5: a model can say little of those.",
        f->median, u->median, 100. * f->n_few / f->n_all);
    canvas_words(cv, 1, y, STYLE_TEXT, text);
}

/* ---- the table
 * ----------------------------------------------------------------------- */

static void
reject_cell(const struct reject *r, size_t column, char out[LIST_CELL_MAX],
            unsigned *style)
{
    *style = STYLE_WARN;
    if (column == 0)
        snprintf(out, LIST_CELL_MAX, "rejected");
    else if (column == 1)
        snprintf(out, LIST_CELL_MAX, "%s:%llu:%u: %s", r->file,
                 (unsigned long long)r->line, r->column, r->reason);
}

/* The user whose ratings hold place i. */
static uint32_t
user_of(const struct ratings *r, size_t i)
{
    uint32_t u = 1;

    while (r->start[u + 1] <= i)
        u++;
    return u;
}

static void
row_cell(const void *arg, size_t row, size_t column, char out[LIST_CELL_MAX],
         unsigned *style)
{
    const struct world *w = arg;
    const struct ratings *r = ratings_of(w);
    const struct catalog *c = catalog_of(w);
    char id[24];
    size_t i;

    if (row < n_rejects(w)) {
        reject_cell(&w->data->rejects[row], column, out, style);
        return;
    }
    i = row - n_rejects(w);
    if (column == 0)
        snprintf(out, LIST_CELL_MAX, "%s", idcol_text(&c->user, user_of(r, i), id));
    else if (column == 1)
        snprintf(out, LIST_CELL_MAX, "%s", strtab_get(&c->title, ratings_item(r, i)));
    else if (column == 2)
        snprintf(out, LIST_CELL_MAX, "%g", (double)ratings_stars(r, i));
    else
        snprintf(out, LIST_CELL_MAX, "%s", ratings_held_out(r, i) ? "held out" : "");
}

static void
draw_table(const struct data_panel *p, const struct world *w, const struct canvas *cv)
{
    static const struct list_column columns[] = {
        { .head = "user", .cells = 9, .right = true },
        { .head = "film, or why the row was rejected", .cells = 30, .flex = true },
        { .head = "stars", .cells = 5, .right = true },
        { .head = "", .cells = 8, .rank = 1 },
    };
    struct list_table table = {
        .column = columns, .n = 4, .cell = row_cell, .arg = w, .sorted = -1
    };

    list_draw(&p->list, &table, cv);
}

static void
data_draw(const void *state, const struct world *w, const struct canvas *cv)
{
    const struct data_panel *p = state;
    int top = cv->h >= TOP_LINES + 8 ? TOP_LINES : cv->h - 1;
    bool wide = cv->w >= FACTS_CELLS + 24;
    struct canvas facts = canvas_part(cv, (struct rect){ 0, 1, FACTS_CELLS, top - 1 });
    struct canvas stars = canvas_part(
        cv, (struct rect){ FACTS_CELLS, 1, wide ? cv->w - FACTS_CELLS : 0, top - 2 });
    struct canvas tails =
        canvas_part(cv, (struct rect){ 0, top, cv->w, cv->h - top - 2 });

    if (ratings_of(w) == NULL) {
        empty_draw(w, cv,
                   "What is in the data: how many ratings of how many people and "
                   "films, how they are spread, and what could not be read.");
        return;
    }
    if (p->table) {
        draw_table(p, w, cv);
        return;
    }
    draw_facts(w, &facts);
    draw_histogram(p, &stars);
    if (cv->h < TOP_LINES + 8)
        return;
    draw_tails(p, &tails);
    draw_sentence(p, cv, cv->h - 2);
}

/* ---- acting
 * -------------------------------------------------------------------------- */

static const char *
data_why_not(const void *state, const struct world *w, enum action a)
{
    (void)state;
    if (a == ACTION_TABLE && ratings_of(w) == NULL)
        return "nothing is open yet: ctrl-o";
    return NULL;
}

static enum action
data_act(void *state, const struct world *w, enum action a, const struct input *in,
         struct wish *wish)
{
    struct data_panel *p = state;

    (void)w;
    (void)wish;
    if (a == ACTION_TABLE || (a == ACTION_CANCEL && p->table)) {
        p->table = !p->table;
        return ACTION_NONE;
    }
    return p->table && list_act(&p->list, a, in) ? ACTION_NONE : a;
}

const struct panel_ops panel_data = {
    .title = "Data",
    .about = "the ratings: how many, how they are spread, what was rejected",
    .state_size = sizeof(struct data_panel),
    .update = data_update,
    .draw = data_draw,
    .why_not = data_why_not,
    .act = data_act,
};
