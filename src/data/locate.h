/*
 * locate.h - what the DATA word of a command line means: an existing path, "sample",
 * or a name in the data folder.
 */
#ifndef MLT_DATA_LOCATE_H
#define MLT_DATA_LOCATE_H

#include "src/base/err.h"
#include "src/base/pool.h"
#include "src/data/dataset.h"

#include <stdbool.h>

/* The data folder: $XDG_DATA_HOME/mltui (~/.local/share by default). Owned copy. */
ERR_MUST_CHECK enum err_code locate_data_folder(char **ret, struct err *err);

/* Can `word` be opened as data? It does not say whether the data are good. */
bool locate_is_data(const char *word);

/* The name of data that can be opened or fetched which is nearest to `word`: of what is
 * in this folder and in the data folder, "sample", and the archives of movielens.h.
 * Owned; NULL where none is near. */
char *locate_nearest(const char *word);

/* Load what `word` means, in the order of the list above; ERR_NOTFOUND names the
 * nearest and what could be typed. */
ERR_MUST_CHECK enum err_code locate_load(struct dataset **ret, const char *word,
                                         const struct dataset_options *opt,
                                         struct pool *pool, struct err *err);

#endif
