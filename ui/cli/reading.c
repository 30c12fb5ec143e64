/* reading.c - what the commands that read a trained run share; see reading.h. */
#include "config.h"

#include "ui/cli/reading.h"

#include "src/base/mem.h"
#include "src/base/path.h"
#include "src/base/text.h"
#include "src/data/locate.h"

#include <inttypes.h>
#include <string.h>

/* Longest list of any film. */
static uint32_t
longest_list(const struct listcol *l, uint32_t n_items)
{
    uint32_t longest = 0;

    for (uint32_t i = 1; i <= n_items; i++)
        if (l->start[i + 1] - l->start[i] > longest)
            longest = l->start[i + 1] - l->start[i];
    return longest;
}

/* Load the data that bare weights were trained on. */
static enum err_code
load_data(struct reading *r, const struct cli *cli, const char *word, struct err *err)
{
    struct dataset_options opt = dataset_defaults();
    const struct model *m = r->run->model;
    struct pool *pool = NULL;
    enum err_code rc = pool_new(&pool, cli->threads, err);

    opt.valid_part = 0;
    opt.columns = cli->columns;
    opt.item = cli->item;
    opt.max_rejects = cli->max_rejects;
    if (rc == ERR_OK)
        rc = locate_load(&r->data, word, &opt, pool, err);
    pool_free(pool);
    if (rc != ERR_OK)
        return rc;
    if (r->data->catalog->n_users != m->n_users ||
        r->data->catalog->n_items != m->n_items)
        return err_set(
            err, ERR_DATA,
            "%s has %" PRIu32 " users and %" PRIu32 " films, the weights of %s "
            "%" PRIu32 " and %" PRIu32 "; expected all that they were trained "
            "on and no more (or is it another --item?)",
            r->data->path, r->data->catalog->n_users, r->data->catalog->n_items,
            r->run->path, m->n_users, m->n_items);
    r->catalog = r->data->catalog;
    r->ratings = r->data->ratings;
    return ERR_OK;
}

/* The run has no model.safetensors: why. */
static enum err_code
no_model(const struct run *run, struct err *err)
{
    static const char *const why[RUN_STATES] = {
        [RUN_TRAINING] =
            ("it is saved when training ends; 'mltui history' shows the losses "
             "so far"),
        [RUN_PAUSED] = "it is saved when training ends",
        [RUN_DONE] = "its model.safetensors is gone",
        [RUN_STOPPED] = "its model.safetensors is gone",
        [RUN_CRASHED] = "it ended before one was saved; train again",
        [RUN_FAILED] = "it ended before one was saved; train again",
    };

    return err_set(err, ERR_STATE, "%s: no model, the run is %s: %s", run->path,
                   run_state_text(run->info.state), why[run->info.state]);
}

/* Take catalog and ratings from where they are. */
static enum err_code
find_parts(struct reading *r, const struct cli *cli, const char *data,
           enum reading_ratings ratings, struct err *err)
{
    const struct run *run = r->run;

    if (run->model == NULL)
        return no_model(run, err);
    r->model = run->model;
    if (run->catalog == NULL && data != NULL)
        return load_data(r, cli, data, err);
    if (run->catalog == NULL)
        return err_set(
            err, ERR_ARG,
            "%s holds weights without titles; add --data DATA with what they "
            "were trained on",
            run->path);
    if (data != NULL)
        return err_set(err, ERR_ARG,
                       "%s has titles of its own; --data is for weights without them",
                       run->path);
    r->catalog = run->catalog;
    r->ratings = run->ratings;
    if (ratings == READING_WITH_RATINGS && run->ratings == NULL)
        return err_set(err, ERR_STATE,
                       "%s: the ratings are not here (ratings.safetensors), so nobody "
                       "knows what users have seen; expected a run folder",
                       run->path);
    return ERR_OK;
}

/* How DATA is read can be said only where some are: with --data, or as the operand
 * beyond those that must be there. */
static enum err_code
check_data_options(const struct cli *cli, const char *data, struct err *err)
{
    static const char *const names[] = { "columns", "item", "max-rejects", NULL };

    if (data != NULL || cli->n_operands > cli->command->min_operands)
        return ERR_OK;
    for (const char *const *n = names; *n != NULL; n++)
        if (option_given(cli->parsed, *n))
            return err_set(err, ERR_ARG,
                           "--%s says how DATA is read, and none is; leave it out", *n);
    return ERR_OK;
}

static enum err_code
make_room(struct reading *r, struct err *err)
{
    const struct catalog *c = r->catalog;
    size_t room = (size_t)longest_list(&c->id_of, c->n_items) +
                  longest_list(&c->genre_of, c->n_items);

    r->list = mem_new(room, sizeof(*r->list));
    if (r->list == NULL)
        return err_nomem(err, room * sizeof(*r->list), "a film's lists");
    return ERR_OK;
}

enum err_code
reading_open(struct reading *ret, struct cli *cli, const char *data,
             enum reading_ratings ratings, struct err *err)
{
    unsigned parts = RUN_MODEL | (ratings != READING_WITHOUT_RATINGS ? RUN_RATINGS : 0);
    struct reading r = { 0 };
    enum err_code rc = check_data_options(cli, data, err);

    if (rc == ERR_OK)
        rc = runs_open(&r.run, cli->operands[0], parts, err);
    if (rc == ERR_OK)
        rc = find_parts(&r, cli, data, ratings, err);
    if (rc == ERR_OK)
        rc = make_room(&r, err);
    if (rc != ERR_OK) {
        reading_close(&r);
        return rc;
    }
    r.name = path_name(r.run->path);
    *ret = r;
    return ERR_OK;
}

enum err_code
reading_open_filtered(struct reading *ret, struct cli *cli, const char *data,
                      enum reading_ratings ratings, const char *filter, struct err *err)
{
    enum filter_seen seen =
        ratings == READING_WITH_RATINGS ? FILTER_WITH_SEEN : FILTER_WITHOUT_SEEN;
    struct reading r;
    enum err_code rc = reading_open(&r, cli, data, ratings, err);

    if (rc != ERR_OK)
        return rc;
    if (filter != NULL)
        rc = filter_new(&r.filter, filter, r.catalog, r.model, seen, err);
    if (rc != ERR_OK) {
        reading_close(&r);
        return rc;
    }
    *ret = r;
    return ERR_OK;
}

void
reading_close(struct reading *r)
{
    filter_free(r->filter);
    mem_free(r->list);
    dataset_free(r->data);
    run_free(r->run);
    *r = (struct reading){ 0 };
}

/* Nobody has this id: say which ids there are. */
static enum err_code
fail_no_user(const struct reading *r, const char *word, struct err *err)
{
    const struct catalog *c = r->catalog;
    const char **names, *nearest;

    if (c->user.numeric)
        return err_set(err, ERR_NOTFOUND,
                       "no user %s in %s; its %" PRIu32 " users have ids from %" PRId64
                       " to %" PRId64,
                       word, r->name, c->n_users, c->user.num[1],
                       c->user.num[c->n_users]);
    names = mem_new((size_t)c->n_users, sizeof(*names));
    if (names == NULL)
        return err_nomem(err, c->n_users * sizeof(*names), "the names of users");
    for (uint32_t u = 1; u <= c->n_users; u++)
        names[u - 1] = strtab_get(&c->user.text, u);
    nearest = text_nearest(word, names, c->n_users);
    mem_free(names);
    if (nearest != NULL)
        return err_set(err, ERR_NOTFOUND, "no user '%s' in %s; did you mean '%s'?",
                       word, r->name, nearest);
    return err_set(err, ERR_NOTFOUND, "no user '%s' in %s; the first of them is '%s'",
                   word, r->name, strtab_get(&c->user.text, 1));
}

enum err_code
reading_user(uint32_t *ret, const struct reading *r, const char *word, struct err *err)
{
    uint32_t user = catalog_find_user(r->catalog, word);

    if (user == 0)
        return fail_no_user(r, word, err);
    *ret = user;
    return ERR_OK;
}

void
reading_film(const struct reading *r, uint32_t row,
             struct value v[READING_N_FILM_COLUMNS])
{
    const struct catalog *c = r->catalog;
    uint32_t first_id = c->id_of.start[row], first_genre = c->genre_of.start[row];
    size_t n_ids = c->id_of.start[row + 1] - first_id;
    size_t n_genres = c->genre_of.start[row + 1] - first_genre;
    struct value *ids = r->list, *genres = r->list + n_ids;

    for (size_t i = 0; i < n_ids; i++)
        ids[i] = value_id(&c->item_id, c->id_of.value[first_id + i]);
    for (size_t i = 0; i < n_genres; i++)
        genres[i] =
            value_text(strtab_get(&c->genre, c->genre_of.value[first_genre + i]));
    v[0] = ids[0];
    v[1] = value_list(ids, n_ids);
    v[2] = value_text(strtab_get(&c->title, row));
    v[3] = c->year[row] != 0 ? value_int(c->year[row]) : value_null();
    v[4] = value_list(genres, n_genres);
    v[5] = value_int(c->count[row]);
}
