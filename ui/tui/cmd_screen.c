/* cmd_screen.c - `mltui` and `mltui screen`: the full-screen face. */
#include "config.h"

#include "ui/cli/command.h"
#include "ui/tui/app.h"
#include "ui/tui/manual_screen.h"

#include <signal.h>

struct screen_options {
    bool train;
    const char *script; /* or NULL */
    int theme;          /* enum theme */
    int glyphs;         /* enum glyphs */
};

static const char *const theme_words[] = { "colour", "bright", "mono", NULL };
static const char *const glyph_words[] = { "ascii", "block", "braille", NULL };

static const struct option options[] = {
    { .name = "train",
      OPTION_FLAG(struct screen_options, train),
      .help = "begin a run as soon as the data are read" },
    { .name = "script",
      OPTION_TEXT(struct screen_options, script),
      .arg = "FILE",
      .help = "keys and commands to be played, a line each: press 4 down enter; type "
              "TEXT; do ACTION; wait STATE; see SCRIPTS in mltui(1)" },
    { .name = "theme",
      OPTION_CHOICE(struct screen_options, theme),
      .arg = "HOW",
      .def = "colour",
      .choices = theme_words,
      .help =
          "bright has more contrast, mono none but bold and reverse; ctrl-t changes "
          "it" },
    { .name = "glyphs",
      OPTION_CHOICE(struct screen_options, glyphs),
      .arg = "HOW",
      .def = "braille",
      .choices = glyph_words,
      .help = "what charts are drawn with; ctrl-g changes it" },
    { 0 },
};

static enum err_code
screen_run(struct cli *cli, const void *settings, struct err *err)
{
    const struct screen_options *set = settings;
    struct app_options o = { .open = cli->n_operands > 0 ? cli->operands[0] : NULL,
                             .columns = cli->columns,
                             .item = cli->item,
                             .max_rejects = cli->max_rejects,
                             .train = set->train,
                             .script = set->script,
                             .theme = (enum theme)set->theme,
                             .glyphs = (enum glyphs)set->glyphs };
    int sig = 0;
    enum err_code rc = app_run(&o, &sig, err);

    if (rc == ERR_OK &&
        sig != 0) { /* the terminal is as it was: die as we were told to */
        signal(sig, SIG_DFL);
        raise(sig);
    }
    return rc;
}

const struct command cmd_screen = {
    .name = "screen",
    .operands = "[DATA or RUN]",
    .min_operands = 0,
    .max_operands = 1,
    .summary = "open the full screen: train while you watch, then explore",
    .about =
        "The word 'screen' may be left out: 'mltui' alone offers recent runs, data "
        "found nearby and the built-in sample; 'mltui ml-25m' opens data, 'mltui "
        "latest' the newest run.\n\n"
        "Seven panels, by their digits: data, training with live curves, the "
        "learning-rate finder, films, factors, users, and your own ratings. '?' lists "
        "every key, ':' does something by its name, 'q' leaves.\n\n"
        "It needs a terminal, any size, any TERM that can move its cursor; NO_COLOR is "
        "respected. A lost terminal does not end a run that trains.",
    .examples =
        (const struct example[]){
            { "mltui", "what shall be opened?" },
            { "mltui sample", "the built-in sample; T trains" },
            { "mltui ml-25m --train", "watch a run from its first batch" },
            { "mltui latest", "walk through the newest run" },
            { "mltui my.tsv --columns user=who,item=what,rating=stars",
              "any file whose columns are named" },
            { 0 } },
    .groups = GROUP_DATA,
    .options = options,
    .settings_size = sizeof(struct screen_options),
    .run = screen_run,
    .sections = manual_screen,
};
