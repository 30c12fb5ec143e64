/* options.c - parsing by one table; see options.h. */
#include "config.h"

#include "ui/cli/options.h"

#include "src/base/mem.h"
#include "src/base/text.h"

#include <assert.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define NAMES_MAX 128

/* ---- what a value may be ------------------------------------------------------ */

static bool
is_bounded(const struct option *o)
{
    return o->lo != o->hi;
}

static bool
within(const struct option *o, double v)
{
    if (!is_bounded(o))
        return true;
    return (o->above_lo ? v > o->lo : v >= o->lo) &&
           (o->below_hi ? v < o->hi : v <= o->hi);
}

static void
expects_number(const struct option *o, const char *noun, char *buf, size_t cap)
{
    int n = snprintf(buf, cap, "%s", noun);

    if (is_bounded(o))
        n += snprintf(buf + n, cap - (size_t)n,
                      o->above_lo ? " above %.15g" : " from %.15g", o->lo);
    if (is_bounded(o) && isinf(o->hi) && !o->above_lo)
        n += snprintf(buf + n, cap - (size_t)n, " up");
    if (is_bounded(o) && !isinf(o->hi))
        n += snprintf(buf + n, cap - (size_t)n,
                      o->below_hi ? " to below %.15g" : " to %.15g", o->hi);
    if (o->word != NULL)
        snprintf(buf + n, cap - (size_t)n, " or '%s'", o->word);
}

static void
expects_choice(const struct option *o, char *buf, size_t cap)
{
    size_t used = 0;

    buf[0] = '\0';
    for (const char *const *c = o->choices; *c != NULL && used < cap; c++)
        used += (size_t)snprintf(buf + used, cap - used, "%s%s",
                                 c == o->choices ? ""
                                 : c[1] == NULL  ? " or "
                                                 : ", ",
                                 *c);
}

const char *
option_expects(const struct option *o, char *buf, size_t cap)
{
    switch (o->kind) {
    case OPTION_KIND_UNSIGNED:
    case OPTION_KIND_U64:
    case OPTION_KIND_LONG:
        expects_number(o, "a whole number", buf, cap);
        break;
    case OPTION_KIND_DOUBLE:
        expects_number(o, "a number", buf, cap);
        break;
    case OPTION_KIND_CHOICE:
        expects_choice(o, buf, cap);
        break;
    case OPTION_KIND_PAIR:
        snprintf(buf, cap, "two numbers, the lower first");
        break;
    default:
        snprintf(buf, cap, "%s", o->arg != NULL ? o->arg : "nothing");
        break;
    }
    return buf;
}

/* ---- setting a field ---------------------------------------------------------- */

static bool
set_whole(const struct option *o, void *field, const char *text)
{
    uint64_t most = o->kind == OPTION_KIND_UNSIGNED ? UINT_MAX
                    : o->kind == OPTION_KIND_LONG   ? LONG_MAX
                                                    : UINT64_MAX;
    bool is_word = o->word != NULL && strcmp(text, o->word) == 0;
    uint64_t v = 0;

    if (!is_word && (!text_u64(text, &v) || v > most || !within(o, (double)v)))
        return false;
    if (o->kind == OPTION_KIND_UNSIGNED)
        *(unsigned *)field = is_word ? (unsigned)o->word_value : (unsigned)v;
    else if (o->kind == OPTION_KIND_LONG)
        *(long *)field = is_word ? (long)o->word_value : (long)v;
    else
        *(uint64_t *)field = is_word ? (uint64_t)o->word_value : v;
    return true;
}

static bool
set_double(const struct option *o, double *field, const char *text)
{
    double v;

    if (o->word != NULL && strcmp(text, o->word) == 0) {
        *field = o->word_value;
        return true;
    }
    if (!text_double(text, &v) || !within(o, v))
        return false;
    *field = v;
    return true;
}

static bool
set_choice(const struct option *o, void *field, const char *text)
{
    for (int i = 0; o->choices[i] != NULL; i++) {
        if (strcmp(o->choices[i], text) == 0) {
            memcpy(field, &i, sizeof(i));
            return true;
        }
    }
    return false;
}

static bool
set_pair(struct option_pair *field, const char *text)
{
    const char *comma = strchr(text, ',');
    char first[64];
    double lo, hi;

    if (comma == NULL || (size_t)(comma - text) >= sizeof(first))
        return false;
    memcpy(first, text, (size_t)(comma - text));
    first[comma - text] = '\0';
    if (!text_double(first, &lo) || !text_double(comma + 1, &hi) || lo >= hi)
        return false;
    *field = (struct option_pair){ lo, hi };
    return true;
}

static enum err_code
append(struct option_list *list, const char *text, struct err *err)
{
    const char **item = mem_resize(list->item, list->n + 1, sizeof(*item));

    if (item == NULL)
        return err_nomem(err, (list->n + 1) * sizeof(*item), "a list of options");
    item[list->n++] = text;
    list->item = item;
    return ERR_OK;
}

static enum err_code
refuse(const struct option *o, const char *text, struct err *err)
{
    char expected[256], example[64];

    option_expects(o, expected, sizeof(expected));
    if (o->def != NULL)
        snprintf(example, sizeof(example), "%s", o->def);
    else if (o->kind == OPTION_KIND_CHOICE)
        snprintf(example, sizeof(example), "%s", o->choices[0]);
    else if (o->kind == OPTION_KIND_PAIR)
        snprintf(example, sizeof(example), "0.5,5.5");
    else
        snprintf(example, sizeof(example), "%.6g", within(o, 1) ? 1 : o->lo);
    return err_set(err, ERR_ARG, "--%s: found '%s', expected %s, as in '--%s %s'",
                   o->name, text, expected, o->name, example);
}

/* Set the field of `o` in `into` from what was typed; NULL for a flag. */
static enum err_code
set_field(const struct option *o, void *into, const char *text, struct err *err)
{
    void *field = (char *)into + o->at;
    bool fits = true;

    switch (o->kind) {
    case OPTION_KIND_FLAG:
        *(bool *)field = true;
        break;
    case OPTION_KIND_UNSIGNED:
    case OPTION_KIND_U64:
    case OPTION_KIND_LONG:
        fits = set_whole(o, field, text);
        break;
    case OPTION_KIND_DOUBLE:
        fits = set_double(o, field, text);
        break;
    case OPTION_KIND_TEXT:
        *(const char **)field = text;
        break;
    case OPTION_KIND_CHOICE:
        fits = set_choice(o, field, text);
        break;
    case OPTION_KIND_PAIR:
        fits = set_pair(field, text);
        break;
    case OPTION_KIND_LIST:
        return append(field, text, err);
    }
    return fits ? ERR_OK : refuse(o, text, err);
}

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
            enum err_code rc = set_field(o, into, o->def, &err);

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
    rc = set_field(o, into, text, err);
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

bool
options_takes_next(const struct option *options, const char *word)
{
    const struct option *o;

    if (word[0] != '-' || strchr(word, '=') != NULL)
        return false;
    if (word[1] == '-')
        o = find_in(options, word + 2, strlen(word + 2), '\0');
    else
        o = word[1] != '\0' && word[2] == '\0' ? find_in(options, NULL, 0, word[1])
                                               : NULL;
    return o != NULL && o->kind != OPTION_KIND_FLAG;
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
