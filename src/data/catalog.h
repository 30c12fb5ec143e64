/*
 * catalog.h - who and what the rows of a model are: users and films.
 *
 * Both a loaded data set and a model file carry one, so that whatever reads a model
 * needs no data folder. Rows count from 1; row 0 is #na#: arrays have n + 1 entries.
 */
#ifndef MLT_DATA_CATALOG_H
#define MLT_DATA_CATALOG_H

#include "src/base/err.h"
#include "src/base/strtab.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A column of ids as the file has them: all integers, or else all text. */
struct idcol {
    size_t n;
    bool numeric;
    int64_t *num;       /* (n) when numeric, else NULL */
    struct strtab text; /* n strings when not numeric */
};

/* Lists of small numbers, one list a row. */
struct listcol {
    uint32_t *start; /* (rows + 1) list of row i is [start[i], start[i + 1]) */
    uint32_t *value;
};

/* All that it points to is owned. */
struct catalog {
    uint32_t n_users;  /* m */
    uint32_t n_items;  /* n */
    struct idcol user; /* (m + 1) rising (integers) or in byte order; [0] is 0 or "" */
    struct strtab title;  /* (n + 1) bytes as in the file, valid UTF-8; [0] is "" */
    int16_t *year;        /* (n + 1) 0 where the title has none */
    struct listcol id_of; /* (n + 1 rows) positions in item_id, the lowest id first */
    struct idcol item_id; /* every id that some film has, rising */
    int32_t *imdb;        /* (item_id.n) the number in IMDb's id, 0 where it is not
                             known; NULL: of no film */
    struct listcol genre_of; /* (n + 1 rows) positions in genre, as in the file */
    struct strtab genre;     /* distinct names, in byte order */
    /* Words that people gave the films (tags.h): both empty where there are none. */
    struct listcol tag_of; /* (n + 1 rows) places in tag, rising; start may be NULL */
    struct strtab tag;     /* distinct, case-folded, in byte order */
    uint32_t *count;       /* (n + 1) ratings of the film, held-out ones included */
    float *mean;           /* (n + 1) mean stars over them; NaN without ratings */
};

/* An empty catalog, owned by the caller, for whoever reads data or a model to fill.
 * ERR_NOMEM. */
ERR_MUST_CHECK enum err_code catalog_new(struct catalog **ret, struct err *err);
void catalog_free(struct catalog *c);

/* The id at position i as text: into buf where it is a number, else borrowed. */
const char *idcol_text(const struct idcol *c, size_t i, char buf[24]);

/* Row of the user with this id, 0 when there is none. */
uint32_t catalog_find_user(const struct catalog *c, const char *id);

/* Row of the film with this id (any id of a merged title), 0 when there is none. */
uint32_t catalog_find_item(const struct catalog *c, const char *id);

/* For many ids at once: the place of an id in item_id, item_id.n when it is not there,
 * and the row of the film that has the id at each place (item_id.n), owned by the
 * caller. ERR_NOMEM. */
size_t catalog_item_place(const struct catalog *c, const char *id);
ERR_MUST_CHECK enum err_code catalog_item_rows(uint32_t **ret, const struct catalog *c,
                                               struct err *err);

/* Row of the film with this number of IMDb's, 0 when there is none or it is 0. */
uint32_t catalog_find_imdb(const struct catalog *c, int32_t number);

/* Is a number of IMDb's known of film `row`? */
bool catalog_knows_imdb(const struct catalog *c, uint32_t row);

/* The lowest id of film `row` as text; see idcol_text. */
const char *catalog_item_id(const struct catalog *c, uint32_t row, char buf[24]);

/* Is `value` in the list of row `row`? */
static inline bool
listcol_has(const struct listcol *l, uint32_t row, uint32_t value)
{
    for (uint32_t i = l->start[row]; i < l->start[row + 1]; i++)
        if (l->value[i] == value)
            return true;
    return false;
}

/* Free the contents, leave zeroes. */
void idcol_done(struct idcol *c);
void listcol_done(struct listcol *c);

#endif
