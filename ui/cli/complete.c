/* complete.c - what may be typed next; see complete.h. */
#include "config.h"

#include "ui/cli/complete.h"

#include "src/base/mem.h"
#include "src/base/text.h"
#include "src/data/locate.h"
#include "src/data/movielens.h"
#include "src/device/device.h"
#include "src/train/runfolder.h"
#include "ui/cli/command.h"
#include "ui/cli/shared.h"
#include "ui/cli/topics.h"

#include <dirent.h>
#include <string.h>

/* The word being typed. */
struct place {
    FILE *to;
    const char *before; /* what of it stays: "--format=", or "" */
    int before_len;
    const char *typed; /* the rest, which a candidate must begin with */
    unsigned *offered; /* counts the candidates, or NULL */
};

/* A name that would need escapes to be shown is not offered. */
static void
offer(const struct place *p, const char *word, const char *about)
{
    char shown[512];

    if (strncmp(word, p->typed, strlen(p->typed)) != 0)
        return;
    if (text_display(word, shown, sizeof(shown)) >= sizeof(shown) ||
        strcmp(word, shown) != 0)
        return;
    if (p->offered != NULL)
        ++*p->offered;
    fprintf(p->to, "%.*s%s%s%s\n", p->before_len, p->before, word,
            about != NULL ? "\t" : "", about != NULL ? about : "");
}

/* ---- kinds of operands and values -------------------------------------------------
 */

static void
offer_commands(const struct place *p)
{
    for (const struct command *const *c = command_list; *c != NULL; c++)
        offer(p, (*c)->name, (*c)->summary);
}

static void
offer_topics(const struct place *p)
{
    for (const struct topic *t = topic_list; t->name != NULL; t++)
        offer(p, t->name, t->summary);
}

/* Names in the data folder, and the one built in. */
static void
offer_data(const struct place *p)
{
    char *folder = NULL;
    DIR *d = locate_data_folder(&folder, NULL) == ERR_OK ? opendir(folder) : NULL;

    offer(p, "sample", "built in");
    for (struct dirent *e; d != NULL && (e = readdir(d)) != NULL;)
        if (e->d_name[0] != '.')
            offer(p, e->d_name, "in the data folder");
    if (d != NULL)
        closedir(d);
    mem_free(folder);
}

static void
offer_runs(const struct place *p)
{
    char **path = NULL;
    size_t n = 0;

    if (runs_list(&path, &n, NULL) == ERR_OK && n > 0)
        offer(p, "latest", "the run that was started last");
    for (size_t i = 0; i < n; i++)
        offer(p, strrchr(path[i], '/') + 1, "run");
    runs_list_free(path);
}

static void
offer_shells(const struct place *p)
{
    for (const struct complete_shell *s = complete_shells; s->name != NULL; s++)
        offer(p, s->name, NULL);
}

static void
offer_devices(const struct place *p)
{
    offer(p, "auto", NULL);
    for (const struct device_ops *const *d = device_list; *d != NULL; d++)
        offer(p, (*d)->name, NULL);
}

/* Of MovieLens, for fetch. */
static void
offer_archives(const struct place *p)
{
    for (const struct movielens *m = movielens_list; m->name != NULL; m++)
        offer(p, m->name, NULL);
}

/* By what help calls an operand or a value; what is not here is the user's to know. */
static const struct {
    const char *name;
    void (*offer)(const struct place *p); /* or NULL */
    const char *paths;                    /* those the shell finds, or NULL */
} kinds[] = {
    { "COMMAND", offer_commands, NULL }, { "TOPIC", offer_topics, NULL },
    { "DATA", offer_data, ":files" },    { "RUN", offer_runs, ":files" },
    { "DEVICE", offer_devices, NULL },   { "NAME", offer_archives, NULL },
    { "SHELL", offer_shells, NULL },     { "FILE", NULL, ":files" },
    { "DIR", NULL, ":folders" },
};

/* Offer what a kind has; the paths that are wanted besides, or else what they were. */
static const char *
offer_kind(const struct place *p, const char *name, size_t len, const char *paths)
{
    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
        if (strlen(kinds[i].name) != len || memcmp(kinds[i].name, name, len) != 0)
            continue;
        if (kinds[i].offer != NULL)
            kinds[i].offer(p);
        if (kinds[i].paths != NULL)
            paths = kinds[i].paths;
    }
    return paths;
}

/* The kinds that "RUN", "DATA or RUN" at the front of a usage line allow. */
static void
offer_kinds(const struct place *p, const char *s)
{
    static const char or [] = " or ";
    const char *paths = NULL;

    for (;; s += strlen(or)) {
        size_t len = strcspn(s, " ].");

        paths = offer_kind(p, s, len, paths);
        s += len;
        if (strncmp(s, or, strlen(or)) != 0)
            break;
    }
    if (paths != NULL)
        fprintf(p->to, "%s\n", paths);
}

/* ---- options ----------------------------------------------------------------------
 */

/* Option table i of a command, or without one of what may stand before it. */
static const struct option *
options_at(const struct command *c, unsigned i)
{
    if (c != NULL)
        return command_options(c, i);
    return i == 0 ? shared_everywhere : NULL;
}

static const struct option *
find_option(const struct command *c, const char *word)
{
    const struct option *options, *found = NULL;

    for (unsigned i = 0; found == NULL && (options = options_at(c, i)) != NULL; i++)
        found = options_find(options, word);
    return found;
}

static void
offer_options(struct place p, const struct command *c)
{
    const struct option *options;

    p.before = "--";
    p.before_len = 2;
    p.typed += strspn(p.typed, "-");
    for (unsigned i = 0; (options = options_at(c, i)) != NULL; i++)
        for (const struct option *o = options; o->name != NULL; o++)
            offer(&p, o->name, o->help);
}

static void
offer_value(const struct place *p, const struct option *o)
{
    if (o->word != NULL)
        offer(p, o->word, NULL);
    for (const char *const *c = o->choices; c != NULL && *c != NULL; c++)
        offer(p, *c, NULL);
    if (o->arg != NULL)
        offer_kinds(p, o->arg);
}

/* ---- the words before -------------------------------------------------------------
 */

static bool
is_equals(const char *word)
{
    return strcmp(word, "=") == 0;
}

/* What the words between the command's name and the one being typed tell of it. */
struct reading_words {
    unsigned n_operands;
    bool ended;                  /* by "--" */
    const struct option *option; /* waits for its value */
};

static struct reading_words
read_words(const struct command *c, char **words, unsigned n)
{
    struct reading_words r = { 0 };

    for (unsigned i = 0; i < n; i++) {
        const struct option *o = r.ended ? NULL : find_option(c, words[i]);

        if (is_equals(words[i]) && r.option != NULL)
            continue;
        if (r.option != NULL)
            r.option = NULL;
        else if (!r.ended && strcmp(words[i], "--") == 0)
            r.ended = true;
        else if (r.ended || words[i][0] != '-')
            r.n_operands++;
        else if (o != NULL && o->kind != OPTION_KIND_FLAG &&
                 strchr(words[i], '=') == NULL)
            r.option = o;
    }
    return r;
}

/* The operand at a position of "RUN [DATA]", "RUN...", "[COMMAND or TOPIC]". */
static void
offer_operand(const struct place *p, const struct command *c, unsigned at)
{
    const char *s = c->operands + strspn(c->operands, "[");

    while (at > 0 && *s != '\0') {
        size_t len = strcspn(s, " ].");

        if (s[len] == '.') /* the last kind, again and again */
            break;
        s += len;
        if (strncmp(s, " or ", 4) == 0) {
            s += 4;
            continue;
        }
        s += strspn(s, " []");
        at--;
    }
    if (*s != '\0')
        offer_kinds(p, s);
}

/* "--format=np" in one word: the value is completed, the rest stays. */
static const struct option *
split_word(struct place *p, const struct command *c, const char *word)
{
    const char *equals = strchr(word, '=');
    const struct option *o = equals != NULL ? find_option(c, word) : NULL;

    if (o == NULL || word[1] != '-')
        return NULL;
    p->before = word;
    p->before_len = (int)(equals + 1 - word);
    p->typed = equals + 1;
    return o;
}

/* After the words of a command, of which the last is being typed. */
static void
complete_command(struct place *p, const struct command *c, char **words, unsigned n)
{
    const struct reading_words r = read_words(c, words, n - 1);
    const struct option *o = r.option;

    if (o != NULL && is_equals(p->typed))
        p->typed = "";
    if (o == NULL && !r.ended)
        o = split_word(p, c, p->typed);
    if (o != NULL)
        offer_value(p, o);
    else if (p->typed[0] == '-' && !r.ended)
        offer_options(*p, c);
    else
        offer_operand(p, c, r.n_operands);
}

/* The first word: a command, or what opens on the screen. Of paths only those that
 * cannot be anything else, so that they do not stand between the commands. */
static void
complete_first(struct place *p)
{
    unsigned offered = 0;

    if (p->typed[0] == '-') {
        offer_options(*p, NULL);
        return;
    }
    p->offered = &offered;
    offer_commands(p);
    if (p->typed[0] == '\0')
        return;
    offer_data(p);
    offer_runs(p);
    if (offered == 0)
        fputs(":files\n", p->to);
}

void
complete_print(FILE *to, char **words, unsigned n)
{
    struct place p = { .to = to, .before = "", .typed = words[n - 1] };
    unsigned at = (unsigned)command_word(words, (int)n);
    const struct command *c;

    if (at + 1 >= n) {
        complete_first(&p);
        return;
    }
    c = command_find(words[at]);
    if (c != NULL)
        complete_command(&p, c, words + at + 1, n - at - 1);
    else if (command_opens(words[at])) /* else nothing is known of what follows */
        complete_command(&p, &cmd_screen, words, n);
}
