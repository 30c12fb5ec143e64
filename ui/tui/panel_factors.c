/* panel_factors.c - the directions of taste that were learned */
#include "config.h"

#include "ui/tui/panel.h"

struct factors {
    int nothing;
};

static void
factors_draw(const void *state, const struct world *w, const struct canvas *cv)
{
    (void)state;
    (void)w;
    canvas_text(cv, 1, 0, cv->w - 2, STYLE_DIM, "nothing");
}

const struct panel_ops panel_factors = {
    .title = "Factors",
    .about = "the directions of taste that were learned",
    .state_size = sizeof(struct factors),
    .draw = factors_draw,
};
