/* test_synth_folder.c - a synthetic data set appears whole, or not at all, and loads.
 */
#include "config.h"

#include "src/data/synth.h"

#include "src/base/mem.h"
#include "src/base/sysio.h"
#include "tests/data/synth_read.h"
#include "tests/faults.h"
#include "tests/scratch.h"
#include "tests/unit.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const struct synth_options small = { 60, 80, 900, 7 };

/* One of the five files is what it would be in memory. */
static void
check_file(const char *dir, const struct synth_world *w, const struct synth_file *file)
{
    size_t n = 0, m = 0;
    char *disk = scratch_read(scratch_path(dir, file->name), &n);
    char *memory = synth_read_bytes(w, file, 1, &m);

    CU_ASSERT_PTR_NOT_NULL_FATAL(disk);
    CU_ASSERT(n == m && memcmp(disk, memory, n) == 0);
    free(disk);
    mem_free(memory);
}

static void
check_folder(const char *dir)
{
    struct synth_world *w =
        synth_read_world(small.n_users, small.n_items, small.n_ratings, small.seed);

    CU_ASSERT_EQUAL(scratch_count(dir), 5);
    check_file(dir, w, &synth_ratings_file);
    check_file(dir, w, &synth_movies_file);
    check_file(dir, w, &synth_links_file);
    check_file(dir, w, &synth_truth_films_file);
    check_file(dir, w, &synth_truth_users_file);
    synth_world_free(w);
}

static void
a_folder_holds_the_five_files(void)
{
    char dir[256];
    const char *made, *empty;

    scratch_make(dir);
    made = scratch_path(dir, "made/");
    CU_ASSERT_EQUAL(synth_write(made, &small, NULL, NULL, NULL), ERR_OK);
    check_folder(made);
    empty = scratch_path(dir, "empty");
    CU_ASSERT_EQUAL(mkdir(empty, 0777), 0);
    CU_ASSERT_EQUAL(synth_write(empty, &small, NULL, NULL, NULL), ERR_OK);
    check_folder(empty);
    CU_ASSERT_EQUAL(scratch_count(dir), 2);
    scratch_remove(dir);
}

static void
what_is_there_is_left_alone(void)
{
    char dir[256], *kept;
    struct err err;
    size_t n;

    scratch_make(dir);
    scratch_write(scratch_path(dir, "diary"), "x", 1);
    CU_ASSERT_EQUAL(synth_write(dir, &small, NULL, NULL, &err), ERR_STATE);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "not empty"));
    CU_ASSERT_EQUAL(synth_write(scratch_path(dir, "diary"), &small, NULL, NULL, &err),
                    ERR_STATE);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "no folder"));
    CU_ASSERT_EQUAL(
        synth_write(scratch_path(dir, "no/where"), &small, NULL, NULL, &err), ERR_IO);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "make it first"));
    CU_ASSERT_EQUAL(scratch_count(dir), 1);
    kept = scratch_read(scratch_path(dir, "diary"), &n);
    CU_ASSERT_STRING_EQUAL(kept, "x");
    free(kept);
    scratch_remove(dir);
}

struct heard {
    uint64_t last, n;
    atomic_bool cancel;
    uint64_t cancel_from;
};

static void
hear(void *arg, uint64_t done, uint64_t total)
{
    struct heard *h = arg;

    CU_ASSERT(done > h->last && done <= total);
    h->last = done;
    h->n++;
    atomic_store(&h->cancel, done >= h->cancel_from);
}

static void
a_cancelled_run_leaves_nothing(void)
{
    struct synth_options so = { 2000, 500, 100000, 7 };
    struct heard h = { .cancel_from = 30000 };
    struct synth_watch watch = { hear, &h, &h.cancel };
    struct err err;
    char dir[256];

    scratch_make(dir);
    CU_ASSERT_EQUAL(synth_write(scratch_path(dir, "x"), &so, NULL, &watch, &err),
                    ERR_STATE);
    CU_ASSERT(h.n > 1 && h.last < 100000);
    CU_ASSERT_EQUAL(scratch_count(dir), 0);
    h = (struct heard){ .cancel_from = UINT64_MAX };
    CU_ASSERT_EQUAL(synth_write(scratch_path(dir, "x"), &so, NULL, &watch, &err),
                    ERR_OK);
    CU_ASSERT_EQUAL(h.last, 100000);
    scratch_remove(dir);
}

static void
every_system_call_may_fail(void)
{
    struct err err;
    char dir[256];
    enum err_code rc = ERR_IO;
    unsigned long n;

    scratch_make(dir);
    for (n = 1; rc != ERR_OK && n < 200; n++) {
        const char *target = scratch_path(dir, "x");

        faults_fail_at(n, false, ENOSPC);
        rc = synth_write(target, &small, NULL, NULL, &err);
        faults_off();
        if (rc == ERR_OK)
            break;
        CU_ASSERT_EQUAL(rc, ERR_IO);
        CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "No space left on device"));
        if (scratch_count(dir) == 1) { /* only the fsync of its folder failed */
            check_folder(target);
            scratch_remove(target);
        }
        CU_ASSERT_EQUAL(scratch_count(dir), 0);
    }
    CU_ASSERT(n > 20);
    CU_ASSERT_EQUAL(rc, ERR_OK);
    scratch_remove(dir);
}

/* What a hook sees and does. */
struct hooked {
    unsigned n_fsync;
    const char *target; /* made, with a file in it, just before the rename */
};

static int
count_and_meddle(void *arg, enum sysio_call call, size_t *bytes)
{
    struct hooked *h = arg;

    (void)bytes;
    h->n_fsync += call == SYSIO_FSYNC;
    if (call == SYSIO_RENAME && h->target != NULL) {
        mkdir(h->target, 0777);
        scratch_write(scratch_path(h->target, "diary"), "x", 1);
    }
    return 0;
}

static void
every_file_and_both_folders_are_synced(void)
{
    struct hooked h = { 0 };
    char dir[256];

    scratch_make(dir);
    sysio_set_hook(count_and_meddle, &h);
    CU_ASSERT_EQUAL(synth_write(scratch_path(dir, "x"), &small, NULL, NULL, NULL),
                    ERR_OK);
    sysio_set_hook(NULL, NULL);
    CU_ASSERT_EQUAL(h.n_fsync, 5 + 2);
    scratch_remove(dir);
}

static void
what_somebody_else_made_meanwhile_stays(void)
{
    struct hooked h = { 0 };
    struct err err;
    char dir[256];

    scratch_make(dir);
    h.target = scratch_path(dir, "x");
    sysio_set_hook(count_and_meddle, &h);
    CU_ASSERT_EQUAL(synth_write(h.target, &small, NULL, NULL, &err), ERR_STATE);
    sysio_set_hook(NULL, NULL);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "somebody else made it meanwhile"));
    CU_ASSERT_EQUAL(scratch_count(dir), 1);
    CU_ASSERT_EQUAL(scratch_count(h.target), 1);
    scratch_remove(dir);
}

static void
what_killed_runs_left_is_in_nobodys_way(void)
{
    struct err err;
    char dir[256];

    scratch_make(dir);
    CU_ASSERT_EQUAL(mkdir(scratch_path(dir, "x.partial-0"), 0777), 0);
    CU_ASSERT_EQUAL(synth_write(scratch_path(dir, "x"), &small, NULL, NULL, NULL),
                    ERR_OK);
    check_folder(scratch_path(dir, "x"));
    CU_ASSERT_EQUAL(scratch_count(dir), 2);
    for (unsigned i = 0; i < 100; i++) {
        char name[32];

        snprintf(name, sizeof(name), "y.partial-%u", i);
        CU_ASSERT_EQUAL(mkdir(scratch_path(dir, name), 0777), 0);
    }
    CU_ASSERT_EQUAL(synth_write(scratch_path(dir, "y"), &small, NULL, NULL, &err),
                    ERR_IO);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "too many unfinished"));
    scratch_remove(dir);
}

static int
full_disk(void *arg, enum sysio_call call, size_t *bytes)
{
    (void)arg, (void)bytes;
    return call == SYSIO_WRITE ? ENOSPC : 0;
}

static void
a_full_disk_is_said_with_what_to_do(void)
{
    struct err err;
    char dir[256];

    scratch_make(dir);
    sysio_set_hook(full_disk, NULL);
    CU_ASSERT_EQUAL(synth_write(scratch_path(dir, "x"), &small, NULL, NULL, &err),
                    ERR_IO);
    sysio_set_hook(NULL, NULL);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "x/ratings.csv: No space left on device; "
                                           "make room, write elsewhere"));
    CU_ASSERT_EQUAL(scratch_count(dir), 0);
    scratch_remove(dir);
}

static void
short_writes_and_interrupts_do_no_harm(void)
{
    char dir[256];
    const char *target;

    scratch_make(dir);
    target = scratch_path(dir, "x");
    faults_dribble(97);
    CU_ASSERT_EQUAL(synth_write(target, &small, NULL, NULL, NULL), ERR_OK);
    faults_off();
    check_folder(target);
    scratch_remove(dir);
}

static void
every_allocation_of_a_write_may_fail(void)
{
    enum err_code rc = ERR_NOMEM;
    char dir[256];

    scratch_make(dir);
    for (unsigned long n = 1; rc != ERR_OK && n < 300; n++) {
        mem_fail_at(n, n % 2 != 0);
        rc = synth_write(scratch_path(dir, "x"), &small, NULL, NULL, NULL);
        mem_fail_at(0, 0);
        CU_ASSERT(rc == ERR_OK || rc == ERR_NOMEM);
        CU_ASSERT_EQUAL(scratch_count(dir), rc == ERR_OK);
    }
    CU_ASSERT_EQUAL(rc, ERR_OK);
    scratch_remove(dir);
}

/* Nothing is rejected, nothing repeated, nothing outside the scale. */
static void
the_loader_finds_nothing_wrong(void)
{
    struct synth_options so = { 3000, 2000, 150000, 42 };
    struct dataset_options opt = dataset_defaults();
    struct synth_world *w = synth_read_world(3000, 2000, 150000, 42);
    struct dataset *d = NULL;
    uint32_t n_twins = 0;

    CU_ASSERT_EQUAL_FATAL(synth_load(&d, &so, &opt, NULL, NULL), ERR_OK);
    for (uint32_t i = 0; i < so.n_items; i++)
        n_twins += w->film[i].twin != i;
    CU_ASSERT_EQUAL(d->n_rejected, 0);
    CU_ASSERT_EQUAL(d->n_outside, 0);
    CU_ASSERT_EQUAL(d->n_lines, 152000);
    CU_ASSERT_EQUAL(d->n_titles, 2000);
    CU_ASSERT_EQUAL(d->ratings->n, 150000);
    CU_ASSERT_EQUAL(d->catalog->n_users, 3000);
    CU_ASSERT(d->catalog->n_items <= 1900 && d->catalog->n_items >= 1900 - n_twins);
    CU_ASSERT_EQUAL(d->ratings->n_values, 10);
    CU_ASSERT_STRING_EQUAL(d->path, "sample");
    dataset_free(d);
    synth_world_free(w);
}

CU_TestInfo tests_synth_folder[] = {
    { "a folder holds the five files", a_folder_holds_the_five_files },
    { "what is there is left alone", what_is_there_is_left_alone },
    { "a cancelled run leaves nothing", a_cancelled_run_leaves_nothing },
    { "every system call may fail", every_system_call_may_fail },
    { "every file and both folders are synced",
      every_file_and_both_folders_are_synced },
    { "what somebody else made meanwhile stays",
      what_somebody_else_made_meanwhile_stays },
    { "what killed runs left is in nobody's way",
      what_killed_runs_left_is_in_nobodys_way },
    { "a full disk is said with what to do", a_full_disk_is_said_with_what_to_do },
    { "short writes and interrupts do no harm",
      short_writes_and_interrupts_do_no_harm },
    { "every allocation of a write may fail", every_allocation_of_a_write_may_fail },
    { "the loader finds nothing wrong", the_loader_finds_nothing_wrong },
    CU_TEST_INFO_NULL,
};
