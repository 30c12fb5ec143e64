/* test_unzip_damage.c - zips that are damaged, and what fails around a good one. */
#include "config.h"

#include "src/data/unzip.h"

#include "src/base/mem.h"
#include "tests/data/zips.h"
#include "tests/faults.h"
#include "tests/scratch.h"
#include "tests/unit.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static void
damage_is_found(void)
{
    struct made_member m[] = { ZIPS_MEMBER("ml/ratings.csv", ZIPS_RATINGS) };

    scratch_make(zips_dir);
    m[0].encrypted = true;
    zips_check_refused(m, 1, ERR_FORMAT, "ml.zip:ml/ratings.csv: encrypted; unpack it");
    m[0].encrypted = false;
    for (int deflated = 0; deflated < 2; deflated++) {
        m[0].deflated = deflated == 1;
        m[0].bad_crc = true;
        zips_check_refused(m, 1, ERR_FORMAT, "ml.zip:ml/ratings.csv: damaged");
        m[0].bad_crc = false;
        m[0].claim = sizeof(ZIPS_RATINGS) + 20;
        zips_check_refused(m, 1, ERR_FORMAT, "ml.zip:ml/ratings.csv: ");
        m[0].claim = sizeof(ZIPS_RATINGS) - 20;
        zips_check_refused(m, 1, ERR_FORMAT, "ml.zip:ml/ratings.csv: ");
        m[0].claim = 0;
    }
    scratch_write(zips_path("ml.zip"), "<html>404</html>", 16);
    {
        struct dataset *d = NULL;
        struct err err;

        CU_ASSERT_EQUAL(zips_load(&d, zips_path("ml.zip"), &err), ERR_FORMAT);
        CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "not a whole zip"));
    }
    scratch_remove(zips_dir);
}

/* Load these bytes as a zip: whatever comes, it comes with a message. */
static bool
loads(const unsigned char *bytes, size_t n)
{
    struct dataset *d = NULL;
    struct err err = { 0 };
    enum err_code rc;

    scratch_write(zips_path("ml.zip"), bytes, n);
    rc = zips_load(&d, zips_path("ml.zip"), &err);
    CU_ASSERT_EQUAL(d != NULL, rc == ERR_OK);
    CU_ASSERT_TRUE(rc == ERR_OK || err.msg[0] != '\0');
    dataset_free(d);
    return rc == ERR_OK;
}

static void
a_zip_cut_anywhere_is_refused(void)
{
    static const struct made_member m[] = { ZIPS_MEMBER("ratings.csv", ZIPS_RATINGS),
                                            ZIPS_MEMBER("movies.csv", ZIPS_MOVIES) };
    size_t n;
    unsigned char *bytes = made_zip(m, 2, &n);

    scratch_make(zips_dir);
    for (size_t cut = 0; cut < n; cut++)
        CU_ASSERT_FALSE(loads(bytes, cut));
    CU_ASSERT_TRUE(loads(bytes, n));
    free(bytes);
    scratch_remove(zips_dir);
}

static void
a_byte_flipped_in_a_member_is_noticed(void)
{
    static const struct made_member m[] = { { .name = "ratings.csv",
                                              .bytes = ZIPS_RATINGS,
                                              .n = sizeof(ZIPS_RATINGS) - 1,
                                              .deflated = true } };
    size_t n, head = 30 + strlen("ratings.csv");
    unsigned char *bytes = made_zip(m, 1, &n);

    scratch_make(zips_dir);
    for (size_t i = 0; i < n; i++) {
        bool in_data = i >= head && i < head + 5 + sizeof(ZIPS_RATINGS) - 1;

        bytes[i] ^= 1;
        CU_ASSERT_FALSE(loads(bytes, n) && in_data);
        bytes[i] ^= 1;
    }
    free(bytes);
    scratch_remove(zips_dir);
}

static void
memory_that_runs_out_is_an_error(void)
{
    static const struct made_member m[] = { ZIPS_MEMBER("ml/ratings.csv", ZIPS_RATINGS),
                                            ZIPS_MEMBER("ml/movies.csv", ZIPS_MOVIES) };

    scratch_make(zips_dir);
    made_zip_write(zips_path("ml.zip"), m, 2);
    for (int persistent = 0; persistent < 2; persistent++)
        for (unsigned long n = 1;; n++) {
            struct dataset *d = NULL;
            struct err err = { 0 };
            enum err_code rc;

            mem_fail_at(n, persistent);
            rc = zips_load(&d, zips_path("ml.zip"), &err);
            mem_fail_at(0, 0);
            CU_ASSERT_EQUAL(d != NULL, rc == ERR_OK);
            dataset_free(d);
            if (rc == ERR_OK)
                break;
            CU_ASSERT_EQUAL_FATAL(rc, ERR_NOMEM);
            CU_ASSERT_TRUE_FATAL(n < 1000);
        }
    scratch_remove(zips_dir);
}

static void
a_call_that_fails_is_an_error(void)
{
    static const struct made_member m[] = { ZIPS_MEMBER("ml/ratings.csv", ZIPS_RATINGS),
                                            ZIPS_MEMBER("ml/movies.csv", ZIPS_MOVIES) };
    struct dataset *d = NULL;
    struct err err;
    unsigned long calls;

    scratch_make(zips_dir);
    made_zip_write(zips_path("ml.zip"), m, 2);
    faults_dribble(7);
    CU_ASSERT_EQUAL(zips_load(&d, zips_path("ml.zip"), &err), ERR_OK);
    dataset_free(d);
    faults_fail_at(0, false, 0);
    CU_ASSERT_EQUAL(zips_load(&d, zips_path("ml.zip"), &err), ERR_OK);
    calls = faults_count();
    dataset_free(d);
    for (unsigned long n = 1; n <= calls; n++) {
        d = NULL;
        memset(&err, 0, sizeof(err));
        faults_fail_at(n, false, EIO);
        /* A close that fails after reading harms nothing. */
        if (zips_load(&d, zips_path("ml.zip"), &err) != ERR_OK)
            CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "Input/output error"));
        faults_off();
        dataset_free(d);
    }
    scratch_remove(zips_dir);
}

CU_TestInfo tests_unzip_damage[] = {
    { "damage is found", damage_is_found },
    { "a zip cut anywhere is refused", a_zip_cut_anywhere_is_refused },
    { "a byte flipped in a member is noticed", a_byte_flipped_in_a_member_is_noticed },
    { "memory that runs out is an error", memory_that_runs_out_is_an_error },
    { "a call that fails is an error", a_call_that_fails_is_an_error },
    CU_TEST_INFO_NULL,
};
