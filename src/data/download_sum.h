/*
 * download_sum.h - the checksum that an archive must have; a module of download.h.
 */
#ifndef MLT_DATA_DOWNLOAD_SUM_H
#define MLT_DATA_DOWNLOAD_SUM_H

#include "src/base/err.h"
#include "src/data/md5file.h"
#include "src/data/movielens.h"

#include <stdbool.h>

/* How to ask for it where it is not pinned. */
struct download_sum {
    const char *url;         /* of the zip; the sum is at URL.md5 */
    unsigned stall_s;        /* as of struct http_get */
    bool (*poll)(void *arg); /* as of struct http_get */
    void *arg;
};

/* The sum pinned for m, or else the one beside the zip. Errors as http_get; ERR_FORMAT:
 * what the server has there is no sum. */
ERR_MUST_CHECK enum err_code download_sum_find(char ret[MD5_TEXT],
                                               const struct movielens *m,
                                               const struct download_sum *from,
                                               struct err *err);

#endif
