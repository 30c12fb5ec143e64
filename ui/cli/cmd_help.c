/* cmd_help.c - `mltui help`: what there is, or one command. */
#include "config.h"

#include "src/base/text.h"
#include "ui/cli/command.h"
#include "ui/cli/help.h"

static enum err_code
unknown(const char *word, struct err *err)
{
    const char *names[64];
    const char *near;
    size_t n = 0;

    for (const struct command *const *c = command_list; *c != NULL && n < 64; c++)
        names[n++] = (*c)->name;
    near = text_nearest(word, names, n);
    if (near != NULL)
        return err_set(err, ERR_ARG, "no help on '%s'; did you mean '%s'?", word, near);
    return err_set(err, ERR_ARG, "no help on '%s'; 'mltui help' lists what there is",
                   word);
}

static enum err_code
help_run(struct cli *cli, const void *settings, struct err *err)
{
    FILE *to = output_stream(cli->out);
    const struct command *c;

    (void)settings;
    if (cli->n_operands == 0) {
        help_overview(to);
        return ERR_OK;
    }
    c = command_find(cli->operands[0]);
    if (c == NULL)
        return unknown(cli->operands[0], err);
    help_command(to, c);
    return ERR_OK;
}

const struct command cmd_help = {
    .name = "help",
    .operands = "[COMMAND]",
    .max_operands = 1,
    .summary = "explain a command, or list them all",
    .examples =
        (const struct example[]){ { "mltui help help", "what you read now" }, { 0 } },
    .run = help_run,
};
