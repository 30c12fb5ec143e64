/* cmd_completion.c - `mltui completion`: scripts that complete what is typed. */
#include "config.h"

#include "ui/cli/command.h"
#include "ui/cli/complete.h"

#include <limits.h>
#include <string.h>

struct completion {
    bool next;
};

static const struct option options[] = {
    { .name = "next",
      OPTION_FLAG(struct completion, next),
      .help = "print what the last operand may become, as the scripts ask" },
    { 0 },
};

static enum err_code
completion_run(struct cli *cli, const void *settings, struct err *err)
{
    const struct completion *s = settings;
    FILE *to = output_stream(cli->out);

    if (s->next) {
        complete_print(to, cli->operands, cli->n_operands);
        return ERR_OK;
    }
    if (cli->n_operands > 1)
        return err_set(err, ERR_ARG, "one word too many: '%s'; expected one shell",
                       cli->operands[1]);
    for (const struct complete_shell *sh = complete_shells; sh->name != NULL; sh++) {
        if (strcmp(sh->name, cli->operands[0]) == 0) {
            fputs(sh->script, to);
            return ERR_OK;
        }
    }
    return err_set(err, ERR_ARG, "no script for '%s'; expected bash, zsh or fish",
                   cli->operands[0]);
}

const struct command cmd_completion = {
    .name = "completion",
    .operands = "SHELL",
    .min_operands = 1,
    .max_operands = UINT_MAX,
    .summary = "print a script that lets bash, zsh or fish complete",
    .about =
        "The script makes the shell complete commands, options, their values, runs and "
        "data. 'make install' puts it where the shells look; for a program that was "
        "only built, load it by hand as below. It asks the program that is typed, so "
        "it need not change when that does.",
    .examples =
        (const struct example[]){
            { "source <(mltui completion bash)", "in bash, and zsh with its own name" },
            { "mltui completion fish | source", "in fish" },
            { 0 } },
    .options = options,
    .settings_size = sizeof(struct completion),
    .run = completion_run,
};
