/*
 * modelfile.h - a model with its catalog as one safetensors file.
 *
 * fastai's four tensors come first (u_weight.weight, i_weight.weight, u_bias.weight,
 * i_bias.weight; row 0 is #na#), then maps, titles, years, genres, counts and means as
 * tensors named mltui.*, so that the file loads into fastai's EmbeddingDotBias with
 * strict=False and recommends on its own. Its metadata holds only what does not change
 * from run to run: equal training gives equal bytes.
 */
#ifndef MLT_MODEL_MODELFILE_H
#define MLT_MODEL_MODELFILE_H

#include "src/base/err.h"
#include "src/data/catalog.h"
#include "src/data/ratings.h"
#include "src/model/model.h"

/* Write atomically and durably (temp, fsync, rename, fsync of the folder). */
ERR_MUST_CHECK enum err_code modelfile_save(const char *path, const struct model *m,
                                            const struct catalog *c, struct err *err);

/*
 * Read and check everything: sizes, coverage, maps, finite weights. A file without
 * mltui.* tensors (fastai's own) gives *ret_catalog NULL. ERR_FORMAT names the tensor
 * and what is wrong with it.
 */
ERR_MUST_CHECK enum err_code modelfile_load(struct model **ret_model,
                                            struct catalog **ret_catalog,
                                            const char *path, struct err *err);

/* The ratings by user (film row, stars, held-out bit) as a safetensors file. */
ERR_MUST_CHECK enum err_code ratingsfile_save(const char *path, const struct ratings *r,
                                              struct err *err);
ERR_MUST_CHECK enum err_code ratingsfile_load(struct ratings **ret, const char *path,
                                              struct err *err);

#endif
