/*
 * users_panel.h - what the files of the users' panel share; nobody else includes it.
 * users_rows.c finds what is listed, users_draw.c draws it, panel_users.c acts.
 */
#ifndef MLT_UI_TUI_USERS_PANEL_H
#define MLT_UI_TUI_USERS_PANEL_H

#include "src/explore/users.h"
#include "ui/tui/list.h"
#include "ui/tui/request.h"
#include "ui/tui/userpick.h"
#include "ui/tui/why.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define USERS_WANTED 100 /* films that are listed */
#define USERS_POINTS 500 /* of the picture of held-out ratings */

/* A row: a recommended film, or a held-out rating. */
struct user_row {
    uint32_t film;
    double given; /* stars; NaN: not rated */
    double predicted;
    int rose; /* places since the model before */
    bool seen;
    char why[WHY_SHORT_MAX];
};

struct users_panel {
    uint64_t films; /* shown.films: those that all below is of */
    uint32_t user;  /* row, 0: none yet */
    uint64_t version;
    bool stale;
    bool held_out; /* list those ratings in place of recommendations */
    struct request request;
    struct userpick pick;  /* drawn in place of all while its field is open */
    struct users activity; /* all users, the most active first; of `version` */
    size_t place;          /* of the user among them */
    struct user_row row[USERS_WANTED];
    size_t n;
    struct list list;
    struct users_liking *liking; /* (genres) owned */
    size_t n_liking;
    double rmse; /* over the user's held-out ratings; NaN without */
    size_t n_rmse;
    double predicted[USERS_POINTS], given[USERS_POINTS]; /* (n_points) of them, for the
                                                            picture */
    size_t n_points;
    struct why why; /* of the row under the cursor */
    uint32_t why_film;
    int w, h;
};

/* Where things are in a panel of this size. */
struct users_places {
    struct rect head, rows, picture, rule, why; /* what has no room is empty */
};
struct users_places users_place(const struct users_panel *p, int width, int height);

/* Another model, perhaps of other data: the users in order, the genres' room.
 * ERR_NOMEM. */
ERR_MUST_CHECK enum err_code users_take_model(struct users_panel *p,
                                              const struct shown *s, struct err *err);
/* The rows for the user; `same_question`: it was asked before, so that places that
 * films have risen since mean something. */
ERR_MUST_CHECK enum err_code users_find_rows(struct users_panel *p,
                                             const struct shown *s, bool same_question,
                                             struct err *err);

/* All of it; there is a model and a user. */
void users_draw_panel(const struct users_panel *p, const struct shown *s,
                      const struct canvas *cv);

#endif
