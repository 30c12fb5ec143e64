/* test_runfolder.c - a run goes to disk and comes back. */
#include "config.h"

#include "src/train/runfolder.h"

#include "tests/model/small.h"
#include "tests/scratch.h"
#include "tests/train/small_run.h"
#include "tests/unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static char dir[256];

static void
settings_come_back(void)
{
    struct run_writer *w = small_run_begin(dir);
    struct run *r = small_run_open(dir, 0);

    CU_ASSERT_STRING_EQUAL(r->info.data, "dir/caf\xc3\xa9 \"x\"");
    CU_ASSERT_STRING_EQUAL(r->info.fingerprint, "00ff");
    CU_ASSERT_STRING_EQUAL(r->info.device, "cpu-portable");
    CU_ASSERT_PTR_NULL(r->info.split_file);
    CU_ASSERT_PTR_NULL(r->info.message);
    CU_ASSERT(r->info.seed == small_run_info.seed && r->info.lr == small_run_info.lr);
    CU_ASSERT(r->info.threads == 2 && r->info.factors == 5 && r->info.batch == 64);
    CU_ASSERT(r->info.n_users == SMALL_USERS && r->info.n_steps == 200);
    CU_ASSERT(r->info.started == small_run_info.started && r->info.ended == 0);
    CU_ASSERT(r->info.y_hi == 5.5 && r->info.valid_part == 0.1);
    CU_ASSERT_EQUAL(r->info.state, RUN_TRAINING);
    run_free(r);
    run_writer_free(w);
    scratch_remove(dir);
}

static void
metrics_come_back(void)
{
    struct run_writer *w = small_run_begin(dir);
    struct run *r;

    small_run_write_metrics(w);
    r = small_run_open(dir, RUN_METRICS);
    CU_ASSERT_EQUAL_FATAL(r->n_steps, 2);
    CU_ASSERT_EQUAL(
        memcmp(&r->steps[0], &small_run_steps[0], sizeof(small_run_steps[0])), 0);
    CU_ASSERT(r->steps[1].step == 128 && isnan(r->steps[1].max));
    CU_ASSERT_EQUAL(r->steps[1].lr, 3e-3);
    CU_ASSERT_EQUAL_FATAL(r->n_epochs, 2);
    CU_ASSERT(r->epochs[0].best && !r->epochs[1].best);
    CU_ASSERT_EQUAL(r->epochs[0].rmse, small_run_epochs[0].rmse);
    CU_ASSERT(isnan(r->epochs[1].valid_loss));
    run_free(r);
    run_writer_free(w);
    scratch_remove(dir);
}

/* Their lines meet the ends of the blocks that are read at every place. */
static void
many_records_come_back(void)
{
    enum { MANY = 5000 };
    struct run_writer *w = small_run_begin(dir);
    struct run *r;
    bool same = true;

    for (size_t i = 1; i <= MANY; i++) {
        struct step_record s = small_run_steps[0];

        s.step = i * i;
        s.mean = 1.0 / (double)i;
        CU_ASSERT_EQUAL(run_writer_steps(w, &s, 1, NULL), ERR_OK);
    }
    r = small_run_open(dir, RUN_METRICS);
    CU_ASSERT_EQUAL_FATAL(r->n_steps, MANY);
    for (size_t i = 1; i <= MANY; i++)
        same &=
            r->steps[i - 1].step == i * i && r->steps[i - 1].mean == 1.0 / (double)i;
    CU_ASSERT(same);
    run_free(r);
    run_writer_free(w);
    scratch_remove(dir);
}

static void
model_and_ratings_come_back(void)
{
    struct run_writer *w = small_run_begin(dir);
    struct model *m = small_model();
    struct catalog *c = small_catalog(true);
    struct ratings *rated = small_ratings(true);
    struct run *r = small_run_open(dir, RUN_MODEL | RUN_RATINGS);

    CU_ASSERT(r->model == NULL && r->ratings == NULL);
    run_free(r);
    CU_ASSERT_EQUAL(run_writer_model(w, m, c, NULL), ERR_OK);
    CU_ASSERT_EQUAL(run_writer_ratings(w, rated, NULL), ERR_OK);
    r = small_run_open(dir, RUN_MODEL | RUN_RATINGS);
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
    struct run_writer *w = small_run_begin(dir);
    struct run *r;
    struct run_info now = small_run_info;

    run_writer_free(w);
    r = small_run_open(dir, 0);
    CU_ASSERT_EQUAL(r->info.state, RUN_CRASHED);
    run_free(r);
    scratch_remove(dir);

    w = small_run_begin(dir);
    now.state = RUN_DONE;
    now.ended = small_run_info.started + 7;
    now.best_epoch = 2;
    now.message = "as it should";
    CU_ASSERT_EQUAL(run_writer_info(w, &now, NULL), ERR_OK);
    run_writer_free(w);
    r = small_run_open(dir, 0);
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
    CU_ASSERT_EQUAL(run_writer_new(&w, dir, &small_run_info, &err), ERR_STATE);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "not empty"));
    CU_ASSERT_EQUAL(
        run_writer_new(&w, scratch_path(dir, "mine"), &small_run_info, &err), ERR_IO);
    CU_ASSERT_EQUAL(scratch_count(dir), 1);
    mkdir(scratch_path(dir, "empty"), 0777);
    CU_ASSERT_EQUAL(
        run_writer_new(&w, scratch_path(dir, "empty"), &small_run_info, &err), ERR_OK);
    run_writer_free(w);
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
    { "many records come back", many_records_come_back },
    { "model and ratings come back", model_and_ratings_come_back },
    { "a run whose writer is gone has crashed",
      a_run_whose_writer_is_gone_has_crashed },
    { "a folder that is not empty is refused", a_folder_that_is_not_empty_is_refused },
    { "a model file alone is a run", a_model_file_alone_is_a_run },
    CU_TEST_INFO_NULL,
};
