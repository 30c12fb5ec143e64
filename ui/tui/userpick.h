/*
 * userpick.h - choosing a user: all of them in an order, or by what is typed: an id, a
 * genre that they like, a film that they rated.
 */
#ifndef MLT_UI_TUI_USERPICK_H
#define MLT_UI_TUI_USERPICK_H

#include "src/base/err.h"
#include "src/explore/likers.h"
#include "src/explore/users.h"
#include "ui/tui/field.h"
#include "ui/tui/list.h"
#include "ui/tui/shown.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define USERPICK_LIKERS 1000 /* that are listed for a genre or a film */
#define USERPICK_SEEN   100  /* lines whose genres are known */
#define USERPICK_GENRES 3    /* that are named in a line */

/* What the list is of. */
enum userpick_of { USERPICK_ALL, USERPICK_ID, USERPICK_GENRE, USERPICK_FILM };

struct userpick {
    struct field word; /* open while the list is */
    enum users_sort sort;
    struct list list;
    uint64_t version; /* of the model that all below is of */
    bool stale;

    enum userpick_of of;
    uint32_t what;        /* the user's row of an id, place of the genre, film's row */
    struct users all;     /* owned, in the order of `sort` */
    struct liker *likers; /* (USERPICK_LIKERS) owned */
    size_t n_likers;

    size_t first;   /* row of the list that line 0 of these is */
    size_t n_likes; /* lines of them that are known */
    uint32_t likes[USERPICK_SEEN][USERPICK_GENRES]; /* genres; UINT32_MAX: no more */
    struct users_liking *room;                      /* (genres + 1) owned */
};

void userpick_open(struct userpick *p);
void userpick_done(struct userpick *p);

/* Bring it up to date for `height` lines. ERR_NOMEM. */
ERR_MUST_CHECK enum err_code userpick_update(struct userpick *p, const struct shown *s,
                                             int height, struct err *err);

/* The user under the cursor, 0: none. */
uint32_t userpick_user(const struct userpick *p);

/* Give an input to the field: tab takes the next order, enter (FIELD_TAKEN) the user
 * under the cursor. Others move the cursor through userpick_act. */
enum field_said userpick_type(struct userpick *p, const struct input *in);
/* False: it was none that moves the cursor. */
bool userpick_act(struct userpick *p, enum action a, const struct input *in);

void userpick_draw(const struct userpick *p, const struct shown *s,
                   const struct canvas *cv);

#endif
