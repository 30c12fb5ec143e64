/*
 * tags.h - words that people gave films: names for what a model finds in the ratings.
 *
 * Reads tags.csv (columns by name: movieId, tag) and tags.dat (user::movie::tag::time).
 * A row that is wrong is rejected. Tags are the same whatever their case and the blanks
 * around them; one longer than TAGS_MAX_BYTES is a sentence and no name, and is left
 * out without a word.
 */
#ifndef MLT_DATA_TAGS_H
#define MLT_DATA_TAGS_H

#include "src/base/err.h"
#include "src/data/catalog.h"
#include "src/data/ids.h"
#include "src/data/rejects.h"
#include "src/data/source.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TAGS_MAX_BYTES 60
#define TAGS_MIN_FILMS 5   /* films that a tag must be on to be kept in a catalog */
#define TAGS_KEPT      400 /* tags kept in a catalog at most: those on most films */

enum tags_format { TAGS_NONE, TAGS_CSV, TAGS_DAT };

struct tags {
    struct ids film;        /* ids of films */
    struct ids name;        /* the tags, case-folded */
    uint32_t *film_of;      /* (n) owned: number of the film's id for each tagging */
    uint32_t *name_of;      /* (n) owned: number of the tag */
    size_t n, cap;          /* cap: room for taggings */
    struct rejects rejects; /* .file is the name of the source */
};

/* Read all of `src`, which is not TAGS_NONE. `text_ids`: ids of films are text, else
 * integers. A tags.dat that is not UTF-8 is read as Latin-1. ERR_IO, ERR_NOMEM,
 * ERR_DATA (no header). */
ERR_MUST_CHECK enum err_code tags_read(struct tags **ret, struct source *src,
                                       enum tags_format format, bool text_ids,
                                       struct err *err);
void tags_free(struct tags *t);

/*
 * Fill c->tag and c->tag_of, which are empty, of a catalog that has its films: the
 * TAGS_KEPT tags that are on most of its films, of equals the first in byte order, and
 * on TAGS_MIN_FILMS at least. ERR_NOMEM.
 */
ERR_MUST_CHECK enum err_code tags_to_catalog(struct catalog *c, const struct tags *t,
                                             struct err *err);

#endif
