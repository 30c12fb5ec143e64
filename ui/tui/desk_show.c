/*
 * desk_show.c - which model the panels show: that of the run that is open, or the
 * session's newest; see desk.h.
 */
#include "config.h"

#include "ui/tui/desk_impl.h"

#include "src/base/clock.h"

#include <stdio.h>
#include <string.h>

void
desk_show_model(struct desk *d, const struct model *m, const struct catalog *c,
                const struct ratings *r, struct shared_model *hold)
{
    struct err err;

    if (getready_begin(d->getready, m, c, r, d->audience, hold, &err) != ERR_OK)
        desk_set_trouble(d, &err);
    d->world.preparing = getready_busy(d->getready);
}

/* Do the rows of both mean the same films and as many users? */
static bool
is_alike(const struct catalog *a, const struct catalog *b)
{
    if (a->n_users != b->n_users || a->n_items != b->n_items)
        return false;
    for (uint32_t i = 1; i <= a->n_items; i++)
        if (strcmp(strtab_get(&a->title, i), strtab_get(&b->title, i)) != 0)
            return false;
    return true;
}

/* The catalog of what was put aside, or NULL. */
static const struct catalog *
kept_catalog(const struct desk *d)
{
    return d->kept.data != NULL  ? d->kept.data->catalog
           : d->kept.run != NULL ? d->kept.run->catalog
                                 : NULL;
}

/* A model is shown of what lies open; what was put aside for the one before can go, and
 * with it the name of its run. */
static void
let_go(struct desk *d, const struct catalog *now)
{
    if (!is_alike(kept_catalog(d), now))
        d->films++;
    if (d->kept.run != NULL)
        snprintf(d->name, sizeof(d->name), "%s", d->source);
    desk_drop(&d->kept);
}

bool
desk_listen_ready(struct desk *d)
{
    struct shown *fresh;
    struct err err;

    if (!getready_take(d->getready, &fresh, &err))
        return false;
    d->world.preparing = false;
    if (fresh == NULL) {
        desk_set_trouble(d, &err);
        return true;
    }
    shown_free(d->shown);
    fresh->titles = d->titles;
    if (kept_catalog(d) == fresh->catalog)
        fresh->titles = d->kept.titles;
    else if (kept_catalog(d) != NULL)
        let_go(d, fresh->catalog);
    fresh->films = d->films;
    d->shown = fresh;
    d->world.shown = fresh;
    return true;
}

void
desk_listen_model(struct desk *d)
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
    desk_show_model(d, shared_model_get(m), d->data->catalog, d->data->ratings, m);
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
