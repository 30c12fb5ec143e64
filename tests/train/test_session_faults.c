/*
 * test_session_faults.c - a session whose run folder cannot be written, or that gets no
 * memory: it ends, in one line, with the weights it had, and what lies on the disk can
 * be read.
 */
#include "config.h"

#include "src/base/mem.h"
#include "src/base/sysio.h"
#include "src/data/synth.h"
#include "src/train/runfolder.h"
#include "src/train/session.h"
#include "tests/faults.h"
#include "tests/scratch.h"
#include "tests/train/fake_device.h"
#include "tests/unit.h"

#include <errno.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>

#define BATCH     16
#define EPOCHS    8
#define PATIENT_S 20.0 /* nobody waits this long unless there is a deadlock */

struct scene {
    struct dataset *data;
    struct train_config config;
    struct session *session;
    struct snapshot now; /* how the fit ended */
    struct err err;
    char dir[256];
    const char *run; /* in dir */
};

/* A planted data set with a catalog, and no session yet. */
static void
scene_open(struct scene *sc)
{
    const struct synth_options tiny = {
        .n_users = 24, .n_items = 16, .n_ratings = 192, .seed = 1
    };
    struct dataset_options opt = dataset_defaults();

    memset(sc, 0, sizeof(*sc));
    fake_reset();
    opt.valid_part = 0.25;
    CU_ASSERT_EQUAL_FATAL(synth_load(&sc->data, &tiny, &opt, NULL, NULL), ERR_OK);
    sc->config = train_config_defaults();
    sc->config.ops = &fake_device;
    sc->config.factors = 2;
    sc->config.batch = BATCH;
    sc->config.epochs = EPOCHS;
    sc->config.patience = 0;
    sc->config.threads = 1;
    scratch_make_in_memory(sc->dir);
    sc->run = scratch_path(sc->dir, "run");
}

static void
scene_close(struct scene *sc)
{
    session_free(sc->session);
    dataset_free(sc->data);
    scratch_remove(sc->dir);
    CU_ASSERT_EQUAL(atomic_load(&fake.n_open), 0);
}

/* Make the session, and train to the end, however it comes. */
static enum err_code
scene_train(struct scene *sc)
{
    enum err_code rc = ERR_OK;

    if (sc->session == NULL)
        rc = session_new(&sc->session, sc->data, &sc->config, &sc->err);
    if (rc == ERR_OK)
        rc = session_train(sc->session, sc->run, &sc->err);
    if (rc != ERR_OK)
        return rc;
    CU_ASSERT_TRUE_FATAL(session_wait(sc->session, PATIENT_S));
    session_snapshot(sc->session, &sc->now);
    sc->err = sc->now.error;
    CU_ASSERT(sc->now.state == SESSION_DONE || sc->now.state == SESSION_FAILED);
    return sc->now.state == SESSION_DONE ? ERR_OK : sc->now.error.code;
}

/* The step at which the weights were settled that the session would keep; 0 for the
 * initial ones, -1 for none. */
static float
kept_step(struct scene *sc)
{
    struct shared_model *m = session_model(sc->session);
    float w = m != NULL ? shared_model_get(m)->arena[0] : -1;

    shared_model_drop(m);
    return w >= 1 || w == -1 ? w : 0;
}

static bool
is_one_line(const char *msg)
{
    return msg[0] != '\0' && strchr(msg, '\n') == NULL;
}

/* Every validation of the fake is better than the one before: the weights in memory are
 * those of the last epoch that ended. */
static void
check_memory_has_the_best(struct scene *sc)
{
    const size_t per_epoch = session_plan(sc->session)->n_batches;
    const float kept = kept_step(sc);

    if (sc->now.n_epochs_done > 0)
        CU_ASSERT_EQUAL(kept, (float)(sc->now.n_epochs_done * per_epoch));
    if (sc->now.state == SESSION_DONE)
        CU_ASSERT_EQUAL(sc->now.n_epochs_done, EPOCHS);
}

/* What lies on the disk: a run that reads, with the kept model in it when it is done;
 * or, after a failure, none. */
static void
check_folder_reads(struct scene *sc)
{
    struct run *r = NULL;
    struct err err = { 0 };
    enum err_code rc =
        run_open(&r, sc->run, RUN_METRICS | RUN_MODEL | RUN_RATINGS, &err);

    CU_ASSERT(rc == ERR_OK || (rc == ERR_NOTFOUND && sc->now.state != SESSION_DONE));
    if (rc != ERR_OK)
        return;
    CU_ASSERT(r->n_epochs <= sc->now.n_epochs_done);
    if (sc->now.state == SESSION_DONE) {
        CU_ASSERT_EQUAL(r->info.state, RUN_DONE);
        CU_ASSERT_EQUAL(r->n_epochs, EPOCHS);
        CU_ASSERT_PTR_NOT_NULL(r->ratings);
        CU_ASSERT_PTR_NOT_NULL_FATAL(r->model);
        CU_ASSERT_EQUAL(r->model->arena[0], kept_step(sc));
    } else {
        /* Done only where the last fsync alone has failed. */
        CU_ASSERT(r->info.state == RUN_FAILED || r->info.state == RUN_CRASHED ||
                  (r->info.state == RUN_DONE && r->model != NULL));
    }
    run_free(r);
}

/* The session is as good as new. */
static void
check_trains_again(struct scene *sc)
{
    sc->run = scratch_path(sc->dir, "again");
    CU_ASSERT_EQUAL(scene_train(sc), ERR_OK);
    check_memory_has_the_best(sc);
    check_folder_reads(sc);
}

static void
every_failing_call_of_the_run_folder_ends_in_one_line(void)
{
    for (int persistent = 0; persistent < 2; persistent++) {
        unsigned long n, n_calls = 1;

        for (n = 1; n <= n_calls; n++) {
            struct scene sc;
            enum err_code rc;

            scene_open(&sc);
            faults_fail_at(n, persistent, n % 2 != 0 ? ENOSPC : EIO);
            rc = scene_train(&sc);
            n_calls = faults_count() + (rc != ERR_OK || faults_count() >= n);
            faults_off();
            CU_ASSERT(rc == ERR_OK || (rc == ERR_IO && is_one_line(sc.err.msg)));
            check_memory_has_the_best(&sc);
            check_folder_reads(&sc);
            if (rc != ERR_OK)
                check_trains_again(&sc);
            scene_close(&sc);
        }
        CU_ASSERT(n > 60);
    }
}

static void
every_failing_allocation_ends_in_one_line(void)
{
    for (int persistent = 0; persistent < 2; persistent++) {
        enum err_code rc = ERR_NOMEM;
        unsigned long n;

        for (n = 1; rc != ERR_OK && n < 1000; n++) {
            struct scene sc;
            bool reached;

            scene_open(&sc);
            mem_fail_at(n, persistent);
            rc = scene_train(&sc);
            reached = mem_count() >= n;
            mem_fail_at(0, 0);
            CU_ASSERT(rc == ERR_OK || (rc == ERR_NOMEM && is_one_line(sc.err.msg)));
            if (sc.session != NULL) {
                check_memory_has_the_best(&sc);
                check_folder_reads(&sc);
                if (rc != ERR_OK)
                    check_trains_again(&sc);
            }
            scene_close(&sc);
            if (rc == ERR_OK && reached)
                rc = ERR_NOMEM; /* one that it could do without: go on */
        }
        CU_ASSERT_EQUAL(rc, ERR_OK);
        CU_ASSERT(n > 40);
    }
}

/* A disk that is full for a model, and not for what is smaller. */
static int
no_room_for_much(void *arg, enum sysio_call call, size_t *bytes)
{
    (void)arg;
    return call == SYSIO_WRITE && *bytes > 1000 ? ENOSPC : 0;
}

/* So many bytes are free. */
static int
little_room(void *arg, enum sysio_call call, size_t *bytes)
{
    if (call == SYSIO_SPACE)
        *bytes = *(const size_t *)arg;
    return 0;
}

/* The disk has as many bytes as the files of the run, or one less. */
static void
a_disk_that_is_too_full_is_known_before_the_work(void)
{
    struct scene sc;
    struct stat model, ratings;
    size_t room = 100;

    scene_open(&sc);
    sysio_set_hook(little_room, &room);
    CU_ASSERT_EQUAL(scene_train(&sc), ERR_OK); /* nothing is full in truth */
    CU_ASSERT_EQUAL(sc.now.no_room.code, ERR_IO);
    CU_ASSERT_PTR_NOT_NULL(strstr(sc.now.no_room.msg, "only 0.0 MB are free: make"));
    CU_ASSERT_TRUE(is_one_line(sc.now.no_room.msg));
    CU_ASSERT_EQUAL(stat(scratch_path(sc.run, "model.safetensors"), &model), 0);
    CU_ASSERT_EQUAL(stat(scratch_path(sc.run, "ratings.safetensors"), &ratings), 0);
    room = (size_t)(model.st_size + ratings.st_size);
    CU_ASSERT_EQUAL(run_remove(sc.run, NULL), ERR_OK);
    CU_ASSERT_EQUAL(scene_train(&sc), ERR_OK);
    CU_ASSERT_EQUAL(sc.now.no_room.code, ERR_OK);
    room -= 5000; /* more than both headers */
    CU_ASSERT_EQUAL(run_remove(sc.run, NULL), ERR_OK);
    CU_ASSERT_EQUAL(scene_train(&sc), ERR_OK);
    CU_ASSERT_EQUAL(sc.now.no_room.code, ERR_IO);
    sysio_set_hook(NULL, NULL);
    scene_close(&sc);
}

static void
a_run_whose_model_has_no_room_says_why(void)
{
    struct scene sc;
    struct run *r = NULL;

    scene_open(&sc);
    sysio_set_hook(no_room_for_much, NULL);
    CU_ASSERT_EQUAL(scene_train(&sc), ERR_IO);
    sysio_set_hook(NULL, NULL);
    CU_ASSERT_PTR_NOT_NULL(
        strstr(sc.err.msg, "model.safetensors: cannot write: No space left on device"));
    check_memory_has_the_best(&sc);
    CU_ASSERT_EQUAL_FATAL(run_open(&r, sc.run, RUN_METRICS | RUN_MODEL, NULL), ERR_OK);
    CU_ASSERT_EQUAL(r->info.state, RUN_FAILED);
    CU_ASSERT_STRING_EQUAL(r->info.message, sc.err.msg);
    CU_ASSERT_EQUAL(r->info.best_epoch, EPOCHS);
    CU_ASSERT_EQUAL(r->n_epochs, EPOCHS);
    CU_ASSERT_PTR_NULL(r->model);
    run_free(r);
    scene_close(&sc);
}

static void
two_failures_are_one_line(void)
{
    struct scene sc;
    struct run *r = NULL;
    const char *at;

    scene_open(&sc);
    fake.bad_step = 25;
    fake.bad_loss = NAN;
    sysio_set_hook(no_room_for_much, NULL);
    CU_ASSERT_EQUAL(scene_train(&sc), ERR_NUMERIC);
    sysio_set_hook(NULL, NULL);
    at = strstr(sc.err.msg, "; saving the run failed, too: ");
    CU_ASSERT_PTR_NOT_NULL_FATAL(at);
    CU_ASSERT_PTR_NOT_NULL(strstr(at, "model.safetensors"));
    CU_ASSERT(is_one_line(sc.err.msg));
    CU_ASSERT_EQUAL_FATAL(run_open(&r, sc.run, 0, NULL), ERR_OK);
    CU_ASSERT_EQUAL(r->info.state, RUN_FAILED);
    CU_ASSERT_PTR_NOT_NULL_FATAL(r->info.message);
    CU_ASSERT_EQUAL(strncmp(r->info.message, sc.err.msg, strlen(r->info.message)), 0);
    run_free(r);
    scene_close(&sc);
}

CU_TestInfo tests_session_faults[] = {
    { "every failing call of the run folder ends in one line",
      every_failing_call_of_the_run_folder_ends_in_one_line },
    { "every failing allocation ends in one line",
      every_failing_allocation_ends_in_one_line },
    { "a disk that is too full is known before the work",
      a_disk_that_is_too_full_is_known_before_the_work },
    { "a run whose model has no room says why",
      a_run_whose_model_has_no_room_says_why },
    { "two failures are one line", two_failures_are_one_line },
    CU_TEST_INFO_NULL,
};
