/* test_safetensors.c - a file whose header lies is refused, each lie with its message.
 */
#include "config.h"

#include "src/model/safetensors.h"

#include "src/model/modelfile.h"
#include "src/model/ratingsfile.h"
#include "tests/model/small.h"
#include "tests/scratch.h"
#include "tests/unit.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char dir[256];

/* Write a file of this header and n bytes of elements; the path. */
static const char *
file_with(const char *header, size_t n)
{
    const uint64_t len = strlen(header);
    const char *path = scratch_path(dir, "lie.safetensors");
    char *bytes = calloc(8 + len + n + 1, 1);

    memcpy(bytes, &len, sizeof(len));
    memcpy(bytes + 8, header, len);
    scratch_write(path, bytes, 8 + len + n);
    free(bytes);
    return path;
}

static off_t
file_size(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 ? st.st_size : -1;
}

static void
refused(const char *path, const char *message)
{
    struct safetensors *f = NULL;
    struct err err = { 0 };

    CU_ASSERT_EQUAL(safetensors_open(&f, path, &err), ERR_FORMAT);
    CU_ASSERT_PTR_NULL(f);
    if (strstr(err.msg, message) == NULL)
        fprintf(stderr, "expected \"%s\", not \"%s\"\n", message, err.msg);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, message));
}

#define T(name, dtype, shape, offsets)                       \
    "\"" name "\":{\"dtype\":\"" dtype "\",\"shape\":" shape \
    ",\"data_offsets\":" offsets "}"

static void
every_lie_of_a_header_has_its_message(void)
{
    static const struct {
        const char *header;
        size_t n;
        const char *message;
    } lies[] = {
        { "[]", 0, "does not begin with {" },
        { " {}", 0, "does not begin with {" },
        { "{", 0, "header of 1 bytes" },
        { "{]", 0, "not valid JSON" },
        { "{}x", 0, "not valid JSON" },
        { "{} ", 4, "the tensors end at 0 of 4" },
        { "{" T("a", "F32", "[1]", "[0,4]") "," T("a", "F32", "[1]", "[4,8]") "}", 8,
          "duplicate object key" },
        { "{\"a\":1}", 0, "tensor a is not an object" },
        { "{\"a\":{\"dtype\":\"U8\",\"shape\":[]}}", 1, "tensor a is not an object" },
        { "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1],\"x\":1}}", 1,
          "tensor a is not an object" },
        { "{" T("a", "F64", "[1]", "[0,8]") "}", 8, "has a dtype other" },
        { "{\"a\":{\"dtype\":7,\"shape\":[],\"data_offsets\":[0,1]}}", 1,
          "has a dtype other" },
        { "{" T("a", "U8", "1", "[0,1]") "}", 1, "has a shape" },
        { "{" T("a", "U8", "[-1]", "[0,1]") "}", 1, "has a shape" },
        { "{" T("a", "U8", "[1.0]", "[0,1]") "}", 1, "has a shape" },
        { "{" T("a", "U8", "[1,1,1,1,1]", "[0,1]") "}", 1, "has a shape" },
        { "{" T("a", "U8", "[4294967296,4294967296]", "[0,0]") "}", 0, "has a shape" },
        { "{" T("a", "I64", "[2305843009213693952]", "[0,0]") "}", 0, "has a shape" },
        { "{" T("a", "I64", "[2305843009213693952,0]", "[0,0]") "}", 0, "has a shape" },
        { "{" T("a", "U8", "[1]", "[0]") "}", 1, "not two whole numbers" },
        { "{" T("a", "U8", "[1]", "[0,1,1]") "}", 1, "not two whole numbers" },
        { "{" T("a", "U8", "[1]", "[-1,0]") "}", 1, "not two whole numbers" },
        { "{" T("a", "U8", "[1]", "[0,\\\"1\\\"]") "}", 1, "not valid JSON" },
        { "{" T("a", "U8", "[1]", "[1,0]") "}", 1, "outside the file" },
        { "{" T("a", "U8", "[2]", "[0,2]") "}", 1, "outside the file" },
        { "{" T("a", "U8", "[1]", "[9223372036854775806,9223372036854775807]") "}", 1,
          "outside the file" },
        { "{" T("a", "F32", "[1]", "[0,3]") "}", 4, "do not fit its shape" },
        { "{" T("a", "U8", "[1]", "[1,2]") "}", 2, "tensor a begins at 1, not at 0" },
        { "{" T("a", "U8", "[2]", "[0,2]") "," T("b", "U8", "[2]", "[1,3]") "}", 3,
          "tensor b begins at 1, not at 2" },
        { "{" T("a", "U8", "[1]", "[0,1]") "," T("b", "U8", "[1]", "[2,3]") "}", 3,
          "tensor b begins at 2, not at 1" },
        { "{" T("a", "U8", "[1]", "[0,1]") "}", 2, "the tensors end at 1 of 2" },
        { "{\"__metadata__\":[]}", 0, "__metadata__ is not an object" },
        { "{\"__metadata__\":{\"a\":1}}", 0, "not a string" },
    };

    scratch_make(dir);
    for (size_t i = 0; i < sizeof(lies) / sizeof(*lies); i++)
        refused(file_with(lies[i].header, lies[i].n), lies[i].message);
    scratch_remove(dir);
}

static void
a_header_of_a_wrong_length_is_refused(void)
{
    static const uint64_t lengths[] = {
        0, 1, 3, 1048577, UINT64_MAX, (uint64_t)1 << 63, UINT64_MAX - 7
    };

    scratch_make(dir);
    for (size_t i = 0; i < sizeof(lengths) / sizeof(*lengths); i++) {
        char bytes[10] = "        {}";

        memcpy(bytes, &lengths[i], 8);
        scratch_write(scratch_path(dir, "x"), bytes, sizeof(bytes));
        refused(scratch_path(dir, "x"), "not a safetensors file");
    }
    for (size_t n = 0; n < 8; n++) {
        scratch_write(scratch_path(dir, "x"), "\2\0\0\0\0\0\0", n);
        refused(scratch_path(dir, "x"), "in the middle");
    }
    scratch_remove(dir);
}

static void
more_tensors_than_64_are_refused(void)
{
    char header[8192];
    size_t n = (size_t)snprintf(header, sizeof(header), "{");

    for (int i = 0; i < 65; i++)
        n += (size_t)snprintf(header + n, sizeof(header) - n,
                              "%s\"t%d\":{\"dtype\":\"U8\",\"shape\":[0],"
                              "\"data_offsets\":[0,0]}",
                              i > 0 ? "," : "", i);
    snprintf(header + n, sizeof(header) - n, "}");
    scratch_make(dir);
    refused(file_with(header, 0), "65 tensors, expected at most 64");
    scratch_remove(dir);
}

/* A file of a model, whole in memory, to be damaged. */
static char *
model_bytes(size_t *ret_n)
{
    struct model *m = small_model();
    struct catalog *c = small_catalog(true);
    const char *path = scratch_path(dir, "model");

    CU_ASSERT_EQUAL_FATAL(modelfile_save(path, m, c, NULL), ERR_OK);
    model_free(m);
    catalog_free(c);
    return scratch_read(path, ret_n);
}

static enum err_code
load(const char *bytes, size_t n, struct err *err)
{
    const char *path = scratch_path(dir, "damaged");
    struct model *m = NULL;
    struct catalog *c = NULL;
    enum err_code rc;

    scratch_write(path, bytes, n);
    rc = modelfile_load(&m, &c, path, err);
    CU_ASSERT_EQUAL(rc == ERR_OK, m != NULL);
    model_free(m);
    catalog_free(c);
    return rc;
}

static void
a_flipped_bit_anywhere_in_the_elements_is_found(void)
{
    char *bytes;
    size_t n = 0, data;
    uint64_t header;

    scratch_make(dir);
    bytes = model_bytes(&n);
    memcpy(&header, bytes, 8);
    data = 8 + (size_t)header;
    for (size_t i = data; i < n; i += 7) {
        bytes[i] ^= (char)(1 << i % 8);
        CU_ASSERT_EQUAL(load(bytes, n, NULL), ERR_FORMAT);
        bytes[i] ^= (char)(1 << i % 8);
    }
    CU_ASSERT_EQUAL(load(bytes, n, NULL), ERR_OK);
    free(bytes);
    scratch_remove(dir);
}

static void
a_file_cut_anywhere_is_refused(void)
{
    char *bytes;
    size_t n = 0;

    scratch_make(dir);
    bytes = model_bytes(&n);
    for (size_t i = 0; i < n; i += 5)
        CU_ASSERT_EQUAL(load(bytes, i, NULL), ERR_FORMAT);
    free(bytes);
    scratch_remove(dir);
}

/* Change the first `from` of the header to `to`, of the same length. */
static enum err_code
load_edited(const char *from, const char *to, struct err *err)
{
    size_t n = 0;
    char *bytes = model_bytes(&n);
    char *at = memmem(bytes, n, from, strlen(from));
    enum err_code rc;

    CU_ASSERT_PTR_NOT_NULL_FATAL(at);
    memcpy(at, to, strlen(to));
    rc = load(bytes, n, err);
    free(bytes);
    return rc;
}

static void
a_model_whose_tensors_disagree_is_refused(void)
{
    static const struct {
        const char *from, *to, *message;
    } lies[] = {
        { "u_weight.weight", "u_weight.weighs", "u_weight.weight is missing" },
        { "mltui.year\"", "mltui.yeer\"", "mltui.year is missing" },
        { "\"mltui\":\"1\"", "\"mltui\":\"2\"", "version 2" },
        { "mltui.xxh3_128", "mltui.xxh3_129", "no mltui.xxh3_128" },
        { "\"shape\":[4,5]", "\"shape\":[5,4]", "expected" },
        { "\"dtype\":\"I16\"", "\"dtype\":\"U16\"", "is U16 with 1 dimensions" },
    };

    scratch_make(dir);
    for (size_t i = 0; i < sizeof(lies) / sizeof(*lies); i++) {
        struct err err = { 0 };
        enum err_code rc = load_edited(lies[i].from, lies[i].to, &err);

        CU_ASSERT_EQUAL(rc, ERR_FORMAT);
        if (strstr(err.msg, lies[i].message) == NULL)
            fprintf(stderr, "expected \"%s\", not \"%s\"\n", lies[i].message, err.msg);
        CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, lies[i].message));
    }
    scratch_remove(dir);
}

/* Sparse, so that it takes no room on the disk. */
static void
a_file_larger_than_the_memory_is_refused_before_it_is_read(void)
{
    const char *path;
    struct model *m = NULL;
    struct catalog *c = NULL;
    struct ratings *r = NULL;
    struct err err = { 0 };
    off_t header;

    scratch_make(dir);
    path = file_with("{\"__metadata__\":{\"mltui\":\"1\",\"mltui.xxh3_128\":\"\"},"
                     "" T("mltui.x", "U8", "[4398046511104]", "[0,4398046511104]") "}",
                     0);
    header = file_size(path);
    if (truncate(path, header + ((off_t)1 << 42)) != 0) {
        printf("SKIP: no file of 4 TiB here: %s\n", strerror(errno));
    } else {
        CU_ASSERT_EQUAL(modelfile_load(&m, &c, path, &err), ERR_NOMEM);
        CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "needs 4398046511104 bytes of memory"));
        err.msg[0] = '\0';
        CU_ASSERT_EQUAL(ratingsfile_load(&r, path, &err), ERR_NOMEM);
        CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "needs 4398046511104 bytes of memory"));
    }
    scratch_remove(dir);
}

CU_TestInfo tests_safetensors[] = {
    { "every lie of a header has its message", every_lie_of_a_header_has_its_message },
    { "a header of a wrong length is refused", a_header_of_a_wrong_length_is_refused },
    { "more tensors than 64 are refused", more_tensors_than_64_are_refused },
    { "a flipped bit anywhere in the elements is found",
      a_flipped_bit_anywhere_in_the_elements_is_found },
    { "a file cut anywhere is refused", a_file_cut_anywhere_is_refused },
    { "a model whose tensors disagree is refused",
      a_model_whose_tensors_disagree_is_refused },
    { "a file larger than the memory is refused before it is read",
      a_file_larger_than_the_memory_is_refused_before_it_is_read },
    CU_TEST_INFO_NULL,
};
