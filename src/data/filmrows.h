/*
 * filmrows.h - the films of a model: which rated ids make one row, and what is known of
 * them.
 */
#ifndef MLT_DATA_FILMROWS_H
#define MLT_DATA_FILMROWS_H

#include "src/base/err.h"
#include "src/data/catalog.h"
#include "src/data/dataset.h"
#include "src/data/ids.h"
#include "src/data/movies.h"

#include <stdint.h>

/*
 * Fill the film part of c (n_items, title, year, id_of, item_id, genre_of, genre) from
 * the ids that were rated and the movies file (NULL: there is none; the title of an id
 * without a film is the id). By title, rows are the distinct titles in byte order; by
 * id, the ids in order. *ret_row (ids->n) is the row of each id, owned by the caller.
 * ERR_NOMEM; ERR_UNAVAILABLE: more than 2^31 - 1 films.
 */
ERR_MUST_CHECK enum err_code filmrows_make(struct catalog *c, uint32_t **ret_row,
                                           const struct ids *ids,
                                           const struct movies *movies,
                                           enum dataset_item item, struct err *err);

/* The ids in `order` (ids->n) as a column, owned by the caller; with `na`, row 0 (0 or
 * "") comes first. ERR_NOMEM. */
ERR_MUST_CHECK enum err_code filmrows_ids(struct idcol *ret, const struct ids *ids,
                                          const uint32_t *order, bool na,
                                          struct err *err);

#endif
