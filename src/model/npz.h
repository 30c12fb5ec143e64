/*
 * npz.h - a model with its catalog as numpy arrays in one file, for numpy.load.
 *
 * Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html, each
 * array a member of a zip archive (zip.h). Rows count as in the model, row 0 is #na#;
 * m users, n films, k factors, g genres:
 *
 *   u_weight   f4 (m + 1, k)       i_weight   f4 (n + 1, k)
 *   u_bias     f4 (m + 1)          i_bias     f4 (n + 1)
 *   y_range    f4 (2)
 *   user_id    i8 or U (m + 1)     item_id    i8 or U (n + 1), the lowest movieId
 *   title      U (n + 1)           year       i2 (n + 1), 0: none
 *   ratings    i4 (n + 1)          mean       f4 (n + 1)
 *   genre      U (g)               has_genre  bool (n + 1, g)
 *
 * The last two are there where there are genres.
 *
 * Texts are numpy's own str (U), four bytes a character of the longest: np.load needs
 * no pickle and gives Python strings.
 */
#ifndef MLT_MODEL_NPZ_H
#define MLT_MODEL_NPZ_H

#include "src/base/err.h"
#include "src/base/sink.h"
#include "src/data/catalog.h"
#include "src/model/model.h"
#include "src/model/safetensors.h"

/* All arrays that a file may have, with numpy's types; NULL last. */
extern const struct tensor_about npz_arrays[];

/* Write all; one text array at a time is held in memory. ERR_NOMEM, errors of the sink.
 */
ERR_MUST_CHECK enum err_code npz_write(const struct sink *to, const struct model *m,
                                       const struct catalog *c, struct err *err);

#endif
