/* test_session.c - the worker thread under a fake device: commands at any moment. */
#include "config.h"

#include "src/base/mem.h"
#include "src/base/rng.h"
#include "src/train/session.h"

#include "tests/train/fake_device.h"
#include "tests/unit.h"

#include <math.h>
#include <poll.h>
#include <string.h>
#include <time.h>

#define BATCH     16
#define PER_EPOCH 9    /* 24 users * 8 ratings, a quarter held out */
#define PATIENT_S 20.0 /* nobody waits this long unless there is a deadlock */

struct scene {
    struct dataset data;
    struct train_config config;
    struct session *session;
    struct err err;
};

static void
scene_open(struct scene *sc, unsigned epochs, bool held_out)
{
    memset(sc, 0, sizeof(*sc));
    fake_reset();
    sc->data.ratings = fake_ratings(24, held_out);
    sc->data.path = (char *)"planted";
    sc->config = train_config_defaults();
    sc->config.ops = &fake_device;
    sc->config.factors = 2;
    sc->config.batch = BATCH;
    sc->config.epochs = epochs;
    sc->config.patience = 0;
    sc->config.threads = 2;
}

static void
scene_start(struct scene *sc)
{
    CU_ASSERT_EQUAL_FATAL(session_new(&sc->session, &sc->data, &sc->config, &sc->err),
                          ERR_OK);
    CU_ASSERT_EQUAL_FATAL(session_train(sc->session, NULL, &sc->err), ERR_OK);
}

static void
scene_close(struct scene *sc)
{
    session_free(sc->session);
    ratings_free(sc->data.ratings);
    CU_ASSERT_EQUAL(atomic_load(&fake.n_open), 0);
}

/* Wait for the end; the state it ended in. */
static enum session_state
scene_end(struct scene *sc, struct snapshot *ret)
{
    CU_ASSERT_TRUE_FATAL(session_wait(sc->session, PATIENT_S));
    session_snapshot(sc->session, ret);
    return ret->state;
}

/* Follow snapshots until the state is reached. */
static void
scene_await(struct scene *sc, enum session_state state, struct snapshot *ret)
{
    for (int i = 0; i < 1000; i++) {
        struct pollfd p = { .fd = session_fd(sc->session), .events = POLLIN };

        session_snapshot(sc->session, ret);
        if (ret->state == state)
            return;
        poll(&p, 1, 1000);
    }
    CU_FAIL_FATAL("the state was not reached");
}

static float
kept_weight(struct scene *sc)
{
    struct shared_model *m = session_model(sc->session);
    float w = m != NULL ? shared_model_get(m)->arena[0] : -1;

    shared_model_drop(m);
    return w;
}

static void
a_fit_ends_done_with_its_whole_record(void)
{
    struct scene sc;
    struct snapshot now;
    struct epoch_record e[4];
    struct history h;

    scene_open(&sc, 3, true);
    scene_start(&sc);
    CU_ASSERT_EQUAL(scene_end(&sc, &now), SESSION_DONE);
    CU_ASSERT_EQUAL(now.step, 3 * PER_EPOCH);
    CU_ASSERT_EQUAL(now.n_steps, 3 * PER_EPOCH);
    CU_ASSERT_EQUAL(now.epoch, 3);
    CU_ASSERT_EQUAL(now.best_epoch, 3);
    CU_ASSERT_EQUAL(now.eta_s, 0);
    CU_ASSERT_EQUAL(session_epochs(sc.session, 0, e, 4), 3);
    CU_ASSERT_EQUAL(e[2].epoch, 3);
    CU_ASSERT_EQUAL(session_epochs(sc.session, 2, e, 4), 1);
    CU_ASSERT_EQUAL(e[0].epoch, 3);
    CU_ASSERT_EQUAL(session_epochs(sc.session, 3, e, 4), 0);
    session_history(sc.session, &h);
    CU_ASSERT_EQUAL(h.n_steps, 3 * PER_EPOCH);
    CU_ASSERT_EQUAL(h.at[PER_EPOCH].last, 1.0 / (PER_EPOCH + 1));
    CU_ASSERT_EQUAL(kept_weight(&sc), 3 * PER_EPOCH);
    scene_close(&sc);
}

static void
a_session_trains_again_and_only_one_thing_at_a_time(void)
{
    struct scene sc;
    struct snapshot now;

    scene_open(&sc, 200, true);
    fake.step_us = 20;
    scene_start(&sc);
    CU_ASSERT_EQUAL(session_train(sc.session, NULL, &sc.err), ERR_STATE);
    CU_ASSERT_EQUAL(session_find_lr(sc.session, &sc.err), ERR_STATE);
    session_stop(sc.session);
    CU_ASSERT_EQUAL(scene_end(&sc, &now), SESSION_STOPPED);
    fake.step_us = 0;
    CU_ASSERT_EQUAL(session_train(sc.session, NULL, &sc.err), ERR_OK);
    CU_ASSERT_EQUAL(scene_end(&sc, &now), SESSION_DONE);
    CU_ASSERT_EQUAL(now.n_epochs_done, 200);
    scene_close(&sc);
}

static void
a_pause_holds_the_worker_and_a_resume_lets_it_go(void)
{
    struct scene sc;
    struct snapshot before, after;

    scene_open(&sc, 50, true);
    fake.step_us = 100;
    scene_start(&sc);
    session_pause(sc.session);
    scene_await(&sc, SESSION_PAUSED, &before);
    CU_ASSERT_FALSE(session_wait(sc.session, 0.03));
    session_snapshot(sc.session, &after);
    CU_ASSERT_EQUAL(after.version, before.version);
    CU_ASSERT_EQUAL(atomic_load(&fake.n_steps), before.step);
    fake.step_us = 0;
    session_resume(sc.session);
    CU_ASSERT_EQUAL(scene_end(&sc, &after), SESSION_DONE);
    CU_ASSERT_EQUAL(after.step, 50 * PER_EPOCH);
    scene_close(&sc);
}

static void
a_wait_of_any_length_ends_with_the_fit(void)
{
    static const double waits[] = { 1e9, 1e18, 1e300, INFINITY };

    for (size_t i = 0; i < sizeof(waits) / sizeof(*waits); i++) {
        struct scene sc;

        scene_open(&sc, 3, true);
        fake.step_us = 100;
        scene_start(&sc);
        CU_ASSERT_TRUE(session_wait(sc.session, waits[i]));
        scene_close(&sc);
    }
}

static void
a_stop_is_heard_in_a_pause_and_keeps_the_better(void)
{
    static const double valid[] = { 0.5, 0.6 };
    struct scene sc;
    struct snapshot now;

    scene_open(&sc, 10000, true);
    fake.valid = valid;
    fake.n_valid = 2;
    fake.step_us = 100;
    scene_start(&sc);
    scene_await(&sc, SESSION_VALIDATING, &now);
    session_pause(sc.session);
    scene_await(&sc, SESSION_PAUSED, &now);
    session_stop(sc.session);
    CU_ASSERT_EQUAL(scene_end(&sc, &now), SESSION_STOPPED);
    CU_ASSERT_EQUAL(now.best_epoch, 1);
    CU_ASSERT_EQUAL(kept_weight(&sc), PER_EPOCH);
    scene_close(&sc);
}

static void
an_abandoned_fit_keeps_nothing(void)
{
    struct scene sc;
    struct snapshot now;

    scene_open(&sc, 10000, true);
    fake.step_us = 50;
    scene_start(&sc);
    scene_await(&sc, SESSION_VALIDATING, &now);
    session_abandon(sc.session);
    CU_ASSERT_EQUAL(scene_end(&sc, &now), SESSION_ABANDONED);
    CU_ASSERT_EQUAL(kept_weight(&sc), -1);
    scene_close(&sc);
}

static void
a_session_may_be_freed_at_any_moment(void)
{
    for (int i = 0; i < 50; i++) {
        struct scene sc;

        scene_open(&sc, 10000, true);
        fake.step_us = 10;
        scene_start(&sc);
        if (i % 2 == 0)
            nanosleep(&(struct timespec){ .tv_nsec = 40000L * i }, NULL);
        if (i % 3 == 0)
            session_pause(sc.session);
        scene_close(&sc);
    }
}

static void
the_pipe_holds_one_byte_however_much_is_new(void)
{
    struct scene sc;
    struct snapshot now;
    struct pollfd p;

    scene_open(&sc, 100, true);
    scene_start(&sc);
    CU_ASSERT_TRUE_FATAL(session_wait(sc.session, PATIENT_S));
    p = (struct pollfd){ .fd = session_fd(sc.session), .events = POLLIN };
    CU_ASSERT_EQUAL(poll(&p, 1, 0), 1);
    session_snapshot(sc.session, &now);
    CU_ASSERT_TRUE(now.version > 200);
    CU_ASSERT_EQUAL(poll(&p, 1, 0), 0);
    scene_close(&sc);
}

static void
a_nan_fails_the_run_and_keeps_the_best(void)
{
    struct scene sc;
    struct snapshot now;
    struct history h;

    scene_open(&sc, 3, true);
    fake.bad_step = 2 * PER_EPOCH + 2;
    fake.bad_loss = NAN;
    scene_start(&sc);
    CU_ASSERT_EQUAL(scene_end(&sc, &now), SESSION_FAILED);
    CU_ASSERT_EQUAL(now.error.code, ERR_NUMERIC);
    CU_ASSERT_PTR_NOT_NULL(strstr(now.error.msg, "batch 2 of epoch 3"));
    CU_ASSERT_EQUAL(now.step, 2 * PER_EPOCH + 2);
    CU_ASSERT_TRUE(isnan(now.raw_loss));
    session_history(sc.session, &h);
    CU_ASSERT_TRUE(isnan(h.at[h.n - 1].last));
    CU_ASSERT_EQUAL(kept_weight(&sc), 2 * PER_EPOCH);
    scene_close(&sc);
}

static void
an_automatic_rate_is_the_finders_valley(void)
{
    struct scene sc;
    struct snapshot now;
    struct finding f;

    scene_open(&sc, 2, true);
    sc.config.lr = 0;
    scene_start(&sc);
    CU_ASSERT_EQUAL(scene_end(&sc, &now), SESSION_DONE);
    session_finding(sc.session, &f);
    CU_ASSERT_EQUAL(f.n, LRFIND_STEPS);
    CU_ASSERT_TRUE(now.lr_max > 0);
    CU_ASSERT_EQUAL(now.lr_max, f.found.valley);
    CU_ASSERT_EQUAL(now.step, 2 * PER_EPOCH);
    scene_close(&sc);
}

static void
no_valley_fails_with_what_to_type(void)
{
    struct scene sc;
    struct snapshot now;

    scene_open(&sc, 2, true);
    sc.config.lr = 0;
    fake.bad_step = 5;
    fake.bad_loss = NAN;
    scene_start(&sc);
    CU_ASSERT_EQUAL(scene_end(&sc, &now), SESSION_FAILED);
    CU_ASSERT_PTR_NOT_NULL(strstr(now.error.msg, "--lr 3e-3"));
    scene_close(&sc);
}

static void
a_range_test_is_shown_and_can_be_stopped(void)
{
    struct scene sc;
    struct snapshot now;
    struct finding f;

    scene_open(&sc, 2, true);
    CU_ASSERT_EQUAL_FATAL(session_new(&sc.session, &sc.data, &sc.config, &sc.err),
                          ERR_OK);
    CU_ASSERT_EQUAL(session_find_lr(sc.session, &sc.err), ERR_OK);
    CU_ASSERT_EQUAL(scene_end(&sc, &now), SESSION_DONE);
    session_finding(sc.session, &f);
    CU_ASSERT_EQUAL(f.n, LRFIND_STEPS);
    CU_ASSERT_FALSE(isnan(f.found.valley));
    fake.step_us = 2000;
    CU_ASSERT_EQUAL(session_find_lr(sc.session, &sc.err), ERR_OK);
    session_stop(sc.session);
    CU_ASSERT_EQUAL(scene_end(&sc, &now), SESSION_ABANDONED);
    scene_close(&sc);
}

static void
every_call_into_the_device_may_fail(void)
{
    unsigned long i = 0;
    enum session_state state;

    do {
        struct scene sc;
        struct snapshot now;

        scene_open(&sc, 2, true);
        sc.config.lr = 0;
        fake.fail_call = ++i;
        scene_start(&sc);
        state = scene_end(&sc, &now);
        if (state == SESSION_FAILED) {
            CU_ASSERT_EQUAL(now.error.code, ERR_UNAVAILABLE);
            /* And the session is good for another fit. */
            CU_ASSERT_EQUAL(session_train(sc.session, NULL, &sc.err), ERR_OK);
            CU_ASSERT_EQUAL(scene_end(&sc, &now), SESSION_DONE);
        }
        scene_close(&sc);
    } while (state == SESSION_FAILED && i < 1000);
    CU_ASSERT_EQUAL(state, SESSION_DONE);
    CU_ASSERT_TRUE(i > 15);
}

static void
every_allocation_may_fail(void)
{
    unsigned long i = 0;
    bool failed = true;

    while (failed && i < 1000) {
        struct scene sc;
        struct snapshot now = { 0 };
        enum err_code rc;

        scene_open(&sc, 2, true);
        mem_fail_at(++i, 0);
        rc = session_new(&sc.session, &sc.data, &sc.config, &sc.err);
        if (rc == ERR_OK)
            rc = session_train(sc.session, NULL, &sc.err);
        if (rc == ERR_OK && scene_end(&sc, &now) == SESSION_FAILED)
            rc = now.error.code;
        mem_fail_at(0, 0);
        failed = rc != ERR_OK;
        CU_ASSERT_TRUE(rc == ERR_OK || rc == ERR_NOMEM);
        scene_close(&sc);
    }
    CU_ASSERT_TRUE(i > 20 && i < 1000);
}

/* One command at one random moment. */
static void
disturb(struct scene *sc, struct rng_block r)
{
    nanosleep(&(struct timespec){ .tv_nsec = r.v[1] % 60000 }, NULL);
    switch (r.v[0] % 16) {
    case 0:
        session_stop(sc->session);
        break;
    case 1:
        session_abandon(sc->session);
        break;
    case 2:
    case 3:
    case 4:
    case 5:
        session_pause(sc->session);
        break;
    case 6: {
        struct snapshot now;

        session_snapshot(sc->session, &now);
        break;
    }
    case 7:
        CU_ASSERT_TRUE(kept_weight(sc) != 0);
        break;
    default:
        session_resume(sc->session);
    }
}

static void
a_thousand_fits_end_whatever_is_commanded(void)
{
    size_t n_ended[SESSION_FAILED + 1] = { 0 };
    struct scene sc;

    scene_open(&sc, 4, true);
    CU_ASSERT_EQUAL_FATAL(session_new(&sc.session, &sc.data, &sc.config, &sc.err),
                          ERR_OK);
    for (unsigned round = 0; round < 1000; round++) {
        struct snapshot now;

        fake.step_us = round % 3 == 0 ? 1 : 0;
        CU_ASSERT_EQUAL(session_train(sc.session, NULL, &sc.err), ERR_OK);
        for (unsigned i = 0; i < 8; i++)
            disturb(&sc, rng_at(7, RNG_SYNTH, i, round));
        session_resume(sc.session);
        n_ended[scene_end(&sc, &now)]++;
        CU_ASSERT_EQUAL(kept_weight(&sc) == -1, now.state == SESSION_ABANDONED);
        if (now.state == SESSION_DONE)
            CU_ASSERT_EQUAL(now.step, 4 * PER_EPOCH);
    }
    CU_ASSERT_TRUE(n_ended[SESSION_DONE] > 0);
    CU_ASSERT_EQUAL(n_ended[SESSION_DONE] + n_ended[SESSION_STOPPED] +
                        n_ended[SESSION_ABANDONED],
                    1000);
    scene_close(&sc);
}

static void
who_sees_a_fit_ended_may_begin_the_next(void)
{
    struct scene sc;
    struct snapshot now;

    scene_open(&sc, 1, true);
    scene_start(&sc);
    for (unsigned round = 0; round < 200; round++) {
        scene_await(&sc, SESSION_DONE, &now);
        CU_ASSERT_EQUAL_FATAL(session_train(sc.session, NULL, &sc.err), ERR_OK);
    }
    scene_close(&sc);
}

CU_TestInfo tests_session[] = {
    { "a fit ends done with its whole record", a_fit_ends_done_with_its_whole_record },
    { "a session trains again, and only one thing at a time",
      a_session_trains_again_and_only_one_thing_at_a_time },
    { "a pause holds the worker and a resume lets it go",
      a_pause_holds_the_worker_and_a_resume_lets_it_go },
    { "a wait of any length ends with the fit",
      a_wait_of_any_length_ends_with_the_fit },
    { "a stop is heard in a pause and keeps the better",
      a_stop_is_heard_in_a_pause_and_keeps_the_better },
    { "an abandoned fit keeps nothing", an_abandoned_fit_keeps_nothing },
    { "a session may be freed at any moment", a_session_may_be_freed_at_any_moment },
    { "the pipe holds one byte however much is new",
      the_pipe_holds_one_byte_however_much_is_new },
    { "a NaN fails the run and keeps the best",
      a_nan_fails_the_run_and_keeps_the_best },
    { "an automatic rate is the finder's valley",
      an_automatic_rate_is_the_finders_valley },
    { "no valley fails with what to type", no_valley_fails_with_what_to_type },
    { "a range test is shown and can be stopped",
      a_range_test_is_shown_and_can_be_stopped },
    { "every call into the device may fail", every_call_into_the_device_may_fail },
    { "every allocation may fail", every_allocation_may_fail },
    { "a thousand fits end whatever is commanded",
      a_thousand_fits_end_whatever_is_commanded },
    { "who sees a fit ended may begin the next",
      who_sees_a_fit_ended_may_begin_the_next },
    CU_TEST_INFO_NULL,
};
