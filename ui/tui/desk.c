/*
 * desk.c - what lies open while the screen runs; see desk.h.
 *
 * Owners: the desk owns the dataset or run, the session, the shown model and the past
 * runs; the world borrows all of them. What the shown model borrows (catalog and
 * ratings) belongs to the dataset or the run, so the two are replaced together.
 */
#include "config.h"

#include "ui/tui/desk.h"

#include "src/base/clock.h"
#include "src/base/mem.h"
#include "src/base/path.h"
#include "src/train/runfolder.h"
#include "ui/tui/getready.h"
#include "ui/tui/loader.h"
#include "ui/tui/past.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define WORD_MAX 4096

/* What to do once data have been read. */
enum then { THEN_REST, THEN_TRAIN, THEN_FIND };

/* How data are written, which settings do not say. */
struct written {
    const char *columns; /* borrowed, or NULL */
    long max_rejects;
};

static const struct written written_plainly = { .columns = NULL, .max_rejects = -1 };

struct desk {
    struct world world;
    struct loader *loader;
    struct getready *getready;
    enum then then;
    char word[WORD_MAX];        /* what is being read */
    char name[WORD_MAX];        /* world.name */
    char source[WORD_MAX];      /* the word that names the data to train on */
    struct written as, next_as; /* those that are open, and those opened next */
    struct err trouble, wrong;

    struct dataset *data;            /* owned, or NULL */
    struct train_config data_config; /* under which it was read */
    struct run *run;                 /* owned, or NULL */
    struct audience *audience;       /* owned: of the ratings of either, or NULL */
    struct plan plan;

    struct session *session; /* owned, or NULL */
    struct history history;
    struct epoch_record *epochs; /* (config.epochs of the session) owned */
    struct finding finding;
    bool finds;                       /* it does a range test, no fit */
    struct snapshot fit;              /* world.now of the last fit, while it does */
    const struct shared_model *model; /* the session's that is shown, or will be */
    double looked_s;                  /* when it was asked for, or came */
    struct shown *shown;
    struct past past;
    char saved[WORD_MAX]; /* world.saved */

    struct yardstick *yardstick;
    bool yardstick_due;  /* it is to be found when nothing runs */
    bool yardstick_left; /* it was told to leave off, since something did */
};

enum err_code
desk_new(struct desk **ret, struct err *err)
{
    struct desk *d = mem_new(1, sizeof(*d));
    enum err_code rc;

    if (d == NULL)
        return err_nomem(err, sizeof(*d), "the screen's desk");
    d->world.config = train_config_defaults();
    d->as = d->next_as = written_plainly;
    d->world.finding = &d->finding;
    d->world.yardstick = (struct yardstick_losses){ NAN, NAN };
    rc = loader_new(&d->loader, err);
    if (rc == ERR_OK)
        rc = getready_new(&d->getready, err);
    if (rc == ERR_OK)
        rc = yardstick_new(&d->yardstick, err);
    if (rc != ERR_OK) {
        desk_free(d);
        return rc;
    }
    *ret = d;
    return ERR_OK;
}

/* Close what is open, and forget what is known of it. */
static void
clear(struct desk *d)
{
    if (d->getready != NULL)
        getready_cancel(d->getready); /* it reads what is freed below */
    d->world.preparing = false;
    d->model = NULL;
    if (d->yardstick != NULL)
        yardstick_cancel(d->yardstick);
    d->yardstick_due = false;
    d->world.yardstick = (struct yardstick_losses){ NAN, NAN };
    d->world.saved = NULL;
    session_free(d->session);
    d->session = NULL;
    shown_free(d->shown);
    d->shown = NULL;
    past_done(&d->past);
    mem_free(d->epochs);
    d->epochs = NULL;
    dataset_free(d->data);
    d->data = NULL;
    run_free(d->run);
    d->run = NULL;
    audience_free(d->audience);
    d->audience = NULL;
    d->world.audience = NULL;
    d->finding.n = 0;
    d->world.opened++;
    d->world.data = NULL;
    d->world.plan = NULL;
    d->world.shown = NULL;
    d->world.past = NULL;
    d->world.n_past = 0;
    d->world.busy = false;
    d->world.curve = (struct curve){ 0 };
    d->world.now = (struct snapshot){ .eta_s = NAN };
}

void
desk_free(struct desk *d)
{
    if (d == NULL)
        return;
    loader_free(d->loader);
    clear(d);
    getready_free(d->getready);
    yardstick_free(d->yardstick);
    mem_free(d);
}

const struct world *
desk_world(const struct desk *d)
{
    return &d->world;
}

int
desk_fds(const struct desk *d, int *ret, int room)
{
    int n = 0;

    if (n < room)
        ret[n++] = loader_fd(d->loader);
    if (n < room)
        ret[n++] = getready_fd(d->getready);
    if (n < room)
        ret[n++] = yardstick_fd(d->yardstick);
    if (n < room && d->session != NULL)
        ret[n++] = session_fd(d->session);
    return n;
}

static void
set_trouble(struct desk *d, const struct err *err)
{
    d->trouble = *err;
    d->world.trouble = d->trouble.msg;
}

/* ---- settings -------------------------------------------------------------------- */

void
desk_set_config(struct desk *d, const struct train_config *config)
{
    d->world.config = *config;
    d->world.plan = NULL;
    d->world.wrong = NULL;
    d->world.version++;
    if (d->data == NULL)
        return;
    if (plan_make(&d->plan, config, d->data->ratings, &d->wrong) == ERR_OK &&
        plan_check_memory(&d->plan, &d->wrong) == ERR_OK)
        d->world.plan = &d->plan;
    else
        d->world.wrong = d->wrong.msg;
}

/* ---- opening --------------------------------------------------------------------- */

static enum err_code
begin_reading(struct desk *d, const char *word, const struct movielens *fetch,
              enum then then, struct err *err)
{
    struct dataset_options o = runconfig_reading(&d->world.config);
    enum err_code rc;

    o.columns = d->as.columns;
    o.max_rejects = d->as.max_rejects;
    if (strlen(word) >= WORD_MAX)
        return err_set(err, ERR_ARG, "a path of %zu bytes is too long", strlen(word));
    rc = fetch != NULL ? loader_fetch(d->loader, fetch, &o, err)
                       : loader_open(d->loader, word, &o, err);
    if (rc != ERR_OK)
        return rc;
    d->data_config = d->world.config;
    d->then = then;
    memmove(d->word, word, strlen(word) + 1);
    d->world.trouble = NULL;
    d->world.loading = (struct loading){
        .active = true, .what = d->word, .phase = loader_phase(d->loader), .part = NAN
    };
    d->world.version++;
    return ERR_OK;
}

void
desk_read_as(struct desk *d, const char *columns, long max_rejects)
{
    d->next_as = (struct written){ .columns = columns, .max_rejects = max_rejects };
}

enum err_code
desk_open(struct desk *d, const char *word, struct err *err)
{
    if (d->world.busy)
        return err_set(err, ERR_STATE,
                       "a run is going on: stop it (x) or abandon it (X) first");
    d->as = d->next_as;
    d->next_as = written_plainly;
    return begin_reading(d, word, NULL, THEN_REST, err);
}

enum err_code
desk_fetch(struct desk *d, const char *name, struct err *err)
{
    const struct movielens *m = movielens_find(name);

    if (d->world.busy)
        return err_set(err, ERR_STATE,
                       "a run is going on: stop it (x) or abandon it (X) first");
    if (m == NULL)
        return err_set(err, ERR_NOTFOUND, "no archive '%s'", name);
    d->as = written_plainly;
    return begin_reading(d, name, m, THEN_REST, err);
}

void
desk_leave_off(struct desk *d)
{
    if (!d->world.loading.active)
        return;
    loader_cancel(d->loader);
    d->world.loading.active = false;
    d->world.version++;
}

/* Begin to get another model ready, which is shown as soon as it is; on failure the old
 * one stays and the trouble is told. `hold` is taken over. */
static void
show(struct desk *d, const struct model *m, const struct catalog *c,
     const struct ratings *r, struct shared_model *hold)
{
    struct err err;

    if (getready_begin(d->getready, m, c, r, d->audience, hold, &err) != ERR_OK)
        set_trouble(d, &err);
    d->world.preparing = getready_busy(d->getready);
}

/* Show the model that is ready. */
static bool
listen_getready(struct desk *d)
{
    struct shown *fresh;
    struct err err;

    if (!getready_take(d->getready, &fresh, &err))
        return false;
    d->world.preparing = false;
    if (fresh == NULL) {
        set_trouble(d, &err);
        return true;
    }
    shown_free(d->shown);
    d->shown = fresh;
    d->world.shown = fresh;
    return true;
}

static void
take_run(struct desk *d, struct run *run, struct audience *audience)
{
    const char *name = strrchr(run->path, '/');
    const char *data = run->info.data != NULL ? run->info.data : "";
    struct train_config config = runconfig_of(&run->info);

    clear(d);
    d->run = run;
    d->world.audience = d->audience = audience;
    snprintf(d->name, sizeof(d->name), "%s", name != NULL ? name + 1 : run->path);
    snprintf(d->source, sizeof(d->source), "%s", data);
    d->world.name = d->name;
    d->world.curve = (struct curve){ .at = run->steps,
                                     .n = run->n_steps,
                                     .n_steps = run->info.n_steps,
                                     .epochs = run->epochs,
                                     .n_epochs = run->n_epochs,
                                     .n_epochs_all = run->info.epochs,
                                     .name = d->name };
    snprintf(d->saved, sizeof(d->saved), "%s", d->name);
    d->world.saved = d->saved;
    d->yardstick_due = run->ratings != NULL;
    d->world.now.n_epochs = run->info.epochs;
    d->world.now.best_epoch = run->info.best_epoch;
    desk_set_config(d, &config);
    if (run->model != NULL && run->ratings != NULL)
        show(d, run->model, run->catalog, run->ratings, NULL);
}

static void
take_data(struct desk *d, struct dataset *data, struct audience *audience)
{
    clear(d);
    d->data = data;
    d->world.audience = d->audience = audience;
    snprintf(d->name, sizeof(d->name), "%s", d->word);
    snprintf(d->source, sizeof(d->source), "%s", d->word);
    d->world.name = d->name;
    d->world.data = data;
    d->yardstick_due = true;
    desk_set_config(d, &d->world.config);
}

/* Do what the reading was for. */
static void
go_on(struct desk *d)
{
    struct err err;
    enum err_code rc = ERR_OK;

    if (d->then == THEN_TRAIN)
        rc = desk_train(d, &err);
    if (d->then == THEN_FIND)
        rc = desk_find_lr(d, &err);
    if (rc != ERR_OK)
        set_trouble(d, &err);
}

static bool
listen_loader(struct desk *d)
{
    struct loaded got;
    double part;

    if (!d->world.loading.active)
        return false;
    if (!loader_take(d->loader, &got)) {
        bool moved;

        loader_busy(d->loader, &part);
        moved = (part != d->world.loading.part && !isnan(part)) ||
                d->world.loading.phase != loader_phase(d->loader);
        d->world.loading.part = part;
        d->world.loading.phase = loader_phase(d->loader);
        return moved;
    }
    d->world.loading.active = false;
    if (got.err.code != ERR_OK)
        set_trouble(d, &got.err);
    else if (got.run != NULL)
        take_run(d, got.run, got.audience);
    else
        take_data(d, got.data, got.audience);
    if (got.err.code == ERR_OK)
        go_on(d);
    return true;
}

/* ---- training -------------------------------------------------------------------- */

/* A session for the present settings, or, with *ret_wait true, the data are read first
 * and then it is asked for again. */
static enum err_code
new_session(struct desk *d, enum then then, bool *ret_wait, struct err *err)
{
    struct session *s;
    enum err_code rc;

    *ret_wait = false;
    if (d->world.busy)
        return err_set(err, ERR_STATE, "%s already",
                       session_state_text(d->world.now.state));
    if (d->world.loading.active) { /* it begins when they have been read */
        d->then = then;
        *ret_wait = true;
        return ERR_OK;
    }
    if (d->source[0] == '\0')
        return err_set(err, ERR_STATE, "nothing to train on: open data first");
    if (d->data == NULL || !runconfig_reads_alike(&d->world.config, &d->data_config)) {
        *ret_wait = true;
        return begin_reading(d, d->source, NULL, then, err);
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
    enum err_code rc = new_session(d, THEN_TRAIN, &wait, err);

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
    enum err_code rc = new_session(d, THEN_FIND, &wait, err);

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

void
desk_pause(struct desk *d)
{
    if (!d->world.busy)
        return;
    if (d->world.now.state == SESSION_PAUSED)
        session_resume(d->session);
    else
        session_pause(d->session);
}

void
desk_resume(struct desk *d)
{
    if (d->world.busy)
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

static bool
has_ended(enum session_state s)
{
    return s >= SESSION_DONE;
}

/* Show the session's newest model: of an epoch that has just ended, or of mid-epoch;
 * while one is made ready, later. */
static void
listen_model(struct desk *d)
{
    struct shared_model *m;

    if (d->session == NULL || d->data == NULL || getready_busy(d->getready))
        return;
    m = session_model(d->session);
    if (m == NULL || m == d->model) {
        shared_model_drop(m);
        return;
    }
    d->model = m;
    d->looked_s = clock_now_s();
    show(d, shared_model_get(m), d->data->catalog, d->data->ratings, m);
}

void
desk_look(struct desk *d)
{
    double now_s = clock_now_s();

    if (!d->world.busy || d->world.now.state != SESSION_TRAINING ||
        now_s - d->looked_s < DESK_LOOK_S)
        return;
    d->looked_s = now_s;
    session_look(d->session);
}

/* What the fit before a range test has left stays: its curve, its model. */
static void
listen_range_test(struct desk *d)
{
    session_finding(d->session, &d->finding);
}

static void
listen_fit(struct desk *d)
{
    struct finding f;

    session_finding(d->session, &f);
    if (f.n > 0) /* one that the fit began with */
        d->finding = f;
    session_history(d->session, &d->history);
    if (d->epochs != NULL && d->world.now.n_epochs_done > 0)
        d->world.curve.n_epochs =
            session_epochs(d->session, 0, d->epochs, d->world.now.n_epochs_done);
    d->world.curve.n = d->history.n;
}

static bool
listen_session(struct desk *d)
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
        set_trouble(d, &d->world.now.no_room);
    if (has_ended(d->world.now.state)) {
        d->world.busy = false;
        if (d->world.now.state == SESSION_FAILED)
            set_trouble(d, &d->world.now.error);
        if (d->finds) /* the panels tell of the last fit again */
            d->world.now = d->fit;
        d->finds = false;
    }
    return true;
}

/* The yardstick is found while nothing runs: it would take the processor from what
 * does. */
static bool
listen_yardstick(struct desk *d)
{
    const struct ratings *r = d->data != NULL  ? d->data->ratings
                              : d->run != NULL ? d->run->ratings
                                               : NULL;
    bool news = yardstick_take(d->yardstick, &d->world.yardstick);

    if (news && !yardstick_busy(d->yardstick))
        d->yardstick_due = isnan(d->world.yardstick.biases) && d->yardstick_left;
    if (d->world.busy) {
        yardstick_leave_off(d->yardstick);
        d->yardstick_left = true;
    } else if (d->yardstick_due && r != NULL && !yardstick_busy(d->yardstick)) {
        d->yardstick_due = d->yardstick_left = false;
        if (yardstick_start(d->yardstick, r, NULL) != ERR_OK)
            return news; /* then there is none */
    }
    return news;
}

bool
desk_listen(struct desk *d)
{
    bool news = listen_loader(d);

    news |= listen_getready(d);
    news |= listen_session(d);
    news |= listen_yardstick(d);
    listen_model(d);
    if (news)
        d->world.version++;
    return news;
}

/* ---- earlier runs ---------------------------------------------------------------- */

enum err_code
desk_compare(struct desk *d, struct err *err)
{
    enum err_code rc = ERR_OK;

    if (d->past.n > 0)
        past_done(&d->past);
    else
        rc = past_read(&d->past, d->source, d->world.saved, err);
    if (rc == ERR_OK && d->past.n == 0 && d->world.n_past == 0)
        rc = err_set(err, ERR_NOTFOUND, "no earlier run on '%s'", d->source);
    d->world.past = d->past.curve;
    d->world.n_past = d->past.n;
    d->world.version++;
    return rc;
}
