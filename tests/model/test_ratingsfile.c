/* test_ratingsfile.c - ratings come back as they were, or are refused. */
#include "config.h"

#include "src/model/ratingsfile.h"

#include "tests/model/small.h"
#include "tests/scratch.h"
#include "tests/unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static char dir[256];

static void
ratings_come_back(void)
{
    scratch_make(dir);
    for (int coded = 0; coded < 2; coded++) {
        struct ratings *r = small_ratings(coded), *back = NULL;
        const char *path = scratch_path(dir, "ratings");

        CU_ASSERT_EQUAL(ratingsfile_save(path, r, NULL), ERR_OK);
        CU_ASSERT_EQUAL_FATAL(ratingsfile_load(&back, path, NULL), ERR_OK);
        CU_ASSERT(small_same_ratings(r, back));
        ratings_free(back);
        ratings_free(r);
    }
    scratch_remove(dir);
}

/* Save ratings that do not hold together and load them. */
static void
ratings_refused(struct ratings *r, const char *message)
{
    const char *path = scratch_path(dir, "ratings");
    struct ratings *back = NULL;
    struct err err = { 0 };

    CU_ASSERT_EQUAL(ratingsfile_save(path, r, NULL), ERR_OK);
    CU_ASSERT_EQUAL(ratingsfile_load(&back, path, &err), ERR_FORMAT);
    CU_ASSERT_PTR_NULL(back);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, message));
    ratings_free(r);
}

static void
ratings_that_do_not_hold_together_are_refused(void)
{
    struct ratings *r;

    scratch_make(dir);
    r = small_ratings(true);
    r->start[2] = 7;
    ratings_refused(r, "mltui.start");
    r = small_ratings(true);
    r->start[SMALL_USERS + 1] = 5;
    ratings_refused(r, "mltui.start");
    r = small_ratings(true);
    r->item[0] = SMALL_ITEMS + 1;
    ratings_refused(r, "mltui.item");
    r = small_ratings(true);
    r->n_held_out = 3;
    ratings_refused(r, "mltui.item");
    r = small_ratings(true);
    r->code[5] = 3;
    ratings_refused(r, "mltui.code");
    r = small_ratings(false);
    r->stars[5] = NAN;
    ratings_refused(r, "mltui.stars");
    scratch_remove(dir);
}

static void
ratings_that_mltui_did_not_write_whole_are_refused(void)
{
    static const struct {
        const char *from, *to, *message;
    } lies[] = {
        { "\"mltui\":\"1\"", "\"mltui\":\"2\"", "version 2 of mltui's tensors" },
        { "\"mltui\":\"1\"", "\"ultui\":\"1\"", "version (none)" },
        { "mltui.xxh3_128", "mltui.xxh3_129", "no mltui.xxh3_128" },
        { "mltui.xxh3_128\":\"", "mltui.xxh3_128\":\"x", "damaged" },
    };

    scratch_make(dir);
    for (size_t i = 0; i < sizeof(lies) / sizeof(*lies); i++) {
        const char *path = scratch_path(dir, "ratings");
        struct ratings *r = small_ratings(true);
        struct err err = { 0 };
        size_t n = 0;
        char *bytes, *at;

        CU_ASSERT_EQUAL(ratingsfile_save(path, r, NULL), ERR_OK);
        ratings_free(r);
        r = NULL;
        bytes = scratch_read(path, &n);
        at = memmem(bytes, n, lies[i].from, strlen(lies[i].from));
        CU_ASSERT_PTR_NOT_NULL_FATAL(at);
        memcpy(at, lies[i].to, strlen(lies[i].to));
        scratch_write(path, bytes, n);
        free(bytes);
        CU_ASSERT_EQUAL(ratingsfile_load(&r, path, &err), ERR_FORMAT);
        CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, lies[i].message));
    }
    scratch_remove(dir);
}

CU_TestInfo tests_ratingsfile[] = {
    { "ratings come back", ratings_come_back },
    { "ratings that do not hold together are refused",
      ratings_that_do_not_hold_together_are_refused },
    { "ratings that mltui did not write, whole, are refused",
      ratings_that_mltui_did_not_write_whole_are_refused },
    CU_TEST_INFO_NULL,
};
