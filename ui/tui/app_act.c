/*
 * app_act.c - actions. The panel (or the overlay above it) may use one; what it gives
 * back is the app's, whose own are a table of functions; see app_impl.h.
 */
#include "config.h"

#include "ui/tui/app_impl.h"

#include "src/base/path.h"
#include "ui/tui/events.h"
#include "ui/tui/screenfile.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

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

void
app_say_err(struct app *a, enum err_code rc, const struct err *err)
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

/* Back leads where one comes from; of a long way the end is remembered. */
void
app_go_to(struct app *a, enum panel_id panel)
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
    struct wish about = { .panel = a->panel, .below = a->panel_state[a->panel] };

    a->overlay = o;
    if (overlay_list[o]->show != NULL)
        overlay_list[o]->show(a->overlay_state[o], desk_world(a->desk), &about);
}

static void
open_panel(struct app *a, int panel)
{
    app_go_to(a, (enum panel_id)panel);
}

static void
open_overlay(struct app *a, int overlay)
{
    app_open_overlay(a, (enum overlay_id)overlay);
}

/* Another tab, `by` to the right. */
static void
turn(struct app *a, int by)
{
    app_go_to(a, (enum panel_id)(((int)a->panel + by + PANEL_COUNT) % PANEL_COUNT));
}

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

/* ---- data and runs -----------------------------------------------------------------
 */

bool
app_open_word(struct app *a, const char *word,
              enum err_code (*how)(struct desk *, const char *, struct err *))
{
    char home[PATH_MAX];
    struct err err;
    enum err_code rc = how(a->desk, path_typed(word, home), &err);

    if (rc == ERR_OK)
        a->overlay = OVERLAY_NONE;
    app_say_err(a, rc, &err);
    return rc == ERR_OK;
}

/* Begin something, and look at it. */
static void
begin(struct app *a, enum panel_id panel,
      enum err_code (*what)(struct desk *, struct err *))
{
    struct err err;
    enum err_code rc = what(a->desk, &err);

    app_say_err(a, rc, &err);
    if (rc == ERR_OK)
        app_go_to(a, panel);
}

static void
train(struct app *a)
{
    begin(a, PANEL_TRAIN, desk_train);
}

static void
find_lr(struct app *a)
{
    begin(a, PANEL_LR, desk_find_lr);
}

static void
pause_run(struct app *a)
{
    desk_pause(a->desk);
}

/* A run whose data are still being read is not begun. */
bool
app_leave_off(struct app *a)
{
    if (!desk_world(a->desk)->loading.for_run)
        return false;
    desk_leave_off(a->desk);
    app_say(a, false, "the run was left off before it began");
    return true;
}

static void
stop_run(struct app *a)
{
    if (app_leave_off(a))
        return;
    desk_stop(a->desk);
    app_say(a, false, "stopping: validate once, keep the better model, save");
}

/* A question that the next key answers (app_input.c). */
static void
ask(struct app *a, enum question q, const char *text)
{
    app_say(a, false, "%s", text);
    a->question = q;
}

static void
abandon_run(struct app *a)
{
    if (app_leave_off(a))
        return;
    ask(a, ASK_ABANDON, "abandon this run and keep nothing of it? y abandons");
}

static void
quit(struct app *a)
{
    const struct world *w = desk_world(a->desk);

    if (w->busy)
        ask(a, ASK_QUIT,
            "a run is going on: x stops it, keeps its best model and leaves; X abandons "
            "it and leaves; any other key stays here");
    else if (w->loading.for_run)
        ask(a, ASK_QUIT,
            "a run is about to begin, its data are being read: x leaves without it, "
            "any other key stays here");
    else
        a->leave = true;
}

/* ---- the terminal ------------------------------------------------------------------
 */

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

static void
redraw(struct app *a)
{
    a->redraw = true;
}

/* Write what is on the screen into a file, without the palette it was typed into. */
void
app_save_screen(struct app *a, const char *path)
{
    char home[PATH_MAX];
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
        rc = screenfile_write(&a->canvas, path_typed(path, home), &err);
    if (rc == ERR_OK)
        app_say(a, false, "wrote %s", path);
    app_say_err(a, rc, &err);
}

static void
save_nowhere(struct app *a)
{
    app_save_screen(a, NULL);
}

/* ---- all of them -------------------------------------------------------------------
 */

/* What an action is to the app: a function, or one that is given something. */
static const struct {
    void (*act)(struct app *a);
    void (*with)(struct app *a, int what);
    int what;
} own[ACTION_COUNT] = {
    [ACTION_HELP] = { .with = open_overlay, .what = OVERLAY_HELP },
    [ACTION_PALETTE] = { .with = open_overlay, .what = OVERLAY_PALETTE },
    [ACTION_OPEN] = { .with = open_overlay, .what = OVERLAY_START },
    [ACTION_NEXT_PANEL] = { .with = turn, .what = +1 },
    [ACTION_PREVIOUS_PANEL] = { .with = turn, .what = -1 },
    [ACTION_CANCEL] = { .act = cancel },
    [ACTION_BACK] = { .act = go_back },
    [ACTION_START] = { .act = train },
    [ACTION_FIND_LR] = { .act = find_lr },
    [ACTION_PAUSE] = { .act = pause_run },
    [ACTION_STOP] = { .act = stop_run },
    [ACTION_ABANDON] = { .act = abandon_run },
    [ACTION_GLYPHS] = { .act = next_glyphs },
    [ACTION_THEME] = { .act = next_theme },
    [ACTION_SAVE_SCREEN] = { .act = save_nowhere },
    [ACTION_REDRAW] = { .act = redraw },
    [ACTION_SUSPEND] = { .act = suspend },
    [ACTION_QUIT] = { .act = quit },
#define X(id, name) [ACTION_PANEL_##id] = { .with = open_panel, .what = PANEL_##id },
    PANEL_LIST(X)
#undef X
};

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
    if (!app_grant(a, &wish) || action == ACTION_NONE)
        return;
    if (own[action].act != NULL)
        own[action].act(a);
    else if (own[action].with != NULL)
        own[action].with(a, own[action].what);
    else if (in == NULL || !input_is_mouse(in))
        app_say(a, false, "%s: nothing to do here", action_list[action].name);
}
