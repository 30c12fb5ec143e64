/* apps.c - see apps.h. */
#include "config.h"

#include "tests/tui/apps.h"

#include "src/base/mem.h"

#include "tests/tui/desks.h"
#include "tests/unit.h"

#include <stdio.h>
#include <string.h>

/* An app as app_run makes it, but for the screen. */
void
apps_open(struct app *a, struct desk *d, enum panel_id panel)
{
    *a = (struct app){ .overlay = OVERLAY_NONE,
                       .desk = d,
                       .panel = panel,
                       .glyphs = GLYPHS_BRAILLE,
                       .layout = layout_of(APPS_W, APPS_H) };
    for (int p = 0; p < PANEL_COUNT; p++) {
        a->panel_state[p] = mem_new(1, panel_list[p]->state_size);
        if (panel_list[p]->open != NULL)
            CU_ASSERT_EQUAL(panel_list[p]->open(a->panel_state[p], NULL), ERR_OK);
    }
    for (int o = 0; o < OVERLAY_COUNT; o++)
        a->overlay_state[o] = mem_new(1, overlay_list[o]->state_size);
    CU_ASSERT_EQUAL_FATAL(
        canvas_init(&a->canvas, APPS_W, APPS_H, GLYPHS_BRAILLE, true, NULL), ERR_OK);
}

void
apps_close(struct app *a)
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

void
apps_redraw(struct app *a)
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

void
apps_press(struct app *a, const char *name)
{
    struct input in;

    CU_ASSERT_TRUE_FATAL(input_parse(&in, name, strlen(name)));
    app_input(a, &in);
    apps_redraw(a);
}

struct desk *
apps_desk(const char *path)
{
    struct desk *d;

    CU_ASSERT_EQUAL_FATAL(desk_new(&d, NULL), ERR_OK);
    if (path != NULL)
        desks_open(d, path);
    return d;
}

struct desk *
apps_paused_desk(void)
{
    struct desk *d;
    struct err err;

    desks_init();
    d = apps_desk(desks_data());
    desks_config(d, 10000);
    CU_ASSERT_EQUAL_FATAL(desk_train(d, &err), ERR_OK);
    desks_wait(d, desks_is_training);
    desk_pause(d);
    desks_wait(d, desks_is_paused);
    return d;
}
