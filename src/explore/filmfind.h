/*
 * filmfind.h - which film a person means: the one reading of MOVIE for every question.
 */
#ifndef MLT_EXPLORE_FILMFIND_H
#define MLT_EXPLORE_FILMFIND_H

#include "src/base/err.h"
#include "src/data/catalog.h"

#include <stdint.h>

/*
 * The row of the film that `word` means: an exact id, else an exact title, else part of
 * one title, whatever its case. "id:" and "title:" before it allow only that. A title
 * that several films have is taken for them all, and so is a part of several titles:
 * ERR_NOTFOUND then lists them, the most rated first, with their ids; where nothing
 * fits, it proposes the nearest title. ERR_NOMEM. Any thread.
 */
ERR_MUST_CHECK enum err_code filmfind(uint32_t *ret_row, const struct catalog *c,
                                      const char *word, struct err *err);

#endif
