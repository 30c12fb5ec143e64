/* jsontext.c - JSON written compactly; see jsontext.h. */
#include "config.h"

#include "src/base/jsontext.h"

#include "src/base/mem.h"
#include "src/base/shortest.h"
#include "src/base/text.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static void
put(struct jsontext *t, const char *s, size_t n)
{
    if (t->failed)
        return;
    if (t->len + n + 1 > t->cap) {
        size_t cap = t->cap * 2 + n + 256;
        char *bytes = mem_resize(t->bytes, cap, 1);

        t->failed = bytes == NULL;
        if (t->failed)
            return;
        t->bytes = bytes;
        t->cap = cap;
    }
    memcpy(t->bytes + t->len, s, n);
    t->len += n;
    t->bytes[t->len] = '\0';
}

/* A string in quotes; its UTF-8 stays. */
static void
put_quoted(struct jsontext *t, const char *s)
{
    const bool utf8 = text_is_utf8(s, strlen(s));

    put(t, "\"", 1);
    for (; *s != '\0'; s++) {
        const unsigned char c = (unsigned char)*s;
        char esc[8];

        if (c == '"' || c == '\\')
            put(t, (char[]){ '\\', *s }, 2);
        else if (c >= 0x20 && (c < 0x80 || utf8))
            put(t, s, 1);
        else
            put(t, esc, (size_t)snprintf(esc, sizeof(esc), "\\u%04x", (unsigned)c));
    }
    put(t, "\"", 1);
}

static void
put_key(struct jsontext *t, const char *key)
{
    if (t->comma)
        put(t, ",", 1);
    t->comma = true;
    if (key != NULL) {
        put_quoted(t, key);
        put(t, ":", 1);
    }
}

static void
put_word(struct jsontext *t, const char *key, const char *word)
{
    put_key(t, key);
    put(t, word, strlen(word));
}

void
jsontext_open(struct jsontext *t, const char *key, char bracket)
{
    put_key(t, key);
    put(t, &bracket, 1);
    t->comma = false;
}

void
jsontext_close(struct jsontext *t, char bracket)
{
    put(t, &bracket, 1);
    t->comma = true;
}

void
jsontext_string(struct jsontext *t, const char *key, const char *s)
{
    if (s == NULL) {
        put_word(t, key, "null");
        return;
    }
    put_key(t, key);
    put_quoted(t, s);
}

void
jsontext_int(struct jsontext *t, const char *key, int64_t x)
{
    char word[24];

    snprintf(word, sizeof(word), "%" PRId64, x);
    put_word(t, key, word);
}

void
jsontext_uint(struct jsontext *t, const char *key, uint64_t x)
{
    char word[24];

    snprintf(word, sizeof(word), x > INT64_MAX ? "\"%" PRIu64 "\"" : "%" PRIu64, x);
    put_word(t, key, word);
}

void
jsontext_real(struct jsontext *t, const char *key, double x)
{
    char word[SHORTEST_MAX] = "null";

    if (isfinite(x))
        shortest_f64(word, x);
    put_word(t, key, word);
}

void
jsontext_bool(struct jsontext *t, const char *key, bool x)
{
    put_word(t, key, x ? "true" : "false");
}

void
jsontext_newline(struct jsontext *t)
{
    put(t, "\n", 1);
    t->comma = false;
}

void
jsontext_pad(struct jsontext *t, size_t of)
{
    while (t->len % of != 0 && !t->failed)
        put(t, " ", 1);
}

enum err_code
jsontext_check(const struct jsontext *t, struct err *err)
{
    return t->failed ? err_nomem(err, t->cap, "JSON text") : ERR_OK;
}

void
jsontext_reset(struct jsontext *t)
{
    t->len = 0;
    t->comma = t->failed = false;
}

void
jsontext_done(struct jsontext *t)
{
    mem_free(t->bytes);
    *t = (struct jsontext){ 0 };
}
