/*
 * manual.c - mltui(1) in mdoc; see manual.h.
 *
 * Commands and options come from their tables, the prose around them from
 * manual_prose.c.
 */
#include "config.h"

#include "ui/cli/manual.h"

#include "ui/cli/command.h"
#include "ui/cli/manual_prose.h"
#include "ui/cli/mdoc.h"
#include "ui/cli/topics.h"

#include <stdbool.h>
#include <string.h>

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
    fputs(manual_head, to);
    fputs(".Sh COMMANDS\n", to);
    for (const struct command *const *c = command_list; *c != NULL; c++)
        put_command(to, *c);
    put_shared(to);
    fputs(manual_operands, to);
    put_sections(to);
    put_topics(to);
    fputs(manual_output, to);
    fputs(manual_tail, to);
    put_examples(to);
    fputs(".Sh SEE ALSO\n.Xr mltui-run 5\n", to);
}
