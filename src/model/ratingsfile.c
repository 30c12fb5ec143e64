/* ratingsfile.c - the ratings of a run in a file; see ratingsfile.h. */
#include "config.h"

#include "src/model/ratingsfile.h"

#include "src/base/mem.h"
#include "src/model/safetensors.h"

#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

const struct tensor_about ratingsfile_tensors[] = {
    { "mltui.sizes", "I64", "3", "users m, films n, ratings held out" },
    { "mltui.start", "I64", "m + 2",
      "ratings of user u are from start[u] to start[u + "
      "1]" },
    { "mltui.item", "U32", "R",
      "row of the film; bit 31 is set where the rating was "
      "held out" },
    { "mltui.value", "F32", "any", "the distinct numbers of stars, rising" },
    { "mltui.code", "U8", "R",
      "stars as places in value, of which there are at most "
      "256" },
    { "mltui.stars", "F32", "R", "the stars themselves, where there are more" },
    { NULL, NULL, NULL, NULL },
};

enum { SIZE_USERS, SIZE_ITEMS, SIZE_HELD_OUT, N_SIZES };

#define MOST_TENSORS 5

/* The tensors of a file; returns how many. */
static size_t
list(struct tensor t[MOST_TENSORS], const struct ratings *r,
     const int64_t sizes[N_SIZES])
{
    const bool coded = r->code != NULL;
    const size_t n = coded ? 5 : 4;

    t[0] = (struct tensor){
        .name = "mltui.sizes", .dtype = TENSOR_I64, .dim = { N_SIZES }, .from = sizes
    };
    t[1] = (struct tensor){ .name = "mltui.start",
                            .dtype = TENSOR_I64,
                            .dim = { (uint64_t)r->n_users + 2 },
                            .from = r->start };
    t[2] = (struct tensor){
        .name = "mltui.item", .dtype = TENSOR_U32, .dim = { r->n }, .from = r->item
    };
    t[3] = coded ? (struct tensor){ .name = "mltui.code",
                                    .dtype = TENSOR_U8,
                                    .dim = { r->n },
                                    .from = r->code }
                 : (struct tensor){ .name = "mltui.stars",
                                    .dtype = TENSOR_F32,
                                    .dim = { r->n },
                                    .from = r->stars };
    t[4] = (struct tensor){ .name = "mltui.value",
                            .dtype = TENSOR_F32,
                            .dim = { r->n_values },
                            .from = r->value };
    for (size_t i = 0; i < n; i++)
        t[i].n_dims = 1;
    return n;
}

enum err_code
ratingsfile_save(const char *path, const struct ratings *r, struct err *err)
{
    static const struct tensor_meta meta[] = { { SAFETENSORS_OURS,
                                                 SAFETENSORS_VERSION } };
    const int64_t sizes[N_SIZES] = { r->n_users, r->n_items, (int64_t)r->n_held_out };
    struct tensor t[MOST_TENSORS];
    const size_t n = list(t, r, sizes);

    return safetensors_save(path, t, n, meta, 1, err);
}

uint64_t
ratingsfile_bytes(const struct ratings *r)
{
    struct tensor t[MOST_TENSORS];

    return safetensors_bytes(t, list(t, r, NULL));
}

static enum err_code
wrong(const char *path, const char *name, const char *what, struct err *err)
{
    return err_set(err, ERR_FORMAT, "%s: tensor %s %s", path, name, what);
}

/* The tensor of that name and type, in one dimension of at most `most`, or NULL. */
static struct tensor *
find(struct safetensors *f, const char *name, enum tensor_dtype dtype, uint64_t most)
{
    struct tensor *t = safetensors_find(f, name);

    if (t == NULL || t->dtype != dtype || t->n_dims != 1 || t->dim[0] > most)
        return NULL;
    return t;
}

/* Make room for what the shapes say and tell the tensors to go there. */
static enum err_code
make_room(struct ratings **ret, struct safetensors *f, int64_t sizes[N_SIZES],
          struct err *err)
{
    const char *path = safetensors_path(f);
    const bool coded = safetensors_find(f, "mltui.code") != NULL;
    struct tensor *size = find(f, "mltui.sizes", TENSOR_I64, N_SIZES);
    struct tensor *start = find(f, "mltui.start", TENSOR_I64, INT32_MAX);
    struct tensor *item = find(f, "mltui.item", TENSOR_U32, SIZE_MAX / sizeof(float));
    struct tensor *stars = coded ? find(f, "mltui.code", TENSOR_U8, SIZE_MAX)
                                 : find(f, "mltui.stars", TENSOR_F32, SIZE_MAX);
    struct tensor *value =
        coded ? find(f, "mltui.value", TENSOR_F32, RATINGS_MAX_VALUES) : NULL;
    enum err_code rc;

    if (size == NULL || size->dim[0] != N_SIZES)
        return wrong(path, "mltui.sizes", "is not three sizes", err);
    if (start == NULL || start->dim[0] < 2)
        return wrong(path, "mltui.start", "is not a column of places", err);
    if (item == NULL)
        return wrong(path, "mltui.item", "is not a column of films", err);
    if (stars == NULL || stars->dim[0] != item->dim[0])
        return wrong(path, coded ? "mltui.code" : "mltui.stars",
                     "is not a column as long as mltui.item", err);
    if (coded && value == NULL)
        return wrong(path, "mltui.value", "is not at most 256 numbers", err);
    rc = ratings_new(ret, (size_t)item->dim[0], (uint32_t)(start->dim[0] - 2), 0, coded,
                     err);
    if (rc != ERR_OK)
        return rc;
    size->into = sizes;
    start->into = (*ret)->start;
    item->into = (*ret)->item;
    stars->into = coded ? (void *)(*ret)->code : (void *)(*ret)->stars;
    if (coded) {
        value->into = (*ret)->value;
        (*ret)->n_values = (unsigned)value->dim[0];
    }
    return ERR_OK;
}

static bool
starts_hold(const struct ratings *r)
{
    for (size_t u = 0; u <= r->n_users; u++)
        if (r->start[u + 1] < r->start[u])
            return false;
    return r->start[0] == 0 && r->start[r->n_users + 1] == r->n;
}

static bool
items_hold(const struct ratings *r)
{
    size_t held_out = 0;

    for (size_t at = 0; at < r->n; at++) {
        if (ratings_item(r, at) > r->n_items)
            return false;
        held_out += ratings_held_out(r, at);
    }
    return held_out == r->n_held_out;
}

static bool
stars_hold(const struct ratings *r)
{
    for (unsigned v = 0; v < r->n_values; v++)
        if (!isfinite(r->value[v]) || (v > 0 && r->value[v - 1] >= r->value[v]))
            return false;
    for (size_t at = 0; at < r->n; at++)
        if (r->code != NULL ? r->code[at] >= r->n_values : !isfinite(r->stars[at]))
            return false;
    return true;
}

/* Take over the sizes and look at what was read. */
static enum err_code
check(struct ratings *r, const int64_t sizes[N_SIZES], const char *path,
      struct err *err)
{
    if (sizes[SIZE_USERS] != r->n_users || sizes[SIZE_ITEMS] < 0 ||
        sizes[SIZE_ITEMS] > INT32_MAX || sizes[SIZE_HELD_OUT] < 0)
        return wrong(path, "mltui.sizes", "does not fit the others", err);
    r->n_items = (uint32_t)sizes[SIZE_ITEMS];
    r->n_held_out = (size_t)sizes[SIZE_HELD_OUT];
    if (!starts_hold(r))
        return wrong(path, "mltui.start", "is not places that rise to the end", err);
    if (!items_hold(r))
        return wrong(path, "mltui.item",
                     "holds a film or a number of held-out ratings "
                     "that mltui.sizes does not",
                     err);
    if (!stars_hold(r))
        return wrong(path, r->code != NULL ? "mltui.code" : "mltui.stars",
                     "holds stars that are not finite, or no place in mltui.value",
                     err);
    return ERR_OK;
}

enum err_code
ratingsfile_load(struct ratings **ret, const char *path, struct err *err)
{
    struct safetensors *f = NULL;
    struct ratings *r = NULL;
    int64_t sizes[N_SIZES] = { 0 };
    enum err_code rc = safetensors_open(&f, path, err);

    if (rc == ERR_OK)
        rc = safetensors_check_ours(f, err);
    if (rc == ERR_OK)
        rc = safetensors_check_memory(f, err);
    if (rc == ERR_OK)
        rc = make_room(&r, f, sizes, err);
    if (rc == ERR_OK)
        rc = safetensors_read(f, err);
    if (rc == ERR_OK)
        rc = check(r, sizes, path, err);
    safetensors_close(f);
    if (rc == ERR_OK)
        *ret = r;
    else
        ratings_free(r);
    return rc;
}
