/* cmd_evaluate.c - `mltui evaluate`: how good a run is on ratings it did not see. */
#include "config.h"

#include "src/base/clock.h"
#include "src/data/locate.h"
#include "src/explore/evaluate.h"
#include "ui/cli/command.h"
#include "ui/cli/number.h"
#include "ui/cli/reading.h"
#include "ui/cli/signals.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

struct evaluate {
    double relevant;
    uint64_t users;
    const char *data;
};

static const struct option options[] = {
    { .name = "relevant",
      OPTION_DOUBLE(struct evaluate, relevant),
      .arg = "STARS",
      .def = "4",
      .lo = -INFINITY,
      .hi = INFINITY,
      .help = "a film is relevant to a user who gave it so many stars or more" },
    { .name = "users",
      OPTION_U64(struct evaluate, users),
      .arg = "N",
      .def = "0",
      .lo = 0,
      .hi = UINT32_MAX,
      .help = "rank for N users, drawn by --seed; 0: for all" },
    READING_OPTION_DATA(struct evaluate),
    { 0 },
};

static const struct column fields[] = {
    { .key = "run", .head = "run", .form = FORM_TEXT },
    { .key = "n", .head = "ratings asked for", .form = FORM_COUNT },
    { .key = "skipped_ratings" },
    { .key = "skipped_users" },
    { .key = "skipped_items" },
    { .key = "rmse", .head = "RMSE", .form = FORM_REAL, .digits = 4 },
    { .key = "mae", .head = "MAE", .form = FORM_REAL, .digits = 4 },
    { .key = "bias_only_rmse",
      .head = "RMSE, biases alone",
      .form = FORM_REAL,
      .digits = 4 },
    { .key = "bias_only_mae" },
    { .key = "item_mean_rmse",
      .head = "RMSE, each film's mean",
      .form = FORM_REAL,
      .digits = 4 },
    { .key = "item_mean_mae" },
    { .key = "global_mean_rmse",
      .head = "RMSE, the mean of all",
      .form = FORM_REAL,
      .digits = 4 },
    { .key = "global_mean_mae" },
    { .key = "relevant", .head = "relevant from", .form = FORM_REAL, .digits = 1 },
    { .key = "relevant_users", .head = "users with such a film", .form = FORM_COUNT },
    { .key = "ranked_users", .head = "ranked for", .form = FORM_COUNT },
    { .key = "precision_at_10",
      .head = "precision at 10",
      .form = FORM_REAL,
      .digits = 4 },
    { .key = "precision_at_10_error" },
    { .key = "recall_at_10", .head = "recall at 10", .form = FORM_REAL, .digits = 4 },
    { .key = "recall_at_10_error" },
    { .key = "ndcg_at_10", .head = "NDCG at 10", .form = FORM_REAL, .digits = 4 },
    { .key = "ndcg_at_10_error" },
    { .key = "coverage", .head = "coverage", .form = FORM_REAL, .digits = 4 },
    { .key = "popular_precision_at_10",
      .head = "precision, the most rated",
      .form = FORM_REAL,
      .digits = 4 },
    { .key = "popular_precision_at_10_error" },
    { .key = "popular_recall_at_10",
      .head = "recall, the most rated",
      .form = FORM_REAL,
      .digits = 4 },
    { .key = "popular_recall_at_10_error" },
    { .key = "popular_ndcg_at_10",
      .head = "NDCG, the most rated",
      .form = FORM_REAL,
      .digits = 4 },
    { .key = "popular_ndcg_at_10_error" },
    { .key = "popular_coverage" },
    { .key = "rank_seconds" },
    { .key = "gflops" },
};

#define N_FIELDS (sizeof(fields) / sizeof(fields[0]))

static const struct column bins[] = {
    { .key = "predicted", .head = "predicted", .form = FORM_REAL, .digits = 2 },
    { .key = "given", .head = "given", .form = FORM_REAL, .digits = 2 },
    { .key = "count", .head = "ratings", .form = FORM_COUNT },
};

/* What is evaluated on: the run's own held-out ratings, or other data. */
struct asked {
    struct dataset *data;  /* owned, or NULL */
    struct ratings *other; /* owned, or NULL */
    const struct ratings *test;
    struct evaluate_skipped skipped;
};

static void
asked_done(struct asked *a)
{
    ratings_free(a->other);
    dataset_free(a->data);
}

/* Which films are one: as the run was trained, unless it is said otherwise. */
static enum dataset_item
item_of(const struct cli *cli, const struct reading *r)
{
    const char *item = r->run->info.item;

    if (option_given(cli->parsed, "item") || item == NULL)
        return cli->item;
    return strcmp(item, "id") == 0 ? DATASET_ITEM_ID : DATASET_ITEM_TITLE;
}

/* Read the DATA of the second operand in the rows of the run. */
static enum err_code
read_other(struct asked *a, const struct cli *cli, const struct reading *r,
           struct pool *pool, struct err *err)
{
    struct dataset_options opt = dataset_defaults();
    enum err_code rc;

    opt.valid_part = 0;
    opt.columns = cli->columns;
    opt.item = item_of(cli, r);
    opt.cancel = signals_stop();
    opt.max_rejects = cli->max_rejects;
    rc = locate_load(&a->data, cli->operands[1], &opt, pool, err);
    if (rc == ERR_OK)
        rc = evaluate_other(&a->other, &a->skipped, r->catalog, a->data->catalog,
                            a->data->ratings, err);
    if (rc == ERR_OK && a->other->n == 0)
        rc = err_set(err, ERR_DATA,
                     "%s: none of its %zu ratings is by a user and of a film that %s "
                     "knows; expected ids of the data it was trained on",
                     cli->operands[1], a->data->ratings->n, r->name);
    if (rc == ERR_OK)
        a->test = a->other;
    return rc;
}

static enum err_code
find_asked(struct asked *a, const struct cli *cli, const struct reading *r,
           struct pool *pool, struct err *err)
{
    if (cli->n_operands == 2)
        return read_other(a, cli, r, pool, err);
    if (r->ratings->n_held_out == 0)
        return err_set(err, ERR_STATE,
                       "%s held no ratings out (--valid 0, or bare weights); name "
                       "other data: mltui evaluate %s DATA",
                       r->name, cli->operands[0]);
    a->test = r->ratings;
    return ERR_OK;
}

/* The fields that a predictor, a mean over users and a kind of list have. */
#define ERRORS(e) value_real((e).rmse), value_real((e).mae)
#define MEAN(m)   value_real((m).value), value_real((m).error)
#define RANKED(r) \
    MEAN((r).precision), MEAN((r).recall), MEAN((r).ndcg), value_real((r).coverage)

static void
print_fields(struct output *o, const struct reading *r, const struct evaluate *s,
             const struct asked *a, const struct evaluation *ev)
{
    output_fields(o, fields, N_FIELDS,
                  (const struct value[N_FIELDS]){
                      value_text(r->name),
                      value_int((int64_t)ev->n),
                      value_int((int64_t)a->skipped.ratings),
                      value_int(a->skipped.users),
                      value_int(a->skipped.films),
                      ERRORS(ev->model),
                      ERRORS(ev->bias_only),
                      ERRORS(ev->item_mean),
                      ERRORS(ev->global_mean),
                      value_real(s->relevant),
                      value_int(ev->n_relevant_users),
                      value_int(ev->n_ranked_users),
                      RANKED(ev->ranked),
                      RANKED(ev->popular),
                      value_real(ev->rank_s),
                      value_real(ev->multiplies / ev->rank_s * 1e-9),
                  });
}

/* What text says in sentences. */
static void
say_more(struct output *o, const struct asked *a, const struct evaluation *ev)
{
    if (a->skipped.ratings > 0)
        output_say(o,
                   "Left out: %" PRIu64 " ratings, of %" PRIu32 " users and %" PRIu32
                   " films that the run does not know.",
                   a->skipped.ratings, a->skipped.users, a->skipped.films);
    if (ev->n_ranked_users < ev->n_relevant_users)
        output_say(o,
                   "Standard errors of the draw: precision %.4f, recall %.4f, NDCG "
                   "%.4f; the coverage is that of these users alone.",
                   ev->ranked.precision.error, ev->ranked.recall.error,
                   ev->ranked.ndcg.error);
    output_say(o,
               "Ranking took %.2f s: %.1f GFLOP/s; 'mltui bench --reading' says what "
               "this machine can do.",
               ev->rank_s, ev->multiplies / ev->rank_s * 1e-9);
}

static void
print(struct output *o, const struct reading *r, const struct evaluate *s,
      const struct asked *a, const struct evaluation *ev)
{
    output_object_begin(o, NULL);
    print_fields(o, r, s, a, ev);
    output_gap(o);
    output_table_begin(o, "calibration", bins, 3);
    for (unsigned i = 0; i < EVALUATE_BINS; i++)
        if (ev->bin[i].count > 0)
            output_row(o, (const struct value[]){
                              value_real(ev->bin[i].predicted),
                              value_real(ev->bin[i].given),
                              value_int((int64_t)ev->bin[i].count),
                          });
    output_table_end(o);
    output_gap(o);
    say_more(o, a, ev);
    output_object_end(o);
}

/* What evaluate.h tells while it works. */
struct watch {
    struct progress *progress;
    double begun; /* the ranking */
};

static void
show_stage(void *arg, enum evaluate_stage stage, double part)
{
    static const char *const label[] = { "fitting the baselines", "predicting",
                                         "ranking" };
    struct watch *w = arg;
    double now;

    if (!progress_due(w->progress))
        return;
    now = clock_now_s();
    if (stage != EVALUATE_RANKING || w->begun == 0)
        w->begun = now;
    progress_show(w->progress, label[stage], part,
                  stage == EVALUATE_RANKING && part > 0
                      ? (now - w->begun) * (1 - part) / part
                      : NAN,
                  NULL);
}

static enum err_code
evaluate_run(struct cli *cli, const void *settings, struct err *err)
{
    const struct evaluate *s = settings;
    struct watch watch = { .progress = cli->progress };
    const struct evaluate_query q = { .relevant = s->relevant,
                                      .n_users = (uint32_t)s->users,
                                      .seed = cli->seed,
                                      .cancel = signals_stop(),
                                      .progress = show_stage,
                                      .progress_arg = &watch };
    struct evaluation ev = { 0 };
    struct pool *pool = NULL;
    struct reading r = { 0 };
    struct asked a = { 0 };
    enum err_code rc;

    rc = reading_open(&r, cli, s->data, READING_WITH_RATINGS, err);
    if (rc == ERR_OK)
        rc = pool_new(&pool, cli->threads, err);
    if (rc == ERR_OK)
        rc = signals_catch(err);
    if (rc == ERR_OK)
        rc = find_asked(&a, cli, &r, pool, err);
    if (rc == ERR_OK)
        rc = evaluate_model(&ev, r.model, r.catalog, r.ratings, a.test, &q, pool, err);
    progress_clear(cli->progress);
    if (rc == ERR_OK)
        print(cli->out, &r, s, &a, &ev);
    asked_done(&a);
    pool_free(pool);
    reading_close(&r);
    return rc;
}

const struct command cmd_evaluate = {
    .name = "evaluate",
    .operands = "RUN [DATA]",
    .min_operands = 1,
    .max_operands = 2,
    .summary = "how good a run is on ratings it did not see",
    .about =
        "Predicts the ratings that the run held out, or those of DATA, and compares: "
        "with the mean of all, each film's mean, and biases alone (mean + user + film, "
        "ridge 10, to convergence), all fitted on what was trained on. Ratings of DATA "
        "by users or of films that the run does not know are left out and counted.\n\n"
        "Ranks all films for each user, less those trained on for that user, and looks "
        "at the first ten for films with --relevant stars among the ratings asked for; "
        "users without such a film are left out. Precision is hits / 10, recall "
        "hits / relevant films, NDCG counts early hits for more, coverage is the share "
        "of films in anybody's ten. Beside it stands what one gets by recommending the "
        "most rated films that a user lacks: people rate what many have seen, so a "
        "model of stars rarely beats that. No film is sampled; --users draws users, "
        "and then the standard errors are stated, which are 0 when all are asked.\n\n"
        "Calibration: ratings in ten classes by what was predicted, with the mean that "
        "was given.",
    .examples =
        (const struct example[]){
            { "mltui evaluate latest", "on the part that was held out" },
            { "mltui evaluate latest --users 1000", "rank for a thousand users" },
            { "mltui evaluate latest newer.csv --json", "on other ratings" },
            { 0 } },
    .groups = GROUP_OUTPUT | GROUP_PROGRESS | GROUP_THREADS | GROUP_SEED | GROUP_DATA,
    .options = options,
    .settings_size = sizeof(struct evaluate),
    .run = evaluate_run,
};
