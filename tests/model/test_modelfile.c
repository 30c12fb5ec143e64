/* test_modelfile.c - a model with its catalog goes to disk and comes back. */
#include "config.h"

#include "src/model/modelfile.h"

#include "src/base/mem.h"
#include "src/model/ratingsfile.h"
#include "src/model/safetensors.h"
#include "tests/faults.h"
#include "tests/model/small.h"
#include "tests/scratch.h"
#include "tests/unit.h"

#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char dir[256];
static struct model *model;
static struct catalog *catalog;

static void
begin(bool numeric)
{
    scratch_make(dir);
    model = small_model();
    catalog = small_catalog(numeric);
}

static void
end(void)
{
    model_free(model);
    catalog_free(catalog);
    scratch_remove(dir);
}

static void
comes_back_as_it_was(bool numeric)
{
    struct model *m = NULL;
    struct catalog *c = NULL;
    const char *path;

    begin(numeric);
    path = scratch_path(dir, "model.safetensors");
    CU_ASSERT_EQUAL_FATAL(modelfile_save(path, model, catalog, NULL), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(modelfile_load(&m, &c, path, NULL), ERR_OK);
    CU_ASSERT_EQUAL(m->k, SMALL_FACTORS);
    CU_ASSERT_EQUAL(m->y_hi, 5.0F);
    CU_ASSERT_EQUAL_FATAL(m->len, model->len);
    CU_ASSERT_EQUAL(memcmp(m->arena, model->arena, m->len * sizeof(float)), 0);
    CU_ASSERT(small_same_catalog(c, catalog));
    model_free(m);
    catalog_free(c);
    end();
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

    begin(true);
    CU_ASSERT_EQUAL(modelfile_save(scratch_path(dir, "a"), model, catalog, NULL),
                    ERR_OK);
    CU_ASSERT_EQUAL(modelfile_save(scratch_path(dir, "b"), model, catalog, NULL),
                    ERR_OK);
    a = scratch_read(scratch_path(dir, "a"), &na);
    b = scratch_read(scratch_path(dir, "b"), &nb);
    CU_ASSERT(na == nb && memcmp(a, b, na) == 0);
    free(a);
    free(b);
    end();
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

    begin(true);
    CU_ASSERT_EQUAL(modelfile_save(scratch_path(dir, "a"), model, catalog, NULL),
                    ERR_OK);
    file = scratch_read(scratch_path(dir, "a"), NULL);
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
    end();
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

static void
refused_on_saving(enum err_code rc, const char *message)
{
    struct err err = { 0 };

    CU_ASSERT_EQUAL(modelfile_save(scratch_path(dir, "x"), model, catalog, &err), rc);
    if (strstr(err.msg, message) == NULL)
        fprintf(stderr, "expected \"%s\", not \"%s\"\n", message, err.msg);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, message));
    CU_ASSERT_EQUAL(scratch_count(dir), 0);
}

static void
what_could_not_be_loaded_is_not_saved(void)
{
    begin(true);
    model->bi[2] = INFINITY;
    refused_on_saving(ERR_NUMERIC, "i_bias.weight holds inf in row 2");
    model->bi[2] = 0;
    model->I[2 * SMALL_FACTORS + 3] = NAN;
    refused_on_saving(ERR_NUMERIC, "i_weight.weight holds nan in row 2, column 3");
    model->I[2 * SMALL_FACTORS + 3] = 0;
    catalog->title.bytes[catalog->title.start[2]] = '\xff';
    refused_on_saving(ERR_FORMAT, "mltui.title");
    end();
}

static void
every_failing_allocation_of_a_load_is_reported(void)
{
    struct model *m = NULL;
    struct catalog *c = NULL;
    enum err_code rc = ERR_NOMEM;
    const char *path;
    unsigned long n;

    begin(false);
    path = scratch_path(dir, "a");
    CU_ASSERT_EQUAL(modelfile_save(path, model, catalog, NULL), ERR_OK);
    for (n = 1; rc != ERR_OK && n < 10000; n++) {
        mem_fail_at(n, n % 2 != 0);
        rc = modelfile_load(&m, &c, path, NULL);
        CU_ASSERT(rc == ERR_NOMEM || (rc == ERR_OK && m != NULL && c != NULL));
        if (rc != ERR_OK)
            CU_ASSERT(m == NULL && c == NULL);
    }
    mem_fail_at(0, 0);
    CU_ASSERT_EQUAL(rc, ERR_OK);
    CU_ASSERT(n > 20);
    model_free(m);
    catalog_free(c);
    end();
}

static void
every_failing_allocation_of_a_save_is_reported(void)
{
    enum err_code rc = ERR_NOMEM;

    begin(true);
    for (unsigned long n = 1; rc != ERR_OK && n < 1000; n++) {
        mem_fail_at(n, 0);
        rc = modelfile_save(scratch_path(dir, "a"), model, catalog, NULL);
        CU_ASSERT(rc == ERR_OK || rc == ERR_NOMEM);
        CU_ASSERT_EQUAL(scratch_count(dir), rc == ERR_OK);
    }
    mem_fail_at(0, 0);
    CU_ASSERT_EQUAL(rc, ERR_OK);
    end();
}

/* Is the file a whole model, and is it the old one (bi[1] 0) or the new one (1)? */
static bool
whole(const char *path, enum err_code rc)
{
    struct model *m = NULL;
    struct catalog *c = NULL;
    bool good = modelfile_load(&m, &c, path, NULL) == ERR_OK &&
                (m->bi[1] == 1 || (rc != ERR_OK && m->bi[1] == 0));

    model_free(m);
    catalog_free(c);
    return good;
}

static void
every_failing_call_of_a_save_leaves_a_whole_model(void)
{
    const char *path;
    enum err_code rc;

    begin(true);
    path = scratch_path(dir, "a");
    for (int persistent = 0; persistent < 2; persistent++) {
        unsigned long n = 0;

        do {
            model->bi[1] = 0;
            CU_ASSERT_EQUAL(modelfile_save(path, model, catalog, NULL), ERR_OK);
            model->bi[1] = 1;
            faults_fail_at(++n, persistent, ENOSPC);
            rc = modelfile_save(path, model, catalog, NULL);
            faults_off();
            CU_ASSERT_EQUAL(rc, n <= faults_count() ? ERR_IO : ERR_OK);
            CU_ASSERT(whole(path, rc));
            CU_ASSERT(persistent || scratch_count(dir) == 1);
        } while (rc != ERR_OK && n < 100);
        CU_ASSERT(n > 20);
    }
    end();
}

static void
every_failing_call_of_a_load_is_reported(void)
{
    struct model *m = NULL;
    struct catalog *c = NULL;
    const char *path;
    unsigned long n = 0;

    begin(true);
    path = scratch_path(dir, "a");
    CU_ASSERT_EQUAL(modelfile_save(path, model, catalog, NULL), ERR_OK);
    do {
        faults_fail_at(++n, false, EIO);
        /* A failing close(2) of what was only read takes nothing away. */
        if (modelfile_load(&m, &c, path, NULL) == ERR_OK)
            break;
        CU_ASSERT(m == NULL && c == NULL);
    } while (n < 100);
    CU_ASSERT_EQUAL(n, faults_count());
    faults_dribble(3);
    model_free(m);
    catalog_free(c);
    CU_ASSERT_EQUAL(modelfile_load(&m, &c, path, NULL), ERR_OK);
    faults_off();
    model_free(m);
    catalog_free(c);
    end();
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

            begin(kind == 0);
            path = scratch_path(dir, "tensors");
            CU_ASSERT_EQUAL((file == 0 ? modelfile_save(path, model, catalog, NULL)
                                       : ratingsfile_save(path, r, NULL)),
                            ERR_OK);
            meet(path, about, met);
            ratings_free(r);
            end();
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
    { "what could not be loaded is not saved", what_could_not_be_loaded_is_not_saved },
    { "every failing allocation of a load is reported",
      every_failing_allocation_of_a_load_is_reported },
    { "every failing allocation of a save is reported",
      every_failing_allocation_of_a_save_is_reported },
    { "every failing call of a save leaves a whole model",
      every_failing_call_of_a_save_leaves_a_whole_model },
    { "every failing call of a load is reported",
      every_failing_call_of_a_load_is_reported },
    { "the manual has all tensors and no others",
      the_manual_has_all_tensors_and_no_others },
    CU_TEST_INFO_NULL,
};
