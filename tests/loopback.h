/*
 * loopback.h - a web server on 127.0.0.1 for tests, which misbehaves as it is told.
 *
 * One thread serves one connection after the other, HTTP/1.1 with "Connection: close",
 * GET only, with ranges and If-Range (RFC 9110).
 */
#ifndef MLT_TESTS_LOOPBACK_H
#define MLT_TESTS_LOOPBACK_H

#include <stdbool.h>
#include <stddef.h>

struct loopback_page {
    const char *path; /* "/ml-1m.zip" */
    const void *body; /* (n) borrowed */
    size_t n;
    const char *etag;     /* with its quotes, or NULL */
    const char *modified; /* Last-Modified, or NULL */
    int status;           /* instead of 200, without the body; 0: as it should be */
    const char *location; /* a header for the statuses 301 … 308, or NULL */
    bool no_ranges;       /* always all of it */
    bool no_if_range;     /* the range that was asked for, whatever If-Range says */
    bool no_length;       /* the end of the connection ends the body */
    bool wrong_range;     /* Content-Range begins one byte later than asked */
    size_t cut;           /* after so many bytes of this answer the connection closes */
    size_t stall;      /* after so many bytes of this answer nothing comes any more */
    long lie;          /* Content-Length is so many bytes too large */
    unsigned pause_ms; /* after each 64 KiB */
};

struct loopback;

/* Serve pages, which end with a NULL path and are copied. A failure ends the program.
 */
struct loopback *loopback_start(const struct loopback_page *pages);
void loopback_stop(struct loopback *l);

/* Other pages from the next request on. */
void loopback_change(struct loopback *l, const struct loopback_page *pages);

/* "http://127.0.0.1:PORT", borrowed. */
const char *loopback_base(const struct loopback *l);

/* Requests so far, and the bytes of bodies that were sent. */
unsigned loopback_n_requests(struct loopback *l);
size_t loopback_n_sent(struct loopback *l);

#endif
