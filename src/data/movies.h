/*
 * movies.h - the films of a movies file: id, title, year, genres.
 *
 * Reads movies.csv (columns by name: movieId, title and, where there is one, genres),
 * u.item and movies.dat. A row that is wrong, or a second row of an id, is rejected.
 */
#ifndef MLT_DATA_MOVIES_H
#define MLT_DATA_MOVIES_H

#include "src/base/err.h"
#include "src/base/strtab.h"
#include "src/data/catalog.h"
#include "src/data/ids.h"
#include "src/data/rejects.h"
#include "src/data/source.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum movies_format { MOVIES_CSV, MOVIES_U_ITEM, MOVIES_DAT };

/* All that it points to is owned. */
struct movies {
    struct ids id;           /* film i has id i of this table */
    struct strtab title;     /* (n) as in the file, in UTF-8 */
    struct listcol genre_of; /* (n rows) positions in genre, as in the file */
    struct strtab genre;     /* distinct names, in byte order */
    uint32_t *by_title;      /* (n) films by title, byte by byte, then as in the file */
    struct rejects rejects;  /* .file is the name of the source */
    XXH128_hash_t *hash;     /* (n_blocks) of the source's blocks */
    size_t n_blocks;
};

/*
 * Read all of `src`. `text_ids`: ids are text, else integers. The older formats are
 * read as Latin-1 where the file is not UTF-8. ERR_IO, ERR_NOMEM, ERR_DATA (no header).
 */
ERR_MUST_CHECK enum err_code movies_read(struct movies **ret, struct source *src,
                                         enum movies_format format, bool text_ids,
                                         struct err *err);
void movies_free(struct movies *m);

/* The film whose id is id i of `ids`, or IDS_NONE. */
uint32_t movies_find(const struct movies *m, const struct ids *ids, size_t i);

/* The year at the end of a title: "(1995)", of a span "(1995-2001)" its first; 0: none.
 */
int movies_year(const char *title);

#endif
