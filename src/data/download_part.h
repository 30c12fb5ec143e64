/*
 * download_part.h - the part of an archive that has come so far, in a file with a lock;
 * a module of download.h, which tells how the files are called.
 *
 * Beside the part lies what it is a part of: the address, and what the server called
 * that version (an ETag or a date). A part that comes from another address is of no
 * use; whether one of this address can be gone on with is the server's to say
 * (If-Range), so the two are handed to it.
 */
#ifndef MLT_DATA_DOWNLOAD_PART_H
#define MLT_DATA_DOWNLOAD_PART_H

#include "src/base/err.h"
#include "src/data/download_place.h"
#include "src/data/http.h"

#include <stddef.h>
#include <stdint.h>

struct download_part {
    const struct download_place *at; /* borrowed */
    const char *url;                 /* borrowed; where it comes from */
    int fd;                          /* locked; -1: not open */
    uint64_t bytes;                  /* of the zip, in the file */
    uint64_t from;                   /* of them, there before */
    char validator[HTTP_VALIDATOR_MAX];
};

/* Open and lock the file, which is made where there is none. Until that is done it is
 * somebody else's. ERR_STATE: somebody else is fetching `name`; ERR_IO. */
ERR_MUST_CHECK enum err_code download_part_open(struct download_part *p,
                                                const char *name, struct err *err);

/* Take what an earlier call has left, or throw it away where it comes from another
 * address. ERR_IO. */
ERR_MUST_CHECK enum err_code download_part_recall(struct download_part *p,
                                                  struct err *err);

/* Throw away what is there, all but the file. ERR_IO. */
ERR_MUST_CHECK enum err_code download_part_empty(struct download_part *p,
                                                 struct err *err);

/* What follows is of the version that the server calls so. ERR_IO. */
ERR_MUST_CHECK enum err_code
download_part_begin(struct download_part *p, const char *validator, struct err *err);

/* Write n bytes behind those that are there. ERR_IO. */
ERR_MUST_CHECK enum err_code download_part_add(struct download_part *p,
                                               const void *bytes, size_t n,
                                               struct err *err);

/* Remove both files; then, or instead, close and unlock. An unopened part is fine. */
void download_part_remove(const struct download_part *p);
void download_part_close(struct download_part *p);

#endif
