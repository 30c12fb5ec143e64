/*
 * test_runfolder_faults.c - whatever fails while a run is written, what lies on the
 * disk can be read.
 */
#include "config.h"

#include "src/train/runfolder.h"

#include "src/base/mem.h"
#include "src/base/sysio.h"
#include "tests/faults.h"
#include "tests/scratch.h"
#include "tests/train/small_run.h"
#include "tests/unit.h"

#include <errno.h>
#include <stdbool.h>
#include <sys/wait.h>
#include <unistd.h>

static char dir[256];

static void
a_writer_that_cannot_begin_leaves_nothing(void)
{
    unsigned long n = 0;
    bool reached = true;
    enum err_code rc = ERR_OK;

    while (reached) {
        struct run_writer *w = NULL;

        scratch_make(dir);
        faults_fail_at(++n, false, ENOSPC);
        rc = run_writer_new(&w, scratch_path(dir, "run"), &small_run_info, NULL);
        reached = faults_count() >= n;
        faults_off();
        CU_ASSERT(rc == ERR_OK || scratch_count(dir) == 0);
        run_writer_free(w);
        scratch_remove(dir);
    }
    CU_ASSERT(rc == ERR_OK && n > 10);
}

/* One run from start to end; the first error ends it. */
static enum err_code
write_a_run(const char *path)
{
    struct run_writer *w = NULL;
    struct run_info end = small_run_info;
    enum err_code rc = run_writer_new(&w, path, &small_run_info, NULL);

    end.state = RUN_DONE;
    end.ended = small_run_info.started + 1;
    if (rc == ERR_OK)
        rc = run_writer_steps(w, small_run_steps, 2, NULL);
    if (rc == ERR_OK)
        rc = run_writer_epoch(w, &small_run_epochs[0], NULL);
    if (rc == ERR_OK)
        rc = run_writer_info(w, &end, NULL);
    run_writer_free(w);
    return rc;
}

/* What a failed or killed writer may leave: nothing, or a run that can be read. */
static bool
is_fit_to_read(const char *path, enum err_code rc)
{
    struct run *r = NULL;
    enum err_code opened = run_open(&r, path, RUN_METRICS, NULL);
    bool good = opened == ERR_NOTFOUND
                    ? rc != ERR_OK
                    : opened == ERR_OK && (r->n_steps == 0 || r->n_steps == 2) &&
                          r->n_epochs <= 1 &&
                          r->info.state == (rc == ERR_OK ? RUN_DONE : RUN_CRASHED);

    if (rc != ERR_OK && opened == ERR_OK && r->info.state == RUN_DONE)
        good = true; /* only the last fsync failed */
    run_free(r);
    return good;
}

static void
every_failing_call_of_a_writer_leaves_a_run_that_reads(void)
{
    for (int persistent = 0; persistent < 2; persistent++) {
        enum err_code rc = ERR_IO;
        unsigned long n;

        for (n = 1; n == 1 || n <= faults_count() + 1; n++) {
            const char *path;

            scratch_make(dir);
            path = scratch_path(dir, "run");
            faults_fail_at(n, persistent, EIO);
            rc = write_a_run(path);
            faults_off();
            CU_ASSERT(is_fit_to_read(path, rc));
            scratch_remove(dir);
        }
        CU_ASSERT_EQUAL(rc, ERR_OK);
        CU_ASSERT(n > 20);
    }
}

static void
a_disk_that_fills_up_leaves_whole_lines(void)
{
    struct run_writer *w = small_run_begin(dir);
    struct run *r;

    CU_ASSERT_EQUAL(run_writer_steps(w, small_run_steps, 1, NULL), ERR_OK);
    faults_dribble(50);
    CU_ASSERT_EQUAL(run_writer_steps(w, small_run_steps + 1, 1, NULL), ERR_IO);
    faults_off();
    CU_ASSERT_EQUAL(run_writer_epoch(w, &small_run_epochs[0], NULL), ERR_OK);
    r = small_run_open(dir, RUN_METRICS);
    CU_ASSERT(r->n_steps == 1 && r->n_epochs == 1);
    run_free(r);
    run_writer_free(w);
    scratch_remove(dir);
}

static int
short_write_then_no_truncate(void *arg, enum sysio_call call, size_t *bytes)
{
    (void)arg;
    if (call == SYSIO_WRITE)
        *bytes = 30;
    return call == SYSIO_TRUNCATE ? EIO : 0;
}

static void
nothing_is_written_after_a_torn_line(void)
{
    struct run_writer *w = small_run_begin(dir);
    struct run *r;

    CU_ASSERT_EQUAL(run_writer_steps(w, small_run_steps, 1, NULL), ERR_OK);
    sysio_set_hook(short_write_then_no_truncate, NULL);
    CU_ASSERT_EQUAL(run_writer_steps(w, small_run_steps + 1, 1, NULL), ERR_IO);
    r = small_run_open(dir, RUN_METRICS);
    CU_ASSERT_EQUAL(r->n_steps, 1);
    run_free(r);
    CU_ASSERT_EQUAL(run_writer_epoch(w, &small_run_epochs[0], NULL), ERR_IO);
    sysio_set_hook(NULL, NULL);
    r = small_run_open(dir, RUN_METRICS);
    CU_ASSERT(r->n_steps == 1 && r->n_epochs == 0);
    run_free(r);
    CU_ASSERT_EQUAL(run_writer_epoch(w, &small_run_epochs[0], NULL), ERR_OK);
    r = small_run_open(dir, RUN_METRICS);
    CU_ASSERT(r->n_steps == 1 && r->n_epochs == 1);
    run_free(r);
    run_writer_free(w);
    scratch_remove(dir);
}

static void
a_writer_that_is_killed_leaves_a_run_that_reads(void)
{
    int status = 1;

    for (unsigned long n = 1; status != 0 && n < 100; n++) {
        const char *path;
        pid_t child;

        scratch_make(dir);
        path = scratch_path(dir, "run");
        child = fork();
        if (child == 0) {
            faults_die_at(n);
            _exit(write_a_run(path) != ERR_OK);
        }
        CU_ASSERT_EQUAL_FATAL(waitpid(child, &status, 0), child);
        CU_ASSERT(is_fit_to_read(path, status == 0 ? ERR_OK : ERR_IO));
        scratch_remove(dir);
    }
    CU_ASSERT_EQUAL(status, 0);
}

static void
every_failing_allocation_is_reported(void)
{
    enum err_code rc = ERR_NOMEM;

    for (unsigned long n = 1; rc != ERR_OK && n < 1000; n++) {
        scratch_make(dir);
        mem_fail_at(n, 0);
        rc = write_a_run(scratch_path(dir, "run"));
        mem_fail_at(0, 0);
        CU_ASSERT(rc == ERR_OK || rc == ERR_NOMEM || rc == ERR_IO);
        scratch_remove(dir);
    }
    CU_ASSERT_EQUAL(rc, ERR_OK);
    scratch_make(dir);
    CU_ASSERT_EQUAL(write_a_run(scratch_path(dir, "run")), ERR_OK);
    rc = ERR_NOMEM;
    for (unsigned long n = 1; rc != ERR_OK && n < 1000; n++) {
        struct run *r = NULL;

        mem_fail_at(n, 0);
        rc = run_open(&r, scratch_path(dir, "run"), RUN_METRICS, NULL);
        /* Only the size of the run goes unmeasured where a path has no memory. */
        CU_ASSERT(rc == ERR_NOMEM || (rc == ERR_OK && r->n_steps == 2));
        run_free(r);
    }
    mem_fail_at(0, 0);
    CU_ASSERT_EQUAL(rc, ERR_OK);
    scratch_remove(dir);
}

CU_TestInfo tests_runfolder_faults[] = {
    { "a writer that cannot begin leaves nothing",
      a_writer_that_cannot_begin_leaves_nothing },
    { "every failing call of a writer leaves a run that reads",
      every_failing_call_of_a_writer_leaves_a_run_that_reads },
    { "a disk that fills up leaves whole lines",
      a_disk_that_fills_up_leaves_whole_lines },
    { "nothing is written after a torn line", nothing_is_written_after_a_torn_line },
    { "a writer that is killed leaves a run that reads",
      a_writer_that_is_killed_leaves_a_run_that_reads },
    { "every failing allocation is reported", every_failing_allocation_is_reported },
    CU_TEST_INFO_NULL,
};
