/* panel_users.c - a user, and what to see next */
#include "config.h"

#include "ui/tui/panel.h"

struct users {
    int nothing;
};

static void
users_draw(const void *state, const struct world *w, const struct canvas *cv)
{
    (void)state;
    (void)w;
    canvas_text(cv, 1, 0, cv->w - 2, STYLE_DIM, "nothing");
}

const struct panel_ops panel_users = {
    .title = "Users",
    .about = "a user, and what to see next",
    .state_size = sizeof(struct users),
    .draw = users_draw,
};
