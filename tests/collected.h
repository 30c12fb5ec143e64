/* collected.h - a sink that keeps what it gets, and can fail on purpose. */
#ifndef MLT_TESTS_COLLECTED_H
#define MLT_TESTS_COLLECTED_H

#include "src/base/sink.h"

#include <stddef.h>

/* Zeroed: nothing yet, never fails. */
struct collected {
    char *bytes; /* NUL-terminated once something came; free with free() */
    size_t n;
    unsigned writes;  /* calls so far */
    unsigned fail_at; /* this call, counted from 1, fails with ERR_IO "full"; 0: none */
};

struct sink collected_sink(struct collected *c);

#endif
