/* err.c - the one error type; see err.h. */
#include "config.h"

#include "src/base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char *const texts[] = {
#define X(name, text) [ERR_##name] = text,
    ERR_LIST(X)
#undef X
};

const char *
err_text(enum err_code code)
{
    return (unsigned)code < ERR_COUNT ? texts[code] : "unknown error";
}

/* Drop the UTF-8 sequence at the end, which may have been cut in two. */
static void
trim_cut_character(char *msg)
{
    size_t n = strlen(msg);
    size_t lead = n;

    while (lead > 0 && n - lead < 4 && ((unsigned char)msg[lead - 1] & 0xc0) == 0x80)
        lead--;
    if (lead > 0 && ((unsigned char)msg[lead - 1] & 0xc0) == 0xc0)
        msg[lead - 1] = '\0';
}

enum err_code
err_set(struct err *err, enum err_code code, const char *fmt, ...)
{
    va_list ap;
    int whole;

    if (err == NULL)
        return code;
    err->code = code;
    va_start(ap, fmt);
    whole = vsnprintf(err->msg, sizeof(err->msg), fmt, ap);
    va_end(ap);
    if (whole >= (int)sizeof(err->msg))
        trim_cut_character(err->msg);
    return code;
}

enum err_code
err_nomem(struct err *err, unsigned long long bytes, const char *what)
{
    return err_set(err, ERR_NOMEM, "out of memory: %llu bytes for %s", bytes, what);
}
