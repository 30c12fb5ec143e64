/* test_atomicfile.c - a file is the old one or the new one, whatever fails. */
#include "config.h"

#include "src/base/atomicfile.h"

#include "src/base/mem.h"
#include "tests/faults.h"
#include "tests/scratch.h"
#include "tests/unit.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define OLD "the old file"
#define NEW "the new file, which is longer"

static char dir[256];

static const char *
fresh_target(void)
{
    const char *path = scratch_path(dir, "target");

    scratch_write(path, OLD, strlen(OLD));
    return path;
}

static bool
holds(const char *path, const char *text)
{
    char *got = scratch_read(path, NULL);
    bool same = got != NULL && strcmp(got, text) == 0;

    free(got);
    return same;
}

static void
a_saved_file_replaces_the_old_one(void)
{
    scratch_make(dir);
    CU_ASSERT_EQUAL(atomicfile_save(fresh_target(), NEW, strlen(NEW), NULL), ERR_OK);
    CU_ASSERT(holds(scratch_path(dir, "target"), NEW));
    CU_ASSERT_EQUAL(scratch_count(dir), 1);
    scratch_remove(dir);
}

static void
what_is_not_committed_leaves_nothing(void)
{
    struct atomicfile *f = NULL;
    const char *path;

    scratch_make(dir);
    path = fresh_target();
    CU_ASSERT_EQUAL_FATAL(atomicfile_open(&f, path, NULL), ERR_OK);
    CU_ASSERT_EQUAL(atomicfile_write(f, NEW, 3, NULL), ERR_OK);
    CU_ASSERT_EQUAL(scratch_count(dir), 2);
    atomicfile_close(f);
    CU_ASSERT(holds(path, OLD));
    CU_ASSERT_EQUAL(scratch_count(dir), 1);
    scratch_remove(dir);
}

/* Save with a fault at call n: is the target the old file or, as it must be when the
 * save says so, the new one, and is nothing left beside it that could be removed? */
static bool
save_survives(unsigned long n, bool persistent, int why, enum err_code *ret_rc)
{
    const char *path;
    bool good;

    scratch_make(dir);
    path = fresh_target();
    faults_fail_at(n, persistent, why);
    *ret_rc = atomicfile_save(path, NEW, strlen(NEW), NULL);
    faults_off();
    good = holds(path, NEW) || (*ret_rc != ERR_OK && holds(path, OLD));
    good = good && (persistent || scratch_count(dir) == 1);
    scratch_remove(dir);
    return good;
}

static void
every_failing_call_leaves_a_whole_file(void)
{
    static const int reasons[] = { EIO, ENOSPC };

    for (unsigned i = 0; i < 4; i++) {
        enum err_code rc = ERR_COUNT;
        unsigned long n = 0;

        do {
            CU_ASSERT(save_survives(++n, i % 2 != 0, reasons[i / 2], &rc));
            CU_ASSERT_EQUAL(rc, n <= faults_count() ? ERR_IO : ERR_OK);
        } while (n <= faults_count());
        /* open, write, fsync, close, rename; open, fsync, close of the folder */
        CU_ASSERT_EQUAL(n, 9);
    }
}

static void
short_and_interrupted_calls_are_made_whole(void)
{
    scratch_make(dir);
    faults_dribble(1);
    CU_ASSERT_EQUAL(atomicfile_save(fresh_target(), NEW, strlen(NEW), NULL), ERR_OK);
    CU_ASSERT(faults_count() > 2 * strlen(NEW));
    faults_off();
    CU_ASSERT(holds(scratch_path(dir, "target"), NEW));
    scratch_remove(dir);
}

static void
a_process_that_dies_leaves_a_whole_file(void)
{
    int status = 1;

    scratch_make(dir);
    for (unsigned long n = 1; status != 0; n++) {
        const char *path = fresh_target();
        pid_t child = fork();

        if (child == 0) {
            faults_die_at(n);
            _exit(atomicfile_save(path, NEW, strlen(NEW), NULL) != ERR_OK);
        }
        CU_ASSERT_EQUAL_FATAL(waitpid(child, &status, 0), child);
        CU_ASSERT(holds(path, NEW) || (status != 0 && holds(path, OLD)));
    }
    scratch_remove(dir);
}

static void
a_leftover_is_known_by_its_name(void)
{
    CU_ASSERT(atomicfile_is_leftover(".run.json.4711-0.tmp", "run.json"));
    CU_ASSERT(!atomicfile_is_leftover("run.json", "run.json"));
    CU_ASSERT(!atomicfile_is_leftover(".run.json.4711.tmp", "run.json"));
    CU_ASSERT(!atomicfile_is_leftover(".run.json.4711-0.tmpx", "run.json"));
    CU_ASSERT(!atomicfile_is_leftover(".other.json.4711-0.tmp", "run.json"));
}

static void
a_missing_folder_is_said_with_the_path(void)
{
    struct err err = { 0 };
    const char *path;

    scratch_make(dir);
    path = scratch_path(dir, "no/such");
    CU_ASSERT_EQUAL(atomicfile_save(path, NEW, 1, &err), ERR_IO);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, path));
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "No such file"));
    scratch_remove(dir);
}

static void
every_failing_allocation_is_reported(void)
{
    enum err_code rc = ERR_NOMEM;

    scratch_make(dir);
    for (unsigned long n = 1; rc != ERR_OK && n < 10; n++) {
        mem_fail_at(n, 0);
        rc = atomicfile_save(fresh_target(), NEW, 1, NULL);
        CU_ASSERT(rc == ERR_OK || rc == ERR_NOMEM);
    }
    mem_fail_at(0, 0);
    CU_ASSERT_EQUAL(rc, ERR_OK);
    scratch_remove(dir);
}

CU_TestInfo tests_atomicfile[] = {
    { "a saved file replaces the old one", a_saved_file_replaces_the_old_one },
    { "what is not committed leaves nothing", what_is_not_committed_leaves_nothing },
    { "every failing call leaves a whole file",
      every_failing_call_leaves_a_whole_file },
    { "short and interrupted calls are made whole",
      short_and_interrupted_calls_are_made_whole },
    { "a process that dies leaves a whole file",
      a_process_that_dies_leaves_a_whole_file },
    { "a leftover is known by its name", a_leftover_is_known_by_its_name },
    { "a missing folder is said with the path",
      a_missing_folder_is_said_with_the_path },
    { "every failing allocation is reported", every_failing_allocation_is_reported },
    CU_TEST_INFO_NULL,
};
