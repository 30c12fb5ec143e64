/*
 * panel.h - what a panel is. A new one is a file panel_NAME.c that ends in a const
 * struct panel_ops, and a row of PANEL_LIST (action.h).
 *
 * In each round the app asks the panel that is open to `update`, which may allocate and
 * ask the engine, then to `draw`, which is pure: it writes cells of its canvas and does
 * nothing else, so panels are tested without a terminal. What a person does comes as an
 * action; what the panel cannot do itself it wishes for.
 */
#ifndef MLT_UI_TUI_PANEL_H
#define MLT_UI_TUI_PANEL_H

#include "src/base/err.h"
#include "ui/tui/action.h"
#include "ui/draw/canvas.h"
#include "ui/tui/world.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a panel asks of the app. */
enum wish_kind {
    WISH_NONE,
    WISH_SAY,       /* show `text` in the hint line until the next key */
    WISH_OPEN,      /* open the data or run that `text` names */
    WISH_FETCH,     /* fetch the archive that `text` names, and open it */
    WISH_CONFIG,    /* take `config` for the next run */
    WISH_TRAIN,     /* the same, and begin */
    WISH_COMPARE,   /* earlier runs on the same data into world.past, or out again */
    WISH_SHOW_FILM, /* film `row` on panel `panel` */
    WISH_SHOW_USER, /* user `row` on the users' panel */
    WISH_RATE,      /* rate film `row` on the me panel */
    WISH_COMMAND,   /* close the overlay and do what `text` says: the name of an action,
                       perhaps with a word after it */
    WISH_CLOSE      /* close the overlay */
};

struct wish {
    enum wish_kind kind;
    enum panel_id panel;
    uint32_t row;
    struct train_config config;
    char text[1024];
    const void *below; /* when an overlay is opened: the state of that panel, or NULL */
};

/* A wish to say something, from a format. */
void wish_say(struct wish *w, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* What a key does just now. */
struct hint {
    const char *key; /* its name, or several */
    const char *what;
};

struct panel_ops {
    const char *title; /* on the tab */
    const char *about; /* one sentence: what one sees here */
    size_t state_size; /* zeroed memory, owned by the app, given to every call */

    /* optional: the first thing that is called, and the last. */
    enum err_code (*open)(void *state, struct err *err);
    void (*close)(void *state);

    /* optional: take over what has changed, before a draw on a w x h canvas. On an
     * error the app shows its message in place of the panel. */
    enum err_code (*update)(void *state, const struct world *w, int width, int height,
                            struct err *err);

    /* Draw the whole canvas, blank before: no I/O, no allocation, no locks. */
    void (*draw)(const void *state, const struct world *w, const struct canvas *cv);

    /* optional: NULL when the action can be done now, else a sentence that says why
     * not. Asked for actions of the panel, and for those everywhere that it uses. */
    const char *(*why_not)(const void *state, const struct world *w, enum action a);

    /* Use the action (ACTION_NONE is returned) or give it back. `in` is the input
     * that it came from; x and y of the mouse count from the panel's corner. */
    enum action (*act)(void *state, const struct world *w, enum action a,
                       const struct input *in, struct wish *wish);

    /* optional: while a text is edited, every key comes here first; true: used. */
    bool (*type)(void *state, const struct world *w, const struct input *in,
                 struct wish *wish);

    /* optional: what keys do just now that the table of actions does not say, ended by
     * a NULL key; NULL: nothing special. *ret_only: a text is edited, and no other key
     * means what it does else. */
    const struct hint *(*hints)(const void *state, const struct world *w,
                                bool *ret_only);

    /* optional: what other panels wish: show this film or user. */
    void (*show)(void *state, const struct world *w, const struct wish *wish);
};

#define X(id, name) extern const struct panel_ops panel_##name;
PANEL_LIST(X)
#undef X

/* (PANEL_COUNT) */
extern const struct panel_ops *const panel_list[];

/* What lies over the panels for a while, drawn by the same functions. `show` is called
 * when one is opened, with the panel below it in wish->panel and wish->below. */
#define OVERLAY_LIST(X) \
    X(START, start)     \
    X(HELP, help)       \
    X(PALETTE, palette)

#define X(id, name) OVERLAY_##id,
enum overlay_id { OVERLAY_LIST(X) OVERLAY_COUNT, OVERLAY_NONE = OVERLAY_COUNT };
#undef X

#define X(id, name) extern const struct panel_ops overlay_##name;
OVERLAY_LIST(X)
#undef X

/* (OVERLAY_COUNT) */
extern const struct panel_ops *const overlay_list[];

#endif
