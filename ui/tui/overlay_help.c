/*
 * overlay_help.c - every action with its keys, made from the action table: what can be
 * done now on the panel below comes first. Searchable as one types; enter does it, or
 * has the app say why not.
 */
#include "config.h"

#include "src/base/text.h"
#include "ui/tui/chrome.h"
#include "ui/tui/searchlist.h"

#include <stdio.h>
#include <string.h>

#define HEAD_LINES 3 /* about the panel, the search, a blank line */

/* How near an action is, in the order of the rows. */
enum place {
    PLACE_HERE,
    PLACE_EVERYWHERE,
    PLACE_NOT_NOW,
    PLACE_ELSEWHERE,
    PLACE_COUNT
};

struct help {
    enum panel_id panel; /* the one below, and its state or NULL */
    const void *below;
    enum place place[ACTION_COUNT];
    enum action row[ACTION_COUNT]; /* (n) */
    size_t n;
    struct searchlist search; /* of them */
};

static bool
works_now(const struct help *h, enum action a)
{
    return h->place[a] <= PLACE_EVERYWHERE;
}

static void
find_places(struct help *h, const struct world *w)
{
    struct chrome c = { .world = w,
                        .panel = h->panel,
                        .ops = h->below != NULL ? panel_list[h->panel] : &overlay_help,
                        .state = h->below };

    for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++) {
        unsigned where = action_list[i].where;

        if ((where & 1u << h->panel) == 0)
            h->place[i] = PLACE_ELSEWHERE;
        else if (chrome_why_not(&c, (enum action)i) != NULL)
            h->place[i] = PLACE_NOT_NOW;
        else
            h->place[i] = where == IN_ALL ? PLACE_EVERYWHERE : PLACE_HERE;
    }
}

/* All keys of an action, as in the table but for what the mouse does by itself. */
static bool
is_listed(const struct help *h, enum action a)
{
    const struct action_info *i = &action_list[a];
    const char *text = h->search.field.text;

    return text[0] == '\0' || text_contains(i->help, text) ||
           text_contains(i->name, text) || strcmp(i->keys, text) == 0 ||
           (text[1] != '\0' && text_contains(i->keys, text));
}

static void
find_rows(struct help *h)
{
    h->n = 0;
    for (int place = 0; place < PLACE_COUNT; place++)
        for (int a = ACTION_NONE + 1; a < ACTION_COUNT; a++)
            if ((int)h->place[a] == place && is_listed(h, (enum action)a))
                h->row[h->n++] = (enum action)a;
}

static void
help_show(void *state, const struct world *w, const struct wish *about)
{
    struct help *h = state;

    (void)w;
    *h = (struct help){ .panel = about->panel, .below = about->below };
    searchlist_open(&h->search);
}

static enum err_code
help_update(void *state, const struct world *w, int width, int height, struct err *err)
{
    struct help *h = state;

    (void)width;
    (void)err;
    find_places(h, w);
    find_rows(h);
    list_fit(&h->search.list, h->n, height - HEAD_LINES);
    return ERR_OK;
}

/* Where an action works: "everywhere", "here", or the panels. */
static void
format_where(const struct help *h, enum action a, char out[LIST_CELL_MAX])
{
    static const char *const word[PLACE_COUNT] = { [PLACE_HERE] = "here",
                                                   [PLACE_EVERYWHERE] = "everywhere",
                                                   [PLACE_NOT_NOW] = "not now" };
    unsigned where = action_list[a].where;
    size_t n = 0;

    if (word[h->place[a]] != NULL) {
        snprintf(out, LIST_CELL_MAX, "%s", word[h->place[a]]);
        return;
    }
    for (int p = 0; p < PANEL_COUNT && n < LIST_CELL_MAX - 32; p++)
        if ((where & 1u << p) != 0)
            n += (size_t)snprintf(out + n, LIST_CELL_MAX - n, "%s%d",
                                  n > 0 ? " " : "on ", p + 1);
}

static void
help_cell(const void *arg, size_t row, size_t column, char out[LIST_CELL_MAX],
          unsigned *style)
{
    const struct help *h = arg;
    const struct action_info *i = &action_list[h->row[row]];

    if (!works_now(h, h->row[row]))
        *style = STYLE_DIM;
    switch (column) {
    case 0:
        snprintf(out, LIST_CELL_MAX, "%s", i->keys);
        *style = works_now(h, h->row[row]) ? STYLE_KEY : STYLE_DIM;
        break;
    case 1:
        snprintf(out, LIST_CELL_MAX, "%s", i->help);
        break;
    case 2:
        snprintf(out, LIST_CELL_MAX, "%s", i->name);
        break;
    default:
        format_where(h, h->row[row], out);
        break;
    }
}

static void
help_draw(const void *state, const struct world *w, const struct canvas *cv)
{
    static const struct list_column columns[] = {
        { .head = "key", .cells = 14 },
        { .head = "what it does", .cells = 24, .flex = true },
        { .head = "name", .cells = 14, .rank = 1 },
        { .head = "where", .cells = 10, .rank = 2 },
    };
    const struct help *h = state;
    struct list_table table = {
        .column = columns, .n = 4, .cell = help_cell, .arg = h, .sorted = -1
    };
    struct canvas rows =
        canvas_part(cv, (struct rect){ 0, HEAD_LINES, cv->w, cv->h - HEAD_LINES });

    (void)w;
    canvas_printf(cv, 1, 0, STYLE_HEAD, "%s: %s", panel_list[h->panel]->title,
                  panel_list[h->panel]->about);
    field_draw(&h->search.field, cv, 1, 1, cv->w - 2, "find: ");
    list_draw(&h->search.list, &table, &rows);
    if (h->n == 0)
        canvas_printf(&rows, 1, 1, STYLE_DIM, "nothing is called that");
}

/* Do the action under the cursor. */
static void
take(const void *owner, struct wish *wish)
{
    const struct help *h = owner;

    if (h->n == 0)
        return;
    wish->kind = WISH_COMMAND;
    snprintf(wish->text, sizeof(wish->text), "%s",
             action_list[h->row[h->search.list.cursor]].name);
}

static bool
help_type(void *state, const struct world *w, const struct input *in, struct wish *wish)
{
    struct help *h = state;

    (void)w;
    return searchlist_type(&h->search, in, take, h, wish);
}

static enum action
help_act(void *state, const struct world *w, enum action a, const struct input *in,
         struct wish *wish)
{
    struct help *h = state;
    struct input below = *in;

    (void)w;
    below.y -= HEAD_LINES;
    return searchlist_act(&h->search, a, &below, take, h, wish) ? ACTION_NONE : a;
}

static const struct hint *
help_hints(const void *state, const struct world *w, bool *ret_only)
{
    static const struct hint hints[] = { { "enter", "does what is marked" },
                                         { "esc", "close" },
                                         { NULL, NULL } };

    (void)state;
    (void)w;
    *ret_only = true;
    return hints;
}

const struct panel_ops overlay_help = {
    .title = "Help",
    .about = "every key; type to find one, enter does it",
    .state_size = sizeof(struct help),
    .update = help_update,
    .draw = help_draw,
    .act = help_act,
    .type = help_type,
    .hints = help_hints,
    .show = help_show,
};
