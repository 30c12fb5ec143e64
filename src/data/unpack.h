/*
 * unpack.h - the files of a MovieLens zip that mltui reads, in a folder.
 */
#ifndef MLT_DATA_UNPACK_H
#define MLT_DATA_UNPACK_H

#include "src/base/err.h"

#include <stdbool.h>
#include <stdint.h>

/* More bytes are never unpacked. */
#define UNPACK_MOST ((uint64_t)16 << 30)

struct unpack_watch {
    /* Now and then, from the calling thread: true ends it. */
    bool (*progress)(void *arg, uint64_t done, uint64_t total);
    void *arg;
};

/*
 * Unpack ratings, films, links, tags and what describes them, those of the members
 * beside the ratings whose names are known, into `folder`, which is there and empty.
 * The files are made to last (fsync), the folder too. ERR_FORMAT: no good zip, or too
 * large; ERR_NOTFOUND: no ratings in it; ERR_IO, also when the disk has no room: said
 * before anything is written; ERR_STATE: the watch ended it; ERR_NOMEM.
 */
ERR_MUST_CHECK enum err_code unpack_zip(const char *zip, const char *folder,
                                        const struct unpack_watch *watch,
                                        struct err *err);

/* Remove the files that unpack_zip may have made, and the folder when nothing else is
 * in it. ERR_IO; fine when it is not there. */
enum err_code unpack_remove(const char *folder, struct err *err);

#endif
