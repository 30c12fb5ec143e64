/* test_runfolder.c - a run goes to disk and comes back, whatever fails. */
#include "config.h"

#include "src/train/runfolder.h"

#include "src/base/mem.h"
#include "src/base/sysio.h"
#include "tests/faults.h"
#include "tests/made_run.h"
#include "tests/model/small.h"
#include "tests/scratch.h"
#include "tests/unit.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct run_info info = {
    MADE_RUN,
    .data = "dir/caf\xe9 \"x\"", /* not UTF-8: a path may be anything */
    .fingerprint = "00ff",
    .device = "cpu-portable",
    .threads = 2,
    .factors = 5,
    .epochs = 3,
    .patience = 2,
    .wd = 1e-3,
    .valid_part = 0.1,
    .seed = UINT64_MAX - 1,
    .n_ratings = 6,
    .n_held_out = 2,
    .n_users = SMALL_USERS,
    .n_items = SMALL_ITEMS,
    .n_steps = 200,
    .state = RUN_TRAINING,
};

static const struct step_record steps[] = {
    { 64, 0.5, 2.5, 1.25, 1.1, 1.2, 1.2e-4, 0.95 },
    { 128, 0.4, NAN, 1, 0.9, 0.95, 3e-3, 0.85 },
};

static const struct epoch_record epoch_1 = { 1,   0.95, 0.9, 0.9486832980505138,
                                             0.7, 1.5,  true };
static const struct epoch_record epoch_2 = { 2, 0.9, NAN, NAN, NAN, 1.25, false };

static char dir[256];

static struct run_writer *
begin(void)
{
    struct run_writer *w = NULL;

    scratch_make(dir);
    CU_ASSERT_EQUAL_FATAL(run_writer_new(&w, scratch_path(dir, "a/b/run"), &info, NULL),
                          ERR_OK);
    return w;
}

static struct run *
reopen(unsigned parts)
{
    struct run *r = NULL;
    struct err err = { 0 };

    if (run_open(&r, scratch_path(dir, "a/b/run"), parts, &err) != ERR_OK)
        fprintf(stderr, "%s\n", err.msg);
    CU_ASSERT_PTR_NOT_NULL_FATAL(r);
    return r;
}

static void
write_metrics(struct run_writer *w)
{
    CU_ASSERT_EQUAL(run_writer_steps(w, steps, 2, NULL), ERR_OK);
    CU_ASSERT_EQUAL(run_writer_epoch(w, &epoch_1, NULL), ERR_OK);
    CU_ASSERT_EQUAL(run_writer_epoch(w, &epoch_2, NULL), ERR_OK);
}

static void
settings_come_back(void)
{
    struct run_writer *w = begin();
    struct run *r = reopen(0);

    CU_ASSERT_STRING_EQUAL(r->info.data, "dir/caf\xc3\xa9 \"x\"");
    CU_ASSERT_STRING_EQUAL(r->info.fingerprint, "00ff");
    CU_ASSERT_STRING_EQUAL(r->info.device, "cpu-portable");
    CU_ASSERT_PTR_NULL(r->info.split_file);
    CU_ASSERT_PTR_NULL(r->info.message);
    CU_ASSERT(r->info.seed == info.seed && r->info.lr == info.lr);
    CU_ASSERT(r->info.threads == 2 && r->info.factors == 5 && r->info.batch == 64);
    CU_ASSERT(r->info.n_users == SMALL_USERS && r->info.n_steps == 200);
    CU_ASSERT(r->info.started == info.started && r->info.ended == 0);
    CU_ASSERT(r->info.y_hi == 5.5 && r->info.valid_part == 0.1);
    CU_ASSERT_EQUAL(r->info.state, RUN_TRAINING);
    run_free(r);
    run_writer_free(w);
    scratch_remove(dir);
}

static void
metrics_come_back(void)
{
    struct run_writer *w = begin();
    struct run *r;

    write_metrics(w);
    r = reopen(RUN_METRICS);
    CU_ASSERT_EQUAL_FATAL(r->n_steps, 2);
    CU_ASSERT_EQUAL(memcmp(&r->steps[0], &steps[0], sizeof(steps[0])), 0);
    CU_ASSERT(r->steps[1].step == 128 && isnan(r->steps[1].max));
    CU_ASSERT_EQUAL(r->steps[1].lr, 3e-3);
    CU_ASSERT_EQUAL_FATAL(r->n_epochs, 2);
    CU_ASSERT(r->epochs[0].best && !r->epochs[1].best);
    CU_ASSERT_EQUAL(r->epochs[0].rmse, epoch_1.rmse);
    CU_ASSERT(isnan(r->epochs[1].valid_loss));
    run_free(r);
    run_writer_free(w);
    scratch_remove(dir);
}

static void
model_and_ratings_come_back(void)
{
    struct run_writer *w = begin();
    struct model *m = small_model();
    struct catalog *c = small_catalog(true);
    struct ratings *rated = small_ratings(true);
    struct run *r = reopen(RUN_MODEL | RUN_RATINGS);

    CU_ASSERT(r->model == NULL && r->ratings == NULL);
    run_free(r);
    CU_ASSERT_EQUAL(run_writer_model(w, m, c, NULL), ERR_OK);
    CU_ASSERT_EQUAL(run_writer_ratings(w, rated, NULL), ERR_OK);
    r = reopen(RUN_MODEL | RUN_RATINGS);
    CU_ASSERT_FATAL(r->model != NULL && r->catalog != NULL && r->ratings != NULL);
    CU_ASSERT_EQUAL(memcmp(r->model->arena, m->arena, m->len * sizeof(float)), 0);
    CU_ASSERT(small_same_catalog(r->catalog, c) &&
              small_same_ratings(r->ratings, rated));
    CU_ASSERT(r->bytes > 1000);
    run_free(r);
    run_writer_free(w);
    model_free(m);
    catalog_free(c);
    ratings_free(rated);
    scratch_remove(dir);
}

static void
a_run_whose_writer_is_gone_has_crashed(void)
{
    struct run_writer *w = begin();
    struct run *r;
    struct run_info now = info;

    run_writer_free(w);
    r = reopen(0);
    CU_ASSERT_EQUAL(r->info.state, RUN_CRASHED);
    run_free(r);
    scratch_remove(dir);

    w = begin();
    now.state = RUN_DONE;
    now.ended = info.started + 7;
    now.best_epoch = 2;
    now.message = "as it should";
    CU_ASSERT_EQUAL(run_writer_info(w, &now, NULL), ERR_OK);
    run_writer_free(w);
    r = reopen(0);
    CU_ASSERT_EQUAL(r->info.state, RUN_DONE);
    CU_ASSERT(r->info.best_epoch == 2 && r->info.ended == now.ended);
    CU_ASSERT_STRING_EQUAL(r->info.message, "as it should");
    run_free(r);
    scratch_remove(dir);
}

static void
a_folder_that_is_not_empty_is_refused(void)
{
    struct run_writer *w = NULL;
    struct err err = { 0 };

    scratch_make(dir);
    scratch_write(scratch_path(dir, "mine"), "x", 1);
    CU_ASSERT_EQUAL(run_writer_new(&w, dir, &info, &err), ERR_STATE);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "not empty"));
    CU_ASSERT_EQUAL(run_writer_new(&w, scratch_path(dir, "mine"), &info, &err), ERR_IO);
    CU_ASSERT_EQUAL(scratch_count(dir), 1);
    mkdir(scratch_path(dir, "empty"), 0777);
    CU_ASSERT_EQUAL(run_writer_new(&w, scratch_path(dir, "empty"), &info, &err),
                    ERR_OK);
    run_writer_free(w);
    scratch_remove(dir);
}

static void
append_raw(const char *text)
{
    FILE *f = fopen(scratch_path(dir, "a/b/run/metrics.jsonl"), "a");

    CU_ASSERT_PTR_NOT_NULL_FATAL(f);
    fputs(text, f);
    fclose(f);
}

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
        rc = run_writer_new(&w, scratch_path(dir, "run"), &info, NULL);
        reached = faults_count() >= n;
        faults_off();
        CU_ASSERT(rc == ERR_OK || scratch_count(dir) == 0);
        run_writer_free(w);
        scratch_remove(dir);
    }
    CU_ASSERT(rc == ERR_OK && n > 10);
}

static void
a_torn_last_line_is_ignored(void)
{
    static const char line[] =
        "{\"step\":192,\"min\":1,\"max\":1,\"mean\":1,\"last\":1,"
        "\"smooth\":1,\"lr\":1,\"mom\":1}";
    struct run_writer *w = begin();

    write_metrics(w);
    for (size_t n = 0; n < sizeof(line); n++) {
        char part[sizeof(line)];
        struct run *r;

        CU_ASSERT_EQUAL(truncate(scratch_path(dir, "a/b/run/metrics.jsonl"), 0), 0);
        write_metrics(w);
        memcpy(part, line, n);
        part[n] = '\0';
        append_raw(part);
        r = reopen(RUN_METRICS);
        CU_ASSERT(r->n_steps == 2 && r->n_epochs == 2);
        run_free(r);
    }
    append_raw("\n");
    {
        struct run *r = reopen(RUN_METRICS);

        CU_ASSERT_EQUAL(r->n_steps, 3);
        run_free(r);
    }
    run_writer_free(w);
    scratch_remove(dir);
}

static void
a_bad_line_is_an_error_with_its_number(void)
{
    static const struct {
        const char *line, *message;
    } bad[] = {
        { "{\"step\":192\n", "metrics.jsonl:5: not valid JSON" },
        { "\n", "metrics.jsonl:5: not valid JSON" },
        { "[]\n", "metrics.jsonl:5: not a JSON object" },
        { "{\"step\":192}\n", "metrics.jsonl:5: key \"min\" is missing" },
        { "{\"step\":-1}\n", "metrics.jsonl:5: key \"step\" is not a whole number" },
        { "{\"step\":1,\"step\":2}\n", "metrics.jsonl:5: not valid JSON" },
        { "{\"step\":128,\"min\":1,\"max\":1,\"mean\":1,\"last\":1,\"smooth\":1,\"lr\":"
          "1,"
          "\"mom\":1}\n",
          "metrics.jsonl:5: key \"step\" does not rise" },
        { "{\"epoch\":2,\"train_loss\":1,\"valid_loss\":1,\"rmse\":1,\"mae\":1,"
          "\"seconds\":1,\"best\":false}\n",
          "metrics.jsonl:5: key \"epoch\" is 2, expected 3" },
        { "{\"epoch\":3,\"train_loss\":1,\"valid_loss\":1,\"rmse\":1,\"mae\":1,"
          "\"seconds\":1,\"best\":0}\n",
          "metrics.jsonl:5: key \"best\" is not true or false" },
    };

    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
        struct run_writer *w = begin();
        struct err err = { 0 };
        struct run *r = NULL;

        write_metrics(w);
        append_raw(bad[i].line);
        CU_ASSERT_EQUAL(run_open(&r, scratch_path(dir, "a/b/run"), RUN_METRICS, &err),
                        ERR_FORMAT);
        CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, bad[i].message));
        run_writer_free(w);
        scratch_remove(dir);
    }
}

static void
a_file_of_anything_takes_no_memory(void)
{
    const off_t sizes[] = { 65535, 65536, 1 << 20, (off_t)1 << 40 };

    for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
        struct run_writer *w = begin();
        const char *path = scratch_path(dir, "a/b/run/metrics.jsonl");
        struct err err = { 0 };
        struct run *r = NULL;
        enum err_code rc;

        CU_ASSERT_EQUAL(truncate(path, sizes[i]), 0);
        rc = run_open(&r, scratch_path(dir, "a/b/run"), RUN_METRICS, &err);
        CU_ASSERT_EQUAL(rc, i == 0 ? ERR_OK : ERR_FORMAT); /* a torn last line */
        if (i > 0)
            CU_ASSERT_PTR_NOT_NULL(
                strstr(err.msg, "metrics.jsonl:1: a line of more than 65536 bytes"));
        run_free(r);
        run_writer_free(w);
        scratch_remove(dir);
    }
}

/* Their lines meet the ends of the blocks that are read at every place. */
static void
many_records_come_back(void)
{
    enum { MANY = 5000 };
    struct run_writer *w = begin();
    struct run *r;
    bool same = true;

    for (size_t i = 1; i <= MANY; i++) {
        struct step_record s = steps[0];

        s.step = i * i;
        s.mean = 1.0 / (double)i;
        CU_ASSERT_EQUAL(run_writer_steps(w, &s, 1, NULL), ERR_OK);
    }
    r = reopen(RUN_METRICS);
    CU_ASSERT_EQUAL_FATAL(r->n_steps, MANY);
    for (size_t i = 1; i <= MANY; i++)
        same &=
            r->steps[i - 1].step == i * i && r->steps[i - 1].mean == 1.0 / (double)i;
    CU_ASSERT(same);
    run_free(r);
    run_writer_free(w);
    scratch_remove(dir);
}

/* Replace `from` by `to` in run.json and open the run. */
static enum err_code
open_edited(const char *from, const char *to, struct err *err)
{
    const char *path = scratch_path(dir, "a/b/run/run.json");
    char *text = scratch_read(path, NULL);
    char edited[4096];
    char *at = strstr(text, from);
    struct run *r = NULL;
    enum err_code rc;
    int n;

    CU_ASSERT_PTR_NOT_NULL_FATAL(at);
    n = snprintf(edited, sizeof(edited), "%.*s%s%s", (int)(at - text), text, to,
                 at + strlen(from));
    scratch_write(path, edited, (size_t)n);
    rc = run_open(&r, scratch_path(dir, "a/b/run"), 0, err);
    run_free(r);
    scratch_write(path, text, strlen(text));
    free(text);
    return rc;
}

static void
a_wrong_value_in_run_json_is_named(void)
{
    struct run_writer *w = begin();
    struct err err = { 0 };

    CU_ASSERT_EQUAL(open_edited("\"seed\":", "\"new\":[{}],\"seed\":", &err), ERR_OK);
    CU_ASSERT_EQUAL(open_edited("\"batch\":64", "\"batch\":1.5", &err), ERR_FORMAT);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "run.json: key \"batch\" is not a whole"));
    CU_ASSERT_EQUAL(open_edited("\"threads\":2", "\"threads\":4294967296", &err),
                    ERR_FORMAT);
    CU_ASSERT_EQUAL(open_edited("\"training\"", "\"sleeping\"", &err), ERR_FORMAT);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "key \"state\" is not one of training, "
                                           "paused, done, stopped, crashed, failed"));
    CU_ASSERT_EQUAL(open_edited("\"lr\":0.003", "\"lr\":\"fast\"", &err), ERR_FORMAT);
    CU_ASSERT_EQUAL(open_edited("\"lr\":0.003,", "", &err), ERR_FORMAT);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "key \"lr\" is missing"));
    CU_ASSERT_EQUAL(open_edited("\"item\":\"title\"", "\"item\":7", &err), ERR_FORMAT);
    CU_ASSERT_EQUAL(open_edited("{", "", &err), ERR_FORMAT);
    run_writer_free(w);
    scratch_remove(dir);
}

/* One run from start to end; the first error ends it. */
static enum err_code
write_a_run(const char *path)
{
    struct run_writer *w = NULL;
    struct run_info end = info;
    enum err_code rc = run_writer_new(&w, path, &info, NULL);

    end.state = RUN_DONE;
    end.ended = info.started + 1;
    if (rc == ERR_OK)
        rc = run_writer_steps(w, steps, 2, NULL);
    if (rc == ERR_OK)
        rc = run_writer_epoch(w, &epoch_1, NULL);
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
    struct run_writer *w = begin();
    struct run *r;

    CU_ASSERT_EQUAL(run_writer_steps(w, steps, 1, NULL), ERR_OK);
    faults_dribble(50);
    CU_ASSERT_EQUAL(run_writer_steps(w, steps + 1, 1, NULL), ERR_IO);
    faults_off();
    CU_ASSERT_EQUAL(run_writer_epoch(w, &epoch_1, NULL), ERR_OK);
    r = reopen(RUN_METRICS);
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
    struct run_writer *w = begin();
    struct run *r;

    CU_ASSERT_EQUAL(run_writer_steps(w, steps, 1, NULL), ERR_OK);
    sysio_set_hook(short_write_then_no_truncate, NULL);
    CU_ASSERT_EQUAL(run_writer_steps(w, steps + 1, 1, NULL), ERR_IO);
    r = reopen(RUN_METRICS);
    CU_ASSERT_EQUAL(r->n_steps, 1);
    run_free(r);
    CU_ASSERT_EQUAL(run_writer_epoch(w, &epoch_1, NULL), ERR_IO);
    sysio_set_hook(NULL, NULL);
    r = reopen(RUN_METRICS);
    CU_ASSERT(r->n_steps == 1 && r->n_epochs == 0);
    run_free(r);
    CU_ASSERT_EQUAL(run_writer_epoch(w, &epoch_1, NULL), ERR_OK);
    r = reopen(RUN_METRICS);
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

static void
a_model_file_alone_is_a_run(void)
{
    char path[512];
    struct run *r = NULL;

    snprintf(path, sizeof(path), "%s/tests/golden/trace_a_final.safetensors",
             getenv("MLTUI_SRCDIR"));
    CU_ASSERT_EQUAL_FATAL(run_open(&r, path, RUN_METRICS | RUN_MODEL, NULL), ERR_OK);
    CU_ASSERT(r->info.n_users == 38 && r->info.factors == 8);
    CU_ASSERT(r->model != NULL && r->catalog == NULL && r->bytes == 2856);
    run_free(r);
}

CU_TestInfo tests_runfolder[] = {
    { "settings come back", settings_come_back },
    { "metrics come back", metrics_come_back },
    { "model and ratings come back", model_and_ratings_come_back },
    { "a run whose writer is gone has crashed",
      a_run_whose_writer_is_gone_has_crashed },
    { "a folder that is not empty is refused", a_folder_that_is_not_empty_is_refused },
    { "a writer that cannot begin leaves nothing",
      a_writer_that_cannot_begin_leaves_nothing },
    { "a torn last line is ignored", a_torn_last_line_is_ignored },
    { "a bad line is an error with its number",
      a_bad_line_is_an_error_with_its_number },
    { "a file of anything takes no memory", a_file_of_anything_takes_no_memory },
    { "many records come back", many_records_come_back },
    { "a wrong value in run.json is named", a_wrong_value_in_run_json_is_named },
    { "every failing call of a writer leaves a run that reads",
      every_failing_call_of_a_writer_leaves_a_run_that_reads },
    { "a disk that fills up leaves whole lines",
      a_disk_that_fills_up_leaves_whole_lines },
    { "nothing is written after a torn line", nothing_is_written_after_a_torn_line },
    { "a writer that is killed leaves a run that reads",
      a_writer_that_is_killed_leaves_a_run_that_reads },
    { "every failing allocation is reported", every_failing_allocation_is_reported },
    { "a model file alone is a run", a_model_file_alone_is_a_run },
    CU_TEST_INFO_NULL,
};
