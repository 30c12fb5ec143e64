/*
 * overlay_palette.c - do something by its name: actions that hold what is typed, the
 * best first. A word after the name goes with it: "open ml-25m"; what could be opened
 * is then listed in place of the actions.
 */
#include "config.h"

#include "src/base/path.h"
#include "src/base/text.h"
#include "ui/tui/nearby.h"
#include "ui/tui/pathcomplete.h"
#include "ui/tui/searchlist.h"

#include <stdio.h>
#include <string.h>

struct palette {
    enum panel_id panel;           /* the one below */
    struct searchlist search;      /* its field is the line that is typed */
    enum action row[ACTION_COUNT]; /* (n) */
    size_t n;
    struct nearby near[NEARBY_MAX]; /* (n_near) what could be opened, once asked for */
    size_t n_near;
    bool looked;
    size_t word[NEARBY_MAX]; /* (n_words) of them, those that hold what is typed */
    size_t n_words;
    bool words; /* they are listed */
};

/* The first word of the line. */
static void
first_word(const struct palette *p, char out[FIELD_MAX])
{
    snprintf(out, FIELD_MAX, "%.*s", (int)strcspn(p->search.field.text, " "),
             p->search.field.text);
}

/* How well an action fits a word: 0 not at all, the larger the better. */
static int
fitness(enum action a, const char *word)
{
    const struct action_info *i = &action_list[a];
    size_t n = strlen(word);

    if (strcmp(i->name, word) == 0)
        return 4;
    if (strncmp(i->name, word, n) == 0)
        return 3;
    if (text_contains(i->name, word))
        return 2;
    return text_contains(i->help, word) ? 1 : 0;
}

static void
find_rows(struct palette *p)
{
    char word[FIELD_MAX];

    first_word(p, word);
    p->n = 0;
    for (int fit = 4; fit > 0; fit--)
        for (int a = ACTION_NONE + 1; a < ACTION_COUNT; a++)
            if (fitness((enum action)a, word) == fit &&
                (action_list[a].where & 1u << p->panel) != 0)
                p->row[p->n++] = (enum action)a;
}

/* What one types: the name of a run, or the word of data. */
static const char *
word_of(const struct nearby *one)
{
    return one->kind == NEARBY_RUN ? path_name(one->word) : one->word;
}

/* What is typed after the first word and its blanks; NULL while there is no blank. */
static const char *
second_word(const struct palette *p)
{
    const char *blank = strchr(p->search.field.text, ' ');

    return blank != NULL ? blank + strspn(blank, " ") : NULL;
}

/* What could be opened, when that is asked. */
static void
find_words(struct palette *p)
{
    const char *word = second_word(p);
    char first[FIELD_MAX];

    first_word(p, first);
    p->words = word != NULL && action_find(first) == ACTION_OPEN;
    p->n_words = 0;
    if (!p->words)
        return;
    if (!p->looked)
        p->n_near = nearby_find(p->near);
    p->looked = true;
    for (size_t i = 0; i < p->n_near; i++)
        if (p->near[i].kind != NEARBY_FETCH &&
            (word[0] == '\0' || text_contains(word_of(&p->near[i]), word)))
            p->word[p->n_words++] = i;
}

static void
palette_show(void *state, const struct world *w, const struct wish *about)
{
    struct palette *p = state;

    (void)w;
    *p = (struct palette){ .panel = about->panel };
    searchlist_open(&p->search);
}

static enum err_code
palette_update(void *state, const struct world *w, int width, int height,
               struct err *err)
{
    struct palette *p = state;

    (void)w;
    (void)width;
    (void)err;
    find_rows(p);
    find_words(p);
    list_fit(&p->search.list, p->words ? p->n_words : p->n, height - 1);
    return ERR_OK;
}

static void
word_cell(const struct nearby *one, size_t column, char out[LIST_CELL_MAX],
          unsigned *style)
{
    static const char *const kind[] = { [NEARBY_RUN] = "run",
                                        [NEARBY_SAMPLE] = "sample",
                                        [NEARBY_DATA] = "data",
                                        [NEARBY_FETCH] = "" };

    *style = column == 1 ? STYLE_TEXT : STYLE_DIM;
    snprintf(out, LIST_CELL_MAX, "%s",
             column == 0   ? kind[one->kind]
             : column == 1 ? word_of(one)
                           : one->state);
}

static void
palette_cell(const void *arg, size_t row, size_t column, char out[LIST_CELL_MAX],
             unsigned *style)
{
    const struct palette *p = arg;
    const struct action_info *i = &action_list[p->row[row]];
    const char *text;

    if (p->words) {
        word_cell(&p->near[p->word[row]], column, out, style);
        return;
    }
    text = column == 0 ? i->name : column == 1 ? i->help : i->keys;

    *style = column == 2 ? STYLE_KEY : column == 1 ? STYLE_DIM : STYLE_TEXT;
    snprintf(out, LIST_CELL_MAX, "%s", text);
}

/* Nothing fits: what may have been meant. */
static void
draw_nothing(const struct palette *p, const struct canvas *cv)
{
    char word[FIELD_MAX];
    const char *near;

    if (p->words && p->n_words == 0)
        canvas_text(cv, 1, 1, cv->w - 2, STYLE_DIM,
                    "nothing nearby is called that; enter tries it as a path");
    if (p->words || p->n > 0)
        return;
    first_word(p, word);
    near = action_nearest(word);
    if (near != NULL)
        canvas_printf(cv, 1, 1, STYLE_WARN, "nothing is called that; did you mean %s?",
                      near);
    else
        canvas_text(cv, 1, 1, cv->w - 2, STYLE_DIM, "nothing is called that");
}

static void
palette_draw(const void *state, const struct world *w, const struct canvas *cv)
{
    static const struct list_column columns[] = {
        { .head = "name", .cells = 16 },
        { .head = "what it does", .cells = 16, .flex = true },
        { .head = "key", .cells = 14, .rank = 1 },
    };
    const struct palette *p = state;
    struct list_table table = {
        .column = columns, .n = 3, .cell = palette_cell, .arg = p, .sorted = -1
    };
    struct canvas rows = canvas_part(cv, (struct rect){ 0, 1, cv->w, cv->h - 1 });

    (void)w;
    field_draw(&p->search.field, cv, 1, 0, cv->w - 2, ":");
    list_draw(&p->search.list, &table, &rows);
    draw_nothing(p, &rows);
}

/* The action under the cursor, with the words that were typed after the first; or what
 * is to be opened. */
static void
take(const void *owner, struct wish *wish)
{
    const struct palette *p = owner;
    const char *rest = p->search.field.text + strcspn(p->search.field.text, " ");

    if (p->words && p->n_words > 0) {
        wish->kind = WISH_COMMAND;
        snprintf(wish->text, sizeof(wish->text), "%s %s", action_list[ACTION_OPEN].name,
                 word_of(&p->near[p->word[p->search.list.cursor]]));
        return;
    }
    if (p->n == 0)
        return;
    wish->kind = WISH_COMMAND;
    snprintf(wish->text, sizeof(wish->text), "%s%s",
             action_list[p->row[p->words ? 0 : p->search.list.cursor]].name, rest);
}

/* Is a path typed after the first word: of a file to be written, or to be opened? */
static bool
is_path(const struct palette *p)
{
    char first[FIELD_MAX];

    first_word(p, first);
    return second_word(p) != NULL &&
           (action_find(first) == ACTION_SAVE_SCREEN || (p->words && p->n_words == 0));
}

/* Tab: the whole name of what is under the cursor, or more of a path. */
static void
complete(struct palette *p, struct wish *wish)
{
    char text[FIELD_MAX];

    if (is_path(p)) {
        pathcomplete_field(&p->search.field,
                           (size_t)(second_word(p) - p->search.field.text), wish);
        return;
    }
    if (p->words && p->n_words > 0)
        snprintf(text, sizeof(text), "%s %.200s", action_list[ACTION_OPEN].name,
                 word_of(&p->near[p->word[p->search.list.cursor]]));
    else if (!p->words && p->n > 0)
        snprintf(text, sizeof(text), "%s ",
                 action_list[p->row[p->search.list.cursor]].name);
    else
        return;
    field_open(&p->search.field, text);
}

static bool
palette_type(void *state, const struct world *w, const struct input *in,
             struct wish *wish)
{
    struct palette *p = state;

    (void)w;
    if (in->kind == INPUT_TAB) {
        complete(p, wish);
        return true;
    }
    return searchlist_type(&p->search, in, take, p, wish);
}

static enum action
palette_act(void *state, const struct world *w, enum action a, const struct input *in,
            struct wish *wish)
{
    struct palette *p = state;
    struct input below = *in;

    (void)w;
    below.y -= 1;
    return searchlist_act(&p->search, a, &below, take, p, wish) ? ACTION_NONE : a;
}

static const struct hint *
palette_hints(const void *state, const struct world *w, bool *ret_only)
{
    static const struct hint hints[] = { { "enter", "does it" },
                                         { "tab", "completes" },
                                         { "esc", "close" },
                                         { NULL, NULL } };

    (void)state;
    (void)w;
    *ret_only = true;
    return hints;
}

const struct panel_ops overlay_palette = {
    .title = "Palette",
    .about = "do something by its name",
    .state_size = sizeof(struct palette),
    .update = palette_update,
    .draw = palette_draw,
    .act = palette_act,
    .type = palette_type,
    .hints = palette_hints,
    .show = palette_show,
};
