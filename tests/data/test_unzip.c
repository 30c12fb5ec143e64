/* test_unzip.c - MovieLens zips read in place: what is taken, and what is not. */
#include "config.h"

#include "src/data/unzip.h"

#include "tests/data/zips.h"
#include "tests/scratch.h"
#include "tests/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- what is read ---- */

static void
a_zip_and_its_folder_are_the_same_data(void)
{
    static const struct made_member in_folder[] = {
        ZIPS_MEMBER("ml/README.txt", "hello"),
        ZIPS_MEMBER("ml/movies.csv", ZIPS_MOVIES),
        ZIPS_MEMBER("ml/ratings.csv", ZIPS_RATINGS),
    };
    static const struct made_member at_top[] = {
        { .name = "ratings.csv",
          .bytes = ZIPS_RATINGS,
          .n = sizeof(ZIPS_RATINGS) - 1,
          .deflated = true },
        { .name = "movies.csv",
          .bytes = ZIPS_MOVIES,
          .n = sizeof(ZIPS_MOVIES) - 1,
          .deflated = true },
    };
    struct dataset *d[3] = { NULL };
    struct err err;

    scratch_make(zips_dir);
    made_zip_write(zips_path("in.zip"), in_folder, 3);
    made_zip_write(zips_path("top.ZIP"), at_top, 2);
    scratch_write(zips_path("ratings.csv"), ZIPS_RATINGS, sizeof(ZIPS_RATINGS) - 1);
    scratch_write(zips_path("movies.csv"), ZIPS_MOVIES, sizeof(ZIPS_MOVIES) - 1);
    CU_ASSERT_EQUAL_FATAL(zips_load(&d[0], zips_dir, &err), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(zips_load(&d[1], zips_path("in.zip"), &err), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(zips_load(&d[2], zips_path("top.ZIP"), &err), ERR_OK);
    for (int i = 1; i < 3; i++) {
        CU_ASSERT_EQUAL(d[i]->ratings->n, 3);
        CU_ASSERT_EQUAL(d[i]->n_titles, 2);
        CU_ASSERT_STRING_EQUAL(strtab_get(&d[i]->catalog->title, 1), "Alien (1979)");
        CU_ASSERT_STRING_EQUAL(d[i]->fingerprint, d[0]->fingerprint);
        CU_ASSERT_EQUAL(memcmp(d[i]->ratings->item, d[0]->ratings->item, 12), 0);
    }
    for (int i = 0; i < 3; i++)
        dataset_free(d[i]);
    scratch_remove(zips_dir);
}

static void
a_rejected_row_has_its_place_in_the_member(void)
{
    static const struct made_member m[] = { ZIPS_MEMBER("ml/ratings.csv",
                                                        ZIPS_RATINGS) };
    struct dataset *d = NULL;
    struct err err;

    scratch_make(zips_dir);
    made_zip_write(zips_path("ml.zip"), m, 1);
    CU_ASSERT_EQUAL_FATAL(zips_load(&d, zips_path("ml.zip"), &err), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(d->n_rejects_kept, 1);
    CU_ASSERT_PTR_NOT_NULL(strstr(d->rejects[0].file, "/ml.zip:ml/ratings.csv"));
    CU_ASSERT_EQUAL(d->rejects[0].line, 4);
    CU_ASSERT_EQUAL(d->rejects[0].column, 3);
    dataset_free(d);
    scratch_remove(zips_dir);
}

static void
the_older_formats_are_found_too(void)
{
    static const struct made_member dat[] = {
        ZIPS_MEMBER("ml-1m/ratings.dat", "1::10::5::9\n2::10::3::8\n"),
        ZIPS_MEMBER("ml-1m/movies.dat", "10::Caf\xe9 (1995)::Drama\n"),
    };
    static const struct made_member u_data[] = {
        ZIPS_MEMBER("ml-100k/u.data", "1\t10\t5\t9\n"),
    };
    struct dataset *d = NULL;
    struct err err;

    scratch_make(zips_dir);
    made_zip_write(zips_path("ml.zip"), dat, 2);
    CU_ASSERT_EQUAL_FATAL(zips_load(&d, zips_path("ml.zip"), &err), ERR_OK);
    CU_ASSERT_EQUAL(d->ratings->n, 2);
    CU_ASSERT_STRING_EQUAL(strtab_get(&d->catalog->title, 1), "Café (1995)");
    dataset_free(d);
    made_zip_write(zips_path("archive"), u_data, 1); /* known by its first bytes */
    CU_ASSERT_EQUAL_FATAL(zips_load(&d, zips_path("archive"), &err), ERR_OK);
    CU_ASSERT_EQUAL(d->ratings->n, 1);
    dataset_free(d);
    scratch_remove(zips_dir);
}

/* About 5 MiB of ratings, more than is unpacked ahead. */
static char *
long_ratings(size_t *ret_n)
{
    size_t cap = (size_t)6 << 20, n = 0;
    char *text = malloc(cap);

    n += (size_t)sprintf(text, "userId,movieId,rating\n");
    for (unsigned u = 1; n < cap - ((size_t)1 << 20); u++)
        n += (size_t)sprintf(text + n, "%u,%u,%u.5\n", u / 20 + 1, u * 7919u % 3000,
                             u % 5);
    *ret_n = n;
    return text;
}

static void
a_long_member_is_read_by_any_number_of_threads(void)
{
    static const unsigned threads[] = { 1, 2, 7 };
    struct dataset_options opt = dataset_defaults();
    struct made_member m = { .name = "ratings.csv", .deflated = true };
    struct dataset *first = NULL;
    struct err err;

    scratch_make(zips_dir);
    m.bytes = long_ratings(&m.n);
    scratch_write(zips_path("ratings.csv"), m.bytes, m.n);
    made_zip_write(zips_path("ml.zip"), &m, 1);
    CU_ASSERT_EQUAL_FATAL(zips_load(&first, zips_dir, &err), ERR_OK);
    for (int i = 0; i < 3; i++) {
        struct dataset *d = NULL;
        struct pool *pool = NULL;

        CU_ASSERT_EQUAL_FATAL(pool_new(&pool, threads[i], &err), ERR_OK);
        CU_ASSERT_EQUAL_FATAL(dataset_load(&d, zips_path("ml.zip"), &opt, pool, &err),
                              ERR_OK);
        CU_ASSERT_STRING_EQUAL(d->fingerprint, first->fingerprint);
        CU_ASSERT_EQUAL(d->ratings->n, first->ratings->n);
        CU_ASSERT_EQUAL(d->n_rejected, 0);
        dataset_free(d);
        pool_free(pool);
    }
    dataset_free(first);
    free((void *)m.bytes);
    scratch_remove(zips_dir);
}

/* ---- what is refused ---- */

static void
the_ratings_must_be_in_one_place(void)
{
    static const struct made_member two[] = {
        ZIPS_MEMBER("a/ratings.csv", ZIPS_RATINGS),
        ZIPS_MEMBER("b/ratings.csv", ZIPS_RATINGS)
    };
    static const struct made_member twice[] = {
        ZIPS_MEMBER("ratings.csv", ZIPS_RATINGS),
        ZIPS_MEMBER("movies.csv", ZIPS_MOVIES), ZIPS_MEMBER("movies.csv", ZIPS_MOVIES)
    };
    static const struct made_member none[] = {
        ZIPS_MEMBER("a/b/ratings.csv", ZIPS_RATINGS),
        ZIPS_MEMBER("/ratings.csv", ZIPS_RATINGS), ZIPS_MEMBER("ratings.csv.bak", "x"),
        ZIPS_MEMBER("Ratings.csv", ZIPS_RATINGS)
    };
    static const struct made_member link[] = {
        { .name = "ratings.csv", .bytes = "/etc/passwd", .n = 11, .link = true }
    };

    scratch_make(zips_dir);
    zips_check_refused(two, 2, ERR_FORMAT,
                       "both a/ratings.csv and b/ratings.csv are in it");
    zips_check_refused(twice, 3, ERR_FORMAT,
                       "both movies.csv and movies.csv are in it");
    zips_check_refused(none, 4, ERR_NOTFOUND,
                       "no ratings.csv, ratings.dat or u.data in");
    zips_check_refused(link, 1, ERR_NOTFOUND, "no ratings.csv");
    zips_check_refused(NULL, 0, ERR_FORMAT, "not a whole zip");
    scratch_remove(zips_dir);
}

static void
a_directory_that_promises_too_much_is_refused_unread(void)
{
    struct made_member m[] = { ZIPS_MEMBER("ml/ratings.csv", ZIPS_RATINGS) };
    struct made_member *many = calloc(UNZIP_MOST_MEMBERS + 1, sizeof(*many));

    scratch_make(zips_dir);
    m[0].claim = UINT32_MAX - 1;
    zips_check_refused(m, 1, ERR_FORMAT, "more than 100 times as many");
    for (size_t i = 0; i <= UNZIP_MOST_MEMBERS; i++)
        many[i].name = "x", many[i].bytes = "";
    zips_check_refused(many, UNZIP_MOST_MEMBERS + 1, ERR_FORMAT,
                       "more than 10000 files");
    free(many);
    scratch_remove(zips_dir);
}

static void
a_load_that_is_cancelled_lets_go_of_the_zip(void)
{
    struct dataset_options opt = dataset_defaults();
    struct made_member m = { .name = "ratings.csv", .deflated = true };
    atomic_bool cancel = true;
    struct dataset *d = NULL;
    struct err err;

    scratch_make(zips_dir);
    m.bytes = long_ratings(&m.n);
    made_zip_write(zips_path("ml.zip"), &m, 1);
    opt.cancel = &cancel;
    CU_ASSERT_EQUAL(dataset_load(&d, zips_path("ml.zip"), &opt, NULL, &err), ERR_STATE);
    free((void *)m.bytes);
    scratch_remove(zips_dir);
}

CU_TestInfo tests_unzip[] = {
    { "a zip and its folder are the same data",
      a_zip_and_its_folder_are_the_same_data },
    { "a rejected row has its place in the member",
      a_rejected_row_has_its_place_in_the_member },
    { "the older formats are found too", the_older_formats_are_found_too },
    { "a long member is read by any number of threads",
      a_long_member_is_read_by_any_number_of_threads },
    { "the ratings must be in one place", the_ratings_must_be_in_one_place },
    { "a directory that promises too much is refused unread",
      a_directory_that_promises_too_much_is_refused_unread },
    { "a load that is cancelled lets go of the zip",
      a_load_that_is_cancelled_lets_go_of_the_zip },
    CU_TEST_INFO_NULL,
};
