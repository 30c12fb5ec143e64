/*
 * test_runfolder_damaged.c - a run whose files somebody else wrote, or tore: what is
 * wrong is named by file, line and key.
 */
#include "config.h"

#include "src/train/runfolder.h"

#include "tests/scratch.h"
#include "tests/train/small_run.h"
#include "tests/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char dir[256];

static void
append_raw(const char *text)
{
    FILE *f = fopen(scratch_path(dir, "a/b/run/metrics.jsonl"), "a");

    CU_ASSERT_PTR_NOT_NULL_FATAL(f);
    fputs(text, f);
    fclose(f);
}

static void
a_torn_last_line_is_ignored(void)
{
    static const char line[] =
        "{\"step\":192,\"min\":1,\"max\":1,\"mean\":1,\"last\":1,"
        "\"smooth\":1,\"lr\":1,\"mom\":1}";
    struct run_writer *w = small_run_begin(dir);

    small_run_write_metrics(w);
    for (size_t n = 0; n < sizeof(line); n++) {
        char part[sizeof(line)];
        struct run *r;

        CU_ASSERT_EQUAL(truncate(scratch_path(dir, "a/b/run/metrics.jsonl"), 0), 0);
        small_run_write_metrics(w);
        memcpy(part, line, n);
        part[n] = '\0';
        append_raw(part);
        r = small_run_open(dir, RUN_METRICS);
        CU_ASSERT(r->n_steps == 2 && r->n_epochs == 2);
        run_free(r);
    }
    append_raw("\n");
    {
        struct run *r = small_run_open(dir, RUN_METRICS);

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
        struct run_writer *w = small_run_begin(dir);
        struct err err = { 0 };
        struct run *r = NULL;

        small_run_write_metrics(w);
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
        struct run_writer *w = small_run_begin(dir);
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
    struct run_writer *w = small_run_begin(dir);
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

CU_TestInfo tests_runfolder_damaged[] = {
    { "a torn last line is ignored", a_torn_last_line_is_ignored },
    { "a bad line is an error with its number",
      a_bad_line_is_an_error_with_its_number },
    { "a file of anything takes no memory", a_file_of_anything_takes_no_memory },
    { "a wrong value in run.json is named", a_wrong_value_in_run_json_is_named },
    CU_TEST_INFO_NULL,
};
