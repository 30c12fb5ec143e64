/*
 * overlay_start.c - where a sitting begins: recent runs, data found nearby, the
 * built-in sample; enter opens, T opens and trains.
 */
#include "config.h"

#include "src/base/path.h"
#include "ui/cli/number.h"
#include "ui/tui/field.h"
#include "ui/tui/list.h"
#include "ui/tui/nearby.h"
#include "ui/tui/panel.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define HEAD_LINES 5
#define FOOT_LINES 4

struct start {
    struct nearby row[NEARBY_MAX]; /* (n) */
    size_t n;
    struct list list;
    struct field path; /* a path that is typed */
};

static void
start_show(void *state, const struct world *w, const struct wish *about)
{
    struct start *s = state;

    (void)w;
    (void)about;
    s->n = nearby_find(s->row);
    s->path.open = false;
}

static enum err_code
start_update(void *state, const struct world *w, int width, int height, struct err *err)
{
    struct start *s = state;

    (void)w;
    (void)width;
    (void)err;
    list_fit(&s->list, s->n, height - HEAD_LINES - FOOT_LINES);
    return ERR_OK;
}

/* ---- drawing
 * ------------------------------------------------------------------------- */

static void
describe(const struct nearby *one, char out[LIST_CELL_MAX])
{
    char when[NUMBER_MAX];

    switch (one->kind) {
    case NEARBY_RUN:
        number_time(when, one->started);
        snprintf(out, LIST_CELL_MAX, "%s on %s, %s", one->state, one->data, when);
        break;
    case NEARBY_SAMPLE:
        snprintf(out, LIST_CELL_MAX, "a million invented ratings, ready at once");
        break;
    case NEARBY_DATA:
        snprintf(out, LIST_CELL_MAX, "ratings to train on");
        break;
    }
}

static void
start_cell(const void *arg, size_t row, size_t column, char out[LIST_CELL_MAX],
           unsigned *style)
{
    static const char *const kind[] = {
        [NEARBY_RUN] = "run", [NEARBY_SAMPLE] = "sample", [NEARBY_DATA] = "data"
    };
    const struct start *s = arg;
    const struct nearby *one = &s->row[row];

    switch (column) {
    case 0:
        snprintf(out, LIST_CELL_MAX, "%s", kind[one->kind]);
        *style = STYLE_DIM;
        break;
    case 1:
        snprintf(out, LIST_CELL_MAX, "%s",
                 one->kind == NEARBY_RUN ? path_name(one->word) : one->word);
        break;
    case 2:
        describe(one, out);
        *style = STYLE_DIM;
        break;
    default:
        if (!isnan(one->valid_loss))
            snprintf(out, LIST_CELL_MAX, "%.4f", one->valid_loss);
        *style = STYLE_GOOD;
        break;
    }
}

static void
draw_keys(const struct start *s, const struct canvas *cv, int y)
{
    static const struct {
        const char *key, *what;
    } keys[] = {
        { "enter", "opens what is marked" },
        { "T", "opens it and trains at once" },
        { "/", "another path, or the name of a run" },
    };

    if (s->path.open) {
        field_draw(&s->path, cv, 1, y, cv->w - 2, "open: ");
        return;
    }
    for (int i = 0; i < 3; i++) {
        canvas_text_right(cv, 1, y + i, 5, STYLE_KEY, keys[i].key);
        canvas_text(cv, 8, y + i, cv->w - 9, STYLE_TEXT, keys[i].what);
    }
}

static void
start_draw(const void *state, const struct world *w, const struct canvas *cv)
{
    static const struct list_column columns[] = {
        { .head = "", .cells = 6 },
        { .head = "name", .cells = 26, .flex = true },
        { .head = "what it is", .cells = 40, .rank = 1 },
        { .head = "valid", .cells = 6, .right = true, .rank = 2 },
    };
    const struct start *s = state;
    struct list_table table = {
        .column = columns, .n = 4, .cell = start_cell, .arg = s, .sorted = -1
    };
    struct canvas rows = canvas_part(
        cv, (struct rect){ 0, HEAD_LINES, cv->w, cv->h - HEAD_LINES - FOOT_LINES });

    (void)w;
    canvas_text(cv, 1, 1, cv->w - 2, STYLE_HEAD, "mltui");
    canvas_words(
        cv, 8, 1, STYLE_TEXT,
        "trains a film recommender on ratings while you watch, and shows what it "
        "learned. What shall be opened?");
    list_draw(&s->list, &table, &rows);
    draw_keys(s, cv, cv->h - FOOT_LINES + 1);
}

/* ---- acting
 * -------------------------------------------------------------------------- */

static void
wish_open(struct wish *wish, const char *word)
{
    wish->kind = WISH_OPEN;
    snprintf(wish->text, sizeof(wish->text), "%s", word);
}

static enum action
start_act(void *state, const struct world *w, enum action a, const struct input *in,
          struct wish *wish)
{
    struct start *s = state;
    struct input below = *in;

    (void)w;
    below.y -= HEAD_LINES;
    if (list_act(&s->list, a, &below))
        return ACTION_NONE;
    switch (a) {
    case ACTION_SELECT:
    case ACTION_DOUBLE_CLICK:
        wish_open(wish, s->row[s->list.cursor].word);
        return ACTION_NONE;
    case ACTION_START: /* the app opens it, and then begins */
        wish_open(wish, s->row[s->list.cursor].word);
        return a;
    default:
        return a;
    }
}

static bool
start_type(void *state, const struct world *w, const struct input *in,
           struct wish *wish)
{
    struct start *s = state;

    (void)w;
    if (!s->path.open && in->kind == INPUT_CHAR && in->ch == '/') {
        field_open(&s->path, "");
        return true;
    }
    if (!s->path.open)
        return false;
    switch (field_type(&s->path, in)) {
    case FIELD_TAKEN:
        if (s->path.text[0] != '\0')
            wish_open(wish, s->path.text);
        return true;
    case FIELD_IGNORED:
        return false;
    default:
        return true;
    }
}

const struct panel_ops overlay_start = {
    .title = "Start",
    .about = "what can be opened: runs, data, the sample",
    .state_size = sizeof(struct start),
    .update = start_update,
    .draw = start_draw,
    .act = start_act,
    .type = start_type,
    .show = start_show,
};
