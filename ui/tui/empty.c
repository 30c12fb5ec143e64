/* empty.c - what a panel shows without a model; see empty.h. */
#include "config.h"

#include "ui/tui/empty.h"

/* " KEY  what it does" */
static void
draw_next(const struct canvas *cv, int y, const char *key, const char *what)
{
    int n = canvas_text(cv, 1, y, cv->w - 1, STYLE_KEY, key);

    canvas_words(cv, 3 + n, y, STYLE_TEXT, what);
}

void
empty_draw(const struct world *w, const struct canvas *cv, const char *about)
{
    struct canvas text = canvas_part(cv, (struct rect){ 0, 0, cv->w - 1, cv->h });
    int y = canvas_words(&text, 1, 1, STYLE_TEXT, about) + 1;

    if (w->loading.active)
        canvas_words(&text, 1, y, STYLE_DIM, "The data are being read.");
    else if (w->preparing)
        canvas_words(&text, 1, y, STYLE_DIM, "The model is being read.");
    else if (w->busy)
        canvas_words(&text, 1, y, STYLE_DIM,
                     "The first weights are there in a few seconds; while the run goes "
                     "on they are renewed, and arrows say what rose and fell.");
    else if (w->name != NULL)
        draw_next(&text, y, "T", "trains a model, then there is something to see here");
    else
        draw_next(&text, y, "ctrl-o", "opens data, or a run that was trained before");
}

const char *
empty_why_not(const struct world *w, enum panel_id panel, enum action a)
{
    unsigned where = action_list[a].where;

    if (w->shown != NULL || where == IN_ALL || (where & 1u << panel) == 0)
        return NULL;
    if (w->loading.active || w->preparing)
        return "there is no model yet: it is being read";
    return w->name != NULL ? "there is no model yet: T trains one"
                           : "there is no model yet: ctrl-o opens data or a run";
}
