/*
 * filter_test.c - reads one test of a film: genre:drama, year>1990, a word of a title.
 *
 * Names are looked up here and never again: matching compares numbers and searches
 * titles. Errors name the place, what was found there and what was expected.
 */
#include "config.h"

#include "src/explore/filter_tree.h"

#include "src/base/mem.h"
#include "src/base/text.h"

#include <float.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define BLANKS    " \t\r\n"
#define WORD_ENDS BLANKS "()|\""
#define COMPARES  ":=<>"

#define SHOWN_MOST 60 /* bytes of what was typed that a message repeats */

static const struct {
    const char *name;
    bool is_number;
    bool is_float; /* stored in single precision: 4.1 means the float nearest to it */
} fields[] = {
    [FIELD_GENRE] = { "genre", false, false },
    [FIELD_TITLE] = { "title", false, false },
    [FIELD_YEAR] = { "year", true, false },
    [FIELD_N] = { "n", true, false },
    [FIELD_MEAN] = { "mean", true, true },
    [FIELD_BIAS] = { "bias", true, true },
};

#define N_FIELDS    (sizeof(fields) / sizeof(fields[0]))
#define FIELDS_TEXT "genre, title, year, n (ratings), mean and bias"

/* ---- errors --------------------------------------------------------------------- */

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

/* Bytes that a message shows of the len at s, which end where characters do. */
static int
shown(const char *s, size_t len)
{
    return (int)text_head(s, len < SHOWN_MOST ? len : SHOWN_MOST);
}

/* Report that no test of a film begins at the parser's place. */
static enum err_code
fail_no_test(struct filter_parser *p)
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

/* ---- pieces --------------------------------------------------------------------- */

void
filter_skip_blanks(struct filter_parser *p)
{
    p->at += strspn(p->at, BLANKS);
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

/* A word or quoted text, after blanks. */
static enum err_code
parse_text(struct filter_parser *p, const char *expected, const char **ret)
{
    size_t len;

    filter_skip_blanks(p);
    if (*p->at == '"')
        return parse_quoted(p, ret);
    len = strcspn(p->at, WORD_ENDS);
    if (len == 0 && *p->at == '\0')
        return filter_fail(p, p->at, "the filter ends here; expected %s", expected);
    if (len == 0)
        return filter_fail(p, p->at, "found \"%c\"; expected %s", *p->at, expected);
    *ret = keep(p, p->at, len);
    p->at += len;
    return ERR_OK;
}

/* A test of the title with the text that follows. */
static enum err_code
parse_title(struct filter_parser *p, const char *expected, uint32_t *ret)
{
    const char *text = NULL;
    enum err_code rc = parse_text(p, expected, &text);

    if (rc != ERR_OK)
        return rc;
    *ret = filter_new_node(p, KIND_TITLE);
    p->f->node[*ret].text = text_fold(text);
    if (p->f->node[*ret].text == NULL)
        return err_nomem(p->err, strlen(text) + 1, "a filter");
    return ERR_OK;
}

/* ---- genre:… -------------------------------------------------------------------- */

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
                           shown(word, SIZE_MAX), word);
    if (nearest != NULL)
        return filter_fail(
            p, at, "no genre \"%.*s\"; did you mean \"%.*s\"? There are %s",
            shown(word, SIZE_MAX), word, shown(nearest, SIZE_MAX), nearest, list);
    return filter_fail(p, at, "no genre \"%.*s\"; there are %s", shown(word, SIZE_MAX),
                       word, list);
}

static enum err_code
parse_genre(struct filter_parser *p, uint32_t *ret)
{
    const struct strtab *genre = &p->f->catalog->genre;
    const char *word = NULL, *at;
    enum err_code rc;

    filter_skip_blanks(p);
    at = p->at;
    rc = parse_text(p, "a genre, as in genre:drama", &word);
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

/* ---- numbers -------------------------------------------------------------------- */

/* len bytes as a number; `at` is where they stand, for the message. */
static enum err_code
parse_number(struct filter_parser *p, enum filter_field field, const char *s,
             size_t len, double *ret)
{
    char copy[64];
    double value;

    if (len < sizeof(copy)) {
        memcpy(copy, s, len);
        copy[len] = '\0';
        if (text_double(copy, &value)) {
            if (fields[field].is_float)
                value = (double)(float)fmax(-FLT_MAX, fmin(value, FLT_MAX));
            *ret = value;
            return ERR_OK;
        }
    }
    return filter_fail(p, s, "found \"%.*s\"; expected a number, as in %s>%s",
                       shown(s, len), s, fields[field].name,
                       field == FIELD_YEAR ? "1990"
                       : field == FIELD_N  ? "500"
                                           : "0.5");
}

/* The number, or the range LOW..HIGH, after ":" or "=". */
static enum err_code
parse_range(struct filter_parser *p, struct filter_node *node, const char *s,
            size_t len)
{
    const char *dots = memmem(s, len, "..", 2);
    size_t first = dots != NULL ? (size_t)(dots - s) : len;
    enum err_code rc = parse_number(p, node->field, s, first, &node->lo);

    if (rc != ERR_OK)
        return rc;
    node->hi = node->lo;
    if (dots != NULL)
        rc = parse_number(p, node->field, dots + 2, len - first - 2, &node->hi);
    if (rc == ERR_OK && node->lo > node->hi)
        rc = filter_fail(p, s, "the range %.*s is empty; expected its lower end first",
                         shown(s, len), s);
    return rc;
}

/* What follows the name of a number field: a comparison as a closed interval. */
static enum err_code
parse_comparison(struct filter_parser *p, enum filter_field field, uint32_t *ret)
{
    char sign = *p->at++;
    bool or_equal = (sign == '<' || sign == '>') && *p->at == '=';
    struct filter_node *node;
    enum err_code rc;
    const char *s;
    size_t len;

    p->at += or_equal;
    filter_skip_blanks(p);
    s = p->at;
    len = strcspn(s, WORD_ENDS);
    p->at += len;
    *ret = filter_new_node(p, KIND_NUMBER);
    node = &p->f->node[*ret];
    node->field = field;
    if (sign == ':' || sign == '=')
        return parse_range(p, node, s, len);
    node->lo = -INFINITY;
    node->hi = INFINITY;
    rc = parse_number(p, field, s, len, sign == '<' ? &node->hi : &node->lo);
    if (rc == ERR_OK && !or_equal && sign == '<')
        node->hi = nextafter(node->hi, -INFINITY);
    if (rc == ERR_OK && !or_equal && sign == '>')
        node->lo = nextafter(node->lo, INFINITY);
    return rc;
}

/* ---- a test by its field --------------------------------------------------------- */

static enum err_code
fail_no_field(struct filter_parser *p, const char *at, size_t len)
{
    const char *names[N_FIELDS];
    const char *nearest;
    char word[64];

    for (size_t i = 0; i < N_FIELDS; i++)
        names[i] = fields[i].name;
    snprintf(word, sizeof(word), "%.*s", shown(at, len), at);
    nearest = text_nearest(word, names, N_FIELDS);
    return filter_fail(p, at,
                       "unknown field \"%s\"%s%s%s; fields are %s; a title with \"%c\" "
                       "in it goes in quotes",
                       word, nearest != NULL ? "; did you mean " : "",
                       nearest != NULL ? nearest : "", nearest != NULL ? "?" : "",
                       FIELDS_TEXT, at[len + strspn(at + len, BLANKS)]);
}

/* The test that begins with a name of len bytes and a sign. */
static enum err_code
parse_field(struct filter_parser *p, size_t len, uint32_t *ret)
{
    const char *name = p->at;
    enum filter_field field = 0;

    while (field < N_FIELDS && (strncasecmp(fields[field].name, name, len) != 0 ||
                                fields[field].name[len] != '\0'))
        field++;
    if (field == N_FIELDS)
        return fail_no_field(p, name, len);
    p->at += len;
    filter_skip_blanks(p);
    if (fields[field].is_number)
        return parse_comparison(p, field, ret);
    if (*p->at != ':')
        return filter_fail(p, p->at, "found \"%c\"; expected \":\", as in %s:%s",
                           *p->at, fields[field].name,
                           field == FIELD_GENRE ? "drama" : "ring");
    p->at++;
    if (field == FIELD_GENRE)
        return parse_genre(p, ret);
    return parse_title(p, "a part of a title, as in title:ring", ret);
}

/* Is this word the name of a field with a sign after some blanks: "year > 1990"? */
static bool
is_spaced_field(const char *word, size_t len)
{
    const char *after = word + len + strspn(word + len, BLANKS);

    if (*after == '\0' || strchr(COMPARES, *after) == NULL)
        return false;
    for (size_t i = 0; i < N_FIELDS; i++)
        if (strlen(fields[i].name) == len &&
            strncasecmp(fields[i].name, word, len) == 0)
            return true;
    return false;
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
filter_parse_test(struct filter_parser *p, uint32_t *ret)
{
    size_t word = strcspn(p->at, WORD_ENDS);
    size_t name = strcspn(p->at, WORD_ENDS COMPARES);

    if (*p->at != '"' && name == 0)
        return fail_no_test(p);
    if (name < word || is_spaced_field(p->at, name))
        return parse_field(p, name, ret);
    if (word == strlen("seen") && strncasecmp(p->at, "seen", word) == 0)
        return parse_seen(p, ret);
    return parse_title(p, "a part of a title", ret);
}
