/* test_session_rate.c - a session that looks for the learning rate itself. */
#include "config.h"

#include "src/train/session.h"

#include "tests/train/fake_device.h"
#include "tests/train/fake_session.h"
#include "tests/unit.h"

#include <math.h>
#include <string.h>

static void
an_automatic_rate_is_the_finders_valley(void)
{
    struct fake_session sc;
    struct snapshot now;
    struct finding f;

    fake_session_open(&sc, 2, true);
    sc.config.lr = 0;
    fake_session_start(&sc);
    CU_ASSERT_EQUAL(fake_session_end(&sc, &now), SESSION_DONE);
    session_finding(sc.session, &f);
    CU_ASSERT_EQUAL(f.n, LRFIND_STEPS);
    CU_ASSERT_TRUE(now.lr_max > 0);
    CU_ASSERT_EQUAL(now.lr_max, f.found.valley);
    CU_ASSERT_EQUAL(now.step, 2 * FAKE_PER_EPOCH);
    fake_session_close(&sc);
}

static void
no_valley_fails_with_what_to_type(void)
{
    struct fake_session sc;
    struct snapshot now;

    fake_session_open(&sc, 2, true);
    sc.config.lr = 0;
    fake.bad_step = 5;
    fake.bad_loss = NAN;
    fake_session_start(&sc);
    CU_ASSERT_EQUAL(fake_session_end(&sc, &now), SESSION_FAILED);
    CU_ASSERT_PTR_NOT_NULL(strstr(now.error.msg, "--lr 3e-3"));
    fake_session_close(&sc);
}

static void
a_range_test_is_shown_and_can_be_stopped(void)
{
    struct fake_session sc;
    struct snapshot now;
    struct finding f;

    fake_session_open(&sc, 2, true);
    CU_ASSERT_EQUAL_FATAL(session_new(&sc.session, &sc.data, &sc.config, &sc.err),
                          ERR_OK);
    CU_ASSERT_EQUAL(session_find_lr(sc.session, &sc.err), ERR_OK);
    CU_ASSERT_EQUAL(fake_session_end(&sc, &now), SESSION_DONE);
    session_finding(sc.session, &f);
    CU_ASSERT_EQUAL(f.n, LRFIND_STEPS);
    CU_ASSERT_FALSE(isnan(f.found.valley));
    fake.step_us = 2000;
    CU_ASSERT_EQUAL(session_find_lr(sc.session, &sc.err), ERR_OK);
    session_stop(sc.session);
    CU_ASSERT_EQUAL(fake_session_end(&sc, &now), SESSION_ABANDONED);
    fake_session_close(&sc);
}

CU_TestInfo tests_session_rate[] = {
    { "an automatic rate is the finder's valley",
      an_automatic_rate_is_the_finders_valley },
    { "no valley fails with what to type", no_valley_fails_with_what_to_type },
    { "a range test is shown and can be stopped",
      a_range_test_is_shown_and_can_be_stopped },
    CU_TEST_INFO_NULL,
};
