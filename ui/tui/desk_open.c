/*
 * desk_open.c - opening data and runs: reading them in the background, and laying what
 * was read on the desk in place of what was there; see desk.h.
 */
#include "config.h"

#include "ui/tui/desk_impl.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- beginning ------------------------------------------------------------------- */

enum err_code
desk_begin_reading(struct desk *d, const char *word, struct desk_written written,
                   const struct movielens *fetch, enum desk_then then, struct err *err)
{
    struct dataset_options o = runconfig_reading(&d->world.config);
    enum err_code rc;

    o.columns = written.columns;
    o.max_rejects = written.max_rejects;
    if (strlen(word) >= DESK_WORD_MAX)
        return err_set(err, ERR_ARG, "a path of %zu bytes is too long", strlen(word));
    rc = fetch != NULL ? loader_fetch(d->loader, fetch, &o, err)
                       : loader_open(d->loader, word, &o, err);
    if (rc != ERR_OK)
        return rc;
    d->reading = (struct desk_read){ written, d->world.config };
    d->then = then;
    d->again = then != DESK_REST;
    memmove(d->word, word, strlen(word) + 1);
    d->world.trouble = NULL;
    d->world.loading = (struct loading){ .active = true,
                                         .what = d->word,
                                         .phase = loader_phase(d->loader),
                                         .part = NAN,
                                         .for_run = then != DESK_REST };
    d->world.version++;
    return ERR_OK;
}

void
desk_read_as(struct desk *d, const char *columns, long max_rejects)
{
    d->next_as =
        (struct desk_written){ .columns = columns, .max_rejects = max_rejects };
}

static enum err_code
check_free(const struct desk *d, struct err *err)
{
    if (d->world.busy)
        return err_set(err, ERR_STATE,
                       "a run is going on: stop it (x) or abandon it (X) first");
    return ERR_OK;
}

enum err_code
desk_open(struct desk *d, const char *word, struct err *err)
{
    struct desk_written written = d->next_as;
    enum err_code rc = check_free(d, err);

    if (rc != ERR_OK)
        return rc;
    d->next_as = DESK_WRITTEN_PLAINLY;
    return desk_begin_reading(d, word, written, NULL, DESK_REST, err);
}

enum err_code
desk_fetch(struct desk *d, const char *name, struct err *err)
{
    const struct movielens *m = movielens_find(name);
    enum err_code rc = check_free(d, err);

    if (rc != ERR_OK)
        return rc;
    if (m == NULL)
        return err_set(err, ERR_NOTFOUND, "no archive '%s'", name);
    return desk_begin_reading(d, name, DESK_WRITTEN_PLAINLY, m, DESK_REST, err);
}

void
desk_leave_off(struct desk *d)
{
    if (!d->world.loading.active)
        return;
    loader_cancel(d->loader);
    d->world.loading.active = d->world.loading.for_run = false;
    d->world.version++;
}

/* ---- what was read --------------------------------------------------------------- */

void
desk_drop(struct loaded *what)
{
    dataset_free(what->data);
    run_free(what->run);
    audience_free(what->audience);
    titlesearch_free(what->titles);
    *what = (struct loaded){ .data = NULL };
}

/* Put aside what is open, as its data have been read again: its model is shown until
 * there is another, and its curve until there is one. Of data that were read again and
 * again, the model is of the first ones. */
static void
put_aside(struct desk *d)
{
    struct loaded old = {
        .data = d->data, .run = d->run, .audience = d->audience, .titles = d->titles
    };

    yardstick_cancel(d->yardstick);
    session_free(d->session);
    d->session = NULL;
    d->model = NULL;
    if (d->kept.data == NULL && d->kept.run == NULL) {
        d->kept = old;
    } else {
        getready_cancel(d->getready);
        d->world.preparing = false;
        desk_drop(&old);
    }
    d->data = NULL;
    d->run = NULL;
    d->world.opened++;
}

/* Clear the desk for what was read. */
static void
take(struct desk *d, const struct loaded *got)
{
    if (d->again)
        put_aside(d);
    else
        desk_clear(d);
    d->as = d->reading;
    d->data = got->data;
    d->run = got->run;
    d->world.audience = d->audience = got->audience;
    d->titles = got->titles;
}

static void
take_run(struct desk *d, const struct loaded *got)
{
    const struct run *run = got->run;
    const char *name = strrchr(run->path, '/');
    const char *data = run->info.data != NULL ? run->info.data : "";
    struct train_config config = runconfig_of(&run->info);

    take(d, got);
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
        desk_show_model(d, run->model, run->catalog, run->ratings, NULL);
}

static void
take_data(struct desk *d, const struct loaded *got)
{
    take(d, got);
    if (!d->again)
        snprintf(d->name, sizeof(d->name), "%s", d->word);
    snprintf(d->source, sizeof(d->source), "%s", d->word);
    d->world.name = d->name;
    d->world.data = d->data;
    d->yardstick_due = true;
    desk_set_config(d, &d->world.config);
}

/* Do what the reading was for. */
static void
go_on(struct desk *d)
{
    struct err err;
    enum err_code rc = ERR_OK;

    if (d->then == DESK_TRAIN)
        rc = desk_train(d, &err);
    if (d->then == DESK_FIND_LR)
        rc = desk_find_lr(d, &err);
    if (rc != ERR_OK)
        desk_set_trouble(d, &err);
}

bool
desk_listen_loader(struct desk *d)
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
    d->world.loading.active = d->world.loading.for_run = false;
    if (got.err.code != ERR_OK)
        desk_set_trouble(d, &got.err);
    else if (got.run != NULL)
        take_run(d, &got);
    else
        take_data(d, &got);
    if (got.err.code == ERR_OK)
        go_on(d);
    return true;
}
