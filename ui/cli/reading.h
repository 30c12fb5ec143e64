/*
 * reading.h - what the commands that read a trained run share: opening the RUN that was
 * named, and the values that show a film.
 */
#ifndef MLT_UI_CLI_READING_H
#define MLT_UI_CLI_READING_H

#include "src/base/err.h"
#include "src/data/dataset.h"
#include "src/explore/filter.h"
#include "src/train/runfolder.h"
#include "ui/cli/command.h"
#include "ui/cli/output.h"

/* A run with what was asked for; all of it is there. */
struct reading {
    struct run *run;      /* owned */
    struct dataset *data; /* owned; NULL where the run needs none */
    const struct model *model;
    const struct catalog *catalog; /* of the run, or else of the data, as are these: */
    const struct ratings *ratings; /* NULL unless asked for */
    const char *name;              /* last part of the run's path */
    struct value *list;            /* owned: room for the lists of one film */
    struct filter *filter;         /* owned; NULL: every film passes */
};

/* Which ratings are read: none, those that must be there, or those that happen to be.
 */
enum reading_ratings {
    READING_WITHOUT_RATINGS,
    READING_WITH_RATINGS,
    READING_RATINGS_THERE
};

/* The option that such a command has, to fill its setting `data`; with GROUP_DATA. */
#define READING_OPTION_DATA(s)                                 \
    {                                                          \
        .name = "data", OPTION_TEXT(s, data), .arg = "DATA",   \
        .help = "what bare weights were trained on, all of it" \
    }

/*
 * Open the run that the first operand means. `data` (or NULL) is the DATA that bare
 * weights need: a .safetensors file without titles, fastai's own. Errors as run_open
 * and locate_load; ERR_STATE when the run has no model or no ratings yet; ERR_ARG when
 * the data are missing, or not needed, or an option says how to read none; ERR_DATA
 * when they do not fit the weights.
 */
ERR_MUST_CHECK enum err_code reading_open(struct reading *ret, struct cli *cli,
                                          const char *data,
                                          enum reading_ratings ratings,
                                          struct err *err);
/*
 * The same with the filter that was typed, or NULL for none. It may ask for `seen`
 * where the ratings are asked for. Errors as reading_open and filter_new.
 */
ERR_MUST_CHECK enum err_code reading_open_filtered(struct reading *ret, struct cli *cli,
                                                   const char *data,
                                                   enum reading_ratings ratings,
                                                   const char *filter, struct err *err);

/* Close; a zeroed struct is fine. */
void reading_close(struct reading *r);

/* Row of the user with this id; ERR_NOTFOUND says which ids there are. */
ERR_MUST_CHECK enum err_code reading_user(uint32_t *ret, const struct reading *r,
                                          const char *word, struct err *err);

/* Columns that describe a film, and their values, the first of them at v[0]; lists are
 * borrowed from r until the next call. */
#define READING_FILM_COLUMNS                                               \
    { .key = "item" }, { .key = "ids" },                                   \
        { .key = "title", .head = "title", .form = FORM_TEXT, .flex = 1 }, \
        { .key = "year", .form = FORM_INT },                               \
        { .key = "genres",                                                 \
          .head = "genres",                                                \
          .form = FORM_TEXT,                                               \
          .flex = 2,                                                       \
          .drop = 1 },                                                     \
    {                                                                      \
        .key = "ratings", .head = "ratings", .form = FORM_COUNT, .drop = 2 \
    }
#define READING_N_FILM_COLUMNS 6

void reading_film(const struct reading *r, uint32_t row,
                  struct value v[READING_N_FILM_COLUMNS]);

#endif
