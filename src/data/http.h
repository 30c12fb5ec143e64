/*
 * http.h - one file from a web server, whole or the rest of one, handed over as it
 * comes.
 *
 * HTTPS with the certificate checked; plain HTTP only to this machine (127.0.0.1, ::1,
 * localhost), for tests. Redirections are followed a few times under the same rule, so
 * that an https address never leads to http. https_proxy and no_proxy mean what they
 * mean to curl, except that this machine is asked directly. Any thread, any number of
 * transfers.
 */
#ifndef MLT_DATA_HTTP_H
#define MLT_DATA_HTTP_H

#include "src/base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HTTP_VALIDATOR_MAX 256

struct http_get {
    const char *url;
    uint64_t from;         /* bytes that are there already: the rest is asked for */
    const char *validator; /* what the server then called that version, or "" */
    uint64_t most;         /* a body of more bytes is refused */
    unsigned stall_s;      /* give up after so many seconds in which nothing came */

    /* The body begins at byte `from`, 0 where the server sends all of it again; it has
     * `total` bytes in the end, 0: not known. */
    enum err_code (*begin)(void *arg, uint64_t from, uint64_t total,
                           const char *validator, struct err *err);
    enum err_code (*put)(void *arg, const void *bytes, size_t n, struct err *err);
    /* Now and then, also while nothing comes: true ends it. */
    bool (*poll)(void *arg);
    void *arg; /* of all three, which run in the calling thread */
};

/*
 * Get it. ERR_NOTFOUND: there is no such file; ERR_STATE: `poll` ended it; ERR_IO: no
 * connection, cut, stalled, another answer; ERR_ARG: an address that is not allowed;
 * ERR_NOMEM; what begin and put return. A body that was cut has been put as far as it
 * came.
 */
ERR_MUST_CHECK enum err_code http_get(const struct http_get *get, struct err *err);

#endif
