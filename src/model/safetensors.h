/*
 * safetensors.h - named arrays in one file.
 *
 * Format: https://github.com/huggingface/safetensors#format. 8 bytes with the length of
 * the header (little-endian), the header (a JSON object, padded with spaces), the
 * elements. Here the elements of wide types come first, as Python's writer has them, so
 * that each array is aligned wherever the file is mapped.
 *
 * The reader trusts nothing: whatever the bytes are, it ends with a model that can be
 * used or with one clear message, and takes no more memory than the file is long plus
 * what a header of 1 MiB needs. Both sides move the elements between the caller's
 * arrays and the file without a copy of their own. Any thread, one file each.
 */
#ifndef MLT_MODEL_SAFETENSORS_H
#define MLT_MODEL_SAFETENSORS_H

#include "src/base/err.h"
#include "src/base/sink.h"

#include <stddef.h>
#include <stdint.h>

#define SAFETENSORS_MAX_HEADER  ((size_t)1 << 20) /* bytes */
#define SAFETENSORS_MAX_TENSORS 64
#define SAFETENSORS_MAX_DIMS    4

/* Metadata key of the checksum: XXH3-128 of all elements, in hexadecimal. */
#define SAFETENSORS_CHECKSUM "mltui.xxh3_128"

/* Metadata key of the version of mltui's own tensors, and the version of these. */
#define SAFETENSORS_OURS    "mltui"
#define SAFETENSORS_VERSION "1"

/* Name in the file, bytes of an element. */
#define TENSOR_DTYPE_LIST(X) \
    X(U8, 1)                 \
    X(I16, 2)                \
    X(U16, 2)                \
    X(F32, 4)                \
    X(I32, 4)                \
    X(U32, 4)                \
    X(I64, 8)                \
    X(U64, 8)

#define X(name, bytes) TENSOR_##name,
enum tensor_dtype { TENSOR_DTYPE_LIST(X) TENSOR_DTYPES };
#undef X

/* A tensor in words, for the manual; tests hold files against it. */
struct tensor_about {
    const char *name, *dtype;
    const char *shape; /* "m + 1, k" */
    const char *about; /* a few words, no full stop */
};

struct tensor {
    const char *name; /* borrowed */
    enum tensor_dtype dtype;
    unsigned n_dims; /* 0 is a single element */
    uint64_t dim[SAFETENSORS_MAX_DIMS];
    const void *from; /* written: the elements, borrowed */
    void *into;       /* read: room for the elements, borrowed; NULL: only checked */
    uint64_t begin;   /* offset in the elements' part; set by this module */
    uint64_t bytes;   /* set by this module */
};

struct tensor_meta {
    const char *key, *value;
};

/* "F32", "U8", … */
const char *tensor_dtype_text(enum tensor_dtype dtype);

/* Bytes of all elements of n tensors; a file is longer by its header. */
uint64_t safetensors_bytes(struct tensor *t, size_t n);

/*
 * Write n tensors, listed in the header in the order given, and metadata (the checksum
 * is added). Equal input gives equal bytes. ERR_NOMEM, errors of the sink.
 */
ERR_MUST_CHECK enum err_code safetensors_write(const struct sink *to, struct tensor *t,
                                               size_t n, const struct tensor_meta *meta,
                                               size_t n_meta, struct err *err);

/* The same into a file, atomically and durably. ERR_IO, ERR_NOMEM. */
ERR_MUST_CHECK enum err_code safetensors_save(const char *path, struct tensor *t,
                                              size_t n, const struct tensor_meta *meta,
                                              size_t n_meta, struct err *err);

struct safetensors;

/*
 * Open a file and check its header: sizes, coverage without gap or overlap, no name
 * twice. ERR_IO when it cannot be read, ERR_FORMAT with what is wrong.
 */
ERR_MUST_CHECK enum err_code safetensors_open(struct safetensors **ret,
                                              const char *path, struct err *err);

/* The tensor of that name, or NULL; its `into` is the caller's to set. */
struct tensor *safetensors_find(struct safetensors *f, const char *name);

/* Tensor i of all, in the order of the elements; NULL when there are no more. */
struct tensor *safetensors_at(struct safetensors *f, size_t i);

/* A value of the metadata, or NULL; borrowed. */
const char *safetensors_meta(const struct safetensors *f, const char *key);

/* The path, as it was opened. */
const char *safetensors_path(const struct safetensors *f);

/* Is it a file that mltui wrote: has it the version above and a checksum? ERR_FORMAT.
 */
ERR_MUST_CHECK enum err_code safetensors_check_ours(const struct safetensors *f,
                                                    struct err *err);

/* Is there memory for all elements? ERR_NOMEM with both numbers: it is said now, rather
 * than the program killed while it reads. */
ERR_MUST_CHECK enum err_code safetensors_check_memory(const struct safetensors *f,
                                                      struct err *err);

/*
 * Read all elements in one pass, each into its tensor's `into`, and compare with the
 * checksum where the file has one. ERR_IO, ERR_FORMAT (cut or damaged).
 */
ERR_MUST_CHECK enum err_code safetensors_read(struct safetensors *f, struct err *err);

void safetensors_close(struct safetensors *f);

#endif
