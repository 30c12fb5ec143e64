/* test_dataset.c - loading data sets: fastai's vocabularies, MovieLens, threads. */
#include "config.h"

#include "src/data/dataset.h"

#include "src/base/mem.h"
#include "tests/golden.h"
#include "tests/scratch.h"
#include "tests/unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the data of the golden vectors ---- */

static struct dataset *
load_tiny(enum dataset_item item)
{
    struct dataset_options opt = dataset_defaults();
    struct dataset_bytes b = { .name = "tiny" };
    struct dataset *d = NULL;
    struct err err;
    char path[2][512];

    opt.item = item;
    snprintf(path[0], sizeof(path[0]), "%s/tests/golden/tiny_ratings.csv",
             getenv("MLTUI_SRCDIR"));
    snprintf(path[1], sizeof(path[1]), "%s/tests/golden/tiny_movies.csv",
             getenv("MLTUI_SRCDIR"));
    b.ratings = scratch_read(path[0], &b.ratings_len);
    b.movies = scratch_read(path[1], &b.movies_len);
    CU_ASSERT_EQUAL_FATAL(dataset_load_bytes(&d, &b, &opt, NULL, &err), ERR_OK);
    free((char *)b.ratings);
    free((char *)b.movies);
    return d;
}

/* Rating k of a part, which is row `at` of the file, as fastai encoded it. */
static void
check_rating(const struct dataset *d, const json_t *mode, const char *part, size_t k,
             size_t at)
{
    char key[32];
    const json_t *vocab = golden_get(mode, "item_vocab");
    uint32_t row = ratings_item(d->ratings, at);
    size_t item;

    snprintf(key, sizeof(key), "%s_item", part);
    item = (size_t)golden_at(mode, key, k);
    CU_ASSERT_STRING_EQUAL(strtab_get(&d->catalog->title, row),
                           json_string_value(json_array_get(vocab, item)));
    CU_ASSERT_EQUAL(row, item);
    snprintf(key, sizeof(key), "%s_rating", part);
    CU_ASSERT_EQUAL(ratings_stars(d->ratings, at), (float)golden_at(mode, key, k));
}

static void
titles_have_the_rows_that_fastai_gives_them(void)
{
    struct dataset *d = load_tiny(DATASET_ITEM_TITLE);
    json_t *file = golden_load("encodings");
    const json_t *mode = golden_get(file, "string_user_title");
    const json_t *order = golden_get(file, "permutation");
    size_t cut = (size_t)golden_number(golden_get(file, "cut"));

    CU_ASSERT_EQUAL_FATAL(d->catalog->n_items + 1, golden_len(mode, "item_vocab"));
    CU_ASSERT_EQUAL_FATAL(d->catalog->n_users + 1, golden_len(mode, "user_vocab"));
    CU_ASSERT_EQUAL_FATAL(d->ratings->n, json_array_size(order));
    /* The file is sorted by user: rating i of the data set is row i of the file. */
    for (size_t i = 0; i < d->ratings->n; i++) {
        size_t at = (size_t)json_integer_value(json_array_get(order, i));

        if (i < cut)
            check_rating(d, mode, "valid", i, at);
        else
            check_rating(d, mode, "train", i - cut, at);
    }
    json_decref(file);
    dataset_free(d);
}

static void
every_user_of_fastais_vocabulary_is_there_in_numeric_order(void)
{
    struct dataset *d = load_tiny(DATASET_ITEM_TITLE);
    json_t *file = golden_load("encodings");
    const json_t *vocab =
        golden_get(golden_get(file, "string_user_title"), "user_vocab");

    CU_ASSERT_TRUE(d->catalog->user.numeric);
    for (uint32_t u = 2; u <= d->catalog->n_users; u++)
        CU_ASSERT_TRUE(d->catalog->user.num[u - 1] < d->catalog->user.num[u]);
    for (size_t i = 1; i < json_array_size(vocab); i++)
        CU_ASSERT_NOT_EQUAL(
            catalog_find_user(d->catalog, json_string_value(json_array_get(vocab, i))),
            0);
    json_decref(file);
    dataset_free(d);
}

static void
ids_stay_apart_when_items_are_ids(void)
{
    struct dataset *d = load_tiny(DATASET_ITEM_ID);
    json_t *file = golden_load("encodings");
    const json_t *vocab =
        golden_get(golden_get(file, "int_user_int_item"), "item_vocab");
    uint32_t last = 0;

    CU_ASSERT_EQUAL(d->catalog->n_items, 31); /* fastai knows the 29 that train */
    for (size_t i = 1; i < json_array_size(vocab); i++) {
        char id[24];
        uint32_t row;

        snprintf(id, sizeof(id), "%lld",
                 (long long)json_integer_value(json_array_get(vocab, i)));
        row = catalog_find_item(d->catalog, id);
        CU_ASSERT_TRUE(row > last);
        last = row;
    }
    json_decref(file);
    dataset_free(d);
}

static void
a_merged_title_shows_its_lowest_id_and_is_found_by_each(void)
{
    struct dataset *d = load_tiny(DATASET_ITEM_TITLE);
    const struct catalog *c = d->catalog;
    unsigned n_merged = 0;

    for (uint32_t row = 1; row <= c->n_items; row++) {
        uint32_t first = c->id_of.start[row], last = c->id_of.start[row + 1];

        CU_ASSERT_TRUE_FATAL(first < last);
        n_merged += last - first > 1;
        for (uint32_t k = first; k < last; k++) {
            char buf[24];

            CU_ASSERT_EQUAL(
                catalog_find_item(c, idcol_text(&c->item_id, c->id_of.value[k], buf)),
                row);
            CU_ASSERT_TRUE(c->item_id.num[c->id_of.value[first]] <=
                           c->item_id.num[c->id_of.value[k]]);
        }
    }
    CU_ASSERT_EQUAL(n_merged, 1);
    dataset_free(d);
}

/* ---- MovieLens ---- */

/* ml-latest-small where this machine has it. */
static bool
find_ml_small(char ret[512])
{
    const char *named = getenv("MLTUI_ML_SMALL");
    FILE *f;
    char path[600];

    if (named != NULL)
        snprintf(ret, 512, "%s", named);
    else
        snprintf(ret, 512, "%s/../shared/data/ml-latest-small", getenv("MLTUI_SRCDIR"));
    snprintf(path, sizeof(path), "%s/ratings.csv", ret);
    f = fopen(path, "rb");
    if (f == NULL) {
        printf("SKIP: no ml-latest-small (MLTUI_ML_SMALL names its folder) ");
        return false;
    }
    fclose(f);
    return true;
}

/* The numbers were counted by a script of a few lines that knows nothing of ours. */
static void
ml_latest_small_has_its_known_numbers(void)
{
    struct dataset_options opt = dataset_defaults();
    struct dataset *d = NULL;
    struct err err;
    char path[512];

    if (!find_ml_small(path))
        return;
    CU_ASSERT_EQUAL_FATAL(dataset_load(&d, path, &opt, NULL, &err), ERR_OK);
    CU_ASSERT_EQUAL(d->ratings->n, 100836);
    CU_ASSERT_EQUAL(d->ratings->n_held_out, 10083);
    CU_ASSERT_EQUAL(d->catalog->n_users, 610);
    CU_ASSERT_EQUAL(d->catalog->n_items, 9719);
    CU_ASSERT_EQUAL(d->catalog->item_id.n, 9724);
    CU_ASSERT_EQUAL(d->n_titles, 9742);
    CU_ASSERT_EQUAL(d->n_rejected, 0);
    CU_ASSERT_EQUAL(d->n_repeated, 4);
    CU_ASSERT_EQUAL(d->first_time, 828124615);
    CU_ASSERT_EQUAL(d->last_time, 1537799250);
    CU_ASSERT_DOUBLE_EQUAL(d->mean, 3.501556983616962, 1e-12);
    dataset_free(d);
}

CU_TestInfo tests_dataset[] = {
    { "titles have the rows that fastai gives them",
      titles_have_the_rows_that_fastai_gives_them },
    { "every user of fastai's vocabulary is there, in numeric order",
      every_user_of_fastais_vocabulary_is_there_in_numeric_order },
    { "ids stay apart when items are ids", ids_stay_apart_when_items_are_ids },
    { "a merged title shows its lowest id and is found by each",
      a_merged_title_shows_its_lowest_id_and_is_found_by_each },
    { "ml-latest-small has its known numbers", ml_latest_small_has_its_known_numbers },
    CU_TEST_INFO_NULL,
};
