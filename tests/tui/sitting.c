/* sitting.c - see sitting.h. Any failure ends the test. */
#include "config.h"

#include "tests/tui/sitting.h"

#include "tests/tui/home.h"

#include "src/base/mem.h"
#include "ui/tui/chrome.h"

#include "tests/unit.h"

#include <stdio.h>
#include <string.h>

static const char *const panel_name[] = {
#define X(id, name) #name,
    PANEL_LIST(X)
#undef X
};

static const char *const overlay_name[] = {
#define X(id, name) #name,
    OVERLAY_LIST(X)
#undef X
};

static struct chrome
chrome_of(const struct sitting *s)
{
    return (struct chrome){ .world = s->world,
                            .panel = s->panel,
                            .ops = s->ops,
                            .state = s->state,
                            .overlay = s->overlay != OVERLAY_NONE,
                            .say = s->say };
}

static void
update(struct sitting *s)
{
    struct rect body = layout_of(s->w, s->h).body;
    struct err err = { .code = ERR_OK };

    if (s->ops->update != NULL)
        CU_ASSERT_EQUAL(s->ops->update(s->state, s->world, body.w, body.h, &err),
                        ERR_OK);
    if (err.code != ERR_OK)
        puts(err.msg);
}

static void
find_ops(struct sitting *s, const char *name)
{
    for (int p = 0; p < PANEL_COUNT; p++)
        if (strcmp(panel_name[p], name) == 0) {
            s->panel = (enum panel_id)p;
            s->ops = panel_list[p];
        }
    for (int o = 0; o < OVERLAY_COUNT; o++)
        if (strcmp(overlay_name[o], name) == 0) {
            s->overlay = (enum overlay_id)o;
            s->ops = overlay_list[o];
        }
    CU_ASSERT_PTR_NOT_NULL_FATAL(s->ops);
}

void
sitting_open(struct sitting *s, const char *name, const struct world *w, int width,
             int height)
{
    struct wish about = { .panel = PANEL_MOVIES };

    *s = (struct sitting){ .world = w,
                           .panel = PANEL_MOVIES,
                           .overlay = OVERLAY_NONE,
                           .w = width,
                           .h = height };
    find_ops(s, name);
    s->state = mem_new(1, s->ops->state_size);
    CU_ASSERT_PTR_NOT_NULL_FATAL(s->state);
    if (s->ops->open != NULL)
        CU_ASSERT_EQUAL_FATAL(s->ops->open(s->state, NULL), ERR_OK);
    if (s->overlay != OVERLAY_NONE && s->ops->show != NULL)
        s->ops->show(s->state, w, &about);
    update(s);
}

void
sitting_close(struct sitting *s)
{
    if (s->ops->close != NULL)
        s->ops->close(s->state);
    mem_free(s->state);
    memset(s, 0, sizeof(*s));
}

void
sitting_begin(struct sitting *s, const char *name, enum worlds world)
{
    home_make();
    sitting_open(s, name, worlds_get(world), 120, 40);
}

void
sitting_end(struct sitting *s)
{
    sitting_close(s);
    worlds_free();
    home_remove();
}

void
sitting_resize(struct sitting *s, int width, int height)
{
    s->w = width;
    s->h = height;
    update(s);
}

void
sitting_turn(struct sitting *s, const struct world *w)
{
    s->world = w;
    update(s);
}

/* ---- keys --------------------------------------------------------------------------
 */

static void
take(struct sitting *s, const struct input *in)
{
    struct chrome c = chrome_of(s);
    enum action a = action_of(in, s->panel);
    const char *why = a != ACTION_NONE ? chrome_why_not(&c, a) : NULL;

    if (why != NULL)
        snprintf(s->say, sizeof(s->say), "%s", why);
    else if (a != ACTION_NONE && s->ops->act != NULL)
        (void)s->ops->act(s->state, s->world, a, in, &s->wish);
}

void
sitting_input(struct sitting *s, const struct input *in)
{
    s->say[0] = '\0';
    s->wish = (struct wish){ .kind = WISH_NONE };
    if (s->ops->type == NULL || !s->ops->type(s->state, s->world, in, &s->wish))
        take(s, in);
    if (s->wish.kind == WISH_SAY)
        snprintf(s->say, sizeof(s->say), "%s", s->wish.text);
    update(s);
}

static const char *
type_text(struct sitting *s, const char *at)
{
    for (; *at != '\0' && *at != '\''; at++) {
        struct input in = { .kind = INPUT_CHAR, .ch = (unsigned char)*at };

        sitting_input(s, &in);
    }
    return at + (*at == '\'');
}

void
sitting_press(struct sitting *s, const char *keys)
{
    for (const char *at = keys; *(at += strspn(at, " ")) != '\0';) {
        size_t n = strcspn(at, " ");
        struct input in;

        if (*at == '\'') {
            at = type_text(s, at + 1);
            continue;
        }
        CU_ASSERT_TRUE_FATAL(input_parse(&in, at, n));
        sitting_input(s, &in);
        at += n;
    }
}

void
sitting_draw(const struct sitting *s, const struct canvas *cv)
{
    struct layout l = layout_of(cv->w, cv->h);
    struct canvas body = canvas_part(cv, l.body);
    struct chrome c = chrome_of(s);

    canvas_clear(cv);
    cv->cursor->shown = false;
    s->ops->draw(s->state, s->world, &body);
    chrome_draw(&c, &l, cv);
}

char *
sitting_text(const struct sitting *s)
{
    struct canvas cv;
    char *text;

    CU_ASSERT_EQUAL_FATAL(canvas_init(&cv, s->w, s->h, GLYPHS_BRAILLE, true, NULL),
                          ERR_OK);
    sitting_draw(s, &cv);
    text = canvas_print(&cv);
    CU_ASSERT_PTR_NOT_NULL_FATAL(text);
    canvas_done(&cv);
    return text;
}

bool
sitting_shows(const struct sitting *s, const char *what)
{
    char *text = sitting_text(s);
    bool found = strstr(text, what) != NULL;

    mem_free(text);
    return found;
}
