/* cmd_users.c - `mltui users`: who rated, what each likes, and one user's card. */
#include "config.h"

#include "src/base/mem.h"
#include "src/explore/users.h"
#include "ui/cli/command.h"
#include "ui/cli/number.h"
#include "ui/cli/reading.h"
#include "ui/cli/userpage.h"

#include <math.h>

struct users_settings {
    int sort; /* enum users_sort */
    bool reverse;
    unsigned min_ratings;
    const char *user;
    bool held_out;
    const char *data;
};

static const char *const sort_words[] = {
#define X(id, name, high_first) [USERS_BY_##id] = name,
    USERS_SORT_LIST(X)
#undef X
        [USERS_SORT_COUNT] = NULL,
};

static const struct option options[] = {
    { .name = "sort",
      .letter = 's',
      OPTION_CHOICE(struct users_settings, sort),
      .arg = "KEY",
      .def = "ratings",
      .choices = sort_words,
      .help = "ratings, mean or bias (high first), user (low first)" },
    { .name = "reverse",
      .letter = 'r',
      OPTION_FLAG(struct users_settings, reverse),
      .help = "turn the order: the least active, the strictest" },
    { .name = "min-ratings",
      .letter = 'm',
      OPTION_UNSIGNED(struct users_settings, min_ratings),
      .arg = "N",
      .def = "0",
      .help = "only users with at least N ratings" },
    { .name = "user",
      .letter = 'u',
      OPTION_TEXT(struct users_settings, user),
      .arg = "ID",
      .help = "one user's card, by the id in the data" },
    { .name = "held-out",
      OPTION_FLAG(struct users_settings, held_out),
      .help = "with --user: the held-out ratings beside what is predicted" },
    READING_OPTION_DATA(struct users_settings),
    { 0 },
};

/* ---- the list -------------------------------------------------------------------- */

static const struct column columns[] = {
    { .key = "rank", .head = "#", .form = FORM_INT },
    { .key = "user", .head = "user", .form = FORM_INT },
    { .key = "ratings", .head = "ratings", .form = FORM_COUNT },
    { .key = "mean", .head = "mean", .form = FORM_REAL, .digits = 2 },
    { .key = "bias", .head = "bias", .form = FORM_SIGNED, .digits = 3 },
    { .key = "likes", .head = "likes", .form = FORM_TEXT, .flex = 1 },
};

#define N_COLUMNS (sizeof(columns) / sizeof(columns[0]))

/* What the order means, in one line; [1] is the reversed one. */
static const char *const meaning[USERS_SORT_COUNT][2] = {
    [USERS_BY_RATINGS] = { "by activity, the most ratings first",
                           "by activity, the fewest ratings first" },
    [USERS_BY_MEAN] = { "by mean rating, the highest first",
                        "by mean rating, the lowest first" },
    [USERS_BY_BIAS] = { "by bias: who gives more than others, whatever the film",
                        "by bias: who gives less than others, whatever the film" },
    [USERS_BY_USER] = { "by id", "by id, from the end" },
};

static enum err_code
print_users(struct output *o, const struct reading *r, const struct users *u,
            struct err *err)
{
    const struct catalog *c = r->catalog;
    struct users_liking *likes = mem_new(c->genre.n, sizeof(*likes));
    struct value *names = mem_new(c->genre.n, sizeof(*names));

    if (likes == NULL || names == NULL) {
        mem_free(likes);
        mem_free(names);
        return err_nomem(err, c->genre.n * sizeof(*likes), "what users like");
    }
    output_table_begin(o, NULL, columns, N_COLUMNS);
    for (size_t i = 0; i < u->n && !output_failed(o); i++) {
        const uint32_t row = u->row[i];
        const size_t n = userpage_likes(names, likes, r, row);

        output_row(o, (const struct value[N_COLUMNS]){
                          value_int((int64_t)i + 1),
                          value_id(&c->user, row),
                          value_int((int64_t)users_n_ratings(r->ratings, row)),
                          value_f32((float)users_mean(r->ratings, row)),
                          value_f32(r->model->bu[row]),
                          value_list(names, n),
                      });
    }
    output_table_end(o);
    mem_free(likes);
    mem_free(names);
    return ERR_OK;
}

static enum err_code
list_users(const struct cli *cli, const struct users_settings *s,
           const struct reading *r, struct err *err)
{
    const struct users_query q = { .sort = (enum users_sort)s->sort,
                                   .reverse = s->reverse,
                                   .min_ratings = s->min_ratings,
                                   .limit = cli->limit };
    char listed[NUMBER_MAX], all[NUMBER_MAX];
    struct users u = { 0 };
    enum err_code rc = users_list(&u, r->model, r->ratings, &q, err);

    if (rc != ERR_OK)
        return rc;
    output_say(cli->out, "Users of %s %s.", r->name, meaning[s->sort][s->reverse]);
    output_gap(cli->out);
    rc = print_users(cli->out, r, &u, err);
    number_grouped(listed, (int64_t)u.n);
    number_grouped(all, (int64_t)u.n_match);
    if (u.n_match > 0)
        output_gap(cli->out);
    if (u.n_match == 0)
        output_say(cli->out, "No user has so many ratings.");
    else if (u.n == u.n_match)
        output_say(cli->out, "All %s users that pass.", all);
    else
        output_say(cli->out, "%s of %s users; --limit 0 lists all.", listed, all);
    users_done(&u);
    return rc;
}

/* ---- the command ----------------------------------------------------------------- */

static enum err_code
check_settings(const struct cli *cli, const struct users_settings *s, struct err *err)
{
    static const char *const of_list[] = { "sort", "reverse", "min-ratings", "limit",
                                           NULL };

    if (s->held_out && s->user == NULL)
        return err_set(err, ERR_ARG, "--held-out is for one user; add --user ID");
    return s->user == NULL ? ERR_OK : options_idle(cli->parsed, of_list, "user", err);
}

static enum err_code
users_run(struct cli *cli, const void *settings, struct err *err)
{
    const struct users_settings *s = settings;
    struct reading r = { 0 };
    uint32_t user = 0;
    enum err_code rc = check_settings(cli, s, err);

    if (rc == ERR_OK)
        rc = reading_open(&r, cli, s->data, READING_WITH_RATINGS, err);
    if (rc == ERR_OK && s->user != NULL)
        rc = reading_user(&user, &r, s->user, err);
    if (rc == ERR_OK && s->user == NULL)
        rc = list_users(cli, s, &r, err);
    else if (rc == ERR_OK && s->held_out)
        rc = userpage_held_out(cli, &r, user, err);
    else if (rc == ERR_OK)
        rc = userpage_card(cli, &r, user, err);
    reading_close(&r);
    return rc;
}

const struct command cmd_users = {
    .name = "users",
    .operands = "RUN",
    .min_operands = 1,
    .max_operands = 1,
    .summary = "list a run's users, or show one of them",
    .about =
        "The bias of a user is what the model adds to all of the user's ratings: how "
        "generous they are. Users like a genre that they rate above their own mean: "
        "with n ratings of such films, whose differences from that mean add up to S, "
        "it is above by S / (n + 5) stars, so that a few ratings count for little. "
        "Listed are the "
        "genres above by 0.1 stars or more, the most liked first.\n\n"
        "--user shows a user's card: the stars given beside everybody's, the genres "
        "rated higher and lower than the user's mean, where the model places the taste "
        "along the named directions of \"mltui factors\", the films with the most "
        "stars.\n\n"
        "--user ID --held-out lists the user's ratings that were not trained on beside "
        "what the model predicts for them, with the root of the mean squared error "
        "(RMSE) of these and of all users' held-out ratings.",
    .examples =
        (const struct example[]){
            { "mltui users latest", "the most active" },
            { "mltui users latest --sort bias --reverse -m 50", "strict judges" },
            { "mltui users latest --user 42", "who user 42 is" },
            { "mltui users latest --user 42 --held-out", "how well that was guessed" },
            { 0 } },
    .groups = GROUP_OUTPUT | GROUP_LIMIT_20 | GROUP_DATA,
    .options = options,
    .settings_size = sizeof(struct users_settings),
    .run = users_run,
};
