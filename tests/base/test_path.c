/* test_path.c - paths are joined and taken apart. */
#include "config.h"

#include "src/base/path.h"

#include "src/base/mem.h"
#include "tests/scratch.h"
#include "tests/unit.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool
joins(const char *folder, const char *name, const char *expected)
{
    char *path = NULL;
    bool same =
        path_join(&path, folder, name, NULL) == ERR_OK && strcmp(path, expected) == 0;

    mem_free(path);
    return same;
}

static bool
lies_beside(const char *of, const char *name, const char *expected)
{
    char *path = NULL;
    bool same =
        path_beside(&path, of, name, NULL) == ERR_OK && strcmp(path, expected) == 0;

    mem_free(path);
    return same;
}

static void
one_slash_stands_between_folder_and_name(void)
{
    CU_ASSERT(joins("a", "b", "a/b"));
    CU_ASSERT(joins("a/", "b", "a/b"));
    CU_ASSERT(joins("/", "b", "/b"));
    CU_ASSERT(joins("", "b", "b"));
    CU_ASSERT(lies_beside("a/b", "c", "a/c"));
    CU_ASSERT(lies_beside("a/b//", "c", "a/c"));
    CU_ASSERT(lies_beside("/b", "c", "/c"));
    CU_ASSERT(lies_beside("b", "c", "c"));
}

static void
a_name_is_what_comes_after_the_last_slash(void)
{
    CU_ASSERT_STRING_EQUAL(path_name("a/b/c"), "c");
    CU_ASSERT_STRING_EQUAL(path_name("c"), "c");
    CU_ASSERT_STRING_EQUAL(path_name("/"), "/");
    CU_ASSERT_EQUAL(path_folder_len("a/b/c"), 4);
    CU_ASSERT_EQUAL(path_folder_len("a/b/c//"), 4);
    CU_ASSERT_EQUAL(path_folder_len("c"), 0);
    CU_ASSERT_EQUAL(path_folder_len("///"), 0);
}

static bool
xdg_is(const char *base, const char *home, enum err_code rc, const char *expected)
{
    struct err err = { 0 };
    char *path = NULL;
    bool same;

    if (base != NULL)
        setenv("MLTUI_TEST_BASE", base, 1);
    else
        unsetenv("MLTUI_TEST_BASE");
    if (home != NULL)
        setenv("HOME", home, 1);
    else
        unsetenv("HOME");
    same = path_xdg(&path, "MLTUI_TEST_BASE", ".x/y", "z", &err) == rc &&
           strcmp(rc == ERR_OK ? path : err.msg, expected) == 0;
    mem_free(path);
    return same;
}

static void
a_base_folder_must_be_absolute(void)
{
    static const char none[] = "no folder for mltui's files: neither MLTUI_TEST_BASE "
                               "nor HOME is set to an absolute path";
    const char *home = getenv("HOME");
    char *before = home != NULL ? strdup(home) : NULL;

    CU_ASSERT(xdg_is("/b", "/h", ERR_OK, "/b/z"));
    CU_ASSERT(xdg_is("b", "/h", ERR_OK, "/h/.x/y/z"));
    CU_ASSERT(xdg_is(NULL, "/h/", ERR_OK, "/h/.x/y/z"));
    CU_ASSERT(xdg_is("", "", ERR_NOTFOUND, none));
    CU_ASSERT(xdg_is(NULL, "h", ERR_NOTFOUND, none));
    CU_ASSERT(xdg_is(NULL, NULL, ERR_NOTFOUND, none));
    unsetenv("MLTUI_TEST_BASE");
    if (before != NULL)
        setenv("HOME", before, 1);
    free(before);
}

static void
a_tilde_that_begins_a_path_is_home(void)
{
    const char *home = getenv("HOME");
    char *before = home != NULL ? strdup(home) : NULL, room[PATH_MAX];

    setenv("HOME", "/h", 1);
    CU_ASSERT_STRING_EQUAL(path_typed("~/a", room), "/h/a");
    CU_ASSERT_STRING_EQUAL(path_typed("~", room), "/h");
    CU_ASSERT_STRING_EQUAL(path_typed("~a/b", room), "~a/b");
    CU_ASSERT_STRING_EQUAL(path_typed("a/~/b", room), "a/~/b");
    unsetenv("HOME");
    CU_ASSERT_STRING_EQUAL(path_typed("~/a", room), "~/a");
    if (before != NULL)
        setenv("HOME", before, 1);
    free(before);
}

static void
a_link_to_nothing_does_not_exist(void)
{
    char dir[256];

    scratch_make(dir);
    CU_ASSERT_TRUE(path_exists(dir));
    CU_ASSERT_FALSE(path_exists(scratch_path(dir, "none")));
    CU_ASSERT_EQUAL(symlink("none", scratch_path(dir, "link")), 0);
    CU_ASSERT_FALSE(path_exists(scratch_path(dir, "link")));
    scratch_write(scratch_path(dir, "none"), "", 0);
    CU_ASSERT_TRUE(path_exists(scratch_path(dir, "link")));
    scratch_remove(dir);
}

static void
without_memory_nothing_is_given(void)
{
    for (unsigned long n = 1; n <= 2; n++) {
        char *path = NULL;

        setenv("MLTUI_TEST_BASE", "none", 1);
        mem_fail_at(n, 0);
        CU_ASSERT_EQUAL(path_xdg(&path, "MLTUI_TEST_BASE", "x", "y", NULL), ERR_NOMEM);
        mem_fail_at(0, 0);
        CU_ASSERT_PTR_NULL(path);
        unsetenv("MLTUI_TEST_BASE");
    }
}

CU_TestInfo tests_path[] = {
    { "a tilde that begins a path is home", a_tilde_that_begins_a_path_is_home },
    { "one slash stands between folder and name",
      one_slash_stands_between_folder_and_name },
    { "a name is what comes after the last slash",
      a_name_is_what_comes_after_the_last_slash },
    { "a base folder must be absolute", a_base_folder_must_be_absolute },
    { "a link to nothing does not exist", a_link_to_nothing_does_not_exist },
    { "without memory nothing is given", without_memory_nothing_is_given },
    CU_TEST_INFO_NULL,
};
