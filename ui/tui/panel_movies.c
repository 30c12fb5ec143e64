/* panel_movies.c - every film, with its bias: liked beyond its taste */
#include "config.h"

#include "ui/tui/panel.h"

struct movies {
    int nothing;
};

static void
movies_draw(const void *state, const struct world *w, const struct canvas *cv)
{
    (void)state;
    (void)w;
    canvas_text(cv, 1, 0, cv->w - 2, STYLE_DIM, "nothing");
}

const struct panel_ops panel_movies = {
    .title = "Movies",
    .about = "every film, with its bias: liked beyond its taste",
    .state_size = sizeof(struct movies),
    .draw = movies_draw,
};
