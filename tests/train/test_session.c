/* test_session.c - the worker thread under a fake device: what it does and tells. */
#include "config.h"

#include "src/train/session.h"

#include "src/base/mem.h"
#include "tests/train/fake_device.h"
#include "tests/train/fake_session.h"
#include "tests/unit.h"

#include <math.h>
#include <poll.h>
#include <string.h>

static void
a_fit_ends_done_with_its_whole_record(void)
{
    struct fake_session sc;
    struct snapshot now;
    struct epoch_record e[4];
    struct history h;

    fake_session_open(&sc, 3, true);
    fake_session_start(&sc);
    CU_ASSERT_EQUAL(fake_session_end(&sc, &now), SESSION_DONE);
    CU_ASSERT_EQUAL(now.step, 3 * FAKE_PER_EPOCH);
    CU_ASSERT_EQUAL(now.n_steps, 3 * FAKE_PER_EPOCH);
    CU_ASSERT_EQUAL(now.epoch, 3);
    CU_ASSERT_EQUAL(now.best_epoch, 3);
    CU_ASSERT_EQUAL(now.eta_s, 0);
    CU_ASSERT_EQUAL(session_epochs(sc.session, 0, e, 4), 3);
    CU_ASSERT_EQUAL(e[2].epoch, 3);
    CU_ASSERT_EQUAL(session_epochs(sc.session, 2, e, 4), 1);
    CU_ASSERT_EQUAL(e[0].epoch, 3);
    CU_ASSERT_EQUAL(session_epochs(sc.session, 3, e, 4), 0);
    session_history(sc.session, &h);
    CU_ASSERT_EQUAL(h.n_steps, 3 * FAKE_PER_EPOCH);
    CU_ASSERT_EQUAL(h.at[FAKE_PER_EPOCH].last, 1.0 / (FAKE_PER_EPOCH + 1));
    CU_ASSERT_EQUAL(fake_session_kept(&sc), 3 * FAKE_PER_EPOCH);
    fake_session_close(&sc);
}

static void
a_session_trains_again_and_only_one_thing_at_a_time(void)
{
    struct fake_session sc;
    struct snapshot now;

    fake_session_open(&sc, 200, true);
    fake.step_us = 20;
    fake_session_start(&sc);
    CU_ASSERT_EQUAL(session_train(sc.session, NULL, &sc.err), ERR_STATE);
    CU_ASSERT_EQUAL(session_find_lr(sc.session, &sc.err), ERR_STATE);
    session_stop(sc.session);
    CU_ASSERT_EQUAL(fake_session_end(&sc, &now), SESSION_STOPPED);
    fake.step_us = 0;
    CU_ASSERT_EQUAL(session_train(sc.session, NULL, &sc.err), ERR_OK);
    CU_ASSERT_EQUAL(fake_session_end(&sc, &now), SESSION_DONE);
    CU_ASSERT_EQUAL(now.n_epochs_done, 200);
    fake_session_close(&sc);
}

static void
a_pause_holds_the_worker_and_a_resume_lets_it_go(void)
{
    struct fake_session sc;
    struct snapshot before, after;

    fake_session_open(&sc, 50, true);
    fake.step_us = 100;
    fake_session_start(&sc);
    session_pause(sc.session);
    fake_session_await(&sc, SESSION_PAUSED, &before);
    CU_ASSERT_FALSE(session_wait(sc.session, 0.03));
    session_snapshot(sc.session, &after);
    CU_ASSERT_EQUAL(after.version, before.version);
    CU_ASSERT_EQUAL(atomic_load(&fake.n_steps), before.step);
    fake.step_us = 0;
    session_resume(sc.session);
    CU_ASSERT_EQUAL(fake_session_end(&sc, &after), SESSION_DONE);
    CU_ASSERT_EQUAL(after.step, 50 * FAKE_PER_EPOCH);
    fake_session_close(&sc);
}

static void
a_wait_of_any_length_ends_with_the_fit(void)
{
    static const double waits[] = { 1e9, 1e18, 1e300, INFINITY };

    for (size_t i = 0; i < sizeof(waits) / sizeof(*waits); i++) {
        struct fake_session sc;

        fake_session_open(&sc, 3, true);
        fake.step_us = 100;
        fake_session_start(&sc);
        CU_ASSERT_TRUE(session_wait(sc.session, waits[i]));
        fake_session_close(&sc);
    }
}

static void
a_stop_is_heard_in_a_pause_and_keeps_the_better(void)
{
    static const double valid[] = { 0.5, 0.6 };
    struct fake_session sc;
    struct snapshot now;

    fake_session_open(&sc, 10000, true);
    fake.valid = valid;
    fake.n_valid = 2;
    fake.step_us = 100;
    fake_session_start(&sc);
    fake_session_await(&sc, SESSION_VALIDATING, &now);
    session_pause(sc.session);
    fake_session_await(&sc, SESSION_PAUSED, &now);
    session_stop(sc.session);
    CU_ASSERT_EQUAL(fake_session_end(&sc, &now), SESSION_STOPPED);
    CU_ASSERT_EQUAL(now.best_epoch, 1);
    CU_ASSERT_EQUAL(fake_session_kept(&sc), FAKE_PER_EPOCH);
    fake_session_close(&sc);
}

static void
an_abandoned_fit_keeps_nothing(void)
{
    struct fake_session sc;
    struct snapshot now;

    fake_session_open(&sc, 10000, true);
    fake.step_us = 50;
    fake_session_start(&sc);
    fake_session_await(&sc, SESSION_VALIDATING, &now);
    session_abandon(sc.session);
    CU_ASSERT_EQUAL(fake_session_end(&sc, &now), SESSION_ABANDONED);
    CU_ASSERT_EQUAL(fake_session_kept(&sc), -1);
    fake_session_close(&sc);
}

static void
the_pipe_holds_one_byte_however_much_is_new(void)
{
    struct fake_session sc;
    struct snapshot now;
    struct pollfd p;

    fake_session_open(&sc, 100, true);
    fake_session_start(&sc);
    CU_ASSERT_TRUE_FATAL(session_wait(sc.session, FAKE_PATIENT_S));
    p = (struct pollfd){ .fd = session_fd(sc.session), .events = POLLIN };
    CU_ASSERT_EQUAL(poll(&p, 1, 0), 1);
    session_snapshot(sc.session, &now);
    CU_ASSERT_TRUE(now.version > 200);
    CU_ASSERT_EQUAL(poll(&p, 1, 0), 0);
    fake_session_close(&sc);
}

static void
a_nan_fails_the_run_and_keeps_the_best(void)
{
    struct fake_session sc;
    struct snapshot now;
    struct history h;

    fake_session_open(&sc, 3, true);
    fake.bad_step = 2 * FAKE_PER_EPOCH + 2;
    fake.bad_loss = NAN;
    fake_session_start(&sc);
    CU_ASSERT_EQUAL(fake_session_end(&sc, &now), SESSION_FAILED);
    CU_ASSERT_EQUAL(now.error.code, ERR_NUMERIC);
    CU_ASSERT_PTR_NOT_NULL(strstr(now.error.msg, "batch 2 of epoch 3"));
    CU_ASSERT_EQUAL(now.step, 2 * FAKE_PER_EPOCH + 2);
    CU_ASSERT_TRUE(isnan(now.raw_loss));
    session_history(sc.session, &h);
    CU_ASSERT_TRUE(isnan(h.at[h.n - 1].last));
    CU_ASSERT_EQUAL(fake_session_kept(&sc), 2 * FAKE_PER_EPOCH);
    fake_session_close(&sc);
}

static void
every_call_into_the_device_may_fail(void)
{
    unsigned long i = 0;
    enum session_state state;

    do {
        struct fake_session sc;
        struct snapshot now;

        fake_session_open(&sc, 2, true);
        sc.config.lr = 0;
        fake.fail_call = ++i;
        fake_session_start(&sc);
        state = fake_session_end(&sc, &now);
        if (state == SESSION_FAILED) {
            CU_ASSERT_EQUAL(now.error.code, ERR_UNAVAILABLE);
            /* And the session is good for another fit. */
            CU_ASSERT_EQUAL(session_train(sc.session, NULL, &sc.err), ERR_OK);
            CU_ASSERT_EQUAL(fake_session_end(&sc, &now), SESSION_DONE);
        }
        fake_session_close(&sc);
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
        struct fake_session sc;
        struct snapshot now = { 0 };
        enum err_code rc;

        fake_session_open(&sc, 2, true);
        mem_fail_at(++i, 0);
        rc = session_new(&sc.session, &sc.data, &sc.config, &sc.err);
        if (rc == ERR_OK)
            rc = session_train(sc.session, NULL, &sc.err);
        if (rc == ERR_OK && fake_session_end(&sc, &now) == SESSION_FAILED)
            rc = now.error.code;
        mem_fail_at(0, 0);
        failed = rc != ERR_OK;
        CU_ASSERT_TRUE(rc == ERR_OK || rc == ERR_NOMEM);
        fake_session_close(&sc);
    }
    CU_ASSERT_TRUE(i > 20 && i < 1000);
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
    { "the pipe holds one byte however much is new",
      the_pipe_holds_one_byte_however_much_is_new },
    { "a NaN fails the run and keeps the best",
      a_nan_fails_the_run_and_keeps_the_best },
    { "every call into the device may fail", every_call_into_the_device_may_fail },
    { "every allocation may fail", every_allocation_may_fail },
    CU_TEST_INFO_NULL,
};
