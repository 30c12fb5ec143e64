/* cmd_synth.c - `mltui synth`: a data set of our own, of any size. */
#include "config.h"

#include "src/base/clock.h"
#include "src/data/synth.h"
#include "ui/cli/command.h"
#include "ui/cli/number.h"
#include "ui/cli/signals.h"

#include <math.h>
#include <stdio.h>

struct settings {
    uint64_t users, items, ratings;
};

static const struct option options[] = {
    { .name = "users",
      .letter = 'u',
      OPTION_U64(struct settings, users),
      .arg = "N",
      .def = "162541",
      .lo = 1,
      .hi = SYNTH_MAX_USERS,
      .help = "users; each rates at least one film" },
    { .name = "items",
      .letter = 'i',
      OPTION_U64(struct settings, items),
      .arg = "N",
      .def = "62423",
      .lo = 2,
      .hi = SYNTH_MAX_ITEMS,
      .help = "films; about 5 % of them stay unrated" },
    { .name = "ratings",
      .letter = 'r',
      OPTION_U64(struct settings, ratings),
      .arg = "N",
      .def = "25000095",
      .lo = 1,
      .hi = INFINITY,
      .help = "ratings; a user rates at most 80 % of the films" },
    { 0 },
};

static const struct column columns[] = {
    { .key = "folder", .head = "folder", .form = FORM_TEXT },
    { .key = "users", .head = "users", .form = FORM_COUNT },
    { .key = "items", .head = "films", .form = FORM_COUNT },
    { .key = "ratings", .head = "ratings", .form = FORM_COUNT },
    { .key = "seconds", .head = "seconds", .form = FORM_REAL, .digits = 1 },
};

#define N_COLUMNS (sizeof(columns) / sizeof(columns[0]))

struct talk {
    struct progress *progress;
    double since; /* clock_now_s() at the start */
};

static void
tell(void *arg, uint64_t done, uint64_t total)
{
    const struct talk *talk = arg;
    double part = (double)done / (double)total;
    double spent = clock_now_s() - talk->since;
    char rest[NUMBER_MAX + 16], count[NUMBER_MAX];

    if (!progress_due(talk->progress))
        return;
    number_grouped(count, (int64_t)done);
    snprintf(rest, sizeof(rest), "%s ratings", count);
    progress_show(talk->progress, "writing", part,
                  part > 0 ? spent / part - spent : NAN, rest);
}

static enum err_code
generate(const struct cli *cli, const struct synth_options *so, struct err *err)
{
    struct talk talk = { cli->progress, clock_now_s() };
    struct synth_watch watch = { tell, &talk, signals_stop() };
    struct pool *pool = NULL;
    enum err_code rc = pool_new(&pool, cli->threads, err);

    if (rc != ERR_OK)
        return rc;
    rc = synth_write(cli->operands[0], so, pool, &watch, err);
    pool_free(pool);
    progress_clear(cli->progress);
    return rc;
}

static enum err_code
synth_run(struct cli *cli, const void *arg, struct err *err)
{
    const struct settings *s = arg;
    struct synth_options so = { (uint32_t)s->users, (uint32_t)s->items, s->ratings,
                                cli->seed };
    double began = clock_now_s();
    enum err_code rc = signals_catch(err);

    if (rc == ERR_OK)
        rc = generate(cli, &so, err);
    if (rc != ERR_OK)
        return rc;
    output_object_begin(cli->out, NULL);
    output_fields(cli->out, columns, N_COLUMNS,
                  (const struct value[]){ value_path(cli->operands[0]),
                                          value_int(so.n_users), value_int(so.n_items),
                                          value_int((int64_t)so.n_ratings),
                                          value_real(clock_now_s() - began) });
    output_object_end(cli->out);
    progress_hint(cli->progress, "mltui train %s", cli->operands[0]);
    return ERR_OK;
}

const struct command cmd_synth = {
    .name = "synth",
    .operands = "DIR",
    .min_operands = 1,
    .max_operands = 1,
    .summary = "make a data set of any size, with planted tastes",
    .about =
        "Writes a folder in MovieLens's form with ratings of users who do not exist, "
        "of films that do not exist: ratings.csv, movies.csv and links.csv. Films have "
        "genres, an era and a quality; users like some genres and eras more than "
        "others; few films are rated by many, and few users rate many, as in "
        "MovieLens. The default sizes are those of MovieLens 25M, 690 MB.\n\n"
        "What was planted is written beside it, in truth-films.csv and "
        "truth-users.csv, so that one can ask whether training found it.\n\n"
        "The same numbers and seed give the same bytes, for any number of threads. DIR "
        "is made at the end, whole; a run that fails or is interrupted leaves nothing.",
    .examples =
        (const struct example[]){ { "mltui synth ml-like", "25 million ratings" },
                                  { "mltui synth small -u 1000 -i 500 -r 50000",
                                    "a data set for a quick try" },
                                  { 0 } },
    .groups = GROUP_OUTPUT | GROUP_PROGRESS | GROUP_THREADS | GROUP_SEED,
    .options = options,
    .settings_size = sizeof(struct settings),
    .run = synth_run,
};
