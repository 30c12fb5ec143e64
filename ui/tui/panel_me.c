/* panel_me.c - rate films yourself */
#include "config.h"

#include "ui/tui/panel.h"

struct me {
    int nothing;
};

static void
me_draw(const void *state, const struct world *w, const struct canvas *cv)
{
    (void)state;
    (void)w;
    canvas_text(cv, 1, 0, cv->w - 2, STYLE_DIM, "nothing");
}

const struct panel_ops panel_me = {
    .title = "Me",
    .about = "rate films yourself",
    .state_size = sizeof(struct me),
    .draw = me_draw,
};
