/* test_meanwhile.c - what happens meanwhile: news that come while a person does
 * something. */
#include "config.h"

#include "ui/tui/app_impl.h"

#include "src/data/synth.h"
#include "ui/tui/me_panel.h"

#include "tests/tui/apps.h"
#include "tests/tui/desks.h"
#include "tests/tui/home.h"
#include "tests/unit.h"

#include <stdio.h>
#include <string.h>

static struct desk *desk;
static struct app app;

static void
begin(enum panel_id panel)
{
    desks_init();
    CU_ASSERT_EQUAL_FATAL(desk_new(&desk, NULL), ERR_OK);
    apps_open(&app, desk, panel);
    desks_open(desk, desks_data());
    apps_redraw(&app);
}

static void
end(void)
{
    apps_close(&app);
    desk_free(desk);
    desks_done();
}

/* Train on what is open; the name of the run. */
static void
train(char run[512])
{
    struct err err;

    desks_config(desk, 1);
    CU_ASSERT_EQUAL_FATAL(desk_train(desk, &err), ERR_OK);
    desks_wait(desk, desks_is_idle);
    snprintf(run, 512, "%s", desk_world(desk)->saved);
}

/* While one types into the palette, what was opened before may have been read: the
 * panel below still knows films of data that are gone. */
static void
a_word_means_what_is_open_now(void)
{
    struct synth_options few = { .n_users = 9, .n_items = 5, .n_ratings = 30 };
    struct wish last = { .kind = WISH_SHOW_FILM, .row = 30 };
    char path[512], run[512], other[512];

    begin(PANEL_MOVIES);
    snprintf(path, sizeof(path), "%s", home_path("few"));
    CU_ASSERT_EQUAL_FATAL(synth_write(path, &few, NULL, NULL, NULL), ERR_OK);
    desks_open(desk, path);
    train(run);
    desks_open(desk, desks_data());
    train(other);
    panel_movies.show(app.panel_state[PANEL_MOVIES], desk_world(desk), &last);
    apps_press(&app, ":");
    desks_open(desk, run);
    for (const char *c = "rate"; *c != '\0'; c++)
        apps_press(&app, (const char[]){ *c, '\0' });
    apps_press(&app, "enter");
    CU_ASSERT_EQUAL(app.panel, PANEL_ME);
    CU_ASSERT_EQUAL_FATAL(desk_world(desk)->shown->catalog->n_items, 5);
    CU_ASSERT(((struct me *)app.panel_state[PANEL_ME])->asked <= 5);
    end();
}

static void
each_trouble_is_told_the_second_like_the_first(void)
{
    static const char *const nowhere[] = { "open no-such-data", "open neither-this" };

    begin(PANEL_DATA);
    for (int i = 0; i < 2; i++) {
        app.say[0] = '\0';
        app_command(&app, nowhere[i]);
        desks_wait(desk, desks_is_idle);
        app_heard(&app);
        CU_ASSERT_PTR_NOT_NULL(strstr(app.say, nowhere[i] + strlen("open ")));
    }
    app.say[0] = '\0';
    app_heard(&app); /* not again and again */
    CU_ASSERT_STRING_EQUAL(app.say, "");
    end();
}

CU_TestInfo tests_meanwhile[] = {
    { "a word means what is open now", a_word_means_what_is_open_now },
    { "each trouble is told, the second like the first",
      each_trouble_is_told_the_second_like_the_first },
    CU_TEST_INFO_NULL,
};
