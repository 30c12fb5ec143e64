/* test_unzip.c - MovieLens zips read in place: what they hold, and how they can be bad.
 */
#include "config.h"

#include "src/data/unzip.h"

#include "src/base/mem.h"
#include "src/data/dataset.h"
#include "tests/faults.h"
#include "tests/made_zip.h"
#include "tests/scratch.h"
#include "tests/unit.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MEMBER(path, text)                                 \
    {                                                      \
        .name = path, .bytes = text, .n = sizeof(text) - 1 \
    }

static const char ratings_text[] = "userId,movieId,rating,timestamp\n"
                                   "1,10,4.0,5\n1,11,3.5,6\n2,10,x,7\n2,11,5.0,8\n";
static const char movies_text[] = "movieId,title,genres\n10,Alien (1979),Horror\n"
                                  "11,Brazil (1985),Comedy|Drama\n";

static char dir[256];

static const char *
at(const char *name)
{
    return scratch_path(dir, name);
}

static enum err_code
load(struct dataset **ret, const char *path, struct err *err)
{
    struct dataset_options opt = dataset_defaults();

    opt.valid_part = 0;
    return dataset_load(ret, path, &opt, NULL, err);
}

/* Loading this archive fails with this code and a message that has these words. */
static void
check_refused(const struct made_member *m, size_t n, enum err_code code,
              const char *words)
{
    struct dataset *d = NULL;
    struct err err = { 0 };

    made_zip_write(at("ml.zip"), m, n);
    CU_ASSERT_EQUAL(load(&d, at("ml.zip"), &err), code);
    CU_ASSERT_PTR_NULL(d);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, words));
    if (strstr(err.msg, words) == NULL)
        printf("\n  found: %s\n", err.msg);
    dataset_free(d);
}

/* ---- what is read ---- */

static void
a_zip_and_its_folder_are_the_same_data(void)
{
    static const struct made_member in_folder[] = {
        MEMBER("ml/README.txt", "hello"),
        MEMBER("ml/movies.csv", movies_text),
        MEMBER("ml/ratings.csv", ratings_text),
    };
    static const struct made_member at_top[] = {
        { .name = "ratings.csv",
          .bytes = ratings_text,
          .n = sizeof(ratings_text) - 1,
          .deflated = true },
        { .name = "movies.csv",
          .bytes = movies_text,
          .n = sizeof(movies_text) - 1,
          .deflated = true },
    };
    struct dataset *d[3] = { NULL };
    struct err err;

    scratch_make(dir);
    made_zip_write(at("in.zip"), in_folder, 3);
    made_zip_write(at("top.ZIP"), at_top, 2);
    scratch_write(at("ratings.csv"), ratings_text, sizeof(ratings_text) - 1);
    scratch_write(at("movies.csv"), movies_text, sizeof(movies_text) - 1);
    CU_ASSERT_EQUAL_FATAL(load(&d[0], dir, &err), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(load(&d[1], at("in.zip"), &err), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(load(&d[2], at("top.ZIP"), &err), ERR_OK);
    for (int i = 1; i < 3; i++) {
        CU_ASSERT_EQUAL(d[i]->ratings->n, 3);
        CU_ASSERT_EQUAL(d[i]->n_titles, 2);
        CU_ASSERT_STRING_EQUAL(strtab_get(&d[i]->catalog->title, 1), "Alien (1979)");
        CU_ASSERT_STRING_EQUAL(d[i]->fingerprint, d[0]->fingerprint);
        CU_ASSERT_EQUAL(memcmp(d[i]->ratings->item, d[0]->ratings->item, 12), 0);
    }
    for (int i = 0; i < 3; i++)
        dataset_free(d[i]);
    scratch_remove(dir);
}

static void
a_rejected_row_has_its_place_in_the_member(void)
{
    static const struct made_member m[] = { MEMBER("ml/ratings.csv", ratings_text) };
    struct dataset *d = NULL;
    struct err err;

    scratch_make(dir);
    made_zip_write(at("ml.zip"), m, 1);
    CU_ASSERT_EQUAL_FATAL(load(&d, at("ml.zip"), &err), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(d->n_rejects_kept, 1);
    CU_ASSERT_PTR_NOT_NULL(strstr(d->rejects[0].file, "/ml.zip:ml/ratings.csv"));
    CU_ASSERT_EQUAL(d->rejects[0].line, 4);
    CU_ASSERT_EQUAL(d->rejects[0].column, 3);
    dataset_free(d);
    scratch_remove(dir);
}

static void
the_older_formats_are_found_too(void)
{
    static const struct made_member dat[] = {
        MEMBER("ml-1m/ratings.dat", "1::10::5::9\n2::10::3::8\n"),
        MEMBER("ml-1m/movies.dat", "10::Caf\xe9 (1995)::Drama\n"),
    };
    static const struct made_member u_data[] = {
        MEMBER("ml-100k/u.data", "1\t10\t5\t9\n"),
    };
    struct dataset *d = NULL;
    struct err err;

    scratch_make(dir);
    made_zip_write(at("ml.zip"), dat, 2);
    CU_ASSERT_EQUAL_FATAL(load(&d, at("ml.zip"), &err), ERR_OK);
    CU_ASSERT_EQUAL(d->ratings->n, 2);
    CU_ASSERT_STRING_EQUAL(strtab_get(&d->catalog->title, 1), "Café (1995)");
    dataset_free(d);
    made_zip_write(at("archive"), u_data, 1); /* known by its first bytes */
    CU_ASSERT_EQUAL_FATAL(load(&d, at("archive"), &err), ERR_OK);
    CU_ASSERT_EQUAL(d->ratings->n, 1);
    dataset_free(d);
    scratch_remove(dir);
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

    scratch_make(dir);
    m.bytes = long_ratings(&m.n);
    scratch_write(at("ratings.csv"), m.bytes, m.n);
    made_zip_write(at("ml.zip"), &m, 1);
    CU_ASSERT_EQUAL_FATAL(load(&first, dir, &err), ERR_OK);
    for (int i = 0; i < 3; i++) {
        struct dataset *d = NULL;
        struct pool *pool = NULL;

        CU_ASSERT_EQUAL_FATAL(pool_new(&pool, threads[i], &err), ERR_OK);
        CU_ASSERT_EQUAL_FATAL(dataset_load(&d, at("ml.zip"), &opt, pool, &err), ERR_OK);
        CU_ASSERT_STRING_EQUAL(d->fingerprint, first->fingerprint);
        CU_ASSERT_EQUAL(d->ratings->n, first->ratings->n);
        CU_ASSERT_EQUAL(d->n_rejected, 0);
        dataset_free(d);
        pool_free(pool);
    }
    dataset_free(first);
    free((void *)m.bytes);
    scratch_remove(dir);
}

/* ---- what is refused ---- */

static void
the_ratings_must_be_in_one_place(void)
{
    static const struct made_member two[] = { MEMBER("a/ratings.csv", ratings_text),
                                              MEMBER("b/ratings.csv", ratings_text) };
    static const struct made_member twice[] = { MEMBER("ratings.csv", ratings_text),
                                                MEMBER("movies.csv", movies_text),
                                                MEMBER("movies.csv", movies_text) };
    static const struct made_member none[] = { MEMBER("a/b/ratings.csv", ratings_text),
                                               MEMBER("/ratings.csv", ratings_text),
                                               MEMBER("ratings.csv.bak", "x"),
                                               MEMBER("Ratings.csv", ratings_text) };
    static const struct made_member link[] = {
        { .name = "ratings.csv", .bytes = "/etc/passwd", .n = 11, .link = true }
    };

    scratch_make(dir);
    check_refused(two, 2, ERR_FORMAT, "both a/ratings.csv and b/ratings.csv are in it");
    check_refused(twice, 3, ERR_FORMAT, "both movies.csv and movies.csv are in it");
    check_refused(none, 4, ERR_NOTFOUND, "no ratings.csv, ratings.dat or u.data in");
    check_refused(link, 1, ERR_NOTFOUND, "no ratings.csv");
    check_refused(NULL, 0, ERR_FORMAT, "not a whole zip");
    scratch_remove(dir);
}

static void
damage_is_found(void)
{
    struct made_member m[] = { MEMBER("ml/ratings.csv", ratings_text) };

    scratch_make(dir);
    m[0].encrypted = true;
    check_refused(m, 1, ERR_FORMAT, "ml.zip:ml/ratings.csv: encrypted; unpack it");
    m[0].encrypted = false;
    for (int deflated = 0; deflated < 2; deflated++) {
        m[0].deflated = deflated == 1;
        m[0].bad_crc = true;
        check_refused(m, 1, ERR_FORMAT, "ml.zip:ml/ratings.csv: damaged");
        m[0].bad_crc = false;
        m[0].claim = sizeof(ratings_text) + 20;
        check_refused(m, 1, ERR_FORMAT, "ml.zip:ml/ratings.csv: ");
        m[0].claim = sizeof(ratings_text) - 20;
        check_refused(m, 1, ERR_FORMAT, "ml.zip:ml/ratings.csv: ");
        m[0].claim = 0;
    }
    scratch_write(at("ml.zip"), "<html>404</html>", 16);
    {
        struct dataset *d = NULL;
        struct err err;

        CU_ASSERT_EQUAL(load(&d, at("ml.zip"), &err), ERR_FORMAT);
        CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "not a whole zip"));
    }
    scratch_remove(dir);
}

static void
a_directory_that_promises_too_much_is_refused_unread(void)
{
    struct made_member m[] = { MEMBER("ml/ratings.csv", ratings_text) };
    struct made_member *many = calloc(UNZIP_MOST_MEMBERS + 1, sizeof(*many));

    scratch_make(dir);
    m[0].claim = UINT32_MAX - 1;
    check_refused(m, 1, ERR_FORMAT, "more than 100 times as many");
    for (size_t i = 0; i <= UNZIP_MOST_MEMBERS; i++)
        many[i].name = "x", many[i].bytes = "";
    check_refused(many, UNZIP_MOST_MEMBERS + 1, ERR_FORMAT, "more than 10000 files");
    free(many);
    scratch_remove(dir);
}

/* Load these bytes as a zip: whatever comes, it comes with a message. */
static bool
loads(const unsigned char *bytes, size_t n)
{
    struct dataset *d = NULL;
    struct err err = { 0 };
    enum err_code rc;

    scratch_write(at("ml.zip"), bytes, n);
    rc = load(&d, at("ml.zip"), &err);
    CU_ASSERT_EQUAL(d != NULL, rc == ERR_OK);
    CU_ASSERT_TRUE(rc == ERR_OK || err.msg[0] != '\0');
    dataset_free(d);
    return rc == ERR_OK;
}

static void
a_zip_cut_anywhere_is_refused(void)
{
    static const struct made_member m[] = { MEMBER("ratings.csv", ratings_text),
                                            MEMBER("movies.csv", movies_text) };
    size_t n;
    unsigned char *bytes = made_zip(m, 2, &n);

    scratch_make(dir);
    for (size_t cut = 0; cut < n; cut++)
        CU_ASSERT_FALSE(loads(bytes, cut));
    CU_ASSERT_TRUE(loads(bytes, n));
    free(bytes);
    scratch_remove(dir);
}

static void
a_byte_flipped_in_a_member_is_noticed(void)
{
    static const struct made_member m[] = { { .name = "ratings.csv",
                                              .bytes = ratings_text,
                                              .n = sizeof(ratings_text) - 1,
                                              .deflated = true } };
    size_t n, head = 30 + strlen("ratings.csv");
    unsigned char *bytes = made_zip(m, 1, &n);

    scratch_make(dir);
    for (size_t i = 0; i < n; i++) {
        bool in_data = i >= head && i < head + 5 + sizeof(ratings_text) - 1;

        bytes[i] ^= 1;
        CU_ASSERT_FALSE(loads(bytes, n) && in_data);
        bytes[i] ^= 1;
    }
    free(bytes);
    scratch_remove(dir);
}

/* ---- what fails around it ---- */

static void
memory_that_runs_out_is_an_error(void)
{
    static const struct made_member m[] = { MEMBER("ml/ratings.csv", ratings_text),
                                            MEMBER("ml/movies.csv", movies_text) };

    scratch_make(dir);
    made_zip_write(at("ml.zip"), m, 2);
    for (int persistent = 0; persistent < 2; persistent++)
        for (unsigned long n = 1;; n++) {
            struct dataset *d = NULL;
            struct err err = { 0 };
            enum err_code rc;

            mem_fail_at(n, persistent);
            rc = load(&d, at("ml.zip"), &err);
            mem_fail_at(0, 0);
            CU_ASSERT_EQUAL(d != NULL, rc == ERR_OK);
            dataset_free(d);
            if (rc == ERR_OK)
                break;
            CU_ASSERT_EQUAL_FATAL(rc, ERR_NOMEM);
            CU_ASSERT_TRUE_FATAL(n < 1000);
        }
    scratch_remove(dir);
}

static void
a_call_that_fails_is_an_error(void)
{
    static const struct made_member m[] = { MEMBER("ml/ratings.csv", ratings_text),
                                            MEMBER("ml/movies.csv", movies_text) };
    struct dataset *d = NULL;
    struct err err;
    unsigned long calls;

    scratch_make(dir);
    made_zip_write(at("ml.zip"), m, 2);
    faults_dribble(7);
    CU_ASSERT_EQUAL(load(&d, at("ml.zip"), &err), ERR_OK);
    dataset_free(d);
    faults_fail_at(0, false, 0);
    CU_ASSERT_EQUAL(load(&d, at("ml.zip"), &err), ERR_OK);
    calls = faults_count();
    dataset_free(d);
    for (unsigned long n = 1; n <= calls; n++) {
        d = NULL;
        memset(&err, 0, sizeof(err));
        faults_fail_at(n, false, EIO);
        /* A close that fails after reading harms nothing. */
        if (load(&d, at("ml.zip"), &err) != ERR_OK)
            CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "Input/output error"));
        faults_off();
        dataset_free(d);
    }
    scratch_remove(dir);
}

static void
a_load_that_is_cancelled_lets_go_of_the_zip(void)
{
    struct dataset_options opt = dataset_defaults();
    struct made_member m = { .name = "ratings.csv", .deflated = true };
    atomic_bool cancel = true;
    struct dataset *d = NULL;
    struct err err;

    scratch_make(dir);
    m.bytes = long_ratings(&m.n);
    made_zip_write(at("ml.zip"), &m, 1);
    opt.cancel = &cancel;
    CU_ASSERT_EQUAL(dataset_load(&d, at("ml.zip"), &opt, NULL, &err), ERR_STATE);
    free((void *)m.bytes);
    scratch_remove(dir);
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
    { "damage is found", damage_is_found },
    { "a directory that promises too much is refused unread",
      a_directory_that_promises_too_much_is_refused_unread },
    { "a zip cut anywhere is refused", a_zip_cut_anywhere_is_refused },
    { "a byte flipped in a member is noticed", a_byte_flipped_in_a_member_is_noticed },
    { "memory that runs out is an error", memory_that_runs_out_is_an_error },
    { "a call that fails is an error", a_call_that_fails_is_an_error },
    { "a load that is cancelled lets go of the zip",
      a_load_that_is_cancelled_lets_go_of_the_zip },
    CU_TEST_INFO_NULL,
};
