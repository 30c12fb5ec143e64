/* test_modelfile.c - a model with its catalog goes to disk and comes back. */
#include "config.h"

#include "src/model/modelfile.h"

#include "src/model/ratingsfile.h"
#include "src/model/safetensors.h"
#include "tests/model/small.h"
#include "tests/scratch.h"
#include "tests/unit.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static struct small_shelf s;

static void
comes_back_as_it_was(bool numeric)
{
    struct model *m = NULL;
    struct catalog *c = NULL;
    const char *path;

    small_shelf_fill(&s, numeric);
    path = scratch_path(s.dir, "model.safetensors");
    CU_ASSERT_EQUAL_FATAL(modelfile_save(path, s.model, s.catalog, NULL), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(modelfile_load(&m, &c, path, NULL), ERR_OK);
    CU_ASSERT_EQUAL(m->k, SMALL_FACTORS);
    CU_ASSERT_EQUAL(m->y_hi, 5.0F);
    CU_ASSERT_EQUAL_FATAL(m->len, s.model->len);
    CU_ASSERT_EQUAL(memcmp(m->arena, s.model->arena, m->len * sizeof(float)), 0);
    CU_ASSERT(small_same_catalog(c, s.catalog));
    model_free(m);
    catalog_free(c);
    small_shelf_clear(&s);
}

static void
a_model_with_numeric_ids_comes_back(void)
{
    comes_back_as_it_was(true);
}

static void
a_model_with_text_ids_comes_back(void)
{
    comes_back_as_it_was(false);
}

static void
the_same_model_gives_the_same_bytes(void)
{
    char *a, *b;
    size_t na = 0, nb = 1;

    small_shelf_fill(&s, true);
    CU_ASSERT_EQUAL(modelfile_save(scratch_path(s.dir, "a"), s.model, s.catalog, NULL),
                    ERR_OK);
    CU_ASSERT_EQUAL(modelfile_save(scratch_path(s.dir, "b"), s.model, s.catalog, NULL),
                    ERR_OK);
    a = scratch_read(scratch_path(s.dir, "a"), &na);
    b = scratch_read(scratch_path(s.dir, "b"), &nb);
    CU_ASSERT(na == nb && memcmp(a, b, na) == 0);
    free(a);
    free(b);
    small_shelf_clear(&s);
}

/* The header begins with the four names, and each array lies on a multiple of its
 * element's size: what a reader that maps the file relies on. */
static void
fastais_tensors_come_first_and_all_are_aligned(void)
{
    static const char *const first[] = { "__metadata__", "u_weight.weight",
                                         "i_weight.weight", "u_bias.weight",
                                         "i_bias.weight" };
    json_t *header, *entry;
    const char *name;
    char *file;
    size_t i = 0;

    small_shelf_fill(&s, true);
    CU_ASSERT_EQUAL(modelfile_save(scratch_path(s.dir, "a"), s.model, s.catalog, NULL),
                    ERR_OK);
    file = scratch_read(scratch_path(s.dir, "a"), NULL);
    CU_ASSERT_EQUAL(file[0] % 8, 0);
    header = json_loadb(
        file + 8, (unsigned char)file[0] + 256U * (unsigned char)file[1], 0, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(header);
    json_object_foreach(header, name, entry)
    {
        const char *dtype = json_string_value(json_object_get(entry, "dtype"));
        json_t *offsets = json_object_get(entry, "data_offsets");

        if (i < 5)
            CU_ASSERT_STRING_EQUAL(name, first[i]);
        if (i++ > 0)
            CU_ASSERT_EQUAL(json_integer_value(json_array_get(offsets, 0)) * 8 %
                                atoi(dtype + 1),
                            0);
    }
    json_decref(header);
    free(file);
    small_shelf_clear(&s);
}

static void
check_predictions(const struct model *m, const json_t *user)
{
    const json_t *expected = json_object_get(user, "prediction");
    uint32_t row = (uint32_t)json_integer_value(json_object_get(user, "user_row"));
    size_t n = json_array_size(expected), skip = m->n_items + 1 - n;

    CU_ASSERT(n == m->n_items + 1 || n == m->n_items);
    for (size_t i = 0; i < n; i++) {
        double y = model_rating(m, model_logit(m, row, (uint32_t)(i + skip)));

        CU_ASSERT_DOUBLE_EQUAL(y, json_number_value(json_array_get(expected, i)), 2e-6);
    }
}

static void
a_file_of_fastai_predicts_what_fastai_does(void)
{
    const char *golden = scratch_path(getenv("MLTUI_SRCDIR"), "tests/golden");
    json_t *reading = json_load_file(scratch_path(golden, "reading.json"), 0, NULL);
    struct model *m = NULL;
    struct catalog *c = NULL;
    struct err err = { 0 };
    json_t *users = json_object_get(reading, "users");
    enum err_code rc =
        modelfile_load(&m, &c, scratch_path(golden, "trace_a_final.safetensors"), &err);

    CU_ASSERT_EQUAL_FATAL(rc, ERR_OK);
    CU_ASSERT_PTR_NULL(c);
    CU_ASSERT(m->n_users == 38 && m->n_items == 30 && m->k == 8);
    CU_ASSERT_EQUAL(json_array_size(users), 2);
    for (size_t i = 0; i < json_array_size(users); i++)
        check_predictions(m, json_array_get(users, i));
    json_decref(reading);
    model_free(m);
}

/* Mark in `met` the rows of the table that a file has; all that it has is there. */
static void
meet(const char *path, const struct tensor_about *about, bool *met)
{
    struct safetensors *f = NULL;
    const struct tensor *t;

    CU_ASSERT_EQUAL_FATAL(safetensors_open(&f, path, NULL), ERR_OK);
    for (size_t i = 0; (t = safetensors_at(f, i)) != NULL; i++) {
        size_t k = 0;

        while (about[k].name != NULL && strcmp(about[k].name, t->name) != 0)
            k++;
        CU_ASSERT_PTR_NOT_NULL_FATAL(about[k].name);
        CU_ASSERT_STRING_EQUAL(about[k].dtype, tensor_dtype_text(t->dtype));
        CU_ASSERT_EQUAL(t->n_dims, strchr(about[k].shape, ',') != NULL ? 2 : 1);
        met[k] = true;
    }
    safetensors_close(f);
}

/* By a file of either kind, numbers or texts, codes or floats. */
static void
the_manual_has_all_tensors_and_no_others(void)
{
    for (int file = 0; file < 2; file++) {
        const struct tensor_about *about =
            file == 0 ? modelfile_tensors : ratingsfile_tensors;
        bool met[SAFETENSORS_MAX_TENSORS] = { false };

        for (int kind = 0; kind < 2; kind++) {
            struct ratings *r = small_ratings(kind == 0);
            const char *path;

            small_shelf_fill(&s, kind == 0);
            path = scratch_path(s.dir, "tensors");
            CU_ASSERT_EQUAL((file == 0 ? modelfile_save(path, s.model, s.catalog, NULL)
                                       : ratingsfile_save(path, r, NULL)),
                            ERR_OK);
            meet(path, about, met);
            ratings_free(r);
            small_shelf_clear(&s);
        }
        for (size_t k = 0; about[k].name != NULL; k++)
            CU_ASSERT(met[k]);
    }
}

CU_TestInfo tests_modelfile[] = {
    { "a model with numeric ids comes back", a_model_with_numeric_ids_comes_back },
    { "a model with text ids comes back", a_model_with_text_ids_comes_back },
    { "the same model gives the same bytes", the_same_model_gives_the_same_bytes },
    { "fastai's tensors come first and all are aligned",
      fastais_tensors_come_first_and_all_are_aligned },
    { "a file of fastai predicts what fastai does",
      a_file_of_fastai_predicts_what_fastai_does },
    { "the manual has all tensors and no others",
      the_manual_has_all_tensors_and_no_others },
    CU_TEST_INFO_NULL,
};
