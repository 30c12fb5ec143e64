/*
 * desk_run.c - training and range tests: beginning them, telling the session what a
 * person wants, and taking over what it reports; see desk.h.
 */
#include "config.h"

#include "ui/tui/desk_impl.h"

#include "src/base/mem.h"
#include "src/base/path.h"
#include "src/train/runfolder.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- beginning ------------------------------------------------------------------- */

/* A session for the present settings, or, with *ret_wait true, the data are read first
 * and then it is asked for again. */
static enum err_code
new_session(struct desk *d, enum desk_then then, bool *ret_wait, struct err *err)
{
    struct session *s;
    enum err_code rc;

    *ret_wait = false;
    if (d->world.busy)
        return err_set(err, ERR_STATE, "%s already",
                       session_state_text(d->world.now.state));
    d->world.has_trained = d->world.has_tried = false;
    if (d->world.loading.active) { /* it begins when they have been read */
        d->then = then;
        d->world.loading.for_run = true;
        *ret_wait = true;
        return ERR_OK;
    }
    if (d->source[0] == '\0')
        return err_set(err, ERR_STATE, "nothing to train on: open data first");
    if (d->data == NULL || !runconfig_reads_alike(&d->world.config, &d->as.config)) {
        *ret_wait = true;
        return desk_begin_reading(d, d->source, d->as.written, NULL, then, err);
    }
    if (d->world.wrong != NULL)
        return err_set(err, ERR_ARG, "%s", d->world.wrong);
    rc = session_new(&s, d->data, &d->world.config, err);
    if (rc != ERR_OK)
        return rc;
    session_free(d->session);
    d->session = s;
    d->model = NULL;
    d->world.trouble = NULL;
    d->world.busy = true;
    d->world.now = (struct snapshot){ .eta_s = NAN }; /* not the last run's */
    return ERR_OK;
}

/* Room for the epochs of a new fit, whose curve takes the old one's place. */
static enum err_code
new_curve(struct desk *d, struct err *err)
{
    struct epoch_record *epochs = mem_new(d->world.config.epochs, sizeof(*epochs));

    if (epochs == NULL)
        return err_nomem(err, d->world.config.epochs * sizeof(*epochs), "epochs");
    mem_free(d->epochs);
    d->epochs = epochs;
    d->history = (struct history){ 0 };
    d->world.curve = (struct curve){ .at = d->history.at,
                                     .n_steps = session_plan(d->session)->n_steps,
                                     .epochs = epochs,
                                     .n_epochs_all = d->world.config.epochs,
                                     .name = d->name };
    return ERR_OK;
}

enum err_code
desk_train(struct desk *d, struct err *err)
{
    char *dir = NULL;
    bool wait;
    enum err_code rc = new_session(d, DESK_TRAIN, &wait, err);

    if (rc != ERR_OK || wait)
        return rc;
    rc = new_curve(d, err);
    if (rc == ERR_OK)
        rc = runs_new_path(&dir, d->source, err);
    if (rc == ERR_OK)
        rc = session_train(d->session, dir, err);
    if (rc == ERR_OK)
        snprintf(d->saved, sizeof(d->saved), "%s", path_name(dir));
    d->world.saved = rc == ERR_OK ? d->saved : NULL;
    mem_free(dir);
    d->world.busy = rc == ERR_OK;
    return rc;
}

enum err_code
desk_find_lr(struct desk *d, struct err *err)
{
    struct snapshot fit = d->world.now;
    bool wait;
    enum err_code rc = new_session(d, DESK_FIND_LR, &wait, err);

    if (rc != ERR_OK || wait)
        return rc;
    d->fit = fit;
    d->finding.n = 0;
    rc = session_find_lr(d->session, err);
    d->world.busy = d->finds = rc == ERR_OK;
    if (rc != ERR_OK)
        d->world.now = fit;
    return rc;
}

/* ---- while it goes on ------------------------------------------------------------ */

void
desk_pause(struct desk *d)
{
    if (d->world.now.state == SESSION_PAUSED)
        desk_resume(d);
    else if (d->world.busy)
        session_pause(d->session);
}

void
desk_resume(struct desk *d)
{
    if (!d->world.busy)
        return;
    d->world.has_trained = false;
    session_resume(d->session);
}

void
desk_stop(struct desk *d)
{
    if (d->world.busy)
        session_stop(d->session);
}

void
desk_abandon(struct desk *d)
{
    if (d->world.busy)
        session_abandon(d->session);
}

void
desk_finish(struct desk *d)
{
    if (d->session != NULL)
        session_wait(d->session, -1);
}

/* ---- what it reports ------------------------------------------------------------- */

static bool
has_ended(enum session_state s)
{
    return s >= SESSION_DONE;
}

/* What the fit before a range test has left stays: its curve, its model. */
static void
listen_range_test(struct desk *d)
{
    session_finding(d->session, &d->finding);
    d->world.has_tried |= d->finding.n > 0;
}

static void
listen_fit(struct desk *d)
{
    struct finding f;

    session_finding(d->session, &f);
    if (f.n > 0) { /* one that the fit began with */
        d->finding = f;
        d->world.has_tried = true;
    }
    d->world.has_trained |=
        d->world.now.step > 0 && d->world.now.state != SESSION_PAUSED;
    session_history(d->session, &d->history);
    if (d->epochs != NULL && d->world.now.n_epochs_done > 0)
        d->world.curve.n_epochs =
            session_epochs(d->session, 0, d->epochs, d->world.now.n_epochs_done);
    d->world.curve.n = d->history.n;
}

/* A rate at which the loss ran away is not tried again: T then takes a third of it. */
static void
lower_rate(struct desk *d)
{
    struct train_config c = d->world.config;
    char text[32];

    if (!(d->world.now.lr_max > 0))
        return;
    snprintf(text, sizeof(text), "%.1e", d->world.now.lr_max / 3); /* as one types it */
    c.lr = strtod(text, NULL);
    desk_set_config(d, &c);
}

/* What was begun has come to its end. */
static void
end_run(struct desk *d)
{
    const struct snapshot *now = &d->world.now;

    d->world.busy = false;
    if (now->state == SESSION_FAILED) {
        desk_set_trouble(d, &now->error);
        if (!d->finds && now->error.code == ERR_NUMERIC)
            lower_rate(d);
    }
    if (d->finds) /* the panels tell of the last fit again */
        d->world.now = d->fit;
    d->finds = false;
}

bool
desk_listen_session(struct desk *d)
{
    uint64_t before = d->world.now.version;

    if (d->session == NULL || !d->world.busy)
        return false;
    session_snapshot(d->session, &d->world.now);
    if (d->world.now.version == before)
        return false;
    if (d->finds)
        listen_range_test(d);
    else
        listen_fit(d);
    if (d->world.now.no_room.code != ERR_OK && d->world.trouble == NULL)
        desk_set_trouble(d, &d->world.now.no_room);
    if (has_ended(d->world.now.state))
        end_run(d);
    return true;
}
