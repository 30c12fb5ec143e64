/* test_pathcomplete.c - paths completed as shells do it. */
#include "config.h"

#include "ui/tui/pathcomplete.h"

#include "tests/scratch.h"
#include "tests/unit.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static char dir[256];

static void
put(const char *name)
{
    scratch_write(scratch_path(dir, name), "", 0);
}

static void
make(void)
{
    scratch_make(dir);
    put("films.txt");
    put("films.svg");
    put("finder.txt");
    put(".hidden");
    put("caf\xc3\xa9");
    put("caf\xc3\xa8");
    CU_ASSERT_EQUAL(mkdir(scratch_path(dir, "pictures"), 0777), 0);
}

/* Check what becomes of a part typed in that folder, and how many names fit. */
static void
expect(const char *typed, const char *completed, size_t n)
{
    char path[512], want[512];
    struct pathcomplete c;

    snprintf(path, sizeof(path), "%s", scratch_path(dir, typed));
    snprintf(want, sizeof(want), "%s", scratch_path(dir, completed));
    pathcomplete(path, sizeof(path), &c);
    CU_ASSERT_STRING_EQUAL(path, want);
    CU_ASSERT_EQUAL(c.n, n);
}

static void
what_the_names_have_in_common_is_added(void)
{
    make();
    expect("f", "fi", 3);
    expect("fil", "films.", 2);
    expect("fin", "finder.txt", 1);
    expect("pic", "pictures/", 1);
    expect("x", "x", 0);
    expect("films.txt", "films.txt", 1);
    scratch_remove(dir);
}

static void
hidden_names_want_their_dot(void)
{
    make();
    expect("", "", 6);
    expect(".h", ".hidden", 1);
    scratch_remove(dir);
}

static void
characters_stay_whole(void)
{
    make();
    expect("ca", "caf", 2); /* they differ in the second byte of a character */
    scratch_remove(dir);
}

static void
the_names_are_listed_in_order(void)
{
    char path[512];
    struct pathcomplete c;

    make();
    snprintf(path, sizeof(path), "%s", scratch_path(dir, "f"));
    pathcomplete(path, sizeof(path), &c);
    CU_ASSERT_STRING_EQUAL(c.names, "films.svg  films.txt  finder.txt");
    scratch_remove(dir);
}

static void
more_names_than_there_is_room_for_end_in_a_mark(void)
{
    struct pathcomplete c;
    char path[512], name[64];

    scratch_make(dir);
    for (int i = 99; i >= 0; i--) {
        snprintf(name, sizeof(name), "n%02d", i);
        put(name);
    }
    snprintf(path, sizeof(path), "%s", scratch_path(dir, "n"));
    pathcomplete(path, sizeof(path), &c);
    CU_ASSERT_EQUAL(c.n, 100);
    CU_ASSERT_EQUAL(strncmp(c.names, "n00  n01  n02  ", 15), 0);
    CU_ASSERT_STRING_EQUAL(c.names + strlen(c.names) - 8, "n31  …");
    for (int i = 0; i < 20; i++) {
        snprintf(name, sizeof(name), "n0-%058d", i);
        put(name);
    }
    pathcomplete(path, sizeof(path), &c);
    CU_ASSERT_EQUAL(c.n, 120);
    CU_ASSERT(strlen(c.names) < PATHCOMPLETE_NAMES);
    CU_ASSERT_STRING_EQUAL(c.names + strlen(c.names) - 3, "…");
    scratch_remove(dir);
}

static void
what_has_no_room_stays_as_it_is(void)
{
    char path[512];
    struct pathcomplete c;

    make();
    snprintf(path, sizeof(path), "%s", scratch_path(dir, "fin"));
    pathcomplete(path, strlen(path) + 5, &c);
    CU_ASSERT_STRING_EQUAL(path, scratch_path(dir, "fin"));
    CU_ASSERT_EQUAL(c.n, 1);
    scratch_remove(dir);
}

static void
a_folder_that_is_none_has_no_names(void)
{
    char path[64] = "/nonexistent/x";
    struct pathcomplete c;

    pathcomplete(path, sizeof(path), &c);
    CU_ASSERT_EQUAL(c.n, 0);
    CU_ASSERT_STRING_EQUAL(c.names, "");
    CU_ASSERT_STRING_EQUAL(path, "/nonexistent/x");
}

CU_TestInfo tests_pathcomplete[] = {
    { "what the names have in common is added",
      what_the_names_have_in_common_is_added },
    { "hidden names want their dot", hidden_names_want_their_dot },
    { "characters stay whole", characters_stay_whole },
    { "the names are listed in order", the_names_are_listed_in_order },
    { "more names than there is room for end in a mark",
      more_names_than_there_is_room_for_end_in_a_mark },
    { "what has no room stays as it is", what_has_no_room_stays_as_it_is },
    { "a folder that is none has no names", a_folder_that_is_none_has_no_names },
    CU_TEST_INFO_NULL,
};
