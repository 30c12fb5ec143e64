/*
 * sink.h - where a writer's bytes go: a file that is replaced whole, a stream, memory.
 *
 * A format is written once, in order and without seeking, to whatever this is.
 */
#ifndef MLT_BASE_SINK_H
#define MLT_BASE_SINK_H

#include "src/base/err.h"

#include <stddef.h>

struct sink {
    /* Take all n bytes, or say why not. */
    enum err_code (*write)(void *arg, const void *p, size_t n, struct err *err);
    void *arg;
};

static inline ERR_MUST_CHECK enum err_code
sink_write(const struct sink *to, const void *p, size_t n, struct err *err)
{
    return to->write(to->arg, p, n, err);
}

#define SINKTEXT_BYTES 16384

/*
 * Text on its way to a sink, which gets it in pieces of SINKTEXT_BYTES. The first error
 * is kept: the calls after it do nothing, and sinktext_end reports it. A zeroed struct
 * with `to` set is empty.
 */
struct sinktext {
    const struct sink *to; /* borrowed */
    struct err err;        /* code ERR_OK while there is none */
    size_t len;
    char buf[SINKTEXT_BYTES];
};

void sinktext_put(struct sinktext *t, const char *s);
/* The n bytes at s. */
void sinktext_bytes(struct sinktext *t, const char *s, size_t n);
/* At most 255 bytes a call. */
void sinktext_printf(struct sinktext *t, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Hand over what is left; the first error of all. */
ERR_MUST_CHECK enum err_code sinktext_end(struct sinktext *t, struct err *err);

#endif
