/* http_answer.c - what the headers of an answer say; see http_answer.h. */
#include "config.h"

#include "src/data/http_answer.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* "Name: value" of this name: the value without blanks around it. One that is longer
 * than its room is none: a validator that is cut would be another one. */
static bool
header_value(const char *line, size_t len, const char *name, char *ret, size_t cap)
{
    size_t n = strlen(name);

    if (len <= n || line[n] != ':' || strncasecmp(line, name, n) != 0)
        return false;
    for (line += n + 1, len -= n + 1; len > 0 && isspace((unsigned char)*line); len--)
        line++;
    while (len > 0 && isspace((unsigned char)line[len - 1]))
        len--;
    if (len >= cap)
        len = 0;
    memcpy(ret, line, len);
    ret[len] = '\0';
    return true;
}

void
http_answer_hear(struct http_answer *a, const char *line, size_t len)
{
    if (len > 5 && memcmp(line, "HTTP/", 5) == 0)
        *a = (struct http_answer){ .etag = "" };
    (void)(header_value(line, len, "ETag", a->etag, sizeof(a->etag)) ||
           header_value(line, len, "Last-Modified", a->modified, sizeof(a->modified)) ||
           header_value(line, len, "Content-Range", a->range, sizeof(a->range)));
}

const char *
http_answer_validator(const struct http_answer *a)
{
    bool strong = a->etag[0] != '\0' && strncmp(a->etag, "W/", 2) != 0;

    return strong ? a->etag : a->modified;
}

/* "bytes 100-199/200", or a star in place of the 200. */
bool
http_answer_is_part(const struct http_answer *a, uint64_t from, uint64_t *ret_total)
{
    uint64_t first, last, total;
    int n = sscanf(a->range, "bytes %" SCNu64 "-%" SCNu64 "/%" SCNu64, &first, &last,
                   &total);

    if (n < 2 || first != from || last < first || (n == 3 && total <= last))
        return false;
    *ret_total = n == 3 ? total : last + 1;
    return true;
}

bool
http_answer_is_end(const struct http_answer *a, uint64_t bytes)
{
    uint64_t total;

    return sscanf(a->range, "bytes */%" SCNu64, &total) == 1 && total == bytes;
}
