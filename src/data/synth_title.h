/*
 * synth_title.h - believable titles of films that do not exist.
 *
 * In MovieLens's form: "Salted Orchard, The (1974)", "Jardin sans fin, Le" as original
 * title in parentheses, sequels, a few quotation marks, a few without a year. Genres
 * have words of their own, so that a western sounds like one.
 */
#ifndef MLT_DATA_SYNTH_TITLE_H
#define MLT_DATA_SYNTH_TITLE_H

#include "src/data/synth_world.h"

#include <stddef.h>
#include <stdint.h>

#define SYNTH_TITLE_MAX 256 /* bytes, the NUL included */

/* Title of film i, UTF-8 with its NUL, into out; returns its bytes without the NUL. A
 * pure function; any thread. */
size_t synth_title(const struct synth_world *w, uint32_t i, char out[SYNTH_TITLE_MAX]);

/* Let films choose other titles until no two have one, twins apart. For
 * synth_world_new. ERR_NOMEM. */
ERR_MUST_CHECK enum err_code synth_titles_settle(struct synth_world *w,
                                                 struct err *err);

#endif
