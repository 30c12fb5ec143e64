/*
 * test_modelfile_refused.c - what is not a model is neither saved nor loaded: numbers
 * that are none, lists that do not hold together, tables of the wrong size.
 */
#include "config.h"

#include "src/model/modelfile.h"

#include "src/base/mem.h"
#include "src/model/safetensors.h"
#include "tests/model/small.h"
#include "tests/scratch.h"
#include "tests/unit.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static struct small_shelf s;

static void
refused_on_saving(enum err_code rc, const char *message)
{
    struct err err = { 0 };

    CU_ASSERT_EQUAL(modelfile_save(scratch_path(s.dir, "x"), s.model, s.catalog, &err),
                    rc);
    if (strstr(err.msg, message) == NULL)
        fprintf(stderr, "expected \"%s\", not \"%s\"\n", message, err.msg);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, message));
    CU_ASSERT_EQUAL(scratch_count(s.dir), 0);
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

DAMAGE(weight_of_user, s.model->U[SMALL_FACTORS + 1] = NAN)
DAMAGE(weight_of_film, s.model->I[2 * SMALL_FACTORS + 3] = NAN)
DAMAGE(bias_of_user, s.model->bu[3] = -INFINITY)
DAMAGE(bias_of_film, s.model->bi[2] = INFINITY)
DAMAGE(range_empty, s.model->y_lo = s.model->y_hi)
DAMAGE(range_nan, s.model->y_hi = NAN)
DAMAGE(range_without_begin, s.model->y_lo = -INFINITY)
DAMAGE(range_without_end, s.model->y_hi = INFINITY)
DAMAGE(year_before_0, s.catalog->year[2] = -1)
DAMAGE(year_9999, s.catalog->year[4] = 9999)
DAMAGE(year_10000, s.catalog->year[4] = 10000)
DAMAGE(count_high, s.catalog->count[1] = (uint32_t)1 << 31)
DAMAGE(mean_nan, s.catalog->mean[1] = NAN)
DAMAGE(mean_inf, s.catalog->mean[4] = INFINITY)
DAMAGE(user_row_0, s.catalog->user.num[0] = 99)
DAMAGE(users_equal, s.catalog->user.num[2] = s.catalog->user.num[1])
DAMAGE(users_fall, s.catalog->user.num[3] = 15)
DAMAGE(films_equal, s.catalog->item_id.num[1] = s.catalog->item_id.num[0])
DAMAGE(genres_equal, memcpy(s.catalog->genre.bytes, "Sci-Fi", 6))
DAMAGE(genre_unknown, s.catalog->genre_of.value[1] = 2)
DAMAGE(genre_of_row_0, s.catalog->genre_of.start[1] = 1)
DAMAGE(imdb_negative, s.catalog->imdb[1] = -1)
DAMAGE(genre_not_utf8, s.catalog->genre.bytes[2] = '\xff')
DAMAGE(genres_begin_late, s.catalog->genre_of.start[0] = 1)
DAMAGE(id_of_no_film, s.catalog->id_of.start[s.catalog->n_items + 1]--)
DAMAGE(genres_fall, s.catalog->genre_of.start[2] = 3)
DAMAGE(tags_fall, memcpy(s.catalog->tag.bytes, "spacy", 5))
DAMAGE(tag_not_utf8, s.catalog->tag.bytes[2] = '\xff')
DAMAGE(tag_unknown, s.catalog->tag_of.value[1] = 2)
DAMAGE(tag_of_row_0, s.catalog->tag_of.start[1] = 1)
DAMAGE(lists_of_tags_fall, s.catalog->tag_of.start[2] = 3)
DAMAGE(film_without_id, s.catalog->id_of.start[3] = 1)
DAMAGE(id_of_two_films, s.catalog->id_of.value[0] = 0)
DAMAGE(higher_id_first, (s.catalog->id_of.value[3] = 4, s.catalog->id_of.value[4] = 2))
DAMAGE(id_unknown, s.catalog->id_of.value[4] = 5)
DAMAGE(title_not_utf8, s.catalog->title.bytes[s.catalog->title.start[2]] = '\xff')
DAMAGE(title_not_ended, s.catalog->title.bytes[s.catalog->title.start[3] - 1] = 'x')
DAMAGE(title_with_nul, s.catalog->title.bytes[s.catalog->title.start[2] + 1] = '\0')
DAMAGE(title_of_no_bytes, s.catalog->title.start[2] = s.catalog->title.start[1])
DAMAGE(titles_begin_late, s.catalog->title.start[0] = 1)
DAMAGE(titles_end_late,
       s.catalog->title.start[s.catalog->title.n] = s.catalog->title.cap_bytes + 1)
DAMAGE(titles_fall, s.catalog->title.start[2] = s.catalog->title.start[4] + 1)

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
        small_shelf_fill(&s, true);
        numeric[i].do_it();
        refused_on_saving(ERR_NUMERIC, numeric[i].message);
        small_shelf_clear(&s);
    }
    for (size_t i = 0; i < sizeof(format) / sizeof(*format); i++) {
        small_shelf_fill(&s, true);
        format[i].do_it();
        refused_on_saving(ERR_FORMAT, format[i].message);
        small_shelf_clear(&s);
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
        small_shelf_fill(&s, false); /* the catalog with tags */
        bad[i].do_it();
        refused_on_saving(ERR_FORMAT, bad[i].message);
        small_shelf_clear(&s);
    }
}

static void
ids_that_are_texts_rise_too(void)
{
    small_shelf_fill(&s, false);
    memcpy(s.catalog->user.text.bytes + s.catalog->user.text.start[2], "id01", 4);
    refused_on_saving(ERR_FORMAT, "mltui.user_id: ids do not rise");
    small_shelf_clear(&s);
}

static void
the_last_year_and_the_id_of_nobody_are_fine(void)
{
    small_shelf_fill(&s, true);
    year_9999();
    user_row_0();
    CU_ASSERT_EQUAL(modelfile_save(scratch_path(s.dir, "x"), s.model, s.catalog, NULL),
                    ERR_OK);
    small_shelf_clear(&s);
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
    CU_ASSERT_EQUAL(safetensors_save(scratch_path(s.dir, "x"), t, 4, NULL, 0, NULL),
                    ERR_OK);
    CU_ASSERT_EQUAL(modelfile_load(&m, &c, scratch_path(s.dir, "x"), &err), ERR_FORMAT);
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

    scratch_make(s.dir);
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
        tables_refused(bad[i].dim, bad[i].message);
    scratch_remove(s.dir);
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

            small_shelf_fill(&s, numeric);
            path = scratch_path(s.dir, "a");
            CU_ASSERT_EQUAL(modelfile_save(path, s.model, s.catalog, NULL), ERR_OK);
            for (i = 0; save_resized(scratch_path(s.dir, "b"), path, i, by); i++) {
                struct model *m = NULL;
                struct catalog *c = NULL;
                struct err err = { 0 };

                CU_ASSERT_EQUAL(modelfile_load(&m, &c, scratch_path(s.dir, "b"), &err),
                                ERR_FORMAT);
                CU_ASSERT(m == NULL && c == NULL && err.msg[0] != '\0');
            }
            CU_ASSERT_EQUAL(i, numeric ? 19 : 24); /* one of IMDb, or 4 of tags */
            small_shelf_clear(&s);
        }
}

CU_TestInfo tests_modelfile_refused[] = {
    { "what could not be loaded is not saved", what_could_not_be_loaded_is_not_saved },
    { "tags are names that rise, and lists of them",
      tags_are_names_that_rise_and_lists_of_them },
    { "ids that are texts rise, too", ids_that_are_texts_rise_too },
    { "the last year and the id of nobody are fine",
      the_last_year_and_the_id_of_nobody_are_fine },
    { "tables that do not fit each other are refused",
      tables_that_do_not_fit_each_other_are_refused },
    { "each tensor must have its size", each_tensor_must_have_its_size },
    CU_TEST_INFO_NULL,
};
