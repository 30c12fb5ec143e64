/* panel_train.c - settings and live curves of a run */
#include "config.h"

#include "ui/tui/panel.h"

struct train {
    int nothing;
};

static void
train_draw(const void *state, const struct world *w, const struct canvas *cv)
{
    (void)state;
    (void)w;
    canvas_text(cv, 1, 0, cv->w - 2, STYLE_DIM, "nothing");
}

const struct panel_ops panel_train = {
    .title = "Train",
    .about = "settings and live curves of a run",
    .state_size = sizeof(struct train),
    .draw = train_draw,
};
