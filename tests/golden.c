/* golden.c - reads the golden vectors; see golden.h. */
#include "config.h"

#include "tests/golden.h"

#include "src/base/mem.h"

#include "tests/unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const table_name[] = { "u_weight.weight", "i_weight.weight",
                                          "u_bias.weight", "i_bias.weight" };

json_t *
golden_load(const char *name)
{
    const char *top = getenv("MLTUI_SRCDIR");
    char path[4096];
    json_error_t why;
    json_t *file;

    snprintf(path, sizeof(path), "%s/tests/golden/%s.json", top != NULL ? top : ".",
             name);
    file = json_load_file(path, 0, &why);
    if (file == NULL)
        fprintf(stderr, "%s: %s\n", path, why.text);
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    return file;
}

json_t *
golden_get(const json_t *object, const char *key)
{
    json_t *value = json_object_get(object, key);

    CU_ASSERT_PTR_NOT_NULL_FATAL(value);
    return value;
}

double
golden_number(const json_t *value)
{
    if (json_is_null(value))
        return NAN;
    if (json_is_string(value))
        return strcmp(json_string_value(value), "inf") == 0 ? INFINITY : -INFINITY;
    CU_ASSERT_TRUE_FATAL(json_is_number(value));
    return json_number_value(value);
}

double
golden_at(const json_t *object, const char *key, size_t i)
{
    const json_t *array = golden_get(object, key);

    CU_ASSERT_TRUE_FATAL(i < json_array_size(array));
    return golden_number(json_array_get(array, i));
}

size_t
golden_len(const json_t *object, const char *key)
{
    return json_array_size(golden_get(object, key));
}

int
golden_has(const json_t *object, const char *key)
{
    return json_object_get(object, key) != NULL;
}

static uint32_t
index_at(const json_t *object, const char *key, size_t i)
{
    return (uint32_t)golden_at(object, key, i);
}

/* ---- a trace and its data ------------------------------------------------------- */

/* Stars of train rating `at`; lrfind_b_stops replaced them by its data row. */
static float
stars_of(const json_t *run, const json_t *all, const json_t *mode, size_t at)
{
    size_t row = index_at(all, "permutation", golden_len(mode, "valid_user") + at);

    if (strstr(json_string_value(golden_get(run, "about")), "ratings replaced") != NULL)
        return 3 + .25f * ((float)(row % 3) - 1);
    return (float)golden_at(mode, "train_rating", at);
}

/* Append the ratings of user u from one half of the split. */
static void
append_user(struct ratings *r, uint32_t u, const json_t *users, const json_t *items,
            const json_t *stars, uint32_t flag)
{
    for (size_t i = 0; i < json_array_size(users); i++) {
        if (json_integer_value(json_array_get(users, i)) != u)
            continue;
        r->item[r->n] = (uint32_t)json_integer_value(json_array_get(items, i)) | flag;
        r->stars[r->n++] = (float)json_number_value(json_array_get(stars, i));
    }
}

static void
load_ratings(struct golden_trace *t, const json_t *mode)
{
    size_t n_train = golden_len(mode, "train_user"),
           n_valid = golden_len(mode, "valid_user");
    struct ratings *r = NULL;

    CU_ASSERT_EQUAL_FATAL(ratings_new(&r, n_train + n_valid, t->init->n_users,
                                      t->init->n_items, false, NULL),
                          ERR_OK);
    r->n = 0;
    r->n_held_out = n_valid;
    for (uint32_t u = 0; u <= r->n_users; u++) {
        append_user(r, u, golden_get(mode, "train_user"),
                    golden_get(mode, "train_item"), golden_get(mode, "train_rating"),
                    0);
        append_user(r, u, golden_get(mode, "valid_user"),
                    golden_get(mode, "valid_item"), golden_get(mode, "valid_rating"),
                    RATINGS_HELD_OUT);
        r->start[u + 1] = r->n;
    }
    CU_ASSERT_EQUAL_FATAL(r->n, n_train + n_valid);
    t->ratings = r;
}

static void
load_init(struct golden_trace *t)
{
    const json_t *shapes = golden_get(t->run, "shapes");
    const json_t *tables = golden_get(t->run, "initial");
    size_t at = 0;

    CU_ASSERT_EQUAL_FATAL(model_new(&t->init, index_at(shapes, table_name[0], 0) - 1,
                                    index_at(shapes, table_name[1], 0) - 1,
                                    index_at(shapes, table_name[0], 1),
                                    (float)golden_at(t->run, "y_range", 0),
                                    (float)golden_at(t->run, "y_range", 1), NULL),
                          ERR_OK);
    for (size_t i = 0; i < 4; i++)
        for (size_t j = 0; j < golden_len(tables, table_name[i]); j++)
            t->init->arena[at++] = (float)golden_at(tables, table_name[i], j);
    CU_ASSERT_EQUAL_FATAL(at, t->init->len);
}

static void
load_batches(struct golden_trace *t, const json_t *all, const json_t *mode)
{
    const json_t *batches = golden_get(t->run, "batches");
    size_t n;

    t->n_batches = json_array_size(batches);
    n = t->n_batches * t->batch;
    t->user = mem_new(n, sizeof(*t->user));
    t->item = mem_new(n, sizeof(*t->item));
    t->stars = mem_new(n, sizeof(*t->stars));
    for (size_t i = 0; i < n; i++) {
        const json_t *b = json_array_get(batches, i / t->batch);
        size_t at = (size_t)json_integer_value(json_array_get(b, i % t->batch));

        t->user[i] = index_at(mode, "train_user", at);
        t->item[i] = index_at(mode, "train_item", at);
        t->stars[i] = stars_of(t->run, all, mode, at);
    }
}

void
golden_trace_load(struct golden_trace *ret, const char *name)
{
    json_t *all = golden_load("encodings");
    const char *mode_name = "int_user_title";
    const json_t *mode;

    *ret = (struct golden_trace){ .run = golden_load(name) };
    if (golden_has(ret->run, "mode"))
        mode_name = json_string_value(golden_get(ret->run, "mode"));
    mode = golden_get(all, mode_name);
    ret->batch = (size_t)golden_number(golden_get(ret->run, "bs"));
    load_init(ret);
    load_ratings(ret, mode);
    load_batches(ret, all, mode);
    ret->per_epoch = ret->n_batches;
    if (golden_has(ret->run, "batches_per_epoch"))
        ret->per_epoch =
            (size_t)golden_number(golden_get(ret->run, "batches_per_epoch"));
    json_decref(all);
}

void
golden_trace_done(struct golden_trace *t)
{
    json_decref(t->run);
    ratings_free(t->ratings);
    model_free(t->init);
    mem_free(t->user);
    mem_free(t->item);
    mem_free(t->stars);
}

double
golden_distance(const struct model *m, const json_t *tables)
{
    double off = 0, norm = 0;
    size_t at = 0;

    for (size_t i = 0; i < 4; i++)
        for (size_t j = 0; j < golden_len(tables, table_name[i]); j++) {
            double want = golden_at(tables, table_name[i], j),
                   d = m->arena[at++] - want;

            off += d * d;
            norm += want * want;
        }
    CU_ASSERT_EQUAL_FATAL(at, m->len);
    return sqrt(off / norm);
}
