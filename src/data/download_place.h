/* download_place.h - the paths of a download in the data folder; a module of
 * download.h, which tells what they are. */
#ifndef MLT_DATA_DOWNLOAD_PLACE_H
#define MLT_DATA_DOWNLOAD_PLACE_H

#include "src/base/err.h"
#include "src/data/movielens.h"

#include <stdbool.h>

#define DOWNLOAD_URL_MAX 1024 /* bytes of an address, its NUL included */

struct download_place {
    char *folder; /* all owned */
    char *data;
    char *part;
    char *from;
    char *unpacking;
};

/* `folder` may be NULL: the data folder. Nothing is made. ERR_NOTFOUND, ERR_NOMEM. */
ERR_MUST_CHECK enum err_code download_place_init(struct download_place *ret,
                                                 const struct movielens *m,
                                                 const char *folder, struct err *err);
void download_place_done(struct download_place *p);

/* Can the data be opened? */
bool download_is_here(const struct download_place *p);

#endif
