/*
 * command.h - what a sub-command is, and what it gets from the frame.
 *
 * To add a command `foo-bar`:
 *
 *   1. Write ui/cli/cmd_foo_bar.c, which ends in a `const struct command cmd_foo_bar`
 *      (see cmd_help.c for the smallest one and the model below), and list it in
 *      Makefile.am.
 *   2. Add X(foo_bar) to COMMAND_LIST below, where `mltui help` shall show it.
 *
 *     struct foo {             // settings: one field an option
 *         unsigned epochs;
 *         bool reverse;
 *     };
 *
 *     static const struct option options[] = {
 *         { .name = "epochs", .letter = 'e', OPTION_UNSIGNED(struct foo, epochs),
 *           .arg = "N", .def = "2", .lo = 1, .hi = 1000, .help = "passes over the data"
 * }, { .name = "reverse", OPTION_FLAG(struct foo, reverse), .help = "turn the order" },
 *         { 0 },
 *     };
 *
 *     static const struct column columns[] = {      // one description for three forms
 *         { .key = "rank", .head = "#", .form = FORM_INT },
 *         { .key = "title", .head = "title", .form = FORM_TEXT, .flex = 1 },
 *         { .key = "bias", .head = "bias", .form = FORM_SIGNED, .digits = 3 },
 *     };
 *
 *     static enum err_code
 *     foo_run(struct cli *cli, const void *settings, struct err *err)
 *     {
 *         const struct foo *s = settings;
 *
 *         output_table_begin(cli->out, NULL, columns, 3);
 *         output_row(cli->out, (const struct value[]){
 *             value_int(1), value_text("Heat (1995)"), value_f32(.25f) });
 *         output_table_end(cli->out);
 *         return ERR_OK;
 *     }
 *
 *     const struct command cmd_foo_bar = {
 *         .name = "foo-bar", .operands = "RUN", .min_operands = 1, .max_operands = 1,
 *         .summary = "show films in a few words: no full stop",
 *         .about = "Paragraphs for help and manual.\n\nThe second one.",
 *         .examples = (const struct example[]){
 *             { "mltui foo-bar latest", "the newest run" }, { 0 } },
 *         .groups = GROUP_OUTPUT | GROUP_LIMIT_20,
 *         .options = options, .settings_size = sizeof(struct foo), .run = foo_run,
 *     };
 *
 * The frame parses defaults (`.def` goes through the same parser as what the user
 * types, so help cannot lie) and options, checks the number of operands, runs the
 * command, closes the output, prints the error as one line and chooses the exit status
 * from its code: ERR_ARG 2, ERR_DATA 3, any other 1. A command prints data through
 * cli->out (output.h), talk through cli->progress (progress.h), and nothing by itself.
 */
#ifndef MLT_UI_CLI_COMMAND_H
#define MLT_UI_CLI_COMMAND_H

#include "src/base/err.h"
#include "src/data/dataset.h"
#include "ui/cli/options.h"
#include "ui/cli/output.h"
#include "ui/cli/progress.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Every command, in the order of `mltui help`. */
#define COMMAND_LIST(X) \
    X(screen)           \
    X(data)             \
    X(train)            \
    X(lr_find)          \
    X(history)          \
    X(runs)             \
    X(evaluate)         \
    X(movies)           \
    X(movie)            \
    X(recommend)        \
    X(similar)          \
    X(factors)          \
    X(explain)          \
    X(users)            \
    X(export)           \
    X(fetch)            \
    X(synth)            \
    X(devices)          \
    X(bench)            \
    X(completion)       \
    X(help)

/* Options that several commands share; a command names those it honours, all of them.
 * --help and --version are everywhere. */
enum command_group {
    GROUP_OUTPUT = 1 << 0,   /* --json --csv --plain --color: cli->out */
    GROUP_PROGRESS = 1 << 1, /* --quiet: cli->progress */
    GROUP_LIMIT_10 = 1 << 2, /* --limit, 10 by default: cli->limit */
    GROUP_LIMIT_20 = 1 << 3, /* --limit, 20 by default: cli->limit */
    GROUP_THREADS = 1 << 4,  /* --threads: cli->threads */
    GROUP_SEED = 1 << 5,     /* --seed: cli->seed */
    GROUP_DATA = 1 << 6      /* --columns --item --max-rejects: how DATA is read */
};

/* What a command gets. */
struct cli {
    const struct command *command;
    char **operands; /* (n_operands) borrowed from argv */
    unsigned n_operands;
    struct output *out;
    struct progress *progress;
    const struct parsed *parsed; /* for option_given() */

    bool json, csv, plain, quiet, help, version;
    enum color_when color;
    uint64_t limit;   /* 0: all */
    unsigned threads; /* never 0: --threads, or what affinity and cgroup allow */
    uint64_t seed;
    const char *columns; /* or NULL */
    enum dataset_item item;
    long max_rejects; /* -1: max(10, 1 %) */
};

struct example {
    const char *line; /* what is typed */
    const char *what; /* what it does, a few words */
};

struct command {
    const char *name;
    const char *operands; /* as the usage line shows them: "RUN", "[DATA]", "RUN..." */
    unsigned min_operands, max_operands; /* UINT_MAX: any number */
    const char *summary; /* a few words that can be a sentence; no full stop */
    const char *about;   /* paragraphs, an empty line between; no line breaks inside */
    const struct example *examples; /* ended by { 0 }, or NULL */
    unsigned groups;                /* of enum command_group */
    const struct option *options;   /* ended by { 0 }, or NULL */
    size_t settings_size;           /* zeroed, then defaults, then the command line */

    enum err_code (*run)(struct cli *cli, const void *settings, struct err *err);

    /* optional: sections of mltui(1) of its own, in mdoc (mdoc.h) */
    void (*sections)(FILE *to);
};

#define X(name) extern const struct command cmd_##name;
COMMAND_LIST(X)
#undef X

/* All of COMMAND_LIST, NULL last. */
extern const struct command *const command_list[];

/* The command of this name, or NULL. */
const struct command *command_find(const char *name);

/* Which of the words after the program's name is the command's: the first that is
 * neither an option nor the value of a shared one; n when there is none. */
int command_word(char **words, int n);

/* Does a word mean data or a run, which the screen opens without a command's name? */
bool command_opens(const char *word);

/* What a word was taken for when it was none. */
enum command_expected { COMMAND_DATA_OR_RUN, COMMAND_OR_TOPIC };

/* ERR_ARG: there is no such word; the nearest is proposed. */
enum err_code command_unknown(const char *word, enum command_expected expected,
                              struct err *err);

/* Option table i of all that a command takes: its own first, then those it shares; NULL
 * after the last. */
const struct option *command_options(const struct command *c, unsigned i);

/* The option of this name among those a command shares, or NULL. */
const struct option *command_shared_option(const struct command *c, const char *name);

/* Run the line face on the arguments of main(); the exit status. */
int command_main(int argc, char **argv);

#endif
