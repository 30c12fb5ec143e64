/* test_session_moments.c - a session is commanded, and freed, at any moment. */
#include "config.h"

#include "src/train/session.h"

#include "src/base/rng.h"
#include "tests/train/fake_device.h"
#include "tests/train/fake_session.h"
#include "tests/unit.h"

#include <time.h>

static void
a_session_may_be_freed_at_any_moment(void)
{
    for (int i = 0; i < 50; i++) {
        struct fake_session sc;

        fake_session_open(&sc, 10000, true);
        fake.step_us = 10;
        fake_session_start(&sc);
        if (i % 2 == 0)
            nanosleep(&(struct timespec){ .tv_nsec = 40000L * i }, NULL);
        if (i % 3 == 0)
            session_pause(sc.session);
        fake_session_close(&sc);
    }
}

/* One command at one random moment. */
static void
disturb(struct fake_session *sc, struct rng_block r)
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
        CU_ASSERT_TRUE(fake_session_kept(sc) != 0);
        break;
    default:
        session_resume(sc->session);
    }
}

static void
a_thousand_fits_end_whatever_is_commanded(void)
{
    size_t n_ended[SESSION_FAILED + 1] = { 0 };
    struct fake_session sc;

    fake_session_open(&sc, 4, true);
    CU_ASSERT_EQUAL_FATAL(session_new(&sc.session, &sc.data, &sc.config, &sc.err),
                          ERR_OK);
    for (unsigned round = 0; round < 1000; round++) {
        struct snapshot now;

        fake.step_us = round % 3 == 0 ? 1 : 0;
        CU_ASSERT_EQUAL(session_train(sc.session, NULL, &sc.err), ERR_OK);
        for (unsigned i = 0; i < 8; i++)
            disturb(&sc, rng_at(7, RNG_SYNTH, i, round));
        session_resume(sc.session);
        n_ended[fake_session_end(&sc, &now)]++;
        CU_ASSERT_EQUAL(fake_session_kept(&sc) == -1, now.state == SESSION_ABANDONED);
        if (now.state == SESSION_DONE)
            CU_ASSERT_EQUAL(now.step, 4 * FAKE_PER_EPOCH);
    }
    CU_ASSERT_TRUE(n_ended[SESSION_DONE] > 0);
    CU_ASSERT_EQUAL(n_ended[SESSION_DONE] + n_ended[SESSION_STOPPED] +
                        n_ended[SESSION_ABANDONED],
                    1000);
    fake_session_close(&sc);
}

static void
who_sees_a_fit_ended_may_begin_the_next(void)
{
    struct fake_session sc;
    struct snapshot now;

    fake_session_open(&sc, 1, true);
    fake_session_start(&sc);
    for (unsigned round = 0; round < 200; round++) {
        fake_session_await(&sc, SESSION_DONE, &now);
        CU_ASSERT_EQUAL_FATAL(session_train(sc.session, NULL, &sc.err), ERR_OK);
    }
    fake_session_close(&sc);
}

CU_TestInfo tests_session_moments[] = {
    { "a session may be freed at any moment", a_session_may_be_freed_at_any_moment },
    { "a thousand fits end whatever is commanded",
      a_thousand_fits_end_whatever_is_commanded },
    { "who sees a fit ended may begin the next",
      who_sees_a_fit_ended_may_begin_the_next },
    CU_TEST_INFO_NULL,
};
