/*
 * http_answer.h - what the headers of an answer say of the file that comes (RFC 9110);
 * a module of http.h. Pure functions of bytes that a server sends and nobody vouches
 * for.
 */
#ifndef MLT_DATA_HTTP_ANSWER_H
#define MLT_DATA_HTTP_ANSWER_H

#include "src/data/http.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A zeroed one has heard nothing. */
struct http_answer {
    char etag[HTTP_VALIDATOR_MAX], modified[HTTP_VALIDATOR_MAX];
    char range[64]; /* the value of Content-Range */
};

/* Hear a line, which need not end in a NUL; a status line begins a new answer. */
void http_answer_hear(struct http_answer *a, const char *line, size_t len);

/* What the server calls this version, to be sent in If-Range: a strong ETag (13.1.5),
 * else the date, else "". Borrowed. */
const char *http_answer_validator(const struct http_answer *a);

/* A part that begins at byte `from`, as asked for: its total of the whole file. False
 * for any other part. */
bool http_answer_is_part(const struct http_answer *a, uint64_t from,
                         uint64_t *ret_total);

/* An unsatisfiable range, of a file of exactly so many bytes: nothing is missing. */
bool http_answer_is_end(const struct http_answer *a, uint64_t bytes);

#endif
