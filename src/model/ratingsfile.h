/*
 * ratingsfile.h - the ratings of a run as a safetensors file, so that it hides seen
 * films, explains and evaluates without the data folder.
 *
 *   mltui.sizes I64 (3)      users m, films n, ratings held out
 *   mltui.start I64 (m + 2)  user u's ratings are [start[u], start[u + 1])
 *   mltui.item  U32 (R)      film row; bit 31 is set where the rating was held out
 *   mltui.code  U8 (R)       stars are value[code]  } or, with more than 256 distinct
 *   mltui.value F32 (<= 256) distinct stars, rising } ones, mltui.stars F32 (R)
 */
#ifndef MLT_MODEL_RATINGSFILE_H
#define MLT_MODEL_RATINGSFILE_H

#include "src/base/err.h"
#include "src/data/ratings.h"
#include "src/model/safetensors.h"

/* All tensors that a file may have, NULL last. */
extern const struct tensor_about ratingsfile_tensors[];

/* Write atomically and durably, without a copy of the ratings. ERR_IO, ERR_NOMEM. */
ERR_MUST_CHECK enum err_code ratingsfile_save(const char *path, const struct ratings *r,
                                              struct err *err);

/* How long such a file will be, less a few hundred bytes. */
uint64_t ratingsfile_bytes(const struct ratings *r);

/*
 * Read and check everything: version, checksum, sizes, what they hold. ERR_FORMAT names
 * the tensor and what is wrong with it, ERR_NOMEM that the file is larger than the
 * memory there is.
 */
ERR_MUST_CHECK enum err_code ratingsfile_load(struct ratings **ret, const char *path,
                                              struct err *err);

#endif
