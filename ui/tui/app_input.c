/*
 * app_input.c - what a person does, on its way to the action that it means; see
 * app_impl.h.
 *
 * A key answers a question that stands open, else it goes to whoever edits a text, else
 * it becomes an action by the table.
 */
#include "config.h"

#include "ui/tui/app_impl.h"

#include "ui/tui/hintbar.h"
#include "ui/tui/outcome.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

/* ---- keys and the mouse ------------------------------------------------------------
 */

/* The key that answers a question: one that ends a run does so before the screen is
 * left. */
static void
answer(struct app *a, const struct input *in)
{
    enum question q = a->question;
    uint32_t ch = in->kind == INPUT_CHAR ? in->ch : 0;
    enum action means = action_of(in, a->panel);

    a->question = ASK_NOTHING;
    if (q == ASK_ABANDON && ch == 'y')
        desk_abandon(a->desk);
    if (q != ASK_QUIT || (means != ACTION_STOP && means != ACTION_ABANDON))
        return;
    desk_leave_off(a->desk);
    if (means == ACTION_ABANDON)
        desk_abandon(a->desk);
    else
        desk_stop(a->desk);
    desk_finish(a->desk);
    a->leave = true;
}

/* A click on the hint line: as if its key had been pressed. */
static bool
is_click_on_hint(struct app *a, const struct input *in)
{
    struct chrome c = app_chrome(a);
    struct input key;

    if (in->kind != INPUT_CLICK || a->layout.hint.h == 0 || in->y != a->layout.hint.y ||
        a->say[0] != '\0' || !hintbar_at(&c, in->x, a->layout.hint.w, &key))
        return false;
    app_input(a, &key);
    return true;
}

/* A click on a tab, or in the panel: its place as the panel counts. */
static bool
is_click_outside(struct app *a, const struct input *in, struct input *ret)
{
    const struct layout *l = &a->layout;

    *ret = *in;
    ret->x -= l->body.x;
    ret->y -= l->body.y;
    if (in->kind != INPUT_CLICK && in->kind != INPUT_DOUBLE_CLICK)
        return false;
    if (l->tabs.h > 0 && in->y == l->tabs.y) {
        enum panel_id p = chrome_tab_at(in->x, l->tabs.w);

        if (p != PANEL_COUNT)
            app_go_to(a, p);
        return true;
    }
    return ret->y < 0 || ret->y >= l->body.h;
}

void
app_input(struct app *a, const struct input *in)
{
    const struct panel_ops *ops = app_chrome(a).ops;
    struct wish wish = { .kind = WISH_NONE };
    struct input here;
    char name[INPUT_NAME_MAX];
    enum action action;

    a->stale = true;
    if (is_click_on_hint(a, in))
        return;
    a->say[0] = '\0';
    if (a->question != ASK_NOTHING) {
        answer(a, in);
        return;
    }
    if (is_click_outside(a, in, &here))
        return;
    if (ops->type != NULL &&
        ops->type(app_state(a), desk_world(a->desk), &here, &wish)) {
        (void)app_grant(a, &wish);
        return;
    }
    action = action_of(&here, a->panel);
    if (action != ACTION_NONE)
        app_act(a, action, &here);
    else
        app_say(a, false, "%s does nothing here; ? shows what does",
                input_name(in, name));
}

/* ---- words -------------------------------------------------------------------------
 */

static void
say_unknown(struct app *a, const char *name)
{
    const char *near = action_nearest(name);

    if (near != NULL)
        app_say(a, true, "nothing is called '%s'; did you mean '%s'?", name, near);
    else
        app_say(a, true, "nothing is called '%s'; ? lists what there is", name);
}

void
app_command(struct app *a, const char *text)
{
    size_t n = strcspn(text, " ");
    const char *rest = text + n + strspn(text + n, " ");
    char name[64];
    enum action action;

    snprintf(name, sizeof(name), "%.*s", (int)n, text);
    action = action_find(name);
    a->stale = true;
    if (action == ACTION_NONE)
        say_unknown(a, name);
    else if (action == ACTION_OPEN && rest[0] != '\0')
        (void)app_open_word(a, rest, desk_open);
    else if (action == ACTION_SAVE_SCREEN)
        app_save_screen(a, rest);
    else
        app_act(a, action, NULL);
}

/* ---- what happens by itself --------------------------------------------------------
 */

void
app_interrupt(struct app *a)
{
    const struct world *w = desk_world(a->desk);

    if (app_leave_off(a))
        return;
    if (!w->busy || a->signal == SIGINT) { /* nothing runs, or the second one */
        a->signal = SIGINT;
        a->leave = true;
        return;
    }
    a->signal = SIGINT;
    desk_stop(a->desk);
    app_say(a, false, "stopping after this batch; ctrl-c once more leaves at once");
}

/* Does the panel tell by itself how the run has failed, and what to do? */
static bool
is_told(const struct app *a, const struct world *w)
{
    return a->overlay == OVERLAY_NONE && a->panel == PANEL_TRAIN &&
           w->now.state == SESSION_FAILED && outcome_lines(w, a->layout.body.h) > 0;
}

void
app_heard(struct app *a)
{
    const struct world *w = desk_world(a->desk);
    bool reads = w->loading.active || (w->preparing && w->shown == NULL);
    bool busy = w->busy || reads;

    if (w->trouble != NULL && w->n_troubles != a->n_said && !is_told(a, w))
        app_say(a, true, "%s", w->trouble);
    a->n_said = w->n_troubles;
    if (busy != a->was_busy && !a->bad && a->question == ASK_NOTHING)
        a->say[0] = '\0'; /* it was about what has ended or begun */
    a->was_busy = busy;
    if (!w->busy && !a->leave && a->signal == SIGINT)
        a->signal = 0; /* stopped as asked; the screen stays */
}
