/*
 * modelfile.h - a model with its catalog as one safetensors file.
 *
 * fastai's four tensors come first in the header, row 0 being #na#:
 *
 *   u_weight.weight F32 (m + 1, k)   i_weight.weight F32 (n + 1, k)
 *   u_bias.weight   F32 (m + 1, 1)   i_bias.weight   F32 (n + 1, 1)
 *
 * so that the file loads into fastai's EmbeddingDotBias with strict=False. What makes
 * it recommend on its own follows as tensors named mltui.*:
 *
 *   y_range F32 (2)           year I16 (n + 1)    count I32 (n + 1)   mean F32 (n + 1)
 *   imdb I32 (item_id's)      IMDb's numbers of the ids, 0 unknown; may be missing
 *   user_id, item_id          ids: one I64 tensor of numbers, or two as for texts
 *   title, genre              texts: X_start I64 (rows + 1) and X_bytes U8; text i is
 *                             X_bytes[start[i] … start[i + 1]), a NUL at its end
 *   item_ids, item_genres     lists: X_start I32 (n + 2) and X I32; list i is
 *                             X[start[i] … start[i + 1]), places in item_id or genre
 *
 * Where people gave the films tags, the most used of them (see src/data/tags.h) are
 * there as the genres are: tag and item_tags.
 *
 * A checksum over all elements is in the metadata, which otherwise holds only what
 * does not change from run to run: equal training gives equal bytes.
 */
#ifndef MLT_MODEL_MODELFILE_H
#define MLT_MODEL_MODELFILE_H

#include "src/base/err.h"
#include "src/base/sink.h"
#include "src/data/catalog.h"
#include "src/model/model.h"
#include "src/model/safetensors.h"

/* y_range of a file that does not say it: fastai's recipe. */
#define MODELFILE_Y_LO 0.5F
#define MODELFILE_Y_HI 5.5F

/* All tensors that a file may have, NULL last. */
extern const struct tensor_about modelfile_tensors[];

/*
 * Write atomically and durably (temp, fsync, rename, fsync of the folder), without a
 * copy of the weights. What modelfile_load would refuse is not written: ERR_NUMERIC for
 * weights that are not finite, ERR_FORMAT for a catalog that does not hold together.
 */
ERR_MUST_CHECK enum err_code modelfile_save(const char *path, const struct model *m,
                                            const struct catalog *c, struct err *err);

/* The same bytes into a sink; messages begin with `name`. Errors of the sink as well.
 */
ERR_MUST_CHECK enum err_code modelfile_write(const struct sink *to, const char *name,
                                             const struct model *m,
                                             const struct catalog *c, struct err *err);

/* How long such a file will be, less a few kilobytes, for a model of k factors that is
 * still to be made. */
uint64_t modelfile_bytes(const struct catalog *c, unsigned k);

/*
 * Read and check everything: sizes, coverage, checksum, maps, finite weights. A file
 * without mltui.* tensors (fastai's own) gives *ret_catalog NULL and the y_range above.
 * ERR_FORMAT names the tensor and what is wrong with it, ERR_NUMERIC the weight that is
 * not finite, ERR_NOMEM that the file is larger than the memory there is.
 */
ERR_MUST_CHECK enum err_code modelfile_load(struct model **ret_model,
                                            struct catalog **ret_catalog,
                                            const char *path, struct err *err);

#endif
