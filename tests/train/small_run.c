/* small_run.c - a run to test with; see small_run.h. */
#include "config.h"

#include "tests/train/small_run.h"

#include "tests/made_run.h"
#include "tests/model/small.h"
#include "tests/scratch.h"
#include "tests/unit.h"

#include <math.h>
#include <stdio.h>

const struct run_info small_run_info = {
    MADE_RUN,
    .data = "dir/caf\xe9 \"x\"",
    .fingerprint = "00ff",
    .device = "cpu-portable",
    .threads = 2,
    .factors = SMALL_FACTORS,
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

const struct step_record small_run_steps[2] = {
    { 64, 0.5, 2.5, 1.25, 1.1, 1.2, 1.2e-4, 0.95 },
    { 128, 0.4, NAN, 1, 0.9, 0.95, 3e-3, 0.85 },
};

const struct epoch_record small_run_epochs[2] = {
    { 1, 0.95, 0.9, 0.9486832980505138, 0.7, 1.5, true },
    { 2, 0.9, NAN, NAN, NAN, 1.25, false },
};

struct run_writer *
small_run_begin(char dir[256])
{
    struct run_writer *w = NULL;

    scratch_make(dir);
    CU_ASSERT_EQUAL_FATAL(
        run_writer_new(&w, scratch_path(dir, "a/b/run"), &small_run_info, NULL),
        ERR_OK);
    return w;
}

void
small_run_write_metrics(struct run_writer *w)
{
    CU_ASSERT_EQUAL(run_writer_steps(w, small_run_steps, 2, NULL), ERR_OK);
    CU_ASSERT_EQUAL(run_writer_epoch(w, &small_run_epochs[0], NULL), ERR_OK);
    CU_ASSERT_EQUAL(run_writer_epoch(w, &small_run_epochs[1], NULL), ERR_OK);
}

struct run *
small_run_open(const char *dir, unsigned parts)
{
    struct run *r = NULL;
    struct err err = { 0 };

    if (run_open(&r, scratch_path(dir, "a/b/run"), parts, &err) != ERR_OK)
        fprintf(stderr, "%s\n", err.msg);
    CU_ASSERT_PTR_NOT_NULL_FATAL(r);
    return r;
}
