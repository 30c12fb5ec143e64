/*
 * test_keys.c - the table of actions against the app that obeys it, without a
 * terminal: no key is silent, and the help has all of them.
 */
#include "config.h"

#include "ui/tui/app_impl.h"

#include "src/base/mem.h"

#include "tests/tui/desks.h"
#include "tests/tui/sitting.h"
#include "tests/unit.h"

#include <stdio.h>
#include <string.h>

#define W 120
#define H 40

/* An app as app_run makes it, but for the screen. */
static void
app_open(struct app *a, struct desk *d, enum panel_id panel)
{
    *a = (struct app){ .overlay = OVERLAY_NONE,
                       .desk = d,
                       .panel = panel,
                       .glyphs = GLYPHS_BRAILLE,
                       .layout = layout_of(W, H) };
    for (int p = 0; p < PANEL_COUNT; p++) {
        a->panel_state[p] = mem_new(1, panel_list[p]->state_size);
        if (panel_list[p]->open != NULL)
            CU_ASSERT_EQUAL(panel_list[p]->open(a->panel_state[p], NULL), ERR_OK);
    }
    for (int o = 0; o < OVERLAY_COUNT; o++)
        a->overlay_state[o] = mem_new(1, overlay_list[o]->state_size);
    CU_ASSERT_EQUAL_FATAL(canvas_init(&a->canvas, W, H, GLYPHS_BRAILLE, true, NULL),
                          ERR_OK);
}

static void
app_close(struct app *a)
{
    for (int p = 0; p < PANEL_COUNT; p++) {
        if (panel_list[p]->close != NULL)
            panel_list[p]->close(a->panel_state[p]);
        mem_free(a->panel_state[p]);
    }
    for (int o = 0; o < OVERLAY_COUNT; o++) {
        if (overlay_list[o]->close != NULL)
            overlay_list[o]->close(a->overlay_state[o]);
        mem_free(a->overlay_state[o]);
    }
    canvas_done(&a->canvas);
}

static void
app_redraw(struct app *a)
{
    struct chrome c = app_chrome(a);
    struct canvas body = canvas_part(&a->canvas, a->layout.body);
    struct err err = { .code = ERR_OK };

    if (c.ops->update != NULL)
        CU_ASSERT_EQUAL(c.ops->update(app_state(a), c.world, a->layout.body.w,
                                      a->layout.body.h, &err),
                        ERR_OK);
    if (err.code != ERR_OK)
        printf("\n    panel %d: %s\n", (int)a->panel + 1, err.msg);
    canvas_clear(&a->canvas);
    a->canvas.cursor->shown = false;
    c.ops->draw(c.state, c.world, &body);
    chrome_draw(&c, &a->layout, &a->canvas);
}

/* ---- no key is silent --------------------------------------------------------------
 */

/* What moves may stand at an end already, and what leaves may have nothing to leave. */
static bool
is_navigation(enum action a, enum panel_id panel)
{
    switch (a) {
    case ACTION_UP:
    case ACTION_DOWN:
    case ACTION_LEFT:
    case ACTION_RIGHT:
    case ACTION_PAGE_UP:
    case ACTION_PAGE_DOWN:
    case ACTION_FIRST:
    case ACTION_LAST:
    case ACTION_CLICK:
    case ACTION_DOUBLE_CLICK:
    case ACTION_CANCEL:
        return true;
    default:
        return a == ACTION_PANEL_DATA + (enum action)panel;
    }
}

/* What begins or ends a run has tests of its own; the screen is needed for others. */
static bool
is_elsewhere(enum action a)
{
    return a == ACTION_START || a == ACTION_FIND_LR || a == ACTION_PAUSE ||
           a == ACTION_STOP || a == ACTION_ABANDON || a == ACTION_THEME ||
           a == ACTION_SUSPEND;
}

/* Press it on a fresh app; true when that changed or said something. */
static bool
is_answered(struct desk *d, enum panel_id panel, const struct input *key)
{
    static struct cell before[W * H];
    struct canvas_cursor cursor;
    struct app a;
    bool answered;

    app_open(&a, d, panel);
    app_redraw(&a);
    memcpy(before, a.canvas.cell, sizeof(before));
    cursor = *a.canvas.cursor;
    app_input(&a, key);
    app_redraw(&a);
    answered = memcmp(before, a.canvas.cell, sizeof(before)) != 0 ||
               memcmp(&cursor, a.canvas.cursor, sizeof(cursor)) != 0 || a.leave ||
               a.redraw || a.question != ASK_NOTHING;
    app_close(&a);
    return answered;
}

/* Every key on every panel of a desk. */
static void
no_key_is_silent(struct desk *d, const char *what)
{
    for (int p = 0; p < PANEL_COUNT; p++)
        for (int i = 1; i < ACTION_COUNT; i++) {
            enum action action = (enum action)i;
            struct input key;

            if ((action_list[i].where & 1u << p) == 0 || is_elsewhere(action))
                continue;
            for (unsigned k = 0; action_key(action, k, &key); k++) {
                bool answered;

                key.x = 10;
                key.y = 5;
                answered = is_answered(d, (enum panel_id)p, &key);
                if (answered || is_navigation(action, (enum panel_id)p))
                    continue;
                printf("\n    %s: '%s' on panel %d is silent\n", what,
                       action_list[i].name, p + 1);
                CU_FAIL("a key is silent");
            }
        }
}

static struct desk *
desk_with(const char *path)
{
    struct desk *d;

    CU_ASSERT_EQUAL_FATAL(desk_new(&d, NULL), ERR_OK);
    if (path != NULL)
        desks_open(d, path);
    return d;
}

static void
no_key_is_silent_without_data(void)
{
    struct desk *d = desk_with(NULL);

    no_key_is_silent(d, "nothing is open");
    desk_free(d);
}

static void
no_key_is_silent_without_a_model(void)
{
    struct desk *d;

    desks_init();
    d = desk_with(desks_data());
    no_key_is_silent(d, "data, no model");
    desk_free(d);
    desks_done();
}

static void
no_key_is_silent_with_a_model(void)
{
    struct desk *d, *again;
    struct err err;

    desks_init();
    d = desk_with(desks_data());
    desks_config(d, 2);
    CU_ASSERT_EQUAL_FATAL(desk_train(d, &err), ERR_OK);
    desks_wait(d, desks_is_idle);
    CU_ASSERT_PTR_NOT_NULL_FATAL(desk_world(d)->shown);
    no_key_is_silent(d, "trained");
    desk_free(d);
    again = desk_with("latest");
    CU_ASSERT_PTR_NOT_NULL_FATAL(desk_world(again)->shown);
    no_key_is_silent(again, "a run was opened");
    desk_free(again);
    desks_done();
}

static struct desk *
paused_desk(void)
{
    struct desk *d;
    struct err err;

    desks_init();
    d = desk_with(desks_data());
    desks_config(d, 10000);
    CU_ASSERT_EQUAL_FATAL(desk_train(d, &err), ERR_OK);
    desks_wait(d, desks_is_training);
    desk_pause(d);
    desks_wait(d, desks_is_paused);
    return d;
}

static void
no_key_is_silent_while_a_run_is_paused(void)
{
    struct desk *d = paused_desk();

    no_key_is_silent(d, "paused");
    desk_free(d);
    desks_done();
}

/* ---- keys that begin and end runs --------------------------------------------------
 */

static void
press(struct app *a, const char *name)
{
    struct input in;

    CU_ASSERT_TRUE_FATAL(input_parse(&in, name, strlen(name)));
    app_input(a, &in);
    app_redraw(a);
}

static void
a_run_is_begun_paused_and_stopped_from_any_panel(void)
{
    struct desk *d;
    struct app a;

    desks_init();
    d = desk_with(desks_data());
    desks_config(d, 10000);
    app_open(&a, d, PANEL_USERS);
    press(&a, "T");
    CU_ASSERT_EQUAL(a.panel, PANEL_TRAIN);
    desks_wait(d, desks_is_training);
    press(&a, "6");
    press(&a, "T");
    CU_ASSERT_PTR_NOT_NULL(strstr(a.say, "a run is going on"));
    press(&a, "space");
    desks_wait(d, desks_is_paused);
    press(&a, "space");
    desks_wait(d, desks_is_training);
    press(&a, "x");
    CU_ASSERT_PTR_NOT_NULL(strstr(a.say, "stopping"));
    desks_wait(d, desks_is_idle);
    CU_ASSERT_EQUAL(desk_world(d)->now.state, SESSION_STOPPED);
    CU_ASSERT_PTR_NOT_NULL(desk_world(d)->shown);
    press(&a, "x");
    CU_ASSERT_PTR_NOT_NULL(strstr(a.say, "no run is going on"));
    app_close(&a);
    desk_free(d);
    desks_done();
}

static void
abandoning_and_leaving_ask_first(void)
{
    struct desk *d = paused_desk();
    struct app a;

    app_open(&a, d, PANEL_TRAIN);
    press(&a, "q");
    CU_ASSERT_FALSE(a.leave);
    press(&a, "esc");
    CU_ASSERT_FALSE(a.leave);
    CU_ASSERT_TRUE(desk_world(d)->busy);
    press(&a, "X");
    press(&a, "n");
    CU_ASSERT_TRUE(desk_world(d)->busy);
    press(&a, "X");
    press(&a, "y");
    desks_wait(d, desks_is_idle);
    CU_ASSERT_EQUAL(desk_world(d)->now.state, SESSION_ABANDONED);
    press(&a, "q");
    CU_ASSERT_TRUE(a.leave);
    app_close(&a);
    desk_free(d);
    desks_done();
}

static void
leaving_a_paused_run_stops_and_keeps_it(void)
{
    struct desk *d = paused_desk();
    struct app a;

    app_open(&a, d, PANEL_TRAIN);
    press(&a, "q");
    press(&a, "s");
    CU_ASSERT_TRUE(a.leave);
    desks_wait(d, desks_is_idle);
    CU_ASSERT_EQUAL(desk_world(d)->now.state, SESSION_STOPPED);
    app_close(&a);
    desk_free(d);
    desks_done();
}

/* Train until the loss runs away, and hear of it on a panel. */
static void
fail_on(struct app *a, struct desk *d, enum panel_id panel)
{
    struct train_config c;
    struct err err;

    desks_config(d, 3);
    c = desk_world(d)->config;
    c.y_lo = -1e30;
    c.y_hi = 1e30;
    desk_set_config(d, &c);
    app_open(a, d, panel);
    CU_ASSERT_EQUAL_FATAL(desk_train(d, &err), ERR_OK);
    app_heard(a);
    desks_wait(d, desks_is_idle);
    CU_ASSERT_EQUAL(desk_world(d)->now.state, SESSION_FAILED);
    app_heard(a);
    app_redraw(a);
}

static void
a_failure_is_told_once(void)
{
    struct desk *d;
    struct app a;
    char *text;

    desks_init();
    d = desk_with(desks_data());
    fail_on(&a, d, PANEL_DATA);
    CU_ASSERT_PTR_NOT_NULL(strstr(a.say, "the loss is"));
    app_close(&a);
    fail_on(&a, d, PANEL_TRAIN);
    CU_ASSERT_STRING_EQUAL(a.say, ""); /* the panel tells, and what to do */
    text = canvas_print(&a.canvas);
    CU_ASSERT_PTR_NOT_NULL_FATAL(text);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "the loss is"));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "T trains again, at a rate of"));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "✗"));
    mem_free(text);
    app_close(&a);
    desk_free(d);
    desks_done();
}

/* ---- the help ----------------------------------------------------------------------
 */

static void
the_help_has_every_action_with_its_keys(void)
{
    struct world w = { .config = train_config_defaults() };
    struct sitting s;
    struct canvas cv;
    char *text, *line;
    unsigned n = 0;

    CU_ASSERT_EQUAL_FATAL(
        canvas_init(&cv, 160, ACTION_COUNT + 20, GLYPHS_BRAILLE, true, NULL), ERR_OK);
    sitting_open(&s, "help", &w, cv.w, cv.h);
    sitting_draw(&s, &cv);
    text = canvas_print(&cv);
    CU_ASSERT_PTR_NOT_NULL_FATAL(text);
    for (int a = 1; a < ACTION_COUNT; a++) {
        line = strstr(text, action_list[a].help);
        n += line != NULL;
        if (line == NULL)
            printf("\n    the help lacks '%s'\n", action_list[a].name);
    }
    CU_ASSERT_EQUAL(n, ACTION_COUNT - 1);
    mem_free(text);
    sitting_close(&s);
    canvas_done(&cv);
}

/* Does the help of the Movies panel tell of the search before it tells how to leave? */
static bool
search_comes_before_quit(struct desk *d)
{
    struct app a;
    const char *search, *quit;
    char *text;
    bool before;

    app_open(&a, d, PANEL_MOVIES);
    app_redraw(&a);
    press(&a, "?");
    text = canvas_print(&a.canvas);
    CU_ASSERT_PTR_NOT_NULL_FATAL(text);
    search = strstr(text, action_list[ACTION_SEARCH].help);
    quit = strstr(text, action_list[ACTION_QUIT].help);
    CU_ASSERT_PTR_NOT_NULL_FATAL(quit);
    before = search != NULL && search < quit;
    mem_free(text);
    app_close(&a);
    return before;
}

static void
the_help_begins_with_what_can_be_done_here_and_now(void)
{
    struct desk *d;
    struct err err;

    desks_init();
    d = desk_with(desks_data());
    CU_ASSERT_FALSE(search_comes_before_quit(d)); /* there is nothing to search yet */
    desks_config(d, 1);
    CU_ASSERT_EQUAL_FATAL(desk_train(d, &err), ERR_OK);
    desks_wait(d, desks_is_idle);
    CU_ASSERT_TRUE(search_comes_before_quit(d));
    desk_free(d);
    desks_done();
}

CU_TestInfo tests_keys[] = {
    { "no key is silent without data", no_key_is_silent_without_data },
    { "no key is silent without a model", no_key_is_silent_without_a_model },
    { "no key is silent with a model", no_key_is_silent_with_a_model },
    { "no key is silent while a run is paused",
      no_key_is_silent_while_a_run_is_paused },
    { "a run is begun, paused and stopped from any panel",
      a_run_is_begun_paused_and_stopped_from_any_panel },
    { "abandoning and leaving ask first", abandoning_and_leaving_ask_first },
    { "leaving a paused run stops and keeps it",
      leaving_a_paused_run_stops_and_keeps_it },
    { "a failure is told once", a_failure_is_told_once },
    { "the help has every action with its keys",
      the_help_has_every_action_with_its_keys },
    { "the help begins with what can be done here and now",
      the_help_begins_with_what_can_be_done_here_and_now },
    CU_TEST_INFO_NULL,
};
