/*
 * filmid.h - the id of a film in a row of a file beside the ratings: movies.csv,
 * tags.csv, links.csv and their older kin.
 *
 * These are read when it is known already whether the ids of the ratings are integers,
 * so theirs must be so too.
 */
#ifndef MLT_DATA_FILMID_H
#define MLT_DATA_FILMID_H

#include "src/base/err.h"
#include "src/data/csvread.h"
#include "src/data/ids.h"

#include <stdint.h>

/* Can the field, the column-th of its row from 1, be an id of this table? ERR_DATA:
 * *fault says why not. */
ERR_MUST_CHECK enum err_code filmid_check(const struct ids *ids,
                                          const struct csv_field *id, unsigned column,
                                          struct csv_fault *fault);

/* Number of an id that filmid_check has let pass, in `ids`, where it is added when it
 * is new. Errors as ids_add_num. */
ERR_MUST_CHECK enum err_code filmid_add(struct ids *ids, const struct csv_field *id,
                                        uint32_t *ret, struct err *err);

#endif
