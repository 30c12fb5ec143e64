/* test_dataset.c - loading data sets: fastai's vocabularies, counts by hand, files. */
#include "config.h"

#include "src/data/dataset.h"

#include "src/base/mem.h"
#include "src/data/split.h"
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

/* ---- what a hand can count ---- */

/* n rows in no order of users, in text of its own (free it): quoted, rejected, repeated
 * and, with `odd`, 300 distinct stars and ids that are no numbers. */
/* Counted by hand. Users 2 and 1 rate a film twice; 0.5 and 5.5 lie on the bounds. */
static void
a_few_rows_have_the_numbers_that_a_hand_counts(void)
{
    static const char ratings[] =
        "userId,movieId,rating,timestamp\n2,10,5.5,500\n1,10,1,400\n2,20,3,100\n"
        "1,20,0.5,300\n2,10,4.5,900\n1,10,2,200\n1,30,6,600\n2,30,0,700\n";
    static const char movies[] = "movieId,title,genres\n10,B,X\n20,C,X|Y\n40,A,Z\n";
    static const float rising[] = { 0, .5f, 1, 2, 3, 4.5f, 5.5f, 6 };
    struct dataset_options opt = dataset_defaults();
    struct dataset_bytes b = { .name = "made",
                               .ratings = ratings,
                               .ratings_len = strlen(ratings),
                               .movies = movies,
                               .movies_len = strlen(movies) };
    struct dataset *d = NULL;
    const struct catalog *c;

    opt.valid_part = 0;
    CU_ASSERT_EQUAL_FATAL(dataset_load_bytes(&d, &b, &opt, NULL, NULL), ERR_OK);
    c = d->catalog;
    CU_ASSERT(d->load_s > 0);
    CU_ASSERT_EQUAL_FATAL(d->ratings->n_values, 8);
    for (size_t i = 0; i < 8; i++)
        CU_ASSERT_EQUAL(d->ratings->value[i], rising[i]);
    CU_ASSERT(d->first_time == 100 && d->last_time == 900);
    CU_ASSERT(d->n_repeated == 2 && d->n_outside == 2);
    CU_ASSERT(d->n_titles == 3 && d->n_lines == 8 + 3);
    CU_ASSERT_DOUBLE_EQUAL(d->mean, 22.5 / 8, 1e-12);
    CU_ASSERT_EQUAL_FATAL(c->n_items, 3);
    CU_ASSERT_STRING_EQUAL(strtab_get(&c->title, 1), "30"); /* no row of movies.csv */
    CU_ASSERT_STRING_EQUAL(strtab_get(&c->title, 2), "B");
    CU_ASSERT_STRING_EQUAL(strtab_get(&c->title, 3), "C");
    CU_ASSERT(c->count[1] == 2 && c->count[2] == 4 && c->count[3] == 2);
    CU_ASSERT(c->mean[1] == 3 && c->mean[2] == 3.25f && c->mean[3] == 1.75f);
    CU_ASSERT(isnan(c->mean[0]) && c->count[0] == 0);
    CU_ASSERT_EQUAL(catalog_find_item(c, "20"), 3);
    CU_ASSERT_EQUAL(catalog_find_item(c, "40"), 0);
    CU_ASSERT_EQUAL(catalog_find_user(c, "2"), 2);
    CU_ASSERT_EQUAL(catalog_find_user(c, "0"), 0);
    dataset_free(d);
}

static void
a_part_that_is_none_is_refused(void)
{
    static const double parts[] = { -.01, 1, 1.5, NAN };
    struct dataset_bytes b = { .name = "made", .ratings = "", .ratings_len = 0 };

    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        struct dataset_options opt = dataset_defaults();
        struct dataset *d = NULL;
        struct err err;

        opt.valid_part = parts[i];
        CU_ASSERT_EQUAL(dataset_load_bytes(&d, &b, &opt, NULL, &err), ERR_ARG);
        CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "expected a part from 0 to below 1"));
    }
}

/* ---- folders ---- */

/* Load a folder of ratings.csv and these files; NULL: without it. */
static enum err_code
load_folder(struct dataset **ret, const char *movies, const char *tags,
            const char *links, struct err *err)
{
    static const char ratings[] = "userId,movieId,rating\n1,10,3\n1,20,4\n";
    const struct {
        const char *name, *text;
    } file[] = { { "ratings.csv", ratings },
                 { "movies.csv", movies },
                 { "tags.csv", tags },
                 { "links.csv", links } };
    struct dataset_options opt = dataset_defaults();
    char dir[256];
    enum err_code rc;

    scratch_make(dir);
    for (size_t i = 0; i < sizeof(file) / sizeof(file[0]); i++)
        if (file[i].text != NULL)
            scratch_write(scratch_path(dir, file[i].name), file[i].text,
                          strlen(file[i].text));
    rc = dataset_load(ret, dir, &opt, NULL, err);
    scratch_remove(dir);
    return rc;
}

static const char good_movies[] = "movieId,title\n10,A (1999)\n20,B\n";
static const char good_tags[] = "userId,movieId,tag\n1,10,x\n";
static const char good_links[] = "movieId,imdbId\n10,7\n20,x\n";

static void
links_are_counted_and_reach_the_catalog(void)
{
    struct dataset *d = NULL;
    struct err err;

    CU_ASSERT_EQUAL_FATAL(load_folder(&d, good_movies, NULL, good_links, &err), ERR_OK);
    CU_ASSERT_EQUAL(d->n_lines, 2 + 2 + 2);
    CU_ASSERT_EQUAL(d->n_rejected, 1);
    CU_ASSERT_EQUAL_FATAL(d->n_rejects_kept, 1);
    CU_ASSERT_STRING_EQUAL(d->rejects[0].file, d->links_path);
    CU_ASSERT_EQUAL(d->rejects[0].line, 3);
    CU_ASSERT_EQUAL(catalog_find_imdb(d->catalog, 7),
                    catalog_find_item(d->catalog, "10"));
    dataset_free(d);
}

/* The files beside the ratings are read one after the other. */
static void
a_file_that_cannot_be_read_is_an_error_whatever_follows_it(void)
{
    struct dataset *d = NULL;
    struct err err = { 0 };

    CU_ASSERT_EQUAL(load_folder(&d, "a,b\n1,2\n", good_tags, good_links, &err),
                    ERR_DATA);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "movies.csv"));
    CU_ASSERT_EQUAL(load_folder(&d, good_movies, "a,b\n1,2\n", good_links, &err),
                    ERR_DATA);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "tags.csv"));
    CU_ASSERT_PTR_NULL(d);
}

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
    { "a few rows have the numbers that a hand counts",
      a_few_rows_have_the_numbers_that_a_hand_counts },
    { "a part that is none is refused", a_part_that_is_none_is_refused },
    { "links are counted and reach the catalog",
      links_are_counted_and_reach_the_catalog },
    { "a file that cannot be read is an error whatever follows it",
      a_file_that_cannot_be_read_is_an_error_whatever_follows_it },
    { "ml-latest-small has its known numbers", ml_latest_small_has_its_known_numbers },
    CU_TEST_INFO_NULL,
};
