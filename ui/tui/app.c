/*
 * app.c - the loop of the full-screen face; see app.h. What inputs and actions do to
 * the app is app_input.c's and app_act.c's, how a frame is drawn chrome.c's and the
 * panels'.
 *
 * A key draws at once; for training's sake the screen is drawn at most REDRAWS times a
 * second, and between two of those the session's pipe is not even looked at. When
 * nothing happens the loop sleeps in poll() without a time limit.
 */
#include "config.h"

#include "ui/tui/app.h"

#include "src/base/clock.h"
#include "src/base/mem.h"
#include "ui/tui/app_impl.h"
#include "ui/tui/events.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>

#define REDRAWS 10 /* a second, at most, without a key */
#define FDS_MAX 6

const struct panel_ops *const panel_list[] = {
#define X(id, name) [PANEL_##id] = &panel_##name,
    PANEL_LIST(X)
#undef X
};

const struct panel_ops *const overlay_list[] = {
#define X(id, name) [OVERLAY_##id] = &overlay_##name,
    OVERLAY_LIST(X)
#undef X
};

/* ---- opening and closing ----------------------------------------------------------
 */

static enum err_code
open_one(void **state, const struct panel_ops *ops, struct err *err)
{
    *state = mem_new(1, ops->state_size);
    if (*state == NULL)
        return err_nomem(err, ops->state_size, "a panel");
    return ops->open != NULL ? ops->open(*state, err) : ERR_OK;
}

static void
close_one(void *state, const struct panel_ops *ops)
{
    if (state != NULL && ops->close != NULL)
        ops->close(state);
    mem_free(state);
}

static enum err_code
open_panels(struct app *a, struct err *err)
{
    enum err_code rc = ERR_OK;

    for (int i = 0; i < PANEL_COUNT && rc == ERR_OK; i++)
        rc = open_one(&a->panel_state[i], panel_list[i], err);
    for (int i = 0; i < OVERLAY_COUNT && rc == ERR_OK; i++)
        rc = open_one(&a->overlay_state[i], overlay_list[i], err);
    return rc;
}

static void
app_done(struct app *a)
{
    screen_close(a->screen);
    events_close();
    for (int i = 0; i < PANEL_COUNT; i++)
        close_one(a->panel_state[i], panel_list[i]);
    for (int i = 0; i < OVERLAY_COUNT; i++)
        close_one(a->overlay_state[i], overlay_list[i]);
    script_free(a->script);
    desk_free(a->desk);
    canvas_done(&a->canvas);
}

/* Open what the command line names, in the way it says. */
static enum err_code
open_first(struct app *a, const struct app_options *o, struct err *err)
{
    struct train_config config = desk_world(a->desk)->config;

    config.item = o->item;
    desk_set_config(a->desk, &config);
    desk_read_as(a->desk, o->columns, o->max_rejects);
    return desk_open(a->desk, o->open, err);
}

static enum err_code
app_init(struct app *a, const struct app_options *o, struct err *err)
{
    enum err_code rc = ERR_OK;

    *a =
        (struct app){ .overlay = OVERLAY_NONE, .theme = o->theme, .glyphs = o->glyphs };
    if (o->script != NULL)
        rc = script_read(&a->script, o->script, err);
    if (rc == ERR_OK)
        rc = desk_new(&a->desk, err);
    if (rc == ERR_OK)
        rc = open_panels(a, err);
    if (rc == ERR_OK)
        rc = events_open(err);
    if (rc == ERR_OK)
        rc = screen_open(&a->screen, o->theme, err);
    if (rc == ERR_OK && o->open != NULL)
        rc = open_first(a, o, err);
    if (rc == ERR_OK && o->open != NULL && o->train) {
        rc = desk_train(a->desk, err); /* once they have been read */
        a->panel = PANEL_TRAIN;
    }
    if (rc == ERR_OK && o->open == NULL)
        app_open_overlay(a, OVERLAY_START);
    a->stale = true;
    return rc;
}

/* ---- drawing ----------------------------------------------------------------------
 */

static enum err_code
fit_canvas(struct app *a, struct err *err)
{
    struct canvas fresh;
    int w, h;
    enum err_code rc;

    screen_size(a->screen, &w, &h);
    if (a->canvas.cell != NULL && a->canvas.w == w && a->canvas.h == h) {
        a->canvas.glyphs = a->canvas.utf8 ? a->glyphs : GLYPHS_ASCII;
        return ERR_OK;
    }
    rc = canvas_init(&fresh, w, h, a->glyphs, screen_utf8(a->screen), err);
    if (rc != ERR_OK)
        return rc;
    canvas_done(&a->canvas);
    a->canvas = fresh;
    return ERR_OK;
}

void
app_update(struct app *a)
{
    struct chrome chrome = app_chrome(a);

    a->failed = chrome.ops->update != NULL &&
                chrome.ops->update(app_state(a), chrome.world, a->layout.body.w,
                                   a->layout.body.h, &a->failure) != ERR_OK;
}

/* The same at the size that the terminal has now. */
static enum err_code
update(struct app *a, struct err *err)
{
    enum err_code rc = fit_canvas(a, err);

    if (rc != ERR_OK)
        return rc;
    a->layout = layout_of(a->canvas.w, a->canvas.h);
    app_update(a);
    return ERR_OK;
}

enum err_code
app_draw(struct app *a, struct err *err)
{
    struct chrome chrome;
    struct canvas body;
    enum err_code rc = update(a, err);

    if (rc != ERR_OK)
        return rc;
    chrome = app_chrome(a);
    canvas_clear(&a->canvas);
    a->canvas.cursor->shown = false;
    body = canvas_part(&a->canvas, a->layout.body);
    if (a->failed) /* the panel says why, in its own place */
        canvas_text(&body, 1, 0, body.w - 1, STYLE_BAD, a->failure.msg);
    else
        chrome.ops->draw(chrome.state, chrome.world, &body);
    chrome_draw(&chrome, &a->layout, &a->canvas);
    rc = screen_show(a->screen, &a->canvas, a->redraw, err);
    a->redraw = a->stale = false;
    a->drawn_s = clock_now_s();
    return rc;
}

/* ---- hearing ----------------------------------------------------------------------
 */

static void
take_events(struct app *a)
{
    unsigned what = events_take();

    if ((what & EVENT_RESIZED) != 0)
        a->stale = true;
    if ((what & EVENT_SUSPEND) != 0)
        app_act(a, ACTION_SUSPEND, NULL);
    if ((what & EVENT_RESUMED) != 0) { /* others have had the terminal meanwhile */
        screen_leave(a->screen);
        screen_return(a->screen);
        a->stale = a->redraw = true;
    }
    if ((what & EVENT_INTERRUPT) != 0)
        app_interrupt(a);
    if ((what & EVENT_TERMINATE) != 0) {
        desk_stop(a->desk);
        a->signal = SIGTERM;
        a->leave = true;
    }
    if ((what & EVENT_HANGUP) != 0)
        a->gone = true;
}

static enum err_code
take_keys(struct app *a, struct err *err)
{
    for (;;) {
        struct input in = screen_read(a->screen, &a->gone);
        enum err_code rc;

        if (in.kind == INPUT_NONE)
            return ERR_OK;
        app_input(a, &in);
        rc = update(a, err);
        if (rc != ERR_OK)
            return rc;
    }
}

/* Play what the script has ready; true when that was something. */
static bool
take_script(struct app *a)
{
    struct script_step step;

    if (a->script == NULL || a->leave)
        return false;
    step = script_next(a->script, desk_world(a->desk));
    if (step.what == SCRIPT_INPUT)
        app_input(a, &step.in);
    else if (step.what == SCRIPT_COMMAND)
        app_command(a, step.command);
    if (step.what == SCRIPT_ENDED) {
        script_free(a->script);
        a->script = NULL;
    }
    return step.what == SCRIPT_INPUT || step.what == SCRIPT_COMMAND;
}

/* Sleep until something happens; without a key no longer than to the next redraw that
 * training may have. */
static void
sleep_for_news(struct app *a)
{
    struct pollfd p[FDS_MAX] = { { .fd = screen_fd(a->screen), .events = POLLIN },
                                 { .fd = events_fd(), .events = POLLIN } };
    double rest_s = a->drawn_s + 1. / REDRAWS - clock_now_s();
    int fd[FDS_MAX], n = 2, timeout_ms = -1;

    if (rest_s > 0) {
        timeout_ms = (int)(rest_s * 1000) + 1;
    } else {
        int more = desk_fds(a->desk, fd, FDS_MAX - n);

        for (int i = 0; i < more; i++)
            p[n++] = (struct pollfd){ .fd = fd[i], .events = POLLIN };
        if (desk_world(a->desk)->loading.active)
            timeout_ms = 1000 / REDRAWS; /* its progress comes without a wake-up */
    }
    (void)poll(p, (nfds_t)n, timeout_ms);
}

static void
listen(struct app *a)
{
    double now_s = clock_now_s();

    if (now_s - a->drawn_s < 1. / REDRAWS && a->script == NULL)
        return;
    if (a->overlay == OVERLAY_NONE && (IN_MODEL & 1u << a->panel) != 0)
        desk_look(a->desk);
    if (!desk_listen(a->desk))
        return;
    a->stale = true;
    app_heard(a);
}

/* The terminal is gone: what trains goes on to its end without one, a run that is
 * paused, too, since nobody is left to resume it. Signals are still heard. */
static void
go_on_alone(struct app *a)
{
    const struct world *w = desk_world(a->desk);

    a->signal = SIGHUP;
    desk_resume(a->desk);
    while (w->busy || w->loading.active) {
        struct pollfd p[FDS_MAX] = { { .fd = events_fd(), .events = POLLIN } };
        int fd[FDS_MAX], more = desk_fds(a->desk, fd, FDS_MAX - 1);
        unsigned what;

        for (int i = 0; i < more; i++)
            p[1 + i] = (struct pollfd){ .fd = fd[i], .events = POLLIN };
        (void)poll(p, (nfds_t)(1 + more), -1);
        what = events_take();
        if ((what & (EVENT_TERMINATE | EVENT_INTERRUPT)) != 0) {
            a->signal = (what & EVENT_TERMINATE) != 0 ? SIGTERM : SIGINT;
            desk_stop(a->desk);
        }
        (void)desk_listen(a->desk);
    }
}

enum err_code
app_run(const struct app_options *o, int *ret_signal, struct err *err)
{
    struct app a;
    enum err_code rc = app_init(&a, o, err);

    while (rc == ERR_OK && !a.leave && !a.gone) {
        listen(&a);
        if (a.script != NULL) /* whose next input comes before the next frame */
            rc = update(&a, err);
        while (rc == ERR_OK && take_script(&a))
            rc = app_draw(&a, err);
        if (rc == ERR_OK && a.stale)
            rc = app_draw(&a, err);
        if (rc == ERR_OK && !a.leave)
            sleep_for_news(&a);
        take_events(&a);
        if (rc == ERR_OK)
            rc = take_keys(&a, err);
    }
    if (rc == ERR_OK && a.gone && !a.leave)
        go_on_alone(&a);
    if (a.signal == SIGTERM)
        desk_finish(a.desk);
    *ret_signal = rc == ERR_OK ? a.signal : 0;
    app_done(&a);
    return rc;
}
