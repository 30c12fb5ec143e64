/*
 * chrome.h - what is around a panel: tabs, the status line, the hint line. Pure.
 */
#ifndef MLT_UI_TUI_CHROME_H
#define MLT_UI_TUI_CHROME_H

#include "ui/tui/layout.h"
#include "ui/tui/panel.h"

/* What the frame is drawn from. */
struct chrome {
    const struct world *world;
    enum panel_id panel;
    const struct panel_ops *ops; /* of the panel or of the overlay that gets the keys */
    const void *state;
    bool overlay;    /* ops is an overlay's */
    const char *say; /* in place of the hints; "" for none */
    bool bad;        /* it is a trouble */
};

void chrome_draw(const struct chrome *c, const struct layout *l,
                 const struct canvas *screen);

/* The panel whose tab is at column x of the tabs' line, or PANEL_COUNT. */
enum panel_id chrome_tab_at(int x, int width);

/* Why an action cannot be done now by the app or by the panel; NULL: it can. */
const char *chrome_why_not(const struct chrome *c, enum action a);

#endif
