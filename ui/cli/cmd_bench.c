/* cmd_bench.c - `mltui bench`: how long training takes here, or questions to a run. */
#include "config.h"

#include "src/data/sampler.h"
#include "src/data/synth.h"
#include "src/device/device.h"
#include "src/model/model.h"
#include "ui/cli/bench_reading.h"
#include "ui/cli/bench_training.h"
#include "ui/cli/command.h"
#include "ui/cli/signals.h"

#include <math.h>
#include <string.h>

struct bench {
    struct bench_training t;
    const char *reading; /* a run, or NULL */
};

static const struct option options[] = {
    { .name = "users",
      .letter = 'u',
      OPTION_U64(struct bench, t.users),
      .arg = "N",
      .def = "162541",
      .lo = 1,
      .hi = SYNTH_MAX_USERS,
      .help = "users of the data made for it" },
    { .name = "items",
      .letter = 'i',
      OPTION_U64(struct bench, t.items),
      .arg = "N",
      .def = "62423",
      .lo = 2,
      .hi = SYNTH_MAX_ITEMS,
      .help = "films" },
    { .name = "ratings",
      .letter = 'r',
      OPTION_U64(struct bench, t.ratings),
      .arg = "N",
      .def = "5000000",
      .lo = 1,
      .hi = INFINITY,
      .help = "ratings, a tenth of them held out" },
    { .name = "factors",
      .letter = 'k',
      OPTION_UNSIGNED(struct bench, t.factors),
      .arg = "K",
      .def = "100",
      .lo = 1,
      .hi = MODEL_MAX_FACTORS,
      .help = "numbers kept of each user and film" },
    { .name = "batch",
      .letter = 'b',
      OPTION_UNSIGNED(struct bench, t.batch),
      .arg = "B",
      .def = "4096",
      .lo = 1,
      .hi = SAMPLER_MAX_BATCH,
      .help = "ratings in a step" },
    { .name = "batches",
      OPTION_UNSIGNED(struct bench, t.batches),
      .arg = "N",
      .def = "0",
      .lo = 0,
      .hi = 4e9,
      .help = "measure the first N and scale up; 0 for the whole epoch" },
    { .name = "repeat",
      OPTION_UNSIGNED(struct bench, t.repeat),
      .arg = "N",
      .def = "3",
      .lo = 1,
      .hi = BENCH_REPEATS_MAX,
      .help = "rounds over all devices" },
    { .name = "device",
      OPTION_TEXT(struct bench, t.device),
      .arg = "DEVICE",
      .def = "all",
      .help = "one that 'mltui devices' lists, or all but the slow reference" },
    { .name = "reading",
      OPTION_TEXT(struct bench, reading),
      .arg = "RUN",
      .help = "measure questions to this run instead of training" },
    { 0 },
};

/* A device by its word is the registry's to judge. */
static enum err_code
check_device(const struct bench_training *s, struct err *err)
{
    const struct device_ops *ops;

    return strcmp(s->device, "all") == 0 ? ERR_OK : device_find(&ops, s->device, err);
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
    const struct bench *s = settings;
    enum err_code rc = check_device(&s->t, err);

    if (rc == ERR_OK && s->reading != NULL)
        rc = check_reading(cli, err);
    if (rc == ERR_OK)
        rc = signals_catch(err);
    if (rc != ERR_OK)
        return rc;
    return s->reading != NULL ? bench_reading(cli, s->reading, err)
                              : bench_training(cli, &s->t, err);
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
        "explain and the like take with the model in memory (fold-in for new users of "
        "100, 1,000 and 30,000 ratings), and what a square matrix product reaches, "
        "which is what ranking all films can come near to."
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
