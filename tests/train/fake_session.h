/* fake_session.h - a session on the fake device, and what a test waits for. */
#ifndef MLT_TESTS_TRAIN_FAKE_SESSION_H
#define MLT_TESTS_TRAIN_FAKE_SESSION_H

#include "src/train/session.h"

#include <stdbool.h>

#define FAKE_BATCH     16
#define FAKE_PER_EPOCH 9    /* batches: 24 users * 8 ratings, a quarter held out */
#define FAKE_PATIENT_S 20.0 /* nobody waits this long unless there is a deadlock */

struct fake_session {
    struct dataset data;
    struct train_config config;
    struct session *session; /* NULL before fake_session_start */
    struct err err;
};

/* Data and settings; the fake device is reset. Two threads, no patience. */
void fake_session_open(struct fake_session *sc, unsigned epochs, bool held_out);

/* Make the session and train. */
void fake_session_start(struct fake_session *sc);

/* Free it; no device may be left open. */
void fake_session_close(struct fake_session *sc);

/* Wait for the end; the state it ended in. */
enum session_state fake_session_end(struct fake_session *sc, struct snapshot *ret);

/* Follow snapshots until the state is reached. */
void fake_session_await(struct fake_session *sc, enum session_state state,
                        struct snapshot *ret);

/* The number of steps that the kept weights have seen; -1: none are kept. */
float fake_session_kept(struct fake_session *sc);

#endif
