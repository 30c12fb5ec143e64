/*
 * files.h - which files a path to data means, and in which format they are.
 */
#ifndef MLT_DATA_FILES_H
#define MLT_DATA_FILES_H

#include "src/base/err.h"
#include "src/data/movies.h"
#include "src/data/source.h"
#include "src/data/tags.h"

#include <stdbool.h>

enum ratings_format { RATINGS_HEADER, RATINGS_U_DATA, RATINGS_DAT };

struct data_files {
    char *zip;     /* owned; NULL: files, else the others are members of it */
    char *ratings; /* owned */
    enum ratings_format ratings_format;
    char *movies; /* owned; NULL: there is none */
    enum movies_format movies_format;
    char *tags; /* owned; NULL: there is none */
    enum tags_format tags_format;
    char *links; /* owned; NULL: there is none */
};

/*
 * A folder means its ratings.csv, ratings.dat or u.data, the first there is; a file
 * means itself, by its name. The movies file is movies.csv, movies.dat or u.item beside
 * it, the tags file tags.csv or tags.dat, the links file links.csv; a file with
 * `columns` of its own that is not called ratings.csv has none. A zip is searched as a
 * folder is, at its top and in the folders there: one of them has the ratings.
 * ERR_NOTFOUND with what was expected; ERR_FORMAT: two in one zip, or no good zip;
 * ERR_UNAVAILABLE: a zip without libarchive; ERR_IO; ERR_NOMEM.
 */
ERR_MUST_CHECK enum err_code data_files_find(struct data_files *ret, const char *path,
                                             bool columns, struct err *err);

/* Open one of them: f->ratings, f->movies, f->tags or f->links. What source_open and
 * source_open_member return. */
ERR_MUST_CHECK enum err_code data_files_open(struct source **ret,
                                             const struct data_files *f,
                                             const char *file, struct err *err);
void data_files_done(struct data_files *f);

#endif
