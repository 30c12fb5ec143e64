/* fake_session.c - a session on the fake device; see fake_session.h. */
#include "config.h"

#include "tests/train/fake_session.h"

#include "tests/train/fake_device.h"
#include "tests/unit.h"

#include <poll.h>
#include <string.h>

void
fake_session_open(struct fake_session *sc, unsigned epochs, bool held_out)
{
    memset(sc, 0, sizeof(*sc));
    fake_reset();
    sc->data.ratings = fake_ratings(24, held_out);
    sc->data.path = (char *)"planted";
    sc->config = train_config_defaults();
    sc->config.ops = &fake_device;
    sc->config.factors = 2;
    sc->config.batch = FAKE_BATCH;
    sc->config.epochs = epochs;
    sc->config.patience = 0;
    sc->config.threads = 2;
}

void
fake_session_start(struct fake_session *sc)
{
    CU_ASSERT_EQUAL_FATAL(session_new(&sc->session, &sc->data, &sc->config, &sc->err),
                          ERR_OK);
    CU_ASSERT_EQUAL_FATAL(session_train(sc->session, NULL, &sc->err), ERR_OK);
}

void
fake_session_close(struct fake_session *sc)
{
    session_free(sc->session);
    ratings_free(sc->data.ratings);
    CU_ASSERT_EQUAL(atomic_load(&fake.n_open), 0);
}

enum session_state
fake_session_end(struct fake_session *sc, struct snapshot *ret)
{
    CU_ASSERT_TRUE_FATAL(session_wait(sc->session, FAKE_PATIENT_S));
    session_snapshot(sc->session, ret);
    return ret->state;
}

void
fake_session_await(struct fake_session *sc, enum session_state state,
                   struct snapshot *ret)
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

float
fake_session_kept(struct fake_session *sc)
{
    struct shared_model *m = session_model(sc->session);
    float w = m != NULL ? shared_model_get(m)->arena[0] : -1;

    shared_model_drop(m);
    return w;
}
