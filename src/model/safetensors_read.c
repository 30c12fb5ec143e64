/*
 * safetensors_read.c - the distrustful half of safetensors.h.
 *
 * Every number of the header is checked before it is used, and used only in
 * comparisons and checked sums and products. The file's size, which fstat gives, bounds
 * all of them.
 */
#include "config.h"

#include "src/model/safetensors.h"

#include "src/base/jsondoc.h"
#include "src/base/mem.h"
#include "src/base/sysinfo.h"
#include "src/base/sysio.h"
#include "src/model/safetensors_impl.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define BLOCK ((size_t)256 << 10) /* bytes read and summed up while in the cache */

struct safetensors {
    int fd;
    char *path;            /* owned */
    struct jsondoc header; /* owned; names and metadata are borrowed from it */
    json_t *meta;          /* of the header; NULL when it has none */
    uint64_t data_at;      /* offset of the elements in the file */
    uint64_t data_len;     /* their bytes */
    struct tensor tensor[SAFETENSORS_MAX_TENSORS]; /* in the order of the elements */
    size_t n;
};

static enum err_code
read_exactly(struct safetensors *f, void *ret, size_t n, uint64_t at, struct err *err)
{
    ssize_t got = sysio_read_all(f->fd, ret, n, at);

    if (got < 0)
        return err_set(err, ERR_IO, "%s: cannot read: %s", f->path, strerror(errno));
    if ((size_t)got < n)
        return err_set(err, ERR_FORMAT, "%s: ends at byte %llu, in the middle", f->path,
                       (unsigned long long)at + (size_t)got);
    return ERR_OK;
}

/* One number of a list, which must be a whole one of at least 0. */
static bool
whole_at(const json_t *list, size_t i, uint64_t *ret)
{
    const json_t *x = json_array_get(list, i);

    if (!json_is_integer(x) || json_integer_value(x) < 0)
        return false;
    *ret = (uint64_t)json_integer_value(x);
    return true;
}

static bool
take_dtype(struct tensor *t, const json_t *name)
{
    for (int d = 0; json_is_string(name) && d < TENSOR_DTYPES; d++)
        if (strcmp(tensor_dtype_text((enum tensor_dtype)d), json_string_value(name)) ==
            0) {
            t->dtype = (enum tensor_dtype)d;
            return true;
        }
    return false;
}

static bool
take_shape(struct tensor *t, const json_t *shape)
{
    if (!json_is_array(shape) || json_array_size(shape) > SAFETENSORS_MAX_DIMS)
        return false;
    t->n_dims = (unsigned)json_array_size(shape);
    for (unsigned d = 0; d < t->n_dims; d++)
        if (!whole_at(shape, d, &t->dim[d]))
            return false;
    return tensor_count_bytes(t);
}

/* What is wrong with a tensor's entry, or NULL when all was taken into t. */
static const char *
take_tensor(struct tensor *t, const json_t *entry, uint64_t data_len)
{
    const json_t *offsets = json_object_get(entry, "data_offsets");
    uint64_t end;

    if (json_object_size(entry) != 3)
        return "is not an object of dtype, shape and data_offsets";
    if (!take_dtype(t, json_object_get(entry, "dtype")))
        return "has a dtype other than U8, I16, U16, F32, I32, U32, I64 and U64";
    if (!take_shape(t, json_object_get(entry, "shape")))
        return "has a shape that is not a list of up to 4 sizes";
    if (!json_is_array(offsets) || json_array_size(offsets) != 2 ||
        !whole_at(offsets, 0, &t->begin) || !whole_at(offsets, 1, &end))
        return "has data_offsets that are not two whole numbers";
    if (t->begin > end || end > data_len)
        return "has data_offsets outside the file";
    if (end - t->begin != t->bytes)
        return "has data_offsets that do not fit its shape";
    return NULL;
}

static int
by_place(const void *a, const void *b)
{
    const struct tensor *s = a, *t = b;

    if (s->begin != t->begin)
        return s->begin < t->begin ? -1 : 1;
    return (s->bytes > t->bytes) - (s->bytes < t->bytes);
}

/* The tensors must follow each other from the first byte to the last. */
static enum err_code
check_coverage(struct safetensors *f, struct err *err)
{
    uint64_t at = 0;

    qsort(f->tensor, f->n, sizeof(*f->tensor), by_place);
    for (size_t i = 0; i < f->n; i++) {
        const struct tensor *t = &f->tensor[i];

        if (t->begin != at)
            return err_set(err, ERR_FORMAT, "%s: tensor %s begins at %llu, not at %llu",
                           f->path, t->name, (unsigned long long)t->begin,
                           (unsigned long long)at);
        at += t->bytes;
    }
    if (at != f->data_len)
        return err_set(err, ERR_FORMAT, "%s: the tensors end at %llu of %llu bytes",
                       f->path, (unsigned long long)at,
                       (unsigned long long)f->data_len);
    return ERR_OK;
}

static enum err_code
check_meta(struct safetensors *f, struct err *err)
{
    const char *key;
    json_t *value;

    if (f->meta != NULL && !json_is_object(f->meta))
        return err_set(err, ERR_FORMAT, "%s: __metadata__ is not an object", f->path);
    json_object_foreach(f->meta, key, value)
    {
        if (!json_is_string(value))
            return err_set(err, ERR_FORMAT,
                           "%s: __metadata__ has a value for %s that "
                           "is not a string",
                           f->path, key);
    }
    return ERR_OK;
}

static enum err_code
take_header(struct safetensors *f, struct err *err)
{
    const char *name;
    json_t *entry;

    f->meta = json_object_get(f->header.root, "__metadata__");
    if (json_object_size(f->header.root) - (f->meta != NULL) > SAFETENSORS_MAX_TENSORS)
        return err_set(err, ERR_FORMAT, "%s: %zu tensors, expected at most %d", f->path,
                       json_object_size(f->header.root), SAFETENSORS_MAX_TENSORS);
    json_object_foreach(f->header.root, name, entry)
    {
        struct tensor *t = &f->tensor[f->n];
        const char *wrong;

        if (entry == f->meta)
            continue;
        wrong = take_tensor(t, entry, f->data_len);
        if (wrong != NULL)
            return err_set(err, ERR_FORMAT, "%s: tensor %s %s", f->path, name, wrong);
        t->name = name;
        f->n++;
    }
    return check_meta(f, err);
}

static enum err_code
parse_header(struct safetensors *f, size_t len, struct err *err)
{
    char *text = mem_new(len, 1);
    enum err_code rc;

    if (text == NULL)
        return err_nomem(err, len, f->path);
    rc = read_exactly(f, text, len, sizeof(uint64_t), err);
    if (rc == ERR_OK && text[0] != '{')
        rc = err_set(err, ERR_FORMAT, "%s: its header does not begin with {", f->path);
    if (rc == ERR_OK)
        rc = jsondoc_parse(&f->header, text, len, f->path, err);
    mem_free(text);
    return rc;
}

static enum err_code
read_header(struct safetensors *f, struct err *err)
{
    struct stat st;
    uint64_t len = 0;
    enum err_code rc;

    if (fstat(f->fd, &st) != 0)
        return err_set(err, ERR_IO, "%s: %s", f->path, strerror(errno));
    if (!S_ISREG(st.st_mode))
        return err_set(err, ERR_IO, "%s: not a file", f->path);
    rc = read_exactly(f, &len, sizeof(len), 0, err);
    if (rc != ERR_OK)
        return rc;
    if (len < 2 || len > SAFETENSORS_MAX_HEADER ||
        len + sizeof(len) > (uint64_t)st.st_size)
        return err_set(err, ERR_FORMAT,
                       "%s: not a safetensors file: a header of %llu "
                       "bytes in a file of %lld (at most %zu)",
                       f->path, (unsigned long long)len, (long long)st.st_size,
                       SAFETENSORS_MAX_HEADER);
    f->data_at = sizeof(len) + len;
    f->data_len = (uint64_t)st.st_size - f->data_at;
    rc = parse_header(f, (size_t)len, err);
    if (rc == ERR_OK)
        rc = take_header(f, err);
    return rc == ERR_OK ? check_coverage(f, err) : rc;
}

enum err_code
safetensors_open(struct safetensors **ret, const char *path, struct err *err)
{
    struct safetensors *f = mem_new(1, sizeof(*f));
    enum err_code rc;

    if (f == NULL)
        return err_nomem(err, sizeof(*f), path);
    f->fd = -1;
    f->path = mem_strdup(path);
    if (f->path == NULL)
        rc = err_nomem(err, strlen(path), path);
    else if ((f->fd = sysio_open(path, O_RDONLY | O_NONBLOCK, 0)) < 0)
        rc = err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
    else
        rc = read_header(f, err);
    if (rc == ERR_OK)
        *ret = f;
    else
        safetensors_close(f);
    return rc;
}

void
safetensors_close(struct safetensors *f)
{
    if (f == NULL)
        return;
    if (f->fd >= 0)
        sysio_close(f->fd);
    jsondoc_done(&f->header);
    mem_free(f->path);
    mem_free(f);
}

struct tensor *
safetensors_find(struct safetensors *f, const char *name)
{
    for (size_t i = 0; i < f->n; i++)
        if (strcmp(f->tensor[i].name, name) == 0)
            return &f->tensor[i];
    return NULL;
}

struct tensor *
safetensors_at(struct safetensors *f, size_t i)
{
    return i < f->n ? &f->tensor[i] : NULL;
}

const char *
safetensors_meta(const struct safetensors *f, const char *key)
{
    return json_string_value(json_object_get(f->meta, key));
}

const char *
safetensors_path(const struct safetensors *f)
{
    return f->path;
}

enum err_code
safetensors_check_ours(const struct safetensors *f, struct err *err)
{
    const char *version = safetensors_meta(f, SAFETENSORS_OURS);

    if (version == NULL || strcmp(version, SAFETENSORS_VERSION) != 0)
        return err_set(err, ERR_FORMAT,
                       "%s: version %s of mltui's tensors, expected "
                       "version " SAFETENSORS_VERSION,
                       f->path, version != NULL ? version : "(none)");
    if (safetensors_meta(f, SAFETENSORS_CHECKSUM) == NULL)
        return err_set(err, ERR_FORMAT, "%s: its metadata has no " SAFETENSORS_CHECKSUM,
                       f->path);
    return ERR_OK;
}

enum err_code
safetensors_check_memory(const struct safetensors *f, struct err *err)
{
    const uint64_t there = sysinfo_memory_available(0); /* 0: unknown */

    if (there == 0 || f->data_len <= there)
        return ERR_OK;
    return err_set(err, ERR_NOMEM,
                   "%s: needs %" PRIu64 " bytes of memory, %" PRIu64 " are available",
                   f->path, f->data_len, there);
}

/* Read one tensor block by block; what nobody wants goes through `spare`. */
static enum err_code
read_tensor(struct safetensors *f, const struct tensor *t, char *spare,
            XXH3_state_t *sum, struct err *err)
{
    enum err_code rc = ERR_OK;

    for (uint64_t at = 0; rc == ERR_OK && at < t->bytes; at += BLOCK) {
        size_t n = t->bytes - at < BLOCK ? (size_t)(t->bytes - at) : BLOCK;
        char *into = t->into != NULL ? (char *)t->into + at : spare;

        rc = read_exactly(f, into, n, f->data_at + t->begin + at, err);
        if (rc == ERR_OK)
            XXH3_128bits_update(sum, into, n);
    }
    return rc;
}

enum err_code
safetensors_read(struct safetensors *f, struct err *err)
{
    const char *expected = safetensors_meta(f, SAFETENSORS_CHECKSUM);
    char found[TENSOR_CHECKSUM_LEN + 1];
    char *spare = mem_new(BLOCK, 1);
    enum err_code rc = ERR_OK;
    XXH3_state_t sum;

    if (spare == NULL)
        return err_nomem(err, BLOCK, f->path);
    XXH3_INITSTATE(&sum);
    XXH3_128bits_reset(&sum);
    for (size_t i = 0; rc == ERR_OK && i < f->n; i++)
        rc = read_tensor(f, &f->tensor[i], spare, &sum, err);
    mem_free(spare);
    if (rc != ERR_OK || expected == NULL)
        return rc;
    tensor_checksum_text(&sum, found);
    if (strcmp(found, expected) != 0)
        rc = err_set(err, ERR_FORMAT, "%s: damaged: its checksum is %s, expected %s",
                     f->path, found, expected);
    return rc;
}
