/*
 * safetensors.c - what writing and reading safetensors files share, and the writing;
 * see safetensors.h.
 *
 * The checksum stands in the header, before the elements, so writing goes over them
 * twice: at memory speed for the sum, then to the disk.
 */
#include "config.h"

#include "src/model/safetensors.h"

#include "src/base/atomicfile.h"
#include "src/base/jsontext.h"
#include "src/model/safetensors_impl.h"

#include <assert.h>
#include <stdio.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
               "elements are written as they lie in memory: little-endian");

static const char *const dtype_names[] = {
#define X(name, bytes) #name,
    TENSOR_DTYPE_LIST(X)
#undef X
};

static const unsigned char dtype_bytes[] = {
#define X(name, bytes) bytes,
    TENSOR_DTYPE_LIST(X)
#undef X
};

const char *
tensor_dtype_text(enum tensor_dtype dtype)
{
    return dtype_names[dtype];
}

bool
tensor_count_bytes(struct tensor *t)
{
    uint64_t bytes = dtype_bytes[t->dtype];
    bool empty = false;

    /* Other dimensions must not overflow even where one is 0. */
    for (unsigned d = 0; d < t->n_dims; d++) {
        empty |= t->dim[d] == 0;
        if (t->dim[d] != 0 && __builtin_mul_overflow(bytes, t->dim[d], &bytes))
            return false;
    }
    t->bytes = empty ? 0 : bytes;
    return true;
}

uint64_t
safetensors_bytes(struct tensor *t, size_t n)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < n; i++)
        if (tensor_count_bytes(&t[i]))
            sum += t[i].bytes;
    return sum;
}

void
tensor_checksum_text(const XXH3_state_t *sum, char ret[TENSOR_CHECKSUM_LEN + 1])
{
    XXH128_canonical_t canonical;

    XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(sum));
    for (size_t i = 0; i < sizeof(canonical.digest); i++)
        snprintf(ret + 2 * i, 3, "%02x", canonical.digest[i]);
}

/* The order of the elements in the file: wide types first, else as given. */
static void
sort_by_width(struct tensor *t, size_t n, struct tensor *ret[SAFETENSORS_MAX_TENSORS])
{
    for (unsigned width = 8; width > 0; width /= 2)
        for (size_t i = 0; i < n; i++)
            if (dtype_bytes[t[i].dtype] == width)
                *ret++ = &t[i];
}

/* Give each tensor its place and sum up the elements. */
static void
lay_out(struct tensor *const *order, size_t n, char ret_sum[TENSOR_CHECKSUM_LEN + 1])
{
    XXH3_state_t sum;
    uint64_t at = 0;

    XXH3_INITSTATE(&sum);
    XXH3_128bits_reset(&sum);
    for (size_t i = 0; i < n; i++) {
        bool fits = tensor_count_bytes(order[i]);

        assert(fits);
        (void)fits;
        order[i]->begin = at;
        at += order[i]->bytes;
        XXH3_128bits_update(&sum, order[i]->from, order[i]->bytes);
    }
    tensor_checksum_text(&sum, ret_sum);
}

static void
put_tensor(struct jsontext *out, const struct tensor *t)
{
    jsontext_open(out, t->name, '{');
    jsontext_string(out, "dtype", dtype_names[t->dtype]);
    jsontext_open(out, "shape", '[');
    for (unsigned d = 0; d < t->n_dims; d++)
        jsontext_uint(out, NULL, t->dim[d]);
    jsontext_close(out, ']');
    jsontext_open(out, "data_offsets", '[');
    jsontext_uint(out, NULL, t->begin);
    jsontext_uint(out, NULL, t->begin + t->bytes);
    jsontext_close(out, ']');
    jsontext_close(out, '}');
}

static void
put_header(struct jsontext *out, const struct tensor *t, size_t n,
           const struct tensor_meta *meta, size_t n_meta, const char *sum)
{
    jsontext_open(out, NULL, '{');
    jsontext_open(out, "__metadata__", '{');
    for (size_t i = 0; i < n_meta; i++)
        jsontext_string(out, meta[i].key, meta[i].value);
    jsontext_string(out, SAFETENSORS_CHECKSUM, sum);
    jsontext_close(out, '}');
    for (size_t i = 0; i < n; i++)
        put_tensor(out, &t[i]);
    jsontext_close(out, '}');
    jsontext_pad(out, 8);
}

static enum err_code
send_all(const struct sink *to, const struct jsontext *header,
         struct tensor *const *order, size_t n, struct err *err)
{
    uint64_t len = header->len;
    enum err_code rc = sink_write(to, &len, sizeof(len), err);

    if (rc == ERR_OK)
        rc = sink_write(to, header->bytes, header->len, err);
    for (size_t i = 0; rc == ERR_OK && i < n; i++)
        rc = sink_write(to, order[i]->from, order[i]->bytes, err);
    return rc;
}

enum err_code
safetensors_write(const struct sink *to, struct tensor *t, size_t n,
                  const struct tensor_meta *meta, size_t n_meta, struct err *err)
{
    struct tensor *order[SAFETENSORS_MAX_TENSORS];
    struct jsontext header = { 0 };
    char sum[TENSOR_CHECKSUM_LEN + 1];
    enum err_code rc;

    assert(n <= SAFETENSORS_MAX_TENSORS);
    sort_by_width(t, n, order);
    lay_out(order, n, sum);
    put_header(&header, t, n, meta, n_meta, sum);
    rc = jsontext_check(&header, err);
    if (rc == ERR_OK)
        rc = send_all(to, &header, order, n, err);
    jsontext_done(&header);
    return rc;
}

enum err_code
safetensors_save(const char *path, struct tensor *t, size_t n,
                 const struct tensor_meta *meta, size_t n_meta, struct err *err)
{
    struct atomicfile *f = NULL;
    enum err_code rc = atomicfile_open(&f, path, err);

    if (rc == ERR_OK) {
        const struct sink to = atomicfile_sink(f);

        rc = safetensors_write(&to, t, n, meta, n_meta, err);
    }
    if (rc == ERR_OK)
        rc = atomicfile_commit(f, err);
    atomicfile_close(f);
    return rc;
}
