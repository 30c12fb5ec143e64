/*
 * desk.c - what lies open while the screen runs: its birth, its end, its news, and what
 * a run is compared with; see desk.h and desk_impl.h.
 */
#include "config.h"

#include "ui/tui/desk_impl.h"

#include "src/base/mem.h"

#include <math.h>

enum err_code
desk_new(struct desk **ret, struct err *err)
{
    struct desk *d = mem_new(1, sizeof(*d));
    enum err_code rc;

    if (d == NULL)
        return err_nomem(err, sizeof(*d), "the screen's desk");
    d->world.config = train_config_defaults();
    d->as.written = d->next_as = DESK_WRITTEN_PLAINLY;
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

void
desk_clear(struct desk *d)
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
    desk_drop(&d->kept);
    dataset_free(d->data);
    d->data = NULL;
    run_free(d->run);
    d->run = NULL;
    audience_free(d->audience);
    d->audience = NULL;
    d->world.audience = NULL;
    titlesearch_free(d->titles);
    d->titles = NULL;
    d->films++;
    d->finding.n = 0;
    d->world.opened++;
    d->world.data = NULL;
    d->world.plan = NULL;
    d->world.shown = NULL;
    d->world.past = NULL;
    d->world.n_past = 0;
    d->world.busy = false;
    d->world.has_trained = d->world.has_tried = false;
    d->world.curve = (struct curve){ 0 };
    d->world.now = (struct snapshot){ .eta_s = NAN };
}

void
desk_free(struct desk *d)
{
    if (d == NULL)
        return;
    loader_free(d->loader);
    desk_clear(d);
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

void
desk_set_trouble(struct desk *d, const struct err *err)
{
    d->trouble = *err;
    d->world.trouble = d->trouble.msg;
    d->world.n_troubles++;
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

/* ---- news ------------------------------------------------------------------------ */

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
    bool news = desk_listen_loader(d);

    news |= desk_listen_ready(d);
    news |= desk_listen_session(d);
    news |= listen_yardstick(d);
    desk_listen_model(d);
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
