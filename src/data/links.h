/*
 * links.h - IMDb's numbers of films, from MovieLens's links.csv: how an export of IMDb
 * finds its films (ownratings.h).
 *
 * Nothing is trained on it. A row that is wrong is rejected, as everywhere; a file with
 * another header is one rejected row, and says nothing.
 */
#ifndef MLT_DATA_LINKS_H
#define MLT_DATA_LINKS_H

#include "src/base/err.h"
#include "src/data/catalog.h"
#include "src/data/ids.h"
#include "src/data/rejects.h"
#include "src/data/source.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct links {
    struct ids id;          /* row i that was taken has id i of this table */
    int32_t *imdb;          /* (id.n) owned: the number in IMDb's id */
    struct rejects rejects; /* .file is the name of the source */
};

/* Read all of `src`: columns movieId and imdbId by name, the latter digits, "tt" and
 * digits, or nothing. `text_ids`: ids are text, else integers. ERR_IO, ERR_NOMEM. */
ERR_MUST_CHECK enum err_code links_read(struct links **ret, struct source *src,
                                        bool text_ids, struct err *err);
void links_free(struct links *l);

/* Set c->imdb, which is NULL, where at least one film's number is known. ERR_NOMEM. */
ERR_MUST_CHECK enum err_code links_apply(const struct links *l, struct catalog *c,
                                         struct err *err);

/* The number in IMDb's id of a title, "tt0133093" or "0133093"; -1 when it is none. */
int32_t links_imdb_number(const char *s);

#endif
