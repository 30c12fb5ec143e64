/* near.h - the films near one: what `movie` and `similar` share. */
#ifndef MLT_UI_CLI_NEAR_H
#define MLT_UI_CLI_NEAR_H

#include "src/base/err.h"
#include "src/explore/similar.h"
#include "ui/cli/command.h"
#include "ui/cli/reading.h"

#include <stddef.h>
#include <stdint.h>

/* The settings of such a command. */
struct near {
    const char *filter; /* or NULL */
    unsigned min_ratings;
    const char *data; /* or NULL */
};

/* Its option table; `least` is the default of --min-ratings, as one would type it. With
 * GROUP_LIMIT_10 and GROUP_DATA. */
#define NEAR_OPTIONS(least)                                                        \
    { .name = "filter",                                                            \
      .letter = 'f',                                                               \
      OPTION_TEXT(struct near, filter),                                            \
      .arg = "EXPR",                                                               \
      .help = "near films to list, as in 'genre:sci-fi year:1990..1999 -alien'" }, \
        { .name = "min-ratings",                                                   \
          .letter = 'm',                                                           \
          OPTION_UNSIGNED(struct near, min_ratings),                               \
          .arg = "N",                                                              \
          .def = (least),                                                          \
          .help = "only near films with at least N ratings" },                     \
        READING_OPTION_DATA(struct near)

/*
 * The films nearest to the one in row `film` that pass the settings and the filter of
 * r, at most cli->limit; the caller frees *ret with mem_free. Errors as
 * similar_index_new and similar_films.
 */
ERR_MUST_CHECK enum err_code near_films(struct similar **ret, size_t *ret_n,
                                        const struct cli *cli, const struct near *s,
                                        const struct reading *r, uint32_t film,
                                        struct err *err);

#endif
