/* chrome.c - tabs, status and hints; see chrome.h. */
#include "config.h"

#include "ui/tui/chrome.h"

#include "src/base/text.h"
#include "ui/cli/number.h"
#include "ui/tui/hintbar.h"
#include "ui/tui/outcome.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define TAB_GAP 2 /* cells between two tabs */

/* ---- what can be done -------------------------------------------------------------
 */

/* Actions of the app itself. */
static const char *
app_why_not(const struct chrome *c, enum action a)
{
    const struct world *w = c->world;
    bool can_train = w->name != NULL || c->ops == &overlay_start;

    switch (a) {
    case ACTION_START:
    case ACTION_FIND_LR:
        if (w->busy)
            return "a run is going on: stop it with x, or abandon it with X";
        if (w->loading.for_run)
            return "a run is about to begin: its data are being read";
        if (w->loading.active)
            return "what was opened is still being read; esc leaves off";
        if (w->preparing && w->shown == NULL)
            return "the model of what was opened is still being read";
        if (!can_train)
            return "there is nothing to train on yet: ctrl-o opens data";
        return w->wrong;
    case ACTION_PAUSE:
        if (w->loading.for_run)
            return "the run has not begun: its data are being read; x leaves it off";
        return w->busy ? NULL : "no run is going on: T begins one";
    case ACTION_STOP:
    case ACTION_ABANDON:
        return w->busy || w->loading.for_run ? NULL
                                             : "no run is going on: T begins one";
    case ACTION_OPEN:
        if (w->loading.for_run)
            return "a run is about to begin: x leaves it off";
        return w->busy ? "a run is going on: stop it with x, or abandon it with X"
                       : NULL;
    default:
        return NULL;
    }
}

const char *
chrome_why_not(const struct chrome *c, enum action a)
{
    const char *why = app_why_not(c, a);

    if (why == NULL && c->ops->why_not != NULL)
        why = c->ops->why_not(c->state, c->world, a);
    return why;
}

/* ---- tabs --------------------------------------------------------------------------
 */

/* Cells of a tab: its digit, a blank, its title. Narrow screens show digits only, but
 * for the one that is open. */
static int
tab_cells(enum panel_id p, bool titles)
{
    return titles ? 2 + (int)strlen(panel_list[p]->title) : 1;
}

static bool
has_titles(int width)
{
    int all = 0;

    for (int p = 0; p < PANEL_COUNT; p++)
        all += tab_cells((enum panel_id)p, true) + TAB_GAP;
    return all <= width;
}

enum panel_id
chrome_tab_at(int x, int width)
{
    bool titles = has_titles(width);
    int at = 1;

    for (int p = 0; p < PANEL_COUNT; p++) {
        int n = tab_cells((enum panel_id)p, titles);

        if (x >= at && x < at + n)
            return (enum panel_id)p;
        at += n + TAB_GAP;
    }
    return PANEL_COUNT;
}

/* The name of what is open, at the right; of a long one its end tells more. */
static void
draw_name(const struct canvas *cv, int x, int room, unsigned style, const char *name)
{
    struct canvas end = canvas_part(cv, (struct rect){ x + 1, 0, room - 1, 1 });
    int n = (int)text_width(name);

    if (n <= room) {
        canvas_text_right(cv, x, 0, room, style, name);
        return;
    }
    canvas_text(&end, room - 1 - n, 0, n, style, name);
    canvas_text(cv, x, 0, 1, style, cv->utf8 ? "…" : "~");
}

static void
draw_tabs(const struct chrome *c, const struct canvas *cv)
{
    bool titles = has_titles(cv->w);
    int at = 1, room;

    for (int p = 0; p < PANEL_COUNT; p++) {
        bool open = p == (int)c->panel;
        int n = tab_cells((enum panel_id)p, titles);

        canvas_printf(cv, at, 0, open ? STYLE_HEAD : STYLE_KEY, "%d", p + 1);
        if (titles)
            canvas_text(cv, at + 2, 0, n - 2, open ? STYLE_HEAD : STYLE_DIM,
                        panel_list[p]->title);
        if (open)
            canvas_select(cv, (struct rect){ at - 1, 0, n + 2, 1 });
        at += n + TAB_GAP;
    }
    room = cv->w - at - 1;
    if (room <= 4)
        return;
    if (c->world->name != NULL)
        draw_name(cv, at, room, STYLE_ACCENT, c->world->name);
    else if (c->world->loading.active)
        draw_name(cv, at, room, STYLE_DIM, c->world->loading.what);
}

/* ---- status ------------------------------------------------------------------------
 */

/* Is it known well enough how long a run will still take? */
static bool
knows_left(const struct snapshot *now)
{
    return isfinite(now->eta_s) && now->step > 0 && now->step >= now->n_steps / 100 &&
           now->state != SESSION_PAUSED;
}

/* A time that is left, in steps that are the longer the more it is: drawn ten times a
 * second, it is to be read. */
static void
format_left(char *out, size_t cap, double s)
{
    static const struct {
        double below, step;
    } steps[] = { { 20, 1 }, { 120, 5 }, { 600, 15 }, { INFINITY, 60 } };
    size_t i = 0;
    unsigned long n;

    while (s >= steps[i].below && i + 1 < sizeof(steps) / sizeof(steps[0]))
        i++;
    n = (unsigned long)(ceil(fmin(s, 1e9) / steps[i].step) * steps[i].step);
    if (n < 120)
        snprintf(out, cap, "%lu s", n);
    else if (n < 3600)
        snprintf(out, cap, "%lu:%02lu", n / 60, n % 60);
    else
        snprintf(out, cap, "%lu:%02lu:00", n / 3600, n / 60 % 60);
}

/* Before its first epoch a run makes its first weights and its first order. */
static const char *
text_of_state(const struct snapshot *now)
{
    bool starts = now->state == SESSION_IDLE ||
                  (now->state == SESSION_TRAINING && now->epoch == 0);

    return starts ? "starting" : session_state_text(now->state);
}

/* The line of a run that goes on: epoch, bar, share, speed, time left, state. */
static void
draw_busy(const struct world *w, const struct canvas *cv)
{
    const struct snapshot *now = &w->now;
    double part = now->n_steps > 0 ? (double)now->step / (double)now->n_steps : NAN;
    int bar = cv->w >= 70 ? 20 : cv->w >= 50 ? 10 : 0;
    const char *state = text_of_state(now);
    char eta[32];
    int x = 1;

    if (now->epoch > 0 && now->n_epochs > 0 && now->state != SESSION_FINDING)
        x += canvas_printf(cv, x, 0, STYLE_TEXT, "epoch %u/%u ", now->epoch,
                           now->n_epochs);
    canvas_bar(cv, x, 0, bar, STYLE_ACCENT, part);
    x += bar;
    if (!isnan(part))
        x += canvas_printf(cv, x, 0, STYLE_TEXT, " %3.0f %%", 100 * part);
    if (now->ratings_per_second > 0)
        x += canvas_printf(cv, x, 0, STYLE_TEXT, "  %.1f M ratings/s",
                           now->ratings_per_second / 1e6);
    if (knows_left(now)) {
        format_left(eta, sizeof(eta), now->eta_s);
        x += canvas_printf(cv, x, 0, STYLE_TEXT, "  %s left", eta);
    }
    if (now->state != SESSION_FINDING && now->step > 0 && cv->w - x > 40)
        x += canvas_printf(cv, x, 0, STYLE_A, "  loss %.4f", now->smooth_loss);
    if (w->plan != NULL && cv->w - x > 40)
        x += canvas_printf(cv, x, 0, STYLE_DIM, "  %s, %u thread%s", w->plan->ops->name,
                           w->plan->threads, w->plan->threads == 1 ? "" : "s");
    if (cv->w - x > 3)
        canvas_text_right(cv, x + 1, 0, cv->w - x - 2,
                          now->state == SESSION_PAUSED ? STYLE_WARN : STYLE_GOOD,
                          state);
}

/* "25,000,095 ratings of 162,541 users and 59,047 films" */
static void
draw_what(const struct world *w, const struct canvas *cv)
{
    const struct ratings *r = w->data != NULL    ? w->data->ratings
                              : w->shown != NULL ? w->shown->ratings
                                                 : NULL;
    char n[NUMBER_MAX], m[NUMBER_MAX], i[NUMBER_MAX];
    int x = 1;

    if (r != NULL) {
        number_grouped(n, (int64_t)r->n);
        number_grouped(m, r->n_users);
        number_grouped(i, r->n_items);
        x += canvas_printf(cv, x, 0, STYLE_DIM, "%s ratings, %s users, %s films", n, m,
                           i);
    }
    if (w->shown == NULL && w->name != NULL)
        canvas_text_right(cv, x + 1, 0, cv->w - x - 2, STYLE_DIM,
                          w->preparing ? "its model is being read"
                                       : "no model yet: T trains one");
    else if (w->curve.n_epochs > 0 && cv->w - x > 20) {
        double loss = outcome_best_loss(w);
        bool poor = outcome_is_poor(w);
        char best[64];

        snprintf(best, sizeof(best), "valid loss %.4f%s", loss,
                 poor && cv->w - x > 44 ? ", biases alone do better" : "");
        if (!isnan(loss))
            canvas_text_right(cv, x + 1, 0, cv->w - x - 2,
                              poor ? STYLE_WARN : STYLE_GOOD, best);
    }
}

/* "fetching ml-25m ███··· 52 %   esc leaves off" */
static void
draw_loading(const struct loading *l, const struct canvas *cv)
{
    int x = 1 + canvas_printf(cv, 1, 0, STYLE_TEXT, "%s %s ", l->phase, l->what);
    int bar = cv->w - x > 56 ? 30 : cv->w - x - 26;

    if (!isnan(l->part) && bar > 4) {
        canvas_bar(cv, x, 0, bar, STYLE_ACCENT, l->part);
        canvas_printf(cv, x + bar, 0, STYLE_TEXT, " %3.0f %%", 100 * l->part);
    }
    if (cv->w - x > bar + 24)
        canvas_text_right(cv, x, 0, cv->w - x - 1, STYLE_DIM, "esc leaves off");
}

static void
draw_status(const struct chrome *c, const struct canvas *cv)
{
    const struct world *w = c->world;

    if (w->loading.active) {
        draw_loading(&w->loading, cv);
    } else if (w->busy) {
        draw_busy(w, cv);
    } else {
        draw_what(w, cv);
    }
}

/* What is said, in the hint line; one that is longer lies over the panel's last lines,
 * as many as it takes. */
static void
draw_message(const struct chrome *c, const struct layout *l,
             const struct canvas *screen)
{
    struct rect at = { 0, l->hint.y, l->hint.w - 1, 1 };
    unsigned style = c->bad ? STYLE_BAD : STYLE_WARN;
    struct canvas lines = canvas_part(screen, at);
    int n = canvas_words(&lines, 1, 0, style, c->say), rest = l->body.h - 1;

    n = n - 1 < rest ? n - 1 : rest;
    at.y -= n;
    at.h += n;
    lines = canvas_part(screen, at);
    canvas_clear(&lines);
    canvas_words(&lines, 1, 0, style, c->say);
}

/* ---- all of it ---------------------------------------------------------------------
 */

void
chrome_draw(const struct chrome *c, const struct layout *l, const struct canvas *screen)
{
    struct canvas tabs = canvas_part(screen, l->tabs);
    struct canvas status = canvas_part(screen, l->status);
    struct canvas hint = canvas_part(screen, l->hint);
    bool narrow = l->hint.h == 0; /* what is said then goes into the status line */

    draw_tabs(c, &tabs);
    if (narrow && c->say[0] != '\0')
        canvas_text(&status, 0, 0, status.w, c->bad ? STYLE_BAD : STYLE_WARN, c->say);
    else
        draw_status(c, &status);
    if (narrow)
        return;
    if (c->say[0] != '\0')
        draw_message(c, l, screen);
    else
        hintbar_draw(c, &hint);
}
