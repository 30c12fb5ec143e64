/* app_wish.c - what panels wish for, and the app grants; see app_impl.h. */
#include "config.h"

#include "ui/tui/app_impl.h"

#include <stdarg.h>
#include <stdio.h>

void
wish_say(struct wish *w, const char *fmt, ...)
{
    va_list args;

    w->kind = WISH_SAY;
    va_start(args, fmt);
    vsnprintf(w->text, sizeof(w->text), fmt, args);
    va_end(args);
}

/* ---- grants: false when what was wished for is not to be had, which has been told --
 */

static bool
open_data(struct app *a, const struct wish *w)
{
    return app_open_word(a, w->text, desk_open);
}

static bool
fetch_data(struct app *a, const struct wish *w)
{
    return app_open_word(a, w->text, desk_fetch);
}

static bool
say(struct app *a, const struct wish *w)
{
    app_say(a, false, "%s", w->text);
    return true;
}

static bool
set_config(struct app *a, const struct wish *w)
{
    desk_set_config(a->desk, &w->config);
    return true;
}

static bool
train(struct app *a, const struct wish *w)
{
    desk_set_config(a->desk, &w->config);
    app_act(a, ACTION_START, NULL);
    return true;
}

static bool
compare(struct app *a, const struct wish *w)
{
    struct err err;

    (void)w;
    app_say_err(a, desk_compare(a->desk, &err), &err);
    return true;
}

/* A film, a user: on the panel that knows what to do with it. */
static bool
show_on(struct app *a, enum panel_id panel, const struct wish *w)
{
    app_go_to(a, panel);
    if (panel_list[panel]->show != NULL)
        panel_list[panel]->show(a->panel_state[panel], desk_world(a->desk), w);
    return true;
}

static bool
show_film(struct app *a, const struct wish *w)
{
    return show_on(a, w->panel, w);
}

static bool
show_user(struct app *a, const struct wish *w)
{
    return show_on(a, PANEL_USERS, w);
}

static bool
rate(struct app *a, const struct wish *w)
{
    return show_on(a, PANEL_ME, w);
}

static bool
close_overlay(struct app *a, const struct wish *w)
{
    (void)w;
    a->overlay = OVERLAY_NONE;
    return true;
}

static bool
command(struct app *a, const struct wish *w)
{
    a->overlay = OVERLAY_NONE;
    app_update(a); /* the panel below may know what is gone meanwhile */
    app_command(a, w->text);
    return true;
}

static bool (*const grants[])(struct app *, const struct wish *) = {
    [WISH_NONE] = NULL,           [WISH_SAY] = say,
    [WISH_OPEN] = open_data,      [WISH_FETCH] = fetch_data,
    [WISH_CONFIG] = set_config,   [WISH_TRAIN] = train,
    [WISH_COMPARE] = compare,     [WISH_SHOW_FILM] = show_film,
    [WISH_SHOW_USER] = show_user, [WISH_RATE] = rate,
    [WISH_COMMAND] = command,     [WISH_CLOSE] = close_overlay,
};

bool
app_grant(struct app *a, const struct wish *w)
{
    return grants[w->kind] == NULL || grants[w->kind](a, w);
}
