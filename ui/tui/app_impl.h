/*
 * app_impl.h - what the files of the app share; nobody else includes it. app.c is the
 * loop, app_input.c turns inputs into actions, app_act.c does these, app_wish.c grants
 * what panels wish for.
 */
#ifndef MLT_UI_TUI_APP_IMPL_H
#define MLT_UI_TUI_APP_IMPL_H

#include "ui/tui/chrome.h"
#include "ui/tui/desk.h"
#include "ui/tui/panel.h"
#include "ui/tui/screen.h"
#include "ui/tui/script.h"

#define BACK_MAX 16

/* A question that the next key answers. */
enum question { ASK_NOTHING, ASK_QUIT, ASK_ABANDON };

struct app {
    struct screen *screen;
    struct desk *desk;
    struct script *script; /* or NULL */
    struct canvas canvas;
    void *panel_state[PANEL_COUNT];
    void *overlay_state[OVERLAY_COUNT];
    enum panel_id panel;
    enum overlay_id overlay;
    enum panel_id back[BACK_MAX]; /* panels that led here, the last one last */
    int n_back;
    enum theme theme;
    enum glyphs glyphs;
    enum question question;
    char say[1024]; /* in place of the hints */
    bool bad;
    bool was_busy;   /* something ran or was read when the message was said */
    uint64_t n_said; /* troubles that were told already */
    struct layout layout;
    bool failed; /* the open panel could not be brought up to date: failure */
    struct err failure;
    bool stale;  /* something is to be drawn */
    bool redraw; /* and nothing on the terminal is to be trusted */
    double drawn_s;
    bool leave, gone;
    int signal;
};

/* The state of the panel or overlay that gets the keys. */
void *app_state(const struct app *a);
/* What the frame is drawn from. */
struct chrome app_chrome(const struct app *a);

/* Bring the open panel or overlay up to date with the world: what the next input does
 * depends on it, so this is done before every one, drawn or not. */
void app_update(struct app *a);

/* Draw a frame. ERR_NOMEM: there is no room for the screen's cells. */
ERR_MUST_CHECK enum err_code app_draw(struct app *a, struct err *err);

/* ---- app_input.c ------------------------------------------------------------------
 */

/* One input from the person or the script. */
void app_input(struct app *a, const struct input *in);
/* The name of an action, perhaps with a word after it. */
void app_command(struct app *a, const char *text);
/* Ctrl-C. */
void app_interrupt(struct app *a);
/* The desk has had news. */
void app_heard(struct app *a);

/* ---- app_act.c --------------------------------------------------------------------
 */

/* An action; `in` is the input that it came from, or NULL. */
void app_act(struct app *a, enum action action, const struct input *in);

void app_say(struct app *a, bool bad, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* Say what went wrong, if something did. */
void app_say_err(struct app *a, enum err_code rc, const struct err *err);

void app_go_to(struct app *a, enum panel_id panel);
void app_open_overlay(struct app *a, enum overlay_id o);

/* Leave off reading the data of a run that is to begin; false: none is. */
bool app_leave_off(struct app *a);

/* desk_open or desk_fetch; false, and told, when it cannot even be begun. */
bool app_open_word(struct app *a, const char *word,
                   enum err_code (*how)(struct desk *, const char *, struct err *));

/* Write what is on the screen into a file, without the palette it was typed into. */
void app_save_screen(struct app *a, const char *path);

/* ---- app_wish.c -------------------------------------------------------------------
 */

/* False when what was wished for is not to be had, which has been told then. */
bool app_grant(struct app *a, const struct wish *w);

#endif
