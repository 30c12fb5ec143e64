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

/* One thing that is wrong with the small model or its catalog. */
struct damage {
    void (*do_it)(void);
    const char *message;
};

#define DAMAGE(name, statement) \
    static void name(void)      \
    {                           \
        statement;              \
    }

DAMAGE(weight_of_user, model->U[SMALL_FACTORS + 1] = NAN)
DAMAGE(weight_of_film, model->I[2 * SMALL_FACTORS + 3] = NAN)
DAMAGE(bias_of_user, model->bu[3] = -INFINITY)
DAMAGE(bias_of_film, model->bi[2] = INFINITY)
DAMAGE(range_empty, model->y_lo = model->y_hi)
DAMAGE(range_nan, model->y_hi = NAN)
DAMAGE(range_without_begin, model->y_lo = -INFINITY)
DAMAGE(range_without_end, model->y_hi = INFINITY)
DAMAGE(year_before_0, catalog->year[2] = -1)
DAMAGE(year_9999, catalog->year[4] = 9999)
DAMAGE(year_10000, catalog->year[4] = 10000)
DAMAGE(count_high, catalog->count[1] = (uint32_t)1 << 31)
DAMAGE(mean_nan, catalog->mean[1] = NAN)
DAMAGE(mean_inf, catalog->mean[4] = INFINITY)
DAMAGE(user_row_0, catalog->user.num[0] = 99)
DAMAGE(users_equal, catalog->user.num[2] = catalog->user.num[1])
DAMAGE(users_fall, catalog->user.num[3] = 15)
DAMAGE(films_equal, catalog->item_id.num[1] = catalog->item_id.num[0])
DAMAGE(genres_equal, memcpy(catalog->genre.bytes, "Sci-Fi", 6))
DAMAGE(genre_unknown, catalog->genre_of.value[1] = 2)
DAMAGE(genre_of_row_0, catalog->genre_of.start[1] = 1)
DAMAGE(imdb_negative, catalog->imdb[1] = -1)
DAMAGE(genre_not_utf8, catalog->genre.bytes[2] = '\xff')
DAMAGE(genres_begin_late, catalog->genre_of.start[0] = 1)
DAMAGE(id_of_no_film, catalog->id_of.start[catalog->n_items + 1]--)
DAMAGE(genres_fall, catalog->genre_of.start[2] = 3)
DAMAGE(tags_fall, memcpy(catalog->tag.bytes, "spacy", 5))
DAMAGE(tag_not_utf8, catalog->tag.bytes[2] = '\xff')
DAMAGE(tag_unknown, catalog->tag_of.value[1] = 2)
DAMAGE(tag_of_row_0, catalog->tag_of.start[1] = 1)
DAMAGE(lists_of_tags_fall, catalog->tag_of.start[2] = 3)
DAMAGE(film_without_id, catalog->id_of.start[3] = 1)
DAMAGE(id_of_two_films, catalog->id_of.value[0] = 0)
DAMAGE(higher_id_first, (catalog->id_of.value[3] = 4, catalog->id_of.value[4] = 2))
DAMAGE(id_unknown, catalog->id_of.value[4] = 5)
DAMAGE(title_not_utf8, catalog->title.bytes[catalog->title.start[2]] = '\xff')
DAMAGE(title_not_ended, catalog->title.bytes[catalog->title.start[3] - 1] = 'x')
DAMAGE(title_with_nul, catalog->title.bytes[catalog->title.start[2] + 1] = '\0')
DAMAGE(title_of_no_bytes, catalog->title.start[2] = catalog->title.start[1])
DAMAGE(titles_begin_late, catalog->title.start[0] = 1)
DAMAGE(titles_end_late,
       catalog->title.start[catalog->title.n] = catalog->title.cap_bytes + 1)
DAMAGE(titles_fall, catalog->title.start[2] = catalog->title.start[4] + 1)

static void
what_could_not_be_loaded_is_not_saved(void)
{
    static const struct damage numeric[] = {
        { weight_of_user, "u_weight.weight holds nan in row 1, column 1" },
        { weight_of_film, "i_weight.weight holds nan in row 2, column 3" },
        { bias_of_user, "u_bias.weight holds -inf in row 3" },
        { bias_of_film, "i_bias.weight holds inf in row 2" },
        { range_empty, "mltui.y_range is 5 to 5" },
        { range_nan, "mltui.y_range is 0.5 to nan" },
        { range_without_begin, "mltui.y_range is -inf to 5" },
        { range_without_end, "mltui.y_range is 0.5 to inf" },
    };
    static const struct damage format[] = {
        { year_before_0, "mltui.year is not within 0 … 9999 in row 2" },
        { year_10000, "mltui.year is not within 0 … 9999 in row 4" },
        { count_high, "mltui.count is negative in row 1" },
        { mean_nan, "mltui.mean is not a finite number in row 1" },
        { mean_inf, "mltui.mean is not a finite number in row 4" },
        { users_equal, "mltui.user_id: ids do not rise" },
        { users_fall, "mltui.user_id: ids do not rise" },
        { films_equal, "mltui.item_id: ids do not rise" },
        { genres_equal, "mltui.genre: not names that rise" },
        { genre_unknown, "mltui.item_genres: not lists" },
        { genre_of_row_0, "mltui.item_genres: not lists" },
        { imdb_negative, "mltui.imdb is negative" },
        { genre_not_utf8, "mltui.genre: not names that rise" },
        { genres_begin_late, "mltui.item_genres: not lists" },
        { id_of_no_film, "mltui.item_ids: not every film has ids" },
        { genres_fall, "mltui.item_genres: not lists" },
        { film_without_id, "mltui.item_ids: not every film has ids" },
        { id_of_two_films, "mltui.item_ids: not every film has ids" },
        { higher_id_first, "mltui.item_ids: not every film has ids" },
        { id_unknown, "mltui.item_ids: not every film has ids" },
        { title_not_utf8, "mltui.title: not texts" },
        { title_not_ended, "mltui.title: not texts" },
        { title_with_nul, "mltui.title: not texts" },
        { title_of_no_bytes, "mltui.title: not texts" },
        { titles_fall, "mltui.title: not texts" },
        { titles_begin_late, "mltui.title: not texts" },
        { titles_end_late, "mltui.title: not texts" },
    };

    for (size_t i = 0; i < sizeof(numeric) / sizeof(*numeric); i++) {
        begin(true);
        numeric[i].do_it();
        refused_on_saving(ERR_NUMERIC, numeric[i].message);
        end();
    }
    for (size_t i = 0; i < sizeof(format) / sizeof(*format); i++) {
        begin(true);
        format[i].do_it();
        refused_on_saving(ERR_FORMAT, format[i].message);
        end();
    }
}

static void
tags_are_names_that_rise_and_lists_of_them(void)
{
    static const struct damage bad[] = {
        { tags_fall, "mltui.tag: not names that rise" },
        { tag_not_utf8, "mltui.tag: not names that rise" },
        { tag_unknown, "mltui.item_tags: not lists" },
        { tag_of_row_0, "mltui.item_tags: not lists" },
        { lists_of_tags_fall, "mltui.item_tags: not lists" },
    };

    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
        begin(false); /* the catalog with tags */
        bad[i].do_it();
        refused_on_saving(ERR_FORMAT, bad[i].message);
        end();
    }
}

static void
ids_that_are_texts_rise_too(void)
{
    begin(false);
    memcpy(catalog->user.text.bytes + catalog->user.text.start[2], "id01", 4);
    refused_on_saving(ERR_FORMAT, "mltui.user_id: ids do not rise");
    end();
}

static void
the_last_year_and_the_id_of_nobody_are_fine(void)
{
    begin(true);
    year_9999();
    user_row_0();
    CU_ASSERT_EQUAL(modelfile_save(scratch_path(dir, "x"), model, catalog, NULL),
                    ERR_OK);
    end();
}

/* Write fastai's four tables with these sizes and load them. */
static void
tables_refused(const uint64_t dim[4][2], const char *message)
{
    static const char *const name[] = { "u_weight.weight", "i_weight.weight",
                                        "u_bias.weight", "i_bias.weight" };
    static const float zero[5 * 1025];
    struct tensor t[4];
    struct model *m = NULL;
    struct catalog *c = NULL;
    struct err err = { 0 };

    for (size_t i = 0; i < 4; i++)
        t[i] = (struct tensor){ .name = name[i],
                                .dtype = TENSOR_F32,
                                .n_dims = 2,
                                .dim = { dim[i][0], dim[i][1] },
                                .from = zero };
    CU_ASSERT_EQUAL(safetensors_save(scratch_path(dir, "x"), t, 4, NULL, 0, NULL),
                    ERR_OK);
    CU_ASSERT_EQUAL(modelfile_load(&m, &c, scratch_path(dir, "x"), &err), ERR_FORMAT);
    if (strstr(err.msg, message) == NULL)
        fprintf(stderr, "expected \"%s\", not \"%s\"\n", message, err.msg);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, message));
}

static void
tables_that_do_not_fit_each_other_are_refused(void)
{
    static const struct {
        uint64_t dim[4][2];
        const char *message;
    } bad[] = {
        { { { 4, 2 }, { 5, 3 }, { 4, 1 }, { 5, 1 } }, "i_weight.weight has size 3" },
        { { { 4, 2 }, { 5, 2 }, { 5, 1 }, { 5, 1 } }, "u_bias.weight has size 5" },
        { { { 4, 2 }, { 5, 2 }, { 4, 2 }, { 5, 1 } }, "u_bias.weight has size 2" },
        { { { 4, 2 }, { 5, 2 }, { 4, 1 }, { 4, 1 } }, "i_bias.weight has size 4" },
        { { { 4, 2 }, { 5, 2 }, { 4, 1 }, { 5, 2 } }, "i_bias.weight has size 2" },
        { { { 4, 0 }, { 5, 0 }, { 4, 1 }, { 5, 1 } }, "with 0 factors" },
        { { { 4, 1025 }, { 5, 1025 }, { 4, 1 }, { 5, 1 } }, "with 1025 factors" },
        { { { 0, 2 }, { 5, 2 }, { 0, 1 }, { 5, 1 } }, "0 users" },
        { { { 4, 2 }, { 0, 2 }, { 4, 1 }, { 0, 1 } }, "0 films" },
    };

    scratch_make(dir);
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
        tables_refused(bad[i].dim, bad[i].message);
    scratch_remove(dir);
}

/* The file at `from` once more, with the first size of tensor `victim` changed. False
 * when there is no such tensor, or nothing to take from it. */
static bool
save_resized(const char *to, const char *from, size_t victim, int by)
{
    static const struct tensor_meta meta[] = { { SAFETENSORS_OURS,
                                                 SAFETENSORS_VERSION } };
    struct tensor t[SAFETENSORS_MAX_TENSORS];
    struct safetensors *f = NULL;
    struct tensor *one;
    size_t n = 0;
    bool resized = false;

    CU_ASSERT_EQUAL_FATAL(safetensors_open(&f, from, NULL), ERR_OK);
    for (; (one = safetensors_at(f, n)) != NULL; n++)
        one->into = mem_new((size_t)one->bytes + 64, 1);
    CU_ASSERT_EQUAL_FATAL(safetensors_read(f, NULL), ERR_OK);
    for (size_t i = 0; i < n; i++) {
        t[i] = *safetensors_at(f, i);
        t[i].from = t[i].into;
    }
    if (victim < n && (by > 0 || t[victim].dim[0] > 0)) {
        t[victim].dim[0] += (uint64_t)by;
        resized = true;
    }
    if (resized)
        CU_ASSERT_EQUAL(safetensors_save(to, t, n, meta, 1, NULL), ERR_OK);
    for (size_t i = 0; i < n; i++)
        mem_free(t[i].into);
    safetensors_close(f);
    return resized;
}

static void
each_tensor_must_have_its_size(void)
{
    for (int numeric = 0; numeric < 2; numeric++)
        for (int by = -1; by <= 1; by += 2) {
            const char *path;
            size_t i;

            begin(numeric);
            path = scratch_path(dir, "a");
            CU_ASSERT_EQUAL(modelfile_save(path, model, catalog, NULL), ERR_OK);
            for (i = 0; save_resized(scratch_path(dir, "b"), path, i, by); i++) {
                struct model *m = NULL;
                struct catalog *c = NULL;
                struct err err = { 0 };

                CU_ASSERT_EQUAL(modelfile_load(&m, &c, scratch_path(dir, "b"), &err),
                                ERR_FORMAT);
                CU_ASSERT(m == NULL && c == NULL && err.msg[0] != '\0');
            }
            CU_ASSERT_EQUAL(i, numeric ? 19 : 24); /* one of IMDb, or 4 of tags */
            end();
        }
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
    { "tags are names that rise, and lists of them",
      tags_are_names_that_rise_and_lists_of_them },
    { "ids that are texts rise, too", ids_that_are_texts_rise_too },
    { "the last year and the id of nobody are fine",
      the_last_year_and_the_id_of_nobody_are_fine },
    { "tables that do not fit each other are refused",
      tables_that_do_not_fit_each_other_are_refused },
    { "each tensor must have its size", each_tensor_must_have_its_size },
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
