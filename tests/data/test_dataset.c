/* test_dataset.c - loading data sets: fastai's vocabularies, MovieLens, threads. */
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

/* ---- threads, memory, kinds of columns ---- */

/* n rows in no order of users, in text of its own (free it): quoted, rejected, repeated
 * and, with `odd`, 300 distinct stars and ids that are no numbers. */
static char *
make_rows(size_t n, bool odd, size_t *ret_len)
{
    char *text = malloc(64 + n * 48);
    size_t len = (size_t)sprintf(text, "who,what,stars,when\n");

    for (size_t i = 0; i < n; i++) {
        size_t user = i * 7919 % 503, item = i * 104729 % 1201;

        if (i % 997 == 0)
            len += (size_t)sprintf(text + len, "%zu,%zu,none,5\n", user, item);
        else if (i % 101 == 0)
            len += (size_t)sprintf(text + len, "\"%zu\",\"%zu\",3.5,7\r\n", user, item);
        else if (odd && i > n / 2)
            len += (size_t)sprintf(text + len, "u%zu,\"i\n%zu\",%zu.25,%zu\n", user,
                                   item, i % 300, i);
        else
            len += (size_t)sprintf(text + len, "%zu,%zu,%zu.5,%zu\n", user, item, i % 5,
                                   i);
    }
    *ret_len = len;
    return text;
}

static bool
same_ids(const struct idcol *a, const struct idcol *b)
{
    if (a->n != b->n || a->numeric != b->numeric)
        return false;
    for (size_t i = 0; i < a->n; i++)
        if (a->numeric ? a->num[i] != b->num[i]
                       : strcmp(strtab_get(&a->text, i), strtab_get(&b->text, i)) != 0)
            return false;
    return true;
}

static bool
same_ratings(const struct ratings *a, const struct ratings *b)
{
    if (a->n != b->n || a->n_users != b->n_users || a->n_items != b->n_items ||
        a->n_held_out != b->n_held_out || (a->code == NULL) != (b->code == NULL))
        return false;
    if (memcmp(a->start, b->start, (a->n_users + 2) * sizeof(*a->start)) != 0)
        return false;
    for (size_t i = 0; i < a->n; i++)
        if (a->item[i] != b->item[i] || ratings_stars(a, i) != ratings_stars(b, i))
            return false;
    return true;
}

static bool
same_catalogs(const struct catalog *a, const struct catalog *b)
{
    if (!same_ids(&a->user, &b->user) || !same_ids(&a->item_id, &b->item_id) ||
        a->n_items != b->n_items)
        return false;
    for (uint32_t i = 1; i <= a->n_items; i++)
        if (strcmp(strtab_get(&a->title, i), strtab_get(&b->title, i)) != 0 ||
            a->count[i] != b->count[i] || a->mean[i] != b->mean[i])
            return false;
    return true;
}

static bool
same_reports(const struct dataset *a, const struct dataset *b)
{
    if (a->n_lines != b->n_lines || a->n_rejected != b->n_rejected ||
        a->n_outside != b->n_outside || a->n_repeated != b->n_repeated ||
        a->first_time != b->first_time || a->last_time != b->last_time ||
        a->mean != b->mean || a->n_rejects_kept != b->n_rejects_kept ||
        strcmp(a->fingerprint, b->fingerprint) != 0)
        return false;
    for (size_t i = 0; i < a->n_rejects_kept; i++)
        if (a->rejects[i].line != b->rejects[i].line ||
            strcmp(a->rejects[i].reason, b->rejects[i].reason) != 0)
            return false;
    return true;
}

static struct dataset *
load_rows(const char *text, size_t len, struct pool *pool)
{
    struct dataset_options opt = dataset_defaults();
    struct dataset_bytes b = { .name = "made", .ratings = text, .ratings_len = len };
    struct dataset *d = NULL;
    struct err err;

    opt.columns = "user=who,item=what,rating=stars,time=when";
    if (dataset_load_bytes(&d, &b, &opt, pool, &err) != ERR_OK)
        printf("%s ", err.msg);
    CU_ASSERT_PTR_NOT_NULL_FATAL(d);
    return d;
}

static void
check_threads(bool odd)
{
    static const unsigned workers[] = { 2, 3, 7 };
    size_t len;
    char *text = make_rows(60000, odd, &len);
    struct dataset *one = load_rows(text, len, NULL);

    CU_ASSERT_EQUAL(one->n_rejected, 61);
    CU_ASSERT_EQUAL(one->ratings->code == NULL, odd);
    CU_ASSERT_EQUAL(one->catalog->user.numeric, !odd);
    for (size_t i = 0; i < 3; i++) {
        struct pool *pool = NULL;
        struct dataset *d;

        CU_ASSERT_EQUAL_FATAL(pool_new(&pool, workers[i], NULL), ERR_OK);
        d = load_rows(text, len, pool);
        CU_ASSERT_TRUE(same_ratings(one->ratings, d->ratings));
        CU_ASSERT_TRUE(same_catalogs(one->catalog, d->catalog));
        CU_ASSERT_TRUE(same_reports(one, d));
        dataset_free(d);
        pool_free(pool);
    }
    dataset_free(one);
    free(text);
}

static void
the_number_of_threads_changes_nothing(void)
{
    check_threads(false);
    check_threads(true);
}

/* Ratings, counts and means against a count of the rows as they were made. */
static void
rows_in_no_order_come_out_by_user(void)
{
    size_t len, n = 0;
    char *text = make_rows(20000, false, &len);
    struct dataset *d = load_rows(text, len, NULL);
    uint32_t per_user[503] = { 0 };
    double sum = 0;

    for (size_t i = 0; i < 20000; i++)
        if (i % 997 != 0) {
            n++;
            per_user[i * 7919 % 503]++;
            sum += i % 101 == 0 ? 3.5 : (double)(i % 5) + .5;
        }
    CU_ASSERT_EQUAL(d->ratings->n, n);
    CU_ASSERT_EQUAL(d->catalog->n_users, 503);
    CU_ASSERT_DOUBLE_EQUAL(d->mean, sum / (double)n, 1e-12);
    for (uint32_t u = 1; u <= 503; u++)
        CU_ASSERT_EQUAL(d->ratings->start[u + 1] - d->ratings->start[u],
                        per_user[d->catalog->user.num[u]]);
    dataset_free(d);
    free(text);
}

/* Counted by hand. Users 2 and 1 rate a film twice; 0.5 and 5.5 lie on the bounds. */
static void
a_few_rows_have_the_numbers_that_a_hand_counts(void)
{
    static const char ratings[] =
        "userId,movieId,rating,timestamp\n2,10,5.5,500\n1,10,1,400\n2,20,3,100\n"
        "1,20,0.5,300\n2,10,4.5,900\n1,10,2,200\n1,30,6,600\n2,30,0,700\n";
    static const char movies[] = "movieId,title,genres\n10,B,X\n20,C,X|Y\n40,A,Z\n";
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
more_than_256_distinct_stars_are_kept_as_they_are(void)
{
    for (unsigned n = 255; n <= 258; n++) {
        char *text = malloc(64 + (size_t)n * 24);
        size_t len = (size_t)sprintf(text, "who,what,stars,when\n");
        struct dataset *d;

        for (unsigned i = 0; i < n; i++)
            len += (size_t)sprintf(text + len, "1,%u,%u.5,1\n", i, i);
        d = load_rows(text, len, NULL);
        CU_ASSERT_EQUAL(d->ratings->code != NULL, n <= RATINGS_MAX_VALUES);
        CU_ASSERT_EQUAL(ratings_stars(d->ratings, 254), 254.5f);
        CU_ASSERT_EQUAL(ratings_stars(d->ratings, n - 1), (float)n - .5f);
        dataset_free(d);
        free(text);
    }
}

/* A file of several blocks, by user: rating i of the data set is row i of the file. */
static void
what_is_held_out_is_a_matter_of_the_place_in_the_file(void)
{
    enum { ROWS = 40000 };
    char *text = malloc(64 + ROWS * 32);
    size_t len = (size_t)sprintf(text, "who,what,stars,when\n");
    uint64_t bits[ROWS / 64 + 1] = { 0 };
    struct dataset *d;
    bool same = true;

    for (unsigned i = 0; i < ROWS; i++)
        len += (size_t)sprintf(text + len, "%u,%u,3,1000000\n", 1 + i / 50, i % 50);
    CU_ASSERT(len > (size_t)2 << 18);
    d = load_rows(text, len, NULL);
    CU_ASSERT_EQUAL(split_draw(bits, ROWS, ROWS / 10, 42, NULL, NULL), ERR_OK);
    for (size_t i = 0; i < ROWS; i++)
        same &= ratings_held_out(d->ratings, i) == split_bit(bits, i);
    CU_ASSERT(same);
    dataset_free(d);
    free(text);
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

static void
every_allocation_may_fail(void)
{
    static const char ratings[] =
        "userId,movieId,rating\n1,10,3\n\"2\",20,4.5\n1,x,4\n";
    static const char movies[] = "movieId,title,genres\n10,A (1999),Drama|War\n";
    struct dataset_options opt = dataset_defaults();
    struct dataset_bytes b = { .name = "made",
                               .ratings = ratings,
                               .ratings_len = strlen(ratings),
                               .movies = movies,
                               .movies_len = strlen(movies) };

    for (int persistent = 0; persistent < 2; persistent++)
        for (unsigned long n = 1;; n++) {
            struct dataset *d = NULL;
            struct err err = { 0 };
            enum err_code rc;

            mem_fail_at(n, persistent);
            rc = dataset_load_bytes(&d, &b, &opt, NULL, &err);
            mem_fail_at(0, 0);
            CU_ASSERT_EQUAL(d != NULL, rc == ERR_OK);
            dataset_free(d);
            if (rc == ERR_OK)
                break;
            CU_ASSERT_EQUAL_FATAL(rc, ERR_NOMEM);
            CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "out of memory"));
            CU_ASSERT_TRUE_FATAL(n < 1000);
        }
}

static void
a_cancelled_load_ends_with_nothing(void)
{
    size_t len;
    char *text = make_rows(1000, false, &len);
    struct dataset_options opt = dataset_defaults();
    struct dataset_bytes b = { .name = "made", .ratings = text, .ratings_len = len };
    struct dataset *d = NULL;
    struct err err;
    atomic_bool cancel = true;

    opt.columns = "user=who,item=what,rating=stars";
    opt.cancel = &cancel;
    CU_ASSERT_EQUAL(dataset_load_bytes(&d, &b, &opt, NULL, &err), ERR_STATE);
    CU_ASSERT_PTR_NULL(d);
    free(text);
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
    { "the number of threads changes nothing", the_number_of_threads_changes_nothing },
    { "rows in no order come out by user", rows_in_no_order_come_out_by_user },
    { "a few rows have the numbers that a hand counts",
      a_few_rows_have_the_numbers_that_a_hand_counts },
    { "more than 256 distinct stars are kept as they are",
      more_than_256_distinct_stars_are_kept_as_they_are },
    { "what is held out is a matter of the place in the file",
      what_is_held_out_is_a_matter_of_the_place_in_the_file },
    { "a part that is none is refused", a_part_that_is_none_is_refused },
    { "every allocation may fail", every_allocation_may_fail },
    { "a cancelled load ends with nothing", a_cancelled_load_ends_with_nothing },
    { "ml-latest-small has its known numbers", ml_latest_small_has_its_known_numbers },
    CU_TEST_INFO_NULL,
};
