/* test_rejects.c - every class of bad input: taken right, or rejected with a reason.
 *
 * The files are in tests/data/bad/, and expected.tsv beside them says what each gives.
 */
#include "config.h"

#include "src/data/dataset.h"

#include "tests/scratch.h"
#include "tests/unit.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sys/stat.h>
#include <unistd.h>

#define FIELDS 5 /* of a line: file, exit status, ratings, rejected, message */

/* The exit status that an error gives (the line face's rule). */
static int
status_of(enum err_code rc)
{
    return rc == ERR_OK ? 0 : rc == ERR_ARG ? 2 : rc == ERR_DATA ? 3 : 1;
}

/* Cut a line at its tabs. */
static bool
cut(char *line, char *field[FIELDS])
{
    char *save = NULL;

    for (int i = 0; i < FIELDS; i++)
        if ((field[i] = strtok_r(i == 0 ? line : NULL, "\t", &save)) == NULL)
            return false;
    return true;
}

static void
check_text(const char *file, const char *got, const char *want)
{
    if (strcmp(got, want) != 0) {
        CU_FAIL("a file of tests/data/bad says something else");
        printf("\n%s\n  says     %s\n  expected %s\n", file, got, want);
    }
}

/* What was loaded, as a line of expected.tsv has it after the file. */
static void
describe(const struct dataset *d, size_t n_dir, char *out, size_t cap)
{
    const struct reject *r = d->rejects;
    int n = snprintf(out, cap, "0 %zu %" PRIu64 " ", d->ratings->n, d->n_rejected);

    if (d->n_rejected == 0)
        snprintf(out + n, cap - (size_t)n, "-");
    else
        snprintf(out + n, cap - (size_t)n, "%s:%" PRIu64 ":%u: %s", r->file + n_dir,
                 r->line, r->column, r->reason);
}

static void
check_file(const char *dir, char *field[FIELDS])
{
    struct dataset_options opt = dataset_defaults();
    struct dataset *d = NULL;
    struct err err;
    char path[600], got[1024], want[1024];
    size_t n_dir = strlen(dir) + 1;
    enum err_code rc;

    snprintf(path, sizeof(path), "%s/%s", dir, field[0]);
    snprintf(want, sizeof(want), "%s %s %s %s", field[1], field[2], field[3], field[4]);
    rc = dataset_load(&d, path, &opt, NULL, &err);
    if (rc == ERR_OK)
        describe(d, n_dir, got, sizeof(got));
    else
        snprintf(got, sizeof(got), "%d - - %s", status_of(rc), err.msg + n_dir);
    check_text(field[0], got, want);
    dataset_free(d);
}

static void
every_bad_file_gives_what_the_table_says(void)
{
    char dir[512], path[600], *table, *save = NULL;
    size_t n, n_files = 0;

    snprintf(dir, sizeof(dir), "%s/tests/data/bad", getenv("MLTUI_SRCDIR"));
    snprintf(path, sizeof(path), "%s/expected.tsv", dir);
    table = scratch_read(path, &n);
    CU_ASSERT_PTR_NOT_NULL_FATAL(table);
    for (char *line = strtok_r(table, "\n", &save); line != NULL;
         line = strtok_r(NULL, "\n", &save)) {
        char *field[FIELDS];

        if (line[0] == '#')
            continue;
        CU_ASSERT_TRUE_FATAL(cut(line, field));
        check_file(dir, field);
        n_files++;
    }
    CU_ASSERT_EQUAL(n_files + 1, scratch_count(dir)); /* the table is the other one */
    free(table);
}

/* ---- the limit, and what is kept ---- */

/* n rows of which every `step`-th is bad, loaded. */
static enum err_code
load_with_bad(struct dataset **ret, size_t n, size_t step, long max_rejects,
              struct err *err)
{
    struct dataset_options opt = dataset_defaults();
    char *text = malloc(64 + n * 32);
    size_t len = (size_t)sprintf(text, "userId,movieId,rating\n");
    struct dataset_bytes b = { .name = "made", .ratings = text };
    enum err_code rc;

    for (size_t i = 1; i <= n; i++)
        len += (size_t)sprintf(text + len, "%zu,%zu,%s\n", i / 100, i % 50,
                               i % step == 0 ? "bad" : "4.5");
    b.ratings_len = len;
    opt.max_rejects = max_rejects;
    rc = dataset_load_bytes(ret, &b, &opt, NULL, err);
    free(text);
    return rc;
}

static void
one_row_in_a_hundred_may_be_bad(void)
{
    struct dataset *d = NULL;
    struct err err;

    CU_ASSERT_EQUAL(load_with_bad(&d, 5000, 100, -1, &err), ERR_OK);
    CU_ASSERT_EQUAL(d->n_rejected, 50);
    CU_ASSERT_EQUAL(d->ratings->n, 4950);
    CU_ASSERT_EQUAL(dataset_check_rejects(d, 49, &err), ERR_DATA);
    CU_ASSERT_STRING_EQUAL(
        err.msg, "ratings.csv:101:3: rating \"bad\", expected a finite number such as "
                 "3.5; 50 of 5000 rows rejected, at most 49 are allowed; mend the file "
                 "or raise --max-rejects");
    dataset_free(d);
    d = NULL;
    CU_ASSERT_EQUAL(load_with_bad(&d, 5000, 99, -1, &err), ERR_OK);
    dataset_free(d);
    d = NULL;
    CU_ASSERT_EQUAL(load_with_bad(&d, 5000, 98, -1, &err), ERR_DATA);
    CU_ASSERT_EQUAL(load_with_bad(&d, 5000, 100, 0, &err), ERR_DATA);
    CU_ASSERT_PTR_NULL(d);
}

static void
the_first_thousand_are_kept_in_the_order_of_the_file(void)
{
    struct dataset *d = NULL;
    struct err err;

    CU_ASSERT_EQUAL_FATAL(load_with_bad(&d, 90000, 2, 1000000, &err), ERR_OK);
    CU_ASSERT_EQUAL(d->n_rejected, 45000);
    CU_ASSERT_EQUAL_FATAL(d->n_rejects_kept, REJECTS_KEPT);
    for (size_t i = 0; i < d->n_rejects_kept; i++)
        CU_ASSERT_EQUAL(d->rejects[i].line, 2 * i + 3);
    dataset_free(d);
}

/* ---- what cannot be a file of the corpus ---- */

static void
an_unreadable_file_is_an_error(void)
{
    struct dataset_options opt = dataset_defaults();
    struct dataset *d = NULL;
    struct err err;
    char dir[256];

    if (geteuid() == 0) {
        printf("SKIP: root reads every file ");
        return;
    }
    scratch_make(dir);
    scratch_write(scratch_path(dir, "ratings.csv"), "x", 1);
    chmod(scratch_path(dir, "ratings.csv"), 0);
    CU_ASSERT_EQUAL(dataset_load(&d, dir, &opt, NULL, &err), ERR_IO);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "Permission denied"));
    scratch_remove(dir);
}

static void
cut_short(void *path, uint64_t done, uint64_t total)
{
    (void)done;
    (void)total;
    CU_ASSERT_EQUAL(truncate(path, 300000), 0);
}

static void
a_file_that_shrinks_while_it_is_loaded_is_an_error(void)
{
    struct dataset_options opt = dataset_defaults();
    struct dataset *d = NULL;
    struct err err;
    char dir[256], path[300], *text = malloc(900000);
    size_t len = (size_t)sprintf(text, "userId,movieId,rating\n");

    while (len < 880000)
        len += (size_t)sprintf(text + len, "1,2,3.5\n");
    scratch_make(dir);
    snprintf(path, sizeof(path), "%s/ratings.csv", dir);
    scratch_write(path, text, len);
    opt.progress = cut_short;
    opt.progress_arg = path;
    CU_ASSERT_EQUAL(dataset_load(&d, dir, &opt, NULL, &err), ERR_IO);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "it changed while it was read"));
    CU_ASSERT_PTR_NULL(d);
    scratch_remove(dir);
    free(text);
}

CU_TestInfo tests_rejects[] = {
    { "every bad file gives what the table says",
      every_bad_file_gives_what_the_table_says },
    { "one row in a hundred may be bad", one_row_in_a_hundred_may_be_bad },
    { "the first thousand are kept in the order of the file",
      the_first_thousand_are_kept_in_the_order_of_the_file },
    { "an unreadable file is an error", an_unreadable_file_is_an_error },
    { "a file that shrinks while it is loaded is an error",
      a_file_that_shrinks_while_it_is_loaded_is_an_error },
    CU_TEST_INFO_NULL,
};
