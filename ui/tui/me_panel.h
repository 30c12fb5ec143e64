/*
 * me_panel.h - what the files of the panel of one's own ratings share; nobody else
 * includes it. me_rows.c finds what is listed, me_draw.c draws it, panel_me.c acts.
 */
#ifndef MLT_UI_TUI_ME_PANEL_H
#define MLT_UI_TUI_ME_PANEL_H

#include "src/explore/foldin.h"
#include "src/explore/oneuser.h"
#include "ui/tui/field.h"
#include "ui/tui/list.h"
#include "ui/tui/mine.h"
#include "ui/tui/request.h"
#include "ui/tui/world.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ME_WANTED 60  /* films that are recommended */
#define ME_FOUND  500 /* films that are listed to be rated: of a search, one's own */

struct me {
    uint64_t version; /* of the model that all below is of; 0: none yet */
    uint64_t films;   /* shown.films: those that all below is of */
    bool matched;     /* the ratings, with these films */
    struct mine mine;
    struct ownratings_scale scale;
    struct foldin_prior prior;
    struct oneuser one;

    uint32_t telling[CENTRE_FILMS]; /* (n_telling) films to ask about */
    size_t n_telling;
    uint32_t asked; /* a film that another panel wants rated, the first of the left */
    uint32_t left[1 + ME_FOUND + CENTRE_FILMS]; /* (list.n) films to rate */
    struct list list;
    struct field search, import;
    bool left_stale; /* other films are to be found */

    struct request request;
    uint32_t right[ME_WANTED]; /* (n) recommended films */
    double predicted[ME_WANTED];
    int rose[ME_WANTED]; /* places since the list before; ME_WANTED: new in it */
    size_t n;
    bool right_stale; /* a rating has changed */
    bool anew;        /* or the question: what rose since then means nothing */
    int w, h;
};

/* Of other films nothing is asked yet; of the same ones it does nothing. */
void me_begin(struct me *m, const struct shown *s);

/* Another model, perhaps of other data. ERR_NOMEM; ERR_IO, ERR_DATA when the file of
 * ratings cannot be read. */
ERR_MUST_CHECK enum err_code me_take_model(struct me *m, const struct shown *s,
                                           struct err *err);

/* Fold the ratings in and find what to see next. ERR_NOMEM, ERR_NUMERIC. */
ERR_MUST_CHECK enum err_code me_find_right(struct me *m, const struct shown *s,
                                           struct err *err);

/* Find the films to rate: those of the search; else the one that was asked for, one's
 * own, the newest first, and those that tell most. The cursor stays on its film. */
void me_find_left(struct me *m, const struct shown *s);

/* The film under the cursor; 0: none. */
uint32_t me_film(const struct me *m);

/* Where things are in a panel of this size; what has no room is empty. */
struct me_places {
    struct rect head, request, left, right;
};
struct me_places me_place(const struct me *m, int width, int height);

/* All of it; there is a model. */
void me_draw_panel(const struct me *m, const struct shown *s, const struct canvas *cv);

#endif
