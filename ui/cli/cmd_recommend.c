/* cmd_recommend.c - `mltui recommend`: what a user would like best. */
#include "config.h"

#include "src/base/mem.h"
#include "ui/cli/command.h"
#include "ui/cli/lists.h"
#include "ui/cli/own.h"
#include "ui/cli/reading.h"
#include "ui/cli/why.h"

#define DIVERSE_MAX 1000 /* films that --diversity puts in a list */

struct recommend {
    struct option_list users; /* as typed */
    bool all_users;
    const char *ratings; /* a file of own ratings, or NULL */
    bool matches;
    bool seen;
    bool explain;
    const char *filter;
    const char *data;
    double diversity;
    double popularity;
};

static const struct option options[] = {
    { .name = "user",
      .letter = 'u',
      OPTION_LIST(struct recommend, users),
      .arg = "ID",
      .help = "for whom, by the id in the data; may be given several times" },
    { .name = "all-users",
      OPTION_FLAG(struct recommend, all_users),
      .help = "for everybody; with --csv" },
    { .name = "ratings",
      .letter = 'r',
      OPTION_TEXT(struct recommend, ratings),
      .arg = "FILE",
      .help = "for you: your own ratings, or your export from IMDb or Letterboxd; -: "
              "standard input" },
    { .name = "matches",
      OPTION_FLAG(struct recommend, matches),
      .help = "list what each line of --ratings was taken for, and nothing else" },
    { .name = "filter",
      .letter = 'f',
      OPTION_TEXT(struct recommend, filter),
      .arg = "EXPR",
      .help = "films to list, as in 'genre:sci-fi year>1990 -alien'" },
    { .name = "seen",
      OPTION_FLAG(struct recommend, seen),
      .help = "list films that the user has rated too" },
    { .name = "diversity",
      OPTION_DOUBLE(struct recommend, diversity),
      .arg = "D",
      .def = "0",
      .lo = 0,
      .hi = 1,
      .help = "0: the best alone; towards 1: films less like each other" },
    { .name = "popularity",
      OPTION_DOUBLE(struct recommend, popularity),
      .arg = "P",
      .def = "0",
      .lo = -1,
      .hi = 1,
      .help = "above 0: prefer what many rated; below: what few did" },
    { .name = "explain",
      OPTION_FLAG(struct recommend, explain),
      .help = "say why: the terms that a film's prediction is the sum of" },
    READING_OPTION_DATA(struct recommend),
    { 0 },
};

/* ---- who ------------------------------------------------------------------------- */

/* Rows of the users that were asked for; the caller owns them. */
static enum err_code
find_users(uint32_t **ret, size_t *ret_n, const struct recommend *s,
           const struct reading *r, struct err *err)
{
    size_t n = s->all_users ? r->catalog->n_users : s->users.n;
    uint32_t *user = mem_new(n, sizeof(*user));
    enum err_code rc;

    if (user == NULL)
        return err_nomem(err, n * sizeof(*user), "a list of users");
    for (size_t i = 0; i < n; i++) {
        rc = ERR_OK;
        if (s->all_users)
            user[i] = (uint32_t)i + 1;
        else
            rc = reading_user(&user[i], r, s->users.item[i], err);
        if (rc != ERR_OK) {
            mem_free(user);
            return rc;
        }
    }
    *ret = user;
    *ret_n = n;
    return ERR_OK;
}

/* ---- for them ------------------------------------------------------------------- */

/* Ask for n users and print their lists. */
static enum err_code
print_lists(struct cli *cli, const struct recommend *s, struct lists *l,
            const uint32_t *user, size_t n, struct err *err)
{
    const struct recommend_query q = { .limit = cli->limit,
                                       .seen = s->seen,
                                       .filter = l->reading->filter,
                                       .diversity = s->diversity,
                                       .popularity = s->popularity };
    struct recommender *rec = NULL;
    struct pool *pool = NULL;
    enum err_code rc = recommender_new(&rec, l->model, l->catalog, l->ratings, err);

    if (rc == ERR_OK && n > 1)
        rc = pool_new(&pool, cli->threads, err);
    if (rc == ERR_OK) {
        lists_begin(l);
        rc = recommend_users(rec, user, n, &q, pool, lists_print, l, err);
    }
    if (rc == ERR_OK)
        lists_end(l);
    pool_free(pool);
    recommender_free(rec);
    return rc;
}

/* For the person whose ratings are in a file. */
static enum err_code
recommend_own(struct cli *cli, const struct recommend *s, struct lists *l,
              struct err *err)
{
    static const uint32_t user = ONEUSER_ROW;
    struct own own = { 0 };
    enum err_code rc = own_open(&own, cli, l->reading, s->ratings, err);

    l->model = &own.one.model;
    l->catalog = &own.one.catalog;
    l->ratings = own.one.ratings;
    l->own = true;
    if (rc == ERR_OK)
        rc = print_lists(cli, s, l, &user, 1, err);
    own_close(&own);
    return rc;
}

/* For users of the data. */
static enum err_code
recommend_known(struct cli *cli, const struct recommend *s, struct lists *l,
                struct err *err)
{
    uint32_t *user = NULL;
    size_t n = 0;
    enum err_code rc = find_users(&user, &n, s, l->reading, err);

    l->model = l->reading->model;
    l->catalog = l->reading->catalog;
    l->ratings = l->reading->ratings;
    if (rc == ERR_OK)
        rc = print_lists(cli, s, l, user, n, err);
    mem_free(user);
    return rc;
}

static enum err_code
recommend_print(struct cli *cli, const struct recommend *s, const struct reading *r,
                struct err *err)
{
    struct why why = { 0 };
    struct lists l = {
        .out = cli->out, .reading = r, .seen = s->seen, .why = s->explain ? &why : NULL
    };
    enum err_code rc = ERR_OK;

    if (s->explain)
        rc = why_init(&why, r->model, r->catalog, err);
    if (rc == ERR_OK && s->ratings != NULL)
        rc = recommend_own(cli, s, &l, err);
    else if (rc == ERR_OK)
        rc = recommend_known(cli, s, &l, err);
    why_done(&why);
    return rc;
}

static enum err_code
check_settings(const struct cli *cli, const struct recommend *s, struct err *err)
{
    static const char *const of_lists[] = { "filter",     "seen",    "diversity",
                                            "popularity", "explain", "limit",
                                            NULL };

    if (s->ratings != NULL && (s->users.n > 0 || s->all_users))
        return err_set(err, ERR_ARG,
                       "--ratings is for somebody who is not in the data; expected it "
                       "without %s",
                       s->all_users ? "--all-users" : "--user");
    if (s->matches && s->ratings == NULL)
        return err_set(err, ERR_ARG,
                       "--matches lists the lines of a file; add --ratings FILE");
    if (s->all_users && s->users.n > 0)
        return err_set(err, ERR_ARG, "--user and --all-users: give one of them");
    if (s->all_users && !cli->csv)
        return err_set(err, ERR_ARG,
                       "--all-users is for --csv; add it, or name a --user");
    if (s->diversity > 0 && (cli->limit == 0 || cli->limit > DIVERSE_MAX))
        return err_set(err, ERR_ARG,
                       "--diversity chooses each film by all before it; expected "
                       "--limit 1 to %d with it",
                       DIVERSE_MAX);
    if (!s->all_users && s->users.n == 0 && s->ratings == NULL)
        return err_set(err, ERR_ARG,
                       "for whom? give --user ID, several times if you like, "
                       "--ratings FILE with your own, or --all-users --csv");
    return s->matches ? options_idle(cli->parsed, of_lists, "matches", err) : ERR_OK;
}

static enum err_code
recommend_run(struct cli *cli, const void *settings, struct err *err)
{
    const struct recommend *s = settings;
    struct reading r = { 0 };
    enum err_code rc = check_settings(cli, s, err);

    if (rc == ERR_OK)
        rc = reading_open_filtered(&r, cli, s->data, READING_WITH_RATINGS, s->filter,
                                   err);
    if (rc == ERR_OK && s->matches)
        rc = own_print_matches(cli, &r, s->ratings, err);
    else if (rc == ERR_OK)
        rc = recommend_print(cli, s, &r, err);
    reading_close(&r);
    return rc;
}

const struct command cmd_recommend = {
    .name = "recommend",
    .operands = "RUN",
    .min_operands = 1,
    .max_operands = 1,
    .summary = "list what a user would like best",
    .about =
        "Predicts the user's rating of every film and lists the highest. What the user "
        "has rated is hidden, whether it was trained on or held out; --seen lists it "
        "too. Films that nobody rated are not listed: nothing is known about them.\n\n"
        "--ratings takes a file with your own ratings. It may be lines of a title (or "
        "an id of the data) and a rating in the data's stars: \"Heat (1995),4.5\". Or "
        "it is what IMDb (Your ratings, Export) or Letterboxd (Settings, Data, "
        "ratings.csv) gives you. You are folded in: the model stays as it is, and "
        "factors are found for you (\"mltui help fold-in\"). What could not be matched "
        "is said on stderr, with the nearest titles; --matches lists what each line "
        "was taken for (JSON: line, film, year, stars, item, title, nearest[]; item is "
        "null where nothing was). Nothing is written anywhere. A file with the ratings "
        "of several users, such as a whole ratings.csv, is refused.\n\n"
        "--explain says why: the logit of a prediction is the sum of the terms in "
        "\"why\", as in \"mltui explain\".\n\n"
        "--diversity chooses from ten times as many films as are listed, each for its "
        "prediction and for being unlike those above it (maximal marginal relevance, "
        "Carbonell and Goldstein 1998). --popularity 1 lets a film that is one "
        "standard deviation better known (in the logarithm of its ratings) stand as "
        "high as one whose bias is one standard deviation higher; -1 is the reverse. "
        "Neither changes what is predicted, only who is listed where.\n\n"
        "A filter is words joined by blanks (and), | (or), - (not) and parentheses: "
        "genre:sci-fi, title:ring, year>1990, year:1990..1999, n>500 (ratings), "
        "mean>=4, bias<0, seen; other words, or text in \"quotes\", are part of a "
        "title.",
    .examples =
        (const struct example[]){
            { "mltui recommend latest --user 42", "ten films for user 42" },
            { "mltui recommend latest -u 42 -u 7 --filter 'genre:comedy n>100'",
              "well-known comedies for two" },
            { "mltui recommend latest -u 42 --seen --filter seen --limit 0",
              "what the model thinks of all that the user rated" },
            { "mltui recommend latest -u 42 --diversity 0.5 --popularity -0.5",
              "ten different films, off the beaten track" },
            { "mltui recommend latest --ratings mine.csv --explain",
              "ten films for you, and why" },
            { "mltui recommend latest --ratings imdb.csv --matches",
              "which of your films the model knows" },
            { "mltui recommend latest --all-users --csv > top10.csv", "for everybody" },
            { 0 } },
    .groups = GROUP_OUTPUT | GROUP_LIMIT_10 | GROUP_THREADS | GROUP_DATA,
    .options = options,
    .settings_size = sizeof(struct recommend),
    .run = recommend_run,
};
