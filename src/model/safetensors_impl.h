/* safetensors_impl.h - what the reader and the writer share; for no one else. */
#ifndef MLT_MODEL_SAFETENSORS_IMPL_H
#define MLT_MODEL_SAFETENSORS_IMPL_H

#include "src/model/safetensors.h"

#include <stdbool.h>
#include <stdint.h>

/* The state of a sum on the stack: a save needs no memory for it. */
#define XXH_STATIC_LINKING_ONLY
#include <xxhash.h>

#define TENSOR_CHECKSUM_LEN 32 /* hexadecimal digits */

/* Set t->bytes from type and shape; false when they are more than 64 bits can say. */
bool tensor_count_bytes(struct tensor *t);

/* The sum so far, as `xxh128sum` prints it. */
void tensor_checksum_text(const XXH3_state_t *sum, char ret[TENSOR_CHECKSUM_LEN + 1]);

#endif
