/*
 * naming.h - what films and directions of taste are called on the screen. Pure.
 */
#ifndef MLT_UI_TUI_NAMING_H
#define MLT_UI_TUI_NAMING_H

#include "src/data/catalog.h"
#include "src/explore/directions.h"

#include <stdbool.h>
#include <stdint.h>

#define NAMING_MAX 512 /* bytes of a name; what is longer is cut */

/* The title of a film without the year at its end, which has a column of its own; as it
 * is where it has none. Returns out. */
const char *naming_film(char out[NAMING_MAX], const struct catalog *c, uint32_t row);

/* "Sci-Fi", or "no. 7" where nothing is known that goes with direction i. Returns out.
 */
const char *naming_direction(char out[NAMING_MAX], const struct directions *d,
                             unsigned i);

/* The same for the side of it on which film `row` lies: "not Sci-Fi", "older". */
const char *naming_side(char out[NAMING_MAX], const struct directions *d,
                        const struct model *m, uint32_t row, unsigned i);

/* Places that a film has risen in a list: "▲3", or without UTF-8 "+3"; "" for 0.
 * Returns out. */
const char *naming_rise(char out[NAMING_MAX], int places, bool utf8);

/* What tells runs on the same data apart: "rate 0.003, 2 epochs, 100 factors"; what is
 * 0 is not known and left out. Returns out. */
const char *naming_settings(char out[NAMING_MAX], double lr, unsigned epochs,
                            unsigned factors);

/* A term of a sum with its sign and two digits: "+.45", "-1.20". Returns out. */
const char *naming_term(char out[NAMING_MAX], double v);

#endif
