/* overlay_start.c - what is in the data */
#include "config.h"

#include "ui/tui/panel.h"

struct data {
    int nothing;
};

static void
data_draw(const void *state, const struct world *w, const struct canvas *cv)
{
    (void)state;
    (void)w;
    canvas_text(cv, 1, 0, cv->w - 2, STYLE_DIM, "no data yet");
}

const struct panel_ops overlay_start = {
    .title = "Data",
    .about = "what is in the data",
    .state_size = sizeof(struct data),
    .draw = data_draw,
};
