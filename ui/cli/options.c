/* options.c - parsing by one table; see options.h. */
#include "config.h"

#include "ui/cli/options.h"

#include "src/base/mem.h"
#include "src/base/text.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#define NAMES_MAX 128

void
options_add(struct parsed *p, const struct option *options, void *into)
{
    if (options == NULL)
        return;
    assert(p->n_sets < OPTION_SETS_MAX);
    p->set[p->n_sets++] = (struct option_set){ options, into };
    for (const struct option *o = options; o->name != NULL; o++) {
        if (o->def != NULL) {
            struct err err;
            enum err_code rc = option_set(o, into, o->def, &err);

            assert(rc == ERR_OK);
            (void)rc;
        }
    }
}

/* ---- finding an option -------------------------------------------------------- */

/* By name (len bytes) or, with a NULL name, by letter. */
static const struct option *
find_in(const struct option *options, const char *name, size_t len, char letter)
{
    for (const struct option *o = options; o->name != NULL; o++) {
        if (name != NULL ? strlen(o->name) == len && memcmp(o->name, name, len) == 0
                         : o->letter == letter && letter != '\0')
            return o;
    }
    return NULL;
}

static const struct option *
find(const struct parsed *p, const char *name, size_t len, char letter, void **ret_into)
{
    for (unsigned i = 0; i < p->n_sets; i++) {
        const struct option *o = find_in(p->set[i].options, name, len, letter);

        if (o != NULL) {
            *ret_into = p->set[i].into;
            return o;
        }
    }
    return NULL;
}

static enum err_code
unknown(const struct parsed *p, const char *name, size_t len, struct err *err)
{
    const char *names[NAMES_MAX];
    char word[64];
    const char *near;
    size_t n = 0;

    snprintf(word, sizeof(word), "%.*s", (int)len, name);
    for (unsigned i = 0; i < p->n_sets; i++)
        for (const struct option *o = p->set[i].options; o->name != NULL; o++)
            if (n < NAMES_MAX)
                names[n++] = o->name;
    near = text_nearest(word, names, n);
    if (near != NULL)
        return err_set(err, ERR_ARG, "no option '--%s'; did you mean '--%s'?", word,
                       near);
    return err_set(err, ERR_ARG, "no option '--%s'; --help lists all", word);
}

/* ---- walking the words -------------------------------------------------------- */

/* Where the parser stands. */
struct walk {
    struct parsed *p;
    int argc, at;
    char **argv;
};

static enum err_code
use(struct walk *w, const struct option *o, void *into, const char *text,
    struct err *err)
{
    enum err_code rc;

    if (o->kind != OPTION_KIND_FLAG && text == NULL) {
        char expected[256];

        if (w->at + 1 >= w->argc)
            return err_set(err, ERR_ARG, "--%s needs a value: %s", o->name,
                           option_expects(o, expected, sizeof(expected)));
        text = w->argv[++w->at];
    }
    rc = option_set(o, into, text, err);
    if (rc == ERR_OK)
        w->p->given[w->p->n_given++] = o;
    return rc;
}

static enum err_code
long_option(struct walk *w, const char *word, struct err *err)
{
    size_t len = strcspn(word, "=");
    const char *text = word[len] == '=' ? word + len + 1 : NULL;
    void *into;
    const struct option *o = find(w->p, word, len, '\0', &into);

    if (o == NULL)
        return unknown(w->p, word, len, err);
    if (o->kind == OPTION_KIND_FLAG && text != NULL)
        return err_set(err, ERR_ARG, "--%s takes no value, found '%s'", o->name, text);
    return use(w, o, into, text, err);
}

static enum err_code
letters(struct walk *w, const char *word, struct err *err)
{
    for (; *word != '\0'; word++) {
        void *into;
        const struct option *o = find(w->p, NULL, 0, *word, &into);
        bool rest = word[1] != '\0';
        enum err_code rc;

        if (o == NULL)
            return err_set(err, ERR_ARG, "no option '-%c'; --help lists all", *word);
        if (o->kind != OPTION_KIND_FLAG)
            return use(w, o, into, rest ? word + 1 : NULL, err);
        rc = use(w, o, into, NULL, err);
        if (rc != ERR_OK)
            return rc;
    }
    return ERR_OK;
}

enum err_code
options_parse(struct parsed *p, int argc, char **argv, struct err *err)
{
    struct walk w = { .p = p, .argc = argc, .argv = argv };
    size_t most = 0; /* options that the words can hold: a letter each */
    bool ended = false;
    enum err_code rc = ERR_OK;

    for (int i = 0; i < argc; i++)
        most += strlen(argv[i]);
    p->operands = mem_new((size_t)argc, sizeof(*p->operands));
    p->given = mem_new(most, sizeof(*p->given));
    if (p->operands == NULL || p->given == NULL)
        return err_nomem(err, most * sizeof(*p->given), "options");
    for (; w.at < argc && rc == ERR_OK; w.at++) {
        char *word = argv[w.at];

        if (ended || word[0] != '-' || word[1] == '\0')
            p->operands[p->n_operands++] = word;
        else if (strcmp(word, "--") == 0)
            ended = true;
        else if (word[1] == '-')
            rc = long_option(&w, word + 2, err);
        else
            rc = letters(&w, word + 1, err);
    }
    return rc;
}

bool
option_given(const struct parsed *p, const char *name)
{
    for (size_t i = 0; i < p->n_given; i++)
        if (strcmp(p->given[i]->name, name) == 0)
            return true;
    return false;
}

enum err_code
options_idle(const struct parsed *p, const char *const *names, const char *with,
             struct err *err)
{
    for (; *names != NULL; names++)
        if (option_given(p, *names))
            return err_set(err, ERR_ARG,
                           "--%s does nothing beside --%s; leave one of them out",
                           *names, with);
    return ERR_OK;
}

const struct option *
options_find(const struct option *options, const char *word)
{
    if (word[0] != '-' || word[1] == '\0')
        return NULL;
    if (word[1] == '-')
        return find_in(options, word + 2, strcspn(word + 2, "="), '\0');
    return word[2] == '\0' ? find_in(options, NULL, 0, word[1]) : NULL;
}

bool
options_takes_next(const struct option *options, const char *word)
{
    const struct option *o = options_find(options, word);

    return o != NULL && o->kind != OPTION_KIND_FLAG && strchr(word, '=') == NULL;
}

void
options_done(struct parsed *p)
{
    for (unsigned i = 0; i < p->n_sets; i++) {
        for (const struct option *o = p->set[i].options; o->name != NULL; o++) {
            if (o->kind == OPTION_KIND_LIST) {
                struct option_list *l = (void *)((char *)p->set[i].into + o->at);

                mem_free(l->item);
                *l = (struct option_list){ 0 };
            }
        }
    }
    mem_free(p->operands);
    mem_free(p->given);
    *p = (struct parsed){ 0 };
}
