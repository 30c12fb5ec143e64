/* panel_lr.c - which learning rate to take */
#include "config.h"

#include "ui/tui/panel.h"

struct lr {
    int nothing;
};

static void
lr_draw(const void *state, const struct world *w, const struct canvas *cv)
{
    (void)state;
    (void)w;
    canvas_text(cv, 1, 0, cv->w - 2, STYLE_DIM, "nothing");
}

const struct panel_ops panel_lr = {
    .title = "LR",
    .about = "which learning rate to take",
    .state_size = sizeof(struct lr),
    .draw = lr_draw,
};
