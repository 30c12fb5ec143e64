/* shared.c - the options that commands share, by group; see shared.h. */
#include "config.h"

#include "ui/cli/shared.h"

#include <string.h>

static const char *const color_words[] = { "auto", "always", "never", NULL };
static const char *const item_words[] = { "title", "id", NULL };

static const struct option limit_10[] = {
    { .name = "limit",
      .letter = 'n',
      OPTION_U64(struct cli, limit),
      .arg = "N",
      .def = "10",
      .help = "rows at most; 0: all" },
    { 0 },
};

static const struct option limit_20[] = {
    { .name = "limit",
      .letter = 'n',
      OPTION_U64(struct cli, limit),
      .arg = "N",
      .def = "20",
      .help = "rows at most; 0: all" },
    { 0 },
};

static const struct option data_options[] = {
    { .name = "item",
      OPTION_CHOICE(struct cli, item),
      .arg = "WHAT",
      .def = "title",
      .choices = item_words,
      .help = "title: films of one title are one; id: each movieId is its own" },
    { .name = "columns",
      OPTION_TEXT(struct cli, columns),
      .arg = "LIST",
      .help = "columns of a delimited file: user=…,item=…,rating=…[,time=…]" },
    { .name = "max-rejects",
      OPTION_LONG(struct cli, max_rejects),
      .arg = "N",
      .def = "auto",
      .word = "auto",
      .word_value = -1,
      .help = "rejected rows to put up with; auto: 1 %, 10 at least" },
    { 0 },
};

static const struct option seed_options[] = {
    { .name = "seed",
      OPTION_U64(struct cli, seed),
      .arg = "N",
      .def = "42",
      .help = "where random numbers begin" },
    { 0 },
};

static const struct option threads_options[] = {
    { .name = "threads",
      .letter = 'j',
      OPTION_UNSIGNED(struct cli, threads),
      .arg = "N",
      .def = "auto",
      .lo = 1,
      .hi = 1024,
      .word = "auto",
      .word_value = 0,
      .help = "threads; auto: all processors this process may use" },
    { 0 },
};

static const struct option output_options[] = {
    { .name = "json", OPTION_FLAG(struct cli, json), .help = "print JSON" },
    { .name = "csv", OPTION_FLAG(struct cli, csv), .help = "print CSV" },
    { .name = "plain",
      OPTION_FLAG(struct cli, plain),
      .help = "no colour, no glyphs, no cursor movement" },
    { .name = "color",
      OPTION_CHOICE(struct cli, color),
      .arg = "WHEN",
      .def = "auto",
      .choices = color_words,
      .help = "colour in text: auto, always or never" },
    { 0 },
};

static const struct option progress_options[] = {
    { .name = "quiet",
      .letter = 'q',
      OPTION_FLAG(struct cli, quiet),
      .help = "no progress on standard error" },
    { 0 },
};

const struct option shared_everywhere[] = {
    { .name = "help",
      .letter = 'h',
      OPTION_FLAG(struct cli, help),
      .help = "print help" },
    { .name = "version",
      .letter = 'V',
      OPTION_FLAG(struct cli, version),
      .help = "print the version" },
    { 0 },
};

static const struct {
    unsigned groups; /* 0: every command */
    const struct option *options;
} shared[] = {
    { GROUP_LIMIT_10, limit_10 },         { GROUP_LIMIT_20, limit_20 },
    { GROUP_DATA, data_options },         { GROUP_SEED, seed_options },
    { GROUP_THREADS, threads_options },   { GROUP_OUTPUT, output_options },
    { GROUP_PROGRESS, progress_options }, { 0, shared_everywhere },
};

#define N_SHARED (sizeof(shared) / sizeof(*shared))

const struct option *
shared_options(unsigned i)
{
    return i < N_SHARED ? shared[i].options : NULL;
}

const struct option *
command_options(const struct command *c, unsigned i)
{
    if (c->options != NULL && i-- == 0)
        return c->options;
    for (size_t g = 0; g < N_SHARED; g++)
        if ((shared[g].groups == 0 || (c->groups & shared[g].groups) != 0) && i-- == 0)
            return shared[g].options;
    return NULL;
}

const struct option *
command_shared_option(const struct command *c, const char *name)
{
    const struct option *o;

    for (unsigned i = c->options != NULL; (o = command_options(c, i)) != NULL; i++)
        for (; o->name != NULL; o++)
            if (strcmp(o->name, name) == 0)
                return o;
    return NULL;
}
