/*
 * telling.h - which films to ask a new person about: those that tell most.
 *
 * Among the best-known films, those on which the model's users differ most: by
 * sd(i)·log(1 + ratings), sd(i) the standard deviation of the logits that users give
 * film i.
 */
#ifndef MLT_UI_TUI_TELLING_H
#define MLT_UI_TUI_TELLING_H

#include "src/base/err.h"
#include "ui/tui/shown.h"

#include <stddef.h>
#include <stdint.h>

/* Put the rows of the best-known films in this order into ret (room for CENTRE_FILMS);
 * returns how many. ERR_NOMEM. */
ERR_MUST_CHECK enum err_code telling_films(uint32_t *ret, size_t *ret_n,
                                           const struct shown *s, struct err *err);

#endif
