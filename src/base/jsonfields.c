/* jsonfields.c - a C struct as a JSON object; see jsonfields.h. */
#include "config.h"

#include "src/base/jsonfields.h"

#include "src/base/mem.h"
#include "src/base/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static uint64_t
get_uint(const void *p, size_t size)
{
    return size == sizeof(uint32_t) ? *(const uint32_t *)p : *(const uint64_t *)p;
}

/* False when the field is too narrow. */
static bool
put_uint(void *p, size_t size, uint64_t x)
{
    if (size == sizeof(uint32_t))
        *(uint32_t *)p = (uint32_t)x;
    else
        *(uint64_t *)p = x;
    return get_uint(p, size) == x;
}

static void
write_field(struct jsontext *t, const struct jsonfield *f, const void *p)
{
    switch (f->type) {
    case JSONFIELD_UINT:
        jsontext_uint(t, f->key, get_uint(p, f->size));
        break;
    case JSONFIELD_INT:
        jsontext_int(t, f->key, *(const int64_t *)p);
        break;
    case JSONFIELD_REAL:
        jsontext_real(t, f->key, *(const double *)p);
        break;
    case JSONFIELD_BOOL:
        jsontext_bool(t, f->key, *(const bool *)p);
        break;
    case JSONFIELD_TEXT:
        jsontext_string(t, f->key, *(const char *const *)p);
        break;
    case JSONFIELD_WORD:
        jsontext_string(t, f->key, f->words[*(const unsigned *)p]);
        break;
    }
}

void
jsonfields_write(struct jsontext *t, const struct jsonfield *f, size_t n,
                 const void *from)
{
    for (size_t i = 0; i < n; i++)
        write_field(t, &f[i], (const char *)from + f[i].at);
}

/* Numbers above 2^63 - 1 are written as strings of digits. */
static bool
read_uint(const json_t *v, const struct jsonfield *f, void *p)
{
    uint64_t x;

    if (json_is_string(v))
        return text_u64(json_string_value(v), &x) && put_uint(p, f->size, x);
    return json_is_integer(v) && json_integer_value(v) >= 0 &&
           put_uint(p, f->size, (uint64_t)json_integer_value(v));
}

static bool
read_real(const json_t *v, double *ret)
{
    *ret = json_is_null(v) ? NAN : json_number_value(v);
    return json_is_null(v) || json_is_number(v);
}

static bool
read_word(const json_t *v, const struct jsonfield *f, unsigned *ret)
{
    for (*ret = 0; json_is_string(v) && f->words[*ret] != NULL; ++*ret)
        if (strcmp(f->words[*ret], json_string_value(v)) == 0)
            return true;
    return false;
}

static bool
read_field(const json_t *v, const struct jsonfield *f, void *p, bool *ret_no_memory)
{
    switch (f->type) {
    case JSONFIELD_UINT:
        return read_uint(v, f, p);
    case JSONFIELD_INT:
        *(int64_t *)p = json_integer_value(v);
        return json_is_integer(v);
    case JSONFIELD_REAL:
        return read_real(v, p);
    case JSONFIELD_BOOL:
        *(bool *)p = json_is_true(v);
        return json_is_boolean(v);
    case JSONFIELD_TEXT:
        if (json_is_string(v)) {
            *(char **)p = mem_strdup(json_string_value(v));
            *ret_no_memory = *(char **)p == NULL;
            return !*ret_no_memory;
        }
        return json_is_null(v);
    case JSONFIELD_WORD:
        return read_word(v, f, p);
    }
    return false;
}

/* "one of a, b, c" into `out`; as many as it has room for. */
static const char *
list_words(const char *const *words, char *out, size_t cap)
{
    size_t used = (size_t)snprintf(out, cap, "one of");

    for (size_t i = 0; words[i] != NULL && used < cap; i++)
        used += (size_t)snprintf(out + used, cap - used, "%s %s", i > 0 ? "," : "",
                                 words[i]);
    return out;
}

/* What the field should have been; `room` is for what must be put together. */
static const char *
expected(const struct jsonfield *f, char *room, size_t cap)
{
    static const char *const texts[] = {
        [JSONFIELD_UINT] = "a whole number of at least 0, not too large",
        [JSONFIELD_INT] = "a whole number",
        [JSONFIELD_REAL] = "a number or null",
        [JSONFIELD_BOOL] = "true or false",
        [JSONFIELD_TEXT] = "a string or null",
    };

    return f->type == JSONFIELD_WORD ? list_words(f->words, room, cap) : texts[f->type];
}

static enum err_code
fail_field(const json_t *v, const struct jsonfield *f, const char *where,
           struct err *err)
{
    char room[256];

    if (v == NULL)
        return err_set(err, ERR_FORMAT, "%s: key \"%s\" is missing", where, f->key);
    return err_set(err, ERR_FORMAT, "%s: key \"%s\" is not %s", where, f->key,
                   expected(f, room, sizeof(room)));
}

enum err_code
jsonfields_read(const json_t *object, const struct jsonfield *f, size_t n, void *into,
                const char *where, struct err *err)
{
    enum err_code rc = ERR_OK;

    if (!json_is_object(object))
        return err_set(err, ERR_FORMAT, "%s: not a JSON object", where);
    for (size_t i = 0; i < n; i++)
        if (f[i].type == JSONFIELD_TEXT)
            *(char **)((char *)into + f[i].at) = NULL;
    for (size_t i = 0; rc == ERR_OK && i < n; i++) {
        const json_t *v = json_object_get(object, f[i].key);
        bool no_memory = false;

        if (v == NULL || !read_field(v, &f[i], (char *)into + f[i].at, &no_memory))
            rc = no_memory ? err_nomem(err, json_string_length(v), where)
                           : fail_field(v, &f[i], where, err);
    }
    if (rc != ERR_OK)
        jsonfields_free(f, n, into);
    return rc;
}

void
jsonfields_free(const struct jsonfield *f, size_t n, void *from)
{
    for (size_t i = 0; i < n; i++)
        if (f[i].type == JSONFIELD_TEXT) {
            char **p = (char **)((char *)from + f[i].at);

            mem_free(*p);
            *p = NULL;
        }
}
