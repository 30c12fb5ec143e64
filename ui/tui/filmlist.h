/*
 * filmlist.h - a list of films that is sorted, searched and filtered as one types: the
 * rows of a panel, with the two fields above them.
 *
 * The cursor stays on its film whatever the order becomes. All that is borrowed from a
 * shown model is let go and asked for again when another one is shown.
 */
#ifndef MLT_UI_TUI_FILMLIST_H
#define MLT_UI_TUI_FILMLIST_H

#include "src/base/err.h"
#include "src/explore/films.h"
#include "ui/tui/field.h"
#include "ui/tui/filterline.h"
#include "ui/tui/list.h"
#include "ui/tui/shown.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct filmlist {
    struct list list;
    struct field search; /* it or the filter may be open, never both */
    struct filterline filter;
    enum films_sort sort;
    bool reverse;
    struct films films; /* (list.n) rows in order; owned */
    uint32_t film;      /* row under the cursor, 0: none */
    uint64_t version;   /* of the model that films was made of */
    bool stale;         /* the query has changed */
    int w;              /* width of the table, for clicks on its head */
};

/* Bring the rows up to date for a head and a table in `height` lines of `width` cells.
 * ERR_NOMEM. */
ERR_MUST_CHECK enum err_code filmlist_update(struct filmlist *f, const struct shown *s,
                                             int width, int height, struct err *err);
void filmlist_done(struct filmlist *f);

/* Search, filter, sort, reverse, best and worst, what moves the cursor, and a click on
 * a head of the table, which sorts by it and then turns the order; false: it was none
 * of these. The mouse's place counts from the first line of the head. */
bool filmlist_act(struct filmlist *f, enum action a, const struct input *in);
/* Give an input to the field that is open; true: used. */
bool filmlist_type(struct filmlist *f, const struct input *in);

/* Put the cursor on a film, if need be without the filter that hides it. */
void filmlist_go(struct filmlist *f, uint32_t film);

/* Lines above the table: how many films there are, of what, in which order; or the
 * field that is open, with what is wrong in it. */
int filmlist_head_lines(const struct filmlist *f);

/* Draw head and table on the whole canvas. */
void filmlist_draw(const struct filmlist *f, const struct shown *s, bool dull,
                   const struct canvas *cv);

#endif
