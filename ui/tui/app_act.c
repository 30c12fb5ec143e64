/*
 * app_act.c - what inputs, actions and wishes do to the app; see app_impl.h.
 *
 * An input goes to whoever edits a text, else it becomes an action by the table. The
 * panel (or the overlay above it) may use the action; what it gives back is the app's.
 */
#include "config.h"

#include "ui/tui/app_impl.h"

#include "src/base/atomicfile.h"
#include "src/base/mem.h"
#include "src/base/sink.h"
#include "ui/draw/picture.h"
#include "ui/tui/events.h"
#include "ui/tui/hintbar.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void
wish_say(struct wish *w, const char *fmt, ...)
{
    va_list args;

    w->kind = WISH_SAY;
    va_start(args, fmt);
    vsnprintf(w->text, sizeof(w->text), fmt, args);
    va_end(args);
}

void
app_say(struct app *a, bool bad, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    vsnprintf(a->say, sizeof(a->say), fmt, args);
    va_end(args);
    a->bad = bad;
    a->stale = true;
}

static void
say_err(struct app *a, enum err_code rc, const struct err *err)
{
    if (rc != ERR_OK)
        app_say(a, true, "%s", err->msg);
}

void *
app_state(const struct app *a)
{
    return a->overlay != OVERLAY_NONE ? a->overlay_state[a->overlay]
                                      : a->panel_state[a->panel];
}

struct chrome
app_chrome(const struct app *a)
{
    return (struct chrome){
        .world = desk_world(a->desk),
        .panel = a->panel,
        .ops = a->overlay != OVERLAY_NONE ? overlay_list[a->overlay]
                                          : panel_list[a->panel],
        .state = app_state(a),
        .overlay = a->overlay != OVERLAY_NONE,
        .say = a->say,
        .bad = a->bad,
    };
}

/* ---- going from panel to panel ----------------------------------------------------
 */

static void
go_to(struct app *a, enum panel_id panel)
{
    a->overlay = OVERLAY_NONE;
    if (panel == a->panel)
        return;
    if (a->n_back == BACK_MAX)
        memmove(a->back, a->back + 1, (BACK_MAX - 1) * sizeof(a->back[0]));
    else
        a->n_back++;
    a->back[a->n_back - 1] = a->panel;
    a->panel = panel;
}

static void
go_back(struct app *a)
{
    if (a->overlay != OVERLAY_NONE)
        a->overlay = OVERLAY_NONE;
    else if (a->n_back > 0)
        a->panel = a->back[--a->n_back];
    else
        app_say(a, false, "there is nothing to go back to");
}

void
app_open_overlay(struct app *a, enum overlay_id o)
{
    struct wish about = { .panel = a->panel };

    a->overlay = o;
    if (overlay_list[o]->show != NULL)
        overlay_list[o]->show(a->overlay_state[o], desk_world(a->desk), &about);
}

/* ---- wishes ------------------------------------------------------------------------
 */

/* Show a film or user on the panel that is wished for. */
static void
show_on(struct app *a, enum panel_id panel, const struct wish *wish)
{
    go_to(a, panel);
    if (panel_list[panel]->show != NULL)
        panel_list[panel]->show(a->panel_state[panel], desk_world(a->desk), wish);
}

/* False, and told, when it cannot even be begun. */
static bool
open_word(struct app *a, const char *word)
{
    struct err err;
    enum err_code rc = desk_open(a->desk, word, &err);

    if (rc == ERR_OK)
        a->overlay = OVERLAY_NONE;
    say_err(a, rc, &err);
    return rc == ERR_OK;
}

/* The same of a data set that is to be fetched. */
static bool
fetch_word(struct app *a, const char *name)
{
    struct err err;
    enum err_code rc = desk_fetch(a->desk, name, &err);

    if (rc == ERR_OK)
        a->overlay = OVERLAY_NONE;
    say_err(a, rc, &err);
    return rc == ERR_OK;
}

/* False when what was wished for is not to be had, which has been told then. */
static bool
grant(struct app *a, const struct wish *wish)
{
    struct err err;

    switch (wish->kind) {
    case WISH_NONE:
        break;
    case WISH_SAY:
        app_say(a, false, "%s", wish->text);
        break;
    case WISH_OPEN:
        return open_word(a, wish->text);
    case WISH_FETCH:
        return fetch_word(a, wish->text);
    case WISH_CONFIG:
        desk_set_config(a->desk, &wish->config);
        break;
    case WISH_TRAIN:
        desk_set_config(a->desk, &wish->config);
        app_act(a, ACTION_START, NULL);
        break;
    case WISH_COMPARE:
        say_err(a, desk_compare(a->desk, &err), &err);
        break;
    case WISH_SHOW_FILM:
        show_on(a, wish->panel, wish);
        break;
    case WISH_SHOW_USER:
        show_on(a, PANEL_USERS, wish);
        break;
    case WISH_RATE:
        show_on(a, PANEL_ME, wish);
        break;
    case WISH_COMMAND:
        a->overlay = OVERLAY_NONE;
        app_command(a, wish->text);
        break;
    case WISH_CLOSE:
        a->overlay = OVERLAY_NONE;
        break;
    }
    return true;
}

/* ---- actions of the app ------------------------------------------------------------
 */

static void
ask(struct app *a, enum question q, const char *text)
{
    app_say(a, false, "%s", text);
    a->question = q;
}

static void
quit(struct app *a)
{
    if (desk_world(a->desk)->busy)
        ask(a, ASK_QUIT,
            "a run is going on: s stops it and keeps the best, a abandons it, any "
            "other key stays here");
    else
        a->leave = true;
}

/* Begin something, and look at it. */
static void
begin(struct app *a, enum panel_id panel,
      enum err_code (*what)(struct desk *, struct err *))
{
    struct err err;
    enum err_code rc = what(a->desk, &err);

    say_err(a, rc, &err);
    if (rc == ERR_OK)
        go_to(a, panel);
}

static void
suspend(struct app *a)
{
    screen_leave(a->screen);
    events_suspend();
    screen_return(a->screen);
    a->redraw = true;
}

static void
next_theme(struct app *a)
{
    a->theme = (enum theme)((a->theme + 1) % THEME_COUNT);
    screen_set_theme(a->screen, a->theme);
    app_say(a, false, "colours: %s", theme_name(a->theme));
}

static void
next_glyphs(struct app *a)
{
    static const char *const name[] = { [GLYPHS_ASCII] = "plain characters",
                                        [GLYPHS_BLOCK] = "blocks",
                                        [GLYPHS_BRAILLE] = "Braille dots" };

    if (!a->canvas.utf8) {
        app_say(a, true, "this terminal's locale is not UTF-8: charts stay in ASCII");
        return;
    }
    a->glyphs = (enum glyphs)((a->glyphs + 1) % GLYPHS_COUNT);
    app_say(a, false, "charts are drawn with %s", name[a->glyphs]);
}

/* The cells as they are drawn now: a picture for .svg, else text. */
static enum err_code
write_canvas(const struct canvas *cv, const char *path, struct err *err)
{
    const char *dot = strrchr(path, '.');
    struct atomicfile *f = NULL;
    char *text = NULL;
    struct sink to;
    enum err_code rc = atomicfile_open(&f, path, err);

    if (rc != ERR_OK)
        return rc;
    if (dot != NULL && strcmp(dot, ".svg") == 0) {
        to = atomicfile_sink(f);
        rc = picture_write(cv, &to, err);
    } else {
        text = canvas_print(cv);
        rc = text != NULL ? atomicfile_write(f, text, strlen(text), err)
                          : err_set(err, ERR_NOMEM, "no memory for the screen's text");
    }
    if (rc == ERR_OK)
        rc = atomicfile_commit(f, err);
    atomicfile_close(f);
    mem_free(text);
    return rc;
}

/* Write what is on the screen into a file, without the palette it was typed into. */
static void
save_screen(struct app *a, const char *path)
{
    struct err err;
    enum err_code rc;

    if (path == NULL || path[0] == '\0') {
        app_say(
            a, true,
            "save-screen wants a file: :save-screen FILE, or FILE.svg for a picture");
        return;
    }
    rc = app_draw(a, &err);
    if (rc == ERR_OK)
        rc = write_canvas(&a->canvas, path, &err);
    if (rc == ERR_OK)
        app_say(a, false, "wrote %s", path);
    say_err(a, rc, &err);
}

_Static_assert(ACTION_NEXT_PANEL - ACTION_PANEL_DATA == PANEL_COUNT,
               "each panel has an action that opens it, in the order of PANEL_LIST");

/* Leave the overlay; without one, leave off reading. */
static void
cancel(struct app *a)
{
    if (a->overlay == OVERLAY_NONE && desk_world(a->desk)->loading.active) {
        desk_leave_off(a->desk);
        app_say(a, false, "left off; ctrl-o opens something else");
    }
    a->overlay = OVERLAY_NONE;
}

static void
act_for_app(struct app *a, enum action action, const struct input *in)
{
    if (action >= ACTION_PANEL_DATA && action < ACTION_NEXT_PANEL) {
        go_to(a, (enum panel_id)(action - ACTION_PANEL_DATA));
        return;
    }
    switch (action) {
    case ACTION_HELP:
        app_open_overlay(a, OVERLAY_HELP);
        break;
    case ACTION_PALETTE:
        app_open_overlay(a, OVERLAY_PALETTE);
        break;
    case ACTION_OPEN:
        app_open_overlay(a, OVERLAY_START);
        break;
    case ACTION_QUIT:
        quit(a);
        break;
    case ACTION_NEXT_PANEL:
        go_to(a, (enum panel_id)((a->panel + 1) % PANEL_COUNT));
        break;
    case ACTION_PREVIOUS_PANEL:
        go_to(a, (enum panel_id)((a->panel + PANEL_COUNT - 1) % PANEL_COUNT));
        break;
    case ACTION_CANCEL:
        cancel(a);
        break;
    case ACTION_BACK:
        go_back(a);
        break;
    case ACTION_GLYPHS:
        next_glyphs(a);
        break;
    case ACTION_THEME:
        next_theme(a);
        break;
    case ACTION_SAVE_SCREEN:
        save_screen(a, NULL);
        break;
    case ACTION_REDRAW:
        a->redraw = true;
        break;
    case ACTION_SUSPEND:
        suspend(a);
        break;
    case ACTION_START:
        begin(a, PANEL_TRAIN, desk_train);
        break;
    case ACTION_FIND_LR:
        begin(a, PANEL_LR, desk_find_lr);
        break;
    case ACTION_PAUSE:
        desk_pause(a->desk);
        break;
    case ACTION_STOP:
        desk_stop(a->desk);
        app_say(a, false, "stopping: validate once, keep the better model, save");
        break;
    case ACTION_ABANDON:
        ask(a, ASK_ABANDON, "abandon this run and keep nothing of it? y abandons");
        break;
    default:
        if (in == NULL || !input_is_mouse(in))
            app_say(a, false, "%s: nothing to do here", action_list[action].name);
        break;
    }
}

/* ---- inputs ------------------------------------------------------------------------
 */

/* The key that answers a question. */
static void
answer(struct app *a, const struct input *in)
{
    enum question q = a->question;
    uint32_t ch = in->kind == INPUT_CHAR ? in->ch : 0;

    a->question = ASK_NOTHING;
    if (q == ASK_ABANDON && ch == 'y')
        desk_abandon(a->desk);
    if (q == ASK_QUIT && ch == 'a') {
        desk_abandon(a->desk);
        a->leave = true;
    }
    if (q == ASK_QUIT && ch == 's') {
        desk_stop(a->desk);
        desk_finish(a->desk);
        a->leave = true;
    }
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
            go_to(a, p);
        return true;
    }
    return ret->y < 0 || ret->y >= l->body.h;
}

void
app_act(struct app *a, enum action action, const struct input *in)
{
    struct chrome c = app_chrome(a);
    struct wish wish = { .kind = WISH_NONE };
    const char *why = chrome_why_not(&c, action);
    static const struct input none;

    a->stale = true;
    if (why != NULL) {
        app_say(a, false, "%s", why);
        return;
    }
    if (c.ops->act != NULL)
        action =
            c.ops->act(app_state(a), c.world, action, in != NULL ? in : &none, &wish);
    if (grant(a, &wish) && action != ACTION_NONE)
        act_for_app(a, action, in);
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
        (void)grant(a, &wish);
        return;
    }
    action = action_of(&here, a->panel);
    if (action != ACTION_NONE)
        app_act(a, action, &here);
    else
        app_say(a, false, "%s does nothing here; ? shows what does",
                input_name(in, name));
}

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
        (void)open_word(a, rest);
    else if (action == ACTION_SAVE_SCREEN)
        save_screen(a, rest);
    else
        app_act(a, action, NULL);
}

void
app_interrupt(struct app *a)
{
    const struct world *w = desk_world(a->desk);

    if (!w->busy || a->signal == SIGINT) { /* nothing runs, or the second one */
        a->signal = SIGINT;
        a->leave = true;
        return;
    }
    a->signal = SIGINT;
    desk_stop(a->desk);
    app_say(a, false, "stopping after this batch; ctrl-c once more leaves at once");
}

void
app_heard(struct app *a)
{
    const struct world *w = desk_world(a->desk);

    if (w->trouble != NULL && w->trouble != a->said_trouble)
        app_say(a, true, "%s", w->trouble);
    a->said_trouble = w->trouble;
    if (w->busy != a->was_busy && !a->bad && a->question == ASK_NOTHING)
        a->say[0] = '\0'; /* it was about what has ended or begun */
    a->was_busy = w->busy;
    if (!w->busy && !a->leave && a->signal == SIGINT)
        a->signal = 0; /* stopped as asked; the screen stays */
}
