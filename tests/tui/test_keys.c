/* test_keys.c - the table of actions against the app that obeys it: no key is silent.
 */
#include "config.h"

#include "tests/tui/apps.h"
#include "tests/tui/desks.h"
#include "tests/unit.h"

#include <stdio.h>
#include <string.h>

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
    static struct cell before[APPS_W * APPS_H];
    struct canvas_cursor cursor;
    struct app a;
    bool answered;

    apps_open(&a, d, panel);
    apps_redraw(&a);
    memcpy(before, a.canvas.cell, sizeof(before));
    cursor = *a.canvas.cursor;
    app_input(&a, key);
    apps_redraw(&a);
    answered = memcmp(before, a.canvas.cell, sizeof(before)) != 0 ||
               memcmp(&cursor, a.canvas.cursor, sizeof(cursor)) != 0 || a.leave ||
               a.redraw || a.question != ASK_NOTHING;
    apps_close(&a);
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

static void
no_key_is_silent_without_data(void)
{
    struct desk *d = apps_desk(NULL);

    no_key_is_silent(d, "nothing is open");
    desk_free(d);
}

static void
no_key_is_silent_without_a_model(void)
{
    struct desk *d;

    desks_init();
    d = apps_desk(desks_data());
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
    d = apps_desk(desks_data());
    desks_config(d, 2);
    CU_ASSERT_EQUAL_FATAL(desk_train(d, &err), ERR_OK);
    desks_wait(d, desks_is_idle);
    CU_ASSERT_PTR_NOT_NULL_FATAL(desk_world(d)->shown);
    no_key_is_silent(d, "trained");
    desk_free(d);
    again = apps_desk("latest");
    CU_ASSERT_PTR_NOT_NULL_FATAL(desk_world(again)->shown);
    no_key_is_silent(again, "a run was opened");
    desk_free(again);
    desks_done();
}

static void
no_key_is_silent_while_a_run_is_paused(void)
{
    struct desk *d = apps_paused_desk();

    no_key_is_silent(d, "paused");
    desk_free(d);
    desks_done();
}

CU_TestInfo tests_keys[] = {
    { "no key is silent without data", no_key_is_silent_without_data },
    { "no key is silent without a model", no_key_is_silent_without_a_model },
    { "no key is silent with a model", no_key_is_silent_with_a_model },
    { "no key is silent while a run is paused",
      no_key_is_silent_while_a_run_is_paused },
    CU_TEST_INFO_NULL,
};
