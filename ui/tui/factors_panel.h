/*
 * factors_panel.h - what the files of the factors' panel share; nobody else includes
 * it. factors_find.c finds what is shown, factors_draw.c draws it, panel_factors.c
 * acts.
 */
#ifndef MLT_UI_TUI_FACTORS_PANEL_H
#define MLT_UI_TUI_FACTORS_PANEL_H

#include "ui/draw/scatter.h"
#include "ui/tui/field.h"
#include "ui/tui/list.h"
#include "ui/tui/shown.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FACTORS_END   3  /* films that are named at each end of a direction */
#define FACTORS_LABEL 64 /* bytes of a title on the map */

struct factors {
    uint64_t films_of; /* shown.films: those that all below is of */
    struct list list;
    bool raw; /* the factors as trained, in place of principal directions */
    struct directions as_trained; /* of the shown model; zeroed until asked for */
    uint64_t version;             /* of the model that all below is of */
    size_t across, up;            /* directions of the map, and of the ends */
    struct scatter_point point[CENTRE_FILMS]; /* (n) the best-known films */
    char label[CENTRE_FILMS][FACTORS_LABEL];  /* (n) their titles without years */
    uint32_t film[CENTRE_FILMS];
    size_t n;
    uint32_t end[2][FACTORS_END]; /* films at the high and low ends */
    size_t n_end[2];
    struct axis all_x, all_y, x, y;
    bool inside; /* the cursor is in the map */
    size_t marked;
    bool table;        /* the films of the map as a table, in its place */
    struct list films; /* (n) its rows */
    struct field search;
    int w, h;
};

/* Find all that is shown of a model, for a panel of w x h cells. ERR_NOMEM. */
ERR_MUST_CHECK enum err_code factors_find(struct factors *f, const struct shown *s,
                                          struct err *err);

/* The place of a film among those of the map, or n. */
size_t factors_film_at(const struct factors *f, uint32_t film);

/* Where things are in a panel of this size; what has no room is empty. */
struct factors_places {
    struct rect list, ends, map, outside, line; /* outside: how many films are */
};
struct factors_places factors_place(const struct factors *f, int width, int height);

/* The directions that are listed. */
static inline const struct directions *
factors_directions(const struct factors *f, const struct shown *s)
{
    return f->raw ? &f->as_trained : &s->directions;
}

/* Is the whole map in view? */
bool factors_is_whole(const struct factors *f);

/* The map as it is drawn, without the names of its axes. */
struct scatter factors_map(const struct factors *f);

void factors_draw_panel(const struct factors *f, const struct shown *s,
                        const struct canvas *cv);

#endif
