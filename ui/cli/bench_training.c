/*
 * bench_training.c - epoch seconds by device and threads, beside what memory would
 * allow; see bench_training.h. Data is made in memory, so that everybody measures the
 * same.
 */
#include "config.h"

#include "ui/cli/bench_training.h"

#include "src/data/synth.h"
#include "src/device/bench.h"
#include "src/device/cpu_rows.h"
#include "ui/cli/signals.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_CELLS 16 /* two for each of device_list */

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
    double seconds[BENCH_REPEATS_MAX], validation_s[BENCH_REPEATS_MAX];
};

/* What is measured. */
struct measuring {
    struct cli *cli;
    const struct bench_training *settings;
    struct dataset *data; /* owned */
    struct model *init;   /* owned */
    size_t row_bytes;
    struct team team[2]; /* one thread, and all of them if that is more */
    unsigned n_teams;
    struct cell cell[MOST_CELLS];
    unsigned n_cells;
};

static bool
is_wanted(const struct bench_training *s, const struct device_ops *ops)
{
    const char *why;

    if (strcmp(s->device, "all") != 0)
        return strcmp(s->device, ops->name) == 0;
    return ops->probe(&why) && strcmp(ops->name, "cpu-reference") != 0;
}

static enum err_code
make_data(struct measuring *m, struct err *err)
{
    const struct bench_training *s = m->settings;
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
    const struct bench_training *s = m->settings;
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
    const struct bench_training *s = m->settings;

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

enum err_code
bench_training(struct cli *cli, const struct bench_training *s, struct err *err)
{
    struct measuring m = { .cli = cli, .settings = s };
    enum err_code rc = make_teams(&m, err);

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
