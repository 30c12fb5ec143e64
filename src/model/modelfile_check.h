/*
 * modelfile_check.h - does a model with its catalog hold together?
 *
 * The one list of what a model file promises, asked before a file is written and after
 * one was read. Sizes of arrays are the caller's business; what they hold is checked.
 */
#ifndef MLT_MODEL_MODELFILE_CHECK_H
#define MLT_MODEL_MODELFILE_CHECK_H

#include "src/base/err.h"
#include "src/data/catalog.h"
#include "src/model/model.h"

/* Are all weights and the y_range finite, and the range not empty? ERR_NUMERIC with
 * `path`, the tensor and the row. */
ERR_MUST_CHECK enum err_code modelfile_check_weights(const struct model *m,
                                                     const char *path, struct err *err);

/*
 * Do texts, ids, lists, counts and means of m users and n films hold together? Ids rise
 * strictly, users from row 1 on; each film has ids of its own, the lowest first; texts
 * are UTF-8. ERR_FORMAT with `path`, the tensor and what is wrong with it; ERR_NOMEM.
 */
ERR_MUST_CHECK enum err_code modelfile_check_catalog(const struct catalog *c,
                                                     const char *path, struct err *err);

#endif
