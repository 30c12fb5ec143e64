/* hintbar.c - the line of keys that do something now; see hintbar.h. */
#include "config.h"

#include "ui/tui/hintbar.h"

#include "src/base/text.h"

#include <stdio.h>
#include <string.h>

#define HINTS_MAX 32
#define RIGHT_END 14 /* cells at the right for help and quit */
#define GAP       2  /* cells between two hints */

/* A hint that has room. */
struct place {
    char key[INPUT_NAME_MAX];
    const char *what;
    int x, cells;
};

struct bar {
    struct place at[HINTS_MAX];
    size_t n;
    int x, end; /* of what is free */
};

static void
add(struct bar *b, const char *key, const char *what)
{
    int cells = (int)(text_width(key) + 1 + text_width(what));
    struct place *p = &b->at[b->n];

    if (b->n == HINTS_MAX || b->x + cells > b->end)
        return;
    *p = (struct place){ .what = what, .x = b->x, .cells = cells };
    snprintf(p->key, sizeof(p->key), "%s", key);
    b->x += cells + GAP;
    b->n++;
}

static void
add_action(struct bar *b, enum action a, const char *what)
{
    struct input key;
    char name[INPUT_NAME_MAX];

    if (action_key(a, 0, &key))
        add(b, input_name(&key, name), what);
}

static const char *
hint_of(const struct chrome *c, enum action a)
{
    if (a == ACTION_PAUSE && c->world->now.state == SESSION_PAUSED)
        return "go on";
    return action_list[a].hint;
}

/* Actions that work now: of this panel alone, or everywhere. */
static void
add_actions(struct bar *b, const struct chrome *c, bool own)
{
    for (int a = ACTION_HELP + 1; a < ACTION_COUNT; a++) {
        const struct action_info *info = &action_list[a];

        if (info->hint == NULL || (info->where & 1u << c->panel) == 0 ||
            (info->where != IN_ALL) != own || chrome_why_not(c, (enum action)a) != NULL)
            continue;
        add_action(b, (enum action)a, hint_of(c, (enum action)a));
    }
}

/* What is special comes first, then what runs, or is to be run first. */
static void
fill(struct bar *b, const struct chrome *c, int width)
{
    const struct hint *special = NULL;
    bool only = false, run_first = c->world->busy || c->world->shown == NULL;

    *b = (struct bar){ .x = 1, .end = width - RIGHT_END - GAP };
    if (c->ops->hints != NULL)
        special = c->ops->hints(c->state, c->world, &only);
    for (; special != NULL && special->key != NULL; special++)
        add(b, special->key, special->what);
    if (c->overlay && special == NULL)
        add_action(b, ACTION_CANCEL, "close");
    if (!only && !c->overlay) {
        add_actions(b, c, !run_first);
        add_actions(b, c, run_first);
    }
    if (only) /* every key is a character */
        return;
    b->end = width;
    b->x = b->x > width - RIGHT_END ? b->x : width - RIGHT_END;
    add_action(b, ACTION_HELP, "help");
    add_action(b, ACTION_QUIT, "quit");
}

void
hintbar_draw(const struct chrome *c, const struct canvas *cv)
{
    struct bar b;

    fill(&b, c, cv->w);
    for (size_t i = 0; i < b.n; i++) {
        const struct place *p = &b.at[i];
        int x = p->x + canvas_text(cv, p->x, 0, p->cells, STYLE_KEY, p->key) + 1;

        canvas_text(cv, x, 0, p->cells, STYLE_DIM, p->what);
    }
}

bool
hintbar_at(const struct chrome *c, int x, int width, struct input *ret)
{
    struct bar b;

    fill(&b, c, width);
    for (size_t i = 0; i < b.n; i++)
        if (x >= b.at[i].x && x < b.at[i].x + b.at[i].cells)
            return input_parse(ret, b.at[i].key, strlen(b.at[i].key));
    return false;
}
