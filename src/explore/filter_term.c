/*
 * filter_term.c - reads one term, which asks one thing of a film: genre:drama, a word
 * of a title, seen; numbers are filter_number.c's.
 *
 * Names are looked up here and never again: matching compares numbers and searches
 * titles. Errors name the place, what was found there and what was expected.
 */
#include "config.h"

#include "src/explore/filter_tree.h"

#include "src/base/mem.h"
#include "src/base/text.h"

#include <stdio.h>
#include <string.h>

#define COMPARES    ":=<>"
#define FIELDS_TEXT "genre, title, year, n (ratings), mean and bias"

const struct filter_field_about filter_fields[FILTER_FIELDS] = {
    [FIELD_GENRE] = { "genre", "drama", false, false },
    [FIELD_TITLE] = { "title", "ring", false, false },
    [FIELD_YEAR] = { "year", "1990", true, false },
    [FIELD_N] = { "n", "500", true, false },
    [FIELD_MEAN] = { "mean", "0.5", true, true },
    [FIELD_BIAS] = { "bias", "0.5", true, true },
};

/* Report that no term begins at the parser's place. */
static enum err_code
fail_no_term(struct filter_parser *p)
{
    const char *expected = "expected a word of a title, a test such as year>1990 or "
                           "genre:drama, \"-\" or \"(\"";

    if (*p->at == '\0')
        return filter_fail(p, p->at, "the filter ends here; %s", expected);
    if (strchr(COMPARES, *p->at) != NULL)
        return filter_fail(p, p->at,
                           "found \"%c\" without a field before it; fields are %s",
                           *p->at, FIELDS_TEXT);
    return filter_fail(p, p->at, "found \"%c\"; %s", *p->at, expected);
}

/* A term of the title with the text that follows. */
static enum err_code
parse_title(struct filter_parser *p, const char *expected, uint32_t *ret)
{
    const char *text = NULL;
    enum err_code rc = filter_parse_text(p, expected, &text);

    if (rc != ERR_OK)
        return rc;
    *ret = filter_new_node(p, KIND_TITLE);
    p->f->node[*ret].text = text_fold(text);
    if (p->f->node[*ret].text == NULL)
        return err_nomem(p->err, strlen(text) + 1, "a filter");
    return ERR_OK;
}

/* Equal but for case: each contains the other. */
static bool
same_text(const char *a, const char *b)
{
    return text_contains(a, b) && text_contains(b, a);
}

/* Say which genres there are, as far as the message has room, the nearest first. */
static enum err_code
fail_no_genre(struct filter_parser *p, const char *at, const char *word)
{
    const struct strtab *genre = &p->f->catalog->genre;
    const char **names = mem_new(genre->n, sizeof(*names));
    const char *nearest;
    char list[400];
    size_t used = 0;

    if (names == NULL)
        return err_nomem(p->err, genre->n * sizeof(*names), "the names of genres");
    list[0] = '\0';
    for (size_t g = 0; g < genre->n; g++) {
        names[g] = strtab_get(genre, g);
        if (used + strlen(names[g]) + 8 < sizeof(list))
            used += (size_t)snprintf(list + used, sizeof(list) - used, "%s%s",
                                     used > 0 ? ", " : "", names[g]);
    }
    nearest = text_nearest(word, names, genre->n);
    mem_free(names);
    if (genre->n == 0)
        return filter_fail(p, at,
                           "found the genre \"%.*s\", but these data have no genres",
                           filter_shown(word, SIZE_MAX), word);
    if (nearest != NULL)
        return filter_fail(p, at,
                           "no genre \"%.*s\"; did you mean \"%.*s\"? There are %s",
                           filter_shown(word, SIZE_MAX), word,
                           filter_shown(nearest, SIZE_MAX), nearest, list);
    return filter_fail(p, at, "no genre \"%.*s\"; there are %s",
                       filter_shown(word, SIZE_MAX), word, list);
}

static enum err_code
parse_genre(struct filter_parser *p, uint32_t *ret)
{
    const struct strtab *genre = &p->f->catalog->genre;
    const char *word = NULL, *at;
    enum err_code rc;

    filter_skip_blanks(p);
    at = p->at;
    rc = filter_parse_text(p, "a genre, as in genre:drama", &word);
    if (rc != ERR_OK)
        return rc;
    for (uint32_t g = 0; g < genre->n; g++)
        if (same_text(strtab_get(genre, g), word)) {
            *ret = filter_new_node(p, KIND_GENRE);
            p->f->node[*ret].genre = g;
            return ERR_OK;
        }
    return fail_no_genre(p, at, word);
}

static enum err_code
fail_no_field(struct filter_parser *p, const char *at, size_t len)
{
    const char *names[FILTER_FIELDS];
    const char *nearest;
    char word[64];

    for (size_t i = 0; i < FILTER_FIELDS; i++)
        names[i] = filter_fields[i].name;
    snprintf(word, sizeof(word), "%.*s", filter_shown(at, len), at);
    nearest = text_nearest(word, names, FILTER_FIELDS);
    return filter_fail(p, at,
                       "unknown field \"%s\"%s%s%s; fields are %s; a title with \"%c\" "
                       "in it goes in quotes",
                       word, nearest != NULL ? "; did you mean " : "",
                       nearest != NULL ? nearest : "", nearest != NULL ? "?" : "",
                       FIELDS_TEXT, at[len + strspn(at + len, FILTER_BLANKS)]);
}

/* Are the len bytes at s this name, whatever the case of ASCII letters? Not by
 * strncasecmp, to which a Turkish I is no i. */
static bool
is_name(const char *name, const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (name[i] != (s[i] >= 'A' && s[i] <= 'Z' ? s[i] - 'A' + 'a' : s[i]))
            return false;
    return name[len] == '\0';
}

/* The field with this name, or FILTER_FIELDS. */
static enum filter_field
find_field(const char *s, size_t len)
{
    enum filter_field field = 0;

    while (field < FILTER_FIELDS && !is_name(filter_fields[field].name, s, len))
        field++;
    return field;
}

/* The term that begins with a name of len bytes and a sign. */
static enum err_code
parse_field(struct filter_parser *p, size_t len, uint32_t *ret)
{
    const enum filter_field field = find_field(p->at, len);

    if (field == FILTER_FIELDS)
        return fail_no_field(p, p->at, len);
    p->at += len;
    filter_skip_blanks(p);
    if (filter_fields[field].is_number)
        return filter_parse_comparison(p, field, ret);
    if (*p->at != ':')
        return filter_fail(p, p->at, "found \"%c\"; expected \":\", as in %s:%s",
                           *p->at, filter_fields[field].name,
                           filter_fields[field].example);
    p->at++;
    if (field == FIELD_GENRE)
        return parse_genre(p, ret);
    return parse_title(p, "a part of a title, as in title:ring", ret);
}

/* Is this word the name of a field with a sign after some blanks: "year > 1990"? */
static bool
is_spaced_field(const char *word, size_t len)
{
    const char *after = word + len + strspn(word + len, FILTER_BLANKS);

    return *after != '\0' && strchr(COMPARES, *after) != NULL &&
           find_field(word, len) != FILTER_FIELDS;
}

static enum err_code
parse_seen(struct filter_parser *p, uint32_t *ret)
{
    if (p->seen != FILTER_WITH_SEEN)
        return filter_fail(p, p->at,
                           "\"seen\" asks about a user, and there is none here; put it "
                           "in quotes to search titles for it");
    p->at += strlen("seen");
    *ret = filter_new_node(p, KIND_SEEN);
    return ERR_OK;
}

enum err_code
filter_parse_term(struct filter_parser *p, uint32_t *ret)
{
    size_t word = strcspn(p->at, FILTER_WORD_ENDS);
    size_t name = strcspn(p->at, FILTER_WORD_ENDS COMPARES);

    if (*p->at != '"' && name == 0)
        return fail_no_term(p);
    if (name < word || is_spaced_field(p->at, name))
        return parse_field(p, name, ret);
    if (is_name("seen", p->at, word))
        return parse_seen(p, ret);
    return parse_title(p, "a part of a title", ret);
}
