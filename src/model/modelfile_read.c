/*
 * modelfile_read.c - reading a model with its catalog; see modelfile.h.
 *
 * First each tensor's type and shape is compared with what it must be, and room of
 * that size is made for it; then all are read in one pass, straight into place; then
 * what they hold is checked. A problem is remembered in `rc`, and the steps after it
 * do nothing.
 */
#include "config.h"

#include "src/model/modelfile.h"

#include "src/base/mem.h"
#include "src/model/modelfile_check.h"
#include "src/model/safetensors.h"

#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

#define PREFIX "mltui."

struct reading {
    struct safetensors *f;
    const char *path;
    struct model *model;
    struct catalog *catalog;
    float y_range[2];
    enum err_code rc;
    struct err *err;
};

/* The tensor of that name and type with `n_dims` dimensions. */
static struct tensor *
want(struct reading *r, const char *name, enum tensor_dtype dtype, unsigned n_dims)
{
    struct tensor *t;

    if (r->rc != ERR_OK)
        return NULL;
    t = safetensors_find(r->f, name);
    if (t == NULL)
        r->rc = err_set(r->err, ERR_FORMAT, "%s: tensor %s is missing", r->path, name);
    else if (t->dtype != dtype || t->n_dims != n_dims)
        r->rc = err_set(r->err, ERR_FORMAT,
                        "%s: tensor %s is %s with %u dimensions, expected %s with %u",
                        r->path, name, tensor_dtype_text(t->dtype), t->n_dims,
                        tensor_dtype_text(dtype), n_dims);
    return r->rc == ERR_OK ? t : NULL;
}

static void
want_size(struct reading *r, const struct tensor *t, unsigned d, uint64_t size)
{
    if (r->rc == ERR_OK && t->dim[d] != size)
        r->rc = err_set(r->err, ERR_FORMAT,
                        "%s: tensor %s has size %" PRIu64 ", expected %" PRIu64,
                        r->path, t->name, t->dim[d], size);
}

/* Room for a column of n elements; the caller owns it. */
static void *
take_column(struct reading *r, const char *name, enum tensor_dtype dtype, uint64_t n)
{
    struct tensor *t = want(r, name, dtype, 1);

    want_size(r, t, 0, n);
    if (r->rc != ERR_OK)
        return NULL;
    t->into = mem_new((size_t)t->bytes, 1);
    if (t->into == NULL)
        r->rc = err_nomem(r->err, t->bytes, name);
    return t->into;
}

/* Room for a column of a length that the file chooses, at least `least`. */
static void *
take_any_column(struct reading *r, const char *name, enum tensor_dtype dtype,
                uint64_t least, size_t *ret_n)
{
    struct tensor *t = want(r, name, dtype, 1);

    if (r->rc != ERR_OK)
        return NULL;
    if (t->dim[0] < least || t->dim[0] > INT32_MAX)
        r->rc = err_set(r->err, ERR_FORMAT,
                        "%s: tensor %s has size %" PRIu64 ", expected %" PRIu64 " … %d",
                        r->path, name, t->dim[0], least, INT32_MAX);
    *ret_n = (size_t)t->dim[0];
    return take_column(r, name, dtype, t->dim[0]);
}

static void
take_texts(struct reading *r, const char *start_name, const char *bytes_name,
           struct strtab *ret)
{
    size_t n = 0;

    ret->start = take_any_column(r, start_name, TENSOR_I64, 1, &n);
    ret->bytes = take_any_column(r, bytes_name, TENSOR_U8, 0, &ret->cap_bytes);
    if (r->rc == ERR_OK)
        ret->n = ret->cap_n = n - 1;
}

static void
take_ids(struct reading *r, const char *name, const char *start_name,
         const char *bytes_name, struct idcol *ret)
{
    ret->numeric = safetensors_find(r->f, name) != NULL;
    if (ret->numeric) {
        ret->num = take_any_column(r, name, TENSOR_I64, 0, &ret->n);
        return;
    }
    take_texts(r, start_name, bytes_name, &ret->text);
    ret->n = ret->text.n;
}

static void
take_lists(struct reading *r, const char *start_name, const char *name, uint64_t rows,
           struct listcol *ret)
{
    size_t n = 0;

    ret->start = take_column(r, start_name, TENSOR_I32, rows + 1);
    ret->value = take_any_column(r, name, TENSOR_I32, 0, &n);
}

/* The four tables: they say m, n and k, and must agree. */
static void
take_model(struct reading *r)
{
    struct tensor *U = want(r, "u_weight.weight", TENSOR_F32, 2);
    struct tensor *I = want(r, "i_weight.weight", TENSOR_F32, 2);
    struct tensor *bu = want(r, "u_bias.weight", TENSOR_F32, 2);
    struct tensor *bi = want(r, "i_bias.weight", TENSOR_F32, 2);

    if (r->rc != ERR_OK)
        return;
    if (U->dim[0] < 1 || U->dim[0] > INT32_MAX || I->dim[0] < 1 ||
        I->dim[0] > INT32_MAX || U->dim[1] < 1 || U->dim[1] > MODEL_MAX_FACTORS) {
        r->rc = err_set(r->err, ERR_FORMAT,
                        "%s: %" PRIu64 " users and %" PRIu64 " films with %" PRIu64
                        " factors, expected at most 2^31 with 1 … %d factors",
                        r->path, U->dim[0], I->dim[0], U->dim[1], MODEL_MAX_FACTORS);
        return;
    }
    want_size(r, I, 1, U->dim[1]);
    want_size(r, bu, 0, U->dim[0]);
    want_size(r, bu, 1, 1);
    want_size(r, bi, 0, I->dim[0]);
    want_size(r, bi, 1, 1);
    if (r->rc == ERR_OK)
        r->rc =
            model_new(&r->model, (uint32_t)(U->dim[0] - 1), (uint32_t)(I->dim[0] - 1),
                      (unsigned)U->dim[1], MODELFILE_Y_LO, MODELFILE_Y_HI, r->err);
    if (r->rc != ERR_OK)
        return;
    U->into = r->model->U;
    I->into = r->model->I;
    bu->into = r->model->bu;
    bi->into = r->model->bi;
}

static void
take_catalog(struct reading *r)
{
    struct tensor *y_range = want(r, "mltui.y_range", TENSOR_F32, 1);
    struct catalog *c;
    uint64_t n1;

    want_size(r, y_range, 0, 2);
    if (r->rc == ERR_OK)
        r->rc = catalog_new(&r->catalog, r->err);
    if (r->rc != ERR_OK)
        return;
    y_range->into = r->y_range;
    c = r->catalog;
    c->n_users = r->model->n_users;
    c->n_items = r->model->n_items;
    n1 = (uint64_t)c->n_items + 1;
    take_ids(r, "mltui.user_id", "mltui.user_id_start", "mltui.user_id_bytes",
             &c->user);
    take_ids(r, "mltui.item_id", "mltui.item_id_start", "mltui.item_id_bytes",
             &c->item_id);
    take_lists(r, "mltui.item_ids_start", "mltui.item_ids", n1, &c->id_of);
    take_texts(r, "mltui.title_start", "mltui.title_bytes", &c->title);
    c->year = take_column(r, "mltui.year", TENSOR_I16, n1);
    take_texts(r, "mltui.genre_start", "mltui.genre_bytes", &c->genre);
    take_lists(r, "mltui.item_genres_start", "mltui.item_genres", n1, &c->genre_of);
    if (safetensors_find(r->f, "mltui.tag_start") != NULL) {
        take_texts(r, "mltui.tag_start", "mltui.tag_bytes", &c->tag);
        take_lists(r, "mltui.item_tags_start", "mltui.item_tags", n1, &c->tag_of);
    }
    if (safetensors_find(r->f, "mltui.imdb") != NULL)
        c->imdb = take_column(r, "mltui.imdb", TENSOR_I32, c->item_id.n);
    c->count = take_column(r, "mltui.count", TENSOR_I32, n1);
    c->mean = take_column(r, "mltui.mean", TENSOR_F32, n1);
}

/* Has the file tensors of ours? Then it must be one that mltui wrote. */
static bool
has_catalog(struct reading *r)
{
    const struct tensor *t;
    bool found = false;

    for (size_t i = 0; (t = safetensors_at(r->f, i)) != NULL; i++)
        found |= strncmp(t->name, PREFIX, strlen(PREFIX)) == 0;
    if (found && r->rc == ERR_OK)
        r->rc = safetensors_check_ours(r->f, r->err);
    return found && r->rc == ERR_OK;
}

static void
must_end_at(struct reading *r, const char *name, uint64_t end, uint64_t expected)
{
    if (r->rc == ERR_OK && end != expected)
        r->rc =
            err_set(r->err, ERR_FORMAT, "%s: %s ends at %" PRIu64 ", expected %" PRIu64,
                    r->path, name, end, expected);
}

static void
must_have(struct reading *r, const char *name, size_t n, uint64_t expected)
{
    if (r->rc == ERR_OK && n != expected)
        r->rc = err_set(r->err, ERR_FORMAT, "%s: %s has %zu rows, expected %" PRIu64,
                        r->path, name, n, expected);
}

static uint64_t
size_of(struct reading *r, const char *name)
{
    return safetensors_find(r->f, name)->dim[0];
}

/* That what the tensors hold fits their sizes, so that it can be looked at. */
static void
check_ends(struct reading *r)
{
    const struct catalog *c = r->catalog;
    const struct idcol *u = &c->user, *i = &c->item_id;
    const uint64_t n1 = (uint64_t)c->n_items + 1;

    must_have(r, "mltui.user_id", u->n, (uint64_t)c->n_users + 1);
    must_have(r, "mltui.title", c->title.n, n1);
    if (!u->numeric)
        must_end_at(r, "mltui.user_id_start", u->text.start[u->n], u->text.cap_bytes);
    if (!i->numeric)
        must_end_at(r, "mltui.item_id_start", i->text.start[i->n], i->text.cap_bytes);
    must_end_at(r, "mltui.title_start", c->title.start[c->title.n], c->title.cap_bytes);
    must_end_at(r, "mltui.genre_start", c->genre.start[c->genre.n], c->genre.cap_bytes);
    must_end_at(r, "mltui.item_ids_start", c->id_of.start[n1],
                size_of(r, "mltui.item_ids"));
    must_end_at(r, "mltui.item_genres_start", c->genre_of.start[n1],
                size_of(r, "mltui.item_genres"));
    if (c->tag_of.start == NULL)
        return;
    must_end_at(r, "mltui.tag_start", c->tag.start[c->tag.n], c->tag.cap_bytes);
    must_end_at(r, "mltui.item_tags_start", c->tag_of.start[n1],
                size_of(r, "mltui.item_tags"));
}

static void
read_all(struct reading *r)
{
    if (r->rc == ERR_OK)
        r->rc = safetensors_read(r->f, r->err);
    if (r->rc == ERR_OK && r->catalog != NULL) {
        r->model->y_lo = r->y_range[0];
        r->model->y_hi = r->y_range[1];
        check_ends(r);
    }
    if (r->rc == ERR_OK)
        r->rc = modelfile_check_weights(r->model, r->path, r->err);
    if (r->rc == ERR_OK && r->catalog != NULL)
        r->rc = modelfile_check_catalog(r->catalog, r->path, r->err);
}

enum err_code
modelfile_load(struct model **ret_model, struct catalog **ret_catalog, const char *path,
               struct err *err)
{
    struct reading r = { .path = path, .err = err };

    r.rc = safetensors_open(&r.f, path, err);
    if (r.rc == ERR_OK)
        r.rc = safetensors_check_memory(r.f, err);
    if (r.rc == ERR_OK) {
        take_model(&r);
        if (has_catalog(&r))
            take_catalog(&r);
        read_all(&r);
    }
    safetensors_close(r.f);
    if (r.rc == ERR_OK) {
        *ret_model = r.model;
        *ret_catalog = r.catalog;
    } else {
        model_free(r.model);
        catalog_free(r.catalog);
    }
    return r.rc;
}
