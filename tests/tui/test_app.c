/* test_app.c - what keys do to runs, what is said, and the help. */
#include "config.h"

#include "src/base/mem.h"

#include "tests/tui/apps.h"
#include "tests/tui/desks.h"
#include "tests/tui/sitting.h"
#include "tests/unit.h"

#include <stdio.h>
#include <string.h>

/* ---- keys that begin and end runs --------------------------------------------------
 */

static void
a_run_is_begun_paused_and_stopped_from_any_panel(void)
{
    struct desk *d;
    struct app a;

    desks_init();
    d = apps_desk(desks_data());
    desks_config(d, 10000);
    apps_open(&a, d, PANEL_USERS);
    apps_press(&a, "T");
    CU_ASSERT_EQUAL(a.panel, PANEL_TRAIN);
    desks_wait(d, desks_is_training);
    apps_press(&a, "6");
    apps_press(&a, "T");
    CU_ASSERT_PTR_NOT_NULL(strstr(a.say, "a run is going on"));
    apps_press(&a, "space");
    desks_wait(d, desks_is_paused);
    apps_press(&a, "space");
    desks_wait(d, desks_is_training);
    apps_press(&a, "x");
    CU_ASSERT_PTR_NOT_NULL(strstr(a.say, "stopping"));
    desks_wait(d, desks_is_idle);
    CU_ASSERT_EQUAL(desk_world(d)->now.state, SESSION_STOPPED);
    CU_ASSERT_PTR_NOT_NULL(desk_world(d)->shown);
    apps_press(&a, "x");
    CU_ASSERT_PTR_NOT_NULL(strstr(a.say, "no run is going on"));
    apps_close(&a);
    desk_free(d);
    desks_done();
}

static void
abandoning_and_leaving_ask_first(void)
{
    struct desk *d = apps_paused_desk();
    struct app a;

    apps_open(&a, d, PANEL_TRAIN);
    apps_press(&a, "q");
    CU_ASSERT_FALSE(a.leave);
    apps_press(&a, "esc");
    CU_ASSERT_FALSE(a.leave);
    CU_ASSERT_TRUE(desk_world(d)->busy);
    apps_press(&a, "X");
    apps_press(&a, "n");
    CU_ASSERT_TRUE(desk_world(d)->busy);
    apps_press(&a, "X");
    apps_press(&a, "y");
    desks_wait(d, desks_is_idle);
    CU_ASSERT_EQUAL(desk_world(d)->now.state, SESSION_ABANDONED);
    apps_press(&a, "q");
    CU_ASSERT_TRUE(a.leave);
    apps_close(&a);
    desk_free(d);
    desks_done();
}

static void
leaving_a_paused_run_stops_and_keeps_it(void)
{
    struct desk *d = apps_paused_desk();
    struct app a;

    apps_open(&a, d, PANEL_TRAIN);
    apps_press(&a, "q");
    apps_press(&a, "s"); /* no answer */
    CU_ASSERT_FALSE(a.leave);
    apps_press(&a, "q");
    apps_press(&a, "x");
    CU_ASSERT_TRUE(a.leave);
    desks_wait(d, desks_is_idle);
    CU_ASSERT_EQUAL(desk_world(d)->now.state, SESSION_STOPPED);
    apps_close(&a);
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
    apps_open(a, d, panel);
    CU_ASSERT_EQUAL_FATAL(desk_train(d, &err), ERR_OK);
    app_heard(a);
    desks_wait(d, desks_is_idle);
    CU_ASSERT_EQUAL(desk_world(d)->now.state, SESSION_FAILED);
    app_heard(a);
    apps_redraw(a);
}

static void
a_failure_is_told_once(void)
{
    struct desk *d;
    struct app a;
    char *text;

    desks_init();
    d = apps_desk(desks_data());
    fail_on(&a, d, PANEL_DATA);
    CU_ASSERT_PTR_NOT_NULL(strstr(a.say, "the loss is"));
    apps_close(&a);
    fail_on(&a, d, PANEL_TRAIN);
    CU_ASSERT_STRING_EQUAL(a.say, ""); /* the panel tells, and what to do */
    text = canvas_print(&a.canvas);
    CU_ASSERT_PTR_NOT_NULL_FATAL(text);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "the loss is"));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "T trains again, at a rate of"));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "✗"));
    mem_free(text);
    apps_close(&a);
    desk_free(d);
    desks_done();
}

/* A desk that reads data for a run: T on a run that was opened. */
static struct desk *
desk_about_to_train(struct app *a)
{
    struct desk *d;
    struct err err;

    desks_init();
    d = apps_desk(desks_data());
    desks_config(d, 1);
    CU_ASSERT_EQUAL_FATAL(desk_train(d, &err), ERR_OK);
    desks_wait(d, desks_is_idle);
    desks_open(d, "latest");
    apps_open(a, d, PANEL_USERS);
    apps_press(a, "T");
    CU_ASSERT_TRUE_FATAL(desk_world(d)->loading.for_run);
    return d;
}

static void
a_run_whose_data_are_read_is_one_to_every_key(void)
{
    struct app a;
    struct desk *d = desk_about_to_train(&a);

    apps_press(&a, "space");
    CU_ASSERT_PTR_NOT_NULL(strstr(a.say, "has not begun"));
    apps_press(&a, "T");
    CU_ASSERT_PTR_NOT_NULL(strstr(a.say, "about to begin"));
    apps_press(&a, "q");
    CU_ASSERT_FALSE(a.leave);
    apps_press(&a, "esc");
    CU_ASSERT_TRUE(desk_world(d)->loading.for_run);
    apps_press(&a, "x");
    CU_ASSERT_FALSE(desk_world(d)->loading.active);
    CU_ASSERT_PTR_NOT_NULL(desk_world(d)->shown); /* of the run that is open */
    apps_press(&a, "T");
    apps_press(&a, "q");
    apps_press(&a, "x");
    CU_ASSERT_TRUE(a.leave);
    CU_ASSERT_FALSE(desk_world(d)->busy);
    apps_close(&a);
    desk_free(d);
    desks_done();
}

static void
why_a_key_must_wait_is_said_until_it_need_not(void)
{
    struct desk *d;
    struct app a;
    struct err err;

    desks_init();
    d = apps_desk(NULL);
    apps_open(&a, d, PANEL_USERS);
    CU_ASSERT_EQUAL_FATAL(desk_open(d, desks_data(), &err), ERR_OK);
    app_heard(&a);
    apps_press(&a, "T");
    CU_ASSERT_PTR_NOT_NULL(strstr(a.say, "still being read"));
    app_heard(&a);
    CU_ASSERT_PTR_NOT_NULL(strstr(a.say, "still being read"));
    desks_wait(d, desks_is_idle);
    app_heard(&a);
    CU_ASSERT_STRING_EQUAL(a.say, "");
    apps_close(&a);
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

    apps_open(&a, d, PANEL_MOVIES);
    apps_redraw(&a);
    apps_press(&a, "?");
    text = canvas_print(&a.canvas);
    CU_ASSERT_PTR_NOT_NULL_FATAL(text);
    search = strstr(text, action_list[ACTION_SEARCH].help);
    quit = strstr(text, action_list[ACTION_QUIT].help);
    CU_ASSERT_PTR_NOT_NULL_FATAL(quit);
    before = search != NULL && search < quit;
    mem_free(text);
    apps_close(&a);
    return before;
}

static void
the_help_begins_with_what_can_be_done_here_and_now(void)
{
    struct desk *d;
    struct err err;

    desks_init();
    d = apps_desk(desks_data());
    CU_ASSERT_FALSE(search_comes_before_quit(d)); /* there is nothing to search yet */
    desks_config(d, 1);
    CU_ASSERT_EQUAL_FATAL(desk_train(d, &err), ERR_OK);
    desks_wait(d, desks_is_idle);
    CU_ASSERT_TRUE(search_comes_before_quit(d));
    desk_free(d);
    desks_done();
}

CU_TestInfo tests_app[] = {
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
    { "a run whose data are read is one to every key",
      a_run_whose_data_are_read_is_one_to_every_key },
    { "why a key must wait is said until it need not",
      why_a_key_must_wait_is_said_until_it_need_not },
    CU_TEST_INFO_NULL,
};
