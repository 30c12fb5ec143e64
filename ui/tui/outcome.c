/* outcome.c - how a run has ended; see outcome.h. */
#include "config.h"

#include "ui/tui/outcome.h"

#include <math.h>
#include <stdio.h>

#define TEXT_MAX    1024
#define FROM_HEIGHT 16

int
outcome_lines(const struct world *w, int height)
{
    bool ended = !w->busy && w->curve.n_epochs_all > 0 && w->now.state >= SESSION_DONE;

    return ended && height >= FROM_HEIGHT ? 2 : 0;
}

/* "done in 20.9 s": what became of the run. */
static void
format_end(const struct world *w, char out[TEXT_MAX])
{
    const struct snapshot *now = &w->now;

    switch (now->state) {
    case SESSION_STOPPED:
        snprintf(out, TEXT_MAX, "stopped at step %zu of %zu; the better model was kept",
                 now->step, now->n_steps);
        break;
    case SESSION_ABANDONED:
        snprintf(out, TEXT_MAX, "abandoned: nothing of it was kept");
        break;
    case SESSION_FAILED:
        snprintf(out, TEXT_MAX, "failed: %s", now->error.msg);
        break;
    default:
        if (now->stopped_early)
            snprintf(out, TEXT_MAX,
                     "stopped early in %.1f s: no better validation since epoch %u, "
                     "which was kept",
                     now->elapsed_s, now->best_epoch);
        else if (now->no_number)
            snprintf(out, TEXT_MAX,
                     "done in %.1f s; no validation gave a number, the last weights "
                     "were kept",
                     now->elapsed_s);
        else
            snprintf(out, TEXT_MAX, "done in %.1f s", now->elapsed_s);
        break;
    }
}

static unsigned
style_of(const struct world *w)
{
    if (w->now.state == SESSION_FAILED)
        return STYLE_BAD;
    return w->now.state == SESSION_DONE && !w->now.no_number ? STYLE_GOOD : STYLE_WARN;
}

double
outcome_best_loss(const struct world *w)
{
    double best = INFINITY;

    for (size_t e = 0; e < w->curve.n_epochs; e++)
        best = fmin(best, w->curve.epochs[e].valid_loss);
    return isfinite(best) ? best : NAN;
}

bool
outcome_is_poor(const struct world *w)
{
    return outcome_best_loss(w) > w->yardstick.biases ||
           outcome_best_loss(w) > w->yardstick.mean;
}

/* " KEY what it does": the columns used. */
static int
draw_key(const struct canvas *cv, int x, const char *key, const char *what)
{
    x += canvas_text(cv, x, 1, cv->w - x, STYLE_KEY, key) + 1;
    return x + canvas_text(cv, x, 1, cv->w - x, STYLE_TEXT, what) + 2;
}

/* What the model should have beaten, and how to. */
static void
draw_poor(const struct world *w, const struct canvas *cv)
{
    int x = 1;

    if (outcome_best_loss(w) > w->yardstick.mean)
        x += canvas_printf(cv, x, 1, STYLE_WARN, "worse than the mean of all ratings");
    else
        x += canvas_printf(cv, x, 1, STYLE_WARN, "worse than biases alone (%.3f)",
                           w->yardstick.biases);
    x += canvas_text(cv, x, 1, cv->w - x, STYLE_WARN, ": try a lower rate") + 2;
    draw_key(cv, x, "F", "finds one");
}

void
outcome_draw(const struct world *w, const struct canvas *cv)
{
    char text[TEXT_MAX];
    bool failed = w->now.state == SESSION_FAILED;
    int x;

    format_end(w, text);
    x = 1 + canvas_text(cv, 1, 0, cv->w - 2, style_of(w), text);
    if (w->now.state != SESSION_ABANDONED && w->saved != NULL && cv->w - x > 20)
        x += canvas_printf(cv, x, 0, STYLE_TEXT, "; saved as %s", w->saved);
    x = 1;
    if (failed && w->now.error.code == ERR_NUMERIC && w->config.lr > 0) {
        snprintf(text, sizeof(text), "trains again, at a rate of %g", w->config.lr);
        x = draw_key(cv, x, "T", text);
        draw_key(cv, x, "F", "finds one");
    } else if (outcome_is_poor(w)) {
        draw_poor(w, cv);
    } else if (w->now.state == SESSION_ABANDONED || failed) {
        draw_key(cv, x, "T", "begins another");
    } else {
        x = draw_key(cv, x, "4 5 6 7", "show what it learned");
        x = draw_key(cv, x, "c", "compares");
        draw_key(cv, x, "mltui latest", "opens it again");
    }
}
