/*
 * overlay_start.c - where a sitting begins: recent runs, data found nearby, the
 * built-in sample; enter opens, T opens and trains.
 */
#include "config.h"

#include "src/base/path.h"
#include "src/data/movielens.h"
#include "src/train/runfolder.h"
#include "ui/cli/number.h"
#include "ui/tui/field.h"
#include "ui/tui/list.h"
#include "ui/tui/naming.h"
#include "ui/tui/nearby.h"
#include "ui/tui/panel.h"
#include "ui/tui/pathcomplete.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define HEAD_LINES 5
#define FOOT_LINES 1 /* a path that is typed */

struct start {
    struct nearby row[NEARBY_MAX]; /* (n) */
    size_t n;
    struct list list;
    struct field path;              /* a path that is typed */
    const struct movielens *asking; /* whose terms are shown, or NULL */
};

static void
start_show(void *state, const struct world *w, const struct wish *about)
{
    struct start *s = state;

    (void)w;
    (void)about;
    s->n = nearby_find(s->row);
    s->path.open = false;
    s->asking = NULL;
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

/* What differs between runs comes first: where there is little room the rest goes. */
static void
describe_run(const struct nearby *one, char out[LIST_CELL_MAX])
{
    char when[NUMBER_MAX], settings[NAMING_MAX];
    bool done = strcmp(one->state, run_state_text(RUN_DONE)) == 0;

    number_time(when, one->started);
    naming_settings(settings, one->lr, one->epochs, one->factors);
    snprintf(out, LIST_CELL_MAX, "%s%s%.100s, on %s, %s", done ? "" : one->state,
             done ? "" : ", ", settings, one->data, when);
}

static void
describe(const struct nearby *one, char out[LIST_CELL_MAX])
{
    char when[NUMBER_MAX], n[NUMBER_MAX];

    switch (one->kind) {
    case NEARBY_RUN:
        describe_run(one, out);
        break;
    case NEARBY_SAMPLE:
        snprintf(out, LIST_CELL_MAX, "a million invented ratings: press T");
        break;
    case NEARBY_DATA:
        number_bytes(when, (double)one->bytes);
        snprintf(out, LIST_CELL_MAX, "ratings to train on, %s", when);
        break;
    case NEARBY_FETCH:
        number_grouped(n, (int64_t)one->n_ratings);
        number_bytes(when, (double)one->bytes);
        snprintf(out, LIST_CELL_MAX, "%s ratings, %s to fetch", n, when);
        break;
    }
}

static void
start_cell(const void *arg, size_t row, size_t column, char out[LIST_CELL_MAX],
           unsigned *style)
{
    static const char *const kind[] = {
        [NEARBY_RUN] = "run",
        [NEARBY_SAMPLE] = "sample",
        [NEARBY_DATA] = "data",
        [NEARBY_FETCH] = "fetch",
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

/* The terms of an archive, and the question. */
static void
draw_terms(const struct movielens *m, const struct canvas *cv)
{
    struct canvas text = canvas_part(cv, (struct rect){ 0, 0, cv->w - 1, cv->h });
    char size[NUMBER_MAX], address[256];
    int y;

    canvas_printf(cv, 1, 1, STYLE_HEAD, "%s: the terms of its publisher", m->name);
    y = canvas_words(&text, 1, 3, STYLE_TEXT, movielens_terms(m));
    snprintf(address, sizeof(address), "In full: " MOVIELENS_BASE "/%s", m->readme);
    y = canvas_words(&text, 1, y, STYLE_DIM, address) + 1;
    number_bytes(size, (double)m->bytes);
    canvas_text(cv, 1, y, 1, STYLE_KEY, "y");
    canvas_printf(cv, 3, y, STYLE_TEXT, "agree, fetch %s into the data folder, open it",
                  size);
    canvas_text(cv, 1, y + 1, 3, STYLE_KEY, "esc");
    canvas_text(cv, 5, y + 1, cv->w - 5, STYLE_TEXT, "back");
    canvas_printf(cv, 1, y + 3, STYLE_DIM, "In a shell: mltui fetch %s", m->name);
}

/* What somebody does who has no run yet. */
static void
draw_first(const struct canvas *cv, int y)
{
    canvas_text(cv, 8, y, 1, STYLE_KEY, "T");
    canvas_text(cv, 10, y, cv->w - 11, STYLE_TEXT,
                "trains on the sample: a first model in a second");
}

static void
start_draw(const void *state, const struct world *w, const struct canvas *cv)
{
    static const struct list_column columns[] = {
        { .head = "", .cells = 6 },
        { .head = "name", .cells = 20, .flex = true },
        { .head = "what it is", .cells = 33, .flex = true, .rank = 1, .between = ", " },
        { .head = "valid", .cells = 6, .right = true, .rank = 2 },
    };
    const struct start *s = state;
    struct list_table table = {
        .column = columns, .n = 4, .cell = start_cell, .arg = s, .sorted = -1
    };
    struct canvas rows = canvas_part(
        cv, (struct rect){ 0, HEAD_LINES, cv->w, cv->h - HEAD_LINES - FOOT_LINES });

    (void)w;
    if (s->asking != NULL) {
        draw_terms(s->asking, cv);
        return;
    }
    canvas_text(cv, 1, 1, cv->w - 2, STYLE_HEAD, "mltui");
    canvas_words(
        cv, 8, 1, STYLE_TEXT,
        "trains a film recommender on ratings while you watch, and shows what it "
        "learned. What shall be opened?");
    list_draw(&s->list, &table, &rows);
    if (s->n > 0 && s->row[0].kind == NEARBY_SAMPLE)
        draw_first(cv, HEAD_LINES - 2);
    if (s->path.open)
        field_draw(&s->path, cv, 1, cv->h - 1, cv->w - 2, "open: ");
}

/* ---- acting
 * -------------------------------------------------------------------------- */

static void
wish_open(struct wish *wish, const char *word)
{
    wish->kind = WISH_OPEN;
    snprintf(wish->text, sizeof(wish->text), "%s", word);
}

/* Open what is under the cursor; of an archive the terms come first. */
static void
take(struct start *s, struct wish *wish)
{
    const struct nearby *one = &s->row[s->list.cursor];

    if (s->n == 0)
        return;
    if (one->kind == NEARBY_FETCH)
        s->asking = movielens_find(one->word);
    else
        wish_open(wish, one->word);
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
        take(s, wish);
        return ACTION_NONE;
    case ACTION_START: /* the app opens it, and then begins */
        take(s, wish);
        return wish->kind == WISH_OPEN ? a : ACTION_NONE;
    default:
        return a;
    }
}

/* The key that answers the question about the terms. */
static void
answer(struct start *s, const struct input *in, struct wish *wish)
{
    if (in->kind == INPUT_CHAR && in->ch == 'y') {
        wish->kind = WISH_FETCH;
        snprintf(wish->text, sizeof(wish->text), "%s", s->asking->name);
    }
    s->asking = NULL;
}

static const struct hint *
start_hints(const void *state, const struct world *w, bool *ret_only)
{
    static const struct hint asking[] = { { "y", "agree and fetch" },
                                          { "esc", "back" },
                                          { NULL, NULL } };
    static const struct hint path[] = { { "enter", "opens it" },
                                        { "tab", "completes" },
                                        { "esc", "back to the list" },
                                        { NULL, NULL } };
    static const struct hint list[] = { { "enter", "opens" },
                                        { "T", "opens and trains" },
                                        { "/", "a path" },
                                        { "esc", "close" },
                                        { NULL, NULL } };
    const struct start *s = state;

    (void)w;
    *ret_only = s->asking != NULL || s->path.open;
    return s->asking != NULL ? asking : s->path.open ? path : list;
}

static bool
start_type(void *state, const struct world *w, const struct input *in,
           struct wish *wish)
{
    struct start *s = state;

    (void)w;
    if (s->asking != NULL) {
        answer(s, in, wish);
        return true;
    }
    if (!s->path.open && in->kind == INPUT_CHAR && in->ch == '/') {
        field_open(&s->path, "");
        return true;
    }
    if (!s->path.open)
        return false;
    if (in->kind == INPUT_TAB) {
        pathcomplete_field(&s->path, 0, wish);
        return true;
    }
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
    .hints = start_hints,
    .show = start_show,
};
