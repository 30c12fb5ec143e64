/* cmd_help.c - `mltui help`: what there is, one command, or one topic. */
#include "config.h"

#include "ui/cli/command.h"
#include "ui/cli/help.h"
#include "ui/cli/manual.h"
#include "ui/cli/topics.h"

struct help_settings {
    bool man, man_run;
};

static const struct option options[] = {
    { .name = "man",
      OPTION_FLAG(struct help_settings, man),
      .help = "print the manual page mltui(1) in mdoc" },
    { .name = "man-run",
      OPTION_FLAG(struct help_settings, man_run),
      .help = "print mltui-run(5), on the files of a run" },
    { 0 },
};

static enum err_code
help_run(struct cli *cli, const void *settings, struct err *err)
{
    const struct help_settings *s = settings;
    FILE *to = output_stream(cli->out);
    const char *word = cli->n_operands > 0 ? cli->operands[0] : NULL;
    const struct command *c = word != NULL ? command_find(word) : NULL;
    const struct topic *t = word != NULL ? topic_find(word) : NULL;

    if (s->man)
        manual_print(to);
    else if (s->man_run)
        manual_print_run(to);
    else if (word == NULL)
        help_overview(to);
    else if (c != NULL)
        help_command(to, c);
    else if (t != NULL)
        help_topic(to, t);
    else
        return command_unknown(word, COMMAND_OR_TOPIC, err);
    return ERR_OK;
}

const struct command cmd_help = {
    .name = "help",
    .operands = "[COMMAND or TOPIC]",
    .max_operands = 1,
    .summary = "explain a command or a word, or list them all",
    .examples =
        (const struct example[]){
            { "mltui help train", "the options of a command, with their defaults" },
            { "mltui help bias", "a word of the trade" },
            { 0 },
        },
    .options = options,
    .settings_size = sizeof(struct help_settings),
    .run = help_run,
};
