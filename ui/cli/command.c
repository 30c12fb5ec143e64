/*
 * command.c - runs a sub-command: finds it, parses its options, makes its output and
 * progress, prints its error, chooses the exit status. See command.h.
 */
#include "config.h"

#include "ui/cli/command.h"

#include "src/base/mem.h"
#include "src/base/sysinfo.h"
#include "src/base/text.h"
#include "src/data/locate.h"
#include "src/train/runfolder.h"
#include "ui/cli/help.h"
#include "ui/cli/shared.h"
#include "ui/cli/signals.h"
#include "ui/cli/topics.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NAMES_MAX 64

enum exit_status { EXIT_OK = 0, EXIT_FAILED = 1, EXIT_USAGE = 2, EXIT_REJECTED = 3 };

const struct command *const command_list[] = {
#define X(name) &cmd_##name,
    COMMAND_LIST(X)
#undef X
        NULL,
};

const struct command *
command_find(const char *name)
{
    for (const struct command *const *c = command_list; *c != NULL; c++)
        if (strcmp((*c)->name, name) == 0)
            return *c;
    return NULL;
}

enum err_code
command_unknown(const char *word, enum command_expected expected, struct err *err)
{
    const bool opens = expected == COMMAND_DATA_OR_RUN;
    const char *what = opens ? "command, data or run" : "command or topic";
    char *data = opens ? locate_nearest(word) : NULL;
    char *run = opens ? runs_nearest(word) : NULL;
    const char *names[NAMES_MAX + 2];
    const char *near;
    size_t n = 0;

    for (const struct command *const *c = command_list; *c != NULL && n < NAMES_MAX;
         c++)
        names[n++] = (*c)->name;
    for (const struct topic *t = topic_list;
         expected == COMMAND_OR_TOPIC && n < NAMES_MAX && t->name != NULL; t++)
        names[n++] = t->name;
    if (run != NULL)
        names[n++] = run;
    if (data != NULL)
        names[n++] = data;
    near = text_nearest(word, names, n);
    if (near != NULL)
        err_set(err, ERR_ARG, "no %s '%s'; did you mean '%s'?", what, word, near);
    else
        err_set(err, ERR_ARG, "no %s '%s'; 'mltui help' lists what there is", what,
                word);
    mem_free(data);
    mem_free(run);
    return ERR_ARG;
}

/* ---- errors ------------------------------------------------------------------- */

static int
exit_status(enum err_code code)
{
    switch (code) {
    case ERR_OK:
        return EXIT_OK;
    case ERR_ARG:
        return EXIT_USAGE;
    case ERR_DATA:
        return EXIT_REJECTED;
    default:
        return EXIT_FAILED;
    }
}

/* Print "mltui: command: message" (command may be NULL) and give the exit status. */
static int
complain(const char *command, const struct err *err)
{
    struct term term = term_of(stderr, true, COLOR_NEVER);
    char shown[2 * sizeof(err->msg)];

    term_text(&term, err->msg, shown, sizeof(shown));
    fprintf(stderr, "mltui: %s%s%s\n", command != NULL ? command : "",
            command != NULL ? ": " : "", shown);
    return exit_status(err->code);
}

/* A full disk may show only when the stream is closed. */
static enum err_code
close_stdout(struct err *err)
{
    if (fclose(stdout) != 0)
        return err_set(err, ERR_IO, "standard output: %s", strerror(errno));
    return ERR_OK;
}

/* ---- running ------------------------------------------------------------------ */

static enum err_code
check_operands(const struct command *c, const struct cli *cli, struct err *err)
{
    if (cli->n_operands < c->min_operands)
        return err_set(err, ERR_ARG, "expected %s; 'mltui help %s' says more",
                       c->operands, c->name);
    if (cli->n_operands > c->max_operands)
        return err_set(err, ERR_ARG, "one word too many: '%s'; expected mltui %s%s%s",
                       cli->operands[c->max_operands], c->name,
                       c->operands[0] != '\0' ? " " : "", c->operands);
    if (cli->json && cli->csv)
        return err_set(err, ERR_ARG, "--json and --csv are two forms; choose one");
    return ERR_OK;
}

static enum err_code
parse(struct cli *cli, struct parsed *p, void *settings, int argc, char **argv,
      struct err *err)
{
    const struct command *c = cli->command;
    const struct option *options;
    enum err_code rc;

    for (unsigned i = 0; (options = command_options(c, i)) != NULL; i++)
        options_add(p, options, options == c->options ? settings : cli);
    rc = options_parse(p, argc, argv, err);
    if (rc != ERR_OK)
        return rc;
    cli->parsed = p;
    cli->operands = p->operands;
    cli->n_operands = p->n_operands;
    if (cli->threads == 0)
        cli->threads = sysinfo_cpus();
    return cli->help || cli->version ? ERR_OK : check_operands(c, cli, err);
}

/* Run the command with its output and progress; *ret_rc is its own result. */
static enum err_code
run_inside(struct cli *cli, const void *settings, struct err *err)
{
    enum output_form form = cli->json  ? OUTPUT_JSON
                            : cli->csv ? OUTPUT_CSV
                                       : OUTPUT_TEXT;
    struct term out = term_of(stdout, cli->plain, cli->color);
    struct term talk = term_of(stderr, cli->plain, cli->color);
    struct err late;
    enum err_code rc;

    rc = output_new(&cli->out, stdout, form, &out, err);
    if (rc == ERR_OK)
        rc = progress_new(&cli->progress, stderr, &talk, cli->quiet, err);
    if (rc == ERR_OK)
        rc = cli->command->run(cli, settings, err);
    signals_release();
    if (cli->out != NULL && output_finish(cli->out, &late) != ERR_OK && rc == ERR_OK) {
        *err = late;
        rc = late.code;
    }
    if (cli->out != NULL && output_reader_left(cli->out))
        raise(SIGPIPE); /* which was put off; nobody complains who is not listened to */
    progress_free(cli->progress);
    output_free(cli->out);
    return rc;
}

static int
run(const struct command *c, int argc, char **argv)
{
    struct cli cli = { .command = c };
    struct parsed parsed = { 0 };
    void *settings = mem_new(1, c->settings_size);
    const char *who = c->name; /* a usage error names the command */
    int status;
    struct err err;
    enum err_code rc;

    if (settings == NULL)
        rc = err_nomem(&err, c->settings_size, "settings");
    else
        rc = parse(&cli, &parsed, settings, argc, argv, &err);
    if (rc == ERR_OK) {
        who = NULL;
        if (cli.help)
            help_command(stdout, c);
        else if (cli.version)
            help_version(stdout);
        else
            rc = run_inside(&cli, settings, &err);
    }
    options_done(&parsed);
    mem_free(settings);
    if (rc == ERR_OK)
        rc = close_stdout(&err);
    status = rc == ERR_OK ? EXIT_OK : complain(who, &err);
    signals_reraise();
    return status;
}

/* ---- finding the command ------------------------------------------------------ */

int
command_word(char **words, int n)
{
    for (int i = 0; i < n; i++) {
        bool takes_next = false;

        if (words[i][0] != '-' || words[i][1] == '\0')
            return i;
        if (strcmp(words[i], "--") == 0)
            return i + 1;
        for (unsigned k = 0; shared_options(k) != NULL; k++)
            takes_next |= options_takes_next(shared_options(k), words[i]);
        i += takes_next;
    }
    return n;
}

/* The first word is no command: say what it is, or the nearest. */
static void
no_command(const char *word, struct err *err)
{
    char *run_path = NULL;

    if (locate_is_data(word))
        err_set(err, ERR_ARG, "'%s' is data; try 'mltui data %s' or 'mltui train %s'",
                word, word, word);
    else if (runs_resolve(&run_path, word, NULL) == ERR_OK)
        err_set(err, ERR_ARG, "'%s' is a run; try 'mltui movies %s'", word, word);
    else
        (void)command_unknown(word, COMMAND_DATA_OR_RUN, err);
    mem_free(run_path);
}

static bool
has_terminal(void)
{
    return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

bool
command_opens(const char *word)
{
    char *run_path = NULL;
    bool opens = locate_is_data(word) || runs_resolve(&run_path, word, NULL) == ERR_OK;

    mem_free(run_path);
    return opens;
}

/* No command at all: the screen, where there is a terminal; --help and --version alone,
 * else help as a complaint. */
static int
run_without_command(int argc, char **argv)
{
    struct cli cli = { 0 };
    struct parsed parsed = { 0 };
    struct err err;
    enum err_code rc;

    options_add(&parsed, shared_everywhere, &cli);
    rc = options_parse(&parsed, argc - 1, argv + 1, &err);
    options_done(&parsed);
    if (rc != ERR_OK)
        return complain(NULL, &err);
    if (!cli.help && !cli.version) {
        help_overview(stderr);
        return EXIT_USAGE;
    }
    if (cli.version)
        help_version(stdout);
    else
        help_overview(stdout);
    rc = close_stdout(&err);
    return rc == ERR_OK ? EXIT_OK : complain(NULL, &err);
}

static bool
asks_for_help(const char *word)
{
    return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

int
command_main(int argc, char **argv)
{
    int at = 1 + command_word(argv + 1, argc - 1);
    const struct command *c;
    struct err err;

    if (argc == 1 && has_terminal())
        return run(&cmd_screen, 0, argv + 1);
    if (at >= argc)
        return run_without_command(argc, argv);
    c = command_find(argv[at]);
    if (c == NULL && has_terminal() && command_opens(argv[at]))
        return run(&cmd_screen, argc - 1, argv + 1);
    if (c == NULL && at > 1 && !asks_for_help(argv[at - 1]))
        err_set(&err, ERR_ARG,
                "no command '%s'; its options come after a command's name", argv[at]);
    else if (c == NULL)
        no_command(argv[at], &err);
    if (c == NULL)
        return complain(NULL, &err);
    /* The command's word goes, the options before it stay. */
    memmove(argv + 2, argv + 1, (size_t)(at - 1) * sizeof(*argv));
    return run(c, argc - 2, argv + 2);
}
