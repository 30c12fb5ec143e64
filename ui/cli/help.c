/* help.c - help made from the tables; see help.h. */
#include "config.h"

#include "ui/cli/help.h"

#include "ui/cli/wrap.h"

#include <string.h>

#define WIDTH_MAX   80 /* longer lines read badly */
#define WIDTH_MIN   30
#define OPTION_CELL 28 /* where the explanation of an option begins */

static size_t
width_of(FILE *f)
{
    unsigned w = term_width(f);

    return w == 0 || w > WIDTH_MAX ? WIDTH_MAX : w < WIDTH_MIN ? WIDTH_MIN : w;
}

/* ---- options ------------------------------------------------------------------ */

/* "-n, --limit N" */
static size_t
print_names(FILE *to, const struct option *o)
{
    char buf[128];
    int n = snprintf(buf, sizeof(buf), "  %c%c%c --%s%s%s", o->letter != 0 ? '-' : ' ',
                     o->letter != 0 ? o->letter : ' ', o->letter != 0 ? ',' : ' ',
                     o->name, o->arg != NULL ? " " : "", o->arg != NULL ? o->arg : "");

    fputs(buf, to);
    return (size_t)n;
}

static void
print_option(FILE *to, const struct option *o, size_t width)
{
    size_t indent = width >= 60 ? OPTION_CELL : 8;
    size_t used = print_names(to, o);
    char text[512];

    if (o->def != NULL)
        snprintf(text, sizeof(text), "%s [%s]", o->help, o->def);
    else
        snprintf(text, sizeof(text), "%s", o->help);
    if (used + 2 > indent) {
        fputc('\n', to);
        used = 0;
    }
    wrap_text(to, text, indent, used, width);
}

static void
print_options(FILE *to, const struct command *c, size_t width)
{
    const struct option *options;

    for (unsigned i = 0; (options = command_options(c, i)) != NULL; i++) {
        if (i == 0)
            fputs("\nOptions:\n", to);
        else if (i == 1 && c->options != NULL)
            fputs("\nShared options:\n", to);
        for (const struct option *o = options; o->name != NULL; o++)
            print_option(to, o, width);
    }
}

/* Wrap a title of its own, its first letter, which is ASCII, in upper case. */
static void
put_title(FILE *to, const char *before, const char *after, size_t width)
{
    char title[512];

    snprintf(title, sizeof(title), "%s%s", before, after);
    if (title[0] >= 'a' && title[0] <= 'z')
        title[0] = (char)(title[0] - 'a' + 'A');
    wrap_text(to, title, 0, 0, width);
}

/* A line of a list of names. */
static void
put_name(FILE *to, const char *name, const char *summary, size_t width)
{
    int used = fprintf(to, "  %-14s", name);

    wrap_text(to, summary, 18, (size_t)used, width);
}

/* ---- whole texts -------------------------------------------------------------- */

void
help_command(FILE *to, const struct command *c)
{
    size_t width = width_of(to);

    char usage[256];

    snprintf(usage, sizeof(usage), "mltui %s [OPTION]... %s", c->name, c->operands);
    wrap_text(to, usage, 0, 0, width);
    fputc('\n', to);
    put_title(to, c->summary, ".", width);
    if (c->about != NULL) {
        fputc('\n', to);
        wrap_text(to, c->about, 0, 0, width);
    }
    print_options(to, c, width);
    if (c->examples == NULL)
        return;
    fputs("\nExamples:\n", to);
    for (const struct example *e = c->examples; e->line != NULL; e++) {
        fprintf(to, "  %s\n", e->line);
        wrap_text(to, e->what, 6, 0, width);
    }
}

void
help_overview(FILE *to)
{
    size_t width = width_of(to);

    wrap_text(
        to,
        "mltui trains a movie recommender in the terminal and shows what it learned.",
        0, 0, width);
    fputc('\n', to);
    wrap_text(to, "mltui [DATA or RUN]", 0, 0, width);
    wrap_text(to, "mltui COMMAND [OPTION]... [OPERAND]...", 0, 0, width);
    fputs("\nCommands:\n\n", to);
    for (const struct command *const *c = command_list; *c != NULL; c++)
        put_name(to, (*c)->name, (*c)->summary, width);
    fputs("\nTopics:\n\n", to);
    for (const struct topic *t = topic_list; t->name != NULL; t++)
        put_name(to, t->name, t->summary, width);
    fputc('\n', to);
    wrap_text(to, "'mltui help COMMAND' or 'mltui help TOPIC' says more.", 0, 0, width);
}

void
help_topic(FILE *to, const struct topic *t)
{
    char title[256];

    snprintf(title, sizeof(title), ": %s", t->summary);
    put_title(to, t->name, title, width_of(to));
    fputc('\n', to);
    wrap_text(to, t->text, 0, 0, width_of(to));
}

void
help_version(FILE *to)
{
    fputs(PACKAGE_STRING "\n", to);
}
