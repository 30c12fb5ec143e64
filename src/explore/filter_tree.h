/*
 * filter_tree.h - a compiled filter, shared by its readers and its matcher alone.
 *
 * Children of a node are chained, so the tree is as deep as parentheses and minus signs
 * are nested and no deeper.
 */
#ifndef MLT_EXPLORE_FILTER_TREE_H
#define MLT_EXPLORE_FILTER_TREE_H

#include "src/explore/filter.h"

enum filter_kind {
    KIND_ALL,
    KIND_ANY,
    KIND_NOT,
    KIND_SEEN,
    KIND_TITLE,
    KIND_GENRE,
    KIND_NUMBER
};

enum filter_field {
    FIELD_GENRE,
    FIELD_TITLE,
    FIELD_YEAR,
    FIELD_N,
    FIELD_MEAN,
    FIELD_BIAS
};

#define FILTER_FIELDS (FIELD_BIAS + 1)

struct filter_field_about {
    const char *name, *example; /* of a value, for messages */
    bool is_number;
    bool is_float; /* stored in single precision: 4.1 means the float nearest to it */
};

extern const struct filter_field_about filter_fields[FILTER_FIELDS];

#define FILTER_BLANKS    " \t\r\n"
#define FILTER_WORD_ENDS FILTER_BLANKS "()|\""

#define FILTER_NONE UINT32_MAX

struct filter_node {
    enum filter_kind kind;
    uint32_t child;          /* first of ALL and ANY, the one of NOT */
    uint32_t next;           /* sibling, FILTER_NONE after the last */
    char *text;              /* TITLE: what it contains, folded; owned */
    uint32_t genre;          /* GENRE: position in the catalog's genres */
    enum filter_field field; /* NUMBER: lo <= field <= hi */
    double lo, hi;
};

struct filter {
    const struct catalog *catalog; /* borrowed */
    const struct model *model;     /* borrowed */
    struct filter_node *node; /* (n_nodes) owned: room for two a byte of the text */
    uint32_t n_nodes;
    char *strings; /* owned: words while they are read, two bytes a byte of the
                      text and one */
    uint32_t root; /* FILTER_NONE: every film passes */
};

/* A filter while it is read. */
struct filter_parser {
    const char *text; /* the whole expression */
    const char *at;   /* what comes next */
    struct filter *f;
    char *string_end; /* free part of f->strings */
    unsigned depth;   /* parentheses and minus signs that are open */
    enum filter_seen seen;
    struct err *err;
};

/* ERR_ARG: say what is wrong at `at`, its place counted in characters from 1. */
enum err_code filter_fail(struct filter_parser *p, const char *at, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* How many of the len bytes at s a message shows; they end where characters do. */
int filter_shown(const char *s, size_t len);

void filter_skip_blanks(struct filter_parser *p);

/* A node without children; the number to find it by. */
uint32_t filter_new_node(struct filter_parser *p, enum filter_kind kind);

/* Read a word or quoted text, after blanks; kept in f->strings. ERR_ARG where there is
 * none, saying what was `expected`. */
ERR_MUST_CHECK enum err_code filter_parse_text(struct filter_parser *p,
                                               const char *expected, const char **ret);

/* Read what follows the name of a number field: the sign that is here, and a number. */
ERR_MUST_CHECK enum err_code filter_parse_comparison(struct filter_parser *p,
                                                     enum filter_field field,
                                                     uint32_t *ret);

/* Read the one term that begins here. */
ERR_MUST_CHECK enum err_code filter_parse_term(struct filter_parser *p, uint32_t *ret);

/* Parse UTF-8 text of at most FILTER_MAX_BYTES bytes into f, whose memory is there and
 * whose root is FILTER_NONE. ERR_ARG, ERR_NOMEM as filter_new says. */
ERR_MUST_CHECK enum err_code filter_parse(struct filter *f, const char *text,
                                          enum filter_seen seen, struct err *err);

#endif
