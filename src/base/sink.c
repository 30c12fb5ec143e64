/* sink.c - text on its way to a sink; see sink.h. */
#include "config.h"

#include "src/base/sink.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void
flush(struct sinktext *t)
{
    if (t->err.code == ERR_OK)
        t->err.code = sink_write(t->to, t->buf, t->len, &t->err);
    t->len = 0;
}

void
sinktext_bytes(struct sinktext *t, const char *s, size_t n)
{
    for (size_t part; n > 0; s += part, n -= part) {
        part = sizeof(t->buf) - t->len;
        if (part > n)
            part = n;
        memcpy(t->buf + t->len, s, part);
        t->len += part;
        if (t->len == sizeof(t->buf))
            flush(t);
    }
}

void
sinktext_put(struct sinktext *t, const char *s)
{
    sinktext_bytes(t, s, strlen(s));
}

void
sinktext_printf(struct sinktext *t, const char *fmt, ...)
{
    char text[256];
    va_list ap;
    int n;

    va_start(ap, fmt);
    n = vsnprintf(text, sizeof(text), fmt, ap);
    va_end(ap);
    assert(n >= 0 && (size_t)n < sizeof(text));
    (void)n;
    sinktext_put(t, text);
}

enum err_code
sinktext_end(struct sinktext *t, struct err *err)
{
    flush(t);
    if (t->err.code != ERR_OK && err != NULL)
        *err = t->err;
    return t->err.code;
}
