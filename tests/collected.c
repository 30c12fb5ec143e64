/* collected.c - a sink that keeps what it gets; see collected.h. */
#include "config.h"

#include "tests/collected.h"

#include <stdlib.h>
#include <string.h>

static enum err_code
take(void *arg, const void *p, size_t n, struct err *err)
{
    struct collected *c = arg;
    char *grown;

    if (++c->writes == c->fail_at)
        return err_set(err, ERR_IO, "full");
    grown = realloc(c->bytes, c->n + n + 1);
    if (grown == NULL)
        abort();
    c->bytes = grown;
    if (n > 0)
        memcpy(c->bytes + c->n, p, n);
    c->n += n;
    c->bytes[c->n] = '\0';
    return ERR_OK;
}

struct sink
collected_sink(struct collected *c)
{
    return (struct sink){ .write = take, .arg = c };
}
