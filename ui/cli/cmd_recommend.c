/* cmd_recommend.c - `mltui recommend`: what a user would like best. */
#include "config.h"

#include "src/base/mem.h"
#include "src/explore/recommend.h"
#include "src/explore/usercard.h"
#include "ui/cli/command.h"
#include "ui/cli/number.h"
#include "ui/cli/reading.h"

#include <stdio.h>

#define DIVERSE_MAX 1000 /* films that --diversity puts in a list */

struct recommend {
    struct option_list users; /* as typed */
    bool all_users;
    bool seen;
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
    READING_OPTION_DATA(struct recommend),
    { 0 },
};

/* `seen` stands last, so that it can be left out. */
static const struct column columns[] = {
    { .key = "user" },
    { .key = "rank", .head = "#", .form = FORM_INT },
    READING_FILM_COLUMNS,
    { .key = "predicted", .head = "predicted", .form = FORM_REAL, .digits = 2 },
    { .key = "seen", .head = "seen", .form = FORM_TEXT },
};

#define N_COLUMNS (sizeof(columns) / sizeof(columns[0]))

/* What the lists are printed with. */
struct printer {
    struct output *out;
    const struct reading *reading;
    bool seen;
    bool first; /* nothing was printed yet */
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

/* ---- the lists ------------------------------------------------------------------- */

/* One line of text on who the user is. */
static enum err_code
say_user(const struct printer *p, uint32_t user, struct err *err)
{
    const struct catalog *c = p->reading->catalog;
    char id[24], n[NUMBER_MAX], films[512] = "";
    struct usercard card;
    enum err_code rc;
    size_t used = 0;

    rc = usercard_make(&card, c, p->reading->ratings, user, err);
    if (rc != ERR_OK)
        return rc;
    for (size_t i = 0; i < card.n_favourites && used < sizeof(films); i++)
        used += (size_t)snprintf(films + used, sizeof(films) - used, "%s%s",
                                 i == 0 ? ". Favourites: " : "; ",
                                 strtab_get(&c->title, card.favourite[i]));
    number_grouped(n, (int64_t)card.n_ratings);
    if (!p->first)
        output_gap(p->out);
    output_say(p->out, "User %s: %s rating%s, mean %.2f%s.",
               idcol_text(&c->user, user, id), n, card.n_ratings == 1 ? "" : "s",
               card.mean, films);
    output_gap(p->out);
    return ERR_OK;
}

static void
print_rows(const struct printer *p, uint32_t user, const struct recommendation *list,
           size_t n)
{
    for (size_t i = 0; i < n && !output_failed(p->out); i++) {
        struct value v[N_COLUMNS] = {
            value_id(&p->reading->catalog->user, user),
            value_int((int64_t)i + 1),
        };

        reading_film(p->reading, list[i].row, v + 2);
        v[N_COLUMNS - 2] = value_f32((float)list[i].rating);
        v[N_COLUMNS - 1] = value_bool(list[i].seen);
        output_row(p->out, v);
    }
}

static void
begin_table(const struct printer *p)
{
    output_table_begin(p->out, NULL, columns, p->seen ? N_COLUMNS : N_COLUMNS - 1);
}

/* A recommend_fn. Text has a table for each user, JSON and CSV one for all. */
static enum err_code
print_user(void *arg, uint32_t user, const struct recommendation *list, size_t n,
           struct err *err)
{
    struct printer *p = arg;
    enum err_code rc;

    if (output_form(p->out) != OUTPUT_TEXT) {
        print_rows(p, user, list, n);
        return ERR_OK;
    }
    rc = say_user(p, user, err);
    if (rc != ERR_OK)
        return rc;
    p->first = false;
    begin_table(p);
    print_rows(p, user, list, n);
    output_table_end(p->out);
    if (n == 0)
        output_say(p->out, "No film is left%s; try it with fewer conditions.",
                   p->seen ? ""
                           : " that the user has not rated (--seen lists those too)");
    return ERR_OK;
}

static enum err_code
recommend_print(struct cli *cli, const struct recommend *s, const struct reading *r,
                struct err *err)
{
    const struct recommend_query q = { .limit = cli->limit,
                                       .seen = s->seen,
                                       .filter = r->filter,
                                       .diversity = s->diversity,
                                       .popularity = s->popularity };
    struct printer p = {
        .out = cli->out, .reading = r, .seen = s->seen, .first = true
    };
    bool one_table = output_form(cli->out) != OUTPUT_TEXT;
    struct recommender *rec = NULL;
    struct pool *pool = NULL;
    uint32_t *user = NULL;
    enum err_code rc;
    size_t n = 0;

    rc = find_users(&user, &n, s, r, err);
    if (rc == ERR_OK)
        rc = recommender_new(&rec, r->model, r->catalog, r->ratings, err);
    if (rc == ERR_OK && n > 1)
        rc = pool_new(&pool, cli->threads, err);
    if (rc == ERR_OK && one_table)
        begin_table(&p);
    if (rc == ERR_OK)
        rc = recommend_users(rec, user, n, &q, pool, print_user, &p, err);
    if (rc == ERR_OK && one_table)
        output_table_end(cli->out);
    pool_free(pool);
    recommender_free(rec);
    mem_free(user);
    return rc;
}

static enum err_code
check_settings(const struct cli *cli, const struct recommend *s, struct err *err)
{
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
    if (!s->all_users && s->users.n == 0)
        return err_set(err, ERR_ARG,
                       "for whom? give --user ID, several times if you like, or "
                       "--all-users --csv");
    return ERR_OK;
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
    if (rc == ERR_OK)
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
        "too. "
        "Films that nobody rated are not listed: nothing is known about them.\n\n"
        "--diversity chooses from ten times as many films as are listed, each for its "
        "prediction and for being unlike those above it (maximal marginal relevance, "
        "Carbonell and Goldstein 1998). --popularity 1 lets a film that is one "
        "standard "
        "deviation better known (in the logarithm of its ratings) stand as high as one "
        "whose bias is one standard deviation higher; -1 is the reverse. Neither "
        "changes what is predicted, only who is listed where.\n\n"
        "A filter is words joined by blanks (and), | (or), - (not) and parentheses: "
        "genre:sci-fi, title:ring, year>1990, year:1990..1999, n>500 (ratings), "
        "mean>=4, "
        "bias<0, seen; other words, or text in \"quotes\", are part of a title.",
    .examples =
        (const struct example[]){
            { "mltui recommend latest --user 42", "ten films for user 42" },
            { "mltui recommend latest -u 42 -u 7 --filter 'genre:comedy n>100'",
              "well-known comedies for two" },
            { "mltui recommend latest -u 42 --seen --filter seen --limit 0",
              "what the model thinks of all that the user rated" },
            { "mltui recommend latest -u 42 --diversity 0.5 --popularity -0.5",
              "ten different films, off the beaten track" },
            { "mltui recommend latest --all-users --csv > top10.csv", "for everybody" },
            { 0 } },
    .groups = GROUP_OUTPUT | GROUP_LIMIT_10 | GROUP_THREADS | GROUP_DATA,
    .options = options,
    .settings_size = sizeof(struct recommend),
    .run = recommend_run,
};
