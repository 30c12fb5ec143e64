/* cmd_data.c - `mltui data`: what is in a data set and what was rejected. */
#include "config.h"

#include "src/base/mem.h"
#include "src/data/locate.h"
#include "src/data/summary.h"
#include "ui/cli/bars.h"
#include "ui/cli/command.h"
#include "ui/cli/signals.h"

#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define BARS_TEXT    20 /* lines that a histogram takes at most */
#define BAR_CELLS    40
#define REJECTS_TEXT 5 /* shown without --rejects */

struct data {
    bool rejects;
};

static const struct option options[] = {
    { .name = "rejects",
      OPTION_FLAG(struct data, rejects),
      .help = "list the rejected rows, the first 1000" },
    { 0 },
};

static const struct column fields[] = {
    { .key = "data", .head = "data", .form = FORM_TEXT },
    { .key = "ratings", .head = "ratings", .form = FORM_COUNT },
    { .key = "users", .head = "users", .form = FORM_COUNT },
    { .key = "items", .head = "films rated", .form = FORM_COUNT },
    { .key = "titles", .head = "films listed", .form = FORM_COUNT },
    { .key = "density", .head = "density", .form = FORM_SHORT },
    { .key = "mean", .head = "mean rating", .form = FORM_REAL, .digits = 3 },
    { .key = "first_time", .head = "first", .form = FORM_TIME },
    { .key = "last_time", .head = "last", .form = FORM_TIME },
    { .key = "repeated", .head = "rated again", .form = FORM_COUNT },
    { .key = "rows", .head = "rows of all files", .form = FORM_COUNT },
    { .key = "rejected", .head = "rejected", .form = FORM_COUNT },
    { .key = "fingerprint", .form = FORM_TEXT },
};

#define N_FIELDS (sizeof(fields) / sizeof(fields[0]))

static const struct column tail_fields[] = {
    { .key = "of", .head = "ratings of a", .form = FORM_TEXT },
    { .key = "least", .head = "least", .form = FORM_COUNT },
    { .key = "median", .head = "median", .form = FORM_COUNT },
    { .key = "mean", .head = "mean", .form = FORM_REAL, .digits = 1 },
    { .key = "most", .head = "most", .form = FORM_COUNT },
    { .key = "fewer_than_10", .head = "fewer than 10", .form = FORM_COUNT },
    { .key = "top_tenth_share",
      .head = "top tenth has",
      .form = FORM_REAL,
      .digits = 2 },
};

#define N_TAIL_FIELDS (sizeof(tail_fields) / sizeof(tail_fields[0]))

static const struct column bar_fields[] = {
    { .key = "rating", .head = "rating", .form = FORM_SHORT },
    { .key = "count", .head = "ratings", .form = FORM_COUNT },
    { .key = NULL, .head = "", .form = FORM_TEXT },
};

static const struct column reject_fields[] = {
    { .key = "file", .head = "file", .form = FORM_TEXT, .flex = 1 },
    { .key = "line", .head = "line", .form = FORM_INT },
    { .key = "column", .head = "field", .form = FORM_INT },
    { .key = "reason", .head = "reason", .form = FORM_TEXT, .flex = 1 },
};

static struct value
value_seconds(int64_t t)
{
    return t == INT64_MAX || t == INT64_MIN ? value_null() : value_int(t);
}

static void
print_fields(struct output *o, const struct dataset *d)
{
    const struct catalog *c = d->catalog;

    output_fields(
        o, fields, N_FIELDS,
        (const struct value[N_FIELDS]){
            value_path(d->path),
            value_int((int64_t)d->ratings->n),
            value_int(c->n_users),
            value_int(c->n_items),
            d->movies_path != NULL ? value_int((int64_t)d->n_titles) : value_null(),
            value_real(summary_density(d)),
            value_real(d->mean),
            value_seconds(d->first_time),
            value_seconds(d->last_time),
            value_int((int64_t)d->n_repeated),
            value_int((int64_t)d->n_lines),
            value_int((int64_t)d->n_rejected),
            value_text(d->fingerprint),
        });
}

static void
print_tail(struct output *o, const char *of, const struct summary_tail *t)
{
    output_row(o, (const struct value[N_TAIL_FIELDS]){
                      value_text(of),
                      value_int(t->least),
                      value_int(t->median),
                      value_real(t->mean),
                      value_int(t->most),
                      value_int(t->n_few),
                      value_real(t->top_share),
                  });
}

static enum err_code
print_tails(struct output *o, const struct dataset *d, struct err *err)
{
    struct summary_tail items, users;
    enum err_code rc = summary_items(&items, d, err);

    if (rc == ERR_OK)
        rc = summary_users(&users, d, err);
    if (rc != ERR_OK)
        return rc;
    output_table_begin(o, "tails", tail_fields, N_TAIL_FIELDS);
    print_tail(o, "film", &items);
    print_tail(o, "user", &users);
    output_table_end(o);
    return ERR_OK;
}

static void
print_histogram(struct output *o, const struct dataset *d)
{
    bool text = output_form(o) == OUTPUT_TEXT;
    struct summary_bar bars[RATINGS_MAX_VALUES];
    size_t n =
        summary_histogram(d->ratings, bars, text ? BARS_TEXT : RATINGS_MAX_VALUES);
    uint64_t most = 1;

    for (size_t i = 0; i < n; i++)
        most = bars[i].count > most ? bars[i].count : most;
    output_table_begin(o, "histogram", bar_fields, 3);
    for (size_t i = 0; i < n; i++) {
        char bar[3 * BAR_CELLS + 1] = "";

        if (text)
            bars_draw(bar, sizeof(bar), (double)bars[i].count / (double)most, BAR_CELLS,
                      output_term(o)->glyphs);
        output_row(o, (const struct value[]){ value_f32((float)bars[i].rating),
                                              value_int((int64_t)bars[i].count),
                                              value_text(bar) });
    }
    output_table_end(o);
}

/* The first `most` rejects. */
static void
print_rejects(struct output *o, const struct dataset *d, size_t most)
{
    size_t n = d->n_rejects_kept < most ? d->n_rejects_kept : most;

    if (n > 0)
        output_gap(o);
    output_table_begin(o, "rejects", reject_fields, 4);
    for (size_t i = 0; i < n; i++)
        output_row(o, (const struct value[]){ value_text(d->rejects[i].file),
                                              value_int((int64_t)d->rejects[i].line),
                                              value_int(d->rejects[i].column),
                                              value_text(d->rejects[i].reason) });
    output_table_end(o);
    if (n < d->n_rejects_kept)
        output_say(o, "--rejects lists %zu rejected rows", d->n_rejects_kept);
    else if (n < d->n_rejected)
        output_say(o, "the first %zu of %" PRIu64 " rejected rows", n, d->n_rejected);
}

static enum err_code
print(struct cli *cli, const struct data *s, const struct dataset *d, struct err *err)
{
    bool all = s->rejects || cli->json || cli->csv;
    enum err_code rc;

    output_object_begin(cli->out, NULL);
    print_fields(cli->out, d);
    output_gap(cli->out);
    print_histogram(cli->out, d);
    output_gap(cli->out);
    rc = print_tails(cli->out, d, err);
    if (rc == ERR_OK)
        print_rejects(cli->out, d, all ? REJECTS_KEPT : REJECTS_TEXT);
    output_object_end(cli->out);
    return rc;
}

static void
show_progress(void *arg, uint64_t done, uint64_t total)
{
    progress_show(arg, "reading", (double)done / (double)total, NAN, NULL);
}

static enum err_code
data_run(struct cli *cli, const void *settings, struct err *err)
{
    struct dataset_options opt = dataset_defaults();
    struct dataset *d = NULL;
    struct pool *pool = NULL;
    enum err_code rc = signals_catch(err);

    /* What is rejected is shown first; whether it was too much is asked after that. */
    opt.max_rejects = LONG_MAX;
    opt.valid_part = 0;
    opt.columns = cli->columns;
    opt.item = cli->item;
    opt.progress = show_progress;
    opt.progress_arg = cli->progress;
    opt.cancel = signals_stop();
    if (rc == ERR_OK)
        rc = pool_new(&pool, cli->threads, err);
    if (rc == ERR_OK)
        rc = locate_load(&d, cli->operands[0], &opt, pool, err);
    progress_clear(cli->progress);
    if (rc == ERR_OK)
        rc = print(cli, settings, d, err);
    if (rc == ERR_OK)
        rc = dataset_check_rejects(d, cli->max_rejects, err);
    dataset_free(d);
    pool_free(pool);
    return rc;
}

const struct command cmd_data = {
    .name = "data",
    .operands = "DATA",
    .min_operands = 1,
    .max_operands = 1,
    .summary = "what is in a data set, and what was rejected",
    .about =
        "DATA is a folder such as ml-25m, a MovieLens zip as it is, a ratings.csv, "
        "u.data, ratings.dat, any delimited file with --columns, the word sample, or a "
        "name in the data folder.\n\nA row that is wrong is left out and counted; rows "
        "of ratings.csv and of movies.csv count together. Where more than max(10, 1 %) "
        "are rejected the exit status is 3.",
    .examples =
        (const struct example[]){
            { "mltui data ml-25m", "ratings, users, films, histogram" },
            { "mltui data --rejects ml-25m", "every row that was left out, and why" },
            { "mltui data --columns user=who,item=what,rating=stars votes.csv",
              "a file of your own" },
            { 0 } },
    .groups = GROUP_OUTPUT | GROUP_PROGRESS | GROUP_THREADS | GROUP_DATA,
    .options = options,
    .settings_size = sizeof(struct data),
    .run = data_run,
};
