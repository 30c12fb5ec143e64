/* option_value.c - the value of one option, from text; see options.h. */
#include "config.h"

#include "src/base/mem.h"
#include "src/base/text.h"
#include "ui/cli/options.h"

#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

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

/* The greatest whole number that the field holds. */
static uint64_t
most_of(const struct option *o)
{
    return o->kind == OPTION_KIND_UNSIGNED ? UINT_MAX
           : o->kind == OPTION_KIND_LONG   ? LONG_MAX
                                           : UINT64_MAX;
}

static void
expects_number(const struct option *o, const char *noun, char *buf, size_t cap)
{
    int n = snprintf(buf, cap, "%s", noun);

    if (!is_bounded(o) && o->kind != OPTION_KIND_DOUBLE)
        n += snprintf(buf + n, cap - (size_t)n, " from 0 to %" PRIu64, most_of(o));
    if (is_bounded(o) && !isinf(o->lo))
        n += snprintf(buf + n, cap - (size_t)n,
                      o->above_lo ? " above %.15g" : " from %.15g", o->lo);
    if (is_bounded(o) && isinf(o->hi) && !isinf(o->lo) && !o->above_lo)
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
    uint64_t most = most_of(o);
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

enum err_code
option_set(const struct option *o, void *into, const char *text, struct err *err)
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
