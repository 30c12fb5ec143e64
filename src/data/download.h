/*
 * download.h - a MovieLens archive from its publisher into the data folder.
 *
 * The zip comes into a hidden file beside the place of the folder, is compared with its
 * checksum and unpacked into a hidden folder, which is then renamed: whoever looks
 * finds the data whole or not at all. A download that was cut, stopped or killed goes
 * on where it was with the next call. All state is in the call: any thread, and two at
 * once, of one program or two, do not disturb each other.
 *
 *     FOLDER/NAME               the data
 *     FOLDER/.NAME.zip.part     the zip as far as it came; locked while it is written
 *     FOLDER/.NAME.zip.from     where it comes from, and what the server calls this
 *                               version, so that two versions are never mixed
 *     FOLDER/.NAME.unpacking/   files being unpacked
 */
#ifndef MLT_DATA_DOWNLOAD_H
#define MLT_DATA_DOWNLOAD_H

#include "src/base/err.h"
#include "src/data/movielens.h"

#include <stdbool.h>
#include <stdint.h>

enum download_phase {
    DOWNLOAD_CONNECTING,
    DOWNLOAD_LOADING,
    DOWNLOAD_CHECKING,
    DOWNLOAD_UNPACKING
};

struct download_progress {
    enum download_phase phase;
    uint64_t done, total; /* bytes; total 0: not known */
    uint64_t from;        /* LOADING: bytes that an earlier call had brought */
};

struct download_options {
    const char *folder; /* the data folder, or NULL: locate_data_folder */
    const char *base;   /* of the addresses, or NULL: $MLTUI_FETCH_BASE, else
                         * MOVIELENS_BASE */
    unsigned stall_s;   /* give up after so many seconds without a byte; 0: 30 */
    /* Called from the calling thread now and then, ten times a second also while
     * nothing comes: true stops it. May be NULL. */
    bool (*progress)(void *arg, const struct download_progress *p);
    void *arg;
};

struct download_result {
    char *folder;   /* FOLDER/NAME; owned by the caller, mem_free */
    bool was_there; /* nothing was done */
    uint64_t bytes; /* of the zip; 0: was there */
    uint64_t from;  /* of them, brought by earlier calls */
    double seconds; /* from the call to the end */
};

/* What of an archive is in the data folder. */
struct download_state {
    bool here;           /* the data can be opened */
    uint64_t part_bytes; /* that a call would not fetch again */
};

/* Can this build download? ERR_UNAVAILABLE says what is missing and what to do. */
ERR_MUST_CHECK enum err_code download_check(const struct movielens *m, struct err *err);

/* `folder` may be NULL, as in the options. ERR_NOTFOUND: no data folder; ERR_NOMEM. */
ERR_MUST_CHECK enum err_code download_look(struct download_state *ret,
                                           const struct movielens *m,
                                           const char *folder, struct err *err);

/*
 * Fetch, check, unpack. ERR_STATE: stopped by `progress`, somebody else is fetching it,
 * or something that is no data has its name; ERR_NOTFOUND: the server has it not;
 * ERR_IO: cut, stalled, no room, not written; ERR_FORMAT: not what the publisher's
 * checksum says, or no good zip: then nothing is kept; ERR_ARG: a base that is neither
 * https nor this machine; ERR_UNAVAILABLE; ERR_NOMEM.
 */
ERR_MUST_CHECK enum err_code download_run(struct download_result *ret,
                                          const struct movielens *m,
                                          const struct download_options *opt,
                                          struct err *err);

#endif
