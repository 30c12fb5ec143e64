/* lists.h - lists of recommended films, as `mltui recommend` prints them. */
#ifndef MLT_UI_CLI_LISTS_H
#define MLT_UI_CLI_LISTS_H

#include "src/base/err.h"
#include "src/explore/recommend.h"
#include "ui/cli/output.h"
#include "ui/cli/reading.h"
#include "ui/cli/why.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LISTS_COLUMNS_MAX (READING_N_FILM_COLUMNS + 5)

/* Lists being printed; the caller fills in what is borrowed before lists_begin. */
struct lists {
    struct output *out;
    const struct reading *reading;
    const struct model *model; /* of the users that are asked for, as are these two */
    const struct catalog *catalog;
    const struct ratings *ratings;
    bool own;        /* one person, who gave ratings of their own */
    bool seen;       /* say of each film whether it was rated */
    struct why *why; /* or NULL: no reasons */

    struct column column[LISTS_COLUMNS_MAX]; /* (n_columns) by lists_begin */
    size_t n_columns;
    bool any; /* a list was printed */
};

/* Before the first and after the last list: JSON and CSV have one table for all, text
 * one for each user. */
void lists_begin(struct lists *l);
void lists_end(struct lists *l);

/* A recommend_fn whose argument is the struct lists: print a user's list. ERR_NOMEM. */
ERR_MUST_CHECK enum err_code lists_print(void *arg, uint32_t user,
                                         const struct recommendation *list, size_t n,
                                         struct err *err);

#endif
