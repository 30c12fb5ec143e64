/*
 * filter_words.c - what the readers of a filter share: its words and quotes, new nodes,
 * and errors that name the place.
 */
#include "config.h"

#include "src/explore/filter_tree.h"

#include "src/base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define SHOWN_MOST 60 /* bytes of what was typed that a message repeats */

enum err_code
filter_fail(struct filter_parser *p, const char *at, const char *fmt, ...)
{
    char what[sizeof(p->err->msg)];
    size_t place = 1;
    va_list ap;

    for (const char *s = p->text; s < at; s++)
        place += (*s & 0xc0) != 0x80;
    va_start(ap, fmt);
    vsnprintf(what, sizeof(what), fmt, ap);
    va_end(ap);
    return err_set(p->err, ERR_ARG, "filter, character %zu: %s", place, what);
}

size_t
filter_mistake(const char *msg, const char **ret_what)
{
    size_t place;
    int n = 0;

    if (sscanf(msg, "filter, character %zu: %n", &place, &n) != 1 || n == 0) {
        place = 0;
        n = 0;
    }
    *ret_what = msg + n;
    return place;
}

int
filter_shown(const char *s, size_t len)
{
    return (int)text_head(s, len < SHOWN_MOST ? len : SHOWN_MOST);
}

void
filter_skip_blanks(struct filter_parser *p)
{
    p->at += strspn(p->at, FILTER_BLANKS);
}

uint32_t
filter_new_node(struct filter_parser *p, enum filter_kind kind)
{
    uint32_t i = p->f->n_nodes++;

    p->f->node[i] =
        (struct filter_node){ .kind = kind, .child = FILTER_NONE, .next = FILTER_NONE };
    return i;
}

/* Keep len bytes for as long as the filter lives. */
static char *
keep(struct filter_parser *p, const char *s, size_t len)
{
    char *copy = p->string_end;

    memcpy(copy, s, len);
    copy[len] = '\0';
    p->string_end += len + 1;
    return copy;
}

/* "…" with "" inside for a quote. */
static enum err_code
parse_quoted(struct filter_parser *p, const char **ret)
{
    const char *open = p->at++;
    char *to = p->string_end;

    *ret = to;
    for (;; p->at++) {
        if (*p->at == '\0')
            return filter_fail(p, open,
                               "this quote is not closed; expected another \"");
        if (*p->at == '"' && *++p->at != '"')
            break;
        *to++ = *p->at;
    }
    *to++ = '\0';
    p->string_end = to;
    if (**ret == '\0')
        return filter_fail(p, open, "found empty quotes; expected some text in them");
    return ERR_OK;
}

enum err_code
filter_parse_text(struct filter_parser *p, const char *expected, const char **ret)
{
    size_t len;

    filter_skip_blanks(p);
    if (*p->at == '"')
        return parse_quoted(p, ret);
    len = strcspn(p->at, FILTER_WORD_ENDS);
    if (len == 0 && *p->at == '\0')
        return filter_fail(p, p->at, "the filter ends here; expected %s", expected);
    if (len == 0)
        return filter_fail(p, p->at, "found \"%c\"; expected %s", *p->at, expected);
    *ret = keep(p, p->at, len);
    p->at += len;
    return ERR_OK;
}
