/*
 * manual.c - mltui(1) in mdoc; see manual.h.
 *
 * Commands and options come from their tables; the prose around them is here.
 */
#include "config.h"

#include "ui/cli/manual.h"

#include "ui/cli/command.h"
#include "ui/cli/mdoc.h"
#include "ui/cli/topics.h"

#include <stdbool.h>
#include <string.h>

static const char page_head[] =
    ".\\\" Made by `mltui help --man` from the tables of the code.\n"
    ".Dd November 26, 2026\n"
    ".Dt MLTUI 1\n"
    ".Os\n"
    ".Sh NAME\n"
    ".Nm mltui\n"
    ".Nd train a movie recommender in the terminal and explore what it learned\n"
    ".Sh SYNOPSIS\n"
    ".Nm\n"
    ".Op Ar DATA | RUN\n"
    ".Nm\n"
    ".Ar COMMAND\n"
    ".Op Ar OPTION ...\n"
    ".Op Ar OPERAND ...\n"
    ".Nm\n"
    ".Cm help\n"
    ".Op Ar COMMAND | TOPIC\n"
    ".Sh DESCRIPTION\n"
    ".Nm\n"
    "trains a matrix factorisation with biases on ratings of films, such as those of\n"
    "MovieLens, and shows what was learned: which films are liked beyond their\n"
    "audience's taste, what a user would like next.\n"
    "Its numbers are those of fastai's\n"
    ".Ql collab_learner .\n"
    ".Pp\n"
    "It has two faces.\n"
    "Without a command, on a terminal, it fills the screen: seven panels from the\n"
    "data to one's own ratings, all by keyboard, see\n"
    ".Cm screen\n"
    "and\n"
    ".Sx KEYS .\n"
    "With a command it prints lines, or JSON, or CSV, for people and for programs.\n"
    ".Pp\n"
    "Options and operands may come in any order;\n"
    ".Ql --\n"
    "ends the options.\n"
    "A value is given as\n"
    ".Ql --name=value\n"
    "or\n"
    ".Ql --name value ,\n"
    "and names are not abbreviated.\n"
    "Data go to standard output, progress and warnings to standard error.\n";

static const char page_operands[] =
    ".Sh OPERANDS\n"
    ".Ss DATA\n"
    "Ratings to read.\n"
    "In this order:\n"
    ".Bl -bullet\n"
    ".It\n"
    "an existing path: a MovieLens folder, its zip as it is, a\n"
    ".Pa ratings.csv\n"
    "(with\n"
    ".Pa movies.csv ,\n"
    ".Pa links.csv\n"
    "and\n"
    ".Pa tags.csv\n"
    "beside it, or without), a\n"
    ".Pa u.data ,\n"
    "a\n"
    ".Pa ratings.dat ,\n"
    "or any delimited file together with\n"
    ".Fl -columns ;\n"
    ".It\n"
    "the word\n"
    ".Ql sample :\n"
    "built in, made at the start, of about a million ratings;\n"
    ".It\n"
    "the name of a folder in the data folder, see\n"
    ".Sx FILES .\n"
    ".El\n"
    ".Ss RUN\n"
    "What\n"
    ".Cm train\n"
    "left.\n"
    "A word with a slash, or a folder that holds\n"
    ".Pa run.json ,\n"
    "is a path; so is a\n"
    ".Pa .safetensors\n"
    "file; fastai's own, which has no titles, needs\n"
    ".Fl -data .\n"
    "Any other word is a name in the runs folder, and\n"
    ".Ql latest\n"
    "is the run there that was started last.\n"
    ".Ss FILTER\n"
    "Which films, for\n"
    ".Fl -filter :\n"
    ".Bd -literal\n"
    "filter  = [ any ] ;\n"
    "any     = all , { \"|\" , all } ;\n"
    "all     = one , { one } ;\n"
    "one     = \"-\" , one | \"(\" , any , \")\" | test ;\n"
    "test    = \"seen\"\n"
    "        | ( \"genre\" | \"title\" ) , \":\" , text\n"
    "        | field , compare , number\n"
    "        | field , \":\" , number , \"..\" , number\n"
    "        | text ;\n"
    "field   = \"year\" | \"n\" | \"mean\" | \"bias\" ;\n"
    "compare = \":\" | \"=\" | \"<\" | \"<=\" | \">\" | \">=\" ;\n"
    "text    = word | '\"' , { any character but '\"' | '\"\"' } , '\"' ;\n"
    ".Ed\n"
    ".Pp\n"
    "Blanks mean and,\n"
    ".Ql |\n"
    "means or,\n"
    ".Ql -\n"
    "means not.\n"
    "A bare word is part of a title, a genre is named whole,\n"
    ".Ql n\n"
    "is the number of ratings, and\n"
    ".Ql seen\n"
    "has a meaning only where there is a user.\n"
    "Case never matters.\n";

static const char page_output[] =
    ".Sh OUTPUT\n"
    "Text is for people.\n"
    "A table is as wide as the terminal at most: long cells are cut, less important\n"
    "columns left out.\n"
    "In a pipe or a file nothing is cut unless\n"
    ".Ev COLUMNS\n"
    "says how wide it is.\n"
    ".Pp\n"
    "JSON and CSV are for programs: keys keep their meaning, ids are those of the\n"
    "data, times are Unix seconds, and what is unknown or no finite number is\n"
    ".Ql null\n"
    "or empty.\n"
    "In JSON a table is an array, all else an object.\n"
    "CSV has the keys as its header, is quoted as RFC 4180 says, and joins lists by\n"
    ".Ql | .\n"
    ".Pp\n"
    "Titles and names come from files that anybody may have written.\n"
    "In text, and in CSV on a terminal, what would drive the terminal, turn text\n"
    "round or be invisible is shown as an escape such as\n"
    ".Ql \\ex1b .\n"
    "In JSON it is escaped as JSON has it, so that the very bytes come back; CSV in a\n"
    "pipe or a file keeps the bytes.\n"
    "A spreadsheet may take a title that begins with\n"
    ".Ql =\n"
    "for a formula; let it import text.\n";

static const char page_tail[] =
    ".Sh ENVIRONMENT\n"
    ".Bl -tag -width XDG_STATE_HOME\n"
    ".It Ev COLUMNS\n"
    "Width of text output; else that of the terminal, without limit where there\n"
    "is none.\n"
    ".It Ev LC_ALL , LC_CTYPE , LANG\n"
    "Whether the terminal shows UTF-8.\n"
    ".It Ev NO_COLOR\n"
    "When set, no colour unless\n"
    ".Fl -color Ns = Ns Cm always\n"
    "asks for it.\n"
    ".It Ev MLTUI_FETCH_BASE\n"
    "Where\n"
    ".Cm fetch\n"
    "finds the archives; else with their publisher.\n"
    ".It Ev TERM\n"
    "What the terminal is; one that is\n"
    ".Ql dumb\n"
    "gets neither colour nor a line that is redrawn.\n"
    ".It Ev XDG_DATA_HOME\n"
    "Where the data folder is, by default\n"
    ".Pa ~/.local/share .\n"
    ".It Ev XDG_STATE_HOME\n"
    "Where the runs folder is, by default\n"
    ".Pa ~/.local/state .\n"
    ".El\n"
    ".Sh FILES\n"
    ".Bl -tag -width Ds\n"
    ".It Pa $XDG_DATA_HOME/mltui\n"
    "The data folder: a folder for each data set.\n"
    ".It Pa $XDG_DATA_HOME/mltui/me.csv\n"
    "The films you rated on the screen; a file for\n"
    ".Fl -ratings .\n"
    ".It Pa $XDG_STATE_HOME/mltui/runs\n"
    "The runs folder: a folder for each run, or a link to one that lies elsewhere.\n"
    ".It Pa RUN/run.json\n"
    "All settings of a run and what became of it.\n"
    ".It Pa RUN/metrics.jsonl\n"
    "Its losses, by steps and by epochs.\n"
    ".It Pa RUN/model.safetensors\n"
    "The best model, with all that is needed to read it.\n"
    ".It Pa RUN/ratings.safetensors\n"
    "The ratings by user, so that seen films can be told.\n"
    ".El\n"
    ".Sh EXIT STATUS\n"
    ".Bl -tag -width Ds\n"
    ".It 0\n"
    "All went well.\n"
    ".It 1\n"
    "Something could not be opened, read, written or found, or a run went wrong.\n"
    ".It 2\n"
    "Usage: no such command or option, or a bad value.\n"
    ".It 3\n"
    "Content was rejected: no valid row, too many bad ones, or a split that does not\n"
    "fit.\n"
    ".El\n"
    ".Pp\n"
    "After SIGINT or SIGTERM a command cleans up and dies by that signal.\n";

/* ---- options ------------------------------------------------------------------ */

/* Do commands give a shared option different defaults? */
static bool
default_varies(const struct option *o)
{
    for (const struct command *const *c = command_list; *c != NULL; c++) {
        const struct option *other = command_shared_option(*c, o->name);

        if (other != NULL && other->def != NULL && strcmp(other->def, o->def) != 0)
            return true;
    }
    return false;
}

static void
put_option(FILE *to, const struct option *o, bool with_default)
{
    fputs(".It ", to);
    if (o->letter != 0)
        fprintf(to, "Fl %c , ", o->letter);
    fprintf(to, "Fl -%s", o->name);
    if (o->arg != NULL)
        fprintf(to, " Ar %s", o->arg);
    fputc('\n', to);
    mdoc_paragraph(to, o->help, strlen(o->help));
    if (o->def != NULL && with_default) {
        fputs(".Pq default: ", to);
        mdoc_text(to, o->def, true);
        fputc('\n', to);
    }
}

static void
put_list_of(FILE *to, const struct option *options)
{
    fputs(".Bl -tag -width Ds\n", to);
    for (const struct option *o = options; o->name != NULL; o++)
        put_option(to, o, true);
    fputs(".El\n", to);
}

/* The names of the options that a command shares with others. */
static void
put_shared_names(FILE *to, const struct command *c)
{
    const struct option *options;

    fputs(".Pp\nShared options:\n", to);
    for (unsigned i = c->options != NULL; (options = command_options(c, i)) != NULL;
         i++) {
        bool last_table = command_options(c, i + 1) == NULL;

        for (const struct option *o = options; o->name != NULL; o++) {
            fprintf(to, ".Fl -%s", o->name);
            if (o->def != NULL && default_varies(o))
                fprintf(to, " Pq default: %s", o->def);
            fputs(last_table && o[1].name == NULL ? " .\n" : " ,\n", to);
        }
    }
}

/* Names that were printed. */
struct names {
    const char *name[64];
    size_t n;
};

/* Is this name new? Then it is kept. */
static bool
is_new(struct names *seen, const char *name)
{
    for (size_t i = 0; i < seen->n; i++)
        if (strcmp(seen->name[i], name) == 0)
            return false;
    if (seen->n < sizeof(seen->name) / sizeof(*seen->name))
        seen->name[seen->n++] = name;
    return true;
}

static void
put_new_options(FILE *to, struct names *seen, const struct option *options)
{
    for (const struct option *o = options; o->name != NULL; o++)
        if (is_new(seen, o->name))
            put_option(to, o, o->def != NULL && !default_varies(o));
}

/* Every shared option once, as the first command that has it says it. */
static void
put_shared(FILE *to)
{
    struct names seen = { .n = 0 };

    fputs(".Sh SHARED OPTIONS\n.Bl -tag -width Ds\n", to);
    for (const struct command *const *c = command_list; *c != NULL; c++) {
        const struct option *options;

        for (unsigned i = (*c)->options != NULL;
             (options = command_options(*c, i)) != NULL; i++)
            put_new_options(to, &seen, options);
    }
    fputs(".El\n", to);
}

/* ---- commands and topics ------------------------------------------------------ */

/* "DATA" or "[DATA]" */
static void
put_operands(FILE *to, const char *operands)
{
    size_t len = strlen(operands);

    if (operands[0] == '[')
        fprintf(to, ".Op Ar %.*s\n", (int)len - 2, operands + 1);
    else if (len > 0)
        fprintf(to, ".Ar %s\n", operands);
}

static void
put_command(FILE *to, const struct command *c)
{
    fputs(".Ss ", to);
    mdoc_text(to, c->name, true);
    fputs("\n.Nm\n.Cm ", to);
    mdoc_text(to, c->name, true);
    fputs("\n.Op Ar OPTION ...\n", to);
    put_operands(to, c->operands);
    fputs(".Pp\n", to);
    mdoc_sentence(to, c->summary);
    if (c->about != NULL)
        mdoc_paragraphs(to, c->about, true);
    if (c->options != NULL)
        put_list_of(to, c->options);
    put_shared_names(to, c);
}

static void
put_topics(FILE *to)
{
    fputs(".Sh TOPICS\n", to);
    for (const struct topic *t = topic_list; t->name != NULL; t++) {
        fprintf(to, ".Ss ");
        mdoc_text(to, t->name, false);
        fputc('\n', to);
        mdoc_paragraphs(to, t->text, false);
    }
}

static void
put_examples(FILE *to)
{
    fputs(".Sh EXAMPLES\n.Bl -tag -width Ds\n", to);
    for (const struct command *const *c = command_list; *c != NULL; c++) {
        for (const struct example *e = (*c)->examples; e != NULL && e->line != NULL;
             e++) {
            fputs(".It Li ", to);
            mdoc_text(to, e->line, true);
            fputc('\n', to);
            mdoc_paragraph(to, e->what, strlen(e->what));
        }
    }
    fputs(".El\n", to);
}

static void
put_sections(FILE *to)
{
    for (const struct command *const *c = command_list; *c != NULL; c++)
        if ((*c)->sections != NULL)
            (*c)->sections(to);
}

void
manual_print(FILE *to)
{
    fputs(page_head, to);
    fputs(".Sh COMMANDS\n", to);
    for (const struct command *const *c = command_list; *c != NULL; c++)
        put_command(to, *c);
    put_shared(to);
    fputs(page_operands, to);
    put_sections(to);
    put_topics(to);
    fputs(page_output, to);
    fputs(page_tail, to);
    put_examples(to);
    fputs(".Sh SEE ALSO\n.Xr mltui-run 5\n", to);
}
