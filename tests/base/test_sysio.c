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

/* A sysio_hook: of reading a folder, the first try is interrupted; the third name
 * cannot be had. */
static int
fail_third_name(void *arg, enum sysio_call call, size_t *bytes)
{
    unsigned *n = arg;

    (void)bytes;
    if (call != SYSIO_READDIR)
        return 0;
    return ++*n == 1 ? EINTR : *n >= 6 ? EIO : 0; /* "." and ".." are read, too */
}

static void
a_folder_gives_its_names_or_says_why_not(void)
{
    char dir[256];
    unsigned n = 0;
    DIR *d;

    scratch_make(dir);
    d = sysio_opendir(dir);
    CU_ASSERT_PTR_NOT_NULL_FATAL(d);
    CU_ASSERT_PTR_NULL(sysio_next_name(d));
    CU_ASSERT_EQUAL(errno, 0);
    closedir(d);
    for (char name[] = "a"; name[0] <= 'c'; name[0]++)
        CU_ASSERT_EQUAL(sysio_mkdir(scratch_path(dir, name), 0777), 0);
    sysio_set_hook(fail_third_name, &n);
    d = sysio_opendir(dir);
    CU_ASSERT_PTR_NOT_NULL_FATAL(d);
    for (const char *name; (name = sysio_next_name(d)) != NULL;)
        CU_ASSERT(name[0] >= 'a' && name[0] <= 'c' && name[1] == '\0');
    CU_ASSERT_EQUAL(errno, EIO);
    CU_ASSERT_EQUAL(n, 6);
    closedir(d);
    sysio_set_hook(NULL, NULL);
    CU_ASSERT_PTR_NULL(sysio_opendir(scratch_path(dir, "none")));
    CU_ASSERT_EQUAL(errno, ENOENT);
    scratch_remove(dir);
}

CU_TestInfo tests_sysio[] = {
    { "a folder gives its names or says why not",
      a_folder_gives_its_names_or_says_why_not },
    { "slashes at the end do not count", slashes_at_the_end_do_not_count },
    { "a path too long is an error", a_path_too_long_is_an_error },
    CU_TEST_INFO_NULL,
};
