/* test_locate.c - what the DATA word of a command line means. */
#include "config.h"

#include "src/data/locate.h"

#include "src/base/mem.h"
#include "tests/scratch.h"
#include "tests/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* A data folder with one data set, "ml-tiny". */
static void
make_data_folder(char dir[256])
{
    static const char text[] = "userId,movieId,rating\n1,2,3\n4,5,1\n";

    scratch_make(dir);
    mkdir(scratch_path(dir, "mltui"), 0700);
    mkdir(scratch_path(dir, "mltui/ml-tiny"), 0700);
    scratch_write(scratch_path(dir, "mltui/ml-tiny/ratings.csv"), text, strlen(text));
    setenv("XDG_DATA_HOME", dir, 1);
}

static void
drop_data_folder(const char *dir)
{
    unsetenv("XDG_DATA_HOME");
    scratch_remove(dir);
}

static void
the_data_folder_follows_xdg(void)
{
    char *got = NULL, home[512];

    setenv("XDG_DATA_HOME", "/somewhere", 1);
    CU_ASSERT_EQUAL(locate_data_folder(&got, NULL), ERR_OK);
    CU_ASSERT_STRING_EQUAL(got, "/somewhere/mltui");
    mem_free(got);
    setenv("XDG_DATA_HOME", "not/absolute", 1);
    snprintf(home, sizeof(home), "%s/.local/share/mltui", getenv("HOME"));
    CU_ASSERT_EQUAL(locate_data_folder(&got, NULL), ERR_OK);
    CU_ASSERT_STRING_EQUAL(got, home);
    mem_free(got);
    unsetenv("XDG_DATA_HOME");
}

static void
a_path_comes_before_a_name_in_the_data_folder(void)
{
    struct dataset_options opt = dataset_defaults();
    struct dataset *d = NULL;
    char dir[256];

    make_data_folder(dir);
    CU_ASSERT_TRUE(locate_is_data("ml-tiny"));
    CU_ASSERT_TRUE(locate_is_data("sample"));
    CU_ASSERT_TRUE(locate_is_data(dir));
    CU_ASSERT_FALSE(locate_is_data("ml-tin"));
    CU_ASSERT_FALSE(locate_is_data(""));
    CU_ASSERT_EQUAL_FATAL(locate_load(&d, "ml-tiny", &opt, NULL, NULL), ERR_OK);
    CU_ASSERT_EQUAL(d->ratings->n, 2);
    dataset_free(d);
    drop_data_folder(dir);
}

static void
a_word_that_is_nothing_gets_the_nearest_proposed(void)
{
    struct dataset_options opt = dataset_defaults();
    struct dataset *d = NULL;
    struct err err;
    char dir[256];

    make_data_folder(dir);
    CU_ASSERT_EQUAL(locate_load(&d, "ml-tinny", &opt, NULL, &err), ERR_NOTFOUND);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "did you mean 'ml-tiny'?"));
    CU_ASSERT_EQUAL(locate_load(&d, "smaple", &opt, NULL, &err), ERR_NOTFOUND);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "did you mean 'sample'?"));
    CU_ASSERT_EQUAL(locate_load(&d, "no/such", &opt, NULL, &err), ERR_NOTFOUND);
    CU_ASSERT_STRING_EQUAL(err.msg, "no/such: No such file or directory");
    CU_ASSERT_PTR_NULL(d);
    drop_data_folder(dir);
}

static void
near_a_path_only_what_can_be_data_is_proposed(void)
{
    struct dataset_options opt = dataset_defaults();
    struct dataset *d = NULL;
    struct err err;
    char dir[256], expected[600];

    make_data_folder(dir);
    mkdir(scratch_path(dir, "mltui/ml-tinx"), 0700); /* holds no ratings */
    scratch_write(scratch_path(dir, "mltui/rates.csv"), "", 0);
    scratch_write(scratch_path(dir, "mltui/rates.txt"), "", 0);
    snprintf(expected, sizeof(expected), "did you mean '%s/mltui/ml-tiny'?", dir);
    CU_ASSERT_EQUAL(
        locate_load(&d, scratch_path(dir, "mltui/ml-tinyx"), &opt, NULL, &err),
        ERR_NOTFOUND);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, expected));
    snprintf(expected, sizeof(expected), "did you mean '%s/mltui/rates.csv'?", dir);
    CU_ASSERT_EQUAL(
        locate_load(&d, scratch_path(dir, "mltui/rates.tx"), &opt, NULL, &err),
        ERR_NOTFOUND);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, expected));
    CU_ASSERT_EQUAL(
        locate_load(&d, scratch_path(dir, "mltui/zzzzzzzz"), &opt, NULL, &err),
        ERR_NOTFOUND);
    CU_ASSERT_PTR_NULL(strstr(err.msg, "did you mean"));
    drop_data_folder(dir);
}

static void
without_memory_it_says_so(void)
{
    struct dataset_options opt = dataset_defaults();
    unsigned long n_enough = 0;
    char dir[256];

    make_data_folder(dir);
    for (unsigned long n = 1; n_enough == 0 && n < 100; n++) {
        struct dataset *d = NULL;
        struct err err = { 0 };
        enum err_code rc;

        mem_fail_at(n, 0);
        rc = locate_load(&d, "ml-tinny", &opt, NULL, &err);
        CU_ASSERT(rc == ERR_NOMEM || rc == ERR_NOTFOUND);
        CU_ASSERT(err.msg[0] != '\0');
        if (mem_count() < n)
            n_enough = n;
    }
    mem_fail_at(0, 0);
    CU_ASSERT(n_enough > 4);
    drop_data_folder(dir);
}

CU_TestInfo tests_locate[] = {
    { "the data folder follows XDG", the_data_folder_follows_xdg },
    { "a path comes before a name in the data folder",
      a_path_comes_before_a_name_in_the_data_folder },
    { "a word that is nothing gets the nearest proposed",
      a_word_that_is_nothing_gets_the_nearest_proposed },
    { "near a path only what can be data is proposed",
      near_a_path_only_what_can_be_data_is_proposed },
    { "without memory it says so", without_memory_it_says_so },
    CU_TEST_INFO_NULL,
};
