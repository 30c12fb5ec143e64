/* test_sysio.c - the folder of a name is synced, however the name is written. */
#include "config.h"

#include "src/base/sysio.h"

#include "tests/scratch.h"
#include "tests/unit.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* What it gives for dir/name; the names are of files that are not there, so that only
 * the folder can be opened. */
static int
sync_parent(const char *dir, const char *name)
{
    return sysio_fsync_parent(scratch_path(dir, name));
}

static void
slashes_at_the_end_do_not_count(void)
{
    char dir[256];

    scratch_make(dir);
    CU_ASSERT_EQUAL(sync_parent(dir, "new"), 0);
    CU_ASSERT_EQUAL(sync_parent(dir, "new/"), 0);
    CU_ASSERT_EQUAL(sync_parent(dir, "new//"), 0);
    CU_ASSERT_EQUAL(sync_parent(dir, "/new"), 0);
    CU_ASSERT_EQUAL(sync_parent(dir, "none/new"), -1);
    CU_ASSERT_EQUAL(errno, ENOENT);
    scratch_remove(dir);
    CU_ASSERT_EQUAL(sysio_fsync_parent("new"), 0);
    CU_ASSERT_EQUAL(sysio_fsync_parent("new/"), 0);
    CU_ASSERT_EQUAL(sysio_fsync_parent("/new"), 0);
    CU_ASSERT_EQUAL(sysio_fsync_parent("/new/"), 0);
    CU_ASSERT_EQUAL(sysio_fsync_parent("/"), 0);
}

static void
a_path_too_long_is_an_error(void)
{
    static char path[8000];

    memset(path, 'x', sizeof(path) - 1);
    CU_ASSERT_EQUAL(sysio_fsync_parent(path), 0); /* its folder is "." */
    path[7000] = '/';
    CU_ASSERT_EQUAL(sysio_fsync_parent(path), -1);
    CU_ASSERT_EQUAL(errno, ENAMETOOLONG);
}

CU_TestInfo tests_sysio[] = {
    { "slashes at the end do not count", slashes_at_the_end_do_not_count },
    { "a path too long is an error", a_path_too_long_is_an_error },
    CU_TEST_INFO_NULL,
};
