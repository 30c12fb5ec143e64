/*
 * options.h - one table of options that parsing, help, manual and completion read.
 *
 * GNU manners: options and operands in any order, `--name=value` and `--name value`,
 * `-n5`, `-n 5`, clustered flags, `--` ends the options. Names are not abbreviated: a
 * script must not change its meaning when an option is added; the nearest name is
 * proposed instead. A later option overrides an earlier one.
 */
#ifndef MLT_UI_CLI_OPTIONS_H
#define MLT_UI_CLI_OPTIONS_H

#include "src/base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum option_kind {
    OPTION_KIND_FLAG,     /* bool, takes no value */
    OPTION_KIND_UNSIGNED, /* unsigned */
    OPTION_KIND_U64,      /* uint64_t */
    OPTION_KIND_LONG,     /* long */
    OPTION_KIND_DOUBLE,   /* double */
    OPTION_KIND_TEXT,     /* const char *, borrowed from argv or from .def */
    OPTION_KIND_CHOICE,   /* int or enum: position in .choices */
    OPTION_KIND_PAIR,     /* struct option_pair, "LO,HI" with LO < HI */
    OPTION_KIND_LIST      /* struct option_list: every value given, in order */
};

struct option_pair {
    double lo, hi;
};

struct option_list {
    const char *
        *item; /* (n) strings borrowed from argv; options_done frees the array */
    size_t n;
};

struct option {
    const char *name;        /* without the dashes */
    char letter;             /* 0: no short form */
    enum option_kind kind;   /* with .at from one of the macros below */
    size_t at;               /* offset of the field in the settings */
    const char *arg;         /* what help calls the value: "N", "FILE" */
    const char *def;         /* default as one would type it; NULL: zero, false, none */
    const char *help;        /* a few words, no full stop */
    double lo, hi;           /* bounds of a number, included, hi may be INFINITY;
                              * lo == hi: no bounds */
    bool above_lo, below_hi; /* the bound itself is out */
    const char *const *choices; /* of a CHOICE, NULL last */
    const char *word;           /* a word that may stand for a number: "auto" */
    double word_value;          /* the number it stands for */
};

/* The field of struct s that an option fills; the type is checked by the compiler. */
#define OPTION_FIELD_(k, type, s, field) \
    .kind = (k), .at = offsetof(s, field) + 0 * sizeof((type *)0 == &((s *)0)->field)
#define OPTION_FLAG(s, field) OPTION_FIELD_(OPTION_KIND_FLAG, bool, s, field)
#define OPTION_UNSIGNED(s, field) \
    OPTION_FIELD_(OPTION_KIND_UNSIGNED, unsigned, s, field)
#define OPTION_U64(s, field)    OPTION_FIELD_(OPTION_KIND_U64, uint64_t, s, field)
#define OPTION_LONG(s, field)   OPTION_FIELD_(OPTION_KIND_LONG, long, s, field)
#define OPTION_DOUBLE(s, field) OPTION_FIELD_(OPTION_KIND_DOUBLE, double, s, field)
#define OPTION_TEXT(s, field)   OPTION_FIELD_(OPTION_KIND_TEXT, const char *, s, field)
#define OPTION_PAIR(s, field) \
    OPTION_FIELD_(OPTION_KIND_PAIR, struct option_pair, s, field)
#define OPTION_LIST(s, field) \
    OPTION_FIELD_(OPTION_KIND_LIST, struct option_list, s, field)
/* An int or an enum; give .choices. */
#define OPTION_CHOICE(s, field) \
    .kind = OPTION_KIND_CHOICE, \
    .at = offsetof(s, field) +  \
          0 * sizeof(char[sizeof(((s *)0)->field) == sizeof(int) ? 1 : -1])

/* A table together with the struct that its offsets lie in. */
struct option_set {
    const struct option *options; /* ended by a NULL name */
    void *into;
};

#define OPTION_SETS_MAX 12

/* What was parsed. A zeroed struct is empty; free with options_done. */
struct parsed {
    struct option_set set[OPTION_SETS_MAX];
    unsigned n_sets;
    char **operands; /* (n_operands) owned array of borrowed strings */
    unsigned n_operands;
    const struct option **given; /* (n_given) options that the user typed; owned */
    size_t n_given;
};

/* Add a table and fill its settings with the defaults. A default that its own option
 * refuses is our mistake (asserted). */
void options_add(struct parsed *p, const struct option *options, void *into);

/*
 * Parse argv[0 … argc) into the sets added before. ERR_ARG with one line that names the
 * option, what was found, what was expected and an example, or the nearest name;
 * ERR_NOMEM.
 */
ERR_MUST_CHECK enum err_code options_parse(struct parsed *p, int argc, char **argv,
                                           struct err *err);

/* Did the user type the option of this long name (a default does not count)? */
bool option_given(const struct parsed *p, const char *name);

/* ERR_ARG: the user typed one of these names (NULL last), which do nothing beside the
 * option `with`. */
ERR_MUST_CHECK enum err_code options_idle(const struct parsed *p,
                                          const char *const *names, const char *with,
                                          struct err *err);

/* The option of the table that this word names, as "--name", "--name=value" or "-n"; or
 * NULL. */
const struct option *options_find(const struct option *options, const char *word);

/* Does this word, an option of the table, take its value from the next word? False for
 * what the table does not know. Finds the command among options that come before it. */
bool options_takes_next(const struct option *options, const char *word);

/* What a value must be: "a whole number from 1 to 1024 or 'auto'", into buf. */
const char *option_expects(const struct option *o, char *buf, size_t cap);

/* Set the option's field in `into` from what was typed; NULL for a flag. ERR_ARG with
 * what was found, what was expected and an example; ERR_NOMEM. */
ERR_MUST_CHECK enum err_code option_set(const struct option *o, void *into,
                                        const char *text, struct err *err);

void options_done(struct parsed *p);

#endif
