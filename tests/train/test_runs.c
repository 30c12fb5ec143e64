/* test_runs.c - the runs folder: names, links, the newest, removing. */
#include "config.h"

#include "src/train/runfolder.h"

#include "src/base/mem.h"
#include "src/base/path.h"
#include "src/base/sysio.h"
#include "tests/faults.h"
#include "tests/scratch.h"
#include "tests/unit.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char dir[256];
static char *state_before;

static void
begin(void)
{
    const char *state = getenv("XDG_STATE_HOME");

    state_before = state != NULL ? strdup(state) : NULL;
    scratch_make(dir);
    setenv("XDG_STATE_HOME", dir, 1);
}

static void
end(void)
{
    if (state_before != NULL)
        setenv("XDG_STATE_HOME", state_before, 1);
    else
        unsetenv("XDG_STATE_HOME");
    free(state_before);
    scratch_remove(dir);
}

static const char *
run_named(const char *name)
{
    char below[300];

    snprintf(below, sizeof(below), "mltui/runs/%s", name);
    return scratch_path(dir, below);
}

/* A run that began at `started`; it is training until the writer is freed. */
static struct run_writer *
make(const char *path, int64_t started)
{
    const struct run_info info = { .data = "d", .started = started };
    struct run_writer *w = NULL;

    CU_ASSERT_EQUAL_FATAL(run_writer_new(&w, path, &info, NULL), ERR_OK);
    return w;
}

static bool
resolves(const char *word, const char *expected)
{
    char *path = NULL;
    bool same =
        runs_resolve(&path, word, NULL) == ERR_OK && strcmp(path, expected) == 0;

    mem_free(path);
    return same;
}

static void
the_newest_start_is_first_then_the_last_name(void)
{
    static const char *const order[] = { "b", "x-10", "x-2", "c" };
    char **paths = NULL;
    size_t n = 0;

    begin();
    CU_ASSERT_EQUAL(runs_list(&paths, &n, NULL), ERR_OK);
    CU_ASSERT_EQUAL(n, 0);
    runs_list_free(paths);
    run_writer_free(make(run_named("x-2"), 20));
    run_writer_free(make(run_named("x-10"), 20));
    run_writer_free(make(run_named("c"), 10));
    run_writer_free(make(run_named("b"), 30));
    mkdir(run_named("not-a-run"), 0777);
    CU_ASSERT_EQUAL(runs_list(&paths, &n, NULL), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(n, 4);
    for (size_t i = 0; i < n; i++)
        CU_ASSERT_STRING_EQUAL(paths[i], run_named(order[i]));
    runs_list_free(paths);
    CU_ASSERT(resolves("latest", run_named("b")));
    end();
}

static void
a_word_is_a_path_or_a_name(void)
{
    struct err err = { 0 };
    char *path = NULL;
    const char *elsewhere;

    begin();
    CU_ASSERT_EQUAL(runs_resolve(&path, "latest", &err), ERR_NOTFOUND);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "mltui train"));
    elsewhere = scratch_path(dir, "elsewhere");
    run_writer_free(make(elsewhere, 1));
    run_writer_free(make(run_named("sample-run"), 1));
    CU_ASSERT(resolves(elsewhere, elsewhere));
    CU_ASSERT(resolves("sample-run", run_named("sample-run")));
    CU_ASSERT_EQUAL(runs_resolve(&path, "sample-rnu", &err), ERR_NOTFOUND);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "did you mean 'sample-run'"));
    CU_ASSERT_EQUAL(runs_resolve(&path, scratch_path(dir, "none"), &err), ERR_NOTFOUND);
    end();
}

static void
a_new_name_has_the_date_and_the_data_and_is_free(void)
{
    char *a = NULL, *b = NULL;

    begin();
    CU_ASSERT_EQUAL_FATAL(runs_new_path(&a, "/x/ml-25m/", NULL), ERR_OK);
    CU_ASSERT_PTR_NOT_NULL(strstr(a, "-ml-25m"));
    CU_ASSERT_EQUAL(strncmp(a, run_named("20"), strlen(run_named("20"))), 0);
    run_writer_free(make(a, 1));
    CU_ASSERT_EQUAL_FATAL(runs_new_path(&b, "/x/ml-25m", NULL), ERR_OK);
    CU_ASSERT_STRING_NOT_EQUAL(a, b);
    mem_free(a);
    mem_free(b);
    CU_ASSERT_EQUAL_FATAL(runs_new_path(&a, "my \xff/../.data;x.csv", NULL), ERR_OK);
    CU_ASSERT_PTR_NOT_NULL(strstr(a, "-data-x"));
    mem_free(a);
    end();
}

static void
a_link_is_made_once_and_removed_alone(void)
{
    const char *elsewhere;
    char **paths = NULL;
    size_t n = 0;

    begin();
    elsewhere = scratch_path(dir, "elsewhere");
    run_writer_free(make(elsewhere, 5));
    CU_ASSERT_EQUAL(runs_link(elsewhere, NULL), ERR_OK);
    CU_ASSERT_EQUAL(runs_link(elsewhere, NULL), ERR_OK);
    CU_ASSERT_EQUAL(scratch_count(run_named("")), 1);
    CU_ASSERT(resolves("latest", run_named("elsewhere")));
    CU_ASSERT_EQUAL(run_remove(run_named("elsewhere"), NULL), ERR_OK);
    CU_ASSERT_EQUAL(scratch_count(run_named("")), 0);
    CU_ASSERT_EQUAL(scratch_count(elsewhere), 2);
    CU_ASSERT_EQUAL(runs_link(elsewhere, NULL), ERR_OK);
    CU_ASSERT_EQUAL(run_remove(elsewhere, NULL), ERR_OK);
    CU_ASSERT_EQUAL(runs_list(&paths, &n, NULL), ERR_OK);
    CU_ASSERT_EQUAL(n, 0);
    runs_list_free(paths);
    CU_ASSERT_EQUAL(runs_list_remains(&paths, &n, NULL), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(n, 1);
    CU_ASSERT_STRING_EQUAL(paths[0], run_named("elsewhere"));
    runs_list_free(paths);
    end();
}

static void
every_failing_call_of_a_link_is_reported(void)
{
    enum err_code rc = ERR_IO;
    unsigned long n = 0;

    begin();
    run_writer_free(make(scratch_path(dir, "elsewhere"), 5));
    while (rc != ERR_OK && n < 100) {
        struct err err = { 0 };

        faults_fail_at(++n, true, ENOSPC);
        rc = runs_link(scratch_path(dir, "elsewhere"), &err);
        faults_off();
        CU_ASSERT(rc == ERR_OK || (rc == ERR_IO && err.msg[0] != '\0'));
        if (rc != ERR_OK)
            unlink(run_named("elsewhere")); /* a failing last fsync leaves it */
    }
    CU_ASSERT(rc == ERR_OK && n > 4);
    CU_ASSERT(resolves("latest", run_named("elsewhere")));
    end();
}

/* A sysio_hook: folders can be opened, not read. */
static int
fail_to_read_folders(void *arg, enum sysio_call call, size_t *bytes)
{
    (void)arg, (void)bytes;
    return call == SYSIO_READDIR ? EIO : 0;
}

static void
a_folder_that_cannot_be_read_is_not_taken_for_empty(void)
{
    const struct run_info info = { .data = "d", .started = 1 };
    struct run_writer *w = NULL;
    char **paths = NULL;
    struct err err = { 0 };
    size_t n = 0;

    begin();
    run_writer_free(make(run_named("a"), 1));
    CU_ASSERT_EQUAL(mkdir(run_named("b"), 0777), 0);
    sysio_set_hook(fail_to_read_folders, NULL);
    CU_ASSERT_EQUAL(runs_list(&paths, &n, &err), ERR_IO);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "mltui/runs: cannot read: "));
    CU_ASSERT_EQUAL(run_remove(run_named("a"), &err), ERR_IO);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "mltui/runs/a: cannot read: "));
    CU_ASSERT_EQUAL(run_writer_new(&w, run_named("b"), &info, &err), ERR_IO);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "mltui/runs/b: cannot read: "));
    sysio_set_hook(NULL, NULL);
    CU_ASSERT(path_exists(run_named("a/run.json")));
    CU_ASSERT(!path_exists(run_named("b")));
    end();
}

static void
only_the_files_of_a_run_are_removed(void)
{
    struct run_writer *w;
    struct err err = { 0 };
    char leftover[400];

    begin();
    w = make(run_named("a"), 1);
    CU_ASSERT_EQUAL(run_remove(run_named("a"), &err), ERR_STATE);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "training"));
    CU_ASSERT_EQUAL(scratch_count(run_named("a")), 2);
    run_writer_free(w);
    snprintf(leftover, sizeof(leftover), "%s/.run.json.77-0.tmp", run_named("a"));
    scratch_write(leftover, "", 0);
    CU_ASSERT_EQUAL(run_remove(run_named("a"), NULL), ERR_OK);
    CU_ASSERT_EQUAL(scratch_count(run_named("")), 0);

    run_writer_free(make(run_named("b"), 1));
    scratch_write(run_named("b/notes.txt"), "mine", 4);
    CU_ASSERT_EQUAL(run_remove(run_named("b"), NULL), ERR_OK);
    CU_ASSERT_EQUAL(scratch_count(run_named("b")), 1);
    CU_ASSERT_EQUAL(run_remove(run_named("b"), NULL), ERR_NOTFOUND);
    end();
}

static void
what_a_writer_killed_at_its_start_leaves_can_be_removed(void)
{
    char **paths = NULL;
    size_t n = 0;

    begin();
    run_writer_free(make(run_named("killed"), 1));
    unlink(run_named("killed/run.json"));
    scratch_write(run_named("killed/.run.json.123-0.tmp"), "{", 1);
    run_writer_free(make(run_named("strange"), 1));
    unlink(run_named("strange/run.json"));
    scratch_write(run_named("strange/notes"), "x", 1);
    CU_ASSERT_EQUAL(runs_list_remains(&paths, &n, NULL), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(n, 1);
    CU_ASSERT_STRING_EQUAL(paths[0], run_named("killed"));
    runs_list_free(paths);
    CU_ASSERT_EQUAL(run_remove(run_named("killed"), NULL), ERR_OK);
    CU_ASSERT_EQUAL(access(run_named("killed"), F_OK), -1);
    CU_ASSERT_EQUAL(run_remove(run_named("strange"), NULL), ERR_NOTFOUND);
    CU_ASSERT_EQUAL(scratch_count(run_named("strange")), 2);
    end();
}

CU_TestInfo tests_runs[] = {
    { "the newest start is first, then the last name",
      the_newest_start_is_first_then_the_last_name },
    { "a word is a path or a name", a_word_is_a_path_or_a_name },
    { "a new name has the date and the data and is free",
      a_new_name_has_the_date_and_the_data_and_is_free },
    { "a link is made once and removed alone", a_link_is_made_once_and_removed_alone },
    { "a folder that cannot be read is not taken for empty",
      a_folder_that_cannot_be_read_is_not_taken_for_empty },
    { "every failing call of a link is reported",
      every_failing_call_of_a_link_is_reported },
    { "only the files of a run are removed", only_the_files_of_a_run_are_removed },
    { "what a writer killed at its start leaves can be removed",
      what_a_writer_killed_at_its_start_leaves_can_be_removed },
    CU_TEST_INFO_NULL,
};
