/*
 * cmd_bench.c - `mltui bench`: epoch seconds by device and threads, beside what memory
 * would allow. Data is made in memory, so that everybody measures the same.
 */
#include "config.h"

#include "src/data/synth.h"
#include "src/device/bench.h"
#include "src/device/cpu_rows.h"
#include "ui/cli/bench_reading.h"
#include "ui/cli/command.h"
#include "ui/cli/signals.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_REPEATS 99
#define MOST_CELLS   16 /* two for each of device_list */

struct bench {
    uint64_t users, items, ratings;
    unsigned factors, batch, batches, repeat;
    const char *device;
    const char *reading; /* a run, or NULL */
};

static const struct option options[] = {
    { .name = "users",
      .letter = 'u',
      OPTION_U64(struct bench, users),
      .arg = "N",
      .def = "162541",
      .lo = 1,
      .hi = SYNTH_MAX_USERS,
      .help = "users of the data made for it" },
    { .name = "items",
      .letter = 'i',
      OPTION_U64(struct bench, items),
      .arg = "N",
      .def = "62423",
      .lo = 2,
      .hi = SYNTH_MAX_ITEMS,
      .help = "films" },
    { .name = "ratings",
      .letter = 'r',
      OPTION_U64(struct bench, ratings),
      .arg = "N",
      .def = "5000000",
      .lo = 1,
      .hi = INFINITY,
      .help = "ratings, a tenth of them held out" },
    { .name = "factors",
      .letter = 'k',
      OPTION_UNSIGNED(struct bench, factors),
      .arg = "K",
      .def = "100",
      .lo = 1,
      .hi = MODEL_MAX_FACTORS,
      .help = "numbers kept of each user and film" },
    { .name = "batch",
      .letter = 'b',
      OPTION_UNSIGNED(struct bench, batch),
      .arg = "B",
      .def = "4096",
      .lo = 1,
      .hi = SAMPLER_MAX_BATCH,
      .help = "ratings in a step" },
    { .name = "batches",
      OPTION_UNSIGNED(struct bench, batches),
      .arg = "N",
      .def = "0",
      .lo = 0,
      .hi = 4e9,
      .help = "measure the first N and scale up; 0 for the whole epoch" },
    { .name = "repeat",
      OPTION_UNSIGNED(struct bench, repeat),
      .arg = "N",
      .def = "3",
      .lo = 1,
      .hi = MOST_REPEATS,
      .help = "rounds over all devices" },
    { .name = "device",
      OPTION_TEXT(struct bench, device),
      .arg = "DEVICE",
      .def = "all",
      .help = "one of mltui devices, or all but the slow reference" },
    { .name = "reading",
      OPTION_TEXT(struct bench, reading),
      .arg = "RUN",
      .help = "measure questions to this run instead of training" },
    { 0 },
};

static const struct column setting_columns[] = {
    { .key = "bandwidth_bytes_per_second",
      .head = "memory in a second, line after line",
      .form = FORM_BYTES },
    { .key = "random_row_bytes_per_second",
      .head = "memory in a second, rows here and there",
      .form = FORM_BYTES },
    { .key = "training_ratings", .head = "training ratings", .form = FORM_COUNT },
    { .key = "factors", .head = "factors", .form = FORM_INT },
    { .key = "batch", .head = "batch", .form = FORM_INT },
    { .key = "rounds", .head = "rounds", .form = FORM_INT },
};

static const struct column epoch_columns[] = {
    { .key = "device", .head = "device", .form = FORM_TEXT },
    { .key = "threads", .head = "threads", .form = FORM_INT },
    { .key = "seconds", .head = "s/epoch", .form = FORM_REAL, .digits = 3 },
    { .key = "best_seconds", .head = "best", .form = FORM_REAL, .digits = 3 },
    { .key = "validation_seconds",
      .head = "validation",
      .form = FORM_REAL,
      .digits = 3 },
    { .key = "ratings_per_second", .head = "ratings/s", .form = FORM_COUNT },
    { .key = "bandwidth_share", .head = "of memory", .form = FORM_REAL, .digits = 2 },
};

#define N_SETTING_COLUMNS (sizeof(setting_columns) / sizeof(setting_columns[0]))
#define N_EPOCH_COLUMNS   (sizeof(epoch_columns) / sizeof(epoch_columns[0]))

/* One team: its threads, and what memory gives it. */
struct team {
    struct pool *pool; /* owned */
    struct bench_memory memory;
};

/* A device with a team, and its rounds. */
struct cell {
    const struct device_ops *ops;
    const struct team *team;
    struct bench_epoch last;
    double seconds[MOST_REPEATS], validation_s[MOST_REPEATS];
};

/* What is measured. */
struct measuring {
    struct cli *cli;
    const struct bench *settings;
    struct dataset *data; /* owned */
    struct model *init;   /* owned */
    size_t row_bytes;
    struct team team[2]; /* one thread, and all of them if that is more */
    unsigned n_teams;
    struct cell cell[MOST_CELLS];
    unsigned n_cells;
};

static bool
is_wanted(const struct bench *s, const struct device_ops *ops)
{
    const char *why;

    if (strcmp(s->device, "all") != 0)
        return strcmp(s->device, ops->name) == 0;
    return ops->probe(&why) && strcmp(ops->name, "cpu-reference") != 0;
}

/* A device by its word is the registry's to judge. */
static enum err_code
check_device(const struct bench *s, struct err *err)
{
    const struct device_ops *ops;

    return strcmp(s->device, "all") == 0 ? ERR_OK : device_find(&ops, s->device, err);
}

static enum err_code
make_data(struct measuring *m, struct err *err)
{
    const struct bench *s = m->settings;
    struct synth_options so = { (uint32_t)s->users, (uint32_t)s->items, s->ratings,
                                m->cli->seed };
    struct dataset_options opt = dataset_defaults();
    enum err_code rc;

    opt.cancel = signals_stop();
    opt.seed = m->cli->seed;
    progress_say(m->cli->progress, "making %" PRIu64 " ratings in memory", s->ratings);
    rc = synth_load(&m->data, &so, &opt, m->team[m->n_teams - 1].pool, err);
    if (rc != ERR_OK)
        return rc;
    rc = model_new(&m->init, m->data->ratings->n_users, m->data->ratings->n_items,
                   s->factors, 0.5f, 5.5f, err);
    if (rc == ERR_OK)
        model_init(m->init, m->cli->seed, m->team[m->n_teams - 1].pool);
    return rc;
}

static enum err_code
make_teams(struct measuring *m, struct err *err)
{
    unsigned threads[2] = { 1, m->cli->threads };
    enum err_code rc = ERR_OK;

    m->row_bytes = row_shape_of(m->settings->factors).floats * sizeof(float);
    for (unsigned i = 0; rc == ERR_OK && i < (threads[1] > 1 ? 2 : 1); i++) {
        struct team *t = &m->team[m->n_teams++];

        rc = pool_new(&t->pool, threads[i], err);
        if (rc == ERR_OK)
            rc = bench_memory(&t->memory, m->row_bytes, t->pool, err);
    }
    return rc;
}

static int
by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* Sorts the n values. */
static double
median(double *value, unsigned n)
{
    qsort(value, n, sizeof(*value), by_size);
    return (value[(n - 1) / 2] + value[n / 2]) / 2;
}

/* The row of a cell, its rounds being done. */
static void
print_cell(const struct measuring *m, struct cell *c)
{
    const unsigned n = m->settings->repeat;
    const double s = median(c->seconds, n);
    double rated = (double)c->last.n_batches * m->settings->batch / s;
    double moved = 2 * c->last.rows_touched * (double)m->row_bytes / s;
    bool is_dense = strcmp(c->ops->name, "cpu-reference") == 0;

    output_row(
        m->cli->out,
        (const struct value[N_EPOCH_COLUMNS]){
            value_text(c->ops->name), value_int(pool_size(c->team->pool)),
            value_real(s), value_real(c->seconds[0]),
            value_real(median(c->validation_s, n)), value_int((int64_t)rated),
            is_dense ? value_null() : value_real(moved / c->team->memory.random_row) });
}

static enum err_code
measure_cell(const struct measuring *m, struct cell *c, unsigned round, struct err *err)
{
    const struct bench *s = m->settings;
    struct problem p = {
        .ratings = m->data->ratings, .pool = c->team->pool, .init = m->init, .wd = 1e-3
    };
    enum err_code rc =
        sampler_new(&p.sampler, p.ratings, s->batch, SAMPLING_PERMUTATION, m->cli->seed,
                    false, p.pool, err);

    if (rc != ERR_OK)
        return rc;
    progress_say(m->cli->progress, "round %u of %u: %s, threads: %u", round + 1,
                 s->repeat, c->ops->name, pool_size(p.pool));
    rc = bench_epoch(&c->last, c->ops, &p, s->batches, signals_stop(), err);
    sampler_free(p.sampler);
    c->seconds[round] = c->last.seconds;
    c->validation_s[round] = c->last.validation_s;
    return rc;
}

/* Each device with each team; round by round, so that an hour that is busy for a while
 * is so for all of them. */
static enum err_code
measure(struct measuring *m, struct err *err)
{
    enum err_code rc = ERR_OK;

    for (size_t i = 0; device_list[i] != NULL; i++)
        for (unsigned t = 0; is_wanted(m->settings, device_list[i]) && t < m->n_teams;)
            m->cell[m->n_cells++] =
                (struct cell){ .ops = device_list[i], .team = &m->team[t++] };
    assert(m->n_cells <= MOST_CELLS);
    for (unsigned round = 0; rc == ERR_OK && round < m->settings->repeat; round++)
        for (unsigned i = 0; rc == ERR_OK && i < m->n_cells; i++)
            rc = measure_cell(m, &m->cell[i], round, err);
    return rc;
}

static void
print(struct measuring *m)
{
    const struct bench_memory *memory = &m->team[m->n_teams - 1].memory;
    struct output *out = m->cli->out;

    output_object_begin(out, NULL);
    output_fields(out, setting_columns, N_SETTING_COLUMNS,
                  (const struct value[N_SETTING_COLUMNS]){
                      value_real(round(memory->sequential)),
                      value_real(round(memory->random_row)),
                      value_int((int64_t)ratings_n_train(m->data->ratings)),
                      value_int(m->settings->factors), value_int(m->settings->batch),
                      value_int(m->settings->repeat) });
    output_gap(out);
    output_table_begin(out, "epochs", epoch_columns, N_EPOCH_COLUMNS);
    for (unsigned i = 0; i < m->n_cells; i++)
        print_cell(m, &m->cell[i]);
    output_table_end(out);
    output_object_end(out);
}

/* How it was measured. */
static void
say_how(const struct measuring *m)
{
    const unsigned n_threads = pool_size(m->team[m->n_teams - 1].pool);
    const struct bench *s = m->settings;

    output_gap(m->cli->out);
    output_say(m->cli->out,
               "An epoch is shuffle and steps; validation is apart. Seconds are the "
               "median of the rounds, beside them the best.");
    if (s->batches != 0)
        output_say(m->cli->out, "Scaled up from the first %u batches.", s->batches);
    output_say(m->cli->out,
               "Memory is read and written by %u thread%s, in rows of %zu bytes; 'of "
               "memory' is what the touched rows take of that speed with as many "
               "threads.",
               n_threads, n_threads == 1 ? "" : "s", m->row_bytes);
}

/* Questions to a run have nothing to do with how training is measured. */
static enum err_code
check_reading(const struct cli *cli, struct err *err)
{
    for (const struct option *o = options; o->name != NULL; o++)
        if (strcmp(o->name, "reading") != 0 && option_given(cli->parsed, o->name))
            return err_set(err, ERR_ARG,
                           "--%s is for training; leave it out with --reading",
                           o->name);
    return ERR_OK;
}

static enum err_code
bench_run(struct cli *cli, const void *settings, struct err *err)
{
    struct measuring m = { .cli = cli, .settings = settings };
    enum err_code rc = check_device(m.settings, err);

    if (rc == ERR_OK && m.settings->reading != NULL)
        rc = check_reading(cli, err);
    if (rc == ERR_OK)
        rc = signals_catch(err);
    if (rc == ERR_OK && m.settings->reading != NULL)
        return bench_reading(cli, m.settings->reading, err);
    if (rc == ERR_OK)
        rc = make_teams(&m, err);
    if (rc == ERR_OK)
        rc = make_data(&m, err);
    if (rc == ERR_OK)
        rc = measure(&m, err);
    if (rc == ERR_OK) {
        print(&m);
        say_how(&m);
    }
    model_free(m.init);
    dataset_free(m.data);
    for (unsigned i = 0; i < m.n_teams; i++)
        pool_free(m.team[i].pool);
    return rc;
}

const struct command cmd_bench = {
    .name = "bench",
    .operands = "",
    .summary = "measure training and memory on this machine",
    .about =
        "Makes ratings in memory with users, films and their unequal activity as in "
        "MovieLens 25M, trains an epoch on every fast device with one thread and with "
        "all, and says how long it took and how near that is to what memory allows."
        "\n\n"
        "Exact training has to read and write a row for every user and film of each "
        "batch. The share of memory says which part of the machine's speed at just "
        "that was reached; the rest is arithmetic and waiting. A cache makes a share "
        "above 1 possible where the tables are small."
        "\n\n"
        "Seconds are the median of all rounds, beside them the best; a round does each "
        "row once. Validation is settling the weights and judging the held-out tenth."
        "\n\n"
        "--reading RUN asks a trained run instead: how long similar, recommend, "
        "explain and the like take with the model in memory, and what a square matrix "
        "product reaches, which is what ranking all films can come near to."
        "\n\n"
        "Run it on a quiet machine.",
    .examples =
        (const struct example[]){
            { "mltui bench", "all fast devices, 5 million ratings" },
            { "mltui bench -r 25000095 --device cpu-avx2",
              "one, MovieLens 25M's size" },
            { "mltui bench --reading latest", "questions to the newest run" },
            { "mltui bench --batches 300 --json", "a quick look, for a script" },
            { 0 } },
    .groups = GROUP_OUTPUT | GROUP_PROGRESS | GROUP_THREADS | GROUP_SEED,
    .options = options,
    .settings_size = sizeof(struct bench),
    .run = bench_run,
};
